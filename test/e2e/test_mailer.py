# SPDX-License-Identifier: GPL-2.0-or-later
"""The mailer as a program of its own: what is mapped where, how it comes and goes, what is said when it cannot start."""
import os
import re
import shutil
import signal
import subprocess
import unittest

import demo
import post
from desk import until

ONLY_THE_MAILER_S = re.compile(r"/lib(curl|gmime|glib|gobject|gnutls|krb5|ldap)[-.\d]")


def mapped(pid):
    """The files that the process has in its memory; none of one that has ended meanwhile."""
    try:
        with open("/proc/%d/maps" % pid, encoding="utf-8") as file:
            return {line.split()[-1] for line in file if line.rstrip().count("/")}
    except OSError:
        return set()


class Mailer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("mailer")

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def test_master_and_workers_map_nothing_that_only_sending_needs(self):
        for pid in [self.desk.pid] + self.desk.workers():
            self.assertEqual([], [path for path in mapped(pid) if ONLY_THE_MAILER_S.search(path)])
        self.assertTrue(until(lambda: any("/libcurl" in path for path in mapped(self.desk.mailer())), 10))

    def test_the_mailer_holds_no_listener_and_gives_its_program_no_descriptor(self):
        pid = self.desk.mailer()
        self.assertTrue(until(lambda: any("/libcurl" in path for path in mapped(pid)), 10))
        held = {os.readlink("/proc/%d/fd/%s" % (pid, number)) for number in os.listdir("/proc/%d/fd" % pid)}
        self.assertFalse([name for name in held if "memfd:settings" in name], held)
        with open("/proc/net/unix", encoding="ascii") as file:
            listeners = {"socket:[%s]" % line.split()[6] for line in file if line.rstrip().endswith(self.desk.env["SOCKET"])}
        self.assertFalse(held & listeners, held)

    def test_a_dead_mailer_comes_back_and_sends(self):
        demo.reset(self.desk)
        post.clear(self.desk)
        before = self.desk.mailer()
        os.kill(before, signal.SIGKILL)
        self.assertTrue(until(lambda: self.desk.mailer() not in (None, before), 10))
        self.assertEqual(200, demo.post_reply(self.desk).status)
        self.assertEqual(1, len(post.settled(self.desk)))

    def test_settings_that_were_refused_do_not_reach_a_new_mailer(self):
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            good = file.read()
        demo.reset(self.desk)
        post.clear(self.desk)
        before = self.desk.mailer()
        try:
            with open(self.desk.env["CONFIG"], "w", encoding="utf-8") as file:
                file.write("[mail]\nnonsense = yes\n")
            os.kill(before, signal.SIGKILL)
            self.assertTrue(until(lambda: self.desk.mailer() not in (None, before), 10))
            self.assertEqual(200, demo.post_reply(self.desk).status)
            self.assertEqual(1, len(post.settled(self.desk)))
        finally:
            with open(self.desk.env["CONFIG"], "w", encoding="utf-8") as file:
                file.write(good)

    # ---- without it ------------------------------------------------------------------------------------------------
    def alone(self):
        """A copy of the program in a folder of its own, settings for it, and its log."""
        folder = os.path.join(self.desk.folder, "alone")
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        program = shutil.copy(self.desk.env["PROGRAM"], folder)
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            text = file.read()
        config, log = os.path.join(folder, "alone.ini"), os.path.join(folder, "log")
        text = text.replace(self.desk.env["SOCKET"], os.path.join(folder, "s")).replace(self.desk.env["LOG"], log)
        text = text.replace(os.path.join(self.desk.folder, "osticket-fcgi.pid"), os.path.join(folder, "pid"))
        with open(os.open(config, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        return program, config, log

    def check(self, program, config):
        done = subprocess.run([program, "-t", "-c", config], capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout

    def lines(self, log, text):
        if not os.path.exists(log):
            return []
        with open(log, encoding="utf-8") as file:
            return [line for line in file if text in line]

    def test_a_missing_program_is_told_and_found_once_it_is_there(self):
        program, config, log = self.alone()
        code, text = self.check(program, config)
        self.assertEqual(1, code, text)
        self.assertRegex(text, r"(?m)^error: the mailer's program cannot be run: osticket-fcgi-mailer is neither in ")
        with subprocess.Popen([program, "-c", config], stdin=subprocess.DEVNULL) as pool:
            try:
                self.assertTrue(until(lambda: self.lines(log, "the mailer cannot start: osticket-fcgi-mailer is neither"), 10))
                self.assertTrue(until(lambda: self.lines(log, "times in a row a mailer died at once"), 10), "no brake")
                self.assertTrue(until(lambda: self.lines(log, "ready on"), 10))
                for suffix in ("-mailer", "-cron", "-feed", "-hooks"):
                    shutil.copy(self.desk.env["PROGRAM"] + suffix, program + suffix)
                self.assertTrue(until(lambda: any("/libcurl" in path for pid in self.children(pool.pid)
                                                  for path in mapped(pid)), 20), "not found once it was there")
            finally:
                pool.terminate()
                self.assertEqual(0, pool.wait(30))
        self.assertEqual(0, self.check(program, config)[0])

    def children(self, pid):
        with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as file:
            return [int(word) for word in file.read().split()]

    def test_a_program_that_is_none_is_told(self):
        program, config, _ = self.alone()
        with open(program + "-mailer", "w", encoding="ascii") as file:
            file.write("nothing\n")
        self.assertIn("Permission denied", self.check(program, config)[1])
        with open(program + "-mailer", "w", encoding="ascii") as file:
            file.write("#!/bin/sh\necho osticket-fcgi-mailer 0.0.1\n")
        os.chmod(program + "-mailer", 0o755)
        self.assertEqual(1, self.check(program, config)[0])

    def test_it_is_not_started_by_hand(self):
        done = subprocess.run([self.desk.env["PROGRAM"] + "-mailer"], capture_output=True, text=True, check=False)
        self.assertEqual(2, done.returncode)
        self.assertIn("not by hand", done.stderr)


if __name__ == "__main__":
    unittest.main()
