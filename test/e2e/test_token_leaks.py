# SPDX-License-Identifier: GPL-2.0-or-later
"""A client with a token as somebody hostile: over a help desk made at random he calls every operation that the description has for
clients, in every way that he can think of, and no body, header, count, tag, failure, number of round trips or time may tell of another client, an
agent, or whether something is there that he does not see. An operation that is new fails here until it is asked, too."""
import base64
import json
import random
import re
import statistics
import time
import unittest
import urllib.parse

import client_tokens
import demo
import described
import shared_world
from client_tokens import bearer, claims, signed, token

WORD = re.compile(r"tk[A-Z]\d+")
ADDRESS = re.compile(r"203\.0\.113\.\d+")
CLIENTS = (2, 8, 13)
TICKETS = 120
REHEARSED = {"dry_run": True}
PROFILE = {"Accept": "application/json; profile=ticket"}
NEW = {"topicId": 1, "subject": "mine", "message": "mine, too"}
TICKET = "/tickets/{ticket}"
# What is asked of each operation: a path behind the prefix, with a body where it takes one. {ticket} is a number or an id.
ASKED = {
    "list": ["/tickets.json?" + query for query in (
        "limit=200&total=1", "limit=200&include=entries_last&body=html&total=1", "sort=-closed&limit=200", "state=closed,archived,deleted", "q=tkE1", "q=tkU1&total=1", "q=tkT*",
        "user=tkA1@mail.example", "user=1&total=1", "collaborator=1", "parent=id:1,id:2", "number=tkT1,tkT2,tkT3", "department=1", "department=tkD2", "topic=3", "topic=tkH3",
        "staff=21", "team=1", "sla=1", "overdue=1", "unassigned=1", "queue=1", "email=tkA1@mail.example", "organization=1", "field.site=x", "priority=4", "fields=staff,team",
        "fields=user,organization,department,topic,parent&limit=200", "last_response_since=2020-01-01&limit=200", "cursor=eyJ9", "subdepartments=1&department=1", "times=db&limit=200",
        "limit=99999", "sort=due", "sort=staff", "assigned=me")],
    "list.ndjson": ["/tickets.ndjson", "/tickets.ndjson?include=entries_last", "/tickets.ndjson?staff=21"],
    "list.csv": ["/tickets.csv", "/tickets.csv?fields=id,user,department", "/tickets.csv?fields=staff"],
    "ticket": [TICKET + ".json?" + query for query in (
        "include=all", "include=entries,attachments,collaborators,fields,related,organization", "include=events", "include=lock", "fields=staff", "fields=parent,user,organization")],
    "entries": [TICKET + "/entries.json?" + query for query in ("", "type=N", "order=desc&limit=1", "after=1&body=text", "since=2020-01-01")],
    "entry": [TICKET + "/entries/{entry}.json"],
    "events": [TICKET + "/events.json"],
    "attachments": [TICKET + "/attachments.json"],
    "attachment": [TICKET + "/attachments/{file}", TICKET + "/attachments/{file}?inline=1"],
    "collaborators": [TICKET + "/collaborators.json"],
    "related": [TICKET + "/related.json"],
    "referrals": [TICKET + "/referrals.json"],
    "tasks": [TICKET + "/tasks.json"],
    "departments": ["/departments.json"],
    "topics": ["/topics.json"],
    "statuses": ["/statuses.json", "/statuses.json?all=1"],
    "priorities": ["/priorities.json"],
    "forms": ["/forms.json", "/forms.json?topic=1", "/forms.json?topic=3", "/forms.json?topic=tkH3", "/forms.json?topic=99"],
    "key": ["/key.json"],
    "create.json": [("/tickets.json?dry_run=1", {**NEW, **more}) for more in (
        {}, {"topicId": 3}, {"email": "tkA1@mail.example"}, {"uid": 1, "staffId": 21, "deptId": 2, "ccs": [1, 3]}, {"staff": "tkL21", "team": "tkG1", "note": "x"}, {"cc": [1]},
        {"message": ""}, {"attachments": [{"a.txt": "data:text/plain,x"}]}, {"topicId": "tkH1"}, {"priority": 4, "priorityId": 4})],
    "message": [(TICKET + "/message.json", {"message": "mine", **REHEARSED, **more}) for more in (
        {}, {"user": 1}, {"user": "tkA1@mail.example"}, {"user": "nobody@mail.example"}, {"staffUserName": "tkL21"}, {"heed_lock": True}, {"add_collaborator": True, "user": 3}, {"message": ""})],
    "edit": [(TICKET + ".json", {**REHEARSED, **more}) for more in (
        {"fields": {"open": "mine"}}, {"fields": {"both": "mine"}}, {"fields": {"hidden": "mine"}}, {"fields": {"agents": "mine"}}, {"fields": {"nosuch": "mine"}}, {"owner": 1}, {"staff": "tkL21"},
        {"status": "Closed"}, {"fields": {"both": "mine"}, "user": 1}, {"fields": {"both": "mine"}, "heed_lock": True})],
}
METHODS = {"create.json": "POST", "message": "POST", "edit": "PATCH"}


class Leaks(unittest.TestCase):
    desk: demo.Desk
    world: shared_world.World

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.world = shared_world.World(random.Random(31), TICKETS)
        shared_world.fill(cls.desk, cls.world)
        rows = ["('T',%d,'tkT%d tkS%d','tkX%d')" % (t.id, t.id, t.id, t.id) for t in cls.world.tickets.values()]
        rows += ["('H',%d,'','tkE%d tkI%d')" % (e.id, e.id, e.id) for e in cls.world.entries.values()] + ["('U',%d,'tkU%d','')" % (u, u) for u in cls.world.users]
        cls.desk.sql("DELETE FROM ost__search; INSERT INTO ost__search(object_type,object_id,title,content) VALUES%s;"
                     "INSERT INTO ost_help_topic_form(topic_id,form_id,sort,extra) VALUES(1,2,1,NULL),(1,90,2,NULL),(3,2,1,NULL);"
                     "UPDATE ost_help_topic SET flags=2,dept_id=2; UPDATE ost_form_field SET flags=flags|0x301 WHERE id=902" % ",".join(rows))
        client_tokens.let_sign(cls.desk, scopes="*")

    @classmethod
    def tearDownClass(cls):
        cls.desk.sql("DELETE FROM fcgi_ost_key; DELETE FROM fcgi_ost_token")
        demo.reset(cls.desk)

    # ---- asking ----------------------------------------------------------------------------------------------------
    def ask(self, operation, question, text, method=None, headers=None, **names):
        path, body = question if isinstance(question, tuple) else (question, None)
        path = path.format(**names) if names else path
        return self.desk.request(method or METHODS.get(operation, "GET"), path, body=body, headers={**bearer(text), **(PROFILE if operation == "create.json" else {}), **(headers or {})})

    def words_of(self, answer):
        text = answer.body.decode("utf-8", "replace") + "\n" + "\n".join("%s: %s" % (name, value) for name, values in answer.headers.items() for value in values)
        text = urllib.parse.unquote(text)
        self.assertIsNone(ADDRESS.search(text), text)
        return set(WORD.findall(text))

    def allowed(self, user):
        """What the portal shows him, and what it offers to everybody."""
        return self.world.words(("user", user)) | {"tkH1", "tkH2", "tkB902"} | {"tkD%d" % d.id for d in self.world.departments.values() if d.public}

    def sees(self, user, ticket):
        return self.world.sees(("user", user), ticket)

    def names_of(self, ticket):
        """Ways to ask of a ticket, with an entry and a file of it, or of any other."""
        entries = self.world.entries_of(ticket)
        files = self.world.files_of(entries) or list(self.world.files.values())
        for i, name in enumerate(("tkT%d" % ticket.id, "id:%d" % ticket.id)):
            yield {"ticket": name, "entry": entries[i % len(entries)].id if entries else 1, "file": files[i % len(files)].id}

    # ---- tests -----------------------------------------------------------------------------------------------------
    def test_every_operation_for_clients_is_asked_here(self):
        document = described.of(self.desk).document
        found = {operation["operationId"] for item in document["paths"].values() for operation in item.values() if operation["x-clients"]}
        lists = {"listItems"}  # for clients by its row, and refused to all of them
        self.assertEqual(found - lists, set(ASKED))
        self.assertEqual(403, self.desk.get("/lists/1.json", headers=bearer(token("user:2"))).status)

    def test_no_answer_tells_of_others(self):
        before, asked, told = self.desk.counts(), 0, 0
        for user in CLIENTS:
            text, allowed, own = token("user:%d" % user), self.allowed(user), [t for t in self.world.tickets.values() if self.sees(user, t)]
            strange = [t for t in self.world.tickets.values() if not self.sees(user, t)]
            for operation, questions in ASKED.items():
                for question in questions:
                    of_ticket = "{ticket}" in (question[0] if isinstance(question, tuple) else question)
                    for names in [names for t in own[user % 3::4][:5] + strange[::40] for names in self.names_of(t)] if of_ticket else [{}]:
                        for headers in ({}, {"X-Act-As": "tkL21"}) if operation in METHODS else ({},):
                            answer = self.ask(operation, question, text, headers=headers, **names)
                            found = self.words_of(answer)
                            # Of a word that he sends he knows.
                            sent = set(WORD.findall(json.dumps(question) + json.dumps(names) + json.dumps(headers)))
                            self.assertEqual(set(), found - allowed - sent, "user %d, %s %s %s: %s" % (user, operation, question, names, answer))
                            self.assertLess(answer.status, 500, answer)
                            asked, told = asked + 1, told + len(found)
        self.assertGreater(asked, 1500)
        self.assertGreater(told, 3000, "he is told something, or this tests nothing")
        self.assertEqual(before, self.desk.counts(), "all of it was rehearsed")
        print("%d answers, %d words" % (asked, told))

    def test_a_ticket_of_others_is_in_nothing_another_than_one_that_is_not_there(self):
        def shape(answer):
            return answer.status, answer.body, sorted(name for name in answer.headers if name != "date")
        for user in CLIENTS:
            text = token("user:%d" % user)
            strange = [t for t in self.world.tickets.values() if not self.sees(user, t)]
            for operation, questions in ASKED.items():
                for i, question in enumerate(questions):
                    if "{ticket}" not in (question[0] if isinstance(question, tuple) else question):
                        continue
                    other = strange[(i * 7 + user) % len(strange)]
                    shapes = {str(shape(self.ask(operation, question, text, **names))) for names in
                              [*self.names_of(other), {"ticket": "none", "entry": 1, "file": 1}, {"ticket": "id:99999", "entry": 1, "file": 1}]}
                    self.assertEqual(1, len(shapes), (operation, question, shapes))
                    # What no ticket could be asked is refused before any is looked for.
                    self.assertRegex(shapes.pop(), r"^\((404|422),")

    def test_it_takes_the_same_time(self):
        """As many round trips exactly; and, asked in turn, about as long."""
        user, text = 2, token("user:2")
        other = next(t for t in self.world.tickets.values() if not self.sees(user, t) and self.world.files_of(self.world.entries_of(t)))
        names = (next(iter(self.names_of(other))), {"ticket": "none", "entry": 1, "file": 1})
        for operation in ("ticket", "entries", "entry", "attachments", "attachment", "message", "edit"):
            times, trips = ([], []), ([], [])
            for _ in range(25):
                for k in (0, 1):
                    begun = time.monotonic()
                    answer = self.ask(operation, ASKED[operation][0], text, **names[k])
                    times[k].append(time.monotonic() - begun)
                    trips[k].append(answer.header("x-request-id"))
                    self.assertEqual(404, answer.status)
            least = [min(int(demo.logged(self.desk, each)["round_trips"]) for each in ids) for ids in trips]
            self.assertEqual(least[0], least[1], operation)
            low = [statistics.quantiles(each, n=4)[0] for each in times]
            print("%-12s %.2f ms and %.2f ms, %d round trips" % (operation, low[0] * 1000, low[1] * 1000, least[0]))
            self.assertLess(max(low) / min(low), 2, operation)

    def test_whether_an_agent_is_at_it_is_not_told(self):
        user, text = 2, token("user:2")
        ticket = next(t for t in self.world.tickets.values() if t.user == user and t.status == 1 and not t.flags)
        answers = []
        for lock in ("", "INSERT INTO ost_lock(lock_id,staff_id,expire,code,created) VALUES(77,21,NOW()+INTERVAL 1 HOUR,'x',NOW()); UPDATE ost_ticket SET lock_id=77 WHERE ticket_id=%d" % ticket.id):
            self.desk.sql(lock or "SELECT 1")
            for question in (("/tickets/tkT%d/message.json" % ticket.id, {"message": "x", "dry_run": True, "heed_lock": True}),
                             ("/tickets/tkT%d/message.json?heed_lock=1&dry_run=1" % ticket.id, {"message": "x"}),
                             ("/tickets/tkT%d.json?heed_lock=1&dry_run=1" % ticket.id, {"fields": {"both": "mine"}})):
                answer = self.ask("edit" if "message" not in question[0] else "message", question, text)
                answers.append((question[0], answer.status, sorted(answer.json)))
        self.desk.sql("DELETE FROM ost_lock WHERE lock_id=77; UPDATE ost_ticket SET lock_id=0 WHERE ticket_id=%d" % ticket.id)
        self.assertEqual(answers[:3], answers[3:])
        self.assertNotIn(409, [status for _, status, _ in answers])

    def test_which_fields_agents_and_people_there_are_is_not_told(self):
        user, text = 2, token("user:2")
        ticket = next(t for t in self.world.tickets.values() if t.user == user and t.status == 1 and not t.flags)
        path = "/tickets/tkT%d.json" % ticket.id
        for there, not_there, question in (
                ("hidden", "nosuch", lambda name: ("edit", (path, {"fields": {name: "x"}, **REHEARSED}))),
                ("agents", "nosuch", lambda name: ("edit", (path, {"fields": {name: "x"}, **REHEARSED}))),
                ("tkA1@mail.example", "x@nowhere.example", lambda name: ("edit", (path, {"fields": {"both": "x"}, "user": name, **REHEARSED}))),
                ("tkA1@mail.example", "x@nowhere.example", lambda name: ("message", (path.replace(".json", "/message.json"), {"message": "x", "user": name, **REHEARSED}))),
                ("tkA1@mail.example", "x@nowhere.example", lambda name: ("create.json", ("/tickets.json?dry_run=1", {**NEW, "email": name}))),
                ("3", "99", lambda name: ("create.json", ("/tickets.json?dry_run=1", {**NEW, "topicId": name}))),
                ("tkD2", "tkD99", lambda name: ("list", "/tickets.json?department=" + name)),
                ("tkH3", "tkH99", lambda name: ("forms", "/forms.json?topic=" + name)),
                ("tkA1@mail.example", "x@nowhere.example", lambda name: ("list", "/tickets.json?user=" + name)),
                ("tkT1", "none", lambda name: ("list", "/tickets.json?total=1&number=" + name))):
            if there == "tkT1" and self.sees(user, self.world.tickets[1]):
                continue
            if there == "tkD2" and self.world.departments[2].public:
                continue
            answers = [self.ask(*question(name)[:2], text) for name in (there, not_there)]
            shown = {re.sub(r'"(number|created|updated|last_update|last_message|version|id|entry_id)":("[^"]*"|\d+)', "", answer.text.replace(name, "NAME"))
                     for name, answer in zip((there, not_there), answers)}
            self.assertEqual((answers[0].status, 1), (answers[1].status, len(shown)), (there, shown))
        for name in ("tkL21", "nobody"):
            answer = self.ask("edit", (path, {"fields": {"both": "x"}, **REHEARSED}), text, headers={"X-Act-As": name})
            self.assertNotIn(name, answer.text)

    def test_no_token_that_does_not_count_opens_any_operation(self):
        now = int(time.time())
        self.desk.sql("INSERT INTO ost_user_account(user_id,status,timezone,lang,username,passwd,backend,extra,registered) VALUES(4,3,NULL,NULL,NULL,NULL,NULL,NULL,NOW())")
        encoded = client_tokens.encoded
        none = encoded(b'{"alg":"none","kid":"1"}') + "." + encoded(json.dumps(claims("user:2")).encode()) + "."
        rsa = encoded(b'{"alg":"RS256","kid":"1"}') + "." + encoded(json.dumps(claims("user:2")).encode()) + "." + encoded(b"x" * 256)
        old = token("user:2", iat=now - 100, exp=now + 100)
        wrong = {"none": none, "RS256": rsa, "HS256 under RS256's name": signed(claims("user:2"), {"alg": "RS256", "kid": "1"}), "foreign kid": signed(claims("user:2"), {"alg": "HS256", "kid": "2"}),
                 "expired": token("user:2", iat=now - 700, exp=now - 1), "of the future": token("user:2", iat=now + 300, exp=now + 600), "locked": token("user:4"), "nobody": token("user:999"),
                 "from before the epoch": old, "a mail's link": "o1x" + base64.b32encode(b"12345678").decode()[:13].lower() + "a" * 16}
        self.desk.sql("UPDATE fcgi_ost_token SET epoch=%d" % (now - 50))
        before = self.desk.counts()
        try:
            for operation, questions in ASKED.items():
                seen = set()
                for name, text in wrong.items():
                    answer = self.ask(operation, questions[0], text, ticket="tkT1", entry=1, file=1)
                    self.assertEqual(401, answer.status, (operation, name, answer))
                    self.assertEqual(set(), self.words_of(answer), (operation, name))
                    seen.add((answer.text, tuple(sorted(name for name in answer.headers if name != "date"))))
                self.assertEqual(1, len(seen), (operation, seen))
            self.assertEqual(before, self.desk.counts())
        finally:
            self.desk.sql("UPDATE fcgi_ost_token SET epoch=0; DELETE FROM ost_user_account")
        self.assertEqual(200, self.ask("list", ASKED["list"][0], old).status, "it was the epoch alone")

    def test_heads_are_as_the_answers(self):
        text = token("user:2")
        ticket = next(t for t in self.world.tickets.values() if self.sees(2, t))
        for operation, questions in ASKED.items():
            if operation in METHODS:
                continue
            names = next(iter(self.names_of(ticket)))
            whole, head = (self.ask(operation, questions[0], text, method=method, **names) for method in ("GET", "HEAD"))
            self.assertEqual((whole.status, b"", whole.header("etag")), (head.status, head.body, head.header("etag")), operation)
            self.assertEqual(set(), self.words_of(head) - self.allowed(2))


if __name__ == "__main__":
    unittest.main()
