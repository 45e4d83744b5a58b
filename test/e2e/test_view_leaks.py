# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys of agents who see some tickets only, and of some departments, as somebody hostile would use them: over a help desk made
at random, every word of every answer has to be of a ticket that the key sees, every number has to be what is reckoned of these,
and nothing that is sent may tell whether something else is there. Of clients: test_views.py."""
import collections
import json
import random
import re
import unittest
import urllib.parse

import demo
import shared_world

TICKETS = 90
WORD = re.compile(r"tk[A-Z]\d+")
SCOPES = "read files search stats changes users orgs catalog"
# View, departments, with notes.
KEYS = [(("staff", i), None, i % 2 == 0) for i in range(21, 29)] + [
    (("all", 0), (1,), True), (("all", 0), (2, 5, 7), False), (("all", 0), (), True), (("staff", 21), (2, 3, 4, 5), False),
    (("staff", 24), (1, 6), True), (("staff", 99), None, True)]
PARTS = ("/entries.json", "/entries.json?order=desc&limit=2", "/entries.json?type=N", "/entries.json?body=text", "/events.json", "/attachments.json",
         "/collaborators.json", "/related.json", "/referrals.json", "/tasks.json", ".json?fields=parent,user,organization,entries,attachments")
EVENT = ("INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,data,username,uid_type,timestamp) "
         "SELECT %d,'T',e.id,0,0,1,0,'%s','SYSTEM','S',NOW() FROM ost_event e WHERE e.name='%s';")


class Key:
    """What one of these keys may be told."""

    def __init__(self, world, view, departments, notes):
        self.world, self.view, self.departments, self.notes = world, view, departments, notes
        self.tickets = [t for t in world.tickets.values() if self.sees(t)]

    def sees(self, ticket):
        return (self.departments is None or ticket.department in self.departments) and (
            self.view[0] == "all" or (self.view[1] in self.world.staff and self.world.sees(self.view, ticket)))

    def entries(self, ticket):
        return [e for e in self.world.entries_of(ticket) if not e.flags & shared_world.FLAG_SUPERSEDED and (self.notes or e.type != "N")]

    def people(self, users):
        return {"tk%s%d" % (letter, user) for user in users for letter in "UA"}

    def words(self):
        found = {"tkL21", "tkD1"} if self.tickets else set()  # who did what there is in events, whose their tasks are
        for t in self.tickets:
            found |= {"tk%s%d" % (letter, t.id) for letter in "TSZK"} | {"tkD%d" % t.department, "tkQ1"} | self.people([t.user, *t.collaborators])
            found |= {"tkH%d" % t.topic} if t.topic else set()
            found |= {"tkG%d" % t.team} if t.team else set()
            found |= {"tkL%d" % t.staff, "tkW%d" % t.staff} if t.staff else set()
            organization = self.world.users[t.user].organization
            found |= {"tkO%d" % organization} if organization else set()
            for kind, i in t.referrals:
                found |= {"tkL%d" % i, "tkW%d" % i} if kind == "S" else {"tk%s%d" % ("G" if kind == "E" else "D", i)}
            found |= {"tk%s%d" % ("V" if flags & 256 else "X", t.id * 1000 + field) for field, (flags, _) in shared_world.FIELDS.items()}
            found |= {"tkB%d" % field for field in shared_world.FIELDS}
            entries = self.entries(t)
            # That somebody wrote what was superseded is a change of the ticket.
            found |= {"tkL%d" % e.staff for e in self.world.entries_of(t) if e.staff and (self.notes or e.type != "N")}
            for e in entries:
                found |= {"tkE%d" % e.id, "tkI%d" % e.id}
                found |= self.people([e.user]) if e.user else set()
                found |= {"tkL%d" % e.staff, "tkW%d" % e.staff} if e.staff else set()
            found |= {"tk%s%d" % (letter, f.id) for f in self.world.files_of(entries) for letter in "FC"}
        return found


class Leaks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.world = shared_world.World(random.Random(19), TICKETS)
        shared_world.fill(cls.desk, cls.world)
        # Who got an entry's mail is the entry's own; names of others are no leak there.
        cls.desk.sql("UPDATE ost_thread_entry SET recipients=NULL")
        cls.desk.sql("".join(EVENT % (1000 + t.parent, json.dumps({"ticket": "Ticket #tkT%d" % t.id, "id": t.id}),
                                      "linked" if t.flags & shared_world.LINKED else "merged") +
                             EVENT % (1000 + t.id, json.dumps({"ticket": "Ticket #tkT%d" % t.parent, "id": t.parent}),
                                      "linked" if t.flags & shared_world.LINKED else "merged")
                             for t in cls.world.tickets.values() if t.parent))
        # The index has what osTicket puts there, of superseded texts and of notes as well.
        rows = ["('T',%d,'tkT%d tkS%d','tkX%d')" % (t.id, t.id, t.id, t.id * 1000 + 901) for t in cls.world.tickets.values()]
        rows += ["('H',%d,'tkI%d','tkE%d everywhere')" % (e.id, e.id, e.id) for e in cls.world.entries.values()]
        rows += ["('U',%d,'tkU%d','')" % (u, u) for u in cls.world.users]
        cls.desk.sql("DELETE FROM ost__search; INSERT INTO ost__search(object_type,object_id,title,content) VALUES" + ",".join(rows))

    @classmethod
    def tearDownClass(cls):
        cls.desk.sql("DELETE FROM fcgi_ost_key")
        demo.reset(cls.desk)

    def become(self, key):
        kind, i = key.view
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,staff_id,view,depts) VALUES(1,'%s',%s,'%s',%s)" % (
            SCOPES + " notes" * key.notes, i if kind == "staff" else "NULL", kind,
            "NULL" if key.departments is None else "'%s'" % " ".join(map(str, key.departments))))

    def ask(self, path, status=200, **more):
        answer = self.desk.get(path, key=demo.KEY, **more)
        if status:
            self.assertEqual(status, answer.status, "%s: %s" % (path, answer))
        return answer

    def words_of(self, answer):
        return set(WORD.findall(urllib.parse.unquote(answer.text + "\n" + str(answer.headers))))

    def keys(self):
        for rules in KEYS:
            key = Key(self.world, *rules)
            self.become(key)
            yield key

    def everything(self, key):
        found = set()
        for query in ("limit=200&total=1", "limit=200&include=entries_last", "limit=200&sort=-closed&include=entries_last&body=text",
                      "q=everywhere&limit=200", "q=tk*&limit=200&sort=id", "state=archived,deleted,closed", "parent=id:1,id:2,id:3"):
            for form in ("json", "ndjson", "csv"):
                text = query if form == "json" else re.sub(r"(limit=\d+|total=1)&?", "", query)
                found |= self.words_of(self.ask("/tickets.%s?%s" % (form, text)))
        for path in ("/users.json?limit=200", "/organizations.json?limit=200", "/users.json?q=tkA&limit=200", "/organizations.json?q=tkO",
                     *("/stats.json?group=" + group for group in ("staff", "team", "department,topic", "priority", "source,status")),
                     "/stats.json", "/stats/times.json", "/changes.json?since=2025-01-01&limit=500", "/changes.json?since=2025-01-01&include=ticket"):
            found |= self.words_of(self.ask(path))
        for ticket in key.tickets:
            path = "/tickets/tkT%d" % ticket.id
            found |= self.words_of(self.ask(path + ".json?include=all"))
            for k in range(3):
                part = PARTS[(ticket.id * 3 + k) % len(PARTS)]
                found |= self.words_of(self.ask(path + part, 200 if key.notes or "type=N" not in part else 422))
            found |= self.words_of(self.ask("/tickets/id:%d/attachments.json" % ticket.id))
            for file in self.world.files_of(self.world.entries_of(ticket)):
                shown = file in self.world.files_of(key.entries(ticket))
                found |= self.words_of(self.ask("%s/attachments/%d" % (path, file.id), 200 if shown else 404))
        return found

    def test_no_answer_has_a_word_of_what_is_not_seen(self):
        for key in self.keys():
            with self.subTest(view=key.view, departments=key.departments, notes=key.notes):
                self.assertEqual(set(), self.everything(key) - key.words(), "told")

    def test_searches_find_and_count_what_is_seen(self):
        for key in self.keys():
            if key.view[1] % 3 and key.view != ("all", 0):
                continue
            seen = {t.id for t in key.tickets}
            stands_in = lambda e: e.thread - 1000
            for entry in list(self.world.entries.values())[key.view[1] % 5::5]:
                found = entry in [e for t in key.tickets for e in key.entries(t)] and stands_in(entry) in seen
                answer = self.ask("/tickets.json?total=1&fields=id&q=tkE%d" % entry.id).json
                self.assertEqual([stands_in(entry)] * found, [t["id"] for t in answer["tickets"]], (entry.id, entry.type))
                self.assertEqual(found, answer["total"])
                self.assertNotIn("hits_more", answer)
            for ticket in list(self.world.tickets.values())[::4]:
                answer = self.ask("/tickets.json?total=1&fields=id&q=tkS%d" % ticket.id).json
                self.assertEqual(([ticket.id] * (ticket.id in seen), int(ticket.id in seen)), ([t["id"] for t in answer["tickets"]], answer["total"]))
            for user in self.world.users:
                wanted = sorted(t.id for t in key.tickets if t.user == user)
                for q in ("tkA%d@mail.example" % user, "tkU%d" % user):
                    answer = self.ask("/tickets.json?total=1&limit=200&fields=id&q=" + q).json
                    self.assertEqual((wanted, len(wanted)), (sorted(t["id"] for t in answer["tickets"]), answer["total"]), q)

    def test_numbers_are_of_what_is_seen(self):
        for key in self.keys():
            tickets = key.tickets
            self.assertEqual(len(tickets), self.ask("/tickets.json?total=1&limit=1").json["total"])
            for group, of in (("department", lambda t: t.department), ("staff", lambda t: t.staff or None), ("team", lambda t: t.team or None)):
                answer = self.ask("/stats.json?group=" + group).json
                self.assertEqual(collections.Counter(map(of, tickets)), {row[group] and row[group]["id"]: row["count"] for row in answer["stats"]})
                self.assertEqual(len(tickets), answer["total"])
            for user in self.ask("/users.json?limit=200").json["users"]:
                self.assertEqual(sum(t.user == user["id"] for t in tickets), sum(user["tickets"].values()), user)
            for ticket in tickets[::3]:
                shown = self.ask("/tickets/id:%d.json" % ticket.id).json["ticket"]
                entries = key.entries(ticket)
                self.assertEqual((len(entries), len(self.world.files_of(entries))), (shown["entries"], shown["attachments"]))
            self.ask("/stats/events.json", 403)

    def test_what_is_not_seen_is_as_what_is_not_there(self):
        def shape(path, **more):
            answer = self.ask(path, None, **more)
            return answer.status, re.sub(r"tkT\d+|none\d+", "X", answer.text), sorted(answer.headers)
        for key in self.keys():
            hidden = [t for t in self.world.tickets.values() if not key.sees(t)]
            self.become(Key(self.world, ("all", 0), None, True))
            tags = {t.id: self.ask("/tickets/tkT%d.json" % t.id).header("ETag") for t in hidden[:12]}
            self.become(key)
            for i, ticket in enumerate(hidden[:12]):
                for path in ("/tickets/%s" + PARTS[i % len(PARTS)], "/tickets/%s.json?include=all", "/tickets/%s/entries/1.json", "/tickets/%s/attachments/1"):
                    missing = shape(path % ("none%d" % ticket.id))
                    self.assertEqual(404, missing[0])
                    for name in ("tkT%d" % ticket.id, "id:%d" % ticket.id):
                        for headers in ({}, {"If-None-Match": tags[ticket.id]}, {"If-None-Match": "*"}, {"Range": "bytes=0-1"}):
                            self.assertEqual(missing, shape(path % name, headers=headers), (path, name, headers))
                for query in ("/tickets.json?total=1&parent=%s", "/tickets.json?total=1&number=%s", "/tickets.json?q=%s"):
                    self.assertEqual(shape(query % "none9"), shape(query % ("tkT%d" % ticket.id)), query)

    def test_a_tag_does_not_tell_of_notes_or_of_relatives(self):
        """Nor of a hidden entry's file; what a key without notes polls stays as it is while agents write among themselves."""
        note = ("INSERT INTO ost_thread_entry(id,thread_id,type,staff_id,user_id,poster,body,format,created,updated) "
                "VALUES(90001,%d,'N',21,0,'x','secret','text','2035-01-01','2035-01-01');"
                "INSERT INTO ost_attachment(id,object_id,type,file_id,name,inline) VALUES(90001,90001,'H',1,'x',0);")
        for view, departments in ((("all", 0), (2, 5, 7)), (("staff", 23), None), (("staff", 21), (2, 3, 4, 5))):
            key = Key(self.world, view, departments, False)
            self.become(key)
            for ticket in key.tickets[:4]:
                paths = ["/tickets/id:%d%s" % (ticket.id, path) for path in (".json", ".json?include=entries,attachments", "/entries.json", "/attachments.json")]
                lists = ["/tickets.json?limit=200&include=entries_last", "/tickets.csv?include=entries_last"]
                tags, texts = [self.ask(path).header("ETag") for path in paths], [self.ask(path).text for path in lists]
                self.desk.sql(note % ticket.thread)
                try:
                    for path, tag in zip(paths, tags):
                        self.ask(path, 304, headers={"If-None-Match": tag})
                    self.assertEqual(texts, [self.ask(path).text for path in lists])
                    self.ask("/tickets/id:%d/entries/90001.json" % ticket.id, 404)
                    self.ask("/tickets/id:%d/attachments/90001" % ticket.id, 404)
                finally:
                    self.desk.sql("DELETE FROM ost_thread_entry WHERE id=90001; DELETE FROM ost_attachment WHERE id=90001")

    def test_a_tag_tells_of_the_tickets_below_that_are_seen(self):
        met = collections.Counter()
        for key in self.keys():
            for ticket in key.tickets:
                for child in self.world.children(ticket):
                    path = "/tickets/id:%d.json?include=related" % ticket.id
                    tag, seen = self.ask(path).header("ETag"), key.sees(child)
                    self.desk.sql("UPDATE ost_ticket SET updated='2034-01-01' WHERE ticket_id=%d" % child.id)
                    self.ask(path, 200 if seen else 304, headers={"If-None-Match": tag})
                    self.desk.sql("UPDATE ost_ticket SET updated='%s' WHERE ticket_id=%d" % (shared_world.stamp(child.updated), child.id))
                    met[seen] += 1
        self.assertGreater(min(met[True], met[False]), 5)

    def test_pages_end_where_what_is_seen_ends(self):
        """Neither a cursor of another key nor a page far behind brings what is not seen."""
        self.become(Key(self.world, ("all", 0), None, True))
        foreign = [self.ask("/tickets.json?limit=9&sort=" + sort).json["next"] for sort in ("id", "-created")]
        for key in self.keys():
            seen = sorted(t.id for t in key.tickets)
            for sort, cursor in zip(("id", "-created"), foreign):
                answer = self.ask("/tickets.json?limit=9&sort=%s&cursor=%s" % (sort, cursor), 400)
                self.assertEqual(set(), self.words_of(answer))
            for size in (1, 7, 200):
                ids, more = [], ""
                while True:
                    answer = self.ask("/tickets.json?fields=id&sort=id&limit=%d%s" % (size, more)).json
                    ids += [t["id"] for t in answer["tickets"]]
                    if not answer["next"]:
                        break
                    more = "&cursor=" + answer["next"]
                    if size == 1 and len(ids) == 9:
                        break
                self.assertEqual(seen[:9] if size == 1 else seen, ids)
            self.assertEqual([], self.ask("/tickets.json?offset=%d" % len(seen)).json["tickets"])


if __name__ == "__main__":
    unittest.main()
