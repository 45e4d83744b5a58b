# SPDX-License-Identifier: GPL-2.0-or-later
"""A stand-in for the help desk's PHP: it gives the answers that were recorded from the real one (test/golden/recorded)."""
import http.server
import json
import os
import threading
import urllib.parse

from desk import ROOT

GOLDEN = os.path.join(ROOT, "test", "golden")
DATA = os.path.join(GOLDEN, "data.sql")
KEY = "D605900B7C1AC09BB600700F31D8E339"


def encoded(content):
    """As PHP's json_encode() has it."""
    return json.dumps(content, separators=(",", ":")).replace("/", "\\/").encode()


def recorded(name="read"):
    """Answers by path, of the reads that need no preparation: (status, type, body)."""
    with open(os.path.join(GOLDEN, "recorded", name + ".json"), encoding="utf-8") as file:
        cases = json.load(file)
    answers = {}
    for case in cases:
        if case["method"] == "GET" and not case.get("sql") and case["headers"].get("X-API-Key") == KEY:
            answer = case["answer"]
            body = encoded(answer["json"]) if "json" in answer else answer["body"].encode()
            answers.setdefault(case["path"], (answer["status"], answer["type"], body))
    return answers


class Php:
    """Answers under /api/http.php; `answers` may be changed, `asked` says what came, `late` seconds pass before each."""

    def __init__(self, answers=None):
        self.answers = recorded() if answers is None else answers
        self.asked = []
        self.refuses = False
        php = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):  # pylint: disable=invalid-name
                path = self.path.partition("/api/http.php")[2]
                php.asked.append(path)
                status, kind, body = php.answer(path, self.headers.get("X-API-Key"))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Set-Cookie", "OSTSESSID=x; path=/")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format, *args):  # pylint: disable=redefined-builtin
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]

    def answer(self, path, key):
        if self.refuses or key != KEY:
            return 401, "text/plain; charset=UTF-8", b"Valid API key required"
        plain = urllib.parse.unquote(path)
        for known, answer in self.answers.items():
            if urllib.parse.unquote(known) == plain:
                return answer
        return 404, "text/plain; charset=UTF-8", b"Ticket not found"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
