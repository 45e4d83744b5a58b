# SPDX-License-Identifier: GPL-2.0-or-later
"""The API to read and to try (/api/docs/), with Chromium: in a help desk's own server, on any screen, asking no other host."""
import json
import os
import shutil
import subprocess
import unittest

import browser
import demo
import looks
from desk import ROOT
from nginx_alone import Nginx, snippet

SITE = """
    location / { return 299 "php $uri"; }
    include snippets/osticket-fcgi.conf;
    include snippets/osticket-fcgi-docs.conf;"""
DOCS = os.path.join(ROOT, "nginx", "www", "docs")
INSTALLED = "/usr/share/osticket-fcgi/www/docs/"


class Docs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        with open(os.path.join(ROOT, "nginx", "docs.conf"), encoding="utf-8") as file:
            conf = file.read()
        cls.nginx = Nginx(SITE, {"osticket-fcgi": snippet(cls.desk.env["SOCKET"]), "osticket-fcgi-docs": conf.replace(INSTALLED, "docs/")})
        folder = shutil.copytree(DOCS, cls.nginx.path("docs"))
        with open(os.path.join(folder, "openapi.json"), "wb") as file:
            file.write(subprocess.run([cls.desk.env["PROGRAM"], "--openapi"], check=True, capture_output=True, timeout=60).stdout)
        cls.browser = browser.Browser() if browser.program() else None

    @classmethod
    def tearDownClass(cls):
        if cls.browser:
            cls.browser.close()
        cls.nginx.stop()

    def url(self, path="/api/docs/"):
        return "http://127.0.0.1:%d%s" % (self.nginx.port, path)

    # ---- the web server's part ---------------------------------------------------------------------------------------
    def test_the_files_are_served_in_whatever_folder_and_nothing_else_is(self):
        for path, kind in (("/api/docs/", "text/html"), ("/support/desk/api/docs/", "text/html"), ("/api/docs/docs.js", "text/javascript"),
                           ("/api/docs/swagger-ui/swagger-ui.css", "text/css"), ("/api/docs/swagger-ui/LICENSE", "application/octet-stream"),
                           ("/api/docs/openapi.json", "application/json"), ("/api/openapi.json", "application/json")):
            answer = self.nginx.request("GET", path)
            self.assertEqual((200, kind), (answer.status, answer.header("content-type").split(";")[0]), path)
            self.assertIn("default-src 'none'; script-src 'self'; style-src 'self'", answer.header("content-security-policy"))
            self.assertEqual("nosniff", answer.header("x-content-type-options"))
        moved = self.nginx.request("GET", "/support/api/docs")
        self.assertIn(moved.status, (301, 302))
        self.assertTrue(moved.header("location").endswith("/support/api/docs/"), moved)
        self.assertEqual(404, self.nginx.request("GET", "/api/docs/nothing.html").status)
        self.assertEqual(403, self.nginx.request("POST", "/api/docs/docs.js", body="x").status)
        for path in ("/api/docs/swagger-ui/../../../env", "/.osticket-fcgi-docs/index.html", "/apidocs/", "/docs/", "/api/docs/x/docs.js"):
            self.assertNotEqual(200, self.nginx.request("GET", path).status, path)

    def test_the_snippet_has_the_line_that_switches_it_on(self):
        with open(os.path.join(ROOT, "nginx", "snippet.conf"), encoding="utf-8") as file:
            self.assertIn("\n# include snippets/osticket-fcgi-docs.conf;\n", file.read())

    # ---- the page ----------------------------------------------------------------------------------------------------
    def open(self, path="/api/docs/", **look):
        if not self.browser:
            self.skipTest("no Chromium here")
        tab = self.browser.tab(**look)
        self.addCleanup(tab.close)
        tab.go(self.url(path))
        tab.wait("document.querySelector('.opblock')")
        return tab

    def authorize(self, tab, key):
        tab.click(".btn.authorize")
        tab.wait("document.querySelector('.modal-ux input')")
        tab.fill(".modal-ux input", key)
        tab.click(".modal-ux .auth.authorize, .modal-ux button[type=submit]")
        tab.click(".modal-ux .btn-done")

    def execute(self, tab, operation):
        block = "[id='operations-%s']" % operation
        if not tab.evaluate("!!document.querySelector(%s)" % json.dumps(block + ".is-open")):  # as the URL has it
            tab.click(block + " .opblock-summary-control")
        tab.click(block + " .try-out__btn")
        tab.click(block + " .btn.execute")
        tab.wait("document.querySelector(%s)" % json.dumps(block + " .live-responses-table .response-col_status"))
        return tab.text(block + " .live-responses-table")

    def test_every_operation_is_shown_and_nobody_else_is_asked(self):
        tab = self.open()
        with open(self.nginx.path("docs/openapi.json"), encoding="utf-8") as file:
            document = json.load(file)
        wanted = sorted(operation["operationId"] for item in document["paths"].values() for operation in item.values())
        self.assertEqual(wanted, sorted(text.strip() for text in tab.texts(".opblock-summary-operation-id")))
        self.assertEqual(document["info"]["title"], tab.evaluate("document.title"))
        tab.quiet()

    def test_requests_are_tried_with_a_key_that_the_page_forgets(self):
        tab = self.open("/support/api/docs/")
        self.authorize(tab, demo.KEY)
        answer = self.execute(tab, "key-key")
        self.assertIn("200", answer)
        self.assertIn('"scopes"', answer)
        self.assertIn(self.url("/support/api/key.json"), tab.requests)
        tab.quiet()
        self.assertEqual(0, tab.evaluate("localStorage.length + sessionStorage.length + document.cookie.length"))
        tab.reload()
        tab.wait("document.querySelector('.opblock')")
        self.assertIn("401", self.execute(tab, "key-key"))

    def test_it_can_be_read_on_any_screen(self):
        for look in ({"width": 1280, "dark": True}, {"width": 375, "height": 800}):
            with self.subTest(**look):
                tab = self.open(**look)
                self.assertEqual([], looks.wide(tab))
                self.assertEqual([], looks.faint(tab))
                tab.click("[id='operations-read-entries'] .opblock-summary-control")
                tab.click("[id='operations-read-entries'] .try-out__btn")
                tab.wait("document.querySelector('.opblock .btn.execute')")
                self.assertEqual([], looks.wide(tab))
                self.assertEqual([], looks.faint(tab))
                tab.quiet()

    def test_without_a_description_it_says_so(self):
        if not self.browser:
            self.skipTest("no Chromium here")
        with self.browser.tab() as tab:
            tab.answer("*/openapi.json", 503, "away")
            tab.go(self.url())
            tab.wait("document.querySelector('.waiting.failed')")
            self.assertIn("cannot be shown: openapi.json: 503", tab.text("#reference"))
