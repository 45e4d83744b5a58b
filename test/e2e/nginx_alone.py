# SPDX-License-Identifier: GPL-2.0-or-later
"""An nginx of its own on loopback with any site, as somebody else has it: for what the snippet does there."""
import os
import re
import socket
import subprocess
import tempfile
import time

from desk import ROOT, Answer, free_port
import http.client

SNIPPET = os.path.join(ROOT, "nginx", "snippet.conf")


def snippet(server_socket, change=lambda text: text):
    """The snippet with the socket of the server under test; `change` is what an administrator turns on in it."""
    with open(SNIPPET, encoding="utf-8") as file:
        text = file.read()
    return change(text.replace("unix:/run/osticket-fcgi/osticket-fcgi.sock", "unix:" + server_socket))


def page_snippet(name):
    """One of nginx/*.conf with the files of this tree."""
    with open(os.path.join(ROOT, "nginx", name + ".conf"), encoding="utf-8") as file:
        return file.read().replace("/usr/share/osticket-fcgi/www/", ROOT + "/nginx/www/")


class Nginx:
    """`server` is what stands in a server { }, with snippets/NAME.conf for each of `snippets`; `http` beside it."""

    def __init__(self, server, snippets, http=""):
        self.folder = tempfile.TemporaryDirectory(prefix="osticket-fcgi-nginx.")
        os.chmod(self.folder.name, 0o755)
        self.port = free_port()
        os.mkdir(self.path("snippets"))
        for name, text in snippets.items():
            self.write("snippets/%s.conf" % name, text)
        user = "user root;" if os.geteuid() == 0 else ""
        self.write("nginx.conf", """%s daemon off; worker_processes 1; pid %s/nginx.pid; error_log %s/error.log;
            events { worker_connections 256; }
            http { access_log off; %s %s
            server { listen 127.0.0.1:%d; server_name desk.example.org;
            %s
            } }""" % (user, self.folder.name, self.folder.name, " ".join(
                "%s_temp_path %s/%s;" % (name, self.folder.name, name)
                for name in ("client_body", "fastcgi", "proxy", "uwsgi", "scgi")), http, self.port, server))
        self.process = subprocess.Popen(["nginx", "-e", self.path("error.log"), "-p", self.folder.name, "-c",
                                         self.path("nginx.conf")], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        end = time.monotonic() + 20
        while not os.path.exists(self.path("nginx.pid")) or not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("nginx: " + self.process.stderr.read().decode())
            time.sleep(0.02)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stderr.close()
        self.folder.cleanup()

    def request(self, method, path, body=None, headers=None, timeout=30):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.reason, response.getheaders(), response.read())
        finally:
            connection.close()


def operations_of_the_snippet():
    """The patterns behind /api that the snippet's rewrite takes, but for health and ready."""
    with open(SNIPPET, encoding="utf-8") as file:
        alternatives = re.search(r'rewrite "\S+\(\?:(\S+?)\)\$"', file.read()).group(1).split("|")
    return [alternative for alternative in alternatives if alternative not in ("health", "ready")]
