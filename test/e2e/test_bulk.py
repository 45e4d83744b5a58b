# SPDX-License-Identifier: GPL-2.0-or-later
"""One action on many tickets: each for itself, once and only once, and nothing that the key may not."""
import threading
import unittest

import acting


class Bulk(acting.ActingDesk):
    def bulk(self, tickets, action, body=None, status=200, atomic=False, **more):
        return self.act("POST", "bulk.json", {"tickets": tickets, "action": action, "body": body or {}, "atomic": atomic}, status, **more)

    def results(self, *arguments, **more):
        """[number, status, error or events] of each."""
        return [[r["number"], r["status"], r.get("error", r.get("events"))] for r in self.bulk(*arguments, **more)["results"]]

    def test_what_fails_keeps_nothing_else_from_being_done(self):
        answer = self.bulk(["310042", "999999", "id:2", 310045], "patch", {"source": "Phone"})
        self.assertEqual([["310042", 200], ["999999", 404], ["id:2", 200], ["310045", 200]], [[r["number"], r["status"]] for r in answer["results"]])
        self.assertEqual(["edited"], answer["results"][0]["events"])
        self.assertEqual("There is no such ticket", answer["results"][1]["status_msg"])
        self.assertEqual([], answer["results"][3]["changed"])
        self.assertEqual([["Phone"]] * 2, self.desk.sql("SELECT source FROM ost_ticket WHERE ticket_id<3"))

    def test_every_action_is_done(self):
        agent = {"staffUserName": "mvries"}
        for action, body, ticket, status in (("note", {"note": "x"}, "310044", 201), ("status", {"status": "Closed"}, "HT-0007", 200),
                                             ("assign", {"staff": "tokafor"}, "310045", 200), ("release", {}, "310045", 200), ("claim", {}, "310045", 200),
                                             ("transfer", {"department": "Workshop"}, "310045", 200), ("collaborators", {"email": "taro@yamada.example"}, "310045", 201),
                                             ("delete", {}, "310045", 200)):
            with self.subTest(action=action):
                result = self.bulk([ticket], action, {**agent, **body})["results"][0]
                self.assertEqual(status, result["status"], result)
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_ticket WHERE ticket_id=4"))

    def test_a_bulk_that_is_sent_again_does_nothing_twice(self):
        key = [("Idempotency-Key", "b-1")]
        first = self.bulk(["310042", "310043"], "note", {"note": "once"}, headers=key)
        self.assertEqual([r["entry_id"] for r in first["results"]],
                         [r["entry_id"] for r in self.bulk(["310042", "310043"], "note", {"note": "once"}, headers=key)["results"]])
        self.assertEqual("2", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body='once'"))
        # What broke off half way goes on where it was.
        self.desk.sql("DELETE FROM fcgi_ost_idempotency WHERE idempotency_key LIKE '%:1'")
        self.bulk(["310042", "310043"], "note", {"note": "once"}, headers=key)
        self.assertEqual("3", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body='once'"))

    def test_a_number_that_several_have_is_nobodys(self):
        self.desk.sql("UPDATE ost_ticket SET number='310045' WHERE ticket_id=5")
        self.assertEqual([["310045", 409, "ambiguous"]], self.results(["310045"], "patch", {"source": "Web"}))

    def test_what_is_no_bulk(self):
        for body, status, field in (({}, 422, "action"), ({"action": "merge", "tickets": ["1"]}, 422, "action"), ({"action": "note"}, 422, "tickets"),
                                    ({"action": "note", "tickets": []}, 422, "tickets"), ({"action": "note", "tickets": "310042"}, 422, "tickets"),
                                    ({"action": "note", "tickets": ["310042"] * 101}, 422, "tickets"), ({"action": "note", "tickets": ["1"] * 10000}, 422, "tickets"),
                                    ({"action": "note", "tickets": ["310042"], "body": []}, 422, "body"), ({"action": "note", "tickets": ["310042"], "more": 1}, 422, "more"),
                                    ({"action": "note", "tickets": ["310042"] * 21, "atomic": True}, 422, "tickets"), ({"action": "note", "tickets": ["310042"], "atomic": "perhaps"}, 400, "atomic")):
            with self.subTest(body=str(body)[:50]):
                self.refused("POST", "bulk.json", body, status, field)
        self.assertEqual([[None, 422, "invalid"], ["310042", 422, "invalid"]], self.results([None, "310042"], "note", {"nosuch": 1}))
        self.refused("POST", "bulk.json", b"[]", 400)

    # ---- all or none
    def test_an_atomic_bulk_is_done_as_a_whole(self):
        answer = self.bulk(["310043", "310042"], "patch", {"source": "Phone", "comments": "why"}, atomic=True)
        self.assertEqual([["310043", 200, ["edited"], ["source"]], ["310042", 200, ["edited"], ["source"]]],
                         [[r["number"], r["status"], r["events"], r["changed"]] for r in answer["results"]])
        self.assertEqual([["Phone"]] * 2, self.desk.sql("SELECT source FROM ost_ticket WHERE ticket_id<3"))
        self.assertEqual(201, self.bulk(["310042"], "note", {"note": "x"}, atomic=True)["results"][0]["status"])

    def test_the_first_failure_of_an_atomic_bulk_undoes_all_and_is_what_is_answered(self):
        for tickets, action, body, status, said in ((["310042", "310043", "310049"], "claim", {"staffUserName": "mvries"}, 403, "310042: "),
                                                    (["310043", "310045", "310044"], "claim", {"staffUserName": "mvries"}, 403, "310044: "),
                                                    (["310043", "999999"], "note", {"note": "x"}, 404, "999999: There is no such ticket"),
                                                    (["310045", "310046"], "transfer", {"department": "Workshop"}, 409, "310046: "),
                                                    (["310042", None], "note", {"note": "x"}, 422, "tickets")):
            with self.subTest(tickets=tickets, action=action):
                self.desk.sql("UPDATE ost_ticket SET staff_id=0, status_id=1, closed=NULL, dept_id=1 WHERE ticket_id IN (2, 4)")
                before = self.rows()
                answer = self.bulk(tickets, action, body, status, atomic=True)
                self.assertIn(said, answer["status_msg"])
                self.assertEqual(before, self.rows())

    def test_an_atomic_bulk_is_rehearsed_and_repeated_as_a_whole(self):
        before = self.rows()
        self.assertTrue(self.bulk(["310042", "310043"], "note", {"note": "x", "dry_run": True}, atomic=True)["results"][1]["dry_run"])
        self.assertEqual(before, self.rows())
        key = [("Idempotency-Key", "a-1")]
        first = self.bulk(["310042", "310043"], "note", {"note": "once"}, headers=key, atomic=True)
        self.assertEqual(first, self.bulk(["310042", "310043"], "note", {"note": "once"}, headers=key, atomic=True))
        self.assertEqual("2", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body='once'"))
        # What is too long to be remembered is told in short, both times.
        self.desk.sql("INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated) SELECT n.seq,n.seq,1,1,1,NOW(),NOW() FROM %s n;"
                      "INSERT INTO ost_thread(object_id,object_type,created) SELECT n.seq,'T',NOW() FROM %s n" % (2 * (acting.demo.numbers(101, 120),)))
        many, key = ["id:%d" % n for n in range(101, 121)], [("Idempotency-Key", "a-" + "2" * 253)]
        body = {"topic": 2, "sla": 1, "due": "+2h", "source": "Phone", "owner": 2, "answered": True, "overdue": True, "comments": "why"}
        first = self.bulk(many, "patch", body, headers=key, atomic=True)
        self.assertEqual([{"number": n, "status": 200} for n in many], first["results"])
        self.assertEqual(first, self.bulk(many, "patch", body, headers=key, atomic=True))
        self.assertEqual("20", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE title='Help Topic updated'"))

    def test_atomic_bulks_of_the_same_tickets_wait_for_each_other(self):
        statuses, numbers = [], ["310042", "310043", "310044", "310045"]

        def run(turn):
            for n in range(5):
                mine = numbers[turn % 4:] + numbers[:turn % 4]
                statuses.append(self.desk.request("POST", "/tickets/bulk.json", key=acting.demo.KEY, body={
                    "tickets": mine, "action": "note", "atomic": True, "body": {"note": "%d-%d" % (turn, n), "alert": False}}).status)
        threads = [threading.Thread(target=run, args=(turn,)) for turn in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([200] * 40, statuses)
        self.assertEqual("160", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body REGEXP '^[0-9]-[0-9]$'"))

    def test_a_version_is_of_one_ticket(self):
        version = self.desk.get("/tickets/310042.json", key=acting.demo.KEY).header("etag")
        body = {"tickets": ["310042"], "action": "patch", "body": {"source": "Phone"}}
        self.assertIn("one ticket", self.refused("POST", "bulk.json", body, 422, headers=[("If-Match", version)]))

    def test_the_key_has_to_have_the_scope_and_see_the_ticket(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='note update', depts='3'")
        self.refused("POST", "bulk.json", {"tickets": ["310042"], "action": "delete", "body": {}}, 403)
        self.assertEqual([["310042", 200, ["edited"]], ["310043", 404, "not_found"]], self.results(["310042", "310043"], "patch", {"source": "Web"}))

    def test_tasks_say_that_they_are_not_here(self):
        self.assertIn("panel", self.refused("POST", "310042/tasks.json", {"title": "x"}, 501))


if __name__ == "__main__":
    unittest.main()
