# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that act all at once and keep a ledger of what they asked and what they were told."""
import collections
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
KINDS = ("create", "mail", "reply", "note", "status", "assign", "read", "list")
WEIGHTS = (3, 2, 3, 3, 1, 1, 3, 1)
PATIENCE = 600  # seconds in which something with a key is asked for again
KEEP = 60       # seconds in which the same four tickets are fought for: their threads would grow without an end

Try = collections.namedtuple("Try", "began ended status request text")


class Told:
    """One thing that a client wanted, and what came of it in the end."""

    def __init__(self, kind, mark, keyed):
        self.kind, self.mark, self.keyed = kind, mark, keyed
        self.acknowledged = self.denied = self.unsure = 0
        self.refused = False  # for good, by a rule of the help desk
        self.tries = []

    def heard(self, a_try):
        """Whether that was the last word."""
        self.tries.append(a_try)
        if a_try.status in (200, 201):
            self.acknowledged += 1
        elif a_try.status == 0 or "unknown" in a_try.text or "nobody knows" in a_try.text or a_try.status in (500, 502, 504):
            self.unsure += 1
        else:
            self.denied += 1
        # A status that the ticket has already is refused for good, also when nobody knew of the try before (one that was carried out is
        # answered by its record); a request under way with the same key is not.
        final = a_try.status in (400, 403, 404, 422) or (a_try.status == 409 and "Idempotency-Key" not in a_try.text)
        self.refused = final and (self.keyed or not self.unsure)
        return self.acknowledged or not self.keyed or final or a_try.ended - self.tries[0].began > PATIENCE


class Load:
    """`clients` threads. What has an Idempotency-Key is sent until it is answered; what has none is sent once."""

    def __init__(self, clients, pause=0.5):
        self.told, self.reads, self.failed_reads, self.pause = [], 0, 0, pause
        self.looked_at, self.not_there = 0, []  # what was acknowledged and read at once: mark, ticket, when
        self.lock, self.ends = threading.Lock(), threading.Event()
        self.created, self.contended, self.since = collections.deque(TICKETS, maxlen=40), TICKETS, time.monotonic()
        self.threads = [threading.Thread(target=self.client, args=(n,), daemon=True) for n in range(clients)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def finish(self):
        """Every client ends when what it asked last was answered."""
        self.ends.set()
        for thread in self.threads:
            thread.join(PATIENCE + 60)
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
            kind = chance.choices(KINDS, WEIGHTS)[0]
            if kind == "read":
                self.read("/tickets/ticketInfo?ticketNumber=" + self.ticket(chance))
            elif kind == "list":
                self.read("/tickets.json?limit=10")
            else:
                self.write(kind, chance)
            time.sleep(chance.random() * self.pause)

    def ticket(self, chance):
        """One of four that all want, or one of those that were created last."""
        with self.lock:
            if time.monotonic() - self.since > KEEP:
                self.contended, self.since = tuple(self.created)[-4:], time.monotonic()
            return chance.choice(self.contended if chance.random() < 0.4 else self.created)

    def read(self, path):
        status, _, _ = self.ask("GET", path)
        with self.lock:
            self.reads += 1
            self.failed_reads += status != 200

    @staticmethod
    def request(kind, mark, ticket, chance):
        agent = chance.choice(("tokafor", "mvries"))
        return {
            "mail": ("/tickets.email", MAIL % (mark[:12], mark, mark, mark)),
            "create": ("/tickets.json", {"email": "%s@post.example" % mark[:12], "name": "Load", "subject": mark, "message": "Text of " + mark, "topicId": 1}),
            "reply": ("/tickets/reply.json", {"ticketNumber": ticket, "staffUserName": "tokafor", "response": mark, "emailreply": "1"}),
            "note": ("/tickets/%s/note.json" % ticket, {"note": mark, "staffUserName": "tokafor"}),
            "status": ("/tickets/%s/status.json" % ticket, {"state": chance.choice(("open", "closed")), "comments": mark, "staffUserName": "tokafor"}),
            "assign": ("/tickets/%s/assign.json" % ticket, {"staff": agent, "comments": mark, "staffUserName": "tokafor"}),
        }[kind]

    def write(self, kind, chance):
        mark = "mark" + uuid.uuid4().hex
        told = Told(kind, mark, kind == "mail" or chance.random() < 0.7)  # a mail is known by its Message-ID
        ticket = self.ticket(chance)
        path, body = self.request(kind, mark, ticket, chance)
        headers = {"Idempotency-Key": mark} if told.keyed and (kind != "mail" or chance.random() < 0.5) else {}
        while True:
            began = time.time()
            status, text, request = self.ask("POST", path, body, headers)
            if told.heard(Try(began, time.time(), status, request, text[:200])):
                break
            time.sleep(0.3)
        if told.acknowledged and kind in ("reply", "note"):
            self.look(ticket, mark)
        with self.lock:
            self.told.append(told)
            if told.acknowledged and kind == "create" and text.strip().isdigit():
                self.created.append(text.strip())

    def look(self, ticket, mark):
        """Whoever was told that it is stored finds it, whichever host and database he asks."""
        began = time.time()
        status, text, request = self.ask("GET", "/tickets/%s/entries.json?order=desc&limit=50" % ticket)
        with self.lock:
            self.looked_at += status == 200
            if status == 200 and mark not in text:
                self.not_there.append((mark, ticket, Try(began, time.time(), status, request, text[:200])))
