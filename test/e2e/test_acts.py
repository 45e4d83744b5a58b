# SPDX-License-Identifier: GPL-2.0-or-later
"""What agents do to tickets over HTTP: answers, round trips, once and only once, nobody in between, and what is refused
leaves nothing. The rows that each action leaves: golden.acts."""
import json
import threading
import unittest
import uuid

import demo
from desk import until

MOST = 12  # round trips, aside from files and mail
TICKET = "/tickets/310042"


class Acts(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id, scopes, any_staff) SELECT id, '*', 1 FROM ost_api_key "
                      "WHERE apikey = '%s'; UPDATE ost_ticket SET dept_id = 2, team_id = 0 WHERE number = '310042'" % demo.KEY)

    def act(self, path, body=None, method="POST", **more):
        if method == "DELETE":
            return self.desk.request(method, TICKET + path, key=demo.KEY, headers={"X-Act-As": "tokafor"})
        body = {"staffUserName": "tokafor", **(body or {})}
        return self.desk.request(method, TICKET + path, body=body, key=demo.KEY, **more)

    def done(self, status, path, body=None, **more):
        answer = self.act(path, body, **more)
        self.assertEqual(status, answer.status, str(answer))
        return answer.json

    def refused(self, status, path, body=None, **more):
        before = self.desk.counts()
        answer = self.act(path, body, **more)
        self.assertEqual(status, answer.status, str(answer))
        self.assertEqual(before, self.desk.counts(), path)
        return answer.json

    # ---- what is answered
    def test_each_action_answers_with_the_ticket_as_it_is_by_then(self):
        noted = self.done(201, "/note.json", {"note": "Called her", "title": "Call"})
        self.assertEqual((["310042", []], 18), ([noted["ticket"]["number"], noted["events"]], len(noted["version"]) + 2))
        self.assertEqual("Called her", self.desk.value("SELECT body FROM ost_thread_entry WHERE id = %d" % noted["entry_id"]))
        closed = self.done(200, "/status.json", {"state": "closed", "comments": "Solved"})
        self.assertEqual(("closed", ["closed"], "tokafor"), (closed["ticket"]["status"]["state"], closed["events"],
                                                              closed["ticket"]["staff"]["username"]))
        self.assertEqual(["reopened"], self.done(200, "/status.json", {"state": "open"})["events"])
        self.assertEqual("Hire desk", self.done(200, "/transfer.json", {"department": "hire desk"})["ticket"]["department"]["name"])
        self.assertEqual("mvries", self.done(200, "/assign.json", {"staff": "mvries"})["ticket"]["staff"]["username"])
        self.assertEqual((None, ["released"]), (lambda a: (a["ticket"]["staff"], a["events"]))(
            self.done(200, "/release.json", {"staffUserName": "mvries"})))
        read = self.desk.get(TICKET + ".json", key=demo.KEY)
        again = self.done(201, "/note.json", {"staffUserName": "mvries", "note": "x"}, headers={"If-Match": read.header("etag")})
        self.assertNotEqual(read.json["version"], again["version"])

    def test_round_trips(self):
        self.desk.reload()
        for number in range(2):  # a worker prepares what is rare with its first use
            for path, body in (("/note.json", {"note": "x"}), ("/status.json", {"status": "Closed", "comments": "x"}),
                               ("/status.json", {"state": "open", "comments": "x"}), ("/release.json", {"comments": "x"}),
                               ("/claim.json", {}), ("/transfer.json", {"department": 1, "comments": "x", "refer": True}),
                               ("/transfer.json", {"department": 2, "comments": "x"}), ("/refer.json", {"staff": 1, "comments": "x"}),
                               ("/assign.json", {"staff": "mvries", "comments": "x"}), ("/assign.json", {"staff": "tokafor"})):
                for _ in range(1 if number else int(self.desk.configured("server", "workers"))):
                    answer, line = demo.traced(self.desk, "POST", TICKET + path, str(uuid.uuid4()),
                                               body={"staffUserName": "tokafor", "alert": False, **body} if "alert" in path
                                               else {"staffUserName": "tokafor", **body})
                    self.assertIn(answer.status, (200, 201, 403, 409, 422), "%s %s" % (path, answer))
                if number and answer.status < 300:
                    mails = answer.json["mails"] + 1  # the queue is asked even where a switch is off
                    self.assertLessEqual(int(line["round_trips"]) - mails, MOST, path)

    # The last: what they take beside, of each answer, and of source and owner, one; the second ticket of a link is found, locked, saved,
    # indexed; the rows of a ticket that goes lie in many tables.
    ELSE = (("message", "POST", "/message.json", {"message": "x"}, 0), ("a column", "PATCH", ".json", {"source": "$"}, 0),
            ("an answer", "PATCH", ".json", {"subject": "Crane $"}, 0), ("columns and answers", "PATCH", ".json", {"sla": "$", "due": "+$h", "source": "$", "subject": "Pump $"}, 2),
            ("a page", "PATCH", ".json?page=1", {"source": "$", "subject": "Mast $"}, 2), ("a mark", "PATCH", ".json", {"answered": "$"}, 0),
            ("a list", "PATCH", "/collaborators.json", {"active": []}, 0), ("link", "POST", "/link.json", {"tickets": ["310045"]}, 4), ("unlink", "POST", "/unlink.json", {}, 4),
            ("referral", "POST", "/refer.json", {"team": 1}, 0), ("its end", "DELETE", "/refer.json?team=1", {}, 0), ("rehearsed deletion", "DELETE", ".json?confirm=310042&dry_run=1", {}, 2))

    def test_round_trips_of_all_else(self):
        self.desk.sql("UPDATE ost_role SET permissions = REPLACE(permissions, '{', '{\"ticket.link\":1,\"ticket.markanswered\":1,') WHERE id = 1;"
                      "UPDATE ost_ticket SET dept_id = 2 WHERE ticket_id = 4")
        self.desk.reload()
        turns, most = 2 * int(self.desk.configured("server", "workers")), {}
        for turn in range(turns):
            for name, method, path, body, more in self.ELSE:
                word = {"source": ("Phone", "Web"), "sla": (1, 2), "answered": (True, False)}
                body = {key: word[key][turn % 2] if key in word else json.loads(json.dumps(value).replace("$", str(turn + 2))) for key, value in body.items()}
                sent = body if name == "message" else {"staffUserName": "tokafor", **body}
                answer, line = demo.traced(self.desk, method, TICKET + path, str(uuid.uuid4()), body=sent)
                self.assertIn(answer.status, (200, 201), "%s %s" % (name, answer))
                most.setdefault(name, []).append(int(line["round_trips"]) - answer.json["mails"] - 1 - more)
        self.assertEqual({}, {name: trips for name, trips in most.items() if min(trips) > MOST})

    # ---- once and only once, and nobody in between
    def test_a_repetition_is_answered_as_before_and_writes_nothing(self):
        headers = {"Idempotency-Key": "close-310042"}
        first = self.act("/status.json", {"status": "Closed"}, headers=headers)
        self.assertEqual(200, first.status, str(first))
        before = self.desk.counts()
        self.assertEqual(first.body, self.act("/status.json", {"status": "Closed"}, headers=headers).body)
        self.assertEqual(before, self.desk.counts())

    def test_a_rehearsal_tells_everything_and_writes_nothing(self):
        before = self.desk.counts()
        told = self.done(200, "/status.json?dry_run=1", {"status": "Closed", "comments": "x"}, headers={"Idempotency-Key": "k1"})
        self.assertEqual((True, "closed"), (told["dry_run"], told["ticket"]["status"]["state"]))
        self.assertEqual(before, self.desk.counts())
        self.assertNotIn("dry_run", self.done(200, "/status.json", {"status": "Closed"}, headers={"Idempotency-Key": "k1"}))

    def test_a_ticket_that_has_changed_is_412(self):
        version = self.desk.get(TICKET + ".json", key=demo.KEY).json["version"]
        self.done(201, "/note.json", {"note": "x"})
        told = self.refused(412, "/status.json", {"status": "Closed"}, headers={"If-Match": '"%s"' % version})
        self.assertEqual("changed", told["error"])
        self.done(200, "/status.json", {"status": "Closed"}, headers={"If-Match": 'W/"%s.0"' % told["version"]})

    def test_of_many_who_claim_one_gets_it(self):
        self.desk.sql("UPDATE ost_ticket SET staff_id = 0, team_id = 0 WHERE number = '310042'")
        answers = []

        def claim(name):
            answers.append(self.act("/claim.json", {"staffUserName": name}).status)
        threads = [threading.Thread(target=claim, args=(name,)) for name in ("tokafor", "mvries") * 6]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([200] + 11 * [403], sorted(answers))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_event WHERE data = '{\"claim\":true}'"))

    # ---- who may
    def test_rights(self):
        self.refused(404, "/note.json", {"staffUserName": "íris", "note": "x"})
        self.desk.sql("UPDATE ost_staff SET role_id = 2 WHERE username = 'tokafor'")
        self.assertEqual("role", self.refused(403, "/refer.json", {"team": 1})["error"])
        self.refused(422, "/note.json", {"staffUserName": "nobody", "note": "x"})
        self.desk.sql("UPDATE ost_staff SET isactive = 0 WHERE username = 'tokafor'")
        self.refused(403, "/note.json", {"note": "x"})
        self.desk.sql("UPDATE ost_staff SET isactive = 1, assigned_only = 1 WHERE username = 'tokafor'")
        self.desk.sql("UPDATE ost_ticket SET staff_id = 1, team_id = 0 WHERE number = '310042'")
        self.refused(404, "/note.json", {"note": "x"})
        self.desk.sql("UPDATE fcgi_ost_key SET any_staff = 0")
        self.refused(403, "/note.json", {"note": "x"})
        self.desk.sql("UPDATE fcgi_ost_key SET scopes = 'read', any_staff = 1")
        self.assertEqual("scope", self.refused(403, "/note.json", {"note": "x"})["error"])

    def test_a_key_changes_no_children_that_it_does_not_see(self):
        self.desk.sql("UPDATE fcgi_ost_key SET any_staff = 0, `system` = 1, depts = '2';"
                      "UPDATE ost_ticket SET flags = 24 WHERE number = '310042';"
                      "UPDATE ost_ticket SET ticket_pid = 1, flags = 8 WHERE ticket_id IN (2, 4)")
        answer = self.done(200, "/status.json", {"staffUserName": None, "state": "closed", "children": True})
        self.assertEqual([{"number": "310043", "refused": None}], answer["children"])
        self.assertEqual([["2"], ["2"], ["1"]], self.desk.sql("SELECT status_id FROM ost_ticket WHERE ticket_id IN (1, 2, 4) ORDER BY ticket_id"))

    def test_a_ticket_that_leaves_what_the_key_sees_meanwhile_is_gone(self):
        self.desk.sql("UPDATE fcgi_ost_key SET any_staff = 0, `system` = 1, depts = '2'")
        transfer = threading.Thread(target=self.desk.sql, args=(
            "BEGIN; UPDATE ost_ticket SET dept_id = 1 WHERE number = '310042'; SELECT SLEEP(2); COMMIT",))
        transfer.start()
        self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(2)%'"), 5))
        self.assertEqual(404, self.act("/note.json", {"staffUserName": None, "note": "meanwhile"}).status)
        transfer.join()
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body = 'meanwhile'"))

    def test_a_note_brings_no_status_with_a_key_that_may_set_none(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes = 'note'")
        self.assertEqual("scope", self.refused(403, "/note.json", {"note": "x", "status": "Closed"})["error"])
        self.done(201, "/note.json", {"note": "x"})

    def test_a_state_is_the_first_status_of_it_that_is_enabled(self):
        self.desk.sql("UPDATE ost_ticket_status SET mode = 2 WHERE id = 2")
        self.assertEqual("Closed", self.done(200, "/status.json", {"state": "closed"})["ticket"]["status"]["name"])

    def test_a_repetition_by_another_agent_is_another_request(self):
        send = lambda agent: self.desk.request("POST", TICKET + "/note.json", body={"note": "x"}, key=demo.KEY,
                                               headers={"Idempotency-Key": "k-2", "X-Act-As": agent})
        self.assertEqual([201, 201, 422], [send(agent).status for agent in ("tokafor", "tokafor", "mvries")])

    # ---- a ticket that was merged into another one
    def merge(self):
        """310042 hangs on 310043, with its entries."""
        self.desk.sql("UPDATE ost_ticket SET flags = 17, dept_id = 2 WHERE ticket_id = 2; UPDATE ost_ticket SET flags = 1, ticket_pid = 2, sort = 1 "
                      "WHERE ticket_id = 1; UPDATE ost_thread SET object_type = 'C' WHERE object_id = 1;"
                      "UPDATE ost_thread_entry SET thread_id = 2, flags = flags | 1024 WHERE thread_id = 1")

    def test_a_merged_tickets_note_goes_to_where_its_entries_are_read(self):
        self.merge()
        version = self.desk.get(TICKET + ".json", key=demo.KEY).json["version"]
        noted = self.done(201, "/note.json", {"note": "Called her"}, headers={"If-Match": '"%s"' % version})
        self.assertEqual(("310043", "2"), (noted["ticket"]["number"], self.desk.value("SELECT thread_id FROM ost_thread_entry WHERE id = %d" % noted["entry_id"])))
        self.assertIn("errors", self.refused(422, "/note.json", {"note": "x", "status": "Closed"}))
        other = self.desk.get("/tickets/310043.json", key=demo.KEY).json["version"]
        self.assertEqual(version, self.refused(412, "/note.json", {"note": "x"}, headers={"If-Match": '"%s"' % other})["version"])
        self.desk.sql("UPDATE ost_ticket SET dept_id = 1, staff_id = 0 WHERE ticket_id = 2; DELETE FROM ost_staff_dept_access WHERE staff_id = 2")
        self.refused(404, "/note.json", {"note": "x"})

    def test_nobody_replies_to_a_merged_ticket_but_all_else_is_its_own(self):
        self.merge()
        self.assertEqual("conflict", self.refused(409, "/reply.json", {"response": "x"})["error"])
        for path, body in (("/status.json", {"status": "Closed", "comments": "x"}), ("/transfer.json", {"department": 1, "comments": "x"})):
            told = self.done(200, path, body)
            self.assertEqual(("310042", "1"), (told["ticket"]["number"], self.desk.value("SELECT thread_id FROM ost_thread_entry WHERE id = %d" % told["entry_id"])))

    def test_thirty_tickets_are_linked_by_numbers_and_ids_and_one_wrong_one_refuses_all(self):
        self.desk.sql("INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated) SELECT n.seq,CONCAT('A-',n.seq),1,1,2,NOW(),NOW() FROM {0} n;"
                      "INSERT INTO ost_thread(object_id,object_type,created) SELECT n.seq,'T',NOW() FROM {0} n;"
                      "UPDATE ost_ticket SET number='A-131' WHERE ticket_id=132;UPDATE ost_role SET permissions=REPLACE(permissions,'{{','{{\"ticket.link\":1,') "
                      "WHERE id=1".format(demo.numbers(101, 132)))
        named = ["A-%d" % n for n in range(101, 126)] + ["id:%d" % n for n in range(126, 131)]
        for wrong, what in (("A-131", "several tickets have the number A-131"), ("A-107", "named twice is A-107"), ("id:107", "named twice is id:107"),
                            ("A-999", "there is no such ticket"), ("id:999", "there is no such ticket"), ("id:0", "there is no such ticket"), ("", "list of numbers")):
            with self.subTest(wrong):
                self.assertIn(what, self.refused(422, "/link.json", {"tickets": named[:22] + [wrong] + named[22:]})["status_msg"])
        self.done(200, "/link.json", {"tickets": named})
        self.assertEqual("30", self.desk.value("SELECT COUNT(*) FROM ost_ticket WHERE ticket_pid=1 AND ticket_id BETWEEN 101 AND 130"))

    def test_a_linked_ticket_keeps_its_notes_and_replies(self):
        self.desk.sql("UPDATE ost_ticket SET flags = 24 WHERE ticket_id = 2; UPDATE ost_ticket SET flags = 8, ticket_pid = 2 WHERE ticket_id = 1")
        for path, body in (("/note.json", {"note": "x"}), ("/reply.json", {"response": "x"})):
            self.assertEqual("310042", self.done(201, path, body)["ticket"]["number"])

    # ---- what is refused
    def test_what_cannot_be_is_refused_and_leaves_nothing(self):
        for status, path, body in (
                (422, "/note.json", {}), (422, "/note.json", {"note": "  "}), (400, "/note.json", {"note": {"a": 1}}),
                (400, "/note.json", {"note": "x", "attachments": 5}), (422, "/note.json", {"note": "x", "format": "markdown"}),
                (422, "/note.json", {"note": "x", "status": "Nowhere"}), (422, "/note.json", {"note": "x", "status": 999999999999}),
                (422, "/status.json", {}), (422, "/status.json", {"status": "Closed", "state": "closed"}),
                (422, "/status.json", {"state": "deleted"}), (422, "/status.json", {"status": "'; DROP TABLE ost_ticket; --"}),
                (422, "/assign.json", {}), (422, "/assign.json", {"staff": "<b>x</b>"}), (422, "/assign.json", {"team": "No team"}),
                (422, "/assign.json", {"staff": "íris"}), (422, "/release.json", {"staff": False, "team": False}),
                (422, "/transfer.json", {"department": "Nowhere"}), (409, "/transfer.json", {"department": "Workshop"}),
                (422, "/refer.json", {}), (422, "/refer.json", {"staff": 1, "team": 1}), (422, "/refer.json", {"department": -1}),
                (422, "/reply.json", {"response": "<p></p>", "format": "html"}), (422, "/reply.json", {"response": "x", "to": "them"}),
                (422, "/reply.json", {"response": "x", "cc": ["nobody@nowhere.example"]}), (422, "/reply.json", {"response": "x", "cc": "all"}),
                (422, "/note.json", {"note": "x", "unknown": 1})):
            told = self.refused(status, path, body)
            self.assertEqual("FAILURE", told["status_code"], path)

    def test_bodies_and_paths_that_nobody_sends_in_earnest(self):
        deep = "[" * 200 + "]" * 200
        for body in ("", "null", "[]", "{", '{"note":"a","note":"b"}', '{"note":"\\u0000"}', '{"note":%s}' % deep, b'{"note":"\xff"}',
                     '{"note":1e999}', '{"staffUserName":"tokafor","note":"x","comments":"y"}'):
            before = self.desk.counts()
            answer = self.desk.request("POST", TICKET + "/note.json", body=body, key=demo.KEY)
            self.assertTrue(400 <= answer.status < 500, (body, str(answer)))
            self.assertEqual(before, self.desk.counts())
        for number in ("%00", "a%0ab", "310042%2f..", "..", "id:0", "id:99999999999999999999", "310042'", "%ff"):
            answer = self.desk.request("POST", "/tickets/%s/note.json" % number, key=demo.KEY,
                                       body=json.dumps({"staffUserName": "tokafor", "note": "x"}))
            self.assertTrue(400 <= answer.status < 500, (number, str(answer)))

    def test_a_deletion_wants_the_number_once_more_and_leaves_no_row(self):
        self.refused(422, ".json", method="DELETE")
        answer = self.desk.request("DELETE", TICKET + ".json?confirm=310042", key=demo.KEY)
        self.assertEqual((422, ["staffUserName"]), (answer.status, list(answer.json["errors"])))
        self.refused(422, ".json?confirm=310043", method="DELETE")
        told = self.done(200, ".json?confirm=310042", method="DELETE")
        self.assertEqual(("310042", ["deleted"]), (told["deleted"], told["events"]))
        self.assertEqual("0", self.desk.value(
            "SELECT (SELECT COUNT(*) FROM ost_ticket WHERE number = '310042') + (SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id = 1) + "
            "(SELECT COUNT(*) FROM ost_form_entry WHERE object_type = 'T' AND object_id = 1) + (SELECT COUNT(*) FROM ost_thread WHERE id = 1)"))
        self.assertEqual(404, self.act(".json?confirm=310042", method="DELETE").status)


    def delete(self, body, status=200, number="310042"):
        answer = self.desk.request("DELETE", "/tickets/%s.json?confirm=%s" % (number, number), key=demo.KEY, body=body)
        self.assertEqual(status, answer.status, str(answer))
        return answer.json

    def test_who_deletes_stands_in_the_body_too(self):
        self.delete({"staffUserName": "íris"}, 404)
        self.delete({"staffUserName": "tokafor", "nosuch": 1}, 422)
        self.assertTrue(self.delete({"staffUserName": "tokafor", "dry_run": True})["dry_run"])
        event = self.desk.value("SELECT MAX(id) FROM ost_thread_event")
        self.delete({"staffUserName": "tokafor"})
        self.assertEqual("tokafor", self.desk.value("SELECT username FROM ost_thread_event WHERE id > %s" % event))

    def test_a_deletion_is_in_the_system_log_where_that_has_everything(self):
        logged = lambda: self.desk.sql("SELECT log_type, title, log, ip_address <> '' FROM ost_syslog WHERE title LIKE 'Ticket%' ORDER BY log_id")
        self.setting("log_level", "2")
        self.delete({"staffUserName": "tokafor", "comments": "x"})
        self.assertEqual([], logged())
        self.setting("log_level", "3")
        self.desk.sql("UPDATE ost_ticket SET dept_id = 2 WHERE ticket_id IN (4, 5)")
        self.delete({"staffUserName": "tokafor"}, number="310045")
        self.delete({"staffUserName": "tokafor", "comments": "a < b"}, number="310046")
        self.assertEqual([["Debug", "Ticket #310045 deleted", "Ticket #310045 deleted by Tobenna Okafor", "1"],
                          ["Debug", "Ticket #310046 deleted", "Ticket #310046 deleted by Tobenna Okafor<hr>a &lt; b", "1"]], logged())
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id IN (4, 5)"))


if __name__ == "__main__":
    unittest.main()
