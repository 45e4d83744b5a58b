# SPDX-License-Identifier: GPL-2.0-or-later
"""nginx/apache.conf in Debian's Apache: our operations come to us, everything else under /api stays PHP's."""
import grp
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

import client_tokens
import demo
from customer_desk import BackEnd
from desk import ROOT, free_port

APACHE = "/usr/sbin/apache2"
MODULES = "/usr/lib/apache2/modules"
# What PHP would answer, as a file: its own rewriting of api/.htaccess leads everything unknown to it.
PHP = "PHP was here"
HTACCESS = """RewriteEngine On
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteCond %{REQUEST_URI} (.*/api)
RewriteRule ^(.*)$ %1/http.php/$1 [L]
"""
# All above a site of its own.
SERVER = """ServerRoot {folder}
PidFile {folder}/apache.pid
Listen 127.0.0.1:{port}
ErrorLog {folder}/error.log
User {user}
Group {group}
ServerName localhost
{modules}
<Directory {folder}>
    Options FollowSymLinks
    AllowOverride All
    AcceptPathInfo On
    Require all granted
</Directory>
"""
SITE = SERVER + """<VirtualHost *:*>
    DocumentRoot {folder}/site
    Define OSTICKET_FCGI_SOCKET {socket}
    Include {file}
    Include {folder}/page.conf
    ProxyPass "/my/token" "http://127.0.0.1:{back_end}/my/token"
    Include {folder}/customer.conf
    Include {folder}/docs.conf
</VirtualHost>
"""


def start(folder, port, site, module_names, **values):
    """An Apache of this site, once it listens."""
    root = os.geteuid() == 0
    with open(os.path.join(folder, "apache.conf"), "w", encoding="utf-8") as file:
        file.write(site.format(
            folder=folder, port=port, user="www-data" if root else "#%d" % os.getuid(),
            group="www-data" if root else grp.getgrgid(os.getgid()).gr_name,
            modules="\n".join("LoadModule %s_module %s/mod_%s.so" % (name, MODULES, name) for name in module_names), **values))
    server = subprocess.Popen([APACHE, "-X", "-f", os.path.join(folder, "apache.conf")], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE)
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("Apache does not listen: %s" % (server.stderr.read().decode() if server.poll() is not None else ""))


@unittest.skipUnless(os.path.exists(APACHE), "no Apache here")
class Apache(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.folder = tempfile.mkdtemp(prefix="apache.", dir="/tmp")
        os.chmod(cls.folder, 0o755)
        for path in ("site/api", "site/support/api"):
            os.makedirs(os.path.join(cls.folder, path))
            for name, text in (("http.php", PHP), (".htaccess", HTACCESS), ("cron.php", "cron")):
                with open(os.path.join(cls.folder, path, name), "w", encoding="utf-8") as file:
                    file.write(text)
        cls.port, cls.back_end = free_port(), BackEnd()
        modules = ["mpm_event", "authz_core", "proxy", "proxy_fcgi", "proxy_http", "rewrite", "env", "alias", "dir", "headers"]
        cls.install_pages()
        # Apache's own children must reach the socket; as root they would be refused.
        os.chmod(cls.desk.env["SOCKET"], 0o666)
        cls.server = start(cls.folder, cls.port, SITE, modules, back_end=cls.back_end.server_port, socket=cls.desk.env["SOCKET"],
                           file=os.path.join(ROOT, "nginx", "apache.conf"))

    @classmethod
    def install_pages(cls):
        """As a package lays them, below the folder of the test."""
        www = shutil.copytree(os.path.join(ROOT, "nginx", "www"), os.path.join(cls.folder, "www"))
        with open(os.path.join(www, "docs", "openapi.json"), "wb") as file:
            file.write(subprocess.run([cls.desk.env["PROGRAM"], "--openapi"], check=True, capture_output=True, timeout=60).stdout)
        for name in ("page", "customer", "docs"):
            with open(os.path.join(ROOT, "nginx", "apache-%s.conf" % name), encoding="utf-8") as file:
                text = file.read().replace("/usr/share/osticket-fcgi/www", www)
            with open(os.path.join(cls.folder, name + ".conf"), "w", encoding="utf-8") as file:
                file.write(text)

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait(20)
        cls.server.stderr.close()
        cls.back_end.shutdown()
        cls.back_end.server_close()
        os.chmod(cls.desk.env["SOCKET"], int(cls.desk.configured("server", "socket_mode"), 8))
        shutil.rmtree(cls.folder)
        demo.reset(cls.desk)

    def setUp(self):
        demo.reset(self.desk)
        self.addCleanup(self.show_log)

    def show_log(self):
        """What Apache itself complained of, for whoever reads a failure."""
        with open(os.path.join(self.folder, "error.log"), encoding="utf-8", errors="replace") as file:
            print("".join(line for line in file if ":error]" in line), end="")

    def request(self, method, path, body=None, **more):
        there, port = self.desk.host, self.desk.port
        self.desk.host, self.desk.port = "127.0.0.1", self.port
        try:
            return self.desk.request(method, path, body=body, prefix="", **more)
        finally:
            self.desk.host, self.desk.port = there, port

    def test_both_forms_and_a_folder_come_to_us(self):
        for prefix in ("/api/http.php", "/api", "/support/api/http.php", "/support/api"):
            for path, held in (("/tickets/ticketInfo?ticketNumber=310042", "310042"), ("/tickets", "310042"),
                               ("/tickets/staffTickets?staffUserName=tokafor", "310042"),
                               ("/tickets/clientTickets?clientUserMail=anna@quay.example", "310042")):
                answer = self.request("GET", prefix + path, key=demo.KEY)
                if prefix.startswith("/support") and answer.status == 400 and "URL not supported" in answer.text:
                    continue  # [api] prefixes of the shared desk has no folder; the request came to us all the same
                self.assertEqual(200, answer.status, answer)
                self.assertIn(held, answer.text)

    def test_a_key_is_asked_for(self):
        answer = self.request("GET", "/api/tickets/ticketInfo?ticketNumber=310042")
        self.assertEqual(401, answer.status, answer)

    def test_writes_large_ones_and_those_without_a_length(self):
        answer = self.request("POST", "/api/http.php/tickets/reply.json", demo.reply(response="<p>" + "word " * 400000 + "</p>"),
                              key=demo.KEY)
        self.assertEqual(200, answer.status, str(answer)[:300])
        ticket = {"email": "anna@quay.example", "name": "Anna", "subject": "Crane", "message": "It is stuck."}
        answer = self.request("POST", "/api/tickets.json", ticket, key=demo.KEY)
        self.assertEqual(201, answer.status, answer)
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(b'{"ticketNumber":"310042","staffUserName":"tokafor","response":"ok"}'),
                                           b'{"ticketNumber":"310042","staffUserName":"tokafor","response":"ok"}')
        answer = self.request("POST", "/api/tickets/reply.json", chunks, key=demo.KEY,
                              headers={"Transfer-Encoding": "chunked", "Content-Type": "application/json"})
        self.assertEqual(200, answer.status, answer)

    def test_the_rest_stays_with_php(self):
        for prefix in ("/api", "/api/http.php", "/support/api", "/support/api/http.php"):
            for path in ("/auth/oauth2", "/tickets/other", "/tasks/cronx", "/plugin/x/tickets.jsonx"):
                answer = self.request("GET", prefix + path, key=demo.KEY)
                self.assertEqual((200, PHP), (answer.status, answer.text), prefix + path)
        self.assertEqual("cron", self.request("GET", "/api/cron.php").text)

    def of_nginx(self, name):
        """The headers that nginx sends with the same pages."""
        with open(os.path.join(ROOT, "nginx", name + ".conf"), encoding="utf-8") as file:
            return {header: value.strip('"') for header, value in re.findall(r'add_header (\S+) ("[^"]+"|\S+) always;', file.read())}

    def test_the_page_on_the_tickets(self):
        for path, type in (("/desk/", "text/html; charset=utf-8"), ("/desk/index.html", "text/html; charset=utf-8"),
                           ("/desk/js/api.js", "text/javascript; charset=utf-8")):
            answer = self.request("GET", path)
            self.assertEqual((200, type), (answer.status, answer.header("Content-Type")), path)
            self.assertEqual(self.of_nginx("page"), {name: answer.header(name) for name in self.of_nginx("page")}, path)
        self.assertIn('<meta name="api"', self.request("GET", "/desk/").text)
        self.assertEqual((301, True), (lambda a: (a.status, a.header("Location").endswith("/desk/")))(self.request("GET", "/desk")))
        for path in ("/desk/docs/", "/desk/docs/index.html", "/desk/none", "/desk/../apache.conf", "/desk/%2e%2e/page.conf", "/desk/js/"):
            self.assertIn(self.request("GET", path).status, (400, 403, 404), path)
        self.assertEqual(403, self.request("POST", "/desk/", b"x").status)

    def test_the_customers_page_with_a_token(self):
        for path, type in (("/my/", "text/html; charset=utf-8"), ("/my/js/my/page.js", "text/javascript; charset=utf-8")):
            answer = self.request("GET", path)
            self.assertEqual((200, type), (answer.status, answer.header("Content-Type")), path)
            self.assertEqual(self.of_nginx("customer"), {name: answer.header(name) for name in self.of_nginx("customer")}, path)
        self.assertIn('<meta name="token"', self.request("GET", "/my/").text)
        self.assertIn("<title>Tickets</title>", self.request("GET", "/desk/").text)
        for path in ("/my/index.html", "/my/docs/", "/desk/my.html", "/my/js/"):
            self.assertIn(self.request("GET", path).status, (403, 404), path)
        self.assertEqual(403, self.request("POST", "/my/", b"x").status)
        client_tokens.let_sign(self.desk)
        token = self.request("POST", "/my/token", b"").json["token"]
        answer = self.request("GET", "/api/tickets.json", headers=client_tokens.bearer(token))
        self.assertEqual({"Anna Lindqvist"}, {ticket["user"]["name"] for ticket in answer.json["tickets"]})

    def test_the_api_to_read_and_to_try(self):
        for folder in ("", "/support"):
            for path, type in (("/api/docs/", "text/html; charset=utf-8"), ("/api/docs/swagger-ui/swagger-ui.css", "text/css; charset=utf-8"),
                               ("/api/openapi.json", "application/json; charset=utf-8")):
                answer = self.request("GET", folder + path)
                self.assertEqual((200, type), (answer.status, answer.header("Content-Type")), folder + path)
                self.assertEqual(self.of_nginx("docs"), {name: answer.header(name) for name in self.of_nginx("docs")}, path)
            self.assertEqual("3.1.0", self.request("GET", folder + "/api/openapi.json").json["openapi"])
            answer = self.request("GET", folder + "/api/docs")
            self.assertEqual((302, True), (answer.status, answer.header("Location").endswith(folder + "/api/docs/")))
        for path in ("/api/docs/none", "/api/docs/swagger-ui/"):
            self.assertIn(self.request("GET", path).status, (403, 404), path)

    def test_the_site_itself_is_untouched(self):
        self.assertEqual(404, self.request("GET", "/tickets.json", key=demo.KEY).status)


if __name__ == "__main__":
    unittest.main()
