# SPDX-License-Identifier: GPL-2.0-or-later
"""The mails of a new ticket: queued as the operation that creates it queues them (mail/ticket_mail.h), sent by the
mailer. The tickets of schema/demo.sql stand for new ones."""
import base64
import os
import struct
import subprocess
import unittest

import post

DRIVER = os.environ["TICKET_MAIL_DRIVER"]
DESK = ("Harbour Tools", "desk@harbour-tools.example")
WORKSHOP = ("Harbour Tools workshop", "workshop@harbour-tools.example")
MARIEKE = ("Marieke de Vries", "marieke@harbour-tools.example")
TOBENNA = ("Tobenna Okafor", "tobenna@harbour-tools.example")


def tag(message_id):
    """(type, person, entry, thread) that a Message-ID names."""
    data = base64.b64decode(message_id.strip("<>").split("-")[2] + "==")
    person, entry, thread, kind = struct.unpack("<IIIc", data[:13])
    return kind.decode(), person, entry, thread


class TicketMail(post.MailDesk):
    def queue(self, what, *more, ticket=4, thread=4, entry=8, owner=(3, "Cher", "cher@stage.example")):
        done = subprocess.run([DRIVER, self.desk.env["CONFIG"], str(ticket), str(thread), str(entry), str(owner[0]),
                               *owner[1:], what, *more], capture_output=True, text=True, check=False)
        self.assertEqual(0, done.returncode, done.stderr)
        return post.settled(self.desk)

    def automatic(self, mail):
        return {name: mail.header(name) for name in
                ("Precedence", "X-Autoreply", "X-Auto-Response-Suppress", "Auto-Submitted") if mail.header(name)}

    REPLIED = {"Precedence": ["auto_reply"], "X-Autoreply": ["yes"], "Auto-Submitted": ["auto-replied"],
               "X-Auto-Response-Suppress": ["DR, RN, OOF, AutoReply"]}
    NOTICE = {"X-Auto-Response-Suppress": ["OOF, AutoReply"], "Auto-Submitted": ["auto-generated"]}

    # ---- to the owner ----------------------------------------------------------------------------------------------
    def test_an_autoresponse(self):
        mail, = self.queue("autoresponse")
        self.assertEqual(([("Cher", "cher@stage.example")], [], [DESK]), (mail.to, mail.cc, mail.sender))
        self.assertEqual("We have your request: Is the small crane free in April? [#310045]", mail.subject)
        self.assertEqual(self.REPLIED, self.automatic(mail))
        self.assertIn("Good day Cher", mail.html)
        self.assertIn('<div style="white-space:pre-wrap">Second half of April, two days.</div>', mail.html)
        self.assertIn("<p>The hire desk<br />Harbour Tools</p>", mail.html)  # the public department's signature
        self.assertRegex(mail.html, r'href="http://desk.harbour-tools.example/view.php\?auth=o1x[a-z0-5]{13}')
        self.assertNotIn('class="mid-', mail.html)  # of mails that carry an entry alone
        self.assertEqual(("U", 3, 0, 4), tag(mail.id))
        self.assertIn("\nRef-Mid: %s\n" % mail.id.strip("<>"), mail.text)
        self.assertEqual([], mail.header("In-Reply-To"))

    def test_an_autoresponse_goes_out_from_the_department_s_mailbox_for_them(self):
        self.desk.sql("UPDATE ost_department SET autoresp_email_id=2,email_id=3 WHERE id=1")
        self.assertEqual([("Help desk alerts", "alerts@harbour-tools.example")], self.queue("autoresponse")[0].sender)
        self.desk.sql("UPDATE ost_department SET autoresp_email_id=99 WHERE id=1")
        post.clear(self.desk)
        self.assertEqual([WORKSHOP], self.queue("autoresponse")[0].sender)

    def test_a_department_that_is_not_public_signs_nothing(self):
        self.desk.sql("UPDATE ost_department SET ispublic=0 WHERE id=1")
        self.assertNotIn("The hire desk", self.queue("autoresponse")[0].html)

    def test_with_collaborators_the_link_of_an_autoresponse_has_no_token(self):
        mail, = self.queue("autoresponse", ticket=1, thread=1, entry=1, owner=(1, "Anna", "anna@quay.example"))
        self.assertIn("/view.php?id=1", mail.html)

    def test_an_owner_without_a_usable_address_gets_nothing(self):
        self.assertEqual([], self.queue("autoresponse", owner=(3, "Cher", "cher@stage.example\r\nBcc: x@y.example")))
        self.assertEqual([], self.queue("autoresponse", owner=(3, "Cher", "")))

    def test_a_canned_reply_brings_its_files(self):
        self.desk.sql("INSERT INTO ost_file(id,ft,bk,type,size,`key`,signature,name,created) VALUES"
                      "(90,'T','D','text/plain',5,REPEAT('k',32),REPEAT('s',32),'Preisliste März.txt',NOW());"
                      "INSERT INTO ost_file_chunk(file_id,chunk_id,filedata) VALUES(90,0,'a\\0b\\r\\n');"
                      "INSERT INTO ost_attachment(object_id,type,file_id,inline) VALUES(15,'H',90,0)")
        mail, = self.queue("canned", ticket=7, thread=7, entry=15, owner=(1, "Anna Lindqvist", "anna@quay.example"))
        self.assertEqual("Re: Keys left at the desk [#HT-0007]", mail.subject)
        self.assertIn("<p>They are here.</p>", mail.html)
        # By these the answer finds the entry, and is told from what it quotes.
        self.assertEqual(("U", 1, 15, 7), tag(mail.id))
        self.assertIn('class="mid-%s">-- please write above this line --<br/><br/></div>' % mail.id.strip("<>"), mail.html)
        self.assertEqual({"Preisliste März.txt": b"a\0b\r\n"}, mail.attachments)
        self.assertEqual(self.REPLIED, self.automatic(mail))
        self.assertEqual([DESK], mail.sender)

    def test_over_the_limit_only_while_the_notice_is_on(self):
        self.assertEqual([], self.queue("overlimit"))
        self.setting("overlimit_notice_active", "1")
        mail, = self.queue("overlimit", entry=0)
        self.assertEqual("Please wait with further requests", mail.subject)
        self.assertEqual(self.REPLIED, self.automatic(mail))
        self.assertIn("Good day Cher", mail.html)

    # ---- to agents -------------------------------------------------------------------------------------------------
    def people(self, mails):
        return sorted(address for mail in mails for _, address in mail.to + mail.cc)

    def alert(self, **settings):
        """Who hears of ticket 4, which is nobody's and in department 1."""
        keys = ("dept_members", "dept_manager", "acct_manager", "admin")
        for key in keys:
            self.setting("ticket_alert_" + key, settings.get(key, 0))
        post.clear(self.desk)
        return self.queue("new")

    def test_a_new_ticket_alert(self):
        mail, = self.alert(dept_manager=1)
        self.assertEqual(([MARIEKE], [DESK]), (mail.to, mail.sender))
        self.assertEqual("In: #310045 Is the small crane free in April?", mail.subject)
        self.assertEqual(self.NOTICE, self.automatic(mail))
        self.assertIn("Marieke, a request has come in.", mail.text)
        self.assertIn("Second half of April", mail.html)
        self.assertEqual(("S", 1, 0, 4), tag(mail.id))

    def test_department_members_hear_of_what_is_nobody_s(self):
        self.assertEqual(["tobenna@harbour-tools.example"], self.people(self.alert(dept_members=1)))  # not the manager
        self.assertEqual(["marieke@harbour-tools.example", "tobenna@harbour-tools.example"],
                         self.people(self.alert(dept_members=1, dept_manager=1)))
        self.desk.sql("UPDATE ost_ticket SET staff_id=1 WHERE ticket_id=4")
        self.assertEqual([], self.alert(dept_members=1))

    def test_extended_access_counts_as_the_department_says(self):
        self.desk.sql("UPDATE ost_department SET group_membership=0 WHERE id=1")
        self.assertEqual([], self.alert(dept_members=1))
        self.desk.sql("UPDATE ost_department SET group_membership=2 WHERE id=1")
        self.assertEqual([], self.alert(dept_members=1, dept_manager=1, admin=1))

    def test_whoever_is_away_hears_nothing(self):
        self.desk.sql("UPDATE ost_staff SET onvacation=1 WHERE staff_id=1; UPDATE ost_staff SET isactive=0 WHERE staff_id=2")
        self.assertEqual([], self.alert(dept_members=1, dept_manager=1))

    def test_without_a_member_at_work_only_the_administrator_hears(self):
        self.desk.sql("UPDATE ost_user SET org_id=1 WHERE id=3; UPDATE ost_organization SET manager='s2';"
                      "UPDATE ost_staff SET dept_id=2; UPDATE ost_department SET group_membership=0 WHERE id=1")
        self.assertEqual(["admin@harbour-tools.example"],
                         self.people(self.alert(dept_members=1, dept_manager=1, acct_manager=1, admin=1)))

    def test_account_managers(self):
        self.desk.sql("UPDATE ost_user SET org_id=1 WHERE id=3; UPDATE ost_organization SET manager='s2'")
        self.assertEqual(["tobenna@harbour-tools.example"], self.people(self.alert(acct_manager=1)))
        self.desk.sql("UPDATE ost_organization SET manager='t1'; UPDATE ost_staff SET onvacation=0;"
                      "INSERT INTO ost_team_member(team_id,staff_id,flags) VALUES(1,1,0)")  # who wants no alerts
        self.assertEqual(["iris@harbour-tools.example", "tobenna@harbour-tools.example"],
                         self.people(self.alert(acct_manager=1)))

    def test_the_administrator_once_and_by_no_name(self):
        mail, = self.alert(admin=1)
        self.assertEqual([("", "admin@harbour-tools.example")], mail.to)
        self.assertIn("Admin, a request has come in.", mail.text)
        self.assertEqual(("M", 0, 0, 4), tag(mail.id))
        self.setting("admin_email", "Marieke@Harbour-Tools.example")
        self.assertEqual([MARIEKE], self.alert(admin=1, dept_manager=1)[0].to)
        self.assertEqual(1, len(post.sent(self.desk)))

    def test_nobody_hears_while_alerts_are_off(self):
        self.setting("ticket_alert_active", "0")
        self.assertEqual([], self.alert(dept_members=1, dept_manager=1, admin=1))

    def test_text_of_a_client_is_no_template(self):
        self.desk.sql("UPDATE ost_thread_entry SET body='%{url} %{recipient.email} <b>' WHERE id=8;"
                      "UPDATE ost_form_entry_values SET value='%{ticket.dept.name} <i>' WHERE entry_id=15 AND field_id=20")
        mail, = self.alert(dept_manager=1)
        self.assertIn("%{url} %{recipient.email} &lt;b&gt;", mail.html)
        self.assertEqual("In: #310045 %{ticket.dept.name} <i>", mail.subject)

    def assigned(self, *arguments, entry=0, **settings):
        for key in ("staff", "team_lead", "team_members"):
            self.setting("assigned_alert_" + key, settings.get(key, 0))
        post.clear(self.desk)
        return self.queue("assigned", *arguments, entry=entry)

    def test_an_agent_hears_of_an_assignment(self):
        mail, = self.assigned("2", "0", "SYSTEM (Auto Assignment)", staff=1)
        self.assertEqual(([TOBENNA], [DESK]), (mail.to, mail.sender))
        self.assertEqual("Yours: #310045 Is the small crane free in April?", mail.subject)
        self.assertIn("Tobenna, SYSTEM (Auto Assignment) gave you this request.", mail.text)
        self.assertEqual(self.NOTICE, self.automatic(mail))
        self.assertEqual(("S", 2, 0, 0), tag(mail.id))
        self.assertEqual([], self.assigned("2", "0", "x", staff=0, team_members=1))

    def test_comments_of_an_assignment(self):
        mail, = self.assigned("2", "0", "x", "<p>Please <b>hurry</b></p>", staff=1)
        self.assertIn("<blockquote><p>Please <b>hurry</b></p></blockquote>", mail.html)
        mail, = self.assigned("2", "0", "x", entry=8, staff=1)
        self.assertIn("Second half of April", mail.html)
        self.assertEqual(("S", 2, 8, 4), tag(mail.id))

    def test_a_team_s_members_or_its_lead(self):
        both = ["iris@harbour-tools.example", "tobenna@harbour-tools.example"]
        self.desk.sql("UPDATE ost_staff SET onvacation=0")
        mails = self.assigned("0", "1", "x", team_members=1, team_lead=1)
        self.assertEqual(both, self.people(mails))
        self.assertTrue(mails[0].text.startswith(", x gave you this request."), "a team has no first name: " + mails[0].text)
        self.assertEqual(["tobenna@harbour-tools.example"], self.people(self.assigned("0", "1", "x", team_lead=1)))
        self.desk.sql("UPDATE ost_team_member SET flags=0")
        self.assertEqual(both[1:], self.people(self.assigned("0", "1", "x", team_members=1, team_lead=1)))
        self.desk.sql("UPDATE ost_team SET flags=3")  # no alerts
        self.assertEqual([], self.assigned("0", "1", "x", team_members=1, team_lead=1))

    # ---- without a template of the help desk ------------------------------------------------------------------------
    def test_a_filter_s_mail(self):
        mails = self.queue("filter", "3", 'Ops <ops@quay.example>, %{user}, "A, B" <ab@quay.example>, ops@QUAY.example, nobody',
                           "On %{ticket.number}", "<p>%{ticket.name} &amp; %{recipient}, see %{url}</p>")
        self.assertEqual([[("A, B", "ab@quay.example")], [("Cher", "cher@stage.example")], [("Ops", "ops@quay.example")]],
                         sorted(mail.to for mail in mails))
        for mail in mails:
            self.assertEqual(("On 310045", [WORKSHOP], {}), (mail.subject, mail.sender, self.automatic(mail)))
        html = {mail.to[0][1]: mail.html for mail in mails}
        self.assertIn("<p>Cher &amp; Ops &lt;ops@quay.example&gt;, see http://desk.harbour-tools.example</p>",
                      html["ops@quay.example"])

    def test_a_word_to_the_administrator(self):
        mail, = self.queue("administration", "admin@harbour-tools.example", "Overlimit: %{url}\r\nBcc: x@y.example",
                           "Line 1 <b>\nLine 2 %{url} ©", ticket=0, thread=0, entry=0)
        self.assertEqual(([("", "admin@harbour-tools.example")], [("Help desk alerts", "alerts@harbour-tools.example")]),
                         (mail.to, mail.sender))
        self.assertEqual(("Overlimit: %{url} Bcc: x@y.example", None), (mail.subject, mail.html))
        self.assertEqual("Line 1 <b>\nLine 2 %{url} ©", mail.text.rstrip("\n"))
        self.assertEqual([], mail.header("Bcc"))
        self.assertEqual([], self.queue("administration", "nobody", "a", "b", ticket=0)[1:])

    def test_a_ticket_that_was_taken_back_after_all_sends_nothing(self):
        self.desk.sql("INSERT INTO fcgi_ost_mail(kind,ticket_id,ticket_created,recipients,message_id,due,created) "
                      "VALUES('ticket.overlimit',4,'2001-01-01','to\\t3\\t3\\tcher@stage.example\\tCher\\n','x@y',UTC_TIMESTAMP(),UTC_TIMESTAMP())")
        self.assertEqual([], post.settled(self.desk))
        self.assertEqual([["dropped", "the ticket is gone, and another one has its id"]],
                         self.desk.sql("SELECT state,error FROM fcgi_ost_mail ORDER BY id DESC LIMIT 1"))


if __name__ == "__main__":
    unittest.main()
