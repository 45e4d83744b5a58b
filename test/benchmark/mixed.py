# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests of every kind, as many clients send them one after another: what test/soak asks."""
import base64
import collections
import http.client
import http.server
import json
import random
import threading
import urllib.parse
import uuid

KEY = "DE305D5475B4431BADB2EB6B9E546014"
ANSWERS = 1024 * 1024  # bytes that are read at once
PAGE = "<p>Good morning,</p><blockquote><b>it</b> does <i>not</i> turn</blockquote><script>alert(1)</script><img src=x onerror=y>"
WORDS = 5000  # that subjects are made of: what a word finds grows with the help desk, but is not all of it
XML = ('<?xml version="1.0" encoding="UTF-8"?><ticket alert="true" autorespond="true" source="API"><name>Soak</name><email>%s</email>'
       "<subject>%s</subject><message type=\"text/html\"><![CDATA[" + PAGE + "]]></message></ticket>")
MAIL = ("From: Soak <%s>\r\nTo: desk@harbour-tools.example\r\nSubject: =?utf-8?Q?%s_=C3=A4?=\r\nMessage-ID: <%s>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + PAGE + "\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--b--\r\n")


class Mixed:
    """What the clients know together: tickets that they wrote last, ETags, how often what was answered."""

    def __init__(self, base):
        url = urllib.parse.urlsplit(base)
        self.host, self.port, self.path = url.hostname, url.port, url.path
        self.lock, self.done = threading.Lock(), 0
        self.statuses = collections.Counter()
        self.unasked = []  # what no client should get: kind, status, text
        # Few replies go to each, so that requests do not grow.
        self.tickets = collections.deque(("310042", "310043", "310044", "310045"), maxlen=400)
        self.after = None


class Client:
    """One at a time, over a connection that stays."""

    def __init__(self, mixed, number):
        self.mixed, self.chance, self.link = mixed, random.Random(number), None
        self.kinds = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("do_")}

    def ask(self, method, path, body=None, headers=None, key=KEY):
        for again in (True, False):
            fresh = self.link is None
            if fresh:
                self.link = http.client.HTTPConnection(self.mixed.host, self.mixed.port, timeout=60)
            try:
                self.link.request(method, self.mixed.path + path, json.dumps(body) if isinstance(body, dict) else body,
                                  {"X-API-Key": key, "Content-Type": "application/json", **(headers or {})})
                answer = self.link.getresponse()
                got = answer.status, answer.read(ANSWERS), dict(answer.getheaders())
                with self.mixed.lock:
                    self.mixed.done += 1
                    self.mixed.statuses[answer.status] += 1
                return got
            except (OSError, http.client.HTTPException) as error:
                self.link.close()
                self.link = None
                # nginx closes a link after so many requests.
                if fresh or not again:
                    return 0, repr(error).encode(), {}
        return 0, b"", {}

    def one(self, weights):
        kind = self.chance.choices(list(weights), list(weights.values()))[0]
        wanted, (status, text, _) = self.kinds[kind]()
        with self.mixed.lock:
            if status not in wanted and len(self.mixed.unasked) < 1000:
                self.mixed.unasked.append((kind, status, text[:200].decode("utf-8", "replace")))

    def word(self):
        return "lathe%d" % self.chance.randrange(WORDS)

    def ticket(self):
        with self.mixed.lock:
            return self.chance.choice(self.mixed.tickets)

    def created(self, answer):
        number = answer[1].decode("ascii", "replace").strip()
        if answer[0] == 201 and number.isdigit():
            with self.mixed.lock:
                self.mixed.tickets.append(number)
        return (201,), answer

    # ---- what is written --------------------------------------------------------------------------------------------
    def new(self, **more):
        # Most come from the same people.
        return {"email": "soak%d@post.example" % self.chance.randrange(5000), "name": "Soak", "subject": "%s %s" % (self.word(), uuid.uuid4().hex), "message": PAGE, "topicId": 1, **more}

    def keyed(self):
        return {"Idempotency-Key": uuid.uuid4().hex}

    def do_create(self):
        return self.created(self.ask("POST", "/tickets.json", self.new(), self.keyed()))

    def do_create_xml(self):
        return self.created(self.ask("POST", "/tickets.xml", XML % ("soak%d@post.example" % self.chance.randrange(5000), self.word())))

    def do_create_with_file(self):
        content = base64.b64encode(self.chance.randbytes(self.chance.randrange(1, 60000))).decode()
        return self.created(self.ask("POST", "/tickets.json", self.new(attachments=[{"a.pdf": "data:application/pdf;base64," + content}])))

    def do_create_twice(self):
        body, key = self.new(), self.keyed()
        self.ask("POST", "/tickets.json", body, key)
        return self.created(self.ask("POST", "/tickets.json", body, key))

    def do_mail(self):
        address = "soak%d@post.example" % self.chance.randrange(5000)
        return (201, 200), self.ask("POST", "/tickets.email", MAIL % (address, self.word(), uuid.uuid4().hex + "@post.example"))

    def do_reply(self):
        return (200,), self.ask("POST", "/tickets/reply.json", {"ticketNumber": self.ticket(), "staffUserName": "tokafor", "response": PAGE, "emailreply": "1"})

    def act(self, what, body, also=()):
        return (200, 201, *also), self.ask("POST", "/tickets/%s/%s.json" % (self.ticket(), what), {"staffUserName": "tokafor", **body}, self.keyed())

    def do_note(self):
        return self.act("note", {"note": PAGE})

    def do_status(self):
        return self.act("status", {"state": self.chance.choice(("open", "closed")), "comments": "so"}, (409, 403, 422))

    def do_assign(self):
        return self.act("assign", {"staff": self.chance.choice(("tokafor", "mvries"))}, (409, 403, 422))

    def do_dry_run(self):
        return self.act("note", {"note": PAGE, "dry_run": 1})

    # ---- what is read -----------------------------------------------------------------------------------------------
    def read(self, path, wanted=(200,), headers=None):
        return wanted, self.ask("GET", path, headers=headers)

    def do_information(self):
        return self.read("/tickets/ticketInfo?ticketNumber=" + self.ticket())

    def do_ticket(self):
        path = "/tickets/%s.json" % self.ticket()
        tag = self.ask("GET", path)[2].get("ETag")
        return self.read(path, (200, 304), {"If-None-Match": tag} if tag else None)

    def do_entries(self):
        return self.read("/tickets/%s/%s.json" % (self.ticket(), self.chance.choice(("entries", "events", "attachments", "collaborators"))))

    def do_list(self):
        return self.read("/tickets.json?" + self.chance.choice(("state=open&sort=-updated&limit=25", "department=1&total=1&limit=50", "staff=tokafor&assigned=yes",
                                                                "include=entries_last&limit=10", "q=%s&limit=10" % self.word(), "q=%s+%s&limit=10" % (self.word(), self.word()))))

    def do_catalogue(self):
        return self.read("/%s.json" % self.chance.choice(("departments", "topics", "statuses", "priorities", "slas", "staff", "teams", "forms", "canned", "queues", "key")))

    def do_file(self):
        number = self.ticket()
        found = self.ask("GET", "/tickets/%s/attachments.json" % number)
        files = json.loads(found[1]).get("attachments", []) if found[0] == 200 else []
        if not files:
            return (200,), found
        return self.read("/tickets/%s/attachments/%s" % (number, files[0]["id"]), (200, 304))

    def do_statistics(self):
        return self.read("/stats.json")

    def do_table(self):
        return self.read("/tickets.csv?state=open&user=soak%d@post.example" % self.chance.randrange(50), (200, 422))

    def do_changes(self):
        answer = self.ask("GET", "/changes.json?limit=100" + ("&after=" + self.mixed.after + "&wait=1" if self.mixed.after else ""))
        if answer[0] == 200:
            self.mixed.after = json.loads(answer[1])["next"]
        return (200,), answer

    # ---- what is refused --------------------------------------------------------------------------------------------
    def do_refused(self):
        return self.chance.choice((
            lambda: ((401,), self.ask("GET", "/tickets.json", key="0" * 32)),
            lambda: ((404,), self.ask("GET", "/tickets/999999999.json")),
            lambda: ((422,), self.ask("GET", "/tickets.json?sort=nothing")),
            lambda: ((400, 422), self.ask("POST", "/tickets.json", b'{"email":"a", "subject":[[[[[[')),
            lambda: ((400, 422), self.ask("POST", "/tickets.json", {"email": "nobody", "name": "x"})),
            lambda: ((400, 422), self.ask("POST", "/tickets.xml", b"<ticket><name>x</nam")),
            lambda: ((405,), self.ask("DELETE", "/stats.json")),
            lambda: ((400, 422, 413), self.ask("POST", "/tickets/310042/note.json", b"[" * 20000)),
        ))()


# How many of each among a hundred; what costs the database much is rare.
WEIGHTS = {"create": 4, "create_xml": 1, "create_with_file": 1, "create_twice": 1, "mail": 2, "reply": 3, "note": 3, "status": 2, "assign": 2, "dry_run": 1,
           "information": 16, "ticket": 16, "entries": 14, "list": 6, "catalogue": 8, "file": 5, "statistics": 0.2, "table": 1, "changes": 3, "refused": 11}


class Receiver:
    """A webhook that takes everything."""

    def __init__(self):
        self.calls = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(handler):  # noqa: N805
                handler.rfile.read(int(handler.headers["Content-Length"]))
                self.calls += 1
                handler.send_response(204)
                handler.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d/hook" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
