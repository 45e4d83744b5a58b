# SPDX-License-Identifier: GPL-2.0-or-later
"""A small HTTP server that stands in for PHP behind nginx's named location: it answers with what it was asked."""
import http.server
import json
import threading


class Echo(http.server.BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        text = json.dumps({"method": self.command, "path": self.path, "key": self.headers.get("X-API-Key"),
                           "type": self.headers.get("Content-Type"), "body": body.decode("latin-1")}).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass


def start():
    """The server and its port; server.shutdown() ends it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, server.server_address[1]
