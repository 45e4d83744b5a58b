# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetching mail: which accounts, as whom, what becomes of each mail and what of its place. spec: cron.md 3, 8."""
import base64
import concurrent.futures
import os
import re
import signal
import socket
import subprocess
import threading
import time
import unittest

import demo
import mail_account
import mail_server
from desk import ROOT
from fetch_desk import MAILBOX, FetchDesk, Tap, mail
from mail_server import PASSWORD

NO_SENDER = b"To: desk@harbour-tools.example\r\nSubject: From nobody\r\nMessage-ID: <nobody@x.example>\r\n\r\nText.\r\n"


class Ways(FetchDesk):
    """To the mailbox and into it."""
    def test_every_way_that_an_account_may_name(self):
        ways = [("IMAP", "ssl://127.0.0.1", self.server.imaps), ("IMAP", "tls://localhost", self.server.imap),
                ("POP", "ssl://localhost", self.server.pop3s), ("POP", "tls://127.0.0.1", self.server.pop3),
                ("POP", "127.0.0.1", self.server.pop3), ("IMAP", "plain://127.0.0.1", self.server.imap)]
        for number, (protocol, host, port) in enumerate(ways):
            user = "way%d" % number
            self.server.fill(user, [mail("Way %d" % number)])
            self.account(port, protocol=protocol, host=host, user=user, postfetch="delete")
        self.cron()
        self.assertEqual(["Way %d" % number for number in range(len(ways))], sorted(self.new_subjects()))
        for number in range(len(ways)):
            self.assertEqual({"INBOX": []}, self.server.content("way%d" % number), ways[number])
        self.assertEqual([["0", "NULL", "NULL", "1"]] * len(ways), self.desk.sql(
            "SELECT num_errors,last_error,last_error_msg,last_activity>NOW()-INTERVAL 1 MINUTE FROM ost_email_account WHERE type='mailbox'"))

    def test_a_certificate_for_another_name_is_an_error_and_nothing_is_sent(self):
        self.server.fill("box", [mail("One")])
        for protocol, port in (("IMAP", self.server.imaps), ("POP", self.server.pop3s)):
            with self.subTest(protocol):
                host = "ssl://" + (mail_server.OTHER if protocol == "IMAP" else "127.0.0.2")
                account = self.account(port, protocol=protocol, host=host)
                self.cron()
                errors, message = self.row(account)
                self.assertEqual("1", errors)
                self.assertRegex(message, "certificate|cannot connect")
                self.desk.sql("UPDATE ost_email_account SET active=0 WHERE id=" + account)
        self.assertEqual(0, self.new_tickets())

    def test_an_unknown_authority_is_an_error_unless_verifying_is_switched_off(self):
        self.server.fill("box", [mail("One")])
        accounts = [self.account(self.server.imaps, host="ssl://127.0.0.1"),
                    self.account(self.server.pop3s, host="ssl://127.0.0.1", protocol="POP")]
        authority = self.desk.configured("mail", "tls_ca")
        try:
            self.desk.setting("mail", "tls_ca", "")
            self.desk.reload()
            self.cron()
            for account in accounts:
                self.assertIn("its certificate is not trusted", self.row(account)[1])
            self.assertEqual(0, self.new_tickets())
            self.desk.setting("mail", "verify", "no")
            self.desk.reload()
            self.cron()
            self.assertEqual(1, self.new_tickets())
        finally:
            self.desk.setting("mail", "verify", "yes")
            self.desk.setting("mail", "tls_ca", authority)
            self.desk.reload()

    def test_a_token_logs_in_as_the_mailbox_and_one_that_expired_says_who_renews_it(self):
        with Xoauth2Server() as server:
            token = {"access_token": "ya29.The-Token", "resource_owner_email": "owner@example.org",
                     "refresh_token": "r", "expires": str(int(time.time()) + 600)}
            account = self.account(server.port, auth_bk="oauth2:google", credentials=token)
            self.cron()
            self.assertEqual(["0", ""], self.row(account))
            self.assertEqual(["user=%s\1auth=Bearer ya29.The-Token\1\1" % MAILBOX], server.logins)
            self.desk.sql("UPDATE ost_config SET value='1700000000' WHERE `key`='expires'")
            self.cron()
            errors, message = self.row(account)
            self.assertEqual("1", errors)
            self.assertIn("OAuth2 token has expired; only osTicket's OAuth2 plugin renews it", message)
            self.assertTrue(self.desk.log_lines_of("OAuth2 token has expired; only osTicket's OAuth2 plugin renews it: sign in anew"))
            self.assertEqual(1, len(server.logins))

    def test_what_no_login_can_be_made_of_is_an_error_of_that_account_alone(self):
        wrong = {"auth_bk='mailbox'": "for sending", "auth_bk='none'": "none are chosen", "auth_bk='kerberos'": "kerberos",
                 "protocol='OTHER'": "protocol", "host=''": "host or port", "folder='Not/There'": "folder",
                 "port=1": "cannot connect"}
        accounts = {}
        for change, words in wrong.items():
            account = self.account(user="nobody")
            self.desk.sql("UPDATE ost_email_account SET %s WHERE id=%s" % (change, account))
            accounts[account] = words
        accounts[self.account(password="Mail-box-2")] = "user or password wrong"
        accounts[self.account(credentials={})] = "user name or password is missing"
        accounts[self.account(credentials={"username": "box", "passwd": "$2$JDEkAAAA"})] = "Credentials"
        self.server.fill("good", [mail("One")])
        good = self.account(user="good")
        self.cron()
        for account, words in accounts.items():
            errors, message = self.row(account)
            self.assertEqual("1", errors, words)
            self.assertIn(words, message)
        self.assertEqual(["0", ""], self.row(good))
        self.assertEqual(["One"], self.new_subjects())

    def test_no_log_holds_a_password_or_what_a_mail_says(self):
        self.server.fill("box", [mail("One", "The-secret-text"), NO_SENDER.replace(b"Text.", b"The-secret-text")])
        self.account()
        self.account(password="Mail-box-2")
        self.cron()
        written = "\n".join(self.desk.log()) + "\n".join(self.told())
        for secret in (PASSWORD, "Mail-box-2", "The-secret-text", demo.KEY):
            self.assertNotIn(secret, written)


class Xoauth2Server:
    """An IMAP server with an empty mailbox that takes any token, and notes what was said."""
    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.logins = self.listener.getsockname()[1], []
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _serve(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            with client, client.makefile("rw", newline="\r\n") as talk:
                print("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready", file=talk, flush=True)
                for line in talk:
                    self._answer(line.split(), talk)

    def _answer(self, words, talk):
        command = " ".join(words[1:3]).upper()
        if command.startswith("AUTHENTICATE"):
            self.logins.append(base64.b64decode(words[3]).decode())
        if command.startswith("CAPABILITY"):
            print("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 UIDPLUS", file=talk)
        if command.startswith("SELECT"):
            print("* OK [UIDVALIDITY 7] UIDs valid", file=talk)
        if command.startswith("UID SEARCH"):
            print("* SEARCH", file=talk)
        print(words[0] + " OK done", file=talk, flush=True)


class PlainPop3Server:
    """A POP3 server that knows no UIDs."""
    def __init__(self, mails):
        self.mails = mails

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _serve(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            with client, client.makefile("rwb") as talk:
                talk.write(b"+OK ready\r\n")
                talk.flush()
                for line in talk:
                    talk.write(self._answer(line.decode().upper().split()))
                    talk.flush()

    def _answer(self, words):
        if words[0] in ("CAPA", "UIDL", "AUTH"):
            return b"-ERR unknown\r\n"
        if words[0] == "LIST":
            lines = "".join("%d %d\r\n" % (number, len(mail)) for number, mail in enumerate(self.mails, 1))
            return b"+OK\r\n" + lines.encode() + b".\r\n"
        if words[0] == "RETR":
            return b"+OK\r\n" + self.mails[int(words[1]) - 1] + b".\r\n"
        return b"+OK\r\n"


class Accounts(FetchDesk):
    """Which accounts it is time for, and what their rows say."""
    NAME = "fetch_accounts"

    def test_an_account_is_due_by_its_own_numbers(self):
        ten, now = "NOW()-INTERVAL 11 MINUTE", "NOW()"
        cases = [("num_errors=0", True), ("active=0", False), ("type='smtp'", False),
                 ("last_activity=%s" % now, False), ("last_activity=NOW()-INTERVAL 4 MINUTE", False),
                 ("last_activity=NOW()-INTERVAL 6 MINUTE", True), ("last_activity=NOW()+INTERVAL 1 HOUR", False),
                 ("fetchfreq=0,last_activity=NOW()-INTERVAL 2 SECOND", True), ("num_errors=5,last_error=%s" % now, True),
                 ("num_errors=6,last_error=%s" % now, False), ("num_errors=6,last_error=%s" % ten, True),
                 ("num_errors=6,last_error=NULL", False), ("num_errors=60,last_error=%s" % ten, True)]
        for number, (change, _) in enumerate(cases):
            self.server.fill("due%d" % number, [])
            account = self.account(user="due%d" % number)
            self.desk.sql("UPDATE ost_email_account SET %s WHERE id=%s" % (change, account))
        self.cron(due=False)
        fetched = [row[0] == "1" for row in self.desk.sql("SELECT updated>NOW()-INTERVAL 1 MINUTE FROM ost_email_account WHERE id>1 "
                                                          "ORDER BY id")]
        for (change, due), was in zip(cases, fetched):
            self.assertEqual(due, was, change)

    def test_switched_off_nothing_is_fetched(self):
        self.server.fill("box", [mail("One")])
        self.account()
        mail_account.setting(self.desk, "enable_mail_polling", "0")
        self.cron()
        self.assertEqual(0, self.new_tickets())

    def test_errors_count_up_and_are_told_once_and_their_end_once(self):
        account = self.account(password="Mail-box-2")
        for count in range(1, 6):
            self.cron()
            self.assertEqual(str(count), self.row(account)[0])
        self.assertEqual([], self.told())
        self.cron()
        self.assertEqual("6", self.row(account)[0])
        self.cron()  # it waits now
        self.assertEqual("6", self.row(account)[0])
        self.ten_minutes_pass()
        self.cron()
        self.assertEqual("7", self.row(account)[0])
        self.assertEqual(1, len(self.told()))
        self.assertIn("six times in a row", self.told()[0])
        self.assertIn("user or password wrong", self.told()[0])
        self.assertEqual(1, len(self.admin_mails()))
        # The administrator puts it right.
        right = mail_account.encrypted(PASSWORD, "box", "email.1.account." + account, self.desk.configured("osticket", "secret_salt"))
        self.desk.sql("UPDATE ost_config SET value='%s' WHERE `key`='passwd'" % right)
        self.ten_minutes_pass()
        self.server.fill("box", [])
        self.cron()
        self.assertEqual(["0", ""], self.row(account))
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mailbox"))
        self.cron()
        self.assertEqual("The mailbox of %s is fetched again." % MAILBOX, self.told()[1])
        self.assertEqual((2, 2), (len(self.told()), len(self.admin_mails())))

    def ten_minutes_pass(self):
        self.desk.sql("UPDATE ost_email_account SET last_error=NOW()-INTERVAL 11 MINUTE; "
                      "UPDATE fcgi_ost_mailbox SET due=due-INTERVAL 11 MINUTE WHERE uid=''")

    def test_what_osticket_s_own_cron_sets_back_is_kept(self):
        """A panel that is open calls it: each try of PHP's leaves num_errors at 1, however often it failed."""
        account = self.account(password="Mail-box-2")
        by_php = "UPDATE ost_email_account SET num_errors=1,last_error=NOW(),last_error_msg='PHP could not',last_activity=NULL"
        for count in range(1, 7):
            self.cron()
            self.assertEqual(str(count), self.row(account)[0])
            self.desk.sql(by_php)
        self.assertEqual(1, len(self.told()))
        self.cron()
        self.assertEqual(["1", "PHP could not"], self.row(account), "it waits")
        self.ten_minutes_pass()
        self.cron()
        self.assertEqual("7", self.row(account)[0])
        self.assertEqual(1, len(self.told()), "nor is it told again")
        # Whoever saves the account in the panel has it tried at once, and counted anew.
        self.desk.sql("UPDATE ost_email_account SET num_errors=0,last_error_msg=NULL")
        self.cron()
        self.assertEqual("1", self.row(account)[0])

    def test_two_calls_at_once_make_one_ticket_a_mail(self):
        self.server.fill("box", [mail("M%d" % number) for number in range(20)])
        self.account(fetchfreq=0, postfetch="archive", archivefolder="Done")
        call = lambda _: self.desk.request("POST", "/tasks/cron", key=demo.KEY).status
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            self.assertEqual([200] * 4, list(pool.map(call, range(4))))
        self.assertEqual(20, self.new_tickets())
        self.assertEqual((0, 20), tuple(len(self.server.content("box")[name]) for name in ("INBOX", "Done")))

    def test_calls_beside_the_runs_of_its_own_make_one_ticket_a_mail(self):
        """The program's own runs are due all the time, others call meanwhile."""
        self.desk.setting("cron", "every", "30s")
        self.desk.reload()
        try:
            self.server.fill("box", [mail("M%d" % number) for number in range(50)])
            self.account(fetchfreq=0, fetchmax=20, postfetch="delete")
            call = lambda _: self.desk.request("POST", "/tasks/cron", key=demo.KEY).status
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                calls = [pool.submit(call, number) for number in range(12)]
                while not all(each.done() for each in calls):
                    self.desk.sql("UPDATE fcgi_ost_cron SET begun=begun-INTERVAL 1 MINUTE")
                    os.kill(self.desk.cron(), signal.SIGUSR1)  # it looks at its table now
                    time.sleep(0.1)
            self.assertEqual([200] * 12, [each.result() for each in calls])
            for _ in range(3):  # calls share runs, and a run takes 20
                self.cron()
        finally:
            self.desk.setting("cron", "every", "0")
            self.desk.reload()
        self.assertEqual(["M%d" % number for number in range(50)], self.new_subjects())
        self.assertEqual(50, self.new_tickets())
        self.assertEqual([], self.server.content("box")["INBOX"])

    def test_the_table_that_is_missing_is_named_and_no_account_is_touched(self):
        account = self.account()
        self.desk.sql("DROP TABLE fcgi_ost_mailbox")
        try:
            self.cron()
            self.assertEqual(["0", "NULL"], self.row(account, "num_errors,last_activity"))
            self.assertTrue(self.desk.log_lines_of("the table fcgi_ost_mailbox is missing: load schema/fcgi-mailbox.sql"))
        finally:
            self.desk.load(os.path.join(ROOT, "schema", "fcgi-mailbox.sql"))

    def test_where_a_plugin_listens_the_call_is_php_s_and_by_itself_nothing_is_touched(self):
        account = self.account()
        self.desk.sql("INSERT INTO ost_plugin(name,install_path,isphar,isactive,installed) VALUES('Chat','plugins/chat',0,1,NOW())")
        answer = self.desk.request("POST", "/tasks/cron", key=demo.KEY)
        self.assertEqual((501, True), (answer.status, '"Chat"' in answer.text))
        self.desk.sql("INSERT INTO fcgi_ost_cron(job,asked) VALUES('run',1) ON DUPLICATE KEY UPDATE asked=asked+1")
        os.kill(self.desk.cron(), signal.SIGUSR1)  # it looks at its table now
        self.assertTrue(self.desk.log_lines_of("fetching mail: the plugin \"Chat\" is active"))
        self.assertEqual(["NULL"], self.row(account, "last_activity"))

    def test_the_check_says_what_it_finds_about_accounts(self):
        def findings():
            done = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True, text=True,
                                  timeout=60, check=False)
            return done.stdout + done.stderr
        self.account()
        self.assertIn("mail accounts that are fetched here: 1", findings())
        self.account(auth_bk="kerberos")
        self.account(host="mail.example.org", port=143)
        self.account(auth_bk="oauth2:google", credentials={"access_token": "t", "resource_owner_email": "o", "expires": "1700000000"})
        said = findings()
        self.assertIn("\"kerberos\" is no kind that is known here", said)
        self.assertIn("goes to mail.example.org without encryption", said)
        self.assertIn("the OAuth2 token has expired", said)
        self.assertNotIn(PASSWORD, said)
        mail_account.setting(self.desk, "enable_mail_polling", "0")
        self.assertIn("fetching is switched off", findings())


class Mails(FetchDesk):
    """What becomes of one mail, row by row of cron.md 3.6."""
    NAME = "fetch_mails"

    def assert_box(self, user="box", **folders):
        got = {name: [subject for subject, _ in mails] for name, mails in self.server.content(user).items()}
        self.assertEqual(folders, got)

    def test_taken_in_it_is_seen_and_archived_deleted_or_left(self):
        places = {"archive": {"INBOX": [], "Old/Done": [["One", ["\\Seen"]]]}, "delete": {"INBOX": []},
                  "nothing": {"INBOX": [["One", ["\\Seen"]]]}}
        for place, wanted in places.items():
            with self.subTest(place):
                self.desk.sql("DELETE FROM ost_thread_entry_email")
                self.server.fill(place, [mail("One")])
                self.account(user=place, postfetch=place, archivefolder="Old/Done" if place == "archive" else None)
                self.cron()
                self.assertEqual(wanted, self.server.content(place))
        self.assertEqual(3, self.new_tickets())
        self.assertEqual([["done"]], [row[1:2] for row in self.remembered()])  # of what still lies there

    def test_an_archive_folder_is_used_whatever_is_chosen_and_pop_has_none(self):
        self.server.fill("box", [mail("One")])
        self.server.fill("pop", [mail("Two")])
        self.account(postfetch="nothing", archivefolder="Done")
        self.account(self.server.pop3, protocol="POP", user="pop", postfetch="archive", archivefolder="Done")
        self.cron()
        self.assert_box(INBOX=[], Done=["One"])
        self.assert_box("pop", INBOX=["Two"])
        self.assertEqual(2, self.new_tickets())

    def test_an_archive_folder_that_is_the_folder_itself_leaves_mails_in_it(self):
        seen = ["\\Seen"]
        self.server.fill("box", [mail("One")])
        self.server.fill("other", [mail("Two")], "In")
        accounts = [self.account(postfetch="archive", archivefolder="inbox"),  # that name alone has no case
                    self.account(user="other", folder="In", postfetch="delete", archivefolder="In")]
        for _ in range(2):
            self.cron()
            self.assertEqual({"INBOX": [["One", seen]]}, self.server.content("box"))
            self.assertEqual({"INBOX": [], "In": [["Two", seen]]}, self.server.content("other"))
            self.assertEqual([["0", ""]] * 2, [self.row(account) for account in accounts])
            self.assertEqual(2, self.new_tickets())

    def test_a_folder_of_another_case_is_another_folder(self):
        self.server.fill("box", [mail("One")], "In")
        self.account(folder="In", postfetch="archive", archivefolder="in")
        self.cron()
        self.assertEqual({"INBOX": [], "In": [], "in": [["One", ["\\Seen"]]]}, self.server.content("box"))

    def test_known_already_it_is_put_away_like_one_taken_in(self):
        self.server.fill("box", [mail("One")])
        self.account(postfetch="delete")
        self.cron()
        self.server.fill("box", [mail("One")])
        self.cron()
        self.assertEqual(1, self.new_tickets())
        self.assert_box(INBOX=[])

    def test_an_answer_goes_into_its_thread(self):
        self.server.fill("box", [mail("One"), mail("Two", "More", **{"In-Reply-To": "<One@mail.example.org>"})])
        self.account()
        self.cron()
        self.assertEqual(1, self.new_tickets())
        self.assertEqual(["One", "NULL"], self.new_subjects())

    def test_refused_it_is_put_away_and_noted_once(self):
        self.ban("jane@example.org")
        self.server.fill("box", [mail("One")])
        self.server.fill("left", [mail("Two")])
        self.account(postfetch="archive", archivefolder="Done")
        self.account(user="left")
        self.cron()
        self.cron()
        self.assertEqual(0, self.new_tickets())
        self.assert_box(INBOX=[], Done=["One"])
        self.assertEqual("2", self.desk.value("SELECT COUNT(*) FROM ost_syslog WHERE title='Ticket denied'"))
        self.assertEqual([], self.told())

    def test_one_that_cannot_be_taken_in_stays_unread_is_told_once_and_stops_no_other(self):
        self.server.fill("box", [NO_SENDER, mail("One")])
        account = self.account(postfetch="delete")
        self.cron()
        self.cron()
        self.assertEqual(["One"], self.new_subjects())
        self.assertEqual([["From nobody", []]], self.server.content("box")["INBOX"])
        self.assertEqual(["0", ""], self.row(account))
        self.assertEqual(["failed", "1"], self.remembered()[0][1:])
        self.assertEqual(1, len(self.told()))
        self.assertIn("(no sender): From nobody", self.told()[0])
        self.assertEqual(1, len(self.admin_mails()))
        # Its time comes; again it fails, and nobody is told again.
        self.desk.sql("UPDATE fcgi_ost_mailbox SET due=UTC_TIMESTAMP()")
        self.cron()
        self.assertEqual(["failed", "2"], self.remembered()[0][1:])
        self.assertEqual([["3600"]], self.desk.sql("SELECT ROUND(TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),due),-2) FROM fcgi_ost_mailbox"))
        self.assertEqual((1, 1), (len(self.told()), len(self.admin_mails())))

    def test_a_limit_of_open_tickets_leaves_the_mail_until_there_is_room(self):
        mail_account.setting(self.desk, "max_open_tickets", "1")
        self.server.fill("box", [mail("One"), mail("Two")])
        self.account()
        self.cron()
        self.assertEqual(["One"], self.new_subjects())
        self.assertIn("maximum open tickets", self.told()[0])
        mail_account.setting(self.desk, "max_open_tickets", "0")
        self.desk.sql("UPDATE fcgi_ost_mailbox SET due=UTC_TIMESTAMP() WHERE state='failed'")
        self.cron()
        self.assertEqual(["One", "Two"], self.new_subjects())
        self.assertEqual(["done", "done"], [row[1] for row in self.remembered()])

    def test_pop_takes_what_imap_takes(self):
        broken = mail("One").replace(b"\r\n\r\n", b"\r\nno header line\r\nX-Name: J\xfcrgen\r\n\r\n", 1)
        self.server.fill("box", [broken])
        self.account(self.server.pop3, protocol="POP", postfetch="delete")
        self.cron()
        self.assertEqual(1, self.new_tickets())
        self.assert_box(INBOX=[])

    def test_an_archive_folder_that_cannot_be_made_is_an_error_and_the_tickets_are_made_once(self):
        self.server.fill("box", [mail("One"), mail("Two")])
        account = self.account(postfetch="archive", archivefolder="Bad//Name")
        self.cron()
        self.assertEqual(["One", "Two"], self.new_subjects())
        self.cron()
        self.assertEqual(2, self.new_tickets())
        self.assertEqual("2", self.row(account)[0])
        self.assertIn("archive", self.row(account)[1])
        self.desk.sql("UPDATE ost_email_account SET archivefolder='Done'")
        self.cron()
        self.assert_box(INBOX=[], Done=["One", "Two"])
        self.assertEqual((2, "0"), (self.new_tickets(), self.row(account)[0]))

    def test_one_that_is_too_large_stays_and_is_told_once(self):
        for protocol, port in (("IMAP", self.server.imap), ("POP", self.server.pop3)):
            with self.subTest(protocol):
                self.server.fill(protocol, [mail("Large " + protocol, size=300000), mail("Small " + protocol)])
                account = self.account(port, protocol=protocol, user=protocol, postfetch="delete")
                told = len(self.told())
                self.cron()
                self.cron()
                self.assertEqual(["0", "1 messages are too large ([cron] max_mail) and stay in the mailbox"], self.row(account))
                self.assert_box(protocol, INBOX=["Large " + protocol])
                self.assertEqual(told + 1, len(self.told()))
        self.assertEqual(["Small IMAP", "Small POP"], self.new_subjects())

    def test_the_oldest_come_first_and_the_rest_in_the_next_runs(self):
        for place in ("nothing", "delete"):
            with self.subTest(place):
                self.server.fill(place, [mail("%s %d" % (place, number)) for number in range(7)])
                self.account(user=place, fetchmax=3, postfetch=place)
                begun = len(self.new_subjects())
                for most in (3, 6, 7, 7):
                    self.cron()
                    self.assertEqual(["%s %d" % (place, number) for number in range(most)], self.new_subjects()[begun:])

    def test_without_uids_a_mail_is_known_by_its_content(self):
        with PlainPop3Server([mail("P%d" % number) for number in range(5)]) as server:
            self.account(server.port, protocol="POP", fetchmax=2)
            for most in (2, 4, 5, 5):
                self.cron()
                self.assertEqual(["P%d" % number for number in range(most)], self.new_subjects())
        self.assertEqual([["done"]] * 5, [row[1:2] for row in self.remembered()])
        self.assertEqual([], [row for row in self.remembered() if not row[0].startswith("=")])

    def test_a_ticket_that_was_deleted_does_not_come_back(self):
        self.server.fill("box", [mail("One")])
        self.account()
        self.cron()
        self.desk.sql("DELETE FROM ost_thread_entry_email; DELETE FROM ost_thread_entry WHERE title='One'")
        before = self.tickets()
        self.cron()
        self.assertEqual(before, self.tickets())

    def test_the_account_s_mailbox_counts_where_the_mail_names_none(self):
        self.server.fill("box", [mail("One", To="everybody@lists.example.org"), mail("Two")])
        self.account(email_id=3)
        self.cron()
        self.assertEqual([["3"], ["1"]], self.desk.sql("SELECT email_id FROM ost_ticket ORDER BY ticket_id DESC LIMIT 2")[::-1])

    def test_what_people_marked_is_kept_and_what_they_deleted_is_left_alone(self):
        self.server.fill("box", [mail("Flagged")], flags="\\Flagged \\Answered")
        client = self.server.login("box")
        self.server.append(client, mail("Theirs"), flags="\\Deleted")
        client.logout()
        self.account(postfetch="delete")
        self.cron()
        self.assertEqual(["Flagged"], self.new_subjects())
        self.assertEqual({"INBOX": [["Theirs", ["\\Deleted"]]]}, self.server.content("box"))
        self.server.fill("box", [mail("Kept")], flags="\\Flagged")
        self.desk.sql("UPDATE ost_email_account SET postfetch='nothing'")
        self.cron()
        self.assertEqual({"INBOX": [["Kept", ["\\Flagged", "\\Seen"]]]}, self.server.content("box"))

    def test_somebody_else_takes_a_mail_away_meanwhile_and_no_other_is_harmed(self):
        def hear(line):
            if "BODY.PEEK" in line and not self.taken_away:
                self.taken_away = True
                client = self.server.login("box")
                client.select("INBOX")
                client.store("1", "+FLAGS.SILENT", "(\\Deleted)")
                client.expunge()
                client.logout()
        self.taken_away = False
        self.server.fill("box", [mail("M%d" % number) for number in range(1, 6)])
        tap = Tap(self.server.imap, hear)
        try:
            self.account(tap.port, postfetch="archive", archivefolder="Done")
            self.cron()
        finally:
            tap.close()
        taken = self.new_subjects()
        self.assertIn(len(taken), (4, 5))  # the first was gone, or was being read
        self.assertEqual(["M2", "M3", "M4", "M5"], taken[-4:])
        self.assert_box(INBOX=[], Done=["M2", "M3", "M4", "M5"])

    def test_a_server_that_closes_in_the_middle_costs_no_mail_and_doubles_none(self):
        """At whatever command: the next run takes the rest."""
        steps = [("UID FETCH 2 (UID BODY", "delete", 1), ("UID FETCH 2 (UID BODY", "archive", 1),
                 ("UID STORE 2 +FLAGS.SILENT (\\Seen)", "nothing", 2), ("UID MOVE 2 ", "archive", 2),
                 ("UID STORE 2 +FLAGS.SILENT (\\Deleted)", "delete", 2), ("UID EXPUNGE ", "delete", 3)]
        for number, (word, place, taken) in enumerate(steps):
            with self.subTest(word, place=place):
                user, subjects = "cut%d" % number, ["%d-%s" % (number, name) for name in ("one", "two", "three")]
                self.server.fill(user, [mail(subject) for subject in subjects])
                heard = []

                def hear(line):
                    if word in line:
                        heard.append(line)
                        if len(heard) == 1:
                            raise OSError("cut")
                tap = Tap(self.server.imap, hear)
                try:
                    account = self.account(tap.port, user=user, postfetch=place, archivefolder="Done" if place == "archive" else None)
                    begun = len(self.new_subjects())
                    self.cron()
                    self.assertEqual(("1", 1), (self.row(account)[0], len(heard)))
                    self.assertIn("the connection broke", self.row(account)[1])
                    self.assertEqual(subjects[:taken], self.new_subjects()[begun:])
                    self.cron()
                finally:
                    tap.close()
                self.assertEqual(["0", ""], self.row(account))
                self.assertEqual(subjects, self.new_subjects()[begun:])
                self.assert_box(user, **{"archive": {"INBOX": [], "Done": subjects}, "delete": {"INBOX": []},
                                         "nothing": {"INBOX": subjects}}[place])
                self.desk.sql("UPDATE ost_email_account SET active=0")
        self.assertEqual([], self.told())

    def through(self, user, hear, **columns):
        """An account of three mails, in a mailbox that is new, with UIDs 1 to 3; the way to it is heard."""
        self.server.fill(user, [mail(name) for name in ("One", "Two", "Three")])
        tap = Tap(self.server.imap, hear)
        self.addCleanup(tap.close)
        return self.account(tap.port, user=user, **columns)

    def test_one_that_the_server_does_not_let_be_read_holds_up_no_other(self):
        """As Exchange says no to one that it holds damaged."""
        def hear(line):
            return re.sub(r"UID FETCH 2 .*BODY.PEEK.*", "UID FETCH 2 (NOTHING)", line)
        account = self.through("damaged", hear, postfetch="delete")
        for count in range(1, 4):
            self.cron()
            self.assertEqual(["One", "Three"], self.new_subjects())
            self.assertEqual(["0", ""], self.row(account))
            self.assertEqual([["2", "begun", str(count)]], self.remembered())
        self.assert_box("damaged", INBOX=["Two"])
        self.assertEqual(1, len(self.told()))
        self.assertIn("The message with the UID 2", self.told()[0])
        self.assertIn("the server does not let it be read", self.told()[0])
        self.cron()
        self.assertEqual([["2", "begun", "3"]], self.remembered(), "it waits")

    def test_put_away_later_it_is_seen_all_the_same(self):
        moves = []

        def hear(line):
            if "UID MOVE 2 " in line:
                moves.append(line)
                if len(moves) == 1:
                    return line.split()[0] + " UID NOTHING"
            return None
        account = self.through("later", hear, postfetch="archive", archivefolder="Done")
        self.cron()
        self.assertEqual("1", self.row(account)[0])
        self.assert_box("later", INBOX=["Two", "Three"], Done=["One"])
        self.cron()
        self.assertEqual(["0", ""], self.row(account))
        self.assertEqual({"INBOX": [], "Done": [[name, ["\\Seen"]] for name in ("One", "Two", "Three")]}, self.server.content("later"))
        self.assertEqual(3, self.new_tickets())


class Many(FetchDesk):
    NAME, SETTINGS = "fetch_many", ("server.request_timeout=300", "cron.wait=290")

    def test_thousands_of_mails_take_neither_memory_nor_long(self):
        self.server.fill("few", [mail("Few %d" % number, size=20000) for number in range(20)])
        self.account(user="few", fetchmax=255)
        self.cron()
        few = self.cron_memory()
        self.desk.sql("UPDATE ost_email_account SET active=0")
        lying = 1000 if self.desk.is_sanitized() else 5000
        self.server.fill("many", [mail("Many %d" % number, size=2000) for number in range(lying)])
        self.account(user="many", fetchmax=255)
        begun = time.monotonic()
        self.cron()
        line = self.desk.log_lines_of("255 messages taken in")[-1]
        took = int(re.search(r"in (\d+) ms", line).group(1))
        print("255 of %d mails in %d ms (%d a second), the call %.1f s; the process held %d KiB after 20 mails, %d after these"
              % (lying, took, 255000 // took, time.monotonic() - begun, few, self.cron_memory()), flush=True)
        self.assertEqual(275, self.new_tickets())
        if not self.desk.is_sanitized():  # which keeps what was freed
            self.assertLess(self.cron_memory(), few + 16384)
            self.assertGreater(255000 / took, 10)
        self.cron()
        self.assertEqual(530, self.new_tickets())
        if os.environ.get("WHOLE"):
            self.fetch_the_rest(lying, few)

    def fetch_the_rest(self, lying, few):
        """WHOLE=1: all of the mailbox, some minutes."""
        while self.new_tickets() < 20 + lying:
            self.cron()
        times = [tuple(map(int, re.search(r": (\d+) messages taken in.* in (\d+) ms", line).groups()))
                 for line in self.desk.log_lines_of("messages taken in")][1:]
        print("%d mails in %d runs: %d a second in the slowest, %d in the quickest, %d in all; the process held %d KiB after 20 mails, "
              "%d after these" % (sum(count for count, _ in times), len(times), min(1000 * count // took for count, took in times),
                                  max(1000 * count // took for count, took in times),
                                  1000 * sum(count for count, _ in times) // sum(took for _, took in times), few, self.cron_memory()),
              flush=True)
        self.assertEqual(20 + lying, self.new_tickets())
        self.assertLess(self.cron_memory(), few + 16384)


if __name__ == "__main__":
    unittest.main()
