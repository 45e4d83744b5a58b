# SPDX-License-Identifier: GPL-2.0-or-later
"""What an agent's reply bears: whose name, which mailbox, which canned response."""
import json
import unittest

import acting
import demo
import post

DESK, WORKSHOP = "desk@harbour-tools.example", "workshop@harbour-tools.example"


class AgentReply(acting.ActingDesk):
    def setUp(self):
        post.settled(self.desk)
        super().setUp()
        post.clear(self.desk)
        self.desk.sql("UPDATE ost_ticket SET dept_id=2, team_id=0 WHERE ticket_id=1")

    def reply(self, status=201, ticket="310042", **body):
        body = {"staffUserName": "tokafor", "response": "On it", "to": "user", **body}
        return self.act("POST", ticket + "/reply.json", {name: value for name, value in body.items() if value is not None}, status)

    def sender(self, **body):
        """(name, address) that the mail to the owner is from."""
        self.reply(**body)
        senders = [mail.sender[0] for mail in post.settled(self.desk) if ("Anna Lindqvist", "anna@quay.example") in mail.to]
        post.clear(self.desk)
        self.assertEqual(1, len(senders))
        return senders[0]

    def agents_choice(self, word):
        self.desk.sql("DELETE FROM ost_config WHERE namespace='staff.2'; INSERT INTO ost_config(namespace,`key`,value) "
                      "VALUES('staff.2','default_from_name','%s')" % word)

    def entry(self, answer, columns="body, format"):
        return self.desk.sql("SELECT %s FROM ost_thread_entry WHERE id=%d" % (columns, answer["entry_id"]))[0]

    def files(self, answer):
        return [row[0] for row in self.desk.sql("SELECT COALESCE(a.name, f.name) FROM ost_attachment a JOIN ost_file f ON f.id=a.file_id "
                                                "WHERE a.type='H' AND a.object_id=%d ORDER BY a.id" % answer["entry_id"])]

    # ---- the name
    def test_it_bears_the_name_that_the_agent_chose(self):
        self.assertEqual(("Harbour Tools workshop", WORKSHOP), self.sender())
        for word, name in (("mine", "Tobenna Okafor"), ("dept", "Workshop"), ("email", "Harbour Tools workshop"), ("", "Harbour Tools workshop")):
            with self.subTest(word=word):
                self.agents_choice(word)
                self.assertEqual((name, WORKSHOP), self.sender())

    def test_names_that_are_hidden_are_the_mailboxs(self):
        self.agents_choice("mine")
        self.setting("hide_staff_name", "1")
        self.assertEqual("Harbour Tools workshop", self.sender()[0])
        self.agents_choice("dept")
        self.desk.sql("UPDATE ost_department SET ispublic=0 WHERE id=2")
        self.assertEqual("Harbour Tools workshop", self.sender()[0])

    def test_the_agents_name_is_as_the_help_desk_shows_names(self):
        self.agents_choice("mine")
        self.setting("agent_name_format", "lastfirst")
        self.assertEqual("Okafor, Tobenna", self.sender()[0])

    # ---- who gets it in copy
    def test_forty_in_copy_by_ids_and_addresses_are_as_one(self):
        self.desk.sql("INSERT INTO ost_user(id,org_id,default_email_id,status,name,created,updated) SELECT n.seq,0,n.seq,0,CONCAT('Crew ',n.seq),NOW(),NOW() FROM {0} n;"
                      "INSERT INTO ost_user_email(id,user_id,flags,address) SELECT n.seq,n.seq,0,CONCAT('crew',n.seq,'@ship.example') FROM {0} n;"
                      "DELETE FROM ost_thread_collaborator WHERE thread_id=1;"
                      "INSERT INTO ost_thread_collaborator(flags,thread_id,user_id,role,created,updated) VALUES(1,1,101,'M',NOW(),NOW()),(3,1,140,'M',NOW(),NOW()),"
                      "(2,1,139,'M',NOW(),NOW())".format(demo.numbers(101, 140)))
        named = [101, "102", 103] + ["crew%d@ship.example" % n for n in range(104, 140)] + ["CREW105@ship.example", 106, 103]
        body = {"staffUserName": "tokafor", "response": "On it", "cc": named, "to": "all"}
        answer, line = demo.traced(self.desk, "POST", "/tickets/310042/reply.json", "forty-in-copy", body=json.dumps(body))
        self.assertEqual(201, answer.status, str(answer))
        self.assertLessEqual(int(line["round_trips"]), 30)
        self.assertEqual([[str(n), str(int(n < 140))] for n in range(101, 141)],
                         self.desk.sql("SELECT user_id,flags & 1 FROM ost_thread_collaborator WHERE thread_id=1 ORDER BY user_id"))
        self.assertEqual(37, answer.json["events"].count("collab"))
        recipients = json.loads(self.desk.value("SELECT recipients FROM ost_thread_entry WHERE id=%d" % answer.json["entry_id"]))
        self.assertEqual(["Crew %d <crew%d@ship.example>" % (n, n) for n in range(101, 140)], list(recipients["cc"].values()))
        ids = self.desk.sql("SELECT c.id FROM ost_thread_collaborator c JOIN ost_user u ON u.id=c.user_id WHERE c.thread_id=1 AND u.id<140 ORDER BY u.name")
        self.assertEqual([row[0] for row in ids], list(recipients["cc"]))

    def test_one_unknown_among_forty_in_copy_refuses_the_reply(self):
        self.desk.sql("INSERT INTO ost_user_email(user_id,flags,address) SELECT 3,0,CONCAT('cher',n.seq,'@ship.example') FROM %s n" % demo.numbers(1, 40))
        named = ["cher%d@ship.example" % n for n in range(1, 40)]
        for unknown in ("nobody@ship.example", 999, "999", 1):  # the last one is the owner
            with self.subTest(unknown):
                self.refused("POST", "310042/reply.json", {"staffUserName": "tokafor", "response": "x", "cc": named[:30] + [unknown] + named[30:]}, 422, "cc")

    # ---- the mailbox
    def test_it_is_sent_from_a_mailbox_of_the_tickets_department_or_the_agents(self):
        self.assertEqual(DESK, self.sender(**{"from": 1})[1])  # he works for the hire desk, too
        self.assertEqual(WORKSHOP, self.sender(**{"from": "3"})[1])
        self.desk.sql("DELETE FROM ost_staff_dept_access WHERE staff_id=2")
        self.assertEqual(WORKSHOP, self.sender(**{"from": 3})[1])
        for mailbox in (1, 2, 99):
            told = self.refused("POST", "310042/reply.json", {"staffUserName": "tokafor", "response": "x", "from": mailbox}, 422, "from")
            self.assertIn("no such mailbox", told)
        self.desk.sql("UPDATE ost_department SET email_id=0 WHERE id=2")
        self.assertEqual(DESK, self.sender(**{"from": 1})[1])  # the default one is the department's then

    def test_a_mailbox_of_no_department_is_the_default_departments(self):
        self.desk.sql("UPDATE ost_email SET dept_id=0 WHERE email_id=2")
        self.assertEqual("alerts@harbour-tools.example", self.sender(**{"from": 2})[1])
        self.desk.sql("DELETE FROM ost_staff_dept_access WHERE staff_id=2")
        self.refused("POST", "310042/reply.json", {"staffUserName": "tokafor", "response": "x", "from": 2}, 422, "from")

    # ---- canned responses
    def test_a_canned_response_brings_its_text_filled_in_and_its_files(self):
        for canned in (1, "1", "when WE are there"):
            with self.subTest(canned=canned):
                answer = self.reply(response=None, canned=canned)
                self.assertEqual(["<p>Good day Anna, you find us at the quay on every working day; the hours are attached.</p>", "html"], self.entry(answer))
                self.assertEqual(1, len(self.files(answer)))

    def test_what_was_written_goes_before_its_text(self):
        answer = self.reply(response="Come at nine", canned=1)
        self.assertEqual(["Come at nine", "text"], self.entry(answer))
        self.assertEqual(1, len(self.files(answer)))

    def test_it_is_plain_where_the_help_desk_keeps_no_html(self):
        self.setting("enable_richtext", "0")
        answer = self.reply(response=None, canned=1)
        self.assertEqual(["text"], self.entry(answer, "format"))
        self.assertIn("Good day Anna, you find us", self.entry(answer, "body")[0])

    def test_one_that_is_not_offered_is_refused(self):
        for change in ("UPDATE ost_canned_response SET isenabled=0", "UPDATE ost_canned_response SET isenabled=1, dept_id=1"):
            self.desk.sql(change)
            self.refused("POST", "310042/reply.json", {"staffUserName": "tokafor", "canned": 1}, 422, "canned")
        self.desk.sql("UPDATE ost_canned_response SET dept_id=2")
        self.reply(response=None, canned=1)
        self.refused("POST", "310042/reply.json", {"staffUserName": "tokafor", "canned": "Nowhere"}, 422, "canned")
        self.refused("POST", "310042/reply.json", {"staffUserName": "tokafor", "canned": 1, "response": " "}, 422, "response")


if __name__ == "__main__":
    unittest.main()
