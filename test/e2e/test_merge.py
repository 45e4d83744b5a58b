# SPDX-License-Identifier: GPL-2.0-or-later
"""Merging: what is taken over, what is refused, and whose right it takes. The rows that it leaves: golden.acts."""
import unittest

import acting

RIGHT = "UPDATE ost_role SET permissions=REPLACE(permissions,'{','{\"ticket.merge\":1,') WHERE id=1"


class Merge(acting.ActingDesk):
    def setUp(self):
        super().setUp()
        self.desk.sql(RIGHT + "; UPDATE ost_ticket SET dept_id=2 WHERE ticket_id<20")

    def merge(self, tickets, status=200, ticket="310042", **body):
        return self.act("POST", ticket + "/merge.json", {"staffUserName": "tokafor", "tickets": tickets, **body}, status)

    def not_merged(self, tickets, status, field="tickets", ticket="310042", **body):
        return self.refused("POST", ticket + "/merge.json", {"staffUserName": "tokafor", "tickets": tickets, **body}, status, field)

    def relations(self):
        return {row[0]: row[1:] for row in self.desk.sql("SELECT ticket_id, COALESCE(ticket_pid, 0), flags, sort, status_id FROM ost_ticket WHERE ticket_id<6")}

    def threads(self):
        return self.desk.sql("SELECT id, object_type, COALESCE(extra, '') FROM ost_thread WHERE id<6 ORDER BY id")

    def test_several_become_part_of_one(self):
        entries = self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id IN (2, 4)")
        answer = self.merge(["310045", "id:2"])
        self.assertEqual(("310042", ["merged"] * 4), (answer["ticket"]["number"], answer["events"]))
        self.assertEqual([["0", "17", "0", "1"], ["1", "1", "2", "3"], ["1", "1", "1", "3"]], [self.relations()[n] for n in "124"])
        self.assertEqual([["2", "C", '{"ticket_id":1,"number":"310043"}'], ["4", "C", '{"ticket_id":1,"number":"310045"}']], self.threads()[1:4:2])
        self.assertEqual(entries, self.desk.value("SELECT COUNT(*) FROM ost_thread_entry e JOIN ost_thread_entry_merge m ON m.thread_entry_id=e.id "
                                                  "WHERE e.thread_id=1 AND e.flags & 1024 AND m.data IN ('{\"thread\":2}', '{\"thread\":4}')"))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_collaborator WHERE thread_id=1 AND user_id=3"))  # 310045's owner
        read = self.desk.get("/tickets/310043.json?include=related", key=acting.demo.KEY).json["ticket"]
        self.assertEqual(("310042", "closed"), (read["parent"]["number"], read["status"]["state"]))

    def test_participants_statuses_and_tasks_as_they_are_asked_for(self):
        self.desk.sql("INSERT INTO ost_thread_collaborator(flags,thread_id,user_id,role,created,updated) VALUES(3,4,5,'M',NOW(),NOW());"
                      "INSERT INTO ost_task(id,object_id,object_type,number,dept_id,flags,created,updated) VALUES(1,4,'T','T1',2,1,NOW(),NOW())")
        answer = self.merge(["310045"], participants="owners", child_status="Closed", parent_status=6, threads="separate", move_tasks=True)
        self.assertEqual("6", self.relations()["1"][3])
        self.assertEqual(["merged", "merged", "edited"], answer["events"])
        self.assertEqual(["18", "2"], [self.relations()[n][1] for n in "14"])
        self.assertEqual([["2"], ["3"]], self.desk.sql("SELECT user_id FROM ost_thread_collaborator WHERE thread_id=1 ORDER BY user_id"))
        self.assertEqual("1", self.desk.value("SELECT object_id FROM ost_task WHERE id=1"))

    def test_deleted_ones_leave_their_entries(self):
        entries = int(self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id IN (1, 4)"))
        self.merge(["310045"], delete_children=True)
        self.assertNotIn("4", self.relations())
        self.assertEqual(["0", "0", "0", "1"], self.relations()["1"])
        self.assertEqual(str(entries), self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id=1"))
        self.assertEqual("deleted", self.desk.value("SELECT e.name FROM ost_thread_event v JOIN ost_event e ON e.id=v.event_id WHERE v.thread_id=4 ORDER BY v.id DESC LIMIT 1"))

    def test_a_department_from_which_one_came_keeps_seeing_it(self):
        self.desk.sql("UPDATE ost_ticket SET dept_id=3, staff_id=2 WHERE ticket_id=4")
        self.assertIn("referred", self.merge(["310045"])["events"])
        self.assertEqual([["3", "D"]], self.desk.sql("SELECT object_id, object_type FROM ost_thread_referral WHERE thread_id=1"))

    def test_what_is_no_merge(self):
        self.not_merged(["310042"], 422)
        self.not_merged([], 422)
        self.not_merged(None, 422)
        self.not_merged(["310043", "310043"], 422)
        self.not_merged(["999999"], 422)
        self.not_merged(["310043"], 422, "threads", threads="mixed")
        self.not_merged(["310043"], 422, "participants", participants="none")
        self.not_merged(["310043"], 422, "child_status", child_status="Open")
        self.not_merged(["310043"], 422, "parent_status", parent_status="Nowhere")

    def test_chains_are_refused_and_leave_nothing(self):
        self.merge(["310043"])
        self.not_merged(["310045"], 409, ticket="310043")
        self.not_merged(["310043"], 409, ticket="310045")
        self.not_merged(["310042"], 409, ticket="310045")
        self.not_merged(["310045"], 409, "threads", threads="separate")
        self.merge(["310045"], threads="combine")
        self.desk.sql("UPDATE ost_ticket SET flags=24 WHERE ticket_id=3; UPDATE ost_ticket SET flags=8, ticket_pid=3, dept_id=2 WHERE ticket_id=5; UPDATE ost_ticket SET dept_id=2 WHERE ticket_id=3")
        for tickets in (["310044"], ["310046"]):
            self.assertIn("unlink", self.not_merged(tickets, 409))
        self.assertIn("linked tickets that are not to be merged", self.not_merged(["310049"], 409, ticket="310044"))

    def test_the_right_is_wanted_on_every_ticket(self):
        self.desk.sql("UPDATE ost_ticket SET dept_id=1, staff_id=0 WHERE ticket_id=4; UPDATE ost_staff_dept_access SET role_id=2 WHERE staff_id=2;"
                      "INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) VALUES(4,1,'S',NOW())")
        self.assertIn("ticket.merge", self.not_merged(["310043", "310045"], 403))
        self.desk.sql("DELETE FROM ost_staff_dept_access WHERE staff_id=2")
        self.assertIn("no such ticket", self.not_merged(["310043", "310045"], 422))
        self.desk.sql("UPDATE fcgi_ost_key SET depts='3'")
        self.refused("POST", "310042/merge.json", {"staffUserName": "tokafor", "tickets": ["310043"]}, 404)

    def test_whoever_may_close_none_merges_and_leaves_them_open(self):
        self.desk.sql("UPDATE ost_role SET permissions=REPLACE(permissions,'\"ticket.close\":1,','') WHERE id=1")
        self.merge(["310045"])
        self.assertEqual(["1", "1", "1", "1"], self.relations()["4"])

    def test_rehearsal_and_repetition(self):
        before = self.rows()
        self.merge(["310043"], dry_run=True)
        self.assertEqual(before, self.rows())
        key = [("Idempotency-Key", "merge-1")]
        body = {"staffUserName": "tokafor", "tickets": ["310043"]}
        first = self.act("POST", "310042/merge.json", body, headers=key)
        self.assertEqual(first, self.act("POST", "310042/merge.json", body, headers=key))


if __name__ == "__main__":
    unittest.main()
