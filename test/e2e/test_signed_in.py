# SPDX-License-Identifier: GPL-2.0-or-later
"""The site in which nginx adds the key behind the organisation's sign-in (nginx/signed-in.conf), over TLS from the browser to it and from
it to the help desk, with only its addresses and the paths of its files changed."""
import http.client
import http.server
import json
import os
import socket
import ssl
import tempfile
import threading
import unittest

import browser
import demo
import nginx_alone
from certificates import certificate
from desk import ROOT, Answer, free_port
from sign_in import SignIn

SCOPES = "read notes files search catalog note reply assign status"
COUNT = "SELECT COUNT(*) FROM ost_thread_entry"


HELP_DESK = """upstream desk.example.org { server 127.0.0.1:%(port)d; }
    server { listen 127.0.0.1:%(port)d ssl; server_name desk.example.org; ssl_certificate %(path)s; ssl_certificate_key %(path)s.key;
    include snippets/osticket-fcgi.conf; location / { return 404; } }"""


def site(port, sign_in, certificates):
    """The example on loopback. Its name for the help desk is that of another server of this nginx, for `certificates` hosts are names."""
    with open(os.path.join(ROOT, "nginx", "signed-in.conf"), encoding="utf-8") as file:
        text = file.read()
    for here, there in (("listen 443 ssl;", "listen 127.0.0.1:%d ssl;" % port), ("    listen [::]:443 ssl;\n", ""), ("127.0.0.1:4180", "127.0.0.1:%d" % sign_in),
                        ("/etc/nginx/osticket-key.conf", "snippets/osticket-key.conf"), ("/etc/ssl/certs/agents.example.org.pem", certificates["agents"]),
                        ("/etc/ssl/private/agents.example.org.key", certificates["agents"] + ".key"), ("/etc/ssl/certs/ca-certificates.crt", certificates["trusted"])):
        assert here in text, here
        text = text.replace(here, there)
    return HELP_DESK % {"port": free_port(), "path": certificates["desk"]} + text


class Connection(http.client.HTTPConnection):
    """To the site's name at this machine, whose certificate has to be the one of that name."""

    def __init__(self, port, trusted):
        super().__init__("agents.example.org", port, timeout=60)
        self.context = ssl.create_default_context(cafile=trusted)

    def connect(self):
        self.sock = self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=60), server_hostname=self.host)


class SignedIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk, cls.sign_in, cls.port = demo.shared_desk(), SignIn(), free_port()
        cls.folder = tempfile.TemporaryDirectory(prefix="osticket-fcgi-signed-in.")
        cls.agents, cls.context = certificate(cls.folder.name, "agents.example.org", "IP:127.0.0.1")
        cls.of_desk, _ = certificate(cls.folder.name, "desk.example.org")
        cls.nginx = cls.behind(cls.port, desk=cls.of_desk, trusted=cls.of_desk)
        cls.origin = "https://agents.example.org:%d" % cls.port

    @classmethod
    def behind(cls, port, **certificates):
        return nginx_alone.Nginx("return 404;", {
            "osticket-fcgi-page": nginx_alone.page_snippet("page"), "osticket-key": 'proxy_set_header X-API-Key "%s";' % demo.KEY,
            "osticket-fcgi": nginx_alone.snippet(cls.desk.env["SOCKET"])}, site(port, cls.sign_in.server_port, {"agents": cls.agents, **certificates}))

    @classmethod
    def tearDownClass(cls):
        cls.nginx.stop()
        cls.folder.cleanup()
        cls.sign_in.stop()
        demo.reset(cls.desk)

    def setUp(self):
        demo.reset(self.desk)
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,networks,scopes,any_staff) VALUES(1,'127.0.0.1','%s',1)" % SCOPES)
        self.sign_in.who = "tobenna@harbour-tools.example"
        self.cookie = self.sign_in.session()

    def request(self, method, path, body=None, cookie=True, port=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            named["Cookie"] = self.cookie if cookie is True else cookie
        connection = Connection(port or self.port, self.agents)
        try:
            connection.request(method, path, json.dumps(body) if isinstance(body, dict) else body, named)
            response = connection.getresponse()
            answer = Answer(response.status, response.reason, response.getheaders(), response.read())
        finally:
            connection.close()
        self.assertNotIn(demo.KEY, str(answer.headers) + answer.body.decode("latin-1"), "the key leaves the server")
        return answer

    def note(self, body=None, status=201, **headers):
        answer = self.request("POST", "/api/tickets/310042/note.json", {"note": "From the site", **(body or {})}, **{"Origin": self.origin, "Content_Type": "application/json", **headers})
        self.assertEqual(status, answer.status, str(answer))
        return answer

    # ---- who is let in -------------------------------------------------------------------------------------------------------
    def test_without_the_sign_in_there_is_nothing(self):
        before = self.desk.value(COUNT)
        for cookie in (None, "_oauth2_proxy=forged", "other=session0"):
            for path in ("/", "/desk/", "/desk/js/api.js"):
                answer = self.request("GET", path, cookie=cookie)
                self.assertIn((answer.status, answer.header("Location").replace(self.origin, "")), ((302, "/oauth2/start?rd=/desk/"), (302, "/desk/")), path)
            for path in ("/api/tickets.json", "/api/tickets/310042.json", "/api/http.php/tickets/ticketInfo?ticketNumber=310042", "/api/none"):
                answer = self.request("GET", path, cookie=cookie, X_API_Key=demo.KEY)
                self.assertEqual((401, "Sign in first"), (answer.status, answer.text), path)
            self.note(status=401, cookie=cookie)
        self.assertEqual(404, self.request("GET", "/oauth2/auth").status, "it is nginx's alone")
        self.assertIn("; Secure", self.request("GET", "/oauth2/start?rd=/desk/", cookie=None).header("Set-Cookie"), "the sign-in knows of TLS")
        self.assertEqual(before, self.desk.value(COUNT))

    def test_who_is_signed_in_reads_with_the_key_that_he_never_sees(self):
        answer = self.request("GET", "/api/tickets/310042.json?include=entries")
        self.assertEqual((200, "310042"), (answer.status, answer.json["ticket"]["number"]))
        self.assertIn('<meta name="key" content="added">', self.request("GET", "/desk/").text)
        self.assertIn("default-src 'none'", self.request("GET", "/desk/").header("Content-Security-Policy"))

    # ---- the way between -----------------------------------------------------------------------------------------------------
    def test_without_tls_there_is_nothing(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(("GET /api/tickets.json HTTP/1.1\r\nHost: agents.example.org\r\nCookie: %s\r\nConnection: close\r\n\r\n" % self.cookie).encode())
            self.assertRegex(connection.makefile("rb").read().decode(), "^HTTP/1.1 400 (.|\r|\n)*plain HTTP request was sent to HTTPS port")

    def test_a_help_desk_that_another_certificate_names_or_nobody_vouches_for_gets_no_key(self):
        other, _ = certificate(self.folder.name, "other.example.org")
        for certificates, fault in (({"desk": other, "trusted": other}, "does not match"), ({"desk": self.of_desk, "trusted": other}, "certificate verify error")):
            port = free_port()
            nginx = self.behind(port, **certificates)
            self.addCleanup(nginx.stop)
            self.assertEqual(502, self.request("GET", "/api/tickets.json", port=port).status)
            with open(nginx.path("error.log"), encoding="utf-8") as file:
                self.assertIn(fault, file.read())

    # ---- what a browser sends along ------------------------------------------------------------------------------------------
    def test_a_key_a_token_and_a_name_that_are_sent_along_count_for_nothing(self):
        for headers in ({"X_API_Key": "nonsense"}, {"X_API_Key": demo.READ_ONLY_KEY}, {"Authorization": "Bearer x.y.z"}, {"X_Act_As": "mvries"}, {"X_Forwarded_For": demo.OTHER_ADDRESS}):
            self.assertEqual(200, self.request("GET", "/api/tickets.json", **headers).status, headers)
            self.assertEqual("2", self.desk.value("SELECT staff_id FROM ost_thread_entry WHERE id=%d" % self.note(**headers).json["entry_id"]), headers)

    def test_he_acts_as_himself_and_as_nobody_else(self):
        self.cookie = self.sign_in.session("marieke@harbour-tools.example")
        self.assertEqual("1", self.desk.value("SELECT staff_id FROM ost_thread_entry WHERE id=%d" % self.note().json["entry_id"]))
        before = self.desk.value(COUNT)
        self.note({"staffUserName": "tokafor"}, 422)
        for path, body in (("/api/tickets/reply.json", demo.reply()), ("/api/http.php/tickets/reply.json", demo.reply()), ("/api/x/api/tickets/reply.json", demo.reply()),
                           ("/api/tickets%2Freply.json", demo.reply()), ("/api/tickets/./reply.json?x", demo.reply()), ("/api//tickets/reply.json", demo.reply()), ("/api/tickets/310042/reply.json", {"response": "x", "staffUserName": "tokafor"}),
                           ("/api/tickets/bulk.json", {"tickets": ["310042"], "action": "note", "body": {"note": "x", "staffUserName": "tokafor"}})):
            answer = self.request("POST", path, body, Origin=self.origin, Content_Type="application/json")
            self.assertEqual(before, self.desk.value(COUNT), "%s: %s" % (path, answer))
        self.cookie = self.sign_in.session("stranger@harbour-tools.example")
        self.assertIn(self.note(status=422).json["error"], ("invalid",))

    # ---- pages of others -----------------------------------------------------------------------------------------------------
    def test_what_changes_something_has_to_come_from_this_site(self):
        before = self.desk.value(COUNT)
        for origin in (None, "null", "https://evil.example", self.origin + ".evil.example", "http://127.0.0.1", self.origin + "/", self.origin + " " + self.origin):
            headers = {"Origin": origin} if origin else {"Origin": ""}
            self.note(status=403, **headers)
        for site_of_page in ("cross-site", "same-site"):
            self.note(status=403, Sec_Fetch_Site=site_of_page)
            self.assertEqual(403, self.request("GET", "/api/tickets.json", Sec_Fetch_Site=site_of_page).status)
        for method in ("PATCH", "DELETE", "PUT", "OPTIONS"):
            self.assertEqual(403, self.request(method, "/api/tickets/310042.json?confirm=310042", b"{}", Origin="https://evil.example").status, method)
        self.assertEqual(before, self.desk.value(COUNT))
        self.note(Sec_Fetch_Site="same-origin")

    def test_no_other_site_may_read_whatever_the_help_desk_lets(self):
        self.desk.setting("cors", "origins", "*")
        self.desk.reload()
        try:
            answer = self.request("GET", "/api/tickets.json", Origin="https://evil.example")
            self.assertEqual((200, ""), (answer.status, answer.header("Access-Control-Allow-Origin")))
        finally:
            self.desk.setting("cors", "origins", "")
            self.desk.reload()

    # ---- in a browser --------------------------------------------------------------------------------------------------------
    @unittest.skipUnless(browser.program(), "there is no Chromium")
    def test_the_page_asks_for_no_key_and_another_page_changes_nothing(self):
        self.sign_in.who = "marieke@harbour-tools.example"
        origin = self.origin.replace("agents.example.org", "127.0.0.1")
        evil = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Evil)
        evil.socket = self.context.wrap_socket(evil.socket, server_side=True)
        evil.target = origin + "/api/tickets/310042/note.json"
        threading.Thread(target=evil.serve_forever, daemon=True).start()
        self.addCleanup(evil.server_close)
        self.addCleanup(evil.shutdown)
        with browser.Browser() as chromium, chromium.tab() as tab:
            tab.call("Security.setIgnoreCertificateErrors", ignore=True)  # it knows no authority of ours; the others here verify
            tab.go(origin + "/desk/#/310042?state=open")
            tab.wait("document.querySelector('.thread')")
            tab.click("[aria-controls=act-note]")
            tab.fill("#act-note [name=note]", "By the page")
            tab.click("#act-note .primary")
            tab.wait("document.querySelector('.entry.fresh.note')?.innerText.includes('By the page')")
            self.assertEqual(["1", "By the page"], self.desk.sql("SELECT staff_id, body FROM ost_thread_entry ORDER BY id DESC LIMIT 1")[0])
            self.assertNotIn(demo.KEY, tab.evaluate("document.documentElement.outerHTML + JSON.stringify(sessionStorage) + JSON.stringify(localStorage) + document.cookie"))
            tab.quiet()
            before = self.desk.value(COUNT)
            # The same site to a browser (another port), so that the cookie goes along in spite of SameSite.
            tab.go("https://127.0.0.1:%d/" % evil.server_port)
            tab.wait("window.tried === 2")
            tab.evaluate("document.forms[0].submit()")
            tab.wait("document.body?.innerText.includes('403')")
            self.assertEqual(before, self.desk.value(COUNT))
            self.sign_in.sessions.clear()
            tab.go(origin + "/desk/")
            tab.wait("document.querySelector('#rows tbody tr')")  # signed in again on the way
            self.sign_in.who = None
            self.sign_in.sessions.clear()
            tab.click("#pages button")
            tab.wait("document.querySelector('#key-error').innerText.includes('not signed in any more')")


class Evil(http.server.BaseHTTPRequestHandler):
    """A page that tries all that a page can do to another site."""

    def do_GET(self):
        page = """<!doctype html><link rel=icon href=data:,><form method=post enctype=text/plain action="%s"><input name='{"note":"x","a":"' value='"}'></form><script>
            window.tried = 0;
            for (const type of ["text/plain", "application/x-www-form-urlencoded"])
                fetch("%s", {method: "POST", mode: "no-cors", credentials: "include", headers: {"Content-Type": type}, body: '{"note":"x"}'}).catch(() => {}).then(() => window.tried++);
            </script>""" % (self.server.target, self.server.target)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass


if __name__ == "__main__":
    unittest.main()
