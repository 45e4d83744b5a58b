#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""golden.py for cron: the same, and what becomes of mails in mailboxes on a real mail server.

    golden_cron.py FOLDER FILE...    FOLDER is where test/stack is up, with the salt that the cases' passwords were stored by

A case may have `mailbox`, [{user, folders: {FOLDER: [{raw: base64, flags}]}}]: the mailboxes of these users are emptied, then
filled so; what lies in them afterwards is compared with answer.mailbox, {user: {FOLDER: [[subject, Message-ID, [flags]]]}}. In
`sql`, @HOST@ @IMAP@ @IMAPS@ @POP3@ @POP3S@ stand for the mail server's host and ports.
"""
import base64
import copy
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "e2e"))

# pylint: disable=wrong-import-position
from contract import ANY
from desk import Desk
from difference import differences
from golden import Golden
from mail_server import DOVECOT, MailServer


class Cron(Golden):
    def __init__(self, desk, server):
        super().__init__(desk, "documented")
        self.server = server
        self.marks = {"@HOST@": "127.0.0.1", "'@IMAP@'": server.imap, "'@IMAPS@'": server.imaps, "'@POP3@'": server.pop3,
                      "'@POP3S@'": server.pop3s}

    def reset(self):
        super().reset()
        self.desk.sql("TRUNCATE fcgi_ost_mailbox")

    def filled(self, statement):
        for mark, value in self.marks.items():
            statement = statement.replace(mark, str(value))
        return statement

    def fill(self, box):
        self.server.fill(box["user"], [])
        client = self.server.login(box["user"])
        for folder, mails in box["folders"].items():
            if folder != "INBOX":
                client.create('"%s"' % folder)
            for mail in mails:
                self.server.append(client, base64.b64decode(mail["raw"]), folder, mail["flags"])
        client.logout()

    def run(self, file, case):
        case = copy.deepcopy(case)
        case["sql"] = [self.filled(statement) for statement in case.get("sql", [])]
        for row in case["answer"]["rows"].get("ost_email_account", {}).get("updated", []):
            if row.get("last_error_msg", [None, None])[1] is not None:
                row["last_error_msg"][1] = ANY
        for box in case.get("mailbox", []):
            self.fill(box)
        lines = super().run(file, case)
        for user, folders in case["answer"].get("mailbox", {}).items():
            wanted = {name: [[subject, flags] for subject, _, flags in mails] for name, mails in folders.items()}
            lines += differences("mailbox." + user, wanted, self.server.content(user))
        return lines


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if not DOVECOT:
        sys.exit("there is no dovecot")
    desk, server = Desk(sys.argv[1]), MailServer()
    try:
        desk.setting("mail", "tls_ca", server.path("ca.pem"))
        desk.reload()
        golden, passed, failed = Cron(desk, server), 0, 0
        for path in sys.argv[2:]:
            good, bad, _ = golden.run_file(path)
            passed, failed = passed + good, failed + bad
    finally:
        server.stop()
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
