# SPDX-License-Identifier: GPL-2.0-or-later
"""Sixteen clients who act on the same ten tickets at once: nobody is told of a deadlock, what was acknowledged is there once, what was
not is not there, and each ticket is as the last of its events says. Then with what makes one of several tickets, with collaborators
and with mails that answer. TOGETHER_SECONDS: how long each (8)."""
import datetime
import collections
import json
import os
import random
import threading
import time
import unittest

import acting
import demo

SECONDS = float(os.environ.get("TOGETHER_SECONDS", "8"))
CLIENTS, TICKETS = 16, 10
SMALL = 600  # tickets that become part of others: from 1001 on
REFUSED = (403, 409, 422)  # what a ticket in this state does not take
# Each statement of a transaction has the time of its own beginning, in whole seconds: an act begins early enough in one that what it
# writes of the ticket and its event behind it have the same.
BEGINS = 0.3


class Together(acting.ActingDesk):
    def setUp(self):
        super().setUp()
        self.setting("auto_claim_tickets", "0")  # it leaves no event
        self.desk.sql("UPDATE ost_role SET permissions=REPLACE(permissions,'{','{\"ticket.markanswered\":1,'); UPDATE ost_staff SET onvacation=0, role_id=1;"
                      "UPDATE ost_staff_dept_access SET role_id=1; DELETE FROM ost_thread_event;"
                      "INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated,lastupdate) SELECT n.seq,n.seq,1,1,1,NOW(),NOW(),NOW() FROM %s n;"
                      "INSERT INTO ost_thread(id,object_id,object_type,created) SELECT n.seq,n.seq,'T',NOW() FROM %s n" % (2 * (demo.numbers(101, 100 + TICKETS),)))
        self.lock, self.done = threading.Lock(), []  # [ticket, path, answer, mark]
        self.statuses = collections.Counter()

    @staticmethod
    def choose(source, mark):
        """(operation, body)."""
        agent = {"staffUserName": source.choice(("tokafor", "mvries"))}
        return source.choice((
            ("note", {**agent, "note": mark}), ("reply", {**agent, "response": mark, "to": "none"}), ("message", {"message": mark}),
            ("assign", {**agent, "staff": source.choice(("tokafor", "mvries")), "alert": False}), ("claim", agent), ("release", agent),
            ("status", {**agent, "state": "closed"}), ("status", {**agent, "state": "open"}),
            ("transfer", {**agent, "department": source.choice((1, 2)), "alert": False}), ("edit", {**agent, "source": source.choice(("Web", "Phone", "API"))}),
            ("bulk", {"action": "note", "atomic": True, "body": {**agent, "note": mark, "alert": False}})))

    def client(self, number, end):
        source, turn = random.Random(number), 0
        while time.monotonic() < end:
            if time.time() % 1 > BEGINS:
                time.sleep(1 - time.time() % 1)
            turn += 1
            mark, ticket = "m-%d-%d-x" % (number, turn), 101 + source.randrange(TICKETS)
            path, body = self.choose(source, mark)
            method, where = ("PATCH", "/tickets/%d.json" % ticket) if path == "edit" else ("POST", "/tickets/%d/%s.json" % (ticket, path))
            if path in ("bulk", "bulk of acts"):
                where, body["tickets"] = "/tickets/bulk.json", source.sample(range(101, 101 + TICKETS), 3)
            if path == "mail":
                where, body = "/tickets.email", body % ticket
            answer = self.desk.request(method, where, body=body, key=demo.KEY)
            with self.lock:
                self.statuses[answer.status] += 1
                if answer.status < 300:
                    self.done.append((path, {} if path == "mail" else answer.json, mark))

    def test_nothing_is_lost_doubled_or_half_done(self):
        self.act_together()
        self.check_events()

    def act_together(self):
        end = time.monotonic() + SECONDS
        threads = [threading.Thread(target=self.client, args=(number, end)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(set(), set(self.statuses) - {200, 201, *REFUSED}, self.statuses)
        self.assertGreater(len(self.done), CLIENTS)
        self.check_entries()
        for ticket in range(101, 101 + TICKETS):
            self.check_ticket(ticket)

    def check_entries(self):
        found = collections.Counter(row[0] for row in self.desk.sql("SELECT body FROM ost_thread_entry WHERE body LIKE 'm-%-x'"))
        wanted = collections.Counter()
        for path, _, mark in self.done:
            wanted[mark] += {"bulk": 3, "note": 1, "reply": 1, "message": 1, "mail": 1}.get(path, 0)
        self.assertEqual((collections.Counter(), collections.Counter()), (+wanted - found, found - +wanted), "what is missing, and what is too much")

    def check_events(self):
        found = {name: int(count) for name, count in self.desk.sql("SELECT e.name, COUNT(*) FROM ost_thread_event v JOIN ost_event e ON e.id=v.event_id GROUP BY e.name")}
        wanted = collections.Counter(name for _, answer, _ in self.done for name in answer.get("events", []))
        self.assertEqual(dict(wanted), found)

    def check_ticket(self, ticket):
        state, department, staff, last_update = self.desk.sql(
            "SELECT s.state, t.dept_id, t.staff_id, t.lastupdate FROM ost_ticket t JOIN ost_ticket_status s ON s.id=t.status_id WHERE t.ticket_id=%d" % ticket)[0]
        agents, wanted_state, wanted_department, latest = {"0"}, "open", "1", "0001-01-01 00:00:00"
        for name, data, uid, event_staff, event_department, at in self.desk.sql(
                "SELECT e.name, COALESCE(v.data, 'null'), COALESCE(v.uid, 0), v.staff_id, v.dept_id, v.timestamp FROM ost_thread_event v "
                "JOIN ost_event e ON e.id=v.event_id WHERE v.thread_id=%d ORDER BY v.id" % ticket):
            data = json.loads(data)
            if name == "assigned":
                agents = {uid} if "claim" in data else {str(data["staff"][0])}
            elif name == "released":
                agents = {"0"}
            elif name == "closed":
                wanted_state, agents = "closed", {uid}
            elif name == "reopened":
                wanted_state, agents = "open", agents & {event_staff} or {"0"}
                agents = agents | {"0"}  # whose it was may have it again, or nobody
            elif name == "transferred":
                wanted_department = event_department
            if name in ("closed", "reopened", "edited"):
                latest = max(latest, at)
        self.assertEqual((wanted_state, wanted_department), (state, department), ticket)
        self.assertIn(staff, agents, ticket)
        # Each statement has a NOW() of its own, and the event's comes behind the ticket's.
        second = datetime.timedelta(seconds=1)
        self.assertGreaterEqual(datetime.datetime.fromisoformat(last_update) + second, datetime.datetime.fromisoformat(latest), ticket)
        self.check_answered(ticket)

    def check_answered(self, ticket):
        kinds = self.desk.sql("SELECT type, created FROM ost_thread_entry WHERE thread_id=%d AND type IN ('M','R') ORDER BY id DESC LIMIT 1" % ticket)
        opened = self.desk.value("SELECT MAX(v.timestamp) FROM ost_thread_event v JOIN ost_event e ON e.id=v.event_id WHERE v.thread_id=%d AND e.name='reopened'" % ticket)
        if kinds and (opened == "NULL" or opened < kinds[0][1]):
            self.assertEqual({"M": "0", "R": "1"}[kinds[0][0]], self.desk.value("SELECT isanswered FROM ost_ticket WHERE ticket_id=%d" % ticket), ticket)


class Joined(Together):
    """The first five tickets take in small ones, the others are linked to each other and let go."""

    def setUp(self):
        super().setUp()
        self.desk.sql("UPDATE ost_role SET permissions=REPLACE(permissions,'{','{\"ticket.merge\":1,\"ticket.link\":1,');"
                      "INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated,lastupdate) SELECT n.seq,n.seq,1,1,1,NOW(),NOW(),NOW() FROM %s n;"
                      "INSERT INTO ost_thread(id,object_id,object_type,created) SELECT n.seq,n.seq,'T',NOW() FROM %s n" % (2 * (demo.numbers(1001, 1000 + SMALL),)))
        self.small = list(range(1001, 1001 + SMALL))

    def choose(self, source, mark):
        agent, kind = {"staffUserName": source.choice(("tokafor", "mvries"))}, source.randrange(8)
        if kind == 0:
            with self.lock:
                return ("merge", {**agent, "tickets": ["id:%d" % self.small.pop(), "id:%d" % self.small.pop()]}) if len(self.small) > 1 else ("claim", agent)
        if kind == 1:
            return "link", {**agent, "tickets": ["id:%d" % source.choice(range(106, 101 + TICKETS))]}
        if kind == 2:
            return "unlink", agent
        if kind == 3:
            return "collaborators", {**agent, "email": "cher@stage.example"}
        if kind == 4:
            return "mail", "From: Anna <anna@quay.example>\r\nTo: desk@harbour-tools.example\r\nSubject: Re: [#%%d]\r\nMessage-ID: <%s@x.example>\r\n\r\n%s" % (mark, mark)
        if kind == 5:
            action = source.choice(("claim", "release", "assign"))
            return "bulk of acts", {"action": action, "atomic": True, "body": {**agent, **({"staff": "mvries"} if action == "assign" else {})}}
        return super().choose(source, mark)

    def test_nothing_is_lost_doubled_or_half_done(self):
        self.act_together()
        self.assertGreater(sum(path == "merge" for path, _, _ in self.done), 0)
        self.check_merged()
        self.check_links()

    def check_merged(self):
        """Who was taken in hangs on the ticket that says so, and no other does."""
        merged = sum(2 for path, _, _ in self.done if path == "merge")
        self.assertEqual([[str(merged), str(merged)]], self.desk.sql("SELECT COUNT(*), COUNT(h.id) FROM ost_ticket t LEFT JOIN ost_thread h ON h.object_id=t.ticket_id AND "
                                                                     "h.object_type='C' WHERE t.ticket_id>1000 AND t.ticket_pid BETWEEN 101 AND %d" % (100 + TICKETS)))
        self.assertEqual([str(2 * merged)], self.desk.sql("SELECT COUNT(*) FROM ost_thread_event v JOIN ost_event e ON e.id=v.event_id WHERE e.name='merged'")[0])

    def check_links(self):
        """A ticket that hangs on another is marked so, as is that one; the number of its links is that of its events."""
        self.assertEqual([], self.desk.sql("SELECT t.ticket_id FROM ost_ticket t JOIN ost_ticket p ON p.ticket_id=t.ticket_pid WHERE t.ticket_id<1000 AND (t.flags&8=0 OR p.flags&16=0)"))
        told = {name: int(count) for name, count in self.desk.sql("SELECT e.name, COUNT(*) FROM ost_thread_event v JOIN ost_event e ON e.id=v.event_id GROUP BY e.name")}
        hanging = int(self.desk.value("SELECT COUNT(*) FROM ost_ticket WHERE ticket_id<1000 AND ticket_pid IS NOT NULL"))
        self.assertEqual(2 * hanging, told.get("linked", 0) - told.get("unlinked", 0), told)


if __name__ == "__main__":
    unittest.main()
