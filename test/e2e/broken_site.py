# SPDX-License-Identifier: GPL-2.0-or-later
"""A web site for "osticket-fcgi probe" to look at: a good one, until a test breaks a part of it."""
import http.server
import os
import ssl
import subprocess
import threading
import time

KEY = "5E5C3A0F1B2D4C6E8F90A1B2C3D4E5F6"
HTML = "text/html; charset=UTF-8"
TEXT = "text/plain; charset=UTF-8"
PHP = {"Set-Cookie": "OSTSESSID=abc; path=/", "Expires": "Thu, 19 Nov 1981 08:52:00 GMT"}


class Site:
    """Members are what a test changes before it asks."""

    def __init__(self, certificate=None):
        self.api = {"/api": "ours", "/api/http.php": "ours"}  # ours, php, marked (ours with its mark taken off), or (status, headers)
        self.pages = {"/": "php", "/scp/": "php", "/api/auth/oauth2": "php"}  # the same, and "other"
        self.without_key = None     # (who, status, text) instead of a refusal
        self.key_answer = None      # what a key gets instead of being good
        self.reads_only = False
        self.origins = ()           # pages that may call
        self.preflight_headers = "X-API-Key, Content-Type"
        self.cors_on_answers = True
        self.limit = 32 << 20       # of bodies; None: none
        self.html_413 = False
        self.delay = 0
        self.keys_seen = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def reply(self, status, text, kind=TEXT, headers=None):
                body = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def cors(self):
                origin = self.headers.get("Origin")
                if origin and ("*" in site.origins or origin in site.origins):
                    return {"Access-Control-Allow-Origin": "*" if "*" in site.origins else origin,
                            "Access-Control-Expose-Headers": "X-Request-Id, Retry-After"}
                return {}

            def as_who(self, who, status, text, kind=TEXT, headers=None):
                headers = dict(headers or {})
                if isinstance(who, tuple):
                    self.reply(who[0], "<html>by another</html>", HTML, who[1])
                elif who == "php":
                    self.reply(status, text, kind, {**headers, **PHP})
                elif who == "ours":
                    self.reply(status, text, kind, {**headers, "X-Request-Id": self.headers.get("X-Request-Id") or "made",
                                                    "Cache-Control": "no-store"})
                else:
                    self.reply(status, text, kind, headers)

            def operation(self, path, who):
                key = self.headers.get("X-API-Key")
                if key:
                    site.keys_seen.append(key)
                more = self.cors() if site.cors_on_answers else {}
                length = int(self.headers.get("Content-Length") or 0)
                self.rfile.read(length)
                if key != KEY and site.without_key:
                    self.as_who(*site.without_key, headers=more)
                elif key != KEY:
                    self.as_who(who, 401, "Valid API key required", headers=more)
                elif site.key_answer:
                    self.as_who(who, *site.key_answer, headers=more)
                elif path.endswith("reply.json"):
                    self.as_who(who, *((401, "API key not authorized") if site.reads_only else (422, "missing ticketNumber parameter ")),
                                headers=more)
                else:
                    self.as_who(who, 422, "missing ticketNumber parameter ", headers=more)

            def answer(self):
                time.sleep(site.delay)
                path = self.path.partition("?")[0]
                if path in site.pages:
                    who = site.pages[path]
                    text = "URL not supported" if who == "ours" else "hello" if who == "other" else "<title>osTicket</title>"
                    self.as_who(who, 400 if who == "ours" else 200, text, HTML)
                    return
                for prefix in sorted(site.api, key=len, reverse=True):
                    if path.startswith(prefix + "/tickets"):
                        if self.command == "OPTIONS":
                            allowed = self.cors()
                            self.reply(204 if allowed else 400, "", TEXT, {**allowed, **(
                                {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": site.preflight_headers}
                                if allowed else {})})
                        elif site.api[prefix] == "unprefixed":
                            self.as_who("ours", 400, "URL not supported", HTML)
                        else:
                            self.operation(path, site.api[prefix])
                        return
                self.reply(404, "<html>not found</html>", HTML)

            def handle_expect_100(self):
                if site.limit is not None and int(self.headers["Content-Length"]) > site.limit:
                    self.close_connection = True
                    self.reply(413, "too large", HTML if site.html_413 else TEXT, self.cors())
                    return False
                return super().handle_expect_100()

            do_GET = do_POST = do_OPTIONS = answer

            def log_message(self, format, *args):  # pylint: disable=redefined-builtin
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # who announces a body and goes away is no fault
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = "%s://127.0.0.1:%d" % ("https" if certificate else "http", self.server.server_address[1])

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def certificate(folder, days):
    """A file with a key and a certificate for 127.0.0.1 that is its own authority."""
    path = os.path.join(folder, "certificate-%d.pem" % days)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", str(days),
                    "-subj", "/CN=probe", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path + ".key", "-out", path + ".crt"],
                   check=True, capture_output=True, timeout=60)
    with open(path, "w", encoding="utf-8") as whole:
        for part in (path + ".key", path + ".crt"):
            with open(part, encoding="utf-8") as file:
                whole.write(file.read())
    return path
