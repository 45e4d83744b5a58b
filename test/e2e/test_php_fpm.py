# SPDX-License-Identifier: GPL-2.0-or-later
"""A real PHP-FPM behind the fallback: a script sees what it would see behind nginx, and its answer comes back whole."""
import glob
import json
import os
import subprocess
import tempfile
import unittest

import demo
from desk import Desk, until
from nginx_alone import Nginx, snippet

PHP_FPM = sorted(glob.glob("/usr/sbin/php-fpm*"))
SCRIPT = """<?php
$body = file_get_contents('php://input');
if (($_GET['do'] ?? '') === 'big') { header('Content-Type: application/octet-stream'); for ($i = 0; $i < 300; $i++) echo str_repeat('z', 10000); exit; }
if (($_GET['do'] ?? '') === 'fail') { http_response_code(500); error_log('a notice of PHP'); echo 'broken'; exit; }
if (($_GET['do'] ?? '') === 'fatal') { nothing_there(); }
http_response_code(201);
header('Content-Type: application/json'); header('X-Script: yes'); setcookie('OSTSESSID', 'x');
echo json_encode(['script' => basename(__FILE__), 'name' => $_SERVER['SCRIPT_NAME'], 'info' => $_SERVER['PATH_INFO'] ?? '',
    'root' => $_SERVER['DOCUMENT_ROOT'], 'uri' => $_SERVER['REQUEST_URI'], 'method' => $_SERVER['REQUEST_METHOD'],
    'query' => $_SERVER['QUERY_STRING'], 'type' => $_SERVER['CONTENT_TYPE'] ?? '', 'host' => $_SERVER['HTTP_HOST'],
    'key' => $_SERVER['HTTP_X_API_KEY'] ?? null, 'remote' => $_SERVER['REMOTE_ADDR'], 'port' => $_SERVER['SERVER_PORT'],
    'proxy' => $_SERVER['HTTP_PROXY'] ?? null, 'self' => $_SERVER['PHP_SELF'], 'length' => strlen($body), 'md5' => md5($body)]);
"""
# As osTicket's documentation has it for nginx alone: what PHP is used to.
NGINX_ALONE = """
    root %(root)s;
    set $path_info "";
    location ~ ^(?<folder>(?:/support)?/api)/(?:http\\.php(?<info>/.*))$ {
        fastcgi_pass unix:%(fpm)s; include snippets/params.conf;
        fastcgi_param SCRIPT_FILENAME %(root)s$folder/http.php; fastcgi_param SCRIPT_NAME $folder/http.php;
        fastcgi_param PATH_INFO $info; fastcgi_param HTTP_PROXY ""; }
"""
PARAMS = "".join("fastcgi_param %s %s;\n" % pair for pair in (
    ("QUERY_STRING", "$query_string"), ("REQUEST_METHOD", "$request_method"), ("CONTENT_TYPE", "$content_type"),
    ("CONTENT_LENGTH", "$content_length"), ("REQUEST_URI", "$request_uri"), ("DOCUMENT_URI", "$document_uri"),
    ("DOCUMENT_ROOT", "$document_root"), ("SERVER_PROTOCOL", "$server_protocol"), ("REMOTE_ADDR", "$remote_addr"),
    ("SERVER_ADDR", "$server_addr"), ("SERVER_PORT", "$server_port"), ("SERVER_NAME", "$server_name")))


@unittest.skipUnless(PHP_FPM, "no php-fpm here")
class BehindPhpFpm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="osticket-fcgi-php.")
        os.chmod(cls.folder.name, 0o755)
        cls.root = os.path.join(cls.folder.name, "www")
        for folder in ("api", "support/api"):
            os.makedirs(os.path.join(cls.root, folder))
            for name in ("http.php", "validate.php"):
                with open(os.path.join(cls.root, folder, name), "w", encoding="utf-8") as file:
                    file.write(SCRIPT)
        cls.fpm = os.path.join(cls.folder.name, "fpm.sock")
        user = "user = root\ngroup = root" if os.geteuid() == 0 else ""
        with open(os.path.join(cls.folder.name, "fpm.conf"), "w", encoding="utf-8") as file:
            file.write("[global]\npid = %s/fpm.pid\nerror_log = %s/fpm.log\n[www]\n%s\nlisten = %s\nlisten.mode = 0666\n"
                       "pm = static\npm.max_children = 2\nrequest_terminate_timeout = 30\n" % (
                           cls.folder.name, cls.folder.name, user, cls.fpm))
        words = [PHP_FPM[-1], "-F", "-n", "-d", "display_errors=0", "-y", os.path.join(cls.folder.name, "fpm.conf")]
        cls.php = subprocess.Popen(words + (["-R"] if os.geteuid() == 0 else []), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not until(lambda: os.path.exists(cls.fpm), 20):
            raise RuntimeError("php-fpm does not start")
        cls.desks = {}
        for folder in ("", "/support"):
            cls.desks[folder] = Desk.up(os.path.join(os.environ["STACKS"], "php" + folder.replace("/", "-")), [
                "fallback.php_fpm=" + cls.fpm, "fallback.script=%s%s/api/http.php" % (cls.root, folder),
                "server.workers=2", "cron.enabled=no", "cors.origins=https://desk.example.org"])
        cls.alone = Nginx(NGINX_ALONE % {"root": cls.root, "fpm": cls.fpm}, {"params": PARAMS})

    @classmethod
    def tearDownClass(cls):
        cls.alone.stop()
        for desk in cls.desks.values():
            desk.down()
        cls.php.terminate()
        cls.php.wait(20)
        cls.folder.cleanup()

    def ask(self, method, path, body=None, folder="", **more):
        return self.desks[folder].request(method, path, body=body, prefix=folder, **more)

    def test_a_script_sees_what_it_sees_behind_nginx_alone(self):
        for folder in ("", "/support"):
            for method, path, body in (("GET", "/api/http.php/x/y?a=%20b&c=d+e", None),
                                       ("PUT", "/api/http.php/auth/oauth2", b"\x00\xff" * 70000),
                                       ("POST", "/api/http.php/x/310042.json", b"{}"),
                                       ("DELETE", "/api/http.php/x%2Ey", None)):
                headers = {"X-API-Key": "k", "Content-Type": "text/x; a=b", "Proxy": "http://evil.example"}
                ours = self.ask(method, path, body, folder, headers=headers)
                theirs = self.alone.request(method, folder + path, body, headers)
                self.assertEqual((201, "yes"), (ours.status, ours.header("x-script")), str(ours))
                mine, other = ours.json, theirs.json
                for name in ("port", "host"):
                    mine.pop(name), other.pop(name)
                self.assertEqual(other, mine, (folder, path))
                self.assertEqual(theirs.header("set-cookie"), ours.header("set-cookie"))

    def test_an_unknown_route_needs_no_key_of_ours(self):
        answer = self.ask("POST", "/api/auth/oauth2?code=1", b"x")
        self.assertEqual((201, "/api/http.php", "/auth/oauth2"), (answer.status, answer.json["name"], answer.json["info"]))

    def test_a_script_beside_http_php(self):
        self.assertEqual("validate.php", self.ask("POST", "/api/validate.php", b"x").json["script"])

    def test_cron_after_the_key(self):
        for path in ("/api/tasks/cron", "/api/http.php/tasks/cron"):
            self.assertEqual(401, self.ask("POST", path, b"x").status)
            answer = self.ask("POST", path, b"x" * 3000000, key=demo.KEY)
            self.assertEqual(201, answer.status, str(answer))
            self.assertEqual(3000000, answer.json["length"])

    def test_a_long_answer_comes_whole(self):
        answer = self.ask("GET", "/api/x?do=big")
        self.assertEqual((200, 3000000), (answer.status, len(answer.body)))

    def test_php_s_errors_are_php_s_answer_and_in_our_log(self):
        answer = self.ask("GET", "/api/x?do=fail")
        self.assertEqual((500, "broken"), (answer.status, answer.text))
        self.assertEqual(500, self.ask("GET", "/api/x?do=fatal").status)
        for line in ("a notice of PHP", "by=php status=500"):
            self.assertTrue(self.desks[""].log_lines_of(line), line)

    def test_no_such_script_is_404(self):
        self.assertEqual(404, self.ask("GET", "/api/nothing_there.php").status)

    def test_a_page_may_read_it(self):
        answer = self.ask("POST", "/api/x", b"", headers={"Origin": "https://desk.example.org"})
        self.assertEqual("https://desk.example.org", answer.header("access-control-allow-origin"))


if __name__ == "__main__":
    unittest.main()
