# SPDX-License-Identifier: GPL-2.0-or-later
"""nginx's site file with what a user may turn on in it: pages of other hosts, the fallback to PHP by nginx's own means."""
import os
import re
import unittest

import backend
import demo
from desk import ROOT, Desk

SITE = os.path.join(ROOT, "nginx", "osticket-fcgi.conf")
SNIPPET = os.path.join(ROOT, "nginx", "snippet.conf")
ALLOWED = "https://desk.example.org"


def uncommented(text, first, last):
    """The lines from one that starts with `first` to one that is `last`, without their comment signs."""
    lines, inside, found = [], False, False
    for line in text.split("\n"):
        bare = re.sub(r"^(\s*)# ?", r"\1", line)
        if bare.strip().startswith(first) and bare != line:
            inside = found = True
        lines.append(bare if inside else line)
        if inside and bare.rstrip() == last:
            inside = False
    assert found, first
    return "\n".join(lines)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def site_with_everything(port):
    text = uncommented(read(SITE), "location @osticket {", "    }")
    # In place of PHP-FPM: an HTTP server that says what reached it, in the URL's own form.
    return re.sub(r"(?m)^ +fastcgi_pass unix:/run/php/php-fpm\.sock;$",
                  "        proxy_pass http://127.0.0.1:%d$request_uri;" % port, text)


def snippet_with_everything():
    line = 'if ($http_origin = "%s") { set $osticket_fcgi_origin $http_origin; }' % ALLOWED
    text = uncommented(read(SNIPPET), line, line)
    return text.replace("    fastcgi_param HTTP_PROXY", "    fastcgi_param OSTICKET_FCGI_HANDS_ON 1;\n    fastcgi_param HTTP_PROXY")


class Plain(unittest.TestCase):
    """As delivered."""
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.server, port = backend.start()
        folder = os.path.join(os.environ["STACKS"], "site")
        os.makedirs(folder, exist_ok=True)
        files = {}
        for name, text in (("SITE", site_with_everything(port)), ("SNIPPET", snippet_with_everything())):
            files[name] = os.path.join(os.environ["STACKS"], "%s.conf" % name.lower())
            with open(files[name], "w", encoding="utf-8") as file:
                file.write(text)
        cls.desk = Desk.up(folder, ["fallback.php=@osticket", "cron.enabled=no", "cors.origins=" + ALLOWED, "server.workers=2"], **files)
        cls.plain = demo.shared_desk() if os.path.exists(os.path.join(os.environ["STACK"], "env")) else None

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()
        cls.server.shutdown()
        cls.server.server_close()

    # ---- the fallback ----------------------------------------------------------------------------------------------
    def test_what_is_not_native_is_handed_on_unchanged(self):
        body = "x" * 60000 + "\u00e9"
        for path in ("/tasks/cron",):
            for prefix in ("/api", "/api/http.php"):
                answer = self.desk.request("POST", path + "?a=%20b", body=body, key=demo.KEY, prefix=prefix,
                                           headers={"Content-Type": "text/x-test"})
                if answer.status != 201:
                    self.fail("%s: %s" % (path, answer))
                got = answer.json
                self.assertEqual(("POST", prefix + path + "?a=%20b", demo.KEY, "text/x-test"),
                                 (got["method"], got["path"], got["key"], got["type"]))
                self.assertEqual(body.encode(), got["body"].encode("latin-1"))

    def test_only_who_may_is_handed_on(self):
        for key in (None, demo.READ_ONLY_KEY, demo.SWITCHED_OFF_KEY):
            answer = self.desk.request("POST", "/tasks/cron", body="x", key=key)
            self.assertEqual(401, answer.status)

    def test_unknown_routes_are_handed_on_key_or_not(self):
        for key in (None, demo.KEY):
            for path in ("/nothing", "/auth/oauth2?code=1", "/tickets/310042.pdf"):
                answer = self.desk.request("POST", path, body="x", key=key)
                self.assertEqual((201, "/api/http.php" + path), (answer.status, answer.json["path"]))

    def test_without_a_fallback_an_unknown_route_is_400(self):
        if self.plain is None:
            self.skipTest("the shared desk is not up")
        answer = self.plain.request("POST", "/nothing", body="x", key=demo.KEY)
        self.assertEqual((400, "URL not supported"), (answer.status, answer.text))

    def test_a_client_cannot_order_the_hand_over_itself(self):
        answer = self.desk.get("/tickets", headers={"X-Accel-Redirect": "@osticket"})
        self.assertEqual(401, answer.status)

    # ---- CORS ------------------------------------------------------------------------------------------------------
    def test_a_preflight_of_an_allowed_page(self):
        answer = self.desk.request("OPTIONS", "/tickets/reply.json", headers={
            "Origin": ALLOWED, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"})
        self.assertEqual((204, ALLOWED, b""), (answer.status, answer.header("access-control-allow-origin"), answer.body))
        self.assertIn("POST", answer.header("access-control-allow-methods"))
        self.assertIn("x-api-key", answer.header("access-control-allow-headers").lower())

    def test_answers_and_errors_to_an_allowed_page_can_be_read_there(self):
        for answer in (self.desk.get("/tickets", key=demo.KEY, headers={"Origin": ALLOWED}),
                       self.desk.get("/tickets", headers={"Origin": ALLOWED}),
                       self.desk.request("POST", "/tickets/reply.json", body=b" " * (33 * 1024 * 1024), key=demo.KEY,
                                         headers={"Origin": ALLOWED})):
            self.assertEqual(ALLOWED, answer.header("access-control-allow-origin"), str(answer))

    def test_other_pages_get_nothing(self):
        for origin in ("https://evil.example", "null", ALLOWED + ".evil.example", "https://desk.example.org:444"):
            answer = self.desk.request("OPTIONS", "/tickets", headers={
                "Origin": origin, "Access-Control-Request-Method": "POST"})
            self.assertEqual(201, answer.status)  # PHP's to answer
            for name in answer.headers:
                self.assertFalse(name.startswith("access-control"), name)

    def test_as_delivered_no_page_may(self):
        if self.plain is None:
            self.skipTest("the shared desk is not up")
        answer = self.plain.request("OPTIONS", "/tickets", headers={"Origin": ALLOWED})
        self.assertEqual(400, answer.status)
        self.assertEqual("", answer.header("access-control-allow-origin"))

    # ---- the rest --------------------------------------------------------------------------------------------------
    def test_security_headers_stand_on_answers_and_errors(self):
        for answer in (self.desk.get("/tickets", key=demo.KEY), self.desk.get("/tickets")):
            self.assertEqual("nosniff", answer.header("x-content-type-options"))
            self.assertIn("default-src 'none'", answer.header("content-security-policy"))
            self.assertEqual("no-referrer", answer.header("referrer-policy"))

    def test_without_the_fallback_it_is_501_and_says_so(self):
        if self.plain is None:
            self.skipTest("the shared desk is not up")
        self.plain.sql("INSERT INTO ost_plugin(name,install_path,isphar,isactive,installed) VALUES('Chat','plugins/chat',0,1,NOW())")
        answer = self.plain.request("POST", "/tickets.email", body="From: a@quay.example\r\n\r\nx", key=demo.KEY)
        self.plain.sql("DELETE FROM ost_plugin WHERE install_path = 'plugins/chat'")
        self.assertEqual(501, answer.status)
        self.assertTrue(answer.text)

    def test_other_urls_of_the_host_are_not_touched(self):
        for path in ("/", "/scp/tickets.php", "/apix/tickets"):
            self.assertEqual(404, self.desk.request("GET", path, prefix="").status)


if __name__ == "__main__":
    unittest.main()
