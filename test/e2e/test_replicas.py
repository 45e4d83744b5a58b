# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads from a replica: two MariaDB servers and two pools of ours, whose clients may not be able to tell."""
import copy
import json
import os
import random
import re
import subprocess
import threading
import time
import unittest

import demo
import replica
from desk import free_port, until
from nginx_alone import Nginx, snippet

TICKETS = ("310042", "310043", "310044", "310045")
SERVER = "location / { return 404; } include snippets/desk.conf;"
PAIRS = int(os.environ.get("PAIRS", "300"))


class OtherPool:
    """Another host of ours: a pool with the same settings, and an nginx before it."""

    def __init__(self, desk, folder):
        self.config = os.path.join(folder, "other.ini")
        self.socket = "/tmp/replica.%d.pool" % os.getpid()
        with open(desk.env["CONFIG"], encoding="utf-8") as file:
            text = file.read().replace(desk.env["SOCKET"], self.socket).replace("/osticket-fcgi.pid", "/other.pid")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(text.replace("/osticket-fcgi.log", "/other.log"))
        os.chmod(self.config, 0o600)
        self.process = subprocess.Popen([desk.env["PROGRAM"], "-c", self.config], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)
        until(lambda: os.path.exists(self.socket), 30)
        self.nginx = Nginx(SERVER, {"desk": snippet(self.socket)})
        self.desk = copy.copy(desk)
        self.desk.port = self.nginx.port

    def stop(self):
        self.nginx.stop()
        self.process.terminate()
        self.process.wait(30)


class WithReplica(unittest.TestCase):
    """A desk whose reads may go to a replica, and another pool on the same databases."""
    SETTINGS = ("server.workers=3", "mail.enabled=no", "database.replica_lag=200")

    @classmethod
    def setUpClass(cls):
        folder = os.path.join(os.environ["STACKS"], cls.__name__.lower())
        cls.port = free_port()
        cls.desk = demo.own_desk(cls.__name__.lower(), cls.SETTINGS, DATABASE_OPTIONS=replica.PRIMARY % cls.port)
        cls.addClassCleanup(cls.desk.down)
        replica.let_follow(cls.desk)
        cls.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1)")
        cls.replica = replica.Server(os.path.join(folder, "replica"), 2, free_port())
        cls.addClassCleanup(cls.replica.stop)
        cls.replica.start()
        cls.replica.follow(cls.port)
        cls.desk.setting("database", "socket", "")
        cls.desk.setting("database", "host", cls.desk.env["SOCK"] + "," + cls.replica.socket)
        cls.desk.setting("database", "read_hosts", cls.replica.socket)
        assert cls.replica.has(cls.position(), 120)
        cls.desk.reload()
        cls.other = OtherPool(cls.desk, folder)
        cls.addClassCleanup(cls.other.stop)
        cls.pools = (cls.desk, cls.other.desk)

    @classmethod
    def position(cls):
        return cls.desk.value("SELECT @@global.gtid_binlog_pos")

    def setUp(self):
        self.replica.follow(self.port)
        self.assertTrue(self.replica.has(self.position()))
        self.assertTrue(until(lambda: "replica" in self.fields("/tickets/310042.json"), 40), "no read goes to the replica")

    def fields(self, path, desk=None, **more):
        """What the log says of a read that was answered well."""
        name = "r%016x" % random.getrandbits(64)
        answer = (desk or self.desk).get(path, key=demo.KEY, headers={"X-Request-Id": name, **more})
        self.assertIn(answer.status, (200, 304), answer)
        return demo.logged(self.desk, name)

    @staticmethod
    def write(desk, number, subject):
        return desk.request("PATCH", "/tickets/%s.json" % number, {"subject": subject}, key=demo.KEY)

    def subject(self, desk, number):
        answer = desk.get("/tickets/%s.json?fields=subject" % number, key=demo.KEY)
        self.assertEqual(answer.status, 200, answer)
        return answer.json["ticket"]["subject"]

    def check(self):
        done = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True, text=True,
                              timeout=120, check=False)
        return done.stdout + done.stderr


class Replicas(WithReplica):
    def test_a_read_goes_to_the_replica_and_costs_a_round_trip_more(self):
        for path in ("/tickets/ticketInfo?ticketNumber=310042", "/tickets/310042.json", "/tickets.json?limit=5", "/stats.json"):
            fields = until(lambda: [f for f in [self.fields(path)] if "replica" in f], 20)[0]
            self.assertEqual(fields["replica"], self.replica.socket)
        path = "/tickets/ticketInfo?ticketNumber=310042"
        # Each worker has prepared its statements once, and the primary has not moved since.
        self.assertTrue(until(lambda: self.fields(path)["round_trips"] == "3", 20))

    def test_a_version_that_is_known_is_looked_at_there_too(self):
        tag = self.desk.get("/tickets/310042.json", key=demo.KEY).header("etag")
        self.assertTrue(until(lambda: self.fields("/tickets/310042.json", **{"If-None-Match": tag}).items() >=
                              {"status": "304", "replica": self.replica.socket, "round_trips": "2"}.items(), 20))
        self.assertEqual(self.write(self.desk, "310042", "another %f" % time.time()).status, 200)
        self.assertEqual(self.fields("/tickets/310042.json", **{"If-None-Match": tag})["status"], "200")

    def test_what_changes_and_what_is_small_is_the_primarys(self):
        for path in ("/changes.json", "/key.json", "/departments.json"):
            self.assertNotIn("replica", self.fields(path))

    def test_what_the_panel_wrote_is_there_at_once(self):
        for i in range(50):
            self.desk.sql("UPDATE ost_ticket__cdata SET subject='panel %d' WHERE ticket_id=(SELECT ticket_id FROM ost_ticket WHERE number='310042')" % i)
            self.assertEqual(self.subject(self.pools[i % 2], "310042"), "panel %d" % i)

    def test_a_replica_that_stands_still_is_left_alone_and_taken_again(self):
        told = len(self.desk.log_lines_of("left alone", 0) or ())
        self.replica.sql("STOP SLAVE SQL_THREAD", None)
        for i in range(20):
            self.assertEqual(self.write(self.desk, "310042", "still %d" % i).status, 200)
            self.assertEqual(self.subject(self.pools[i % 2], "310042"), "still %d" % i)
        self.assertNotIn("replica", self.fields("/tickets/310042.json"))
        self.assertTrue(until(lambda: len(self.desk.log_lines_of("left alone", 0) or ()) > told, 20))
        lines = self.desk.log_lines_of("left alone")
        self.assertIn("replica_lag", lines[-1])
        self.assertEqual(len(lines), told + 1, "one worker tells of it, once")
        self.replica.sql("START SLAVE SQL_THREAD", None)
        self.assertTrue(until(lambda: "replica" in self.fields("/tickets/310042.json"), 40))
        self.assertTrue(self.desk.log_lines_of("has caught up"))

    def test_one_that_does_not_answer_costs_a_second_once(self):
        self.assertEqual(self.write(self.desk, "310042", "frozen").status, 200)
        self.replica.freeze()
        try:
            begun = time.monotonic()
            self.assertEqual(self.subject(self.desk, "310042"), "frozen")
            self.assertLess(time.monotonic() - begun, 8)  # of a busy machine
            self.assertNotIn("replica", self.fields("/tickets/310042.json"))
        finally:
            self.replica.thaw()

    def test_of_what_a_replica_cannot_do_the_primary_is_asked(self):
        self.replica.sql("STOP SLAVE; SET sql_log_bin=0; RENAME TABLE ost_thread_entry TO ost_thread_entry_gone; START SLAVE")
        try:
            answer = self.desk.get("/tickets/310042/entries.json", key=demo.KEY)
            self.assertEqual(answer.status, 200, answer)
            self.assertTrue(answer.json["entries"])
        finally:
            self.replica.sql("SET sql_log_bin=0; RENAME TABLE ost_thread_entry_gone TO ost_thread_entry")

    def test_the_check_tells_of_each_host(self):
        found = self.check()
        self.assertRegex(found, r"database host \S+database.sock: takes writes, \S*MariaDB")
        self.assertRegex(found, r"database host %s: read-only, stands by" % re.escape(self.replica.socket))
        self.assertRegex(found, r"replica %s: has all that the primary has after \d+ ms; \S*MariaDB" % re.escape(self.replica.socket))
        self.replica.sql("STOP SLAVE SQL_THREAD; SET GLOBAL read_only=0", None)
        try:
            self.assertEqual(self.write(self.desk, "310042", "behind").status, 200)
            found = self.check()
            self.assertRegex(found, r"is more than 3000 ms behind: reads go to the primary. It is at 0-\S+, that at 0-")
            self.assertIn("takes writes (read_only is off)", found)
        finally:
            self.replica.sql("SET GLOBAL read_only=1; START SLAVE", None)
        self.replica.kill()
        try:
            self.assertIn("cannot be had, reads go to the primary", self.check())
            self.assertEqual(self.subject(self.desk, "310042"), "behind")
        finally:
            self.replica.start()

    def test_the_counts_say_who_answered(self):
        done = subprocess.run([self.desk.env["PROGRAM"], "status", "-c", self.desk.env["CONFIG"]], capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertRegex(done.stdout, r"reads +[1-9]\d* by replicas, \d+ by the primary instead")


class ReadYourWrites(WithReplica):
    """Clients that write and read at once, over two pools, while the replica is stopped, slowed, frozen and killed. No read may
    be older than what anybody was told before it began."""

    def setUp(self):
        super().setUp()
        self.ends, self.lock = threading.Event(), threading.Lock()
        self.told = {number: 0 for number in TICKETS}
        self.pairs = self.reads = self.unanswered = 0
        self.wrong = []

    def note(self, number, value):
        with self.lock:
            self.told[number] = max(self.told[number], value)

    def read(self, desk, number):
        """Fails where it is older than what was told before."""
        with self.lock:
            least = self.told[number]
        answer = desk.get("/tickets/%s.json?fields=subject" % number, key=demo.KEY)
        with self.lock:
            self.reads += 1
            if answer.status != 200:
                self.unanswered += 1
                return
            value = int(answer.json["ticket"]["subject"].split()[-1]) if " " in answer.json["ticket"]["subject"] else 0
            if value < least:
                self.wrong.append("%s: %d was read where %d was told" % (number, value, least))
            self.told[number] = max(self.told[number], value)

    def writer(self, number):
        """A number that grows by one, each written until it is acknowledged, and read at the other pool."""
        value = 0
        while not self.ends.is_set():
            value += 1
            desk = self.pools[value % 2]
            while self.write(desk, number, "value %d" % value).status != 200 and not self.ends.is_set():
                time.sleep(0.05)
            if self.ends.is_set():
                return
            self.note(number, value)
            self.read(self.pools[(value + 1) % 2], number)
            with self.lock:
                self.pairs += 1

    def reader(self):
        while not self.ends.is_set():
            self.read(random.choice(self.pools), random.choice(TICKETS))

    def run_with(self, faults):
        for number in TICKETS:
            self.assertEqual(self.write(self.desk, number, "value 0").status, 200)
        threads = [threading.Thread(target=self.writer, args=(n,)) for n in TICKETS] + [threading.Thread(target=self.reader) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            faults()
        finally:
            self.ends.set()
            for thread in threads:
                thread.join(60)
        self.assertEqual(self.wrong, [])

    def go_on(self, pairs):
        before = self.pairs
        self.assertTrue(until(lambda: self.pairs > before + pairs, 90), "%d pairs, %d not answered" % (self.pairs - before, self.unanswered))

    def counts(self):
        done = subprocess.run([self.desk.env["PROGRAM"], "status", "--json", "-c", self.desk.env["CONFIG"]], capture_output=True, text=True,
                              timeout=60, check=True)
        return json.loads(done.stdout)["reads"]

    def trouble(self):
        """One kind of trouble after the other until there are enough pairs."""
        def stopped():
            self.replica.sql("STOP SLAVE SQL_THREAD", None)
            time.sleep(1)
            self.replica.sql("START SLAVE SQL_THREAD", None)

        def slow():
            self.replica.follow(self.port, delay=1)
            time.sleep(2)
            self.replica.follow(self.port)

        def frozen():
            self.replica.freeze()
            time.sleep(1)
            self.replica.thaw()

        def killed():
            self.replica.kill()
            time.sleep(0.5)
            self.replica.start()
            self.replica.follow(self.port)
        kinds, end = [lambda: None, stopped, slow, frozen, killed], time.monotonic() + 100 + PAIRS / 10
        while (self.pairs < PAIRS or kinds) and time.monotonic() < end:
            (kinds.pop(0) if kinds else lambda: None)()
            self.replica.has(self.position(), 10)
            time.sleep(4)  # it is read again

    def test_1_nobody_reads_less_than_was_told_before(self):
        self.run_with(self.trouble)
        counts = self.counts()
        print("%d pairs of a write and a read, %d reads; of this pool's %d by the replica, %d by the primary; not answered %d"
              % (self.pairs, self.reads, counts["replica"], counts["primary"], self.unanswered))
        self.assertEqual(self.unanswered, 0, "a replica that fails costs no answer")
        self.assertGreater(counts["replica"], 100)
        self.assertGreater(counts["primary"], 20)

    def test_2_the_replica_becomes_the_primary(self):
        """The old one is set read-only, the replica is let catch up and takes over. The old one stays as it is for a while, which
        nobody may read, and is shut down."""
        def switch():
            time.sleep(3)
            self.desk.sql("SET GLOBAL read_only=1")
            self.assertTrue(self.replica.has(self.position(), 60))
            self.replica.promote()
            self.go_on(50)
            self.desk.database("stop")
            self.go_on(50)
        self.run_with(switch)
        for number in TICKETS:
            stored = self.replica.value("SELECT c.subject FROM ost_ticket__cdata c JOIN ost_ticket t ON t.ticket_id=c.ticket_id WHERE t.number='%s'" % number)
            self.assertGreaterEqual(int(stored.split()[-1]), self.told[number], "acknowledged and not there")


if __name__ == "__main__":
    unittest.main()
