# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys that see some tickets only: over a help desk made at random, each of their answers is searched for what is not theirs, and
each of their lists is what a slow reckoning of access says."""
import random
import re
import unittest
import urllib.parse

import client_tokens
import demo
import shared_world

TICKETS = 240
WORD = re.compile(r"tk[A-Z]\d+")
ADDRESS = re.compile(r"203\.0\.113\.\d+")
SCOPES = "read notes files search"
CLIENTS = [("user", i) for i in (1, 2, 3, 5, 8, 9, 10, 13)] + [("org", 2)]
AGENTS = [("staff", i) for i in range(21, 29)]
# Of one ticket: what a client is shown, and what no ticket has for him.
SHOWN = (".json?include=all", ".json?fields=parent,user,organization", "/entries.json", "/entries.json?order=desc&limit=2", "/entries.json?type=N", "/entries.json?body=text",
         "/attachments.json", "/collaborators.json", "/related.json")
HIDDEN = ("/events.json", "/referrals.json", "/tasks.json")


class Views(unittest.TestCase):
    clients, token = CLIENTS, None

    def signed_in(self):
        return client_tokens.bearer(self.token) if self.token else {}

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.world = shared_world.World(random.Random(7), TICKETS)
        shared_world.fill(cls.desk, cls.world)

    @classmethod
    def tearDownClass(cls):
        cls.desk.sql("DELETE FROM fcgi_ost_key; DELETE FROM fcgi_ost_token")
        demo.reset(cls.desk)

    def become(self, view, departments=None, scopes=SCOPES):
        kind, i = view
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,staff_id,view,view_id,depts) VALUES(1,'%s',%s,'%s',%s,%s)" % (
            scopes, i if kind == "staff" else "NULL", kind, "NULL" if kind in ("staff", "all") else i,
            "NULL" if departments is None else "'%s'" % " ".join(map(str, departments))))

    def setting(self, key, value):
        self.desk.sql("DELETE FROM ost_config WHERE namespace='core' AND `key`='%s'; INSERT INTO ost_config(namespace,`key`,value) "
                      "VALUES('core','%s','%s')" % (key, key, value))

    def ask(self, path, status=200, **more):
        headers = {**more.pop("headers", {}), **self.signed_in()}
        answer = self.desk.get("/tickets" + path, key=None if self.token else demo.KEY, headers=headers, **more)
        if status:
            self.assertEqual(status, answer.status, "%s: %s" % (path, answer))
        return answer

    def listed(self, **parameters):
        """The ids of all pages, with a total that fits."""
        ids, more = [], {}
        while True:
            answer = self.ask(".json?" + urllib.parse.urlencode({"fields": "id", "limit": 40, "total": 1, **parameters, **more})).json
            ids += [ticket["id"] for ticket in answer["tickets"]]
            if not answer["has_more"]:
                self.assertEqual(len(ids), answer["total"], parameters)
                self.assertEqual(len(ids), len(set(ids)), "none comes twice")
                return ids
            more = {"cursor": answer["next"]}

    def reckoned(self, view, fits=lambda ticket: True):
        return sorted(t.id for t in self.world.tickets.values() if self.world.lists(view, t) and fits(t))


class Clients(Views):
    def words_of(self, answer):
        text = answer.text + "\n" + "\n".join("%s: %s" % (name, value) for name, values in answer.headers.items() for value in values)
        self.assertIsNone(ADDRESS.search(text), text)
        return set(WORD.findall(urllib.parse.unquote(text)))

    def everything(self, view):
        """The words of all answers that a client can get, and what is counted in them."""
        found = set()
        for query in ("?limit=200&total=1", "?sort=-closed&limit=200", "?sort=number&state=closed", "?sort=last_update&state=open,archived,deleted"):
            found |= self.words_of(self.ask(".json" + query))
        found |= self.words_of(self.ask(".ndjson")) | self.words_of(self.ask(".csv"))
        found |= self.words_of(self.ask(".json?limit=200&include=entries_last&body=text"))
        for ticket in self.world.tickets.values():
            if self.world.sees(view, ticket):
                found |= self.of_ticket(view, ticket)
        return found

    def of_ticket(self, view, ticket):
        found, entries = set(), self.world.shown_entries(view, ticket)
        files = self.world.files_of(entries)
        for path in (SHOWN[0], *(SHOWN[1 + (ticket.id * 2 + k) % (len(SHOWN) - 1)] for k in range(2))):
            found |= self.words_of(self.ask("/tkT%d%s" % (ticket.id, path)))
        shown = self.ask("/id:%d.json?include=entries,attachments" % ticket.id).json
        self.assertEqual((len(entries), len(files)), (shown["ticket"]["entries"], shown["ticket"]["attachments"]), ticket.id)
        self.assertEqual(sorted(e.id for e in entries), [e["id"] for e in shown["entries"]])
        self.assertEqual(sorted(f.id for f in files), sorted(f["id"] for f in shown["attachments"]))
        for entry in self.world.entries_of(ticket):
            if entry in entries and entry.id % 3:
                continue
            answer = self.ask("/tkT%d/entries/%d.json" % (ticket.id, entry.id), 200 if entry in entries else 404)
            found |= self.words_of(answer)
        for file in self.world.files.values():
            if self.world.entries[file.entry] in self.world.entries_of(ticket):
                answer = self.ask("/tkT%d/attachments/%d" % (ticket.id, file.id), 200 if file in files else 404)
                found |= self.words_of(answer)
        return found

    def test_no_answer_tells_of_another_client_a_note_or_an_agent(self):
        for view in self.clients:
            with self.subTest(view=view):
                self.become(view)
                found, allowed = self.everything(view), self.world.words(view)
                self.assertEqual(set(), found - allowed, "told")
                self.assertEqual(set(), allowed - found, "kept from him")

    def test_names_of_agents_are_hidden_where_the_help_desk_hides_them(self):
        self.setting("hide_staff_name", "1")
        self.world.hides_staff = True
        try:
            for view in self.clients[1:3]:
                self.become(view)
                self.assertEqual(self.world.words(view), self.everything(view))
        finally:
            self.world.hides_staff = False
            self.setting("hide_staff_name", "0")

    def test_lists_have_what_the_portal_lists(self):
        for collaborators in (True, False):
            self.setting("collaborator_ticket_visibility", str(int(collaborators)))
            self.world.collaborator_lists = collaborators
            for view in self.clients:
                with self.subTest(view=view, collaborators=collaborators):
                    self.become(view)
                    for sort in ("-closed", "-created", "number"):
                        self.assertEqual(self.reckoned(view), sorted(self.listed(sort=sort)))
                    self.assertEqual(self.reckoned(view, lambda t: t.status in (1, 6)), self.listed(state="open", sort="id"))
                    self.assertEqual(self.reckoned(view, lambda t: t.user == 2), self.listed(user="2", sort="id"))
        self.setting("collaborator_ticket_visibility", "1")
        self.world.collaborator_lists = True

    def test_pages_are_in_the_order_that_is_asked_for(self):
        view = max(self.clients, key=lambda view: len(self.reckoned(view)))
        self.become(view)
        wanted = sorted(self.reckoned(view), key=lambda i: (self.world.tickets[i].created, i))
        self.assertGreater(len(wanted), 20)
        self.assertEqual(wanted, self.listed(sort="created", limit=7))
        self.assertEqual(wanted[::-1], self.listed(sort="-created", limit=7))
        ids = [t["id"] for t in self.ask(".json?sort=created&offset=5&limit=6&fields=id").json["tickets"]]
        self.assertEqual(wanted[5:11], ids)
        lines = self.ask(".ndjson?sort=created&fields=id").text.splitlines()
        self.assertEqual(['{"id":%d}' % i for i in wanted], lines)

    def test_a_ticket_of_others_is_as_one_that_is_not_there(self):
        def shape(answer):
            return answer.status, answer.body, sorted(name for name in answer.headers)
        paths = SHOWN + HIDDEN + ("/entries/1.json", "/attachments/1")
        for view in self.clients[1:2] + self.clients[-1:]:
            self.become(view)
            for i, ticket in enumerate(self.world.tickets.values()):
                for path in (paths[i % len(paths)],):
                    missing = self.ask("/none%d%s" % (ticket.id, path), 404)
                    if not self.world.sees(view, ticket) or path in HIDDEN:
                        self.assertEqual(shape(missing), shape(self.ask("/tkT%d%s" % (ticket.id, path), 404)), path)
                        self.assertEqual(shape(missing), shape(self.ask("/id:%d%s" % (ticket.id, path), 404)), path)

    def test_it_takes_as_many_round_trips(self):
        self.become(("user", 1))
        other = next(t for t in self.world.tickets.values() if not self.world.sees(("user", 1), t))
        for path in SHOWN + HIDDEN:
            trips = {min(demo.traced(self.desk, "GET", "/tickets/%s%s" % (name, path), "trips-%s-%s-%d-%d" % (type(self).__name__, abs(hash(path)), k, i),
                                      key=None if self.token else demo.KEY, headers=self.signed_in())[1]["round_trips"]
                         for i in range(8)) for k, name in enumerate(("none", "tkT%d" % other.id))}
            self.assertEqual({"2"}, trips, path)

    def test_the_last_entry_is_the_last_that_he_is_shown(self):
        for view in CLIENTS:
            self.become(view)
            for ticket in self.ask(".json?limit=100&include=entries_last&fields=id").json["tickets"]:
                shown = self.ask("/id:%d/entries.json?limit=500" % ticket["id"]).json["entries"]
                last = max(shown, key=lambda e: (e["created"], e["id"]), default=None)
                if last:
                    del last["attachments"]
                self.assertEqual(last, ticket["entries_last"], (view, ticket["id"]))

    def test_departments_and_topics_are_those_that_he_is_shown(self):
        for view in CLIENTS:
            self.become(view)
            shown = self.ask(".json?limit=200&fields=id,department,topic").json["tickets"]
            for name in ("department", "topic"):
                for i in range(0, 12):
                    wanted = sorted(t["id"] for t in shown if t[name] and t[name]["id"] == i)
                    self.assertEqual(wanted, sorted(self.listed(**{name: i})), (view, name, i))
                    if i:
                        lines = self.ask(".ndjson?fields=id&%s=%d" % (name, i)).text.splitlines()
                        self.assertEqual(wanted, sorted(int(line[6:-1]) for line in lines))

    def test_a_search_finds_what_he_is_shown_and_nothing_else(self):
        self.desk.sql("DELETE FROM ost__search; INSERT INTO ost__search(object_type,object_id,title,content) "
                      "SELECT 'H',id,'',CONCAT('wordof',id,' ',IF(type='N','wordofnotes','wordofothers')) FROM ost_thread_entry")
        try:
            for view in CLIENTS[:3] + CLIENTS[-1:]:
                self.become(view)
                self.assertEqual([], self.listed(q="wordofnotes"), "of notes not even his own")
                for entry in self.world.entries.values():
                    if entry.id % 7 == view[1] % 7:
                        stands_in = self.world.tickets[entry.thread - 1000]
                        found = entry.type != "N" and self.world.shows_entry(view, entry) and self.world.lists(view, stands_in)
                        self.assertEqual([stands_in.id] if found else [], self.listed(q="wordof%d" % entry.id), (view, entry.id, entry.type))
                self.assertEqual(422, self.ask(".json?queue=1", None).status)
        finally:
            self.desk.sql("DELETE FROM ost__search")

    def test_what_a_client_is_not_shown_cannot_be_found_out_by_asking(self):
        self.become(("user", 2))
        for query in ("staff=21", "staff=tkL21", "team=1", "sla=1", "assigned=yes", "unassigned=1", "overdue=1", "due_since=2025-01-01", "sort=due",
                      "sort=-priority", "priority=4", "queue=1", "department=tkD2", "topic=tkP3", "field.site=x", "email=tkA3@mail.example", "organization=tkO1",
                      "organization=1", "user=tkA3@mail.example", "collaborator=tkA3@mail.example", "fields=staff", "fields=id,due"):
            for form in ("json", "ndjson", "csv"):
                answer = self.ask(".%s?%s" % (form, query), 422).json
                self.assertEqual([query.split("=")[0]], list(answer["errors"]), query)
        for include in ("events", "referrals", "tasks", "lock"):
            self.ask("/tkT1.json?include=" + include, 422)
        for ticket in self.world.tickets.values():
            if ticket.parent and not self.world.sees(("user", 2), self.world.tickets[ticket.parent]):
                told = [self.ask(".json?parent=" + parent, None) for parent in ("none9", "tkT%d" % ticket.parent)]
                self.assertEqual(told[0].text.replace("none9", "X"), told[1].text.replace("tkT%d" % ticket.parent, "X"))
                self.assertEqual(0, self.ask(".json?total=1&parent=id:%d" % ticket.parent).json["total"])

    def test_members_that_are_not_for_clients_are_not_there(self):
        self.become(("user", 2))
        ticket = self.world.tickets[self.reckoned(("user", 2))[0]]
        answer = self.ask("/tkT%d.json?include=all" % ticket.id).json
        self.assertEqual([], [name for name in ("staff", "team", "sla", "due", "due_set", "overdue", "tasks_open") if name in answer["ticket"]])
        self.assertIsNone(answer["ticket"]["priority"], "a field that is not for clients")
        self.assertEqual(["ticket", "entries", "attachments", "collaborators", "fields", "related", "organization", "version", "status_code",
                          "status_msg"], list(answer))
        self.desk.sql("UPDATE ost_form_field SET flags=flags|256 WHERE id=22")
        self.assertEqual("Emergency", self.ask("/tkT%d.json" % ticket.id).json["ticket"]["priority"]["name"])
        self.desk.sql("UPDATE ost_form_field SET flags=flags&~256 WHERE id=22")

    def test_a_version_tells_of_nothing_that_is_not_shown(self):
        self.become(("user", 2))
        ticket = next(t for t in self.world.tickets.values() if t.user == 2 and not t.parent and not t.flags)
        path, entry = "/tkT%d.json?include=all" % ticket.id, max(self.world.entries) + 1
        tag = self.ask(path).header("ETag")
        undo = ("DELETE FROM ost_thread_entry WHERE id>=%d; UPDATE ost_ticket SET staff_id=%d,team_id=%d,sla_id=1,isoverdue=%d WHERE ticket_id=%d;"
                "UPDATE ost_ticket SET ticket_pid=NULL WHERE ticket_pid=%d" % (entry, ticket.staff, ticket.team, ticket.id % 2, ticket.id, ticket.id))
        other = next(t for t in self.world.tickets.values() if not self.world.sees(("user", 2), t) and not t.parent)
        written = "INSERT INTO ost_thread_entry(id,thread_id,staff_id,user_id,type,body,created,updated) VALUES(%d,%d,%d,%d,'%s','x',NOW(),NOW())"
        try:
            for change in (written % (entry, ticket.thread, 21, 0, "N"), "UPDATE ost_ticket SET staff_id=22,team_id=2,sla_id=0,isoverdue=1 "
                           "WHERE ticket_id=%d" % ticket.id, "UPDATE ost_ticket SET ticket_pid=%d WHERE ticket_id=%d" % (ticket.id, other.id),
                           "UPDATE ost_form_entry_values SET value='y' WHERE entry_id=%d AND field_id=901" % ticket.id,
                           "UPDATE ost_task SET flags=0 WHERE object_id=%d" % ticket.id,
                           "INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,timestamp) VALUES(%d,'T',4,0,0,0,0,NOW())" % ticket.thread):
                self.desk.sql(change)
                self.ask(path, 304, headers={"If-None-Match": tag})
            for change in (written % (entry + 1, ticket.thread, 0, 2, "M"), "UPDATE ost_form_entry_values SET value='y' WHERE entry_id=%d AND field_id=900" % ticket.id,
                           written % (entry + 2, ticket.thread, 0, 2, "N")):
                self.desk.sql(change)
                new = self.ask(path, headers={"If-None-Match": tag}).header("ETag")
                self.assertNotEqual(tag, new, change)
                tag = new
        finally:
            self.desk.sql(undo)
            for field, letter in ((900, "V"), (901, "X")):
                self.desk.sql("UPDATE ost_form_entry_values SET value='tk%s%d' WHERE entry_id=%d AND field_id=%d" % (
                    letter, ticket.id * 1000 + field, ticket.id, field))

    def test_a_tag_of_one_client_is_not_anothers(self):
        shared = next(t for t in self.world.tickets.values() for u in t.collaborators if t.user != u)
        tags = set()
        for user in [shared.user, *shared.collaborators]:
            self.become(("user", user))
            tags.add(self.ask("/tkT%d.json" % shared.id).header("ETag"))
        self.assertEqual(1 + len(shared.collaborators - {shared.user}), len(tags))

    def test_a_number_that_others_have_too(self):
        mine = next(t for t in self.world.tickets.values() if t.user == 2 and t.status == 1)
        other = next(t for t in self.world.tickets.values() if not self.world.sees(("user", 2), t) and t.id < mine.id or t.id == 1)
        self.assertFalse(self.world.sees(("user", 2), other))
        self.desk.sql("UPDATE ost_ticket SET number='tkT%d' WHERE ticket_id=%d" % (mine.id, other.id))
        try:
            self.become(("user", 2))
            self.assertEqual(mine.id, self.ask("/tkT%d.json" % mine.id).json["ticket"]["id"])
            self.become(("all", 0))
            self.assertEqual("ambiguous", self.ask("/tkT%d.json" % mine.id, 409).json["error"])
        finally:
            self.desk.sql("UPDATE ost_ticket SET number='tkT%d' WHERE ticket_id=%d" % (other.id, other.id))

    def test_whoever_is_gone_sees_nothing(self):
        for view in (("user", 999), ("user", 0), ("org", 0), ("org", 99), ("staff", 99)):
            self.become(view)
            answer = self.ask(".json?total=1").json
            self.assertEqual(([], 0, None), (answer["tickets"], answer["total"], answer["next"]))
            self.assertEqual("", self.ask(".ndjson").text)
            self.ask("/tkT1.json", 404)
        self.desk.sql("UPDATE fcgi_ost_key SET view='friend'")
        self.assertEqual([], self.ask(".json").json["tickets"])

    def test_a_cursor_is_of_use_in_one_view_only(self):
        self.become(("user", 2))
        cursor = self.ask(".json?limit=1").json["next"]
        self.become(("user", 3))
        self.ask(".json?limit=1&cursor=" + cursor, 400)


class ClientsWithTokens(Clients):
    """The same, of clients who show tokens, whose key sees all."""
    clients = [("user", i) for i in (2, 8, 13)]

    def become(self, view, departments=None, scopes=SCOPES):
        self.token = None
        if view[0] != "user":
            return super().become(view, departments, scopes)
        client_tokens.let_sign(self.desk, scopes="* ")
        self.token = client_tokens.token("user:%d" % view[1])

    def test_whoever_is_gone_sees_nothing(self):
        self.become(("user", 999))
        self.ask(".json", 401)
        self.ask("/tkT1.json", 401)

    def test_a_list_of_tickets_shows_these_and_of_them_what_is_his(self):
        for view in self.clients:
            self.become(view)
            own = self.reckoned(view)
            for chosen in (own[:3], own[:1] + [t.id for t in self.world.tickets.values() if not self.world.sees(view, t)][:15], []):
                self.token = client_tokens.token("user:%d" % view[1], tickets=["tkT%d" % i for i in chosen])
                self.assertEqual([i for i in own if i in chosen], self.listed(sort="id"))
                for ticket in list(self.world.tickets.values())[::7] + [self.world.tickets[i] for i in chosen]:
                    self.ask("/tkT%d.json" % ticket.id, 200 if ticket.id in chosen and self.world.sees(view, ticket) else 404)
                found = set().union(*(self.words_of(self.ask(path)) for path in (".json?limit=200&total=1", ".ndjson", ".csv")))
                told = {int(word[3:]) for word in found if word.startswith("tkT")}
                self.assertEqual(set(), told - set(chosen))

    def test_a_search_finds_what_is_shown_and_counts_nothing_else(self):
        for view in self.clients:
            self.become(view)
            for entry in list(self.world.entries.values())[::23]:
                ticket = self.world.tickets[entry.ticket]
                for name in ("tkE%d" % entry.id, "tkT%d" % ticket.id):
                    answer = self.ask(".json?total=1&q=" + name).json
                    self.assertEqual([], [t["id"] for t in answer["tickets"] if not self.world.sees(view, self.world.tickets[t["id"]])])
                    self.assertEqual(len(answer["tickets"]), answer["total"])

    def test_what_a_message_is_answered_with_is_his_too(self):
        for view in self.clients:
            self.become(view)
            allowed = self.world.words(view)
            for ticket in list(self.world.tickets.values())[::3]:
                answer = self.desk.request("POST", "/tickets/tkT%d/message.json" % ticket.id, body={"message": "x", "dry_run": True}, headers=self.signed_in())
                self.assertIn(answer.status, (201, 409) if self.world.sees(view, ticket) else (404,), answer.text)
                self.assertEqual(set(), self.words_of(answer) - allowed)


class Agents(Views):
    def test_lists_are_what_an_agent_may_access(self):
        for view in AGENTS:
            with self.subTest(view=view):
                self.become(view)
                for sort in ("id", "-created", "-closed"):
                    self.assertEqual(self.reckoned(view), sorted(self.listed(sort=sort)))
                self.assertEqual(self.reckoned(view, lambda t: t.department == 3), self.listed(department="3", sort="id"))
                self.assertEqual(self.reckoned(view, lambda t: t.id % 2), self.listed(overdue=1, sort="id"))

    def test_a_list_has_what_can_be_read_and_nothing_else(self):
        for view in AGENTS:
            self.become(view)
            for ticket in list(self.world.tickets.values())[view[1] % 3::3]:
                self.ask("/tkT%d.json?fields=id" % ticket.id, 200 if self.world.sees(view, ticket) else 404)

    def test_departments_narrow_whatever_else_is_seen(self):
        for view in (("all", 0), ("staff", 21), ("user", 2), ("org", 2)):
            for departments in ((1,), (2, 3, 4), ()):
                self.become(view, departments)
                wanted = [t.id for t in self.world.tickets.values() if t.department in departments and (view[0] == "all" or self.world.lists(view, t))]
                self.assertEqual(wanted, self.listed(sort="id"), (view, departments))

    def test_an_agent_of_thousands_of_departments(self):
        view = AGENTS[0]
        wanted = self.reckoned(view)
        self.desk.sql("INSERT INTO ost_department(id,name,signature,path,created,updated) SELECT 1000+seq,CONCAT('many',seq),'',CONCAT('/',1000+seq,'/'),NOW(),NOW() "
                      "FROM seq_1_to_3000; INSERT INTO ost_staff_dept_access(staff_id,dept_id,role_id,flags) SELECT %d,1000+seq,1,1 FROM seq_1_to_3000" % view[1])
        try:
            self.become(view, scopes=SCOPES + " search stats")
            for more in ({}, {"q": "tkS*"}, {"department": "1001"}):
                found = self.ask(".json?" + urllib.parse.urlencode({"fields": "id", "limit": 200, "total": 1, **more})).json
                if not more:
                    self.assertEqual(wanted, sorted(t["id"] for t in found["tickets"]) if not found["has_more"] else wanted)
                    self.assertEqual(len(wanted), found["total"])
            self.assertEqual(wanted, self.listed(sort="id"))
        finally:
            self.desk.sql("DELETE FROM ost_department WHERE id>1000; DELETE FROM ost_staff_dept_access WHERE dept_id>1000")

    def test_whether_an_address_exists_is_not_told(self):
        self.become(min(AGENTS, key=lambda view: len(self.reckoned(view))), (9,))
        for parameter in ("user", "email", "collaborator"):
            hidden = [user for user in self.world.users if not self.listed(**{parameter: "tkA%d@mail.example" % user})]
            self.assertTrue(hidden, "somebody none of whose tickets he sees")
            told = {self.ask(".json?%s=%s" % (parameter, address)).text for address in ("tkA%d@mail.example" % hidden[0], "nobody@mail.example")}
            self.assertEqual(1, len(told), parameter)
        self.become(("all", 0))
        self.ask(".json?email=nobody@mail.example", 422)

    def test_a_ticket_above_that_is_not_seen_is_not_named(self):
        for view in AGENTS[:3]:
            self.become(view)
            for line in self.ask(".ndjson?sort=id&fields=id,parent").text.splitlines():
                ticket = self.world.tickets[int(re.search(r'"id":(\d+)', line).group(1))]
                seen = ticket.parent and self.world.sees(view, self.world.tickets[ticket.parent])
                self.assertEqual("tkT%s" % (ticket.parent if seen else ""), "tkT" + "".join(re.findall(r"tkT(\d+)", line)))
            for ticket in self.world.tickets.values():
                if self.world.sees(view, ticket) and (ticket.parent or ticket.flags):
                    related = self.ask("/tkT%d/related.json" % ticket.id).json["related"]
                    around = ([related["parent"]] if related["parent"] else []) + related["children"]
                    wanted = [t.id for t in [self.world.tickets.get(ticket.parent), *self.world.children(ticket)] if t and self.world.sees(view, t)]
                    self.assertEqual(sorted(wanted), sorted(t["id"] for t in around))

    def test_agents_are_shown_all_of_a_ticket(self):
        self.become(("staff", 21))
        ticket = self.world.tickets[self.reckoned(("staff", 21))[0]]
        narrowed = self.ask("/tkT%d.json?include=all" % ticket.id).json
        self.become(("all", 0))
        whole = self.ask("/tkT%d.json?include=all" % ticket.id).json
        for answer in (narrowed, whole):
            del answer["related"], answer["ticket"]["parent"]
        self.assertEqual(whole, narrowed)

    def test_round_trips_of_a_list(self):
        for view, trips in ((("staff", 21), "3"), (("user", 2), "3"), (("org", 2), "3")):
            self.become(view)
            logs = [demo.traced(self.desk, "GET", "/tickets.json?limit=5", "narrow-%s-%d" % (view[0], i))[1] for i in range(12)]
            self.assertEqual(trips, min(log["round_trips"] for log in logs), view)


del Views  # has no tests of its own


if __name__ == "__main__":
    unittest.main()
