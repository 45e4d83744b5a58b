# SPDX-License-Identifier: GPL-2.0-or-later
"""E-mails that come in: a ticket once, whatever a mailbox brings; who may write where; the pipe and its exit codes."""
import base64
import concurrent.futures
import html
import json
import struct
import subprocess
import threading
import unittest
import uuid

import demo
import hostile_mails
import post
from desk import until

HEAD = "From: {sender}\r\nTo: Support <{mailbox}>\r\nSubject: {subject}\r\nMessage-ID: {mid}\r\n"
MIXTURES = 300


def winmail(content):
    """A winmail.dat with one file of which Outlook said the name alone."""
    def attribute(level, identifier, data):
        return struct.pack("<BII", level, identifier, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return (struct.pack("<IH", 0x223E9F78, 1) + attribute(2, 0x69002, b"\1\0" + b"\xff" * 4 + bytes(8)) +
            attribute(2, 0x18010, b"A.BIN\0") + attribute(2, 0x6800F, content))


class Mails(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        self.mailbox = self.desk.value("SELECT email FROM ost_email ORDER BY email_id LIMIT 1")
        self.jane = self.desk.value("SELECT address FROM ost_user_email ORDER BY id LIMIT 1")

    def mail(self, body="Good morning", sender=None, subject="A lamp", mid=None, more=""):
        return (HEAD.format(sender=sender or "Jane <%s>" % self.jane, mailbox=self.mailbox, subject=subject,
                            mid=mid or "<%s@mail.example.org>" % uuid.uuid4()) + more + "\r\n" + body).encode("utf-8", "surrogateescape")

    def post(self, mail, status=201):
        answer = self.desk.request("POST", "/tickets.email", body=mail, key=demo.KEY)
        self.assertEqual(status, answer.status, str(answer))
        return answer.text

    def tickets(self):
        return int(self.desk.value("SELECT COUNT(*) FROM ost_ticket"))

    def newest(self, columns):
        return self.desk.sql("SELECT %s FROM ost_thread_entry ORDER BY id DESC LIMIT 1" % columns)[0]

    def agent(self):
        return self.desk.value("SELECT email FROM ost_staff WHERE isactive = 1 AND email NOT IN (SELECT address FROM ost_user_email) "
                               "ORDER BY staff_id LIMIT 1")

    def collaborators(self):
        """Of the newest ticket, or the one that was written to last: address and flags."""
        return self.desk.sql("SELECT m.address, c.flags FROM ost_thread_collaborator c JOIN ost_user u ON u.id = c.user_id JOIN "
                             "ost_user_email m ON m.id = u.default_email_id WHERE c.thread_id = (SELECT thread_id FROM "
                             "ost_thread_entry ORDER BY id DESC LIMIT 1) ORDER BY m.address")

    def referrals(self):
        """Of the newest thread: departments, and what its history tells of them."""
        return (self.desk.sql("SELECT object_id FROM ost_thread_referral WHERE object_type = 'D' AND thread_id = (SELECT MAX(id) FROM "
                              "ost_thread)"),
                self.desk.sql("SELECT v.data, v.username FROM ost_thread_event v JOIN ost_event e ON e.id = v.event_id AND e.name = "
                              "'referred' WHERE v.thread_id = (SELECT MAX(id) FROM ost_thread)"))

    def ban(self):
        self.desk.sql("INSERT INTO ost_filter(execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,notes,"
                      "created,updated) SELECT 99,1,0,0,0,0,'Email',0,'SYSTEM BAN LIST','',NOW(),NOW() FROM DUAL WHERE NOT EXISTS(SELECT 1 FROM "
                      "ost_filter WHERE name='SYSTEM BAN LIST')")
        self.desk.sql("INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,updated) SELECT id,'email',"
                      "'equal','%s',1,'',NOW(),NOW() FROM ost_filter WHERE name='SYSTEM BAN LIST'" % self.jane)


class Email(Mails):
    def test_a_mail_becomes_a_ticket_and_its_answer_a_message(self):
        before = self.tickets()
        number = self.post(self.mail(mid="<first@x.example>"))
        self.assertEqual(before + 1, self.tickets())
        self.assertEqual(number, self.post(self.mail("More", more="In-Reply-To: <first@x.example>\r\n")))
        self.assertEqual(["M", "More", "Email"], self.newest("type, body, source"))
        self.assertEqual(before + 1, self.tickets())

    def test_a_thousand_copies_of_a_mail_at_once_are_one_ticket(self):
        mail, before = self.mail(), self.tickets()
        with concurrent.futures.ThreadPoolExecutor(60) as crowd:
            numbers = list(crowd.map(lambda _: self.post(mail), range(1000)))
        self.assertEqual((1, before + 1), (len(set(numbers)), self.tickets()))

    def test_what_came_while_the_claim_was_another_s_is_seen(self):
        name = "SHA2(CONCAT(DATABASE(), '`fcgi_ost_mail`', '<held@x.example>'), 256)"
        entry, number = self.desk.sql("SELECT e.id, t.number FROM ost_thread_entry e JOIN ost_thread h ON h.id = e.thread_id AND "
                                      "h.object_type = 'T' JOIN ost_ticket t ON t.ticket_id = h.object_id ORDER BY e.id LIMIT 1")[0]
        holder = threading.Thread(target=self.desk.sql, args=(
            "SELECT GET_LOCK(%s, 5); SELECT SLEEP(2); INSERT INTO ost_thread_entry_email(thread_entry_id, mid, headers) VALUES(%s, "
            "'<held@x.example>', 'From: %s'); SELECT RELEASE_LOCK(%s)" % (name, entry, self.jane, name),))
        holder.start()
        self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(2)%'"), 5))
        before = self.tickets()
        self.assertEqual(number, self.post(self.mail(mid="<held@x.example>")))
        holder.join()
        self.assertEqual(before, self.tickets())

    def test_who_holds_a_forwarded_mail_does_not_write_in_another_s_name(self):
        self.post(self.mail(mid="<first@x.example>"))
        self.post(self.mail("I am not Jane", sender="Mallory <mallory@evil.example>", more="In-Reply-To: <first@x.example>\r\n"))
        kind, body, user, flags = self.newest("type, REPLACE(body, CHAR(10), ' '), user_id, flags")
        self.assertEqual(("M", "0", "128"), (kind, user, str(int(flags) & 128)))
        self.assertIn("Received From: Mallory &lt;mallory@evil.example&gt;", body)

    def test_the_number_alone_lets_nobody_in(self):
        number = self.post(self.mail())
        other = self.post(self.mail(sender="Mallory <mallory@evil.example>", subject="Re: [#%s]" % number))
        self.assertNotEqual(number, other)

    def test_the_beginning_of_a_long_thread_is_found(self):
        number = self.post(self.mail(mid="<first@x.example>"))
        for others in (15, 16, 40):
            ids = "<first@x.example> " + " ".join("<%d@other.example>" % i for i in range(others))
            self.assertEqual(number, self.post(self.mail("More", more="References: %s\r\n" % ids)), others)

    def test_what_is_hidden_is_not_answered(self):
        number = self.post(self.mail())
        self.post(self.mail("Hide me", subject="[#%s]" % number))
        shown, hidden = [row[0] for row in self.desk.sql("SELECT id FROM ost_thread_entry ORDER BY id DESC LIMIT 2")][::-1]
        self.desk.sql("UPDATE ost_thread_entry SET flags = flags | 4 WHERE id = %s" % hidden)
        self.post(self.mail("More", subject="[#%s]" % number))
        self.assertEqual([shown], self.newest("pid"))

    def test_the_number_is_found_among_signs_of_any_script(self):
        number = self.post(self.mail())
        for subject in ("[#%s]", "C# bug [#%s]", "\u3010#%s\u3011", "Re: \u00ab#%s\u00bb", "#%s\u3002", "#%s\u00a0again", "# #%s"):
            with self.subTest(subject):
                self.assertEqual(number, self.post(self.mail(subject=subject % number)))

    def test_an_agent_s_mail_is_a_note(self):
        agent = self.agent()
        number = self.post(self.mail(mid="<first@x.example>"))
        self.assertEqual(number, self.post(self.mail("I look", sender=agent, more="In-Reply-To: <first@x.example>\r\n")))
        self.assertEqual(["N", "I look"], self.newest("type, body"))

    def test_further_mailboxes_let_their_departments_see_a_new_ticket(self):
        workshop = self.desk.value("SELECT email FROM ost_email WHERE dept_id = 2")
        alerts = self.desk.value("SELECT email FROM ost_email WHERE email_id = 2")
        self.post(self.mail(mid="<first@x.example>", more="Cc: %s, %s\r\n" % (workshop, alerts)))
        self.assertEqual(([["2"]], [['{"dept":2}', "SYSTEM"]]), self.referrals())
        # Nothing is told twice, neither by an answer nor by the same mail once more.
        for more in ("In-Reply-To: <first@x.example>\r\nCc: %s\r\n" % workshop, ""):
            self.post(self.mail(mid=None if more else "<first@x.example>", more=more))
            self.assertEqual(([["2"]], [['{"dept":2}', "SYSTEM"]]), self.referrals())

    def test_the_mailbox_by_which_a_ticket_came_does_not_refer_it(self):
        self.post(self.mail(mid="<first@x.example>"))
        self.desk.sql("UPDATE ost_ticket SET dept_id = 2 ORDER BY ticket_id DESC LIMIT 1")
        self.post(self.mail("More", more="In-Reply-To: <first@x.example>\r\n"))
        self.assertEqual(([], []), self.referrals())

    def test_a_closed_ticket_whose_department_is_archived_stays_closed(self):
        number = self.post(self.mail(mid="<first@x.example>"))
        self.desk.sql("UPDATE ost_ticket SET status_id = 3, closed = NOW() WHERE number = '%s'; "
                      "UPDATE ost_department SET flags = flags | 8 WHERE id = 1" % number)
        self.assertNotEqual(number, self.post(self.mail("More", more="In-Reply-To: <first@x.example>\r\n")))
        self.assertEqual("3", self.desk.value("SELECT status_id FROM ost_ticket WHERE number = '%s'" % number))

    def test_an_answer_to_an_entry_of_a_merged_ticket_is_its_parent_s(self):
        parent, child = self.post(self.mail(mid="<parent@x.example>")), self.post(self.mail(mid="<child@x.example>"))
        self.desk.sql("UPDATE ost_ticket c JOIN ost_ticket p ON p.number='%s' SET c.ticket_pid=p.ticket_id WHERE c.number='%s'; UPDATE "
                      "ost_thread h JOIN ost_ticket c ON c.ticket_id=h.object_id SET h.object_type='C' WHERE c.number='%s'" % (parent, child, child))
        answered = self.desk.value("SELECT thread_entry_id FROM ost_thread_entry_email WHERE mid='<child@x.example>'")
        mail = self.mail("More", more="In-Reply-To: <child@x.example>\r\n")
        self.assertEqual([parent, parent], [self.post(mail), self.post(mail)])
        place = "body, pid, (SELECT t.number FROM ost_thread h JOIN ost_ticket t ON t.ticket_id=h.object_id WHERE h.id=thread_id)"
        self.assertEqual(["More", answered, parent], self.newest(place))
        self.assertEqual(parent, self.post(self.mail("By number", subject="Re: [#%s]" % child)))
        self.assertEqual(["By number", answered, parent], self.newest(place))
        self.assertEqual(child, self.post(self.mail("Noted", sender=self.agent(), more="In-Reply-To: <child@x.example>\r\n")))
        self.assertEqual(["Noted", answered, child], self.newest(place))

    def test_who_takes_part_is_a_person_and_active_by_the_owner_alone(self):
        people = "Cc: kay@new.example, %s, no-reply@shop.example, all@list.example\r\nList-Post: <mailto:all@list.example>\r\n"
        number = self.post(self.mail(mid="<first@x.example>", more=people % "kay@new.example"))
        self.assertEqual([["kay@new.example", "3"]], self.collaborators())
        self.assertEqual(number, self.post(self.mail("I, too", sender="kay@new.example", more="In-Reply-To: <first@x.example>\r\n"
                                                     "Cc: lee@new.example, %s\r\n" % self.agent())))
        self.assertEqual([["kay@new.example", "3"], ["lee@new.example", "2"]], self.collaborators())

    def test_a_new_addressee_comes_into_the_organization_of_his_domain(self):
        self.desk.sql("INSERT INTO ost_organization(name, manager, status, domain, created, updated) VALUES('Wharf', '', 0, "
                      "'pier.example, wharf.example', NOW(), NOW())")
        self.post(self.mail(more="Cc: kay@wharf.example, lee@other.example\r\n"))
        self.assertEqual([["kay@wharf.example", "Wharf"], ["lee@other.example", ""]], self.desk.sql(
            "SELECT m.address, COALESCE(o.name, '') FROM ost_user_email m JOIN ost_user u ON u.id = m.user_id LEFT JOIN ost_organization o "
            "ON o.id = u.org_id WHERE m.address IN ('kay@wharf.example', 'lee@other.example') ORDER BY m.address"))

    def test_an_agent_takes_part_whom_the_owner_addresses(self):
        agent = self.agent()
        self.post(self.mail(mid="<first@x.example>", more="Cc: %s\r\n" % agent))
        self.assertEqual([[agent, "3"]], self.collaborators())

    def test_who_is_addressed_twice_takes_part_once(self):
        self.post(self.mail(more="Cc: kay@new.example, Kay <KAY@new.example>\r\n"))
        self.assertEqual([["kay@new.example", "3"]], self.collaborators())

    def test_a_name_that_is_html_loses_its_tags(self):
        self.post(self.mail(sender='"<b>Lena</b> Ober" <lena@new.example>'))
        self.assertEqual(["Lena Ober"], self.newest("poster"))

    def route_by(self, what, how, value, more=""):
        """A filter for mails that sends what its rule matches to department 2."""
        self.desk.sql("INSERT INTO ost_filter(id,execorder,isactive,status,match_all_rules,stop_onmatch,target,email_id,name,notes,created,"
                      "updated) VALUES(900,1,1,0,0,0,'Email',0,'Ours','',NOW(),NOW()); INSERT INTO ost_filter_rule(filter_id,what,how,val,"
                      "isactive,notes,created,updated) VALUES(900,'%s','%s','%s',1,'',NOW(),NOW()); INSERT INTO ost_filter_action"
                      "(filter_id,sort,type,configuration,updated) VALUES(900,0,'dept','{\"dept_id\":2}',NOW())" % (what, how, value))
        number = self.post(self.mail(more=more))
        return self.desk.value("SELECT dept_id FROM ost_ticket WHERE number = '%s'" % number)

    def test_filters_do_not_see_the_help_desk_s_own_addresses(self):
        self.assertEqual("1", self.route_by("addressee", "contains", self.mailbox))

    def test_a_filter_s_addressees_are_names_and_addresses_in_one_line(self):
        self.assertEqual("2", self.route_by("addressee", "equal", "Kay kay@new.example", more="Cc: Kay <kay@new.example>\r\n"))

    def test_filters_see_by_which_mailbox_a_mail_came(self):
        self.assertEqual("2", self.route_by("emailId", "equal", self.desk.value("SELECT MIN(email_id) FROM ost_email")))

    def test_rules_that_somebody_put_beside_the_ban_list_s_own_are_a_filter_s(self):
        self.ban()
        self.desk.sql("INSERT INTO ost_filter_action(filter_id,sort,type,configuration,updated) SELECT id,1,'reject','[]',NOW() FROM ost_filter "
                      "WHERE name = 'SYSTEM BAN LIST'; UPDATE ost_filter_rule SET how = 'contains', val = 'spam' WHERE val = '%s'" % self.jane)
        text = self.post(self.mail(sender="news@spam.example"), status=403)
        self.assertIn("Ticket denied: news@spam.example\n", text)
        self.post(self.mail())
        ticket = {"email": "news@spam.example", "name": "News", "subject": "Yes", "message": "Yes"}
        self.assertEqual(201, self.desk.request("POST", "/tickets.json", body=ticket, key=demo.KEY).status)

    def test_who_is_refused_for_a_reply_to_is_told_his_own_address(self):
        self.ban()
        self.desk.sql("INSERT INTO ost_filter(execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,notes,created,"
                      "updated) VALUES (1,1,0,0,0,0,'Any',0,'Answers','',NOW(),NOW()); INSERT INTO ost_filter_rule(filter_id,what,how,val,"
                      "isactive,notes,created,updated) SELECT id,'email','contains','@',1,'',NOW(),NOW() FROM ost_filter WHERE name='Answers'; "
                      "INSERT INTO ost_filter_action(filter_id,sort,type,configuration,updated) SELECT id,1,'replyto','{\"enable\":true}',NOW() FROM "
                      "ost_filter WHERE name='Answers'")
        text = self.post(self.mail(sender="new@example.net", more="Reply-To: %s\r\n" % self.jane), status=403)
        self.assertIn("Ticket denied: new@example.net\n", text)

    def test_a_mail_is_a_mail_without_any_mailbox(self):
        mail = self.mail()
        self.desk.sql("DELETE FROM ost_email")
        number = self.post(mail)
        self.assertEqual("Email", self.desk.value("SELECT source FROM ost_ticket WHERE number = '%s'" % number))

    def test_a_collaborator_finds_his_ticket_by_the_number(self):
        number = self.post(self.mail(more="Cc: kay@new.example\r\n"))
        answer = self.mail("Mine, too", sender="kay@new.example", subject="Re: A lamp [#%s]" % number)
        self.assertEqual(number, self.post(answer))
        self.assertEqual(["M", "Mine, too"], self.newest("type, body"))

    def test_what_confirms_a_message_goes_to_the_owner_s_default_address(self):
        self.desk.sql("UPDATE ost_department SET message_auto_response = 1")
        self.desk.sql("INSERT INTO ost_user_email(user_id, flags, address) SELECT user_id, 0, 'jane.second@home.example' FROM "
                      "ost_user_email WHERE address = '%s'" % self.jane)
        self.assertEqual([self.jane], self.confirmed_to("Jane <%s>" % self.jane))
        self.assertEqual([self.jane], self.confirmed_to("Jane <jane.second@home.example>"))

    def test_an_answer_over_a_list_is_not_confirmed_and_reopens(self):
        self.desk.sql("UPDATE ost_department SET message_auto_response = 1")
        listed = "List-Id: <all.lists.example>\r\n"
        self.assertEqual([], self.confirmed_to("Jane <%s>" % self.jane, more=listed))
        number = self.post(self.mail())
        self.desk.sql("UPDATE ost_ticket SET status_id = 3, closed = NOW() WHERE number = '%s'" % number)
        self.assertEqual(number, self.post(self.mail("Not yet", subject="[#%s]" % number, more=listed)))
        self.assertEqual("open", self.desk.value("SELECT s.state FROM ost_ticket t JOIN ost_ticket_status s ON s.id = t.status_id WHERE "
                                                 "t.number = '%s'" % number))

    def test_a_department_that_does_not_confirm_messages_is_heeded(self):
        self.desk.sql("UPDATE ost_department SET message_auto_response = 1 WHERE id <> 1; UPDATE ost_department SET "
                      "message_auto_response = 0 WHERE id = 1; UPDATE ost_config SET value='1' WHERE `key`='default_dept_id'")
        self.assertEqual([], self.confirmed_to("Jane <%s>" % self.jane))

    def test_a_mail_in_parts_without_a_boundary_says_so_in_php_s_words(self):
        self.post(self.mail("--b\r\n\r\nreadable", more="Content-Type: multipart/mixed\r\n"))
        self.assertEqual(["Email parse failed: [No boundary found for multipart/mixed part]"], self.newest("body"))

    def test_a_mailbox_without_a_name_is_noted_by_its_address(self):
        self.desk.sql("UPDATE ost_email SET name = '' WHERE email = '%s'" % self.mailbox)
        self.post(self.mail(more="Cc: kay@new.example\r\n"))
        self.assertEqual({"to": [self.mailbox], "cc": [" <kay@new.example>"]}, json.loads(self.newest("recipients")[0]))

    def test_addressees_are_noted_in_the_order_in_which_they_came(self):
        for copies, lists in (("{0}, a@b.example", ["to", "cc"]), ("a@b.example, {0}", ["cc", "to"])):
            with self.subTest(copies):
                mail = self.mail(more="Cc: %s\r\n" % copies.format(self.mailbox))
                self.post(mail.replace(b"To: Support <%s>\r\n" % self.mailbox.encode(), b""))
                self.assertEqual(lists, list(json.loads(self.newest("recipients")[0])))

    def test_an_answer_to_what_went_to_a_collaborator_is_marked_so(self):
        self.desk.sql("UPDATE ost_department SET message_auto_response = 1")
        self.setting("message_autoresponder", "1")
        number = self.post(self.mail(more="Cc: kay@new.example\r\n"))
        post.settled(self.desk)
        post.clear(self.desk)
        self.post(self.mail("Mine, too", sender="kay@new.example", subject="Re: A lamp [#%s]" % number))
        confirmation = next(mail for mail in post.settled(self.desk) if mail.to[0][1] == "kay@new.example")
        self.post(self.mail("Thank you both", more="In-Reply-To: %s\r\n" % confirmation.id))
        body, flags = self.newest("body, flags & 32")
        self.assertEqual(["Thank you both", "32"], [body, flags])

    def confirmed_to(self, sender, more=""):
        """To whom mail goes of a message that this sender adds to a new ticket of Jane's."""
        for alert in ("ticket_alert_active", "message_alert_active", "ticket_autoresponder"):
            self.setting(alert, "0")
        self.setting("message_autoresponder", "1")
        first = "<%s@x.example>" % uuid.uuid4()
        self.post(self.mail(mid=first))
        post.settled(self.desk)
        post.clear(self.desk)
        self.post(self.mail("More", sender=sender, more=more + "In-Reply-To: %s\r\n" % first))
        return [mail.to[0][1] for mail in post.settled(self.desk)]

    def test_pictures_that_only_the_quotation_shows_are_not_stored(self):
        picture = ("--p\r\nContent-Type: image/png; name={0}.png\r\nContent-Disposition: inline; filename={0}.png\r\n"
                   "Content-ID: <{0}@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO{0}\r\n")
        self.setting("reply_separator", "-- reply above --")
        mail = self.mail("--p\r\nContent-Type: text/html\r\n\r\n<p>New <img src=\"cid:kept@x\"></p><div>-- reply above --</div>"
                         "<img src=\"cid:gone@x\"><img src=\"cid:kept@x\">\r\n" + picture.format("kept") + picture.format("gone") +
                         "--p--\r\n", more="MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=p\r\n")
        self.post(mail)
        self.assertEqual(["kept.png"], sorted(self.stored()[2]))

    def test_who_is_banned_is_refused_everywhere(self):
        self.post(self.mail(mid="<first@x.example>"))
        self.ban()
        written = "SELECT (SELECT COUNT(*) FROM ost_thread_entry), (SELECT COUNT(*) FROM ost_ticket), (SELECT COUNT(*) FROM ost_user)"
        before = self.desk.sql(written)
        self.post(self.mail("More", more="In-Reply-To: <first@x.example>\r\n"), 403)
        self.assertEqual(before, self.desk.sql(written))

    # ---- what nobody should send ---------------------------------------------------------------------------------------
    def stored(self):
        """How many tickets there are, the newest entry's text as it is read, and its files by name."""
        entry = "(SELECT MAX(id) FROM ost_thread_entry)"
        rows = self.desk.sql(
            "SET SESSION group_concat_max_len = 1 << 27; SELECT COUNT(*), '' FROM ost_ticket; SELECT '', HEX(body) FROM ost_thread_entry WHERE id = {0}; "
            "SELECT HEX(COALESCE(a.name, f.name)), (SELECT GROUP_CONCAT(HEX(filedata) ORDER BY chunk_id SEPARATOR '') FROM ost_file_chunk c WHERE "
            "c.file_id = f.id) FROM ost_attachment a JOIN ost_file f ON f.id = a.file_id WHERE a.type = 'H' AND a.object_id = {0}".format(entry))
        return int(rows[0][0]), html.unescape(bytes.fromhex(rows[1][1]).decode()), {
            bytes.fromhex(name).decode(): bytes.fromhex(data) for name, data in rows[2:]}

    def assert_taken(self, mails, check=lambda row, body, files: None):
        """Posts each of the mails, which begin with (name, mail, …): a ticket each, and never silence; `check` looks at text and files."""
        before = self.tickets()
        for row in mails:
            with self.subTest(row[0]):
                self.post(row[1])
                tickets, body, files = self.stored()
                self.assertEqual(before + 1, tickets)
                before = tickets
                self.assertTrue(body or files)  # a long text lies in a file
                check(row, body, files)

    def test_whatever_a_mail_looks_like_it_can_be_read(self):
        def check(row, body, files):
            _, mail, words, original = row
            readable = body if original else body + "".join(data.decode("utf-8", "replace") for data in files.values())
            if words is not None:
                self.assertIn(words, readable)
            if original is not None:
                self.assertEqual(original, mail in files.values(), (body[:200], list(files)))
        self.assert_taken((*hostile_mails.text(self.mail), *hostile_mails.header(self.mail, self.jane), *hostile_mails.parts(self.mail)), check)

    def test_files_come_out_as_they_went_in(self):
        def check(row, _, files):
            self.assertIn(row[2], files.values())
            self.assertNotIn("", files)
        self.assert_taken(hostile_mails.files(self.mail), check)

    def test_a_file_of_a_winmail_without_a_type_gets_that_of_its_content(self):
        for content, kind in ((b"Good morning", "text/plain"), (b"%PDF-1.4 x", "application/pdf"), (b"a\0b", "application/octet-stream")):
            with self.subTest(kind):
                self.post(self.mail("--b\r\n\r\nSee\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: "
                                    "base64\r\n\r\n%s\r\n--b--" % base64.encodebytes(winmail(content)).decode(),
                                    more="Content-Type: multipart/mixed; boundary=b\r\n"))
                self.assertEqual([["A.BIN", kind]], self.desk.sql("SELECT name, type FROM ost_file ORDER BY id DESC LIMIT 1"))

    def test_a_file_whose_type_is_not_ascii_gets_that_of_its_content(self):
        for kind, shown in ((b"image/p\xfe\xc3\xa9g", True), ("image/pêg".encode(), False), (b"x\xe9/y; name=a.bin", False)):
            with self.subTest(kind):
                mail = self.mail("--b\r\nContent-Type: text/html\r\n\r\nSee %s\r\n--b\r\nContent-Type: KIND\r\nContent-ID: <a@b>\r\n\r\nGIF89a%s\r\n--b--"
                                 % ("<img src=\"cid:a@b\">" if shown else "", uuid.uuid4()), more="Content-Type: multipart/related; boundary=b\r\n")
                self.post(mail.replace(b"KIND", kind))
                self.assertEqual([["image/gif"]], self.desk.sql("SELECT type FROM ost_file ORDER BY id DESC LIMIT 1"))

    def test_a_mail_of_nobody_is_refused_with_a_sentence(self):
        before = self.tickets()
        for name, mail in hostile_mails.refused(self.mail):
            with self.subTest(name):
                self.assertRegex(self.post(mail, 400), "[a-z] [a-z]")
        self.assertEqual(before, self.tickets())

    def test_mixtures_of_all_that_are_tickets(self):
        self.assert_taken(hostile_mails.mixtures(self.mail, MIXTURES))

    def test_the_original_is_attached_under_its_subject(self):
        self.post(self.mail("--c\r\n\r\ntext", more="Content-Type: multipart/mixed; boundary=b\r\n"))
        self.assertEqual([["A lamp.eml", "message/rfc822"]],
                         self.desk.sql("SELECT f.name, f.type FROM ost_attachment a JOIN ost_file f ON f.id = a.file_id WHERE a.object_id = "
                                       "(SELECT MAX(id) FROM ost_thread_entry)"))

    def test_the_pipe_ends_as_mail_servers_expect(self):
        def pipe(mail, *words):
            command = [self.desk.env["PROGRAM"], "pipe", "-c", self.desk.env["CONFIG"], *words]
            return subprocess.run(command, input=mail, capture_output=True, timeout=60, check=False).returncode
        if not self.desk.configured("osticket", "secret_salt"):
            self.skipTest("no salt")
        before = self.tickets()
        self.assertEqual(0, pipe(self.mail()))
        self.assertEqual(before + 1, self.tickets())
        self.assertEqual("", self.desk.value("SELECT ip_address FROM ost_ticket ORDER BY ticket_id DESC LIMIT 1"))
        self.assertEqual((66, 65), (pipe(b""), pipe(b"nonsense")))

    def test_a_key_is_needed_without_the_pipe_s_proof(self):
        answer = self.desk.request("POST", "/tickets.email", body=self.mail(), headers={"Osticket-Fcgi-Pipe": "x"})
        self.assertEqual(401, answer.status)


class Large(Mails):
    """A mail of 25 MB that is all text: memory is a small multiple of it, given back, and nothing is cut."""
    SIZE = 25_000_000

    def setUp(self):
        super().setUp()
        self.desk.reload()  # workers that have had no large mail yet

    def check(self, encoding, size, encode=lambda text: text):
        line = "It is dark in hall %d & the lamp does not come on again at all.\r\n"
        text = "".join(line % number for number in range(size // len(line)))
        raw = self.mail(encode(text), more="Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n" % encoding)
        self.post(self.mail())
        before = self.desk.resident_kilobytes()
        self.post(raw)
        grown = (self.desk.resident_kilobytes() - before) * 1024
        self.assertEqual([str(len(html.escape(text + " ... (truncated)", quote=False)))], self.desk.sql(
            "SELECT SUM(LENGTH(c.filedata)) FROM ost_file_chunk c JOIN ost_attachment a ON a.file_id=c.file_id WHERE a.type='H' AND "
            "a.object_id=(SELECT MAX(id) FROM ost_thread_entry)")[0])
        self.assertEqual("1", self.desk.value("SELECT content LIKE 'It is dark in hall 0 &%' AND LENGTH(content)>65000 FROM ost__search "
                                              "WHERE object_type='H' ORDER BY object_id DESC LIMIT 1"))
        if not self.desk.is_sanitized():
            self.assertLess(grown, 3 * len(raw), "%.2f times its size" % (grown / len(raw)))

    def test_as_it_is(self):
        self.check("7bit", self.SIZE)

    def test_in_base64(self):
        self.check("base64", self.SIZE // 4 * 3, lambda text: base64.encodebytes(text.encode()).decode())


class AsPhp(Mails):
    """What [email] as_php brings back of PHP's way."""
    WORDS = "agent-unknown, second-address, passive-join, cc-active, list-join, ban, refer, mailbox-sender"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk.setting("email", "as_php", cls.WORDS)
        cls.desk.reload()

    @classmethod
    def tearDownClass(cls):
        cls.desk.setting("email", "as_php", "")
        cls.desk.reload()
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        self.number = self.post(self.mail(mid="<first@x.example>"))

    def answer(self, sender=None, more="", text="More"):
        return self.post(self.mail(text, sender=sender, more="In-Reply-To: <first@x.example>\r\n" + more))

    def test_an_agent_is_a_stranger_where_a_client_wrote(self):
        self.assertEqual(self.number, self.answer(self.agent()))
        self.assertEqual(["M", "0", "0"], self.newest("type, staff_id, user_id"))

    def test_the_owner_s_second_address_is_a_stranger_s(self):
        self.desk.sql("INSERT INTO ost_user_email(user_id, flags, address) SELECT user_id, 0, 'second@home.example' FROM ost_user_email "
                      "WHERE address = '%s'" % self.jane)
        self.assertEqual(self.number, self.answer("second@home.example"))
        self.assertEqual(["M", "0"], self.newest("type, user_id"))

    def test_any_user_joins_and_brings_in_others(self):
        other = self.desk.value("SELECT m.address FROM ost_user u JOIN ost_user_email m ON m.id = u.default_email_id WHERE m.address <> '%s' "
                                "ORDER BY u.id LIMIT 1" % self.jane)
        joining = {"kay@new.example", "no-reply@shop.example", self.agent()}
        self.assertEqual(self.number, self.answer(other, "Cc: %s\r\n" % ", ".join(joining)))
        self.assertEqual({other} | joining, {address for address, _ in self.collaborators()})
        self.assertEqual({"3"}, {flags for _, flags in self.collaborators()})

    def test_who_is_banned_still_writes_into_his_ticket(self):
        self.ban()
        self.assertEqual(self.number, self.answer())
        self.post(self.mail(), 403)

    def test_a_mail_that_comes_once_more_refers_its_ticket(self):
        workshop = self.desk.value("SELECT email FROM ost_email WHERE dept_id = 2")
        for _ in range(2):
            self.assertEqual(self.number, self.post(self.mail(mid="<first@x.example>", more="Cc: %s\r\n" % workshop)))
            self.assertEqual(([["2"]], [['{"dept":2}', "SYSTEM"]]), self.referrals())
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry_email WHERE mid = '<first@x.example>'"))

    def test_a_mailbox_of_the_help_desk_opens_a_ticket(self):
        other = self.answer(self.desk.value("SELECT email FROM ost_email WHERE email_id = 2"))
        self.assertNotEqual(self.number, other)


if __name__ == "__main__":
    unittest.main()
