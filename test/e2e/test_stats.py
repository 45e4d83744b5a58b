# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers of tickets: each grouping with each filter against what is counted slowly, what happened and how long it took, that
the database does one sweep over an index, and that an answer is kept for a moment and no longer than a right."""
import collections
import datetime
import os
import random
import re
import time
import unittest
import urllib.parse

import demo
import random_desk
from test_ticket_list import FILTERS as FILTERS_OF_LISTS, QUEUES, add_queues

# Searches and queues depend on the key and its agent: they have a test of their own.
FILTERS = {name: filter for name, filter in FILTERS_OF_LISTS.items() if name not in ("q", "queue", "assigned")}

TICKETS = 1200
COMBINATIONS = int(os.environ.get("COMBINATIONS", "120"))
STAFF = {1: "mvries", 2: "tokafor"}
NAMES = ("created", "closed", "reopened", "assigned", "overdue")
# A grouping's value of a ticket, as it shows in an answer.
GROUPS = {
    "status": lambda t: t.status, "state": lambda t: random_desk.STATUSES[t.status][1], "department": lambda t: t.department,
    "staff": lambda t: t.staff or None, "team": lambda t: t.team or None, "topic": lambda t: t.topic or None,
    "priority": lambda t: t.priority_id, "source": lambda t: t.source,
}


def shown(value):
    return value["id"] if isinstance(value, dict) else value


class Stats(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.desk.sql("INSERT INTO ost_config(namespace,`key`,value) VALUES('core','default_priority_id','2') "
                     "ON DUPLICATE KEY UPDATE value='2'")
        cls.tickets = random_desk.fill(cls.desk, random.Random(11), TICKETS)
        add_queues(cls.desk)
        cls.events = cls.insert_events(random.Random(12))
        cls.responses = cls.insert_responses(random.Random(13))

    @classmethod
    def tearDownClass(cls):
        random_desk.drop_fields(cls.desk)
        demo.reset(cls.desk)

    @classmethod
    def insert_events(cls, chooser):
        """(time, name, department, agent, topic) of those that count; others of tasks and annulled ones beside them."""
        events, rows = [], []
        for i in range(3000):
            at = datetime.datetime(2025, 12, 20) + datetime.timedelta(minutes=chooser.randrange(60 * 24 * 40))
            event = (at, chooser.choice(NAMES), chooser.choice((1, 2, 3)), chooser.choice((0, 1, 2)), chooser.choice((0, 1, 2)))
            kind, annulled = chooser.choice("TTTTA"), chooser.choice((0, 0, 0, 1))
            if kind == "T" and not annulled:
                events.append(event)
            rows.append("(%d,'%s',(SELECT id FROM ost_event WHERE name='%s'),%d,0,%d,%d,'x',%d,'%s')" % (
                101 + i % TICKETS, kind, event[1], event[3], event[2], event[4], annulled, at))
        cls.desk.sql("".join("INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,username,annulled,"
                             "timestamp) VALUES %s;" % ",".join(rows[i:i + 500]) for i in range(0, len(rows), 500)))
        return events

    @classmethod
    def insert_responses(cls, chooser):
        """The seconds to an agent's first response by ticket; messages, notes and what no agent wrote beside them."""
        first, rows = {}, []
        for ticket in cls.tickets:
            for _ in range(chooser.choice((0, 1, 2, 3))):
                seconds, kind, staff = chooser.randrange(-600, 90000), chooser.choice("RRMN"), chooser.choice((0, 1, 2))
                if kind == "R" and staff:
                    first[ticket.id] = min(seconds, first.get(ticket.id, seconds))
                rows.append("(%d,%d,'%s','p','','x','html','%s','%s')" % (
                    ticket.id, staff, kind, ticket.created + datetime.timedelta(seconds=seconds), ticket.created))
        cls.desk.sql("".join("INSERT INTO ost_thread_entry(thread_id,staff_id,type,poster,source,body,format,created,updated) VALUES %s;" %
                             ",".join(rows[i:i + 500]) for i in range(0, len(rows), 500)))
        return {ticket: seconds for ticket, seconds in first.items() if seconds >= 0}

    def setUp(self):
        self.fresh()

    def fresh(self):
        """Nothing that was answered before counts: it belongs to a key as it was."""
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,staff_id) VALUES(1,'stats read',%d)" % random.randrange(1, 1 << 30))

    def get(self, path, expected=200, **parameters):
        answer = self.desk.get(path + "?" + urllib.parse.urlencode(parameters), key=demo.KEY)
        self.assertEqual(expected, answer.status, "%s %s: %s" % (path, parameters, answer))
        return answer.json

    def refused(self, path, field, **parameters):
        answer = self.get(path, 422, **parameters)
        self.assertEqual(("invalid", [field] if field else []), (answer["error"], list(answer["errors"])), answer)
        return answer["status_msg"]

    def some_filters(self, chooser):
        parameters, fits = {}, []
        for name in chooser.sample(sorted(FILTERS), chooser.choice((0, 1, 1, 2, 3))):
            parameters[name], fit = FILTERS[name](chooser)
            fits.append(fit)
        return parameters, [t for t in self.tickets if all(fit(t) for fit in fits)]

    def test_what_a_search_or_a_queue_finds_is_counted_as_it_is_listed(self):
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,staff_id) VALUES(1,'stats read search notes',2)")
        for parameters in ({"q": "ladd*"}, {"q": "capstan gasket"}, {"q": "16"}, {"assigned": "me"}, {"q": "ladd*", "state": "open"},
                           *({"queue": queue} for queue in QUEUES)):
            with self.subTest(**parameters):
                listed = self.desk.get("/tickets.json?" + urllib.parse.urlencode({"limit": 1, "total": 1, **parameters}), key=demo.KEY).json["total"]
                for groups in ("state", "priority,source"):
                    self.assertEqual(listed, self.get("/stats.json", group=groups, **parameters)["total"])

    # ---- tickets ---------------------------------------------------------------------------------------------------
    def test_every_grouping_is_what_counting_one_by_one_finds(self):
        chooser = random.Random(21)
        pairs = [(a,) for a in GROUPS] + [(a, b) for a in GROUPS for b in GROUPS if a != b]
        for groups in pairs + chooser.choices(pairs, k=COMBINATIONS):
            parameters, tickets = self.some_filters(chooser)
            wanted = collections.Counter(tuple(GROUPS[g](t) for g in groups) for t in tickets)
            with self.subTest(group=groups, **parameters):
                answer = self.get("/stats.json", group=",".join(groups), **parameters)
                rows = {tuple(shown(row[g]) for g in groups): row["count"] for row in answer["stats"]}
                self.assertEqual((dict(wanted), len(tickets)), (rows, answer["total"]))
                self.assertEqual(len(answer["stats"]), len(rows), "each group once")
                counts = [row["count"] for row in answer["stats"]]
                self.assertEqual(sorted(counts, reverse=True), counts, "the largest first")

    def test_the_five_counts(self):
        chooser = random.Random(22)
        for _ in range(40):
            parameters, tickets = self.some_filters(chooser)
            opened = [t for t in tickets if random_desk.STATUSES[t.status][1] == "open"]
            wanted = {"open": len(opened), "closed": sum(random_desk.STATUSES[t.status][1] == "closed" for t in tickets),
                      "overdue": sum(t.overdue for t in opened), "unassigned": sum(not t.staff and not t.team for t in opened),
                      "unanswered": sum(not t.answered for t in opened), "status_code": "0", "status_msg": "success"}
            self.assertEqual(wanted, self.get("/stats.json", **parameters), parameters)

    def test_a_key_that_sees_some_tickets_counts_these(self):
        opened = lambda t: random_desk.STATUSES[t.status][1] == "open"
        views = (({"depts": "2"}, lambda t: t.department == 2), ({"depts": "1 3"}, lambda t: t.department in (1, 3)),
                 ({"view": "staff", "staff_id": 3}, lambda t: t.department == 3 or (opened(t) and t.team == 1)),
                 ({"view": "staff", "staff_id": 3, "depts": "2"}, lambda t: t.department == 2 and opened(t) and t.team == 1),
                 ({"view": "staff", "staff_id": 999}, lambda t: False))
        chooser = random.Random(25)
        for rules, sees in views:
            self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,%s) VALUES(1,'stats read',%s)" % (
                ",".join(rules), ",".join("'%s'" % value for value in rules.values())))
            for _ in range(6):
                parameters, tickets = self.some_filters(chooser)
                tickets = [t for t in tickets if sees(t)]
                with self.subTest(**rules, **parameters):
                    for groups in (("state", "priority"), ("team",)):
                        wanted = collections.Counter(tuple(GROUPS[g](t) for g in groups) for t in tickets)
                        answer = self.get("/stats.json", group=",".join(groups), **parameters)
                        self.assertEqual((dict(wanted), len(tickets)), ({tuple(shown(row[g]) for g in groups): row["count"]
                                                                         for row in answer["stats"]}, answer["total"]))
                    counts = self.get("/stats.json", **parameters)
                    self.assertEqual((sum(map(opened, tickets)), sum(opened(t) and not t.answered for t in tickets)),
                                     (counts["open"], counts["unanswered"]))
                    self.assertEqual(len(tickets), self.get("/stats/times.json", **parameters)["tickets"])
            self.assertEqual("scope", self.get("/stats/events.json", 403)["error"])
        for view in ("user", "org"):
            self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,view,view_id) VALUES(1,'stats read','%s',1)" % view)
            for path in ("/stats.json", "/stats/events.json", "/stats/times.json"):
                self.assertEqual("scope", self.get(path, 403)["error"])

    def test_names_stand_beside_the_ids(self):
        rows = {row["staff"] and row["staff"]["id"]: row for row in self.get("/stats.json", group="staff,status")["stats"]}
        self.assertEqual({"id": 2, "username": "tokafor", "name": "Tobenna Okafor"}, rows[2]["staff"])
        self.assertEqual({"id", "name", "state"}, set(rows[None]["status"]))
        for group, wanted in (("department", {"id": 3, "name": "Field service"}), ("topic", {"id": 2, "name": "Repairs"}),
                              ("priority", {"id": 4, "name": "Emergency"}), ("team", {"id": 1, "name": "Pumps & compressors"})):
            self.assertIn(wanted, [row[group] for row in self.get("/stats.json", group=group)["stats"]])
        self.desk.sql("UPDATE ost_ticket SET dept_id=77 WHERE ticket_id=101")
        try:
            self.assertIn({"id": 77, "name": None}, [row["department"] for row in self.get("/stats.json", group="department", status="1,2,3,4,6")["stats"]])
        finally:
            self.desk.sql("UPDATE ost_ticket SET dept_id=%d WHERE ticket_id=101" % self.tickets[0].department)

    # ---- events ----------------------------------------------------------------------------------------------------
    def test_every_count_of_events_is_what_counting_one_by_one_finds(self):
        chooser = random.Random(23)
        spans = {"": lambda at: None, "day": lambda at: at.strftime("%Y-%m-%d"), "month": lambda at: at.strftime("%Y-%m"),
                 "week": lambda at: (at - datetime.timedelta(days=at.weekday())).strftime("%Y-%m-%d")}
        groups = {"": lambda e: None, "department": lambda e: e[2], "staff": lambda e: e[3] or None, "topic": lambda e: e[4] or None}
        for span in spans:
            for group in groups:
                start = datetime.datetime(2025, 12, 20) + datetime.timedelta(hours=chooser.randrange(500))
                end = start + datetime.timedelta(hours=chooser.randrange(1, 700))
                names = chooser.sample(NAMES, chooser.randrange(len(NAMES)))
                parameters = {"from": start.strftime("%Y-%m-%dT%H:%M:%SZ"), "to": end.strftime("%Y-%m-%dT%H:%M:%SZ")}
                parameters.update({key: value for key, value in (("by", span), ("group", group), ("name", ",".join(names))) if value})
                wanted = collections.Counter((spans[span](e[0]), e[1], groups[group](e)) for e in self.events
                                             if start <= e[0] < end and (not names or e[1] in names))
                with self.subTest(**parameters):
                    rows = self.get("/stats/events.json", **parameters)["events"]
                    self.assertEqual(dict(wanted), {(row.get("date"), row["name"], shown(row[group]) if group else None): row["count"]
                                                    for row in rows})
                    self.assertEqual(len(wanted), len(rows))

    def test_without_times_the_last_thirty_days(self):
        self.assertEqual([], [row for row in self.get("/stats/events.json")["events"] if row["name"] == "viewed"])
        self.desk.sql("INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,username,annulled,timestamp) "
                      "VALUES(101,'T',10,0,0,1,0,'x',0,NOW()),(101,'T',10,0,0,1,0,'x',0,NOW()-INTERVAL 29 DAY),"
                      "(101,'T',10,0,0,1,0,'x',0,NOW()-INTERVAL 31 DAY)")
        self.fresh()
        self.assertEqual([{"name": "viewed", "count": 2}], [row for row in self.get("/stats/events.json")["events"] if row["name"] == "viewed"])

    # ---- times -----------------------------------------------------------------------------------------------------
    @staticmethod
    def durations(values):
        values = sorted(values)
        rank = lambda percent: values[-(-len(values) * percent // 100) - 1] if values else None
        return {"count": len(values), "average": int(sum(values) / len(values) + 0.5) if values else None,
                "p50": rank(50), "p90": rank(90), "p95": rank(95)}

    def test_how_long_it_took(self):
        chooser = random.Random(24)
        for _ in range(30):
            parameters, tickets = self.some_filters(chooser)
            answer = self.get("/stats/times.json", **parameters)
            closed = [(t.closed - t.created).total_seconds() for t in tickets if t.closed and t.closed >= t.created]
            self.assertEqual((len(tickets), self.durations([self.responses[t.id] for t in tickets if t.id in self.responses]),
                              self.durations([int(seconds) for seconds in closed])),
                             (answer["tickets"], answer["first_response"], answer["close"]), parameters)

    def test_too_many_tickets_have_to_be_narrowed(self):
        self.desk.sql("INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated) SELECT 200000+n.seq,n.seq,1,3,9,NOW(),NOW() "
                      "FROM %s n" % demo.numbers(1, 100001))
        try:
            self.assertIn("narrow", self.refused("/stats/times.json", None, department=9))
            self.desk.sql("DELETE FROM ost_ticket WHERE ticket_id=200001")
            self.assertEqual(100000, self.get("/stats/times.json", department=9)["tickets"])
            self.assertEqual([{"department": {"id": 9, "name": None}, "count": 100000}],
                             self.get("/stats.json", group="department", department=9)["stats"])
        finally:
            self.desk.sql("DELETE FROM ost_ticket WHERE ticket_id>200000")

    # ---- how it is answered ------------------------------------------------------------------------------------------
    def test_the_same_question_is_answered_as_before_for_ten_seconds(self):
        path = "/stats.json?group=source&source=Web"
        logs = [demo.traced(self.desk, "GET", path, "kept-%d-%d" % (time.time(), i))[1] for i in range(12)]
        self.assertEqual("1", min(log["round_trips"] for log in logs), "that of the key alone")
        before = self.desk.get(path, key=demo.KEY)
        self.assertEqual("private, max-age=10", before.header("Cache-Control"))
        self.assertEqual(304, self.desk.get(path, key=demo.KEY, headers={"If-None-Match": before.header("ETag")}).status)
        self.desk.sql("UPDATE ost_ticket SET source='Web' WHERE ticket_id=(SELECT MIN(t.ticket_id) FROM (SELECT * FROM ost_ticket) t WHERE source='Phone')")
        try:
            self.fresh()
            now = self.desk.get(path, key=demo.KEY)
            self.assertEqual(before.json["total"] + 1, now.json["total"], "a key that is another gets an answer of its own")
        finally:
            for ticket in self.tickets:
                if ticket.source == "Phone":
                    self.desk.sql("UPDATE ost_ticket SET source='Phone' WHERE ticket_id=%d" % ticket.id)
                    break

    def test_a_right_that_is_taken_ends_at_once(self):
        self.get("/stats.json", group="state")
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='read'")
        for path in ("/stats.json?group=state", "/stats/events.json", "/stats/times.json"):
            answer = self.desk.get(path, key=demo.KEY)
            self.assertEqual((403, "scope"), (answer.status, answer.json["error"]))

    def test_values_that_cannot_be(self):
        for parameters, field in (({"group": "color"}, "group"), ({"group": "status,status"}, "group"), ({"group": "status,team,staff"}, "group"),
                                  ({"group": ""}, "group"), ({"group": ","}, "group"), ({"stat": "open"}, "stat"), ({"sort": "id"}, "sort"),
                                  ({"limit": 5}, "limit"), ({"status": "Nobody"}, "status"), ({"created_since": "never"}, "created_since")):
            self.refused("/stats.json", field, **parameters)
        for parameters, field in (({"by": "year"}, "by"), ({"group": "team"}, "group"), ({"name": "exploded"}, "name"), ({"from": "x"}, "from"),
                                  ({"to": ""}, "to"), ({"department": "1"}, "department")):
            self.refused("/stats/events.json", field, **parameters)
        self.refused("/stats/times.json", "group", group="status")
        self.assertEqual([], self.get("/stats/events.json", **{"from": "2026-01-02", "to": "2026-01-01"})["events"])
        self.assertEqual({"count": 0, "average": None, "p50": None, "p90": None, "p95": None},
                         self.get("/stats/times.json", status=1, state="closed")["close"])
        self.assertEqual(405, self.desk.request("POST", "/stats.json", key=demo.KEY, body={}).status)

    def test_round_trips(self):
        for path, trips in (("/stats.json", "3"), ("/stats.json?group=status,department", "2"), ("/stats/events.json?by=day", "2"),
                            ("/stats/times.json?status=1", "2")):
            logs = []
            for i in range(8):
                self.fresh()
                logs.append(demo.traced(self.desk, "GET", path, "stats-%d-%d" % (abs(hash(path)), i))[1])
            self.assertEqual(trips, min(log["round_trips"] for log in logs), path)


class Shapes(unittest.TestCase):
    """What the database does, over so many rows that it has a reason to choose well."""

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        random_desk.fill(cls.desk, random.Random(14), 20000, spread=True)
        cls.desk.sql("INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,username,annulled,timestamp) "
                     "SELECT n.seq,'T',1+n.seq%%9,0,0,1,0,'x',0,NOW()-INTERVAL n.seq MINUTE FROM %s n" % demo.numbers(1, 50000))
        cls.desk.sql("ANALYZE TABLE ost_ticket, ost_ticket__cdata, ost_thread, ost_thread_event")
        cls.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes) VALUES(1,'stats')")
        cls.desk.sql("SET GLOBAL log_output='TABLE'; SET GLOBAL general_log=1")

    @classmethod
    def tearDownClass(cls):
        cls.desk.sql("SET GLOBAL general_log=0")
        random_desk.drop_fields(cls.desk)
        demo.reset(cls.desk)

    def plan(self, path, table):
        """The row of EXPLAIN that is about the table t or e, of the statement that the request ran."""
        self.desk.sql("TRUNCATE mysql.general_log")
        self.assertEqual(200, self.desk.get(path, key=demo.KEY).status)
        statements = [row[0] for row in self.desk.sql(
            "SELECT REPLACE(argument,'\\n',' ') FROM mysql.general_log WHERE command_type='Execute' AND argument LIKE '%COUNT(*) AS n%'")]
        self.assertEqual(1, len(statements), "one statement counts: %s" % statements)
        rows = [row for row in self.desk.sql("EXPLAIN " + statements[0]) if row[2] == table]
        self.assertEqual(1, len(rows), statements)
        return rows[0]

    def test_groups_come_out_of_an_index_alone(self):
        for group, key in (("status", "status_id"), ("department", "dept_id"), ("staff", "staff_id"), ("topic", "topic_id"), ("team", "team_id")):
            row = self.plan("/stats.json?group=%s" % group, "t")
            self.assertEqual(key, row[5], "%s: %s" % (group, row))
            self.assertIn("Using index", row[9], "%s: %s" % (group, row))

    def test_filters_find_their_tickets_by_an_index(self):
        for query in ("department=7&group=status", "staff=5&group=source,priority", "created_since=2026-03-04&group=topic"):
            row = self.plan("/stats.json?" + query, "t")
            self.assertIn(row[3], ("ref", "range"), "%s: %s" % (query, row))

    def test_events_are_found_by_their_time(self):
        row = self.plan("/stats/events.json?by=day&from=-2d", "e")
        self.assertEqual(("range", "ticket_stats"), (row[3], row[5]), row)


if __name__ == "__main__":
    unittest.main()
