# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of tickets: each filter and order against what is reckoned slowly, pages while others write, what is refused,
and that the database never reads all tickets for one page."""
import csv
import io
import json
import os
import random
import unittest
import urllib.parse

import demo
import random_desk

TICKETS = 1500
COMBINATIONS = int(os.environ.get("COMBINATIONS", "250"))
ADDRESSES = {1: "Anna.Lindqvist@post.example", 2: "Piet.vanDam@quay.example", 3: "cher@stage.example",
             4: "taro@yamada.example", 5: "sean+tools@ohara.example", 6: "nobody@post.example"}
# Filters that no index of tickets serves.
WIDE = {"priority", "source", "overdue", "answered", "assigned", "unassigned", "due_since", "due_before",
        "last_message_since", "last_message_before", "last_response_since", "last_response_before", "subdepartments",
        "field.site", "field.kind"}
ME = 2


def some(chooser, values, most=3):
    return chooser.sample(list(values), chooser.randint(1, min(most, len(values))))


def by_values(values, attribute, name=lambda value: value):
    """A filter by ids or names: what is sent, and whether a ticket fits."""
    def choose(chooser):
        chosen = some(chooser, values)
        words = [str(chooser.choice((value, name(value)))) for value in chosen]
        return ",".join(words), lambda ticket: getattr(ticket, attribute) in chosen
    return choose


def by_time(attribute, since):
    def choose(chooser):
        time = random_desk.EPOCH + random_desk.datetime.timedelta(minutes=chooser.randrange(400))
        def fits(ticket):
            value = getattr(ticket, attribute)
            return value is not None and (value >= time if since else value < time)
        return time.strftime("%Y-%m-%dT%H:%M:%SZ"), fits
    return choose


def by_switch(fits):
    def choose(chooser):
        on = chooser.choice((0, 1))
        return str(on), lambda ticket: bool(fits(ticket)) == bool(on)
    return choose


def by_state(chooser):
    states = some(chooser, ("open", "closed", "archived"))
    return ",".join(states), lambda ticket: random_desk.STATUSES[ticket.status][1] in states


def by_assigned(chooser):
    word = chooser.choice(("yes", "no"))
    return word, lambda ticket: bool(ticket.staff or ticket.team) == (word == "yes")


def by_words(chooser):
    """Some of the words, all of them in one row of the index, without some, by their beginnings, as a phrase."""
    words = some(chooser, random_desk.WORDS)
    kind = chooser.choice(("any", "all", "without", "beginning", "phrase", "user"))
    if kind == "any":
        return " ".join(words), lambda ticket: any(text & set(words) for text in ticket.texts())
    if kind == "all":
        return " ".join("+" + w for w in words), lambda ticket: any(text >= set(words) for text in ticket.texts())
    if kind == "without":
        other = chooser.choice(random_desk.WORDS)
        return "%s -%s" % (words[0].upper(), other), lambda ticket: any(words[0] in text and other not in text
                                                                        for text in ticket.texts())
    if kind == "beginning":
        return words[0][:4] + "*", lambda ticket: any(word.startswith(words[0][:4]) for text in ticket.texts() for word in text)
    if kind == "phrase":
        pair = sorted(words)[:2]
        return '"%s"' % " ".join(pair), lambda ticket: any(" ".join(pair) in " ".join(sorted(text)) for text in ticket.texts())
    user = chooser.choice(sorted(random_desk.USER_WORDS))
    return random_desk.USER_WORDS[user], lambda ticket: ticket.user == user


def by_q(chooser):
    kind = chooser.choice(("words", "words", "number", "address", "part"))
    if kind == "words":
        return by_words(chooser)
    if kind == "number":
        digits = str(chooser.randrange(100, 1000))
        return digits, lambda ticket: digits in ticket.number
    user = chooser.randrange(1, 7)
    if kind == "address":
        return ADDRESSES[user].upper(), lambda ticket: ticket.user == user
    domain = ADDRESSES[user].partition("@")[2]
    users = {1, 2} if domain == "quay.example" else {1, 6} if domain == "post.example" else {user}
    return "@" + domain[:-3], lambda ticket: ticket.user in users


def by_kind(chooser):
    chosen = some(chooser, random_desk.KINDS, 2)
    words = [chooser.choice((kind, random_desk.KINDS[kind].lower())) for kind in chosen]
    return ",".join(words), lambda ticket: bool(set(chosen) & set(ticket.kinds))


# Queues: what stands in `config`, and whether a ticket is in it; 50 and more below 5, "Mine".
OPEN = lambda ticket: random_desk.STATUSES[ticket.status][1] == "open"
QUEUES = {
    51: (0, '[["status__state","includes",{"open":"Open"}]]', OPEN),
    52: (51, '{"criteria":[["isanswered","nset",null],["isoverdue","set",null]],"conditions":[]}',
         lambda t: OPEN(t) and not t.answered and t.overdue),
    53: (51, '[["assignee","includes",{"M":"Me","T":"One of my teams"}]]', lambda t: OPEN(t) and (t.staff == ME or t.team == 1)),
    54: (53, '[["assignee","!includes",{"M":"Me"}]]', lambda t: OPEN(t) and t.staff != ME and t.team == 1),
    55: (51, '[["assignee","!assigned",null]]', lambda t: OPEN(t) and not t.staff and not t.team),
    56: (0, '[["dept_id","!includes",{"2":"Workshop"}],["status__id","includes",{"1":"Open","3":"Closed"}],["topic_id","set",null]]',
         lambda t: t.department != 2 and t.status in (1, 3) and t.topic),
    57: (0, '[["cdata__priority","includes",{"1":"Low","4":"Emergency"}],["staff_id","includes",{"M":"Me","1":"x"}]]',
         lambda t: t.priority in ("1", "4") and t.staff in (1, ME)),
    58: (0, '[["closed","set",null],["source","includes",{"Web":"Web","API":"API"}],["sla_id","includes",{"1":"x"}]]',
         lambda t: t.closed and t.source in ("Web", "API") and t.sla == 1),
    59: (51, '[["team_id","nset",null],["duedate","past",null]]', lambda t: OPEN(t) and not t.team and t.duedate),
    60: (0, '[["status__state","!includes",{"open":"x","archived":"x"}],["dept_id","includes",{"1":"x","3":"x"}],'
         '["closed","nset",null]]', lambda t: random_desk.STATUSES[t.status][1] == "closed" and t.department in (1, 3) and not t.closed),
}


def by_queue(chooser):
    queue = chooser.choice(sorted(QUEUES))
    return str(queue), QUEUES[queue][2]


def add_queues(desk):
    desk.sql("INSERT INTO ost_queue(id,parent_id,flags,title,config,root,created,updated) VALUES" + ",".join(
        "(%d,%d,3,'Queue',%s,'T',NOW(),NOW())" % (queue, above, "'%s'" % config.replace("'", "''"))
        for queue, (above, config, _) in QUEUES.items()))


def by_collaborator(chooser):
    users = set(some(chooser, range(1, 7)))
    return ",".join(str(chooser.choice((u, ADDRESSES[u]))) for u in users), lambda ticket: bool(ticket.collaborators & users)


def by_organization(chooser):
    return chooser.choice(("1", "quay builders")), lambda ticket: random_desk.ORGANIZATION_OF[ticket.user] == 1


PRIORITIES = {1: "Low", 2: "normal", 3: "HIGH", 4: "Emergency"}
FILTERS = {
    "status": by_values(random_desk.STATUSES, "status", lambda s: random_desk.STATUSES[s][0].upper()),
    "state": by_state,
    "department": by_values((1, 2, 3), "department"),
    "topic": by_values((1, 2, 3), "topic", {1: "hiring", 2: "Repairs", 3: "Repairs / Machine stands still"}.get),
    "staff": by_values((1, 2), "staff", {1: "mvries", 2: "TOKAFOR"}.get),
    "team": by_values((1,), "team"), "sla": by_values((1, 2), "sla"),
    "user": by_values(range(1, 7), "user", ADDRESSES.get),
    "collaborator": by_collaborator, "organization": by_organization,
    "priority": by_values(PRIORITIES, "priority_id", PRIORITIES.get),
    "source": by_values(random_desk.SOURCES, "source"),
    "overdue": by_switch(lambda t: t.overdue), "answered": by_switch(lambda t: t.answered), "assigned": by_assigned,
    "q": by_q, "queue": by_queue, "field.kind": by_kind, "field.site": by_values(random_desk.SITES, "site", str.upper),
    **{"%s_since" % name: by_time(name, True) for name in ("created", "updated", "closed", "due", "last_message", "last_response")},
    **{"%s_before" % name: by_time(name, False) for name in ("created", "updated", "closed", "due", "last_message", "last_response")},
}
SORTS = {"created": "created", "updated": "updated", "last_update": "last_update", "closed": "closed", "due": "due",
         "number": "number", "priority": "urgency", "id": "id"}


def in_order(tickets, sort):
    """Those without a value last, whatever the direction; equal ones by their ids."""
    falling, attribute = sort.startswith("-"), SORTS[sort.lstrip("-")]
    there = sorted((t for t in tickets if getattr(t, attribute) is not None), key=lambda t: (getattr(t, attribute), t.id))
    gone = sorted((t for t in tickets if getattr(t, attribute) is None), key=lambda t: t.id)
    return [t.id for part in (there, gone) for t in (reversed(part) if falling else part)]


class List(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.desk.sql("INSERT INTO ost_config(namespace,`key`,value) VALUES('core','default_priority_id','2') "
                     "ON DUPLICATE KEY UPDATE value='2'")
        cls.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes,staff_id) VALUES(1,'read create notes search',%d)" % ME)
        cls.tickets = random_desk.fill(cls.desk, random.Random(1), TICKETS)
        add_queues(cls.desk)

    @classmethod
    def tearDownClass(cls):
        random_desk.drop_fields(cls.desk)
        demo.reset(cls.desk)

    def get(self, expected=200, **parameters):
        answer = self.desk.get("/tickets.json?" + urllib.parse.urlencode(parameters), key=demo.KEY)
        self.assertEqual(expected, answer.status, "%s: %s" % (parameters, answer))
        return answer.json

    def refused(self, field, word="invalid", expected=422, **parameters):
        answer = self.get(expected, **parameters)
        self.assertEqual(word, answer["error"], answer)
        if field:
            self.assertEqual([field], list(answer["errors"]), answer)
        return answer["status_msg"]

    def pages(self, between=lambda: None, **parameters):
        """The ids of all pages, one behind the other."""
        ids, cursor = [], {}
        while True:
            answer = self.get(fields="id", **parameters, **cursor)
            self.assertEqual(len(answer["tickets"]), answer["count"])
            ids += [ticket["id"] for ticket in answer["tickets"]]
            self.assertEqual(answer["has_more"], answer["next"] is not None)
            if not answer["has_more"]:
                return ids
            self.assertEqual(answer["limit"], answer["count"])
            cursor = {"cursor": answer["next"]}
            between()

    # ---- filters and orders ----------------------------------------------------------------------------------------
    def test_every_combination_is_what_a_slow_look_at_all_tickets_finds(self):
        chooser = random.Random(2)
        for _ in range(COMBINATIONS):
            names = chooser.sample(sorted(FILTERS), chooser.choice((0, 1, 1, 2, 2, 3, 4)))
            parameters, fits = {}, []
            for name in names:
                parameters[name], fit = FILTERS[name](chooser)
                fits.append(fit)
            sort = chooser.choice(("", "-")) + chooser.choice(sorted(SORTS))
            if all(name in WIDE for name in names) and (names or sort.lstrip("-") in ("due", "priority")):
                self.assertIn("every ticket", self.refused(None, sort=sort, **parameters))
                continue
            with self.subTest(sort=sort, **parameters):
                wanted = in_order([t for t in self.tickets if all(fit(t) for fit in fits)], sort)
                self.assertEqual(wanted, self.pages(sort=sort, limit=chooser.choice((7, 50, 200)), **parameters))
                self.assertEqual(len(wanted), self.get(total=1, limit=1, **parameters)["total"])

    def test_pages_by_number_and_offset(self):
        for sort in ("-closed", "created", "number"):
            wanted = in_order(self.tickets, sort)
            for offset in (0, 3, 1000, 1040, 1490, 5000):
                ids = [t["id"] for t in self.get(sort=sort, offset=offset, limit=40, fields="id")["tickets"]]
                self.assertEqual(wanted[offset:offset + 40], ids, (sort, offset))
            ids = [t["id"] for t in self.get(sort=sort, page=30, limit=40, fields="id")["tickets"]]
            self.assertEqual(wanted[29 * 40:30 * 40], ids)

    def test_the_newest_come_first_when_nothing_is_asked(self):
        answer = self.get()
        self.assertEqual(in_order(self.tickets, "-created")[:25], [t["id"] for t in answer["tickets"]])
        self.assertEqual(["tickets", "count", "limit", "has_more", "next", "status_code", "status_msg"], list(answer))

    def test_a_listed_ticket_is_the_one_that_is_read_alone(self):
        for ticket in self.get(limit=30)["tickets"]:
            alone = self.desk.get("/tickets/id:%d.json" % ticket["id"], key=demo.KEY).json["ticket"]
            self.assertEqual(alone, ticket)

    def test_fields_alone_and_together(self):
        whole = self.get(limit=20)["tickets"]
        for name in whole[0]:
            self.assertEqual([{name: t[name]} for t in whole], self.get(limit=20, fields=name)["tickets"])

    def test_departments_with_those_below_them(self):
        wanted = lambda departments: in_order([t for t in self.tickets if t.department in departments], "-created")
        self.assertEqual(wanted({2}), self.pages(department="Workshop", limit=200))
        self.assertEqual(wanted({2, 3}), self.pages(department="workshop", subdepartments=1, limit=200))
        self.assertEqual(wanted({3}), self.pages(department="Workshop / Field service", limit=200))

    def test_numbers_states_and_relatives(self):
        ticket = self.tickets[70]
        same = [t for t in self.tickets if t.number in (ticket.number, self.tickets[71].number)]
        self.assertEqual(in_order(same, "id"), self.pages(number=ticket.number.lower() + "," + self.tickets[71].number, sort="id"))
        self.assertEqual(in_order([t for t in self.tickets if t.parent == 1], "id"), self.pages(parent="id:1", sort="id", limit=200))
        self.assertEqual([], self.pages(state="open", status="Closed"))
        self.assertEqual([], self.pages(state="deleted"))
        self.assertEqual(in_order([t for t in self.tickets if t.user == 1], "id"),
                         self.pages(email="ANNA@quay.example", sort="id", limit=200))
        self.assertEqual(in_order([t for t in self.tickets if not t.staff and not t.team and t.status == 1], "id"),
                         self.pages(unassigned=1, status=1, sort="id", limit=200))

    # ---- all at once -----------------------------------------------------------------------------------------------
    def all(self, form, expected=200, **parameters):
        answer = self.desk.get("/tickets.%s?%s" % (form, urllib.parse.urlencode(parameters)), key=demo.KEY)
        self.assertEqual(expected, answer.status, str(answer))
        return answer

    def test_all_of_a_list_a_line_each(self):
        for sort in ("-created", "closed", "number"):
            answer = self.all("ndjson", sort=sort, fields="id,number")
            self.assertEqual("application/x-ndjson; charset=UTF-8", answer.header("Content-Type"))
            lines = [json.loads(line) for line in answer.text.splitlines()]
            self.assertEqual(in_order(self.tickets, sort), [line["id"] for line in lines])
        page = self.get(status=1, limit=10)["tickets"]
        self.assertEqual(page, [json.loads(line) for line in self.all("ndjson", status=1).text.splitlines()][:10])

    def test_all_of_a_list_as_a_table(self):
        answer = self.all("csv", sort="id")
        self.assertEqual("text/csv; charset=UTF-8; header=present", answer.header("Content-Type"))
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        self.assertEqual(TICKETS, len(rows))
        listed = self.get(sort="id", limit=200)["tickets"]
        for row, ticket in zip(rows, listed):
            self.assertEqual([str(ticket["id"]), ticket["number"], ticket["status"]["name"], ticket["status"]["state"],
                              ticket["created"], ticket["closed"] or "", ticket["user"]["name"], ticket["user"]["email"],
                              (ticket["staff"] or {"username": ""})["username"], str(ticket["overdue"]).lower()],
                             [row[name] for name in ("id", "number", "status", "state", "created", "closed", "user", "user_email",
                                                     "staff", "overdue")])

    def test_a_cell_is_no_formula_and_keeps_its_signs(self):
        subjects = ['=1+1', '+49 30', '-x', '@a', 'a,b', 'say "no"', 'two\nlines', 'a=b', '']
        for i, subject in enumerate(subjects):
            self.desk.sql("UPDATE ost_ticket__cdata SET subject='%s' WHERE ticket_id=%d" % (subject, 101 + i))
        try:
            rows = list(csv.reader(io.StringIO(self.all("csv", sort="id", fields="subject").text, newline="")))
            wanted = ["'" + s if s[:1] in tuple("=+-@") else s.replace("\\n", "\n") for s in subjects]
            self.assertEqual([["subject"]] + [[s] if s else [] for s in wanted], rows[:len(subjects) + 1])
        finally:
            self.desk.sql("UPDATE ost_ticket__cdata SET subject=CONCAT('Subject ',ticket_id)")

    def test_what_has_no_page_takes_none(self):
        for form in ("ndjson", "csv"):
            self.assertEqual("invalid", self.all(form, 422, limit=5).json["error"])
            self.assertEqual("invalid", self.all(form, 422, overdue=1).json["error"])
            answer = self.desk.request("HEAD", "/tickets." + form, key=demo.KEY)
            self.assertEqual((200, b""), (answer.status, answer.body))

    # ---- pages while others write ----------------------------------------------------------------------------------
    def walk(self, fits=lambda ticket: True, **parameters):
        """All pages, with new tickets before and behind every step: each of the old ones comes once."""
        chooser, next_id = random.Random(3), [50001]

        def write():
            random_desk.insert(self.desk, [random_desk.Ticket(chooser, next_id[0] + i) for i in range(5)])
            next_id[0] += 5
        try:
            ids = self.pages(between=write, **parameters)
        finally:
            random_desk.remove(self.desk, 50001)
        self.assertEqual(len(ids), len(set(ids)), "none comes twice")
        wanted = in_order([ticket for ticket in self.tickets if fits(ticket)], parameters.get("sort", "-id"))
        self.assertEqual(wanted, [i for i in ids if i <= 50000], "none is lost, and the order stays")

    def test_none_comes_twice_and_none_is_lost(self):
        for sort in ("-created", "closed", "-number", "updated"):
            with self.subTest(sort=sort):
                self.walk(sort=sort, limit=100)

    def test_nor_where_others_write_what_is_searched_for(self):
        """One word fits equally well wherever it stands: the newest come first."""
        has = lambda ticket: any("pump" in text for text in ticket.texts())
        for parameters in ({}, {"sort": "created"}, {"sort": "-due"}):
            with self.subTest(**parameters):
                self.walk(has, q="pump", limit=20, **parameters)
        self.walk(lambda ticket: has(ticket) and ticket.site == "Pier 4", q="pump", limit=5, **{"field.site": "Pier 4"})
        self.walk(lambda ticket: "012" in ticket.number, q="012", sort="id", limit=5)

    # ---- what is refused -------------------------------------------------------------------------------------------
    def test_values_that_cannot_be(self):
        for parameters, field in (({"limit": "0"}, "limit"), ({"limit": "201"}, "limit"), ({"limit": "1e3"}, "limit"), ({"limit": "-1"}, "limit"), ({"limit": "+5"}, "limit"), ({"limit": "25.0"}, "limit"), ({"limit": ""}, "limit"),
                                  ({"offset": "10001"}, "offset"), ({"page": "0"}, "page"), ({"page": "402"}, "page"),
                                  ({"sort": "subject"}, "sort"), ({"sort": "--id"}, "sort"), ({"state": "new"}, "state"),
                                  ({"fields": "subjct"}, "fields"), ({"created_since": "2026-02-30"}, "created_since"),
                                  ({"overdue": "yes"}, "overdue"), ({"source": "Fax"}, "source"), ({"assigned": "us"}, "assigned"),
                                  ({"stat": "open"}, "stat"), ({"q": ""}, "q"), ({"page": 2, "offset": 5}, "page"),
                                  ({"status": ",".join(["1"] * 51)}, "status")):
            self.refused(field, **parameters)

    def test_names_that_are_nobodys_or_of_several(self):
        for name in ("status", "department", "topic", "staff", "team", "sla", "organization", "user", "priority", "parent"):
            self.assertIn("none is called Nobody", self.refused(name, **{name: "Nobody"}))
        self.assertIn("none is called x@y.example", self.refused("email", email="x@y.example"))
        self.desk.sql("UPDATE ost_help_topic SET topic='Hiring' WHERE topic_id=3")
        try:
            self.assertIn("several are called hiring", self.refused("topic", topic="hiring"))
            self.assertEqual(self.pages(topic=3, limit=200), self.pages(topic="repairs/hiring", limit=200))
        finally:
            self.desk.sql("UPDATE ost_help_topic SET topic='Machine stands still' WHERE topic_id=3")

    def test_a_cursor_is_of_its_own_list_and_whole(self):
        cursor = self.get(status=1, sort="-created", limit=5)["next"]
        self.assertEqual(5, self.get(status=1, sort="-created", limit=5, cursor=cursor)["count"])
        self.assertEqual(5, self.get(status="1", limit=5, fields="id", cursor=cursor)["count"], "what it shows is not the list")
        for parameters in ({"status": 2}, {"status": 1, "sort": "created"}, {"status": 1, "overdue": 1}, {}):
            self.refused("cursor", "malformed", 400, cursor=cursor, **parameters)
        for broken in (cursor[:-1], cursor[:-4], cursor[4:], cursor + "AAAA", "A" + cursor[1:], "x", "=", "%", "ü", "A" * 2000,
                       cursor.swapcase()):
            self.refused("cursor", "malformed", 400, cursor=broken, status=1)
        self.refused("offset", status=1, cursor=cursor, offset=5)

    def test_a_total_has_a_bound(self):
        self.assertEqual(TICKETS, self.get(total=1)["total"])
        self.assertNotIn("total", self.get())

    def test_errors_and_head(self):
        answer = self.desk.get("/tickets.json", key=demo.SWITCHED_OFF_KEY)
        self.assertEqual((401, "key"), (answer.status, answer.json["error"]))
        answer = self.desk.request("HEAD", "/tickets.json", key=demo.KEY)
        self.assertEqual((200, b""), (answer.status, answer.body))
        self.assertEqual(201, self.desk.request("POST", "/tickets.json", key=demo.KEY, body={
            "email": "anna@quay.example", "name": "Anna", "subject": "New", "message": "x"}).status)
        self.desk.sql("DELETE FROM ost_ticket WHERE ticket_id>=%d" % (101 + TICKETS))

    def test_round_trips(self):
        for query, trips in (("", "2"), ("?status=1", "2"), ("?state=open", "3"), ("?status=open&total=1", "4"),
                             ("?sort=-closed&status=3&limit=200", "3"), ("?q=pump", "4"), ("?q=pump&sort=-created", "3"),
                             ("?assigned=me&status=1", "2"), ("?status=1&field.site=x", "3"), ("?queue=52", "5"),
                             ("?status=1&include=entries_last", "3"), ("?q=pump&include=entries_last", "4")):
            # A worker's first one prepares the statement.
            logs = [demo.traced(self.desk, "GET", "/tickets.json" + query, "list-%s-%d" % (abs(hash(query)), i))[1] for i in range(12)]
            self.assertEqual(trips, min(log["round_trips"] for log in logs), query)


class Shapes(unittest.TestCase):
    """What the database does for each filter in each order, over so many tickets that it has a reason to choose well."""

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        random_desk.fill(cls.desk, random.Random(4), 20000, spread=True)
        add_queues(cls.desk)
        cls.desk.sql("ANALYZE TABLE ost_ticket, ost_ticket__cdata, ost_thread, ost_thread_collaborator, ost_user, ost_thread_entry,"
                     "ost__search, ost_user_email")
        cls.desk.sql("SET GLOBAL log_output='TABLE'; SET GLOBAL general_log=1")

    @classmethod
    def tearDownClass(cls):
        cls.desk.sql("SET GLOBAL general_log=0; TRUNCATE mysql.general_log")
        random_desk.drop_fields(cls.desk)
        demo.reset(cls.desk)

    def setUp(self):
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,staff_id) VALUES(1,'read create notes search',%d)" % ME)

    def plan(self, query):
        """The rows of EXPLAIN for the statements about tickets that the request ran, with their values; now and then the log
        lacks them."""
        self.desk.sql("TRUNCATE mysql.general_log")
        answer = self.desk.get("/tickets.json?" + query, key=demo.KEY)
        self.assertEqual(200, answer.status, str(answer))
        texts = self.desk.sql("SELECT REPLACE(argument, '\\n', ' ') FROM mysql.general_log WHERE command_type='Execute' AND "
                              "(argument LIKE '%`ost\\_ticket` t %' OR argument LIKE '%COUNT(%') ORDER BY event_time")
        self.assertTrue(texts, query)
        return [dict(zip(("id", "select", "table", "type", "possible", "key", "length", "ref", "rows", "extra"), row))
                for text, in texts for row in self.desk.sql("EXPLAIN " + text.replace("?,?", "0,26").replace("?", "1"))]

    def assert_cheap(self, **parameters):
        """No step reads a whole table that grows with tickets: at most one of its indexes, without a row."""
        with self.subTest(**parameters):
            for step in self.plan(urllib.parse.urlencode(parameters)):
                if step["table"] in ("t", "n", "w", "e", "h", "c", "s"):
                    self.assertNotEqual("ALL", step["type"], step)
                if step["table"] == "n":
                    self.assertIn("Using index", step["extra"], step)

    def test_no_page_reads_all_tickets(self):
        """Filters that let few through; a filter that lets all through is as good as none."""
        filters = {"status": "1", "state": "open", "department": "1,2", "topic": "3", "staff": "tokafor", "team": "1", "sla": "2",
                   "user": "anna@quay.example", "organization": "1", "collaborator": "1", "number": "R00001,R00002", "parent": "id:1",
                   **{name + "_since": "2026-03-01" for name in ("created", "updated", "closed")},
                   **{name + "_before": "2025-06-05" for name in ("created", "updated", "closed")}}
        for sort in sorted(SORTS):
            for i, name in enumerate([None] * (sort not in ("due", "priority")) + sorted(filters)):
                parameters = {"sort": ("", "-")[i % 2] + sort, **({name: filters[name]} if name else {})}
                with self.subTest(**parameters):
                    for step in self.plan(urllib.parse.urlencode(parameters)):
                        self.assertFalse(step["table"] == "t" and step["type"] == "ALL", step)

    def test_no_page_of_a_key_that_sees_some_tickets_reads_all(self):
        """Each reason for which a ticket is seen by its own index: the whole, a filter and an order more, and the count."""
        self.desk.sql("UPDATE ost_staff SET dept_id=1 WHERE staff_id=2; DELETE FROM ost_staff_dept_access;"
                      "UPDATE ost_department SET manager_id=0; UPDATE ost_organization SET status=16;"
                      "INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) SELECT id,2,'S',NOW() FROM ost_thread LIMIT 9;"
                      "UPDATE ost_ticket SET flags=17 WHERE ticket_id BETWEEN 101 AND 110; ANALYZE TABLE ost_thread_referral")
        for view in ("view='staff',staff_id=2", "view='user',view_id=1", "view='org',view_id=1", "view='all',depts='1 2'"):
            self.desk.sql("REPLACE INTO fcgi_ost_key SET key_id=1,scopes='read'," + view)
            for query in ("", "sort=-closed", "sort=number&state=closed", "created_since=2025-06-02&sort=id", "answered=1&sort=-updated"):
                with self.subTest(view=view, query=query):
                    for step in self.plan(query):
                        self.assertFalse(step["table"] in ("t", "vn", "y") and step["type"] == "ALL", step)

    def test_what_no_index_sorts_is_sorted_by_ids_before_entries_are_counted(self):
        for query in ("sort=priority&state=open", "sort=-due&state=open", "organization=1", "organization=1&sort=number"):
            with self.subTest(query=query):
                self.assertTrue(any(step["table"].startswith("<derived") for step in self.plan(query)), self.plan(query))

    def test_no_search_of_such_a_key_reads_all(self):
        for view in ("view='staff',staff_id=2", "view='user',view_id=1", "view='org',view_id=1", "view='all',depts='1 2'"):
            self.desk.sql("REPLACE INTO fcgi_ost_key SET key_id=1,scopes='read search'," + view)
            for q in ("pump crane", "01234"):
                self.assert_cheap(q=q)
                self.assert_cheap(q=q, sort="-closed", total=1)

    def test_no_search_reads_all_tickets(self):
        """Each way to search, in each order and best first, alone and with what else a list may be asked for."""
        for q in ("pump crane", "+pump -crane", '"pump rotor"', "pum*", "01234", "anna@quay.example", "@quay.ex"):
            self.assert_cheap(q=q)
            cursor = self.desk.get("/tickets.json?limit=1&" + urllib.parse.urlencode({"q": q}), key=demo.KEY).json["next"]
            self.assert_cheap(q=q, total=1, **({"cursor": cursor} if cursor else {}))
            for sort in sorted(SORTS):
                self.assert_cheap(q=q, sort="-" + sort, total=1)
        for parameters in ({"state": "open"}, {"overdue": 1}, {"field.site": "Pier 4"}, {"queue": 52}, {"assigned": "me"},
                           {"created_since": "2025-08-01"}, {"include": "entries_last"}, {"priority": "High"}, {"offset": 30}):
            self.assert_cheap(q="pump", **parameters)
            self.assert_cheap(q="pump", sort="closed", **parameters)

    def test_nor_does_a_queue_a_field_or_a_last_entry(self):
        for queue in QUEUES:
            for sort in ({}, {"sort": "-created"}, {"sort": "priority"}):
                self.assert_cheap(queue=queue, **sort)
        self.assert_cheap(assigned="me")
        for narrow in ({"state": "open"}, {"department": 2}, {"created_since": "2026-02-01"}, {"assigned": "me"}, {"queue": 51}):
            self.assert_cheap(**narrow, **{"field.site": "Pier 4", "field.kind": "New,b"})
            self.assert_cheap(**narrow, include="entries_last", sort="-updated", total=1)
        self.assert_cheap(include="entries_last")


if __name__ == "__main__":
    unittest.main()
