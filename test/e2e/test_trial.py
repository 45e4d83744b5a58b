# SPDX-License-Identifier: GPL-2.0-or-later
"""nginx/trial.conf: a part of the clients goes to this server, and each stays on its side."""
import os
import re
import subprocess
import tempfile
import time
import unittest
import urllib.request

from desk import ROOT

CHOSEN = "0123456789ABCDEF0123456789ABCDEF"
CONFIGURATION = """
daemon off; pid %(folder)s/nginx.pid; error_log %(folder)s/error.log; worker_processes 1;
events { worker_connections 64; }
http {
    client_body_temp_path %(folder)s/a; fastcgi_temp_path %(folder)s/b; proxy_temp_path %(folder)s/c;
    uwsgi_temp_path %(folder)s/d; scgi_temp_path %(folder)s/e;
    include %(folder)s/trial.conf;
    server {
        listen unix:%(folder)s/socket; listen 127.0.0.1:%(port)d;
        access_log %(folder)s/trial.log osticket_trial;
        if ($osticket_trial = php) { break; }
        rewrite "^(?:/.*)?/api/(?:http\\.php/)?tickets" /.osticket-fcgi last;
        location = /.osticket-fcgi { internal; return 200 here; }
        location / { return 200 php; }
    }
}
"""


class Trial(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        with open(os.path.join(ROOT, "nginx", "trial.conf"), encoding="utf-8") as file:
            text = file.read()
        # The chosen key takes effect when its comment sign is taken away.
        text, count = re.subn(r'# ("%s" +here;)' % CHOSEN, r"\1", text)
        assert count == 1
        with open(os.path.join(cls.folder.name, "trial.conf"), "w", encoding="utf-8") as file:
            file.write(text)
        for cls.port in range(18950, 19000):
            path = os.path.join(cls.folder.name, "nginx.conf")
            with open(path, "w", encoding="utf-8") as file:
                file.write(CONFIGURATION % {"folder": cls.folder.name, "port": cls.port})
            socket = os.path.join(cls.folder.name, "socket")
            if os.path.exists(socket):
                os.remove(socket)
            cls.nginx = subprocess.Popen(["nginx", "-e", os.path.join(cls.folder.name, "error.log"), "-c", path],
                                         env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"})
            for _ in range(200):
                if os.path.exists(os.path.join(cls.folder.name, "nginx.pid")) or cls.nginx.poll() is not None:
                    break
                time.sleep(0.05)
            if cls.nginx.poll() is None:
                return
        raise RuntimeError("nginx does not start")

    @classmethod
    def tearDownClass(cls):
        cls.nginx.terminate()
        cls.nginx.wait(20)
        cls.folder.cleanup()

    def asked(self, key, path="/api/http.php/tickets/ticketInfo"):
        request = urllib.request.Request("http://127.0.0.1:%d%s" % (self.port, path), headers={"X-API-Key": key} if key else {})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        return opener.open(request, timeout=20).read().decode()

    def test_a_chosen_key_goes_to_this_server(self):
        self.assertEqual("here", self.asked(CHOSEN))
        self.assertEqual("here", self.asked(CHOSEN, "/support/api/tickets.json"))

    def test_pages_and_clients_without_a_key_stay_with_php(self):
        self.assertEqual("php", self.asked(None))
        self.assertEqual("php", self.asked(CHOSEN, "/scp/"))

    def test_a_share_of_the_keys_goes_here_and_each_stays_on_its_side(self):
        keys = ["%032X" % (n * 7919) for n in range(1, 301)]
        sides = [self.asked(key) for key in keys]
        self.assertTrue(10 <= sides.count("here") <= 60, sides.count("here"))
        self.assertEqual(sides, [self.asked(key) for key in keys])

    def test_the_log_names_the_side(self):
        self.asked(CHOSEN)
        time.sleep(0.1)
        with open(os.path.join(self.folder.name, "trial.log"), encoding="utf-8") as file:
            self.assertRegex(file.read(), r'(?m)^\S+ here 200 [0-9.]+ "GET /')


if __name__ == "__main__":
    unittest.main()
