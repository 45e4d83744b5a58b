# SPDX-License-Identifier: GPL-2.0-or-later
"""One action on many tickets: each for itself, once and only once, and nothing that the key may not."""
import unittest

import acting


class Bulk(acting.ActingDesk):
    def bulk(self, tickets, action, body=None, status=200, **more):
        return self.act("POST", "bulk.json", {"tickets": tickets, "action": action, "body": body or {}}, status, **more)

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
                                    ({"action": "note", "tickets": ["310042"], "atomic": True}, 501, "atomic")):
            with self.subTest(body=str(body)[:50]):
                self.refused("POST", "bulk.json", body, status, field)
        self.assertEqual([[None, 422, "invalid"], ["310042", 422, "invalid"]], self.results([None, "310042"], "note", {"nosuch": 1}))
        self.refused("POST", "bulk.json", b"[]", 400)

    def test_a_version_is_of_one_ticket(self):
        version = self.desk.get("/tickets/310042.json", key=acting.demo.KEY).header("etag")
        body = {"tickets": ["310042"], "action": "patch", "body": {"source": "Phone"}}
        self.assertIn("one ticket", self.refused("POST", "bulk.json", body, 422, headers=[("If-Match", version)]))

    def test_the_key_has_to_have_the_scope_and_see_the_ticket(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='note update', depts='3'")
        self.refused("POST", "bulk.json", {"tickets": ["310042"], "action": "delete", "body": {}}, 403)
        self.assertEqual([["310042", 200, ["edited"]], ["310043", 404, "not_found"]], self.results(["310042", "310043"], "patch", {"source": "Web"}))

    def test_merging_and_tasks_say_that_they_are_not_here(self):
        for path in ("310042/merge.json", "310042/tasks.json"):
            self.assertIn("panel", self.refused("POST", path, {"tickets": ["310043"]}, 501))


if __name__ == "__main__":
    unittest.main()
