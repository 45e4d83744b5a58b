# SPDX-License-Identifier: GPL-2.0-or-later
"""nginx/apache-adapters.conf in Debian's Apache: the paths of those APIs that are switched on come to us, all others stay PHP's."""
import http.client
import json
import os
import shutil
import tempfile
import unittest

import demo
from desk import ROOT, Answer, free_port
from test_apache import APACHE, HTACCESS, PHP, SERVER, start

SITE = SERVER + """<VirtualHost *:*>
    DocumentRoot {folder}/site
    Define OSTICKET_FCGI_SOCKET {socket}
    Include {nginx}/apache.conf
    Define OSTICKET_FCGI_SOCKET {socket}
{switched_on}
    Include {nginx}/apache-adapters.conf
</VirtualHost>
"""
MODULE_NAMES = ("mpm_event", "authz_core", "proxy", "proxy_fcgi", "rewrite", "env", "alias", "dir", "headers")
# (name of the setting, word of the file, requests of its clients)
ADAPTERS = (
    ("markus", "MARKUS", (("GET", "/tickets-search.php?limit=2"), ("GET", "/tickets-get.php/310042.json"), ("GET", "/http.php/tickets-stats.php"),
                          ("GET", "/tickets-statuses.php"), ("PATCH", "/tickets-update.php/310042.json"))),
    ("api_plus", "API_PLUS", (("GET", "/api-plus/tickets/310042.json"), ("GET", "/http.php/api-plus/tickets/310042.json"))),
    ("pr5019", "PR5019", (("GET", "/tickets.json/310042"), ("GET", "/http.php/tickets.json/310042"))),
    ("wildcard", "WILDCARD", (("GET", "/wildcard/tickets"), ("GET", "/http.php/wildcard/tickets"))),
)


class Server:
    """An Apache with some of the adapters switched on."""

    def __init__(self, desk, words):
        self.folder, self.port = tempfile.mkdtemp(prefix="apache.", dir="/tmp"), free_port()
        os.chmod(self.folder, 0o755)
        os.makedirs(os.path.join(self.folder, "site", "api"))
        for name, text in (("http.php", PHP), (".htaccess", HTACCESS)):
            with open(os.path.join(self.folder, "site", "api", name), "w", encoding="utf-8") as file:
                file.write(text)
        self.process = start(self.folder, self.port, SITE, MODULE_NAMES, socket=desk.env["SOCKET"], nginx=os.path.join(ROOT, "nginx"),
                             switched_on="\n".join("    Define OSTICKET_FCGI_" + word for word in words))

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stderr.close()
        shutil.rmtree(self.folder)

    def ask(self, method, path, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=60)
        try:
            body = json.dumps({"statusId": 1, "note": "seen"}) if method == "PATCH" else None
            connection.request(method, "/api" + path, body=body, headers={"X-API-Key": demo.KEY, "Content-Type": "application/json"})
            response = connection.getresponse()
            return Answer(response.status, response.reason, response.getheaders(), response.read())
        finally:
            connection.close()


@unittest.skipUnless(os.path.exists(APACHE), "no Apache here")
class ApacheAdapters(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("apache_adapters", ["adapters.%s=yes" % name for name, _, _ in ADAPTERS])
        cls.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes,`system`) VALUES(1,'*',1)")
        os.chmod(cls.desk.env["SOCKET"], 0o666)  # Apache's own children must reach it

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def serve(self, *words):
        server = Server(self.desk, words)
        self.addCleanup(server.close)
        return server

    def is_ours(self, answer):
        return bool(answer.header("x-request-id")) and PHP not in answer.text

    def test_the_paths_of_what_is_switched_on_are_ours_and_those_of_the_others_phps(self):
        for _, word, requests in ADAPTERS:
            server = self.serve(word)
            for _, other, asked in ADAPTERS:
                for method, path in asked:
                    with self.subTest("%s: %s %s" % (word, method, path)):
                        answer = server.ask(method, path)
                        self.assertEqual(other == word, self.is_ours(answer), str(answer))
                        if other == word and word in ("MARKUS", "PR5019"):
                            self.assertEqual(200, answer.status, str(answer))

    def test_switched_off_all_of_them_are_phps(self):
        server = self.serve()
        for _, _, asked in ADAPTERS:
            for method, path in asked:
                self.assertFalse(self.is_ours(server.ask(method, path)), path)
        self.assertIn(PHP, server.ask("GET", "/tickets-search.php").text)
        self.assertEqual(200, server.ask("GET", "/tickets/310042.json").status)  # our own go on

    def test_what_only_looks_alike_is_phps_and_our_own_stay_ours(self):
        server = self.serve(*(word for _, word, _ in ADAPTERS))
        for path in ("/tickets-search.php/x", "/tickets-get.php/310042.yaml", "/tickets-get.php/310042.json/x", "/tickets-create.php/1.json", "/xtickets-search.php",
                     "/api-plus/tickets", "/wildcard", "/wildcard/", "/tickets.json/", "/tickets.json/310042/x"):
            with self.subTest(path):
                self.assertFalse(self.is_ours(server.ask("GET", path)), path)
        for path in ("/tickets.json", "/tickets/310042.json", "/key.json"):
            self.assertEqual(200, server.ask("GET", path).status, path)

    def test_while_the_server_is_away_it_is_said(self):
        server = self.serve("MARKUS")
        self.desk.pool("stop")
        self.addCleanup(lambda: (self.desk.pool("start"), os.chmod(self.desk.env["SOCKET"], 0o666)))
        answer = server.ask("GET", "/tickets-search.php")
        self.assertEqual(503, answer.status, str(answer))
        self.assertIn("try again", answer.text)


if __name__ == "__main__":
    unittest.main()
