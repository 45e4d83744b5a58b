# SPDX-License-Identifier: GPL-2.0-or-later
"""Mailboxes as cron reads them, on a dovecot: what is read, what becomes of a mail, and what no mail is done to."""
import os
import socket
import subprocess
import threading
import unittest

import mail_server
from mail_server import PASSWORD, MailServer, mail


@unittest.skipUnless(mail_server.DOVECOT, "there is no dovecot")
class Mailbox(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = MailServer()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def drive(self, what, protocol="imap", host="127.0.0.1", port=None, user="box", password=PASSWORD, folder="", most=()):
        port = port or getattr(self.server, protocol)
        done = subprocess.run([os.environ["MAILBOX_DRIVER"], protocol, host, str(port), self.server.path("ca.pem"), user, password,
                               folder, what, *map(str, most)], capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual("", done.stderr)
        return done.stdout.splitlines()[:-1]

    def failed(self, *words, **more):
        said = self.drive("nothing", *words, **more)
        self.assertRegex(said[-1], r"^error \d+ ")
        self.assertNotIn(PASSWORD, said[-1])
        return said[-1]

    def test_every_way_to_a_mailbox(self):
        mails = [mail("One"), mail("Two", size=300000), mail("Dots", ".\r\n..\r\n.x"), mail("{5}", "* 1 FETCH (X)\r\n")]
        self.server.fill("box", mails)
        for protocol, host, port in (("imap", "127.0.0.1", self.server.imap), ("imap", "ssl://localhost", self.server.imaps),
                                     ("imap", "TLS://127.0.0.1", self.server.imap), ("pop3", "127.0.0.1", self.server.pop3),
                                     ("pop3", "ssl://127.0.0.1", self.server.pop3s), ("pop3", "tls://127.0.0.1", self.server.pop3)):
            lines = self.drive("nothing", protocol, host, port)
            got = [line.split()[2:] for line in lines[1:]]
            self.assertEqual([[str(len(m)), str(sum(m))] for m in mails], got, (protocol, host, lines))
            if protocol == "imap":  # dovecot notes what POP3 took
                self.assertEqual({"INBOX": [["One", []], ["Two", []], ["Dots", []], ["{5}", []]]}, self.server.content("box"))

    def test_a_certificate_that_is_not_the_servers_is_no_way(self):
        self.assertIn("certificate", self.failed(host="ssl://" + mail_server.OTHER, port=self.server.imaps))

    def test_a_wrong_password_a_missing_folder_and_nobody_there_say_so(self):
        self.assertIn("user or password wrong", self.failed(password="Mail-box-2"))
        self.assertIn("user or password wrong", self.failed(protocol="pop3", password="Mail-box-2"))
        self.assertIn("folder", self.failed(folder="Not/There"))
        self.assertIn("POP3 has no folders", self.failed(protocol="pop3", folder="In"))
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            self.assertIn("cannot connect", self.failed(port=nobody.getsockname()[1]))

    def test_moved_to_a_folder_that_is_made_and_flags_are_kept(self):
        self.server.fill("box", [mail("One"), mail("Two")], flags="\\Flagged")
        self.drive("move=Done/Old")
        self.assertEqual([["One", ["\\Flagged", "\\Seen"]], ["Two", ["\\Flagged", "\\Seen"]]], self.server.content("box")["Done/Old"])
        self.assertEqual([], self.server.content("box")["INBOX"])

    def test_deleted_and_only_what_was_read(self):
        for protocol in ("imap", "pop3"):
            self.server.fill("box", [mail("One"), mail("Two"), mail("Three")])
            self.drive("delete", protocol, most=[2])
            self.assertEqual({"INBOX": [["Three", []]]}, self.server.content("box"), protocol)

    def test_what_others_marked_as_deleted_is_neither_read_nor_taken_away(self):
        self.server.fill("box", [mail("Theirs")], flags="\\Deleted")
        client = self.server.login("box")
        self.server.append(client, mail("Ours"))
        client.logout()
        self.assertEqual(2, len(self.drive("delete")))
        self.assertEqual({"INBOX": [["Theirs", ["\\Deleted"]]]}, self.server.content("box"))

    def test_a_folder_with_a_name_of_its_own(self):
        self.server.fill("box", [mail("One")], folder="Support/In")
        self.assertEqual(2, len(self.drive("seen", folder="Support/In")))
        self.assertEqual([["One", ["\\Seen"]]], self.server.content("box")["Support/In"])

    def test_many_mails_need_no_more_memory_than_a_few(self):
        self.server.fill("box", [mail("M%d" % i, size=20000) for i in range(300)])
        def peak(most):
            done = subprocess.run([os.environ["MAILBOX_DRIVER"], "imap", "127.0.0.1", str(self.server.imap), "", "box", PASSWORD, "",
                                   "nothing", str(most)], capture_output=True, text=True, timeout=120, check=True)
            return int(done.stdout.splitlines()[-1].split()[1])
        self.assertLess(peak(300), peak(10) + 1024)

    def test_a_server_that_is_silent_is_not_waited_for_without_end(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(1)
            held = []
            threading.Thread(target=lambda: held.append(listener.accept()[0]), daemon=True).start()
            self.assertIn("in time", self.failed(port=listener.getsockname()[1]))
            held[0].close()


@unittest.skipUnless(mail_server.DOVECOT, "there is no dovecot")
class WithoutExtensions(unittest.TestCase):
    """A server with neither MOVE nor UIDPLUS."""
    @classmethod
    def setUpClass(cls):
        cls.server = MailServer("protocol imap {\n  imap_capability = IMAP4rev1 LITERAL+ AUTH=PLAIN\n}")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    drive = Mailbox.drive

    def test_moved_by_a_copy(self):
        self.server.fill("box", [mail("One"), mail("Two")])
        self.drive("move=Done", most=[1])
        self.assertEqual({"INBOX": [["Two", []]], "Done": [["One", ["\\Seen"]]]}, self.server.content("box"))

    def test_nothing_is_taken_away_while_somebody_else_has_marked_something(self):
        self.server.fill("box", [mail("Theirs")], flags="\\Deleted")
        client = self.server.login("box")
        self.server.append(client, mail("Ours"))
        client.logout()
        self.drive("delete")
        self.assertEqual({"INBOX": [["Theirs", ["\\Deleted"]], ["Ours", ["\\Deleted", "\\Seen"]]]}, self.server.content("box"))


if __name__ == "__main__":
    unittest.main()
