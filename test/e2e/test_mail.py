# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply's mail: to whom it goes, what it says, how it is built, read back by Python's MIME parser."""
import base64
import hashlib
import hmac
import json
import os
import struct
import unittest
import urllib.parse

import demo
import post
import smtp
from desk import until

DESK = ("Harbour Tools", "desk@harbour-tools.example")
WORKSHOP = ("Harbour Tools workshop", "workshop@harbour-tools.example")
ANNA = ("Anna Lindqvist", "anna@quay.example")
PIET = ("Dr. Piet Jan van Dam Jr.", "Piet.vanDam@quay.example")
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def data_url(data, kind="application/octet-stream"):
    return "data:%s;base64,%s" % (kind, base64.b64encode(data).decode())


class ReplyMail(post.MailDesk):
    def mails(self, **fields):
        answer = demo.post_reply(self.desk, **fields)
        self.assertEqual(200, answer.status, str(answer))
        return post.settled(self.desk)

    def mail(self, **fields):
        mail, = self.mails(**fields)
        self.assertEqual([], mail.defects)
        return mail

    def template(self, body, subject="S", code="ticket.reply"):
        self.desk.sql("UPDATE ost_email_template SET subject='%s',body='%s' WHERE code_name='%s'" % (
            subject.replace("'", "''"), body.replace("'", "''"), code))

    def entry(self):
        return self.desk.sql("SELECT id,flags,recipients FROM ost_thread_entry ORDER BY id DESC LIMIT 1")[0]

    # ---- how fast --------------------------------------------------------------------------------------------------
    def test_it_leaves_at_once(self):
        # The mailer is woken. Left alone it would look again a second after the mail before, and none were early.
        early = 0
        for number in range(1, 21):
            demo.post_reply(self.desk)
            early += bool(until(lambda n=number: len(post.sent(self.desk)) == n, 0.5))
            self.assertTrue(until(lambda n=number: len(post.sent(self.desk)) == n, 10))
            if early == 3:
                return
        self.fail("%d of 20 mails left at once" % early)

    # ---- who -------------------------------------------------------------------------------------------------------
    def test_to_the_owner(self):
        mail = self.mail()
        self.assertEqual(([ANNA], [], [DESK]), (mail.to, mail.cc, mail.sender))
        self.assertEqual("Re: Pump stands still on pier 4 [#310042]", mail.subject)
        entry, flags, recipients = self.entry()
        self.assertEqual(512, int(flags) & 768)
        self.assertEqual({"to": {"1": "Anna Lindqvist <anna@quay.example>"}}, json.loads(recipients))
        self.assertIn("-fdesk@harbour-tools.example", mail.arguments.decode())
        self.assertEqual((1, 17), (int(entry) > 0, int(entry)))

    def test_collaborators_in_copy(self):
        mail = self.mail(emailcollab="1")
        self.assertEqual(([ANNA], [PIET]), (mail.to, mail.cc))
        _, flags, recipients = self.entry()
        self.assertEqual(256, int(flags) & 768)
        self.assertEqual({"1": "Dr. Piet Jan van Dam Jr. <Piet.vanDam@quay.example>"}, json.loads(recipients)["cc"])
        self.desk.sql("UPDATE ost_thread_collaborator SET flags=2")
        post.clear(self.desk)
        self.assertEqual([], self.mail(emailcollab="1").cc)

    def test_reply_to_and_ccs(self):
        self.desk.sql("INSERT INTO ost_thread_collaborator(flags,thread_id,user_id,role,created,updated) "
                      "VALUES(1,1,3,'M',NOW(),NOW())")
        cher = ("Cher", "cher@stage.example")
        for fields, to, cc in (({"reply-to": "user"}, [ANNA], []), ({"reply-to": "all"}, [ANNA], [cher, PIET]),
                               ({"reply-to": "COLLABS"}, [], [cher, PIET]), ({"reply-to": "all", "ccs": [3]}, [ANNA], [cher])):
            with self.subTest(fields):
                post.clear(self.desk)
                mail, = self.mails(**fields)
                self.assertEqual((to, cc), (mail.to, sorted(mail.cc)))

    def test_to_nobody(self):
        self.assertEqual([], self.mails(emailreply="0", emailcollab="0"))
        self.assertEqual(["0", "NULL"], [str(int(self.entry()[1]) & 768), self.entry()[2]])

    def test_from_which_mailbox(self):
        self.assertEqual([WORKSHOP], self.mail(ticketNumber="310043").sender)  # the department's
        post.clear(self.desk)
        self.assertEqual([WORKSHOP], self.mail(from_email_id="3").sender)
        post.clear(self.desk)
        self.assertEqual([DESK], self.mail(from_email_id="77").sender)
        self.desk.sql("UPDATE ost_email SET name='' WHERE email_id=1")
        post.clear(self.desk)
        self.assertEqual([("", DESK[1])], self.mail().sender)

    def test_an_owner_without_an_address(self):
        self.desk.sql("UPDATE ost_user_email SET address='' WHERE id=1")
        self.assertEqual([], self.mails())

    def alerts(self, **settings):
        for key in ("active", "laststaff", "assigned", "dept_manager"):
            self.setting("note_alert_" + key, settings.get(key, int(key == "active")))
        post.clear(self.desk)
        return self.mails(ticketNumber="310043", staffUserName="mvries", emailreply="0")

    def test_other_agents_are_alerted_as_the_help_desk_says(self):
        self.desk.sql("UPDATE ost_ticket SET team_id=1 WHERE ticket_id=2; UPDATE ost_department SET manager_id=3")
        self.assertEqual(1, len(self.alerts(laststaff=1)))
        alert, = self.alerts(assigned=1)  # Íris, of the team too, is on vacation
        self.assertEqual(([("Tobenna Okafor", "tobenna@harbour-tools.example")],
                          [("Help desk alerts", "alerts@harbour-tools.example")]), (alert.to, alert.sender))
        self.assertEqual((["OOF, AutoReply"], ["auto-generated"]),
                         (alert.header("X-Auto-Response-Suppress"), alert.header("Auto-Submitted")))
        self.assertIn("Tobenna, Marieke de Vries left a note", alert.text)
        self.assertEqual(("S", 2), self.tag(alert.id)[:2])
        self.desk.sql("UPDATE ost_staff SET onvacation=0")
        self.assertEqual(2, len(self.alerts(assigned=1, dept_manager=1)))
        self.assertEqual(1, len(self.alerts(dept_manager=1)))
        self.assertEqual(0, len(self.alerts(laststaff=1)))  # now that is who replies
        self.assertEqual(0, len(self.alerts()))
        self.assertEqual(0, len(self.alerts(active=0, assigned=1)))
        self.desk.sql("DELETE FROM ost_email WHERE email_id=2")
        self.assertEqual(0, len(self.alerts(assigned=1)))

    # ---- headers ---------------------------------------------------------------------------------------------------
    @staticmethod
    def tag(message_id):
        data = base64.b64decode(message_id.strip("<>").split("-")[2] + "==")
        person, entry, thread, kind = struct.unpack("<IIIc", data[:13])
        return kind.decode(), person, entry, thread

    def test_the_message_id_is_one_of_osticket_s(self):
        mail = self.mail()
        system, random, tag, address = mail.id.strip("<>").split("-", 3)
        salt = smtp.SALT.encode()
        self.assertEqual("B" + base64.b64encode(hashlib.md5(b"mail" + salt).digest()).decode()[:6].replace("+", "="), system)
        self.assertRegex(random, r"^[A-Za-z0-9_=]{5}$")
        self.assertEqual(DESK[1], address)
        data = base64.b64decode(tag + "==")
        self.assertEqual(("M", 0, int(self.entry()[0]), 1), self.tag(mail.id))
        signed = hmac.new(salt, data[:13] + random.encode() + system[1:].encode(), hashlib.sha1).digest()
        self.assertEqual(signed[-5:], data[13:])
        self.assertIn('<div style="display:none" class="mid-%s">' % mail.id.strip("<>"), mail.html)
        self.assertTrue(mail.text.rstrip("\n").endswith("Ref-Mid: " + mail.id.strip("<>")))

    def test_it_answers_the_customer_s_newest_mail(self):
        mail = self.mail(ticketNumber="310044", staffUserName="mvries")
        self.assertEqual((["<20250306140000.4711@quay.example>"],) * 2,
                         (mail.header("In-Reply-To"), mail.header("References")))
        self.desk.sql("UPDATE ost_thread_entry_email SET headers='Message-ID: <x@y>\\nReferences: <a@b>\\n\\t<c@d>,\\r\\n "
                      "junk <e f@g>\\nBcc: <h@i>\\n'")
        post.clear(self.desk)
        mail = self.mail(ticketNumber="310044", staffUserName="mvries")
        self.assertEqual("<a@b> <c@d> <20250306140000.4711@quay.example>", " ".join(mail.header("References")[0].split()))
        self.assertEqual([], mail.header("Bcc"))

    def test_other_headers(self):
        mail = self.mail()
        self.assertEqual(["osTicket Mailer"], mail.header("X-Mailer"))
        self.assertEqual(["<desk@harbour-tools.example>"], mail.header("Return-Path"))
        self.assertEqual(["1.0"], mail.header("MIME-Version"))
        self.assertEqual(1, len(mail.header("Date")))
        for name in ("Reply-To", "Auto-Submitted", "Precedence", "In-Reply-To"):
            self.assertEqual([], mail.header(name), name)

    # ---- nothing gets into the headers ------------------------------------------------------------------------------
    INJECTIONS = ("x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com", "x\rBcc: evil@example.com",
                  "x\r\n\r\n<script>", "x\0\nBcc: evil@example.com", "x\u2028Bcc: evil@example.com",
                  '" <evil@example.com>, "', "evil@example.com, x", "=?utf-8?Q?=0D=0ABcc:_evil@example.com?=",
                  "x" * 300 + "\n Bcc: evil@example.com", "(comment", "a\\\"b")

    def insert(self, text):
        return "CONVERT(0x%s USING utf8mb4)" % text.encode().hex()

    def test_names_and_subjects_begin_no_header(self):
        wanted = set(self.mail().message.keys())
        for text in self.INJECTIONS:
            with self.subTest(text):
                post.clear(self.desk)
                value = self.insert(text)
                self.desk.sql("UPDATE ost_user SET name=LEFT(%s,128) WHERE id IN(1,2); UPDATE ost_email SET name=LEFT(%s,64); "
                              "UPDATE ost_form_entry_values SET value=%s WHERE field_id=20" % (value, value, value))
                mail = self.mail(emailcollab="1")
                self.assertEqual(wanted | {"Cc"}, set(mail.message.keys()))
                self.assertEqual(([ANNA[1]], [PIET[1]], [DESK[1]]),
                                 tuple([a for _, a in who] for who in (mail.to, mail.cc, mail.sender)))
                self.assertEqual([1] * len(wanted), [len(mail.header(name)) for name in wanted])
                head = mail.data.partition(b"\n\n")[0].replace(b"\r", b"\n")
                self.assertNotIn(b"\nBcc", head)

    def test_addresses_begin_no_header_and_no_option(self):
        for address in ("a@b.example\nBcc: evil@example.com", "a@b.example>,<evil@example.com", "-oQ/tmp/x@b.example",
                        "a@b.example, evil@example.com", "a b@c.example", '"a"@b.example', "a@b@c.example", "@b", "a@"):
            with self.subTest(address):
                self.desk.sql("UPDATE ost_user_email SET address=%s WHERE id=1" % self.insert(address))
                self.assertEqual([], self.mails())

    def again(self):
        """The newest reply's mail once more, after something of it was changed."""
        self.desk.sql("INSERT INTO fcgi_ost_mail(kind,ticket_id,ticket_created,thread_id,entry_id,entry_created,recipients,"
                      "message_id,due,created) SELECT 'ticket.reply',1,t.created,1,e.id,e.created,"
                      "'to\\t1\\t1\\tanna@quay.example\\tAnna\\n','x@y.example',UTC_TIMESTAMP(),UTC_TIMESTAMP() FROM "
                      "ost_ticket t,ost_thread_entry e WHERE t.ticket_id=1 AND e.thread_id=1 ORDER BY e.id DESC LIMIT 1")
        post.clear(self.desk)
        mail, = post.settled(self.desk, 30)
        return mail

    def test_file_names_and_types_begin_no_header(self):
        self.mail(attachments=[{"a.txt": data_url(b"1", "text/plain")}])
        for text in self.INJECTIONS + ("text/html; name=x\r\nX-Evil: 1", "multipart/mixed; boundary=x", "text/", "/x"):
            with self.subTest(text):
                self.desk.sql("UPDATE ost_file SET name=LEFT(%s,255),type=LEFT(%s,255)" % (
                    self.insert(text), self.insert(text.encode("ascii", "ignore").decode())))
                mail = self.again()
                self.assertEqual([b"1"], list(mail.attachments.values()))
                self.assertEqual([["Content-Disposition", "Content-Transfer-Encoding", "Content-Type"]],
                                 [sorted(p.keys()) for p in mail.message.walk() if p.get_filename()])

    # ---- content ---------------------------------------------------------------------------------------------------
    def test_characters_of_all_kinds(self):
        self.desk.sql("UPDATE ost_user SET name='Ærø Ñandú 山田' WHERE id=1; UPDATE ost_form_entry_values SET "
                      "value='発電機 „Größe“ – %s' WHERE entry_id=11 AND field_id=20" % ("ü" * 120))
        mail = self.mail(response="<p>Grüße, 世界 &amp; © 😀</p>")
        self.assertEqual([("Ærø Ñandú 山田", ANNA[1])], mail.to)
        self.assertEqual("Re: 発電機 „Größe“ – %s [#310042]" % ("ü" * 120), mail.subject)
        self.assertIn("<p>Grüße, 世界 &amp; © ", mail.html)
        self.assertIn("Grüße, 世界 & © 😀", mail.text)
        self.assertTrue(all(byte < 128 for byte in mail.data))
        self.assertLessEqual(max(map(len, mail.data.splitlines())), 998)

    def test_text_and_html(self):
        mail = self.mail(response="<p>One</p><ul><li>two</li></ul>")
        self.assertEqual("multipart/alternative", mail.message.get_content_type())
        self.assertEqual(["text/plain", "text/html"], [p.get_content_type() for p in mail.message.iter_parts()])
        self.assertEqual({"base64"}, {p["Content-Transfer-Encoding"] for p in mail.message.iter_parts()})
        self.assertIn("<p>One</p><ul><li>two</li></ul>", mail.html)
        self.assertIn("One\n\n", mail.text)
        self.assertIn("* two", mail.text)

    def test_plain_text_only_where_the_help_desk_wants_it(self):
        self.setting("enable_richtext", "0")
        mail = self.mail(response="a < b\nc")
        self.assertEqual("text/plain", mail.message.get_content_type())
        self.assertIn("a < b\nc", mail.text)

    def test_the_line_to_answer_above(self):
        self.assertIn('">-- please write above this line --<br/><br/></div>', self.mail().html)
        self.setting("strip_quoted_reply", "0")
        post.clear(self.desk)
        self.assertNotIn("above this line", self.mail().html)

    def test_signatures(self):
        for value, wanted in (("none", ""), ("mine", "Tobenna Okafor, workshop"), ("dept", "The workshop")):
            post.clear(self.desk)
            html = self.mail(ticketNumber="310043", signature=value).html
            for text in ("Tobenna Okafor, workshop", "The workshop"):
                self.assertEqual(text == wanted, text in html, value)
        post.clear(self.desk)
        self.assertNotIn("On the road", self.mail(signature="dept").html)  # that department is not public

    def test_the_link_to_the_ticket(self):
        self.template("%{recipient.ticket_link}")
        link = self.mail(ticketNumber="310045").html
        token = urllib.parse.unquote(link.rsplit("auth=", 1)[1])
        created = "2025-03-07 16:20:00"
        digest = base64.b64encode(hashlib.md5(("3" + created + "4" + smtp.SALT).encode()).digest()).decode()
        self.assertEqual("o1x", token[:3])
        self.assertEqual(digest[8:], token[16:])
        alphabet = "abcdefghijklmnopqrstuvwxyz012345"
        bits = "".join(format(alphabet.index(c), "05b") for c in token[3:16])
        self.assertEqual(struct.pack("<II", 3, 4), bytes(int(bits[i:i + 8], 2) for i in range(0, 64, 8)))
        for fields, wanted in (({"emailcollab": "0"}, "auth="), ({"emailcollab": "1"}, "view.php?id=1")):
            post.clear(self.desk)
            self.assertIn(wanted, self.mail(**fields).html)
        self.setting("allow_auth_tokens", "0")
        post.clear(self.desk)
        self.assertIn("view.php?id=4", self.mail(ticketNumber="310045").html)

    def test_variables(self):
        self.template("|".join("%%{%s}" % name for name in (
            "ticket.number", "ticket.id", "ticket.name", "ticket.name.first", "ticket.name.last", "ticket.email",
            "ticket.phone", "ticket.dept", "ticket.dept.name", "ticket.dept.manager.name", "ticket.topic.name",
            "ticket.topic.fullname", "ticket.status", "ticket.status.name", "ticket.status.state", "ticket.priority",
            "ticket.source", "ticket.staff.name", "ticket.team.name", "ticket.assigned", "ticket.plate",
            "ticket.create_date", "ticket.due_date", "ticket.client_link", "ticket.staff_link", "recipient.name",
            "recipient.email", "staff.name", "staff.name.short", "staff.email", "poster.name", "company.name", "url",
            "ticket.sla.name", "ticket.user.organization.name", "ticket.thread.original.poster",
            "ticket.dept.email", "ticket.duedate.short")))
        self.assertEqual(
            "310042|1|Anna Lindqvist|Anna|Lindqvist|anna@quay.example|(312) 555-0142|Field service|Field service|"
            "Tobenna Okafor|Machine stands still|Repairs / Machine stands still|Open|Open|open|Emergency|API|"
            "Tobenna Okafor|Pumps &amp; compressors|Tobenna Okafor/Pumps &amp; compressors|P-118|3/3/25 9:12 AM|"
            "3/3/25 1:12 PM|http://desk.harbour-tools.example/view.php?t=310042|"
            "http://desk.harbour-tools.example/scp/tickets.php?id=1|Anna Lindqvist|anna@quay.example|Tobenna Okafor|"
            "Tobenna O.|tobenna@harbour-tools.example|Tobenna Okafor||http://desk.harbour-tools.example|"
            "Machine down|"
            "Quay Builders|Anna Lindqvist|desk@harbour-tools.example|3/3/25",
            self.mail().html.split("</div>", 1)[1].replace("\u202f", " "))

    def test_a_thread_that_is_too_long_ends_between_two_entries(self):
        self.desk.sql("INSERT INTO ost_thread_entry(thread_id,staff_id,user_id,type,flags,poster,source,title,body,format,"
                      "ip_address,created,updated) VALUES" + ",".join(
                          "(1,0,1,'M',0,'Anna','','',REPEAT('<p>%05d</p>',5000),'html','',NOW(),NOW())" % number
                          for number in range(90)))
        for name, has, lacks in (("thread", "00000", "00089"), ("thread.complete.reversed", "00089", "00000")):
            with self.subTest(name):
                self.template("[%%{ticket.%s}]" % name)
                post.clear(self.desk)
                html = self.mail().html
                self.assertIn(has, html)
                self.assertNotIn(lacks, html)
                self.assertTrue(html.endswith("</p><hr><p>(More is in the ticket: it is too long for a mail.)</p>]"), html[-200:])

    def test_dates_are_in_the_help_desk_s_zone_and_formats(self):
        self.template("%{ticket.create_date}|%{ticket.create_date.time}|%{ticket.create_date.full}|%{ticket.close_date}")
        for zone, formats, wanted in (
                ("America/New_York", "", "3/3/25 4:12 AM|4:12 AM|Monday, March 3, 2025 at 4:12 AM|"),
                ("Asia/Kolkata", "custom", "03/03/2025 2:42 PM|02:42 PM|Mon, Mar 3 2025 2:42 PM|")):
            with self.subTest(zone):
                self.setting("default_timezone", zone)
                self.setting("date_formats", formats)
                post.clear(self.desk)
                html = self.mail().html.split("</div>", 1)[1].replace("\u202f", " ")
                self.assertEqual(wanted, html)

    def test_an_unknown_variable_is_empty_and_told_once(self):
        self.template("[%{ticket.nonsense_%d}][%%{nowhere.x}]".replace("%d", str(os.getpid())).replace("%%", "%"))
        for _ in range(2):
            post.clear(self.desk)
            self.assertTrue(self.mail().html.endswith("[][]"))
        self.assertEqual(1, len([l for l in self.desk.log() if "nonsense_%d}" % os.getpid() in l]))

    def test_values_are_data(self):
        self.template("%{response}<a title=\"%{ticket.subject}\">%{ticket.subject}</a>", "%{ticket.subject}")
        self.desk.sql("UPDATE ost_form_entry_values SET value='%{url} <b>\"&' WHERE entry_id=11 AND field_id=20")
        mail = self.mail(response="<p>%{ticket.number} %%7Burl%7D</p>")
        self.assertIn("<p>%{ticket.number} %%7Burl%7D</p>", mail.html)
        self.assertEqual("%{url} <b>\"&", mail.subject)
        self.assertIn('<a title="%{url} &lt;b&gt;&quot;&amp;">%{url} &lt;b&gt;&quot;&amp;</a>', mail.html)

    def test_without_a_template_of_the_help_desk(self):
        self.desk.sql("DELETE FROM ost_email_template")
        mail = self.mail(response="<p>Yes.</p>")
        self.assertEqual("Re: Pump stands still on pier 4 [#310042]", mail.subject)
        self.assertIn("<p>Yes.</p>", mail.html)

    def test_the_department_s_own_templates(self):
        self.desk.sql("INSERT INTO ost_email_template_group(tpl_id,isactive,name,lang,created,updated) VALUES"
                      "(7,1,'x','en_US',NOW(),NOW());"
                      "INSERT INTO ost_email_template(tpl_id,code_name,subject,body,created,updated) VALUES(7,'ticket.reply','Own','own',NOW(),NOW());"
                      "UPDATE ost_department SET tpl_id=7 WHERE id=3")
        self.assertEqual("Own", self.mail().subject)

    # ---- files -----------------------------------------------------------------------------------------------------
    def test_attachments_byte_for_byte(self):
        files = {"plain.txt": b"a\r\nb\n.\n..\n\0\xff", "Preisliste März 発電機.bin": bytes(range(256)) * 997,
                 "empty name; x=\"y\".txt": b"-" * 77, "page.html": b"<p>\n</p>"}
        kinds = {"plain.txt": "text/plain", "page.html": "text/html"}
        mail = self.mail(attachments=[{n: data_url(d, kinds.get(n, "application/octet-stream"))} for n, d in files.items()])
        self.assertEqual("multipart/mixed", mail.message.get_content_type())
        self.assertEqual(files, mail.attachments)
        self.setting("email_attachments", "0")
        post.clear(self.desk)
        self.assertEqual({}, self.mail(attachments=[{"a.txt": data_url(b"1")}]).attachments)

    def test_pictures_are_shown_by_their_content_id(self):
        mail = self.mail(response='<p>See <img src="%s"> and <img src="%s"></p>' % (
            data_url(PIXEL, "image/png"), data_url(PIXEL + b"2", "image/png")), attachments=[{"a.txt": data_url(b"1")}])
        self.assertEqual(["multipart/mixed", "multipart/related", "multipart/alternative"],
                         [p.get_content_type() for p in mail.message.walk() if p.is_multipart()])
        self.assertEqual({PIXEL, PIXEL + b"2"}, set(mail.shown.values()))
        for content_id in mail.shown:
            self.assertRegex(content_id, r"^<[\w.-]{32}@harbour-tools.example>$")
            self.assertIn('src="cid:%s"' % content_id.strip("<>"), mail.html)
        self.assertEqual({"a.txt": b"1"}, mail.attachments)

    def test_a_file_too_large_for_a_mail_is_named(self):
        self.mail(attachments=[{"a%d.bin" % i: data_url(b"%d" % i)} for i in range(2)])
        self.desk.sql("UPDATE ost_file SET size=25000000 WHERE name='a1.bin'")
        mail = self.again()
        self.assertEqual({"a0.bin": b"0"}, mail.attachments)
        self.assertIn("a1.bin", mail.text)

    def test_a_long_response_arrives_whole(self):
        words = "".join("<p>%06d schöne Wörter</p>" % i for i in range(8000))
        mail = self.mail(response=words)
        self.assertIn(words, mail.html)
        self.assertIn("007999 schöne Wörter", mail.text)


if __name__ == "__main__":
    unittest.main()
