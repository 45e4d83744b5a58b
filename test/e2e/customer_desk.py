# SPDX-License-Identifier: GPL-2.0-or-later
"""The customers' page (nginx/www/my.html) in a browser: nginx of its own in front of the shared desk's server, with the site's back
end in this process, over the rows of schema/demo.sql and test/demo_tickets.py."""
import http.server
import json
import os
import subprocess
import threading
import time
import unittest

import browser
import client_tokens
import demo
import nginx_alone
from desk import ROOT

ANNA = "anna@quay.example"


class BackEnd(http.server.ThreadingHTTPServer):
    """The site's own part: signs a token for `customer`, who is signed in; None: nobody is. `life` is the tokens' in seconds, `asked`
    counts, `instead` is (status, body) in the place of a token."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.begin()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def begin(self):
        self.customer, self.life, self.asked, self.instead, self.more = ANNA, 600, 0, None, {}

    def token(self):
        now = int(time.time())
        return client_tokens.token(self.customer, **{"iat": now, "exp": now + self.life, **self.more})


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.asked += 1
        status, body = self.server.instead or ((401, "Sign in first") if self.server.customer is None else
                                               (200, json.dumps({"token": self.server.token(), "name": "Anna Lindqvist"})))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Sign in</title><link rel=icon href=data:,><h1>Who are you?</h1>")

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass


@unittest.skipUnless(browser.program(), "there is no Chromium")
class CustomerDesk(unittest.TestCase):
    """Each test begins with the same rows, a good token for Anna, and the page's own address among the key's."""

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.back_end = BackEnd()
        with subprocess.Popen([os.path.join(ROOT, "test", "demo_tickets.py")], stdout=subprocess.PIPE, text=True) as process:
            cls.more = process.stdout.read()
        site = "".join("location = /my/%s { proxy_pass http://127.0.0.1:%d; }" % (name, cls.back_end.server_port) for name in ("token", "sign-in"))
        cls.nginx = nginx_alone.Nginx("include snippets/osticket-fcgi.conf; include snippets/osticket-fcgi-customer.conf;" + site, {
            "osticket-fcgi": nginx_alone.snippet(cls.desk.env["SOCKET"]), "osticket-fcgi-customer": nginx_alone.page_snippet("customer")})
        cls.origin = "http://127.0.0.1:%d" % cls.nginx.port
        cls.browser = browser.Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.nginx.stop()
        cls.back_end.shutdown()
        cls.back_end.server_close()
        demo.reset(cls.desk)

    def setUp(self):
        demo.reset(self.desk)
        self.desk.sql(self.more)
        client_tokens.let_sign(self.desk, origins=self.origin)
        self.back_end.begin()

    def opened(self, place="", until="document.querySelector('#rows').getAttribute('aria-busy') === 'false' && !document.querySelector('#list').hidden", **looks):
        tab = self.browser.tab(**looks)
        self.addCleanup(tab.close)
        tab.go(self.origin + "/my/" + ("#" + place if place else ""))
        tab.wait(until)
        return tab

    def ticket(self, number, **looks):
        return self.opened("/%s?state=open" % number, "document.querySelector('.thread') && document.querySelector('#message-files')", **looks)
