# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails by way of a real Postfix, whose alias pipes them into the pool: taken once, put off while the pool is away, sent back
with the reason when refused; and what people answer to our mails."""
import os
import shutil
import tempfile
import unittest
import uuid

import demo
import mail_clients
import smtp
from desk import until
from postfix import DOMAIN, GROUP, POSTFIX, Postfix

MAIL = ("From: Anna <{sender}>\r\nTo: Harbour Tools <desk@" + DOMAIN + ">\r\nSubject: {subject}\r\nMessage-ID: <{id}@quay.example>\r\n"
        "\r\n{text}\r\n")
ANNA = "anna@quay.example"


@unittest.skipUnless(os.geteuid() == 0, "only root starts a Postfix")
@unittest.skipUnless(POSTFIX, "there is no Postfix")
class ByPostfix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Commands of aliases run as a user of little rights, who has to reach all this.
        cls.folder = tempfile.mkdtemp(prefix="postfix.", dir="/tmp")
        os.chmod(cls.folder, 0o755)
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.desk = demo.own_desk(cls.path("desk"), ["server.socket_group=" + GROUP, "server.workers=2"])
        cls.addClassCleanup(cls.desk.down)
        cls.world = smtp.Server(cls.path("world"))
        cls.addClassCleanup(cls.world.stop)
        cls.postfix = Postfix(cls.path("mail"), cls.world.port, cls.pipe(), names=("desk",))
        cls.addClassCleanup(cls.postfix.stop)

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    @classmethod
    def pipe(cls):
        """The command, with program and settings where that user may read them."""
        shutil.copy(cls.desk.env["PROGRAM"], cls.path("osticket-fcgi"))
        shutil.copy(cls.desk.env["CONFIG"], cls.path("osticket-fcgi.ini"))
        shutil.chown(cls.path("osticket-fcgi.ini"), "root", GROUP)
        os.chmod(cls.path("osticket-fcgi.ini"), 0o640)
        return "%s pipe -c %s" % (cls.path("osticket-fcgi"), cls.path("osticket-fcgi.ini"))

    def setUp(self):
        demo.reset(self.desk)
        self.desk.sql("TRUNCATE fcgi_ost_mail; DELETE FROM ost_email_account")
        smtp.account(self.desk, self.world.port)
        self.world.clear()

    def send(self, text="It stands still.", sender=ANNA, subject="The crane", **more):
        mail = MAIL.format(sender=more.get("writer", sender), subject=subject, id=uuid.uuid4(), text=text)
        self.postfix.take(mail.encode(), sender)

    def tickets(self):
        return int(self.desk.value("SELECT COUNT(*) FROM ost_ticket"))

    def taken(self, before):
        """The number of the one new ticket."""
        self.assertTrue(until(lambda: self.tickets() > before and not self.postfix.queue(), 30), self.postfix.log()[-3000:])
        self.assertEqual(before + 1, self.tickets())
        return self.desk.value("SELECT number FROM ost_ticket ORDER BY ticket_id DESC LIMIT 1")

    def mails_to(self, address, count=1, seconds=30):
        def found():
            return [mail for mail, facts in self.world.mails() if address in facts["to"]]
        until(lambda: len(found()) >= count, seconds)
        self.assertEqual(count, len(found()), self.postfix.log()[-3000:])
        return found()

    # ---- what becomes of a mail ----------------------------------------------------------------------------------------
    def test_a_mail_to_the_alias_is_a_ticket(self):
        before = self.tickets()
        self.send()
        number = self.taken(before)
        self.assertEqual([["Email", "", "The crane", "It stands still."]], self.desk.sql(
            "SELECT t.source, t.ip_address, e.title, e.body FROM ost_ticket t JOIN ost_thread h ON h.object_type = 'T' AND "
            "h.object_id = t.ticket_id JOIN ost_thread_entry e ON e.thread_id = h.id WHERE t.number = '%s'" % number))

    def test_while_the_pool_is_away_a_mail_waits_and_is_one_ticket_afterwards(self):
        before = self.tickets()
        self.desk.pool("stop")
        try:
            self.send(subject="Meanwhile")
            self.assertTrue(until(lambda: self.postfix.log().count("status=deferred") > 1, 120), self.postfix.log())
            self.assertIn("temporary failure. Command output: osticket-fcgi pipe: ", self.postfix.log())
            self.assertEqual((before, 1), (self.tickets(), len(self.postfix.queue())))
        finally:
            self.desk.pool("start")
        self.taken(before)
        self.assertEqual([], [mail.subject for mail, _ in self.world.mails() if "Undelivered" in mail.subject])

    def bounce(self, **mail):
        """The report that its sender gets; nothing was written here."""
        written = "SELECT (SELECT COUNT(*) FROM ost_thread_entry), (SELECT COUNT(*) FROM ost_ticket), (SELECT COUNT(*) FROM ost_user)"
        before = self.desk.sql(written)
        self.send(**mail)
        bounced, = self.mails_to(mail.get("sender", ANNA))
        self.assertEqual("Undelivered Mail Returned to Sender", bounced.subject)
        self.assertEqual(before, self.desk.sql(written))
        return bounced.data.decode()

    def test_a_refused_mail_goes_back_with_the_reason(self):
        self.desk.sql("INSERT INTO ost_filter(execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,notes,"
                      "created,updated) VALUES(99,1,0,0,0,0,'Email',0,'SYSTEM BAN LIST','',NOW(),NOW()); INSERT INTO ost_filter_rule("
                      "filter_id,what,how,val,isactive,notes,created,updated) VALUES(LAST_INSERT_ID(),'email','equal',"
                      "'banned@quay.example',1,'',NOW(),NOW())")
        bounce = self.bounce(sender="banned@quay.example")
        self.assertIn("Status: 5.7.0", bounce)  # of 77
        self.assertIn("Ticket denied", bounce)

    def test_a_mail_that_nobody_can_answer_goes_back_as_malformed(self):
        bounce = self.bounce(writer="nobody")
        self.assertIn("Status: 5.6.0", bounce)  # of 65
        self.assertIn("Incomplete client information", bounce)

    def test_a_report_of_a_mail_of_ours_that_did_not_arrive_is_a_note_of_its_ticket(self):
        self.desk.sql("DELETE FROM ost_email_account")
        smtp.account(self.desk, self.postfix.port)
        before = self.tickets()
        gone = "gone@" + DOMAIN  # of whom Postfix knows nothing
        answer = self.desk.request("POST", "/tickets.json", key=demo.KEY, body={
            "email": gone, "name": "Gone", "subject": "The crane", "message": "It stands still.", "alert": False})
        self.assertEqual(201, answer.status, str(answer))
        until(lambda: self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE poster LIKE '%Mail Delivery%'") == "1", 30)
        self.assertEqual([[answer.text, "N"]], self.desk.sql(
            "SELECT t.number, e.type FROM ost_thread_entry e JOIN ost_thread h ON h.id = e.thread_id JOIN ost_ticket t ON "
            "h.object_id = t.ticket_id WHERE e.poster LIKE '%Mail Delivery%'"), self.postfix.log()[-3000:])
        self.assertEqual(before + 1, self.tickets())

    # ---- what people answer ---------------------------------------------------------------------------------------------
    def test_an_answer_to_our_mail_comes_into_its_ticket_without_the_quotation(self):
        before = self.tickets()
        self.send()
        number = self.taken(before)
        ours, = self.mails_to(ANNA)
        quoted = self.desk.value("SELECT value FROM ost_config WHERE `key` = 'reply_separator'")
        self.assertIn(quoted, ours.html)
        for client in mail_clients.ALL:
            with self.subTest(client.__name__):
                words = "It runs again, says %s." % client.__name__.replace("_", " ")
                self.postfix.take(client(ours, "Anna <%s>" % ANNA, words), ANNA)
                self.assertTrue(until(lambda: self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body LIKE '%%%s%%'" % words)
                                      == "1", 30), self.postfix.log()[-3000:])
                kind, ticket, body = self.desk.sql(
                    "SELECT e.type, t.number, REPLACE(e.body, CHAR(10), ' ') FROM ost_thread_entry e JOIN ost_thread h ON h.id = e.thread_id "
                    "JOIN ost_ticket t ON h.object_id = t.ticket_id ORDER BY e.id DESC LIMIT 1")[0]
                self.assertEqual(("M", number), (kind, ticket))
                self.assertNotIn(quoted, body)
                self.assertNotIn("is in our book", body)  # what the mail says
        self.assertEqual(before + 1, self.tickets())


if __name__ == "__main__":
    unittest.main()
