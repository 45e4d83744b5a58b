# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever statement of whatever agents and clients do to tickets, users and organizations the database refuses: it was done whole, or nothing
of it. Of the statements behind which nothing is heard of it any more, and at which it takes the transaction back, every 16th is tried; all
with STATEMENTS=all, in half an hour."""
import json
import re
import subprocess
import unittest
import uuid

import demo
import test_creation_faults
from faulted_desk import AGENT, FILE, Action, FaultedDesk

TICKET = "/tickets/{number}"
ALL_PARTS = {"topic": 2, "sla": 1, "due": "2099-05-06 07:08", "priority": "High", "subject": "Crane 2", "source": "Phone", "fields": {"plate": "P-1"},
             "owner": 2, "answered": True, "overdue": True, "comments": "why"}
LINKED = "UPDATE ost_ticket SET flags=24 WHERE ticket_id=1; UPDATE ost_ticket SET flags=8, ticket_pid=1, sort=1 WHERE ticket_id=4"

FIELD = ("INSERT INTO ost_form_field(form_id,flags,type,label,name,configuration,sort,created,updated) "
         "VALUES(4,13057,'memo','Notes','notes','{}',1,NOW(),NOW())")
ACTIONS = tuple(Action(*row) for row in (
    ("note", "POST", TICKET + "/note.json", {**AGENT, "note": "x", "status": "Closed", "attachments": FILE}, ""),
    ("reply", "POST", TICKET + "/reply.json", {**AGENT, "response": "x", "cc": [3], "status": "Closed", "attachments": FILE}, ""),
    ("canned reply", "POST", TICKET + "/reply.json", {**AGENT, "canned": 1, "from": 3}, ""),
    ("message", "POST", TICKET + "/message.json", {"message": "x", "user": 3, "add_collaborator": True, "attachments": FILE}, ""),
    ("message that opens", "POST", "/tickets/310044/message.json", {"message": "x"}, ""),
    ("close", "POST", TICKET + "/status.json", {**AGENT, "state": "closed", "comments": "x", "children": True}, LINKED),
    ("open", "POST", "/tickets/310044/status.json", {"staffUserName": "mvries", "state": "open", "comments": "x"}, ""),
    ("assign", "POST", TICKET + "/assign.json", {**AGENT, "staff": "mvries", "team": 1, "comments": "x", "refer": True}, "UPDATE ost_ticket SET team_id=0 WHERE ticket_id=1"),
    ("claim", "POST", TICKET + "/claim.json", {**AGENT, "comments": "x"}, "UPDATE ost_ticket SET staff_id=0 WHERE ticket_id=1"),
    ("release", "POST", TICKET + "/release.json", {**AGENT, "comments": "x"}, ""),
    ("transfer", "POST", TICKET + "/transfer.json", {**AGENT, "department": 1, "comments": "x", "refer": True}, ""),
    ("refer", "POST", TICKET + "/refer.json", {**AGENT, "staff": "mvries", "comments": "x"}, ""),
    ("end of a referral", "DELETE", TICKET + "/refer.json?team=1", AGENT,
     "INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) VALUES(1,1,'E',NOW())"),
    ("delete", "DELETE", TICKET + ".json?confirm=310042", AGENT, LINKED),
    ("all parts", "PATCH", TICKET + ".json", {**AGENT, **ALL_PARTS}, ""),
    ("a page", "PATCH", TICKET + ".json?page=1", {**AGENT, **{k: v for k, v in ALL_PARTS.items() if k not in ("answered", "overdue")}}, ""),
    ("the owner's edit", "PATCH", TICKET + ".json", {"user": 1, "fields": {"subject": "Crane 3"}}, "UPDATE ost_form_field SET flags=flags|0x300 WHERE id=20"),
    ("a new collaborator", "POST", TICKET + "/collaborators.json", {"staffUserName": "mvries", "email": "new@nowhere.example", "name": "New"}, ""),
    ("a list of collaborators", "PATCH", TICKET + "/collaborators.json", {**AGENT, "remove": [2], "active": []}, ""),
    ("a collaborator's flags", "PATCH", TICKET + "/collaborators/2.json", {**AGENT, "active": False}, ""),
    ("a collaborator goes", "DELETE", TICKET + "/collaborators/2.json", AGENT, ""),
    ("link", "POST", TICKET + "/link.json", {**AGENT, "tickets": ["310043", "310045"]}, ""),
    ("unlink", "POST", TICKET + "/unlink.json", AGENT, LINKED),
    ("merge", "POST", TICKET + "/merge.json", {**AGENT, "tickets": ["310045", "310043"], "delete_children": True, "parent_status": "Closed"}, LINKED),
    ("bulk", "POST", "/tickets/bulk.json", {"tickets": ["310042"], "action": "status", "body": {**AGENT, "state": "closed"}}, ""),
    ("atomic bulk", "POST", "/tickets/bulk.json", {"tickets": ["310043", "310042"], "action": "note", "body": {**AGENT, "note": "x"}, "atomic": True}, ""),
    ("a new user", "POST", "/users.json", {**AGENT, "email": "new@nowhere.example", "name": "New", "fields": {"notes": "x"}, "organization": 1}, ""),
    ("a user's edit", "PATCH", "/users/1.json",
     {**AGENT, "name": "Anna L", "email": "new@nowhere.example", "fields": {"notes": "x"}, "organization": None}, ""),
    ("a user goes", "DELETE", "/users/6.json", AGENT, ""),
    ("a new organization", "POST", "/organizations.json", {**AGENT, "name": "Pier", "manager": "s1", "fields": {"notes": "x"}}, FIELD),
    ("an organization's edit", "PATCH", "/organizations/1.json", {**AGENT, "name": "Pier", "fields": {"notes": "x"}}, FIELD),
    ("an organization goes", "DELETE", "/organizations/1.json", AGENT, ""),
    ("a member", "POST", "/organizations/1/users.json", {**AGENT, "user": "cher@stage.example"}, ""),
    ("a member goes", "DELETE", "/organizations/1/users/1.json", AGENT, ""),
    ("a reply as in PHP", "POST", "/tickets/reply.json", {"ticketNumber": "310042", **AGENT, "response": "x", "emailreply": "1", "attachments": FILE,
                                                          "reply_status_id": "3"}, ""),
))
# What writes nothing: it says that it is not here.
NOT_HERE = {("POST", "/tickets/{number}/tasks.json"), ("POST", "/users/{id}/account.json")}
EVERY = 16
# Bulks whose tickets share a transaction: without an Idempotency-Key.
GROUPED = ("1", "2", "4")
GROUPS = tuple((action, {"tickets": ["310042", "id:2", "310045"], "action": action, "body": {**AGENT, **body}}) for action, body in (
    ("note", {"note": "x", "title": "y"}), ("status", {"state": "closed", "comments": "x"}), ("patch", {"source": "Phone", "subject": "x", "comments": "why"})))
LEFT = ("SELECT t.status_id,t.source,(SELECT COUNT(*) FROM ost_thread_entry e WHERE e.thread_id=h.id),(SELECT COUNT(*) FROM ost_thread_event v WHERE v.thread_id=h.id),"
        "(SELECT COUNT(*) FROM ost__search s JOIN ost_thread_entry e ON s.object_type='H' AND s.object_id=e.id WHERE e.thread_id=h.id),"
        "(SELECT title FROM ost__search s WHERE s.object_type='T' AND s.object_id=t.ticket_id),(SELECT subject FROM ost_ticket__cdata c WHERE c.ticket_id=t.ticket_id),"
        "(SELECT COUNT(*) FROM fcgi_ost_mail m WHERE m.ticket_id=t.ticket_id) FROM ost_ticket t JOIN ost_thread h ON h.object_id=t.ticket_id AND h.object_type='T' "
        "WHERE t.ticket_id IN (%s) ORDER BY t.ticket_id" % ",".join(GROUPED))


class StatementFaults(FaultedDesk):
    name = "statement_faults"

    def test_a_statement_that_fails_leaves_nothing_of_any_action(self):
        self.leaves_nothing(ACTIONS)

    def test_an_action_that_is_rolled_back_at_any_statement_is_done_again_and_once(self):
        self.is_done_again_and_once(ACTIONS, EVERY)

    def test_an_action_whose_link_ends_behind_any_statement_is_done_whole_or_not_at_all_and_by_a_retry_once(self):
        self.is_done_whole_or_not_at_all(ACTIONS, EVERY)

    def group(self, body, number, once=None):
        """The results, what is left of each ticket, and how many statements there were, of which the one with this number or text fails."""
        self.database.arm(number)
        answer = self.desk.request("POST", "/tickets/bulk.json", body=body, key=demo.KEY, headers={"Idempotency-Key": once} if once else {})
        count = self.database.counted()
        self.database.arm(0)
        return answer, self.desk.sql(LEFT), count

    def test_each_of_a_group_is_done_whole_and_once_or_not_at_all_and_its_result_says_so(self):
        for action, body in GROUPS:
            self.begin("")
            none = self.desk.sql(LEFT)
            self.database.fault = "refused"
            answer, whole, count = self.group(body, 0)
            self.begin("")
            keyed = self.group(body, 0, uuid.uuid4().hex)[2]
            self.assertTrue(all(result["status"] < 300 for result in answer.json["results"]), str(answer))
            self.assertTrue(all(one != other for one, other in zip(none, whole)))
            for fault, numbers in (("refused", self.chosen(0, count, 2)), ("deadlock", self.chosen(1, count, 3)), ("cut", self.chosen(2, count, 3)),
                                   ("cut", (count,)), ("refused", (count,))):
                for number in numbers:
                    with self.subTest(action, fault=fault, number=number, count=count):
                        self.database.fault = fault
                        self.begin("")
                        self.check_group(*self.group(body, number)[:2], none, whole)
            for fault, numbers in (("refused", self.chosen(1, keyed, 3)), ("deadlock", self.chosen(2, keyed, 3)), ("cut", self.chosen(0, keyed, 2))):
                for number in numbers:
                    with self.subTest(action, fault=fault, number=number, of=keyed, once=True):
                        self.database.fault = fault
                        self.begin("")
                        once = uuid.uuid4().hex
                        self.check_group(*self.group(body, number, once)[:2], none, whole)
                        again, left, _ = self.group(body, 0, once)
                        self.assertTrue(all(result["status"] < 300 for result in again.json["results"]), str(again))
                        self.assertEqual(whole, left, str(again))

    def check_group(self, answer, left, none, whole):
        if answer.status != 200:  # before the first ticket
            self.assertEqual(none, left, str(answer))
            return
        for result, one, nothing, all_of_it in zip(answer.json["results"], left, none, whole):
            if result["status"] < 300:
                self.assertEqual(all_of_it, one, str(answer))
            elif "unknown" in result["status_msg"]:
                self.assertIn(one, (nothing, all_of_it), str(answer))
            else:
                self.assertEqual(nothing, one, str(answer))

    def test_of_a_group_whose_commit_is_unheard_of_it_is_told_that_nobody_knows(self):
        self.begin("")
        _, whole, _ = self.group(GROUPS[0][1], 0)
        self.begin("")
        self.database.fault = "open"
        answer, left, _ = self.group(GROUPS[0][1], b"COMMIT")
        self.assertEqual([503] * 3, [result["status"] for result in answer.json["results"]])
        self.assertTrue(all("unknown" in result["status_msg"] for result in answer.json["results"]), str(answer))
        self.assertEqual(whole, left)

    def test_what_the_database_takes_back_at_once_is_done_again_more_often(self):
        """As where many clients name the same new user: a note whose COMMIT is a deadlock's victim."""
        note = {**AGENT, "note": "x"}
        for times, statuses, entries in ((6, (201,), 1), (50, (503,), 0)):
            with self.subTest(times):
                self.begin("")
                before = self.desk.value("SELECT COUNT(*) FROM ost_thread_entry")
                self.database.fault = "deadlock"
                self.database.arm(b"COMMIT", times)
                answer = self.desk.request("POST", "/tickets/310042/note.json", body=note, key=demo.KEY)
                self.database.arm(0)
                self.assertIn(answer.status, statuses, str(answer))
                self.assertEqual(entries, int(self.desk.value("SELECT COUNT(*) FROM ost_thread_entry")) - int(before))

    def test_no_operation_that_writes_is_left_out(self):
        described = json.loads(subprocess.run([self.desk.env["PROGRAM"], "--openapi"], capture_output=True, text=True, check=True).stdout)
        paths = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods
                 if method in ("post", "put", "patch", "delete") and path.startswith(("/tickets", "/users", "/organizations"))}
        covered = {(action.method, self.as_described(action.path)) for action in ACTIONS + test_creation_faults.CREATIONS}
        self.assertEqual(paths - NOT_HERE, covered, "give it a row in ACTIONS")

    @staticmethod
    def as_described(path):
        path = path.partition("?")[0].replace("310044", "{number}")
        path = re.sub(r"^/organizations/1/users/\d+", "/organizations/{id}/users/{user}", path)
        return re.sub(r"^/(users|organizations)/\d+", r"/\1/{id}", path).replace("/collaborators/2.json", "/collaborators/{id}.json")


if __name__ == "__main__":
    unittest.main()
