# SPDX-License-Identifier: GPL-2.0-or-later
"""Two hundred replies while worker, mailer, master and database are killed under them, each at another moment.

Afterwards every reply that was acknowledged is there once, with all its rows, and its mail has arrived; one that was not
acknowledged is there whole or not at all. A mail may arrive twice, with the same Message-ID."""
import base64
import collections
import glob
import http.client
import os
import signal
import subprocess
import threading
import time
import unittest

import demo
import post
from desk import until

REPLIES = int(os.environ.get("FAULT_REPLIES", "200"))
TICKETS = ("310042", "310043", "310045", "310046")
YOUNG = 1.05  # seconds: children that die sooner than a second make the master wait, and the test with it
SECONDS = 55  # after which nothing is killed any more, on a machine that is slow,
KILLS = 3  # if each kind has died more often than this
KINDS = ("worker", "mailer", "master", "database")


def age(pid):
    with open("/proc/%d/stat" % pid, encoding="ascii", errors="replace") as file:
        begun = int(file.read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - begun


def descriptors(pid):
    return len(os.listdir("/proc/%d/fd" % pid))


class Faults(unittest.TestCase):
    def setUp(self):
        self.desk = demo.own_desk("faults", DURABLE="1")
        self.addCleanup(self.desk.down)
        self.kills = collections.Counter()
        self.children, self.orphans = [], []
        self.addCleanup(self.reap)

    def reap(self):
        for child in self.children:
            child.kill()
            child.wait()

    # ---- killing, and mending what nobody else mends -----------------------------------------------------------------
    def pid_file(self, name):
        return os.path.join(self.desk.folder, name + ".pid")

    def read_pid(self, name):
        with open(self.pid_file(name), encoding="ascii") as file:
            return int(file.read())

    def start_again(self, name, command):
        # By it MySQL takes one that was killed for running, until whoever started it has waited for it.
        for lock in glob.glob(os.path.join(self.desk.folder, "%s.sock.lock" % name)):
            os.remove(lock)
        with open(os.path.join(self.desk.folder, name + ".out"), "ab") as out:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)
        self.children.append(child)
        with open(self.pid_file(name), "w", encoding="ascii") as file:
            file.write("%d\n" % child.pid)
        return child.pid

    def victim(self, kind):
        """Its pid; None when it is too young or not there."""
        if kind == "worker":
            # The one that serves has a connection open.
            ripe = [pid for pid in self.desk.workers() if age(pid) > YOUNG]
            return max(ripe, key=descriptors, default=None)
        if kind == "mailer":
            pid = self.desk.mailer()
            return pid if pid and age(pid) > YOUNG else None
        return self.desk.pid if kind == "master" else self.read_pid("database")

    def kill(self, kind, delay):
        time.sleep(delay)
        try:
            pid = self.victim(kind)
            if kind == "master":
                self.orphans = self.desk.workers() + [self.desk.mailer()]
            if pid:
                os.kill(pid, signal.SIGKILL)
                self.kills[kind] += 1
        except (OSError, ValueError):
            pass  # it has just gone

    def mend(self, kind, commands):
        if kind == "master":
            # Its children finish what is in hand and follow it; until then the socket is taken.
            until(lambda: not any(os.path.exists("/proc/%s/fd" % pid) for pid in self.orphans), 10)
            self.desk.pid = self.start_again("pool", commands["pool"])
            until(lambda: self.answers() == 200, 10)
        elif kind == "database":
            self.start_again("database", commands["database"])
            until(self.database_answers, 20)
            until(lambda: self.answers() == 200, 10)

    def database_answers(self):
        try:
            return self.desk.value("SELECT 1") == "1"
        except RuntimeError:
            return False

    def answers(self):
        try:
            return self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY, timeout=10).status
        except OSError:
            return None

    # ---- replying ---------------------------------------------------------------------------------------------------
    @staticmethod
    def mark(number):
        return "reply-%04d-%s" % (number, "m" * 20)

    def reply(self, number):
        """Whether it was acknowledged."""
        content = base64.b64encode(b"file of %d\0" % number * 50).decode()
        try:
            answer = demo.post_reply(self.desk, ticketNumber=TICKETS[number % len(TICKETS)],
                                     response="<p>%s</p>" % self.mark(number),
                                     attachments=[{"f%d.bin" % number: "data:application/x-test;base64," + content}])
        except (OSError, http.client.HTTPException):
            return False
        return answer.status == 200

    def typical(self):
        """Seconds that a reply takes, and its mail from then on."""
        begin = time.monotonic()
        for number in range(9000, 9005):
            self.assertTrue(self.reply(number))
        replied = (time.monotonic() - begin) / 5
        begin = time.monotonic()
        self.assertTrue(self.reply(9005))
        post.settled(self.desk)
        return replied, max(time.monotonic() - begin - replied, 0.02)

    def run_all(self):
        """The numbers of the replies that were acknowledged."""
        commands = {}
        for name in ("pool", "database"):
            with open("/proc/%d/cmdline" % self.read_pid(name), encoding="utf-8") as file:
                commands[name] = file.read().split("\0")[:-1]
        replied, mailed = self.typical()
        acknowledged, end = [], time.monotonic() + SECONDS
        turns = ("worker", "mailer", "worker", "mailer", "worker", "mailer", "master", "worker", "mailer", "worker",
                 "mailer", "database")
        for number in range(REPLIES):
            kind = turns[number % len(turns)]
            # Each turn a little later than the one before, through all that a reply and its mail do.
            share = (number // len(turns) + 0.5) / (REPLIES / len(turns))
            delay = share * 1.2 * (replied + 2 * mailed if kind == "mailer" else replied)
            killer = threading.Thread(target=self.kill, args=(kind, delay))
            killing = time.monotonic() < end or min(self.kills[kind] for kind in KINDS) <= KILLS
            if killing:
                killer.start()
            if self.reply(number):
                acknowledged.append(number)
            if killing:
                killer.join()
                self.mend(kind, commands)
                time.sleep(0.15 if kind in ("worker", "mailer") else 0)
        return acknowledged

    # ---- what is left -----------------------------------------------------------------------------------------------
    def halves(self):
        """Rows without those that belong to them."""
        entries = "ost_thread_entry e WHERE e.type='R' AND e.body LIKE '<p>reply-%'"
        return {name: int(self.desk.value("SELECT COUNT(*) FROM " + rest)) for name, rest in (
            ("entry without search row", entries + " AND NOT EXISTS(SELECT 1 FROM ost__search s WHERE "
             "s.object_type='H' AND s.object_id=e.id)"),
            ("entry without attachment", entries + " AND (SELECT COUNT(*) FROM ost_attachment a WHERE a.type='H' AND "
             "a.object_id=e.id)<>1"),
            ("entry without mail", entries + " AND (SELECT COUNT(*) FROM fcgi_ost_mail m WHERE m.entry_id=e.id AND "
             "m.kind='ticket.reply')<>1"),
            ("attachment without entry", "ost_attachment a WHERE a.type='H' AND a.object_id>16 AND NOT EXISTS(SELECT 1 "
             "FROM ost_thread_entry e WHERE e.id=a.object_id)"),
            ("file without attachment", "ost_file f WHERE f.name LIKE 'f%.bin' AND NOT EXISTS(SELECT 1 FROM "
             "ost_attachment a WHERE a.file_id=f.id)"),
            ("file without content", "ost_file f WHERE f.name LIKE 'f%.bin' AND (SELECT COALESCE(SUM(LENGTH(k.filedata)),0) "
             "FROM ost_file_chunk k WHERE k.file_id=f.id)<>f.size"),
            ("search row without entry", "ost__search s WHERE s.object_type='H' AND s.object_id>16 AND NOT EXISTS(SELECT 1 "
             "FROM ost_thread_entry e WHERE e.id=s.object_id)"),
            ("mail without entry", "fcgi_ost_mail m WHERE NOT EXISTS(SELECT 1 FROM ost_thread_entry e WHERE e.id=m.entry_id)"),
        )}

    def arrived(self):
        """{number: [Message-ID, ...]}"""
        found = collections.defaultdict(list)
        for path in glob.glob(os.path.join(self.desk.env["MAILS"], "*")):
            with open(path, "rb") as file:
                mail = post.Mail(file.read())
            for number in range(REPLIES):
                if self.mark(number) in mail.text:
                    found[number].append(mail.id)
        return found

    def queue_runs_empty(self):
        """Whether it does within some seconds; otherwise all is to be tried again at once."""
        if until(lambda: post.queue_is_empty(self.desk), 10):
            return True
        # What was killed three times waits a quarter of an hour, from when the mailer finds it; nobody here has that long.
        subprocess.run([self.desk.env["PROGRAM"], "-c", self.desk.env["CONFIG"], "queue", "retry", "all"], check=True,
                       stdout=subprocess.DEVNULL)
        return False

    def test_replies_under_fire(self):
        begin = time.monotonic()
        acknowledged = self.run_all()
        fire = time.monotonic() - begin
        mended = any(self.queue_runs_empty() for _ in range(10))
        rows = collections.Counter(int(body[9:13]) for body, in self.desk.sql(
            "SELECT body FROM ost_thread_entry WHERE body LIKE '<p>reply-%'") if int(body[9:13]) < REPLIES)
        mails, halves = self.arrived(), self.halves()
        once = [n for n in acknowledged if rows[n] == 1]
        mailed = [n for n in acknowledged if mails[n]]
        whole = [n for n in rows if n not in acknowledged]
        repeated = [n for n in mails if len(mails[n]) > 1]
        print("\n%d replies under %s in %.0f s" % (
            REPLIES, ", ".join("%d kills of the %s" % (count, kind) for kind, count in sorted(self.kills.items())), fire))
        print("acknowledged %d: there once %d, mail arrived %d" % (len(acknowledged), len(once), len(mailed)))
        print("not acknowledged %d: there whole %d, not there %d" % (
            REPLIES - len(acknowledged), len(whole), REPLIES - len(acknowledged) - len(whole)))
        print("half rows %d, mails that came more than once %d, all with the same Message-ID: %s" % (
            sum(halves.values()), len(repeated), all(len(set(mails[n])) == 1 for n in repeated)))
        self.assertTrue(mended, self.desk.sql("SELECT id,state,attempts,due,error FROM fcgi_ost_mail WHERE finished IS NULL"))
        self.assertEqual(acknowledged, once)
        self.assertEqual(acknowledged, mailed)
        self.assertEqual(set(rows.values()), {1})
        self.assertEqual([], [n for n in rows if not mails[n]])
        self.assertEqual(dict.fromkeys(halves, 0), halves)
        self.assertTrue(all(len(set(mails[n])) == 1 for n in repeated))
        # The fire was real, and did not just keep the server down.
        self.assertGreater(len(acknowledged), REPLIES / 2)
        for kind in KINDS:
            self.assertGreater(self.kills[kind], KILLS, self.kills)


if __name__ == "__main__":
    unittest.main()
