# SPDX-License-Identifier: GPL-2.0-or-later
"""A help desk whose mailboxes lie on a dovecot, for tests of what cron fetches."""
import socket
import threading
import unittest

import demo
import mail_account
import mail_server
import post
from desk import until
from mail_server import MailServer

MAILBOX = "desk@harbour-tools.example"
ADMIN = "admin@harbour-tools.example"
QUIET = ("UPDATE ost_ticket SET isoverdue=0, duedate=NULL, est_duedate=NULL; UPDATE ost_config SET value='0' WHERE `key`='reindex'; "
         "UPDATE ost_config SET value='0' WHERE `key` IN ('ticket_autoresponder','ticket_alert_active')")


def mail(subject, text="Text.", size=0, **headers):
    return mail_server.mail(subject, text, size, **{"To": MAILBOX, **headers})


class Tap:
    """A way to the IMAP server by which a test hears what is asked. `hear` is called with each line before it goes on: what it
    returns goes in its place, and an OSError ends the connection."""
    def __init__(self, port, hear):
        self.hear = hear
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.server_port = self.listener.getsockname()[1], port
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.server_port))
            threading.Thread(target=self._carry, args=(client, server, self.hear), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, client, None), daemon=True).start()

    @staticmethod
    def _carry(source, target, hear):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                if hear:
                    for line in data.decode("latin-1").splitlines():
                        other = hear(line)
                        if isinstance(other, str):
                            data = data.replace(line.encode("latin-1"), other.encode("latin-1"))
                target.sendall(data)
        except OSError:
            pass
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()


@unittest.skipUnless(mail_server.DOVECOT, "there is no dovecot")
class FetchDesk(unittest.TestCase):
    NAME, SETTINGS, SERVER = "fetch", (), ""

    @classmethod
    def setUpClass(cls):
        cls.server = MailServer(cls.SERVER)
        cls.desk = demo.own_desk(cls.NAME, ["mail.tls_ca=" + cls.server.path("ca.pem"), "cron.max_mail=256K", "cron.wait=25",
                                            *cls.SETTINGS])

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()
        cls.server.stop()

    def setUp(self):
        self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM fcgi_ost_cron WHERE lease<>''") == [], 30))
        demo.reset(self.desk)
        self.desk.sql(QUIET)
        mail_account.setting(self.desk, "enable_mail_polling", "1")
        post.clear(self.desk)
        self.before = self.tickets()
        self.last_entry = self.desk.value("SELECT MAX(id) FROM ost_thread_entry")

    def account(self, port=None, **columns):
        return mail_account.add(self.desk, port or self.server.imap, **columns)

    def cron(self, due=True):
        """One run; every account is due unless told otherwise."""
        if due:
            mail_account.make_due(self.desk)
        answer = self.desk.request("POST", "/tasks/cron", key=demo.KEY)
        self.assertEqual((200, "Completed"), (answer.status, answer.text))

    def tickets(self):
        return int(self.desk.value("SELECT COUNT(*) FROM ost_ticket"))

    def new_tickets(self):
        return self.tickets() - self.before

    def new_subjects(self):
        """The titles of the new tickets' messages, the oldest first."""
        return [row[0] for row in self.desk.sql("SELECT e.title FROM ost_thread_entry e JOIN ost_thread_entry_email m ON "
                                                "m.thread_entry_id=e.id WHERE e.id>%s ORDER BY e.id" % self.last_entry)]

    def row(self, account, columns="num_errors,COALESCE(last_error_msg,'')"):
        return self.desk.sql("SELECT %s FROM ost_email_account WHERE id=%s" % (columns, account))[0]

    def remembered(self):
        return self.desk.sql("SELECT uid,state,attempts FROM fcgi_ost_mailbox WHERE uid<>'' ORDER BY id")

    def told(self):
        """Rows of the system log."""
        return [row[0] for row in self.desk.sql("SELECT REPLACE(log,CHAR(10),' ') FROM ost_syslog WHERE title='Mail Fetcher' "
                                                "ORDER BY log_id")]

    def admin_mails(self):
        return [each.text for each in post.settled(self.desk) if each.subject == "Mail Fetcher" and each.to[0][1] == ADMIN]

    def ban(self, address):
        self.desk.sql("INSERT INTO ost_filter(execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,notes,"
                      "created,updated) SELECT 99,1,0,0,0,0,'Email',0,'SYSTEM BAN LIST','',NOW(),NOW() FROM DUAL WHERE NOT EXISTS("
                      "SELECT 1 FROM ost_filter WHERE name='SYSTEM BAN LIST')")
        self.desk.sql("INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,updated) SELECT id,'email',"
                      "'equal','%s',1,'',NOW(),NOW() FROM ost_filter WHERE name='SYSTEM BAN LIST'" % address)

    def cron_memory(self):
        """KiB that the cron process has had at most."""
        with open("/proc/%d/status" % self.desk.cron(), encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))

