# SPDX-License-Identifier: GPL-2.0-or-later
"""The snippet in somebody else's server { }: it takes the calls of this server wherever it is included, and no other URL."""
import os
import re
import unittest

import demo
from desk import ROOT
from nginx_alone import Nginx, operations_of_the_snippet, snippet

INCLUDE = "include snippets/osticket-fcgi.conf;"
# What stands for PHP answers 299 with the location that was taken.
PHP = 'return 299 "php $uri";'
# Server blocks as osTicket's documentation, hosting panels and hands have them; %s is where the include may stand.
SITES = {
    "first": """
        %(include)s
        location / { try_files /none @php; }
        location ~ \\.php(?:$|/) { %(php)s }
        location ~ ^/api/(?:tickets|tasks).*$ { %(php)s }
        location @php { %(php)s }""",
    "last": """
        if ($request_uri ~ "^/api(/[^\\?]+)") { set $path_info $1; }
        location / { try_files /none @php; }
        location ~ ^/api/(?:tickets|tasks).*$ { %(php)s }
        location ~ \\.php(?:$|/) { %(php)s }
        location @php { %(php)s }
        %(include)s""",
    "a prefix that beats patterns": """
        location ^~ /api/ { %(php)s }
        location = /api/tickets.json { %(php)s }
        location / { %(php)s }
        %(include)s""",
    "a folder": """
        location ^~ /support/ { %(php)s }
        location / { %(php)s }
        %(include)s""",
}
# The calls in the snippet's pattern, which test/unit/ops compares with the operation table.
OURS = [alternative.replace("\\.", ".").replace(".+", "310042") for alternative in operations_of_the_snippet()]
NOT_OURS = ("/", "/scp/tickets.php", "/api", "/api/", "/api/http.php", "/api/auth/oauth2?code=1", "/api/auth/ext",
            "/api/validate.php", "/api/cron.php", "/api/pipe.php",
            "/api/tasks/cron/", "/api/tasks/cronx", "/api/tickets/310042.pdf", "/api/tickets.jsonx", "/apix/tickets.json",
            "/api/tickets/", "/api/TICKETS.json", "/tickets.json", "/api/http.phpx/tickets.json", "/.osticket-fcgi",
            "/api/plugin/tickets.json", "/kb/api.php/tickets.json", "/open.php?x=/api/tickets.json")


class InSomebodyElsesServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()

    def site(self, name, **change):
        return Nginx(SITES[name] % {"include": INCLUDE, "php": PHP},
                     {"osticket-fcgi": snippet(self.desk.env["SOCKET"], **change)})

    def test_each_of_our_calls_is_answered_here_wherever_the_include_stands(self):
        for name in SITES:
            nginx = self.site(name)
            try:
                for folder in ("", "/support", "/a/b"):
                    for prefix in ("/api/", "/api/http.php/", "/api//http.php//"):
                        for path in OURS:
                            answer = nginx.request("POST" if "." in path or path == "tasks/cron" else "GET", folder + prefix + path)
                            # Without a key, or by another method than the path takes.
                            self.assertIn(answer.status, (401, 405), (name, folder, path, answer.text))
            finally:
                nginx.stop()

    def test_every_other_url_stays_with_php(self):
        for name in SITES:
            nginx = self.site(name)
            try:
                for path in NOT_OURS:
                    answer = nginx.request("GET", path)
                    # A path that begins with a dot inside is nobody's: nginx keeps the snippet's own location to itself.
                    wanted = 404 if path == "/.osticket-fcgi" else 299
                    self.assertEqual(wanted, answer.status, (name, path, str(answer)))
            finally:
                nginx.stop()

    def test_a_read_and_a_write_go_through_whole(self):
        nginx = self.site("last")
        try:
            key = {"X-API-Key": demo.KEY}
            answer = nginx.request("GET", "/support/api/tickets/ticketInfo?ticketNumber=310042", headers=key)
            self.assertEqual("310042", answer.json["ticket"]["ticket_number"])
            answer = nginx.request("POST", "/api/tickets/reply.json", b'{"response":"x"}' + b" " * 1000000, key)
            self.assertEqual(422, answer.status)
        finally:
            nginx.stop()

    def test_a_long_answer_is_compressed_where_the_client_takes_it(self):
        nginx = self.site("last")
        try:
            answer = nginx.request("GET", "/api/tickets/staffTickets?staffUserName=tokafor",
                                   headers={"X-API-Key": demo.KEY, "Accept-Encoding": "gzip"})
            self.assertEqual((200, "gzip"), (answer.status, answer.header("content-encoding")))
            self.assertIn("Accept-Encoding", answer.header("vary"))
        finally:
            nginx.stop()

    def test_an_id_is_the_same_in_the_answer_and_in_nginx(self):
        nginx = self.site("first")
        try:
            answer = nginx.request("GET", "/api/tickets", headers={"X-Request-Id": "mine-1"})
            self.assertEqual("mine-1", answer.header("x-request-id"))
            answer = nginx.request("GET", "/api/tickets", headers={"X-Request-Id": "not mine\t;"})
            self.assertRegex(answer.header("x-request-id"), "^[0-9a-f]{32}$")
        finally:
            nginx.stop()

    def test_two_help_desks_share_one_server(self):
        """Each has a copy of the snippet with its own folder, socket and name."""
        def of_folder(folder):
            def change(text):
                name = folder.strip("/")
                text = text.replace("(?:/.*)?/api/", folder + "/api/").replace("osticket_fcgi", "osticket_fcgi_" + name)
                return text.replace("/.osticket-fcgi", "/.osticket-fcgi-" + name)
            return change
        socket = self.desk.env["SOCKET"]
        nginx = Nginx("include snippets/*.conf; location / { %s }" % PHP,
                      {"one": snippet(socket, of_folder("/one")),
                       "two": snippet("/nonexistent.sock", of_folder("/two"))})
        try:
            self.assertEqual(401, nginx.request("GET", "/one/api/tickets").status)
            self.assertEqual(503, nginx.request("GET", "/two/api/tickets").status)
            self.assertEqual(299, nginx.request("GET", "/api/tickets").status)
        finally:
            nginx.stop()


class WhatNginxAnswersItself(unittest.TestCase):
    """With everything on that the snippet has in comments."""
    PAGE = "https://desk.example.org"

    def everything(self, text):
        text = re.sub(r"(?m)^# (if \(\$http_origin)", r"\1", text)
        text = re.sub(r"(?m)^    # (limit_req)", r"    \1", text)
        return text.replace("burst=40 nodelay", "burst=2 nodelay")

    def start(self, socket, change=lambda text: text):
        return Nginx("include snippets/osticket-fcgi.conf;",
                     {"osticket-fcgi": snippet(socket, lambda text: change(self.everything(text)))},
                     "limit_req_zone $binary_remote_addr zone=osticket_api:1m rate=1r/s;")

    def readable(self, answer, status, retry):
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual("text/plain; charset=UTF-8", answer.header("content-type"))
        self.assertEqual(self.PAGE, answer.header("access-control-allow-origin"))
        self.assertIn("Retry-After", answer.header("access-control-expose-headers"))
        self.assertIn("X-Request-Id", answer.header("access-control-expose-headers"))
        self.assertEqual("from-page", answer.header("x-request-id"))
        self.assertEqual("no-store", answer.header("cache-control"))
        self.assertEqual(retry, answer.header("retry-after"))

    def headers(self):
        return {"Origin": self.PAGE, "X-Request-Id": "from-page", "X-API-Key": demo.KEY}

    def test_each_error_can_be_read_by_a_page(self):
        nginx = self.start("/nonexistent.sock")
        try:
            self.readable(nginx.request("GET", "/api/tickets", headers=self.headers()), 503, "5")
            self.readable(nginx.request("POST", "/api/tickets.json", b"", {**self.headers(), "Content-Length": "40000000"}),
                          413, "")
            answers = [nginx.request("GET", "/api/tickets", headers=self.headers()) for _ in range(6)]
            refused = [answer for answer in answers if answer.status == 429]
            self.assertTrue(refused)
            self.readable(refused[0], 429, "1")
        finally:
            nginx.stop()

    def test_nginx_s_own_500_and_504_too(self):
        loop = "    error_page 413"
        nginx = self.start("/nonexistent.sock", lambda text: text.replace(
            loop, '    if ($http_x_test = "500") { return 500; }\n    if ($http_x_test = "504") { return 504; }\n' + loop))
        try:
            self.readable(nginx.request("GET", "/api/tickets", headers={**self.headers(), "X-Test": "500"}), 500, "")
            self.readable(nginx.request("GET", "/api/tickets", headers={**self.headers(), "X-Test": "504"}), 504, "")
        finally:
            nginx.stop()

    def test_other_pages_may_not_read_them(self):
        nginx = self.start("/nonexistent.sock")
        try:
            answer = nginx.request("GET", "/api/tickets", headers={"Origin": "https://evil.example"})
            self.assertEqual((503, ""), (answer.status, answer.header("access-control-allow-origin")))
        finally:
            nginx.stop()


class TheFile(unittest.TestCase):
    def test_it_needs_no_map_and_no_upstream(self):
        with open(os.path.join(ROOT, "nginx", "snippet.conf"), encoding="utf-8") as file:
            text = re.sub(r"(?m)^\s*#.*$", "", file.read())
        self.assertIsNone(re.search(r"(?m)^\s*(map|upstream|server|limit_req_zone)\b", text))


if __name__ == "__main__":
    unittest.main()
