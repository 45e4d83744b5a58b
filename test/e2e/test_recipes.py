# SPDX-License-Identifier: GPL-2.0-or-later
"""The back ends of nginx/recipes/README.md, each run as it stands there: a token for who is signed in, of his own tickets, and none for
who is not. PHP, Python with Flask and PyJWT, and Node with npm's jsonwebtoken where they are; COMPOSER_VENDOR=FOLDER is where Composer put
firebase/php-jwt."""
import base64
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import client_tokens
import demo
import nginx_alone
from client_tokens import bearer
from desk import ROOT, free_port
from sign_in import SignIn

ANNA, NOBODY = "anna@quay.example", "nobody-here@quay.example"


def recipe(name):
    """The block of the page whose first line is a comment with this name."""
    with open(os.path.join(ROOT, "nginx", "recipes", "README.md"), encoding="utf-8") as file:
        found = [block for block in re.findall(r"```\w+\n(.*?)```", file.read(), re.S) if re.search(r"(?:#|//) %s$" % re.escape(name), block.split("\n")[0])]
    assert len(found) == 1, name
    return found[0]


def has_python(*modules):
    return subprocess.run(["/usr/bin/python3", "-c", "import " + ", ".join(modules)], capture_output=True, check=False).returncode == 0


class Recipes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.folder = tempfile.TemporaryDirectory(prefix="osticket-fcgi-recipes.")
        demo.reset(cls.desk)
        client_tokens.let_sign(cls.desk)
        cls.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1' WHERE key_id=1")
        cls.environment = {**os.environ, "TOKEN_KEY": "1", "TOKEN_SECRET": client_tokens.SECRET, "TOKEN_API_KEY": demo.KEY, "SESSION_SECRET": "x" * 32}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()
        demo.reset(cls.desk)

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def serve(self, port, *command):
        """A back end on that port, until the test ends."""
        process = subprocess.Popen(command, cwd=self.folder.name, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.terminate)
        end = time.monotonic() + 60
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                self.assertIsNone(process.poll(), "it ended at once")
                self.assertLess(time.monotonic(), end, "it does not listen")
                time.sleep(0.05)

    @staticmethod
    def post(url, cookie=None):
        request = urllib.request.Request(url, data=b"", method="POST", headers={"Cookie": cookie} if cookie else {})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), error.headers

    @staticmethod
    def cookie_of(url):
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.headers["Set-Cookie"].split(";")[0]

    def works(self, url, cookie, name="Anna"):
        """A token that the help desk takes, for who is signed in; none for who is not."""
        self.assertEqual(401, self.post(url)[0])
        self.assertEqual(401, self.post(url, "PHPSESSID=forged; session=forged")[0])
        status, body, headers = self.post(url, cookie)
        self.assertIn(status, (200, 201), body)
        self.assertIn("application/json", headers["Content-Type"])
        self.assertIn("no-store", headers["Cache-Control"])
        said = json.loads(body)
        self.assertEqual(name, said.get("name"))
        claims = json.loads(base64.urlsafe_b64decode(said["token"].split(".")[1] + "=="))
        self.assertEqual(600, claims["exp"] - claims["iat"])
        own = self.desk.request("GET", "/tickets.json", headers=bearer(said["token"]))
        self.assertEqual((200, {"Anna Lindqvist"}), (own.status, {ticket["user"]["name"] for ticket in own.json["tickets"]}))
        self.assertEqual(404, self.desk.request("GET", "/tickets/310045.json", headers=bearer(said["token"])).status)

    # ---- PHP -----------------------------------------------------------------------------------------------------------------
    def php(self, name, change=lambda text: text):
        self.write(name, change(recipe(name)))
        self.write("sign-in.php", "<?php session_start(); $_SESSION = ['email' => $_GET['as'], 'name' => 'Anna'];")
        port = free_port()
        self.serve(port, "php", "-d", "session.save_path=" + self.folder.name, "-d", "error_log=" + os.path.join(self.folder.name, "log"), "-S", "127.0.0.1:%d" % port, "-t", self.folder.name)
        base = "http://127.0.0.1:%d/" % port
        return base + name, lambda who: self.cookie_of(base + "sign-in.php?as=" + who)

    @unittest.skipUnless(shutil.which("php"), "there is no PHP")
    def test_php_without_a_library(self):
        url, cookie = self.php("token.php")
        self.works(url, cookie(ANNA))

    @unittest.skipUnless(shutil.which("php") and os.environ.get("COMPOSER_VENDOR"), "there is no PHP with Composer's firebase/php-jwt")
    def test_php_with_firebase(self):
        os.symlink(os.environ["COMPOSER_VENDOR"], os.path.join(self.folder.name, "vendor"))
        url, cookie = self.php("token-firebase.php")
        self.works(url, cookie(ANNA))

    @unittest.skipUnless(shutil.which("php"), "there is no PHP")
    def test_php_that_asks_the_help_desk(self):
        url, cookie = self.php("token-asks.php", lambda text: text.replace("https://desk.example.org", "http://127.0.0.1:%d" % self.desk.port))
        self.works(url, cookie(ANNA), None)
        self.assertEqual(502, self.post(url, cookie(NOBODY))[0])

    # ---- Python, Node --------------------------------------------------------------------------------------------------------
    @unittest.skipUnless(has_python("flask", "jwt"), "there is no Python with Flask and PyJWT")
    def test_python(self):
        self.write("token_of_shop.py", recipe("token_of_shop.py"))
        self.write("site.py", "import flask\nfrom token_of_shop import app\n\n@app.get('/sign-in')\ndef sign_in():\n    flask.session.update(email=flask.request.args['as'], name='Anna')\n    return ''\n"
                   "\napp.run('127.0.0.1', int(__import__('sys').argv[1]))\n")
        os.rename(os.path.join(self.folder.name, "site.py"), os.path.join(self.folder.name, "shop.py"))
        port = free_port()
        self.serve(port, "/usr/bin/python3", "shop.py", str(port))
        base = "http://127.0.0.1:%d" % port
        self.works(base + "/my/token", self.cookie_of(base + "/sign-in?as=" + ANNA))

    @unittest.skipUnless(shutil.which("node") and shutil.which("npm"), "there is no Node with npm")
    def test_node(self):
        try:
            done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", self.folder.name, "jsonwebtoken"], capture_output=True, text=True, timeout=120, check=False)
        except subprocess.TimeoutExpired:
            self.skipTest("npm's registry does not answer")
        if done.returncode:
            self.skipTest("npm's registry cannot be reached: " + done.stderr[-200:])
        self.write("token.js", recipe("token.js"))
        # A session as express-session would fill it in.
        self.write("shop.js", """const token = require("./token.js");
            require("node:http").createServer((request, response) => {
              if (request.headers.cookie === "session=anna") request.session = { email: "%s", name: "Anna" };
              token(request, response);
            }).listen(process.argv[2], "127.0.0.1");""" % ANNA)
        port = free_port()
        self.serve(port, "node", "shop.js", str(port))
        self.works("http://127.0.0.1:%d/my/token" % port, "session=anna")

    # ---- a customer who never wrote ------------------------------------------------------------------------------------------
    def test_a_customer_becomes_a_user_once_and_then_his_token_counts(self):
        token = client_tokens.token("bo@quay.example")
        self.assertEqual(401, self.desk.request("GET", "/tickets.json", headers=bearer(token)).status)
        self.desk.sql("UPDATE ost_api_key SET isactive=1 WHERE id=2; REPLACE INTO fcgi_ost_key(key_id,networks,scopes,`system`) VALUES(2,'127.0.0.1','users.write',1)")
        command = recipe("new-customer.sh").split("\n")[1].replace("https://desk.example.org", "http://127.0.0.1:%d" % self.desk.port) + " -sS -o /dev/null -w '%{http_code}'"
        key = self.desk.value("SELECT apikey FROM ost_api_key WHERE id=2")
        done = [subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, env={**os.environ, "KEY": key}, check=True).stdout for _ in range(2)]
        self.assertEqual(["201", "409"], done)
        self.assertEqual(200, self.desk.request("GET", "/tickets.json", headers=bearer(token)).status)

    # ---- nginx ---------------------------------------------------------------------------------------------------------------
    def test_nginx_alone(self):
        sign_in = SignIn()
        self.addCleanup(sign_in.stop)
        server = recipe("token.conf").replace("https://desk.example.org", "http://127.0.0.1:%d" % self.desk.port).replace("/etc/nginx/osticket-key.conf", "snippets/osticket-key.conf")
        site = nginx_alone.Nginx(server + "location = /oauth2/auth { internal; proxy_pass http://127.0.0.1:%d; proxy_pass_request_body off; proxy_set_header Content-Length \"\"; }" % sign_in.server_port,
                                 {"osticket-key": 'proxy_set_header X-API-Key "%s";' % demo.KEY}, recipe("customer.conf"))
        self.addCleanup(site.stop)
        url = "http://127.0.0.1:%d/my/token" % site.port
        self.works(url, sign_in.session(ANNA), None)
        # What the sign-in names is an address, and nothing that would be more in the text that it stands in.
        for who in (NOBODY, 'x","user":"%s' % ANNA, ANNA + '","ttl":3600,"x":"', "a b@quay.example", "\\u0061nna@quay.example"):
            status, body, _ = self.post(url, sign_in.session(who))
            self.assertGreaterEqual(status, 400, who)
            self.assertNotIn(b'"token"', body)
        self.assertEqual(403, site.request("GET", "/my/token", headers={"Cookie": sign_in.session(ANNA)}).status)


if __name__ == "__main__":
    unittest.main()
