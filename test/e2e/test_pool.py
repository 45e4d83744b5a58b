# SPDX-License-Identifier: GPL-2.0-or-later
"""The pool: signals, dead and hanging workers, recycling. Each on a desk of its own."""
import contextlib
import os
import signal
import subprocess
import threading
import time
import unittest

import demo
from desk import Desk, until


class Pool(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = Desk.up(os.path.join(os.environ["STACKS"], "pool"), ["server.workers=2"])

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def status(self):
        return self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY).status

    def in_a_hurry(self):
        """Short times for this test. The others have the usual ones: what they ask may take long on a busy machine."""
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            before = file.read()

        def back():
            with open(self.desk.env["CONFIG"], "w", encoding="utf-8") as file:
                file.write(before)
            self.desk.reload()
        self.addCleanup(back)
        for section, key, seconds in (("server", "request_timeout", 3), ("database", "connect_timeout", 1),
                                      ("database", "read_timeout", 2), ("database", "write_timeout", 2)):
            self.desk.setting(section, key, seconds)
        self.desk.reload()

    @contextlib.contextmanager
    def held_up(self, results):
        """A ticketInfo that waits for a lock in the database as long as the block lasts; the thread that asks for it."""
        with subprocess.Popen(["mariadb", "--no-defaults", "-S", self.desk.env["SOCK"], "-u", "root", "-N", "-n",
                               self.desk.env["DB"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as locker:
            locker.stdin.write(b"LOCK TABLES ost_ticket WRITE; SELECT 1;\n")
            locker.stdin.flush()
            locker.stdout.readline()
            thread = threading.Thread(target=lambda: results.append(
                self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY)))
            thread.start()
            self.assertTrue(until(lambda: self.desk.sql(
                "SELECT id FROM information_schema.processlist WHERE user = 'osticket' AND state LIKE '%lock%'"), 20))
            yield thread
        thread.join(30)

    def test_nothing_outlives_a_killed_master(self):
        for _ in range(4):
            children = self.desk.children()
            self.assertGreater(len(children), 4)  # workers, mailer, cron, feed, hooks
            os.kill(self.desk.pid, signal.SIGKILL)
            self.assertTrue(until(lambda of=children: not any(map(self.desk.is_alive, of)), 20), "some are left")
            self.desk.pool("start")
            self.assertTrue(until(lambda: self.desk.feed() and self.desk.mailer(), 20))
            self.assertEqual(200, self.status())

    def test_a_killed_worker_is_replaced(self):
        for _ in range(3):
            victim = self.desk.workers()[0]
            os.kill(victim, signal.SIGKILL)
            self.assertTrue(until(lambda v=victim: v not in self.desk.workers() and len(self.desk.workers()) == 2, 10))
            self.assertEqual(200, self.status())

    def test_a_request_over_its_time_is_ended_and_logged(self):
        # A request whose body never comes, sent past nginx, which would wait for it itself.
        import socket  # pylint: disable=import-outside-toplevel
        self.in_a_hurry()
        workers = set(self.desk.workers())
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(30)
            started = time.monotonic()
            connection.connect(self.desk.env["SOCKET"])
            connection.sendall(bytes([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]))  # begin request, and no more
            try:
                self.assertEqual(b"", connection.recv(100))
            except ConnectionResetError:
                pass
            self.assertGreater(time.monotonic() - started, 2)
        self.assertTrue(until(lambda: len(self.desk.workers()) == 2 and workers != set(self.desk.workers()), 10))
        self.assertTrue(until(lambda: [line for line in self.desk.log() if "request_timeout" in line], 5),
                        "nothing in the log:\n" + "\n".join(self.desk.log()[-5:]))
        self.assertEqual(200, self.status())

    def test_a_database_that_hangs_is_given_up_before_the_request_is(self):
        self.in_a_hurry()
        results = []
        with self.held_up(results) as thread:
            thread.join(30)
            self.assertTrue(results, "no answer while the database hung")
        self.assertIn(results[0].status, (502, 503, 504), str(results[0]))
        self.assertEqual(200, self.status())

    def test_sighup_replaces_the_workers_and_refuses_nobody(self):
        results, stop = [], threading.Event()

        def ask():
            while not stop.is_set():
                results.append(self.status())
        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(3):
                self.desk.reload()
            self.assertTrue(until(lambda: len(results) > 20, 30), results)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual({200}, set(results))

    def test_sighup_takes_settings_over(self):
        self.desk.setting("api", "shape", "current")
        self.desk.reload()
        answer = self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY).json["ticket"]
        self.assertEqual({"email": "anna@quay.example", "address": '"Anna Lindqvist" <anna@quay.example>'},
                         answer["user_email"])
        self.assertNotIn("model", answer["thread_entries"][0])
        self.desk.setting("api", "shape", "documented")
        self.desk.reload()

    def test_sighup_with_a_wrong_file_changes_nothing(self):
        workers = self.desk.workers()
        self.desk.setting("api", "shape", "round")
        self.desk.signal(signal.SIGHUP)
        self.assertTrue(until(lambda: [line for line in self.desk.log() if "shape" in line], 10), "not logged")
        self.assertEqual(workers, self.desk.workers())
        self.assertEqual(200, self.status())
        self.desk.setting("api", "shape", "documented")
        self.desk.reload()

    def test_sighup_names_what_needs_a_restart(self):
        self.desk.setting("server", "socket_mode", "0666")
        self.desk.reload()
        self.assertTrue(self.desk.log_lines_of("from the next restart on: [server] socket_mode"))
        self.desk.setting("server", "socket_mode", "0660")
        self.desk.reload()

    def test_workers_are_recycled(self):
        self.desk.setting("server", "max_requests", "10")
        self.desk.reload()
        before, results = set(self.desk.workers()), []
        # Which of the two serves is the kernel's choice.
        self.assertTrue(until(lambda: results.append(self.status()) or not before & set(self.desk.workers()), 30))
        self.assertEqual({200}, set(results))
        self.desk.setting("server", "max_requests", "10000")
        self.desk.reload()

    def test_zz_sigterm_finishes_what_is_in_hand(self):
        results = []
        with self.held_up(results):
            self.desk.signal(signal.SIGTERM)
            self.assertTrue(self.desk.log_lines_of("]: stopping"))
        self.assertEqual(200, results[0].status, str(results[0]))
        self.assertTrue(until(lambda: not self.desk.alive(), 10), "the master stays")
        away = self.desk.get("/tickets", key=demo.KEY)
        self.assertEqual(503, away.status, str(away))
        self.assertRegex(away.header("retry-after"), r"^\d+$")
        self.assertTrue(away.header("content-type").startswith("text/plain"))


class Starting(unittest.TestCase):
    """Wrong settings stop the start with file, line, key and what would be right."""

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk() if os.path.exists(os.path.join(os.environ["STACK"], "env")) else None
        if cls.desk is None:
            raise unittest.SkipTest("the shared desk is not up")
        with open(cls.desk.env["CONFIG"], encoding="utf-8") as file:
            cls.config = file.read()

    def start(self, config):
        path = os.path.join(self.desk.folder, "wrong.ini")
        with open(path, "w", encoding="utf-8") as file:
            file.write(config)
        os.chmod(path, 0o600)
        return subprocess.run([self.desk.env["PROGRAM"], "-c", path], capture_output=True, text=True, timeout=20,
                              stdin=subprocess.DEVNULL, check=False)

    def test_each_wrong_setting_is_named(self):
        for wrong, words in (("workers = \"many\"", ("workers",)), ("frobs = \"1\"", ("frobs",)),
                             ("request_timeout = \"-1\"", ("request_timeout",)), ("socket_mode = \"9999\"", ("socket_mode",))):
            name = wrong.split()[0]
            others = "\n".join(line for line in self.config.split("\n") if not line.startswith(name + " ="))
            config = others.replace("[server]", "[server]\n" + wrong, 1)
            line = config[:config.index(wrong)].count("\n") + 1
            done = self.start(config)
            self.assertNotEqual(0, done.returncode, wrong)
            text = done.stderr + done.stdout
            for word in words + ("wrong.ini:%d" % line,):
                self.assertIn(word, text)

    def test_the_check_says_that_all_is_well(self):
        done = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True,
                              text=True, timeout=30, check=False, stdin=subprocess.DEVNULL)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_the_check_names_a_help_desk_that_forces_https(self):
        self.desk.sql("INSERT INTO ost_config (namespace, `key`, value) VALUES ('core', 'force_https', 'on')")
        try:
            done = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True,
                                  text=True, timeout=30, check=False, stdin=subprocess.DEVNULL)
        finally:
            self.desk.sql("DELETE FROM ost_config WHERE namespace = 'core' AND `key` = 'force_https'")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"(?m)^warning: .*force_https.*: let nginx redirect")


if __name__ == "__main__":
    unittest.main()
