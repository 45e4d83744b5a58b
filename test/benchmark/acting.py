# SPDX-License-Identifier: GPL-2.0-or-later
"""What agents and clients do to a ticket (bench --acting): each action beside the null program with the same statements in the same
transaction, asked in turn over one connection, and a bulk of a hundred beside a hundred calls. Actions that undo each other follow each
other, so that each finds the ticket as it wants it."""
import http.client
import json
import time
import urllib.parse
from statistics import median

import help_desk
import recipe
from desk import Failure

API = "/api/http.php"
SHARE, FASTER = 0.7, 3.0  # what is aimed at
CALLS = 20  # of each action in a round
PLACE = 4
OTHERS = 100
AGENT = {"staffUserName": "agent5"}

# (name, method, path behind the ticket, body); $n: the number of the call
ACTIONS = (
    ("note", "POST", "/note.json", {**AGENT, "note": "Called her $n"}),
    ("reply", "POST", "/reply.json", {**AGENT, "response": "It is on its way $n", "to": "none"}),
    ("message", "POST", "/message.json", {"message": "Still stuck $n", "autorespond": False}),
    ("close", "POST", "/status.json", {**AGENT, "state": "closed"}),
    ("open", "POST", "/status.json", {**AGENT, "state": "open"}),
    ("assign", "POST", "/assign.json", {**AGENT, "staff": "agent6", "comments": "Yours $n"}),
    ("release", "POST", "/release.json", AGENT),
    ("claim", "POST", "/claim.json", AGENT),
    ("refer", "POST", "/refer.json", {**AGENT, "team": 1}),
    ("end of a referral", "DELETE", "/refer.json?team=1", AGENT),
    ("transfer", "POST", "/transfer.json", {**AGENT, "department": 2}),
    ("transfer back", "POST", "/transfer.json", {**AGENT, "department": 1}),
    ("edit of a field", "PATCH", ".json", {**AGENT, "subject": "Crane $n"}),
    ("edit of the due date", "PATCH", ".json", {**AGENT, "due": "2099-05-06 07:08"}),
    ("edit back", "PATCH", ".json", {**AGENT, "due": None}),
    ("a collaborator comes", "POST", "/collaborators.json", {**AGENT, "email": "$guest"}),
    ("a collaborator goes", "PATCH", "/collaborators.json", {**AGENT, "remove": ["$guest"]}),
    ("link", "POST", "/link.json", {**AGENT, "tickets": ["$other"]}),
    ("unlink", "POST", "/unlink.json", AGENT),
)

# What a hundred calls and bulks do: (name, action, method, path behind the ticket, members)
BULKS = (
    ("notes", "note", "POST", "/note.json", {"note": "seen $n", "alert": False}),
    ("closing", "status", "POST", "/status.json", {"state": "closed"}),
    ("assignment", "assign", "POST", "/assign.json", {"staff": "agent6"}),
    ("edit of the source", "patch", "PATCH", ".json", {"source": "Phone"}),
    ("edit of the subject", "patch", "PATCH", ".json", {"subject": "Crane $n"}),
)


class Acting:
    def __init__(self, desk, arguments, say):
        self.desk, self.arguments, self.say = desk, arguments, say
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(desk.base).netloc, timeout=60)
        self.number, self.ticket = help_desk.number_of(PLACE), help_desk.id_of(PLACE, desk.tickets)
        self.others = [help_desk.number_of(PLACE + 1 + i) for i in range(OTHERS)]
        self.calls, self.ours, self.null, self.bulk_found = 0, {}, {}, {}
        self.guest = ""  # an address of somebody else's

    def prepare(self):
        rights = json.dumps({"ticket." + word: 1 for word in ("assign", "close", "create", "delete", "edit", "link", "merge", "refer", "release", "reply", "transfer")})
        self.desk.sql("UPDATE ost_role SET permissions='%s'; UPDATE ost_staff SET dept_id=1, permissions='{\"visibility.agents\":1}' WHERE staff_id>100;"
                      "REPLACE INTO ost_staff_dept_access(staff_id,dept_id,role_id,flags) SELECT staff_id,2,1,1 FROM ost_staff WHERE staff_id>100;"
                      "REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff) SELECT id,'*',1 FROM ost_api_key WHERE apikey='%s';"
                      % (rights, help_desk.KEY))
        self.tickets_as_they_were()
        self.guest = self.desk.sql("SELECT m.address FROM ost_user_email m WHERE m.address LIKE 'client%%' AND m.user_id NOT IN "
                                   "(SELECT user_id FROM ost_ticket WHERE ticket_id=%d) LIMIT 1" % self.ticket).strip()

    def ask(self, method, path, body=None):
        """Seconds that it takes, and the length of the answer."""
        begun = time.perf_counter()
        self.connection.request(method, path, body and body.encode(), {"X-API-Key": help_desk.KEY, "Content-Type": "application/json"})
        answer = self.connection.getresponse()
        text = answer.read()
        taken = time.perf_counter() - begun
        if answer.status >= 300:
            raise Failure("%s %s: %d %s" % (method, path, answer.status, text[:300]))
        return taken, len(text)

    def act(self, action):
        _, method, path, body = action
        self.calls += 1
        text = json.dumps(body).replace("$n", str(self.calls)).replace("$other", self.others[0]).replace("$guest", self.guest)
        return self.ask(method, API + "/tickets/" + self.number + path, text)

    def capture(self):
        recipes = [recipe.capture(self.desk, "act%d" % i, lambda action=action: self.act(action), self.ticket, self.number)
                   for i, action in enumerate(ACTIONS)]
        self.desk.start_null(recipes)

    def round(self):
        """All actions and then the statements of all, in turn: each finds the ticket as it left it."""
        for _ in range(CALLS):
            sizes = []
            for action in ACTIONS:
                taken, size = self.act(action)
                self.ours.setdefault(action[0], []).append(taken)
                sizes.append(size)
            for i, (action, size) in enumerate(zip(ACTIONS, sizes)):
                null, _ = self.ask("GET", "/null/?replay=%d&bytes=%d&id=%d&number=%s" % (i, size, self.ticket, self.number))
                self.null.setdefault(action[0], []).append(null)
        self.calls_and_bulk()

    def tickets_as_they_were(self):
        self.desk.sql("UPDATE ost_ticket SET status_id=1, closed=NULL, dept_id=1, staff_id=0, team_id=0, source='Web' WHERE number IN (%s)"
                      % ",".join("'%s'" % number for number in [self.number] + self.others))

    def timed(self, requests):
        """Seconds that requests of (method, path, body) take, from tickets as they were."""
        self.tickets_as_they_were()
        self.calls += 1
        return sum(self.ask(method, API + "/tickets/" + path, json.dumps(body).replace("$n", str(self.calls)))[0] for method, path, body in requests)

    def calls_and_bulk(self):
        for kind, action, method, path, members in BULKS:
            body = {**AGENT, **members}
            single = self.timed((method, number + path, body) for number in self.others)
            for name, size in (("a bulk of 100", 100), ("5 atomic ones of 20", 20)):
                taken = self.timed(("POST", "bulk.json", {"tickets": self.others[at:at + size], "action": action, "body": body, "atomic": size == 20})
                                   for at in range(0, OTHERS, size))
                self.bulk_found.setdefault((kind, name), []).append(single / taken)

    def run(self):
        self.prepare()
        self.act(ACTIONS[0])
        self.capture()
        for turn in range(self.arguments.rounds):
            self.say("round %d of %d" % (turn + 1, self.arguments.rounds))
            self.round()

    def text(self):
        lines = ["| action | ms | its statements alone, ms | share | %.1f |" % SHARE, "|---|---|---|---|---|"]
        for name, taken in self.ours.items():
            ours, null = median(taken), median(self.null[name])
            lines.append("| %s | %.2f | %.2f | %.2f | %s |" % (name, ours * 1e3, null * 1e3, null / ours, "yes" if null / ours >= SHARE else "no"))
        lines += ["", "| beside a hundred calls | times as fast | %.1f |" % FASTER, "|---|---|---|"]
        for (kind, name), found in self.bulk_found.items():
            lines.append("| %s: %s | %.2f | %s |" % (kind, name, median(found), "yes" if median(found) >= FASTER else "no"))
        return "\n".join(lines)
