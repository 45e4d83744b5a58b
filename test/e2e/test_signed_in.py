# SPDX-License-Identifier: GPL-2.0-or-later
"""The site in which nginx adds the key behind the organisation's sign-in (nginx/signed-in.conf), with only its addresses changed."""
import http.client
import http.server
import json
import os
import threading
import unittest

import browser
import demo
import nginx_alone
from desk import ROOT, Answer, free_port
from sign_in import SignIn

SCOPES = "read notes files search catalog note reply assign status"
COUNT = "SELECT COUNT(*) FROM ost_thread_entry"


def site(port, desk, sign_in):
    """The example on loopback, without TLS, which is not what is looked at here."""
    with open(os.path.join(ROOT, "nginx", "signed-in.conf"), encoding="utf-8") as file:
        lines = file.read().replace("listen 443 ssl;", "listen 127.0.0.1:%d;" % port).replace("127.0.0.1:4180", "127.0.0.1:%d" % sign_in)
    lines = lines.replace("https://desk.example.org", "http://127.0.0.1:%d" % desk).replace("/etc/nginx/osticket-key.conf", "snippets/osticket-key.conf")
    return "".join(line for line in lines.splitlines(True) if "listen [::]" not in line and "ssl_certificate" not in line)


class SignedIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk, cls.sign_in, cls.port = demo.shared_desk(), SignIn(), free_port()
        cls.nginx = nginx_alone.Nginx("return 404;", {
            "osticket-fcgi-page": nginx_alone.page_snippet("page"), "osticket-key": 'proxy_set_header X-API-Key "%s";' % demo.KEY}, site(cls.port, cls.desk.port, cls.sign_in.server_port))
        cls.origin = "http://127.0.0.1:%d" % cls.port

    @classmethod
    def tearDownClass(cls):
        cls.nginx.stop()
        cls.sign_in.stop()
        demo.reset(cls.desk)

    def setUp(self):
        demo.reset(self.desk)
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,networks,scopes,any_staff) VALUES(1,'127.0.0.1','%s',1)" % SCOPES)
        self.cookie = self.sign_in.session("tobenna@harbour-tools.example")

    def request(self, method, path, body=None, cookie=True, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            named["Cookie"] = self.cookie if cookie is True else cookie
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
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
        self.assertEqual(before, self.desk.value(COUNT))

    def test_who_is_signed_in_reads_with_the_key_that_he_never_sees(self):
        answer = self.request("GET", "/api/tickets/310042.json?include=entries")
        self.assertEqual((200, "310042"), (answer.status, answer.json["ticket"]["number"]))
        self.assertIn('<meta name="key" content="added">', self.request("GET", "/desk/").text)
        self.assertIn("default-src 'none'", self.request("GET", "/desk/").header("Content-Security-Policy"))

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
        evil = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Evil)
        evil.target = self.origin + "/api/tickets/310042/note.json"
        threading.Thread(target=evil.serve_forever, daemon=True).start()
        self.addCleanup(evil.server_close)
        self.addCleanup(evil.shutdown)
        with browser.Browser() as chromium, chromium.tab() as tab:
            tab.go(self.origin + "/desk/#/310042?state=open")
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
            tab.go("http://127.0.0.1:%d/" % evil.server_port)
            tab.wait("window.tried === 2")
            tab.evaluate("document.forms[0].submit()")
            tab.wait("document.body?.innerText.includes('403')")
            self.assertEqual(before, self.desk.value(COUNT))
            self.sign_in.sessions.clear()
            tab.go(self.origin + "/desk/")
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
