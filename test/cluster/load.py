# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that act all at once and keep a ledger of what they asked and what they were told."""
import http.client
import json
import random
import socket
import threading
import time
import uuid

from world import OURS

MAIL = "From: Load <%s@post.example>\r\nTo: desk@harbour-tools.example\r\nSubject: %s\r\nMessage-ID: <%s@post.example>\r\n\r\nText of %s\r\n"
KEY = "DE305D5475B4431BADB2EB6B9E546014"
TICKETS = ("310042", "310043", "310044", "310045")


class Told:
    """One thing that a client wanted, and what came of it in the end."""

    def __init__(self, kind, mark, keyed):
        self.kind, self.mark, self.keyed = kind, mark, keyed
        self.acknowledged = self.denied = self.unsure = 0
        self.refused = False  # for good, by a rule of the help desk
        self.request, self.statuses, self.when = None, [], time.strftime("%H:%M:%S", time.gmtime())


class Load:
    """`clients` threads. What has an Idempotency-Key is sent until it is answered; what has none is sent once."""

    def __init__(self, clients):
        self.told, self.reads, self.failed_reads = [], 0, 0
        self.lock, self.ends = threading.Lock(), threading.Event()
        self.threads = [threading.Thread(target=self.client, args=(n,), daemon=True) for n in range(clients)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def finish(self):
        """Every client ends when what it asked last was answered."""
        self.ends.set()
        for thread in self.threads:
            thread.join(300)
        return all(not thread.is_alive() for thread in self.threads)

    @staticmethod
    def ask(method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(OURS, 8080, timeout=60)
        try:
            connection.request(method, "/api/http.php" + path, body if body is None or isinstance(body, str) else json.dumps(body),
                               {"X-API-Key": KEY, "Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace"), answer.getheader("X-Request-Id")
        except (OSError, http.client.HTTPException, socket.timeout):
            return 0, "", None
        finally:
            connection.close()

    def client(self, number):
        chance = random.Random(number)
        while not self.ends.is_set():
            kind = chance.choices(("create", "mail", "reply", "note", "status", "read", "list"), (3, 2, 3, 3, 1, 3, 1))[0]
            if kind == "read":
                self.read("/tickets/ticketInfo?ticketNumber=" + chance.choice(TICKETS))
            elif kind == "list":
                self.read("/tickets.json?limit=10")
            else:
                self.write(kind, chance)
            time.sleep(chance.random() * 0.1)

    def read(self, path):
        status, _, _ = self.ask("GET", path)
        with self.lock:
            self.reads += 1
            self.failed_reads += status != 200

    def write(self, kind, chance):
        mark = "mark" + uuid.uuid4().hex
        told = Told(kind, mark, kind == "mail" or chance.random() < 0.7)  # a mail is known by its Message-ID
        ticket = chance.choice(TICKETS)
        path, body = {
            "mail": ("/tickets.email", MAIL % (mark[:12], mark, mark, mark)),
            "create": ("/tickets.json", {"email": "%s@post.example" % mark[:12], "name": "Load", "subject": mark, "message": "Text of " + mark, "topicId": 1}),
            "reply": ("/tickets/reply.json", {"ticketNumber": ticket, "staffUserName": "tokafor", "response": mark, "emailreply": "1"}),
            "note": ("/tickets/%s/note.json" % ticket, {"note": mark, "staffUserName": "tokafor"}),
            "status": ("/tickets/%s/status.json" % ticket, {"state": chance.choice(("open", "closed")), "comments": mark, "staffUserName": "tokafor"}),
        }[kind]
        headers = {"Idempotency-Key": mark} if told.keyed else {}
        patience = time.monotonic() + 240
        while True:
            status, text, told.request = self.ask("POST", path, body, headers)
            told.statuses.append(status)
            if status in (200, 201):
                told.acknowledged += 1
            elif status == 0 or "unknown" in text or "nobody knows" in text or status in (500, 502, 504):
                told.unsure += 1
            else:
                told.denied += 1
            # A status that the ticket has already is refused for good; a request under way with the same key is not.
            final = status in (400, 403, 404, 422) or (status == 409 and "Idempotency-Key" not in text)
            told.refused = final and not told.unsure
            if told.acknowledged or not told.keyed or final or time.monotonic() > patience:
                break
            time.sleep(0.3)
        with self.lock:
            self.told.append(told)
