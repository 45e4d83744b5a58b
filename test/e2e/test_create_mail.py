# SPDX-License-Identifier: GPL-2.0-or-later
"""What a new ticket sends, and what of filters it tells: when which mail goes out, and when none."""
import json
import unittest

import demo
import post
from test_create import post as create, ticket


class CreateMail(post.MailDesk):
    @classmethod
    def tearDownClass(cls):
        post.settled(cls.desk)
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        for key in ("ticket_alert_active", "assigned_alert_active", "ticket_autoresponder"):
            self.setting(key, "0")

    def filter(self, *actions, name="F1", how="equal", what="email", value="anna@quay.example"):
        self.desk.sql("INSERT INTO ost_filter(id,execorder,isactive,status,match_all_rules,stop_onmatch,target,email_id,name,created,"
                      "updated) VALUES(50,1,1,0,0,0,'Any',0,'%s',NOW(),NOW()); INSERT INTO ost_filter_rule(filter_id,what,how,val,"
                      "isactive,notes,created,updated) VALUES(50,'%s','%s','%s',1,'',NOW(),NOW())" % (name, what, how, value))
        for sort, (kind, configuration) in enumerate(actions):
            self.desk.sql("INSERT INTO ost_filter_action(filter_id,sort,type,configuration,updated) VALUES(50,%d,'%s','%s',NOW())"
                          % (sort, kind, json.dumps(configuration).replace("\\", "\\\\").replace("'", "''")))

    def sent(self, **fields):
        """(to, subject) of all mails of a new ticket, with NUMBER for its number."""
        post.clear(self.desk)
        answer = create(self.desk, **fields)
        self.assertEqual(201, answer.status, str(answer))
        mails = post.settled(self.desk)
        return sorted((mail.to[0][1], mail.subject.replace(answer.text, "NUMBER")) for mail in mails)

    # ---- autoresponse ----------------------------------------------------------------------------------------------
    def test_an_autoresponse_to_the_owner(self):
        self.setting("ticket_autoresponder", "1")
        self.assertEqual([("anna@quay.example", "We have your request: Crane is stuck [#NUMBER]")], self.sent())

    def test_a_message_too_long_for_a_mail_is_not_left_out_without_a_word(self):
        if self.desk.is_sanitized():
            self.skipTest("9 MB take a sanitized worker beside other tests longer than a request may")
        self.setting("ticket_autoresponder", "1")
        for message in ("<" * 3000000, "x y " * 2700000, "data:text/html," + ("<p>" + "some words of it " * 1000 + "</p>") * 540):
            post.clear(self.desk)
            self.assertEqual(201, create(self.desk, message=message).status)
            mails = post.settled(self.desk)
            self.assertEqual(1, len(mails))
            self.assertIn("(This text is too long for a mail. It is in the ticket.)", mails[0].text)

    def test_who_gets_no_autoresponse(self):
        self.setting("ticket_autoresponder", "1")
        self.assertEqual([], self.sent(autorespond=False), "the request does not want it")
        self.desk.sql("UPDATE ost_help_topic SET noautoresp=1 WHERE topic_id=2")
        self.assertEqual([], self.sent(topicId=2), "nor the topic")
        self.desk.sql("UPDATE ost_department SET ticket_auto_response=0 WHERE id=1")
        self.assertEqual([], self.sent(), "nor the department")
        self.desk.sql("UPDATE ost_department SET ticket_auto_response=1")
        address = self.desk.value("SELECT email FROM ost_email WHERE email_id=1")
        self.assertEqual([], self.sent(email=address, name="Loop"), "the help desk does not write to itself")
        self.filter(("noresp", []))
        self.assertEqual([], self.sent(), "nor a filter")

    # ---- a canned reply --------------------------------------------------------------------------------------------
    def test_a_canned_reply_takes_the_place_of_the_autoresponse(self):
        self.setting("ticket_autoresponder", "1")
        self.filter(("canned", {"canned_id": "1"}))
        self.assertEqual([("anna@quay.example", "Re: Crane is stuck [#NUMBER]")], self.sent())
        row = self.desk.sql("SELECT type, poster, flags, format, staff_id, ip_address, body FROM ost_thread_entry ORDER BY id DESC LIMIT 1")[0]
        self.assertEqual(["R", "SYSTEM (Canned Reply)", "192", "html", "0", "127.0.0.1"], row[:6])
        self.assertIn("Good day Anna", row[6])
        self.assertEqual(["0", "1"], self.desk.sql("SELECT t.isanswered, h.lastresponse IS NOT NULL FROM ost_ticket t JOIN ost_thread h "
                                                   "ON h.object_id=t.ticket_id WHERE h.object_type='T' ORDER BY ticket_id DESC LIMIT 1")[0])

    def test_a_canned_reply_is_plain_text_where_rich_text_is_off(self):
        self.setting("enable_richtext", "0")
        self.filter(("canned", {"canned_id": "1"}))
        self.desk.sql("UPDATE ost_canned_response SET response='<div>Good day <b>%{ticket.name.first}</b>,<br />ours &amp; yours: "
                      "a &lt; b</div><ul><li>one</li><li>two</li></ul>' WHERE canned_id=1")
        self.assertEqual(1, len(self.sent()))
        newest = "SELECT flags, format, REPLACE(body, CHAR(10), '|') FROM ost_thread_entry ORDER BY id DESC LIMIT 1"
        self.assertEqual([["128", "text", "Good day Anna,|ours &amp; yours: a &lt; b||  * one|  * two"]], self.desk.sql(newest))
        # Without any tag its lines stay.
        self.desk.sql("UPDATE ost_canned_response SET response='Good day,\\n%{ticket.name.first} &amp; all' WHERE canned_id=1")
        self.sent()
        self.assertEqual([["128", "text", "Good day,|Anna &amp; all"]], self.desk.sql(newest))

    # ---- alerts ----------------------------------------------------------------------------------------------------
    def test_alerts_of_a_new_ticket(self):
        self.setting("ticket_alert_active", "1")
        self.setting("ticket_alert_dept_members", "1")
        self.setting("ticket_alert_dept_manager", "0")
        # Marieke is the manager, who has a switch of her own.
        self.assertEqual([("tobenna@harbour-tools.example", "In: #NUMBER Crane is stuck")], self.sent())
        self.assertEqual([], self.sent(alert=False))

    def test_an_assignment_alert(self):
        self.setting("assigned_alert_active", "1")
        self.setting("assigned_alert_staff", "1")
        self.desk.sql("UPDATE ost_help_topic SET staff_id=2, team_id=0 WHERE topic_id=2")
        mails = self.sent(topicId=2)
        self.assertEqual(["tobenna@harbour-tools.example"], [mail[0] for mail in mails])

    # ---- the limit of open tickets ---------------------------------------------------------------------------------
    def test_the_ticket_that_fills_the_limit_is_told_of_and_the_next_one_refused(self):
        self.setting("max_open_tickets", "2")
        self.setting("overlimit_notice_active", "1")
        self.desk.sql("UPDATE ost_ticket SET status_id=3")
        self.assertEqual([], self.sent())
        self.assertEqual([("admin@harbour-tools.example", "Maximum Open Tickets Limit (anna@quay.example)"),
                          ("admin@harbour-tools.example", "Overlimit Notice"),
                          ("anna@quay.example", "Please wait with further requests")], self.sent())
        for mail in post.sent(self.desk):
            if mail.to[0][1].startswith("admin@"):
                self.assertTrue(mail.text.replace("\r", "").rstrip("\n").endswith("\n\nhttp://desk.harbour-tools.example"), mail.text)
        before = self.desk.value("SELECT COUNT(*) FROM ost_ticket")
        answer = create(self.desk)
        self.assertEqual((400, "Unable to create new ticket :err\nYou've reached the maximum open tickets allowed."),
                         (answer.status, answer.text))
        self.assertEqual(before, self.desk.value("SELECT COUNT(*) FROM ost_ticket"))
        self.assertEqual(201, create(self.desk, email="cher@stage.example").status, "another one's tickets do not count")

    # ---- filters ---------------------------------------------------------------------------------------------------
    def test_a_filter_s_mail(self):
        self.filter(("email", {"recipients": "%{user}, boss@quay.example", "subject": "About %{ticket.number}",
                               "message": "<p>%{ticket.subject}</p>", "from": ""}))
        self.assertEqual([("anna@quay.example", "About NUMBER"), ("boss@quay.example", "About NUMBER")], self.sent())

    def test_what_filters_did_is_in_the_history(self):
        self.setting("agent_name_format", "lastfirst")  # the history names agents in one way
        self.filter(("dept", {"dept_id": 2}), ("pri", {"priority": "4"}), ("sla", {"sla_id": 2}), ("agent", {"staff_id": 2}),
                    ("team", {"team_id": 1}), ("topic", {"topic_id": 1}), ("status", {"status_id": 6}), name="Piers")
        self.sent()
        self.assertEqual(["2", "2", "2", "1", "1", "6"],
                         self.desk.sql("SELECT dept_id, sla_id, staff_id, team_id, topic_id, status_id FROM ost_ticket "
                                       "ORDER BY ticket_id DESC LIMIT 1")[0])
        events = self.desk.sql("SELECT username, data FROM ost_thread_event WHERE thread_id=(SELECT MAX(id) FROM ost_thread) AND "
                               "event_id=9 AND username='Ticket Filter' ORDER BY id")
        self.assertEqual([{"value": value, "filter": "Piers", "type": kind} for value, kind in (
            (self.desk.value("SELECT name FROM ost_department WHERE id=2"), "Department"), ("Emergency", "Priority"),
            (self.desk.value("SELECT name FROM ost_sla WHERE id=2"), "SLA"), ("Tobenna Okafor", "Agent"),
            (self.desk.value("SELECT name FROM ost_team WHERE team_id=1"), "Team"), ("Hiring", "Topic"), (False, "Ticket Status"))],
            [json.loads(event[1]) for event in events])

    def test_a_refused_requester(self):
        self.desk.sql("DELETE FROM ost_filter; DELETE FROM ost_filter_rule; INSERT INTO ost_filter(id,execorder,isactive,status,"
                      "match_all_rules,stop_onmatch,target,email_id,name,created,updated) VALUES(1,99,1,0,0,0,'Email',0,"
                      "'SYSTEM BAN LIST',NOW(),NOW()); INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,"
                      "updated) VALUES(1,'email','equal','Anna@quay.example',1,'',NOW(),NOW())")
        before = self.desk.value("SELECT COUNT(*) FROM ost_ticket")
        answer = create(self.desk)
        self.assertEqual((403, "Unable to create new ticket :Ticket denied: anna@quay.example\n\n"
                               "This help desk is for use by authorized users only"), (answer.status, answer.text))
        self.assertEqual(before, self.desk.value("SELECT COUNT(*) FROM ost_ticket"))

    def test_nothing_is_expanded_that_a_client_wrote(self):
        self.setting("ticket_autoresponder", "1")
        answer = create(self.desk, message="%{recipient.email} %{url}", subject="%{ticket.number}")
        mail, = post.settled(self.desk)
        self.assertIn("%{recipient.email} %{url}", mail.html)
        self.assertIn("%{ticket.number}", mail.subject)
        self.assertIn(answer.text, mail.subject)

    def test_a_refused_ticket_sends_nothing(self):
        self.setting("ticket_autoresponder", "1")
        self.assertEqual(400, self.desk.request("POST", "/tickets.json", body=ticket(subject=None), key=demo.KEY).status)
        self.assertEqual([], post.settled(self.desk))


if __name__ == "__main__":
    unittest.main()
