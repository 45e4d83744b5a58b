# SPDX-License-Identifier: GPL-2.0-or-later
"""osticket-fcgi probe: each finding on a site that was broken for it, and none on good ones."""
import json
import os
import socket
import subprocess
import tempfile
import threading
import unittest

import broken_site
import demo
from broken_site import KEY, Site

PROGRAM = os.path.join(os.environ["BUILD"], "fcgi", "osticket-fcgi")
ORIGIN = "https://app.example"


def run(*words, key=None):
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    if key:
        environment["OSTICKET_API_KEY"] = key
    return subprocess.run([PROGRAM, "probe", *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                          env=environment, check=False)


class Probe(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.site = Site()
        self.addCleanup(self.site.stop)

    def probe(self, *words, **more):
        return run(self.site.url, *words, **more)

    def finds(self, line, *words, code=1, **more):
        """A finding, whole but for what `line` (a regular expression) leaves open; an error comes with its mend."""
        done = self.probe(*words, **more)
        self.assertEqual((code, ""), (done.returncode, done.stderr), done.stdout)
        self.assertRegex(done.stdout, "(?m)^" + line)
        for each in done.stdout.splitlines():
            self.assertRegex(each, r"^(ok: [^;]|warning: |error: .*; mend: .)")
        self.assertNotIn(KEY, done.stdout)
        return done.stdout

    # ---- nothing wrong ---------------------------------------------------------------------------------------------
    def test_of_a_good_site_all_is_ok(self):
        self.site.origins = (ORIGIN,)
        done = self.probe("--origin", ORIGIN, key=KEY)
        self.assertEqual((0, ""), (done.returncode, done.stderr), done.stdout)
        for line in done.stdout.splitlines():
            self.assertTrue(line.startswith("ok: "), line)
        for part in ("/api is answered by osticket-fcgi", "/api/http.php is answered by osticket-fcgi", "/ is the help desk's own",
                     "/scp/ is the help desk's own", "/api/auth/oauth2 reaches PHP", "the key is accepted from here",
                     "may reply and create tickets", "a page of https://app.example may call", "bodies up to 32 MB pass", "a refusal takes"):
            self.assertIn(part, done.stdout)

    def test_the_real_server_behind_nginx_is_told_as_it_is(self):
        desk = demo.shared_desk()
        before = desk.counts()
        done = run(desk.base, "--no-pages", key=demo.KEY)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertNotIn("warning:", done.stdout)
        self.assertEqual(2, done.stdout.count("is answered by osticket-fcgi"))
        self.assertIn("ok: the key may reply and create tickets", done.stdout)
        self.assertIn("ok: bodies up to 32 MB pass, larger ones get 413", done.stdout)
        self.assertEqual(before, desk.counts())

    def test_its_keys_and_their_troubles_too(self):
        desk = demo.shared_desk()
        for key, line in ((demo.READ_ONLY_KEY, "warning: the key may read only"), (demo.SWITCHED_OFF_KEY, "error: the key is switched off"),
                          (demo.OTHER_ADDRESS_KEY, r"error: the key is not accepted: .*connects from 127\.0\.0\.1.*request id=probe-")):
            done = run(desk.base, "--no-pages", key=key)
            self.assertRegex(done.stdout, "(?m)^" + line)
            self.assertNotIn(key, done.stdout + done.stderr)

    # ---- who answers -----------------------------------------------------------------------------------------------
    def test_php_that_still_answers(self):
        self.site.api["/api/http.php"] = "php"
        self.finds("error: .*/api/http.php is answered by osTicket's PHP; mend: include .*snippet")
        self.assertIn("/api is answered by osticket-fcgi", self.probe().stdout)

    def test_workers_that_nginx_does_not_reach(self):
        for status, line in ((502, r"error: .*nginx reaches no worker \(502\); mend: systemctl status"),
                             (504, r"error: .*no answer in time \(504\); mend: .*fastcgi_read_timeout"),
                             (404, "error: .*is not osTicket's API: status 404; mend: is this the help desk's folder")):
            self.site.api = {"/api": (status, {}), "/api/http.php": (status, {})}
            self.finds(line)

    def test_what_nginx_answers_in_the_programs_place_is_not_taken_for_its_own(self):
        self.site.key_answer = None
        for answer, line in ((("ours", 502, "The request broke off"), "error: .*nginx reaches no worker"),
                             (("ours", 503, "The help desk's API is away for a moment: try again"), "error: .*nginx reaches no worker"),
                             (("ours", 504, "No answer in time"), "error: .*no answer in time"),
                             (("ours", 503, "the database is not available"), "error: .*its database is away; mend: osticket-fcgi -t")):
            self.site.without_key = answer
            self.finds(line)

    def test_a_folder_that_the_settings_do_not_know(self):
        self.site.api["/api"] = "unprefixed"
        self.finds("error: osticket-fcgi answers .*/api, but knows no operation there; mend: add /api to .api. prefixes")

    def test_an_answer_whose_mark_was_taken_off(self):
        self.site.api = {"/api": "marked", "/api/http.php": "marked"}
        self.finds("warning: .*whose cannot be told: X-Request-Id does not come back; mend: ", code=0)
        self.assertEqual(1, self.probe("--strict").returncode)

    def test_an_api_that_is_redirected(self):
        self.site.api["/api"] = (301, {"Location": "https://desk.example/api/"})
        self.finds(r"error: .*/api is redirected \(301\) to https://desk.example/api/: .*; mend: give clients the URL")

    def test_pages_that_are_swallowed(self):
        self.site.pages["/"] = "ours"
        self.site.pages["/scp/"] = (404, {})
        found = self.finds("error: .*/ is answered by osticket-fcgi: the help desk's pages are cut off; mend: ")
        self.assertRegex(found, "(?m)^error: .*/scp/ answers 404: .*; mend: put the snippet into the server block that")
        self.assertEqual(0, self.probe("--no-pages").returncode)

    def test_another_site_than_the_help_desks(self):
        self.site.pages["/"] = "other"
        self.finds("warning: .*/ is no page of osTicket; mend: give probe the URL", code=0)

    def test_a_sign_in_that_is_swallowed(self):
        self.site.pages["/api/auth/oauth2"] = "ours"
        self.finds("error: .*/api/auth/oauth2 is answered by osticket-fcgi: nobody signs in by OAuth2; mend: ")
        self.site.pages["/api/auth/oauth2"] = (404, {})
        self.finds("warning: .*/api/auth/oauth2 reaches neither PHP nor osticket-fcgi: status 404; mend: ", code=0)
        self.site.pages["/api/auth/oauth2"] = (302, {"Location": "https://login.example/"})
        self.finds("ok: .*/api/auth/oauth2 leads on to a sign-in", code=0)

    def test_nobody_at_all(self):
        for url, problem in (("http://127.0.0.1:1", "cannot be reached"), ("https://127.0.0.1:%s" % self.site.url.rpartition(":")[2], "does not answer as HTTP")):
            done = run(url)
            self.assertEqual(1, done.returncode)
            self.assertRegex(done.stdout, "^error: .*%s.*; mend: .*\n$" % problem)

    # ---- the key ---------------------------------------------------------------------------------------------------
    def test_keys_that_are_refused(self):
        self.site.key_answer = (401, "Valid API key required")
        self.finds("error: the key is not accepted: .*127.0.0.1.*; mend: bind the key to the address .*id=probe-.*trusted_proxies", key=KEY)
        self.site.key_answer = (401, "API key not found/active or source IP not authorized")
        self.finds("error: the key is switched off; mend: Admin Panel", key=KEY)
        self.site.key_answer = (500, "x")
        self.finds("error: a read with the key gets 500; mend: ", key=KEY)

    def test_a_key_that_reads_only(self):
        self.site.reads_only = True
        self.finds("warning: the key may read only: .*; mend: .*Can Create Tickets", code=0, key=KEY)

    def test_a_key_on_the_command_line_is_sent_and_not_shown(self):
        self.finds("ok: the key is accepted", "--key", KEY, code=0)
        self.assertEqual({KEY}, set(self.site.keys_seen))

    # ---- pages on other hosts --------------------------------------------------------------------------------------
    def test_cors_that_lets_nobody_or_anybody_in(self):
        self.finds("error: a page of https://app.example may not call the API: its preflight gets 400 without "
                   "Access-Control-Allow-Origin; mend: add https://app.example to .cors. origins", "--origin", ORIGIN)
        self.site.origins = ("*",)
        self.finds("warning: any web page may call the API; mend: ", code=0)

    def test_cors_without_the_keys_header(self):
        self.site.origins = (ORIGIN,)
        self.site.preflight_headers = "Content-Type"
        self.finds("error: a page of https://app.example may not use the header X-API-Key; mend: ", "--origin", ORIGIN)

    def test_cors_on_the_preflight_alone(self):
        self.site.origins = (ORIGIN,)
        self.site.cors_on_answers = False
        self.finds("error: a page of https://app.example cannot read answers: no Access-Control-Allow-Origin on a 401; mend: ",
                   "--origin", ORIGIN)

    # ---- bodies ----------------------------------------------------------------------------------------------------
    def test_a_limit_that_is_too_small_is_found(self):
        self.site.limit = 1 << 20
        self.finds("error: bodies of 32 MB are refused with 413 .*; 1 MB pass: .*; mend: client_max_body_size 33554432;")

    def test_a_limit_that_is_not_there(self):
        self.site.limit = None
        self.finds("warning: nginx takes bodies above 32 MB, .*; mend: client_max_body_size 33554432;", code=0)

    def test_another_limit_is_asked_for(self):
        self.site.limit = 1 << 20
        self.finds("ok: bodies up to 1 MB pass, larger ones get 413", "--max-body", "1M", code=0)

    def test_a_refusal_in_html(self):
        self.site.html_413 = True
        self.finds("warning: the 413 is nginx's page of HTML, no text; mend: ", code=0)

    # ---- TLS -------------------------------------------------------------------------------------------------------
    def https(self, days):
        path = broken_site.certificate(self.folder.name, days)
        site = Site(path)
        self.addCleanup(site.stop)
        return site, path

    def test_a_certificate_that_is_not_trusted_gets_no_key(self):
        site, _ = self.https(90)
        done = run(site.url, key=KEY)
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, "(?m)^error: the certificate of .* is not to be trusted: .*; mend: ssl_certificate")
        self.assertIn("the key was not sent", done.stdout)
        self.assertIn("is answered by osticket-fcgi", done.stdout)
        self.assertEqual([], site.keys_seen)

    def test_a_certificate_that_is_trusted(self):
        site, path = self.https(90)
        done = run(site.url, "--tls-ca", path, key=KEY)
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertRegex(done.stdout, r"(?m)^ok: the certificate is trusted until \d{4}-\d\d-\d\d$")
        self.assertEqual({KEY}, set(site.keys_seen))

    def test_a_certificate_that_expires_soon(self):
        site, path = self.https(3)
        done = run(site.url, "--tls-ca", path)
        self.assertRegex(done.stdout, r"(?m)^warning: the certificate is good only until \d{4}-\d\d-\d\d; mend: renew")

    def test_http_beside_https(self):
        site, path = self.https(90)
        for status, line in ((301, "warning: http:// is redirected by 301: a POST arrives as GET .*; mend: .*return 308"),
                             (308, "ok: http:// leads to https:// by 308")):
            self.site.api["/api/http.php"] = (status, {"Location": site.url + "/"})
            done = run(site.url, "--tls-ca", path, "--plain", self.site.url)
            self.assertRegex(done.stdout, "(?m)^" + line)
        self.site.api["/api/http.php"] = "php"
        done = run(site.url, "--tls-ca", path, "--plain", self.site.url)
        self.assertRegex(done.stdout, "(?m)^warning: http:// answers beside https://, as the API: .*; mend: .*return 308")

    # ---- time ------------------------------------------------------------------------------------------------------
    def test_answers_that_take_long(self):
        self.site.delay = 1.1
        self.finds(r"warning: a refusal takes 1\.\d s; mend: ", "--no-pages", code=0)

    def test_an_answer_that_never_comes(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            done = run("http://127.0.0.1:%d" % listener.getsockname()[1], "--timeout", "1")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, "^error: .* gives no whole answer within 1 s; mend: ")

    def test_a_server_that_is_none_of_http(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            def greet():
                connection, _ = listener.accept()
                with connection:
                    connection.sendall(b"220 mail.example ESMTP\r\n")
            threading.Thread(target=greet, daemon=True).start()
            done = run("http://127.0.0.1:%d" % listener.getsockname()[1], "--timeout", "5")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, "^error: ")

    # ---- for scripts -----------------------------------------------------------------------------------------------
    def test_findings_as_json(self):
        self.site.api["/api"] = "php"
        done = self.probe("--json")
        report = json.loads(done.stdout)
        self.assertEqual((1, 1, self.site.url), (done.returncode, report["errors"], report["url"]))
        bad = [one for one in report["findings"] if one["grade"] == "error"]
        self.assertEqual("who", bad[0]["check"])
        self.assertIn("snippet", bad[0]["mend"])

    def test_wrong_words_are_named_and_the_usage_follows(self):
        for words, problem in (([], "one URL is wanted"), (["desk.example"], "right would be a URL"), (["http://a", "b"], "one URL is wanted"),
                               (["http://a", "--origin", "app"], '--origin is "app"'), (["http://a", "--max-body", "x"], '--max-body is "x"'),
                               (["http://a", "--key", "a b"], "the key is not")):
            done = run(*words)
            self.assertEqual((2, ""), (done.returncode, done.stdout), words)
            self.assertIn(problem, done.stderr)
            self.assertIn("osticket-fcgi probe URL", done.stderr)
        self.assertEqual(0, run("--help").returncode)


if __name__ == "__main__":
    unittest.main()
