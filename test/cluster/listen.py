# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is told what happens: one who reads the changes by their cursor, from either host, and one whom a webhook calls."""
import http.server
import json
import sys
import threading
import time
import urllib.parse

from load import Load
from world import OURS

HOOK_PORT = 9100


class Reader:
    """Asks again and again with the cursor of the answer before, as a client does that must have each change once."""

    def __init__(self):
        self.ids, self.after, self.polls, self.failed, self.at_end = [], None, 0, 0, 0
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def start(self):
        while self.after is None:
            self.poll()
        self.thread.start()

    def poll(self):
        wish = {"limit": 500, **({"after": self.after, "wait": 2} if self.after else {})}
        status, text, _ = Load.ask("GET", "/changes.json?" + urllib.parse.urlencode(wish))
        self.polls += 1
        if status != 200:
            self.failed += 1
            time.sleep(0.2)
            return
        answer = json.loads(text)
        self.ids += [change["id"] for change in answer["changes"]]
        self.after = answer["next"]
        self.at_end = self.at_end + 1 if answer["end"] and not answer["changes"] else 0

    def run(self):
        while not self.ends.is_set() or self.at_end < 3:
            self.poll()

    def finish(self, seconds=180):
        """When three polls, one after another, found nothing more."""
        self.at_end = 0
        self.ends.set()
        self.thread.join(seconds)


class Receiver:
    """Keeps the ids in the order in which they came first, and how often each came."""

    def __init__(self):
        self.ids, self.times, self.broken, lock = [], {}, [], threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(handler):  # noqa: N805
                name = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))["change"]["id"]
                with lock:
                    if name not in self.times:
                        self.ids.append(name)
                    self.times[name] = self.times.get(name, 0) + 1
                handler.send_response(200)
                handler.send_header("Content-Length", "0")
                handler.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(server, _request, _client):  # noqa: N805
                """A caller that is killed in the middle leaves half a call behind; it is made again by another one."""
                self.broken.append((time.time(), repr(sys.exc_info()[1])))

        self.server = Server((OURS, HOOK_PORT), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def register():
        status, text, _ = Load.ask("POST", "/webhooks.json", {"url": "http://%s:%d/hook" % (OURS, HOOK_PORT), "filter": {"private_entries": True}})
        assert status == 201, (status, text)


def out_of_order(ids):
    """How many came behind a later one of their lane."""
    highest, late = {}, 0
    for name in ids:
        lane, number = name[0], int(name[1:])
        late += number < highest.get(lane, 0)
        highest[lane] = max(number, highest.get(lane, 0))
    return late
