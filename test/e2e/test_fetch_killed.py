# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetching mail while its process is killed: no mail is lost, none becomes two tickets. MAILS and KILLS in the environment
choose how many; a thousand mails take some minutes for each place."""
import os
import random
import signal
import subprocess
import threading
import time
import unittest

import demo
import mail_account
import post
from desk import until
from fetch_desk import FetchDesk, Tap, mail

MAILS, KILLS = int(os.environ.get("MAILS", "100")), int(os.environ.get("KILLS", "12"))
FETCHED = 255  # the most of a run


class Killed(FetchDesk):
    NAME = "fetch_killed"

    def setUp(self):
        super().setUp()
        mail_account.setting(self.desk, "ticket_alert_active", "1")

    def kill(self):
        process = until(self.desk.cron, 20)
        os.kill(process, signal.SIGKILL)

    def has_begun(self):
        return self.desk.sql("SELECT 1 FROM fcgi_ost_cron WHERE lease LIKE '%%/%s'" % self.desk.cron())

    def call(self):
        """In the background; who calls while the process dies may wait in vain."""
        def ask():
            try:
                self.desk.request("POST", "/tasks/cron", key=demo.KEY)
            except OSError:
                pass
        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        return thread

    def assert_once(self, mails):
        ids = [row[0] for row in self.desk.sql("SELECT mid FROM ost_thread_entry_email WHERE thread_entry_id>%s" % self.last_entry)]
        self.assertEqual((mails, mails, mails), (self.new_tickets(), len(ids), len(set(ids))))
        post.go_out(self.desk, 60 + mails)
        alerts = self.desk.sql("SELECT ticket_id,COUNT(*) FROM fcgi_ost_mail WHERE kind='ticket.alert' AND spread=1 GROUP BY 1")
        self.assertEqual({"1"}, {count for _, count in alerts} or {"1"})

    def killed_when_it_says(self, words):
        def hear(line):
            if words in line and not self.killed:
                self.killed = True
                self.kill()
        self.killed = False
        self.server.fill("box", [mail("One"), mail("Two")])
        tap = Tap(self.server.imap, hear)
        try:
            self.account(tap.port, postfetch="archive", archivefolder="Done")
            self.cron()
            self.assertTrue(self.killed)
            self.cron()
        finally:
            tap.close()
        self.assert_once(2)
        self.assertEqual([], self.server.content("box")["INBOX"])
        self.assertEqual(["One", "Two"], sorted(subject for subject, _ in self.server.content("box")["Done"]))
        self.assertEqual([], self.remembered())

    def test_between_the_commit_and_the_mailbox_it_is_only_put_away_afterwards(self):
        self.killed_when_it_says("+FLAGS.SILENT (\\Seen)")

    def test_between_seen_and_the_move(self):
        self.killed_when_it_says("UID MOVE")

    def test_before_it_is_read(self):
        self.killed_when_it_says("BODY.PEEK[]")

    def test_before_the_commit_nothing_is_there_and_the_next_run_makes_it(self):
        self.server.fill("box", [mail("One")])
        self.account(postfetch="delete")
        other = subprocess.Popen(["mariadb", "--no-defaults", "-nN", "-S", self.desk.env["SOCK"], "-u", "root", self.desk.env["DB"]],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        other.stdin.write("BEGIN; SELECT * FROM ost_form_entry FOR UPDATE; SELECT 'held';\n")
        other.stdin.flush()
        while other.stdout.readline().strip() != "held":
            self.assertIsNone(other.poll())
        call = self.call()
        try:
            # Not innodb_trx, which stays as it is while it is asked again and again.
            self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM information_schema.processlist WHERE time>0 AND "
                                                        "info LIKE 'INSERT INTO `ost_form_entry`%'"), 20))
            self.kill()
        finally:
            other.communicate()
        call.join(30)
        self.assertEqual(0, self.new_tickets())
        self.assertEqual([["begun", "1"]], [row[1:] for row in self.remembered()])
        self.cron()
        self.assert_once(1)
        self.assertEqual({"INBOX": []}, self.server.content("box"))

    def test_one_over_which_it_dies_three_times_lets_the_others_pass_and_is_told(self):
        self.server.fill("box", [mail("Bad"), mail("Good")])
        uid = self.first_uid()
        tap = Tap(self.server.imap, lambda line: self.kill() if "UID FETCH %s (UID BODY.PEEK" % uid in line else None)
        try:
            self.account(tap.port)
            for _ in range(3):
                self.assertEqual([], self.new_subjects())
                self.cron()
            self.cron()
        finally:
            tap.close()
        self.assertEqual(["Good"], self.new_subjects())
        self.assertEqual([["begun", "3"], ["done", "1"]], [row[1:] for row in self.remembered()])
        self.assertEqual(1, len(self.told()))
        self.assertIn("never ended", self.told()[0])

    def first_uid(self):
        client = self.server.login("box")
        client.select("INBOX", readonly=True)
        uid = client.uid("SEARCH", "ALL")[1][0].split()[0].decode()
        client.logout()
        return uid

    def test_killed_again_and_again(self):
        chance = random.Random(4711)
        for place in ("archive", "delete", "nothing"):
            with self.subTest(place):
                self.setUp()
                self.server.fill(place, [mail("%s %d" % (place, number)) for number in range(MAILS)])
                self.account(user=place, fetchmax=FETCHED, fetchfreq=0, postfetch=place,
                             archivefolder="Done" if place == "archive" else None)
                kills, begun = 0, time.monotonic()
                while kills < KILLS and self.new_tickets() < MAILS:
                    mail_account.make_due(self.desk)
                    self.call()
                    if chance.random() < 0.8:  # in a run, not before it
                        until(self.has_begun, 20)
                    time.sleep(chance.uniform(0.05, 0.6))
                    self.kill()
                    kills += 1
                at_death = self.new_tickets()
                # One that was begun three times waits; so soon after each other they were no fault of it.
                self.desk.sql("UPDATE fcgi_ost_mailbox SET due=UTC_TIMESTAMP() WHERE state='begun'")
                self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM fcgi_ost_cron WHERE lease<>'' OR asked>done") == [], 60))
                for _ in range(3 + MAILS // FETCHED):
                    self.cron()
                self.assert_once(MAILS)
                content = self.server.content(place)
                left = {name: len(mails) for name, mails in content.items()}
                self.assertEqual({"archive": {"INBOX": 0, "Done": MAILS}, "delete": {"INBOX": 0}, "nothing": {"INBOX": MAILS}}[place],
                                 left)
                print("%s: %d mails, %d kills (%d tickets when the last came), %d tickets, mailbox %s, %.0f s"
                      % (place, MAILS, kills, at_death, self.new_tickets(), left, time.monotonic() - begun), flush=True)


if __name__ == "__main__":
    unittest.main()
