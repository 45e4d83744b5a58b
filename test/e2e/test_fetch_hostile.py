# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that nobody should send (hostile_mails.py), as they lie in a mailbox, by IMAP and by POP3: each becomes a ticket or stays where it is and
is told, none stops another, and none is fetched for ever."""
import os
import shutil
import unittest
import uuid

import hostile_mails
from fetch_desk import MAILBOX, FetchDesk, mail
from test_email import HEAD

LARGEST = 200 * 1024
JANE = "anna@quay.example"


def hostile(body="Good morning", sender=None, subject="A lamp", mid=None, more=""):
    return (HEAD.format(sender=sender or "Jane <%s>" % JANE, mailbox=MAILBOX, subject=subject, mid=mid or "<%s@mail.example.org>" % uuid.uuid4())
            + more + "\r\n" + body).encode("utf-8", "surrogateescape")


class Hostile(FetchDesk):
    NAME = "fetch_hostile"

    def lay(self, user, mails):
        """Files in the mailbox's folder: no IMAP server would take all of them."""
        self.server.fill(user, [mail("First of all")])
        folder = os.path.join(self.server.path("mail"), user.lower(), "new")  # as dovecot writes names
        for number, each in enumerate(mails):
            path = os.path.join(folder, "%d.M%dP1.host" % (1700000000 + number, number))
            with open(path, "wb") as file:
                file.write(each)
            if os.geteuid() == 0:
                shutil.chown(path, "nobody", "nogroup")

    def check(self, port, protocol):
        rows = [*hostile_mails.text(hostile), *hostile_mails.header(hostile, JANE), *hostile_mails.parts(hostile), *hostile_mails.files(hostile)]
        mails = [row[1] for row in rows if len(row[1]) < LARGEST]
        refused = [each for _, each in hostile_mails.refused(hostile) if each.strip() and len(each) < LARGEST]
        self.lay(protocol, mails + refused)
        account = self.account(port, protocol=protocol, user=protocol, postfetch="delete", fetchmax=500)
        pid = self.desk.cron()
        for _ in range(3):
            self.cron()
        left = self.server.content(protocol)["INBOX"]
        print("%s: %d mails, %d tickets, %d left of %d that are nobody's, %d told" % (protocol, len(mails) + 1, self.new_tickets(), len(left), len(refused), len(self.told())))
        self.assertEqual(len(mails) + 1, self.new_tickets())
        self.assertEqual(len(refused), len(left))
        self.assertEqual(["0", ""], self.row(account))
        self.assertEqual({"failed"}, {state for _, state, _ in self.remembered()})
        self.assertEqual(pid, self.desk.cron(), "the process that fetches died")

    def test_by_imap(self):
        self.check(self.server.imap, "IMAP")

    def test_by_pop3(self):
        self.check(self.server.pop3, "POP")


if __name__ == "__main__":
    unittest.main()
