# SPDX-License-Identifier: GPL-2.0-or-later
"""changes.json: what happens on the help desk, whoever does it, for those who may see it."""
import unittest
import uuid

import acting
import demo
from change_reader import changes, entry_sql, event_sql, poll, walk


class Changes(acting.ActingDesk):
    def now(self):
        return changes(self.desk)[1]

    def write(self, sql):
        self.desk.sql("SET sql_mode='';" + sql)

    def types(self, after, **parameters):
        return [change["type"] for change in walk(self.desk, after, **parameters)[0]]

    # ---- what there is ---------------------------------------------------------------------------------------------
    def test_without_a_cursor_it_is_now(self):
        found, after, end = changes(self.desk)
        self.assertEqual(([], True), (found, end))
        self.assertEqual(([], after, True), changes(self.desk, after=after))

    def test_a_change_has_its_ticket_actor_time_and_data(self):
        after = self.now()
        self.write(event_sql("closed", data="'{\"status\":[3,\"Closed\"]}'"))
        found, _, end = changes(self.desk, after=after)
        self.assertTrue(end)
        self.assertEqual(1, len(found))
        change = found[0]
        self.assertEqual("e" + self.desk.value("SELECT MAX(id) FROM ost_thread_event"), change["id"])
        self.assertEqual("ticket.closed", change["type"])
        self.assertEqual({"id": 1, "number": "310042"}, change["ticket"])
        self.assertEqual({"kind": "staff", "id": 2, "name": "tokafor"}, change["actor"])
        self.assertEqual({"status": [3, "Closed"]}, change["data"])
        self.assertIsNone(change["entry_id"])
        self.assertEqual(self.desk.value("SELECT DATE_FORMAT(CONVERT_TZ(MAX(timestamp),@@session.time_zone,'+00:00'),'%Y-%m-%dT%H:%i:%sZ') "
                                         "FROM ost_thread_event"), change["at"])

    def test_each_event_of_a_ticket_has_its_type_and_others_are_passed(self):
        after = self.now()
        names = ("created", "viewed", "closed", "reopened", "assigned", "released", "transferred", "referred", "overdue", "edited",
                 "collab", "merged", "linked", "unlinked")
        self.write("".join(event_sql(name) for name in names))
        self.assertEqual(["ticket." + name for name in names if name != "viewed"], self.types(after))

    def test_entries_of_each_kind_and_who_wrote_them(self):
        after = self.now()
        self.write(entry_sql("M") + entry_sql("R", staff=2, user=0, poster="Tobenna Okafor") +
                   entry_sql("N", staff=0, user=0, poster="SYSTEM") +
                   entry_sql("M", flags=2, at="'2025-01-01 10:00:00'", updated="NOW()"))
        found, _ = walk(self.desk, after)
        self.assertEqual(["entry.message", "entry.reply", "entry.note", "entry.edited"], [change["type"] for change in found])
        self.assertEqual([{"kind": "user", "id": 1, "name": "Anna Lindqvist"}, {"kind": "staff", "id": 2, "name": "tokafor"},
                          {"kind": "system", "id": None, "name": "SYSTEM"}], [change["actor"] for change in found[:3]])
        self.assertEqual(["n%d" % change["entry_id"] for change in found], [change["id"] for change in found])
        self.assertNotIn("2025-01", found[3]["at"])  # when it was edited

    def test_what_the_api_itself_does_appears(self):
        after = self.now()
        self.act("POST", "310042/note.json", {"note": "Called her.", "staffUserName": "tokafor"}, 201)
        self.act("POST", "310042/status.json", {"status": "Resolved", "staffUserName": "tokafor"})
        self.assertEqual(["entry.note", "ticket.closed"], sorted(self.types(after)))  # within a second there is no order of lanes

    def test_a_dry_run_is_none(self):
        after = self.now()
        self.act("POST", "310042/status.json?dry_run=1", {"status": "Resolved", "staffUserName": "tokafor"})
        self.assertEqual([], self.types(after))

    def test_what_stands_in_tasks_is_none(self):
        self.desk.sql("INSERT INTO ost_thread(id,object_id,object_type,created) VALUES(90,1,'A',NOW())")
        after = self.now()
        self.write(entry_sql("N", thread=90) + event_sql("created", thread=90) + event_sql("closed"))
        self.assertEqual(["ticket.closed"], self.types(after))

    # ---- which of them ---------------------------------------------------------------------------------------------
    def test_types_are_picked_and_the_cursor_goes_on_past_the_others(self):
        after = self.now()
        self.write("".join(event_sql("edited") for _ in range(30)) + event_sql("closed"))
        found, last, end = changes(self.desk, after=after, type="ticket.closed,entry.note")
        self.assertEqual((["ticket.closed"], True), ([change["type"] for change in found], end))
        self.assertEqual([], self.types(last))
        self.assertEqual([], self.types(last, type="ticket.edited"))

    def test_departments_by_id_name_and_path_with_those_below(self):
        after = self.now()
        self.write(event_sql("edited", thread=1) + event_sql("edited", thread=2) + event_sql("edited", thread=3))
        numbers = lambda **more: [change["ticket"]["number"] for change in walk(self.desk, after, **more)[0]]
        self.assertEqual(["310042", "310043", "310044"], numbers())
        self.assertEqual(["310043"], numbers(department="2"))
        self.assertEqual(["310043", "310044"], numbers(department="workshop,Hire desk"))
        self.assertEqual(["310042"], numbers(department="Workshop / Field service"))
        self.assertEqual(["310042", "310043"], numbers(department="Workshop", subdepartments=1))
        self.assertEqual([], numbers(department="99"))

    def test_tickets_come_along_where_they_are_asked_for(self):
        after = self.now()
        self.write(event_sql("closed", thread=2) + event_sql("edited", thread=2) + entry_sql("M", thread=1))
        found, _ = walk(self.desk, after, include="ticket")
        self.assertEqual(["310043", "310043", "310042"], [change["ticket"]["number"] for change in found])
        whole = self.desk.get("/tickets/310043.json", key=demo.KEY).json["ticket"]
        self.assertEqual(whole, found[0]["ticket"])

    def test_a_limit_divides_what_comes_without_loss(self):
        after = self.now()
        self.write("".join(event_sql("edited") + entry_sql("M") for _ in range(40)))
        whole, last = walk(self.desk, after, limit=500)
        self.assertEqual(80, len(whole))
        for limit in (1, 3, 7, 80):
            parts, end = walk(self.desk, after, limit=limit)
            self.assertEqual(whole, parts, limit)
            self.assertEqual(last, end)

    def test_since_begins_at_a_time(self):
        for since, at in (("2020-01-01", "2020-01-01"), ("2025-03-12T10:00:00Z", "2025-03-12 10:00:00"), ("-1h", "2037-01-01")):
            wanted = int(self.desk.value("SELECT (SELECT COUNT(*) FROM ost_thread_entry WHERE created>='%s')+(SELECT COUNT(*) FROM ost_thread_event "
                                         "WHERE timestamp>='%s')" % (at, at)))
            found, _ = walk(self.desk, since=since, limit=5)
            self.assertGreaterEqual(len(found), wanted, since)
            self.assertEqual(len(found), len({change["id"] for change in found}))

    # ---- deleted tickets -------------------------------------------------------------------------------------------
    def delete(self, number, thread):
        self.act("DELETE", "%s.json?confirm=%s" % (number, number), None, headers={"X-Act-As": "mvries"})

    def test_a_deleted_ticket_is_known_where_its_thread_was_seen(self):
        self.desk.sql("REPLACE INTO fcgi_ost_seen VALUES(3,3,'310044')")
        after = self.now()
        self.delete("310044", 3)
        found, _ = walk(self.desk, after, type="ticket.deleted", include="ticket")
        self.assertEqual([{"id": 3, "number": "310044"}], [change["ticket"] for change in found])

    def test_without_the_table_nobody_knows_which_it_was(self):
        after = self.now()
        self.desk.sql("RENAME TABLE fcgi_ost_seen TO fcgi_ost_unseen")
        self.addCleanup(self.desk.sql, "RENAME TABLE fcgi_ost_unseen TO fcgi_ost_seen")
        self.delete("310044", 3)
        found, _ = walk(self.desk, after, type="ticket.deleted")
        self.assertEqual([None], [change["ticket"] for change in found])

    # ---- whose -----------------------------------------------------------------------------------------------------
    def become(self, columns, values):
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,%s) VALUES(1,%s)" % (columns, values))

    def test_a_key_needs_the_scope(self):
        self.become("scopes", "'read notes'")
        answer = poll(self.desk)
        self.assertEqual((403, "scope"), (answer.status, answer.json["error"]))
        self.assertIn("changes", answer.json["status_msg"])

    def test_notes_are_for_keys_that_may_read_them(self):
        after = self.now()
        self.write(entry_sql("N") + entry_sql("M") + entry_sql("N", flags=2, updated="NOW()"))
        self.assertEqual(["entry.note", "entry.message", "entry.edited"], self.types(after))
        self.become("scopes", "'changes'")
        self.assertEqual(["entry.message"], self.types(after))
        self.become("scopes", "'changes notes'")
        self.assertEqual(["entry.note", "entry.message", "entry.edited"], self.types(after))

    def test_an_agents_key_gets_changes_of_the_tickets_that_he_sees(self):
        self.desk.sql("REPLACE INTO fcgi_ost_seen VALUES(3,3,'310044')")
        after = self.now()
        self.delete("310044", 3)
        self.write("".join(event_sql("edited", thread=thread) + entry_sql("M", thread=thread) for thread in (1, 2, 4, 5, 6, 7, 8)))
        for agent in (1, 2, 3):
            self.become("scopes,view,staff_id", "'changes read notes','staff',%d" % agent)
            seen = {ticket["id"] for ticket in self.desk.get("/tickets.json?limit=200", key=demo.KEY).json["tickets"]}
            found, last = walk(self.desk, after, limit=3)
            self.assertEqual(sorted(seen), sorted({change["ticket"]["id"] for change in found}), agent)
            self.assertEqual(2 * len(seen), len(found), agent)
            self.assertEqual(([], last, True), changes(self.desk, after=last))

    def test_a_keys_departments_narrow_it(self):
        after = self.now()
        self.write("".join(event_sql("edited", thread=thread) for thread in (1, 2, 3)))
        self.become("scopes,depts", "'changes','2'")
        self.assertEqual(["310043"], [change["ticket"]["number"] for change in walk(self.desk, after)[0]])
        self.become("scopes,depts", "'changes',''")
        self.assertEqual([], walk(self.desk, after)[0])

    def test_clients_get_none(self):
        after = self.now()
        self.write(entry_sql("M"))
        for view in ("user", "org"):
            self.become("scopes,view,view_id", "'*','%s',1" % view)
            answer = poll(self.desk, after=after)
            self.assertEqual((403, "scope"), (answer.status, answer.json["error"]))
        self.become("scopes,view", "'*','nonsense'")
        self.assertEqual([], walk(self.desk, after)[0])

    # ---- what is wrong ---------------------------------------------------------------------------------------------
    def test_what_is_no_cursor_is_refused(self):
        for cursor in ("x", "ZTgxMjI", "e1.n1", "ZTgxMjIubjk5MQ==", "%00", "ZTgxMjIubjk5MQ ", "A" * 5000, "ZTk5OTk5OTk5OTk5OTk5OTk5OTkubjE"):
            answer = poll(self.desk, after=cursor)
            self.assertEqual((400, "malformed", ["after"]), (answer.status, answer.json["error"], list(answer.json["errors"])), cursor)

    def test_parameters_that_are_wrong_are_named(self):
        for path, field in (("typ=ticket.closed", "typ"), ("type=ticket.close", "type"), ("limit=501", "limit"), ("limit=0", "limit"),
                            ("wait=61", "wait"), ("wait=x", "wait"), ("include=entry", "include"), ("department=Nowhere", "department"),
                            ("since=yesterday", "since"), ("after=ZTgxMjIubjk5MQ&since=-1d", "since"), ("after=", "after")):
            answer = self.desk.get("/changes.json?" + path, key=demo.KEY)
            self.assertEqual((422, [field]), (answer.status, list(answer.json["errors"])), path)
        self.assertIn("ticket.closed", self.desk.get("/changes.json?type=ticket.close", key=demo.KEY).json["status_msg"])

    def test_a_cursor_beyond_what_there_is_waits_for_it(self):
        self.assertEqual(([], True), changes(self.desk, after="ZTgxMjIubjk5MQ")[::2])

    # ---- what it costs ---------------------------------------------------------------------------------------------
    def trips(self, after):
        return int(demo.traced(self.desk, "GET", "/changes.json?after=" + after, uuid.uuid4().hex)[1]["round_trips"])

    def test_a_poll_that_finds_nothing_takes_one_round_trip(self):
        after = self.now()
        for scopes, view in (("'changes'", "'all',NULL"), ("'changes'", "'staff',2")):
            self.become("scopes,view,staff_id", scopes + "," + view)
            for i in range(3):  # of whichever worker: the first prepares the statement
                poll(self.desk, after=after)
            trips = [self.trips(after) for _ in range(6)]
            self.assertEqual(1, min(trips), trips)

    def test_a_poll_that_finds_something_takes_one_more_for_each_lane(self):
        after = self.now()
        self.write(event_sql("closed") * 100)
        trips = [self.trips(after) for _ in range(12)]
        self.assertEqual(2, min(trips), trips)


if __name__ == "__main__":
    unittest.main()
