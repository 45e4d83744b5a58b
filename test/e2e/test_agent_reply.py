# SPDX-License-Identifier: GPL-2.0-or-later
"""What an agent's reply bears: whose name, which mailbox, which canned response."""
import unittest

import acting
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
