# SPDX-License-Identifier: GPL-2.0-or-later
"""The installed program with the rights and the file system that its installed unit gives it, see test/install/as_unit.py."""
import ctypes.util
import glob
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import time
import unittest

import demo
import post
import smtp
from desk import ROOT, until
from name_server import NameServer

AS_UNIT = os.path.join(ROOT, "test", "install", "as_unit.py")
SOCKET, LOG = "/run/osticket-fcgi/osticket-fcgi.sock", "/var/log/osticket-fcgi/osticket-fcgi.log"
WORKERS = "nobody"
PYTHON = "/usr/bin/python3"  # the system's: another one may lie where the unit sees nothing


def cannot():
    """Why this machine cannot do as systemd does, or None."""
    with open(os.path.join(os.environ["BUILD"], "fcgi", "osticket-fcgi"), "rb") as file:
        if b"__asan_init" in file.read():
            return "AddressSanitizer needs what the unit forbids"
    if os.geteuid() != 0:
        return "only root can take rights away like systemd"
    if not shutil.which("systemd-analyze") or not ctypes.util.find_library("seccomp"):
        return "systemd-analyze or libseccomp is missing"
    with open("/proc/filesystems", encoding="ascii") as file:
        if "overlay" not in file.read():
            return "this kernel has no overlay"
    done = subprocess.run(["unshare", "-m", "mount", "--make-rprivate", "/"], capture_output=True, check=False)
    return "no mount name spaces here" if done.returncode else None


@unittest.skipIf(cannot(), cannot())
class Unit(unittest.TestCase):
    """A desk whose pool is the installed program, run as the unit has it."""

    @classmethod
    def setUpClass(cls):
        cls.names = NameServer()
        cls.desk = demo.own_desk("unit", ["server.workers=2", "create.resolver=" + cls.names.address])
        cls.addClassCleanup(cls.desk.down)
        cls.addClassCleanup(cls.names.close)
        cls.install()
        os.kill(cls.desk.pid, signal.SIGTERM)
        assert until(lambda: not os.path.exists(cls.desk.env["SOCKET"]), 20)
        cls.settings()
        cls.process = None
        cls.start()
        cls.addClassCleanup(cls.stop)

    # ---- as installed and started ----------------------------------------------------------------------------------
    @classmethod
    def install(cls):
        """Into a folder that as_unit.py lays over the system's."""
        cls.stage = os.path.join(cls.desk.folder, "stage")
        shutil.rmtree(cls.stage, ignore_errors=True)
        subprocess.run(["cmake", "--install", os.environ["BUILD"]], env={**os.environ, "DESTDIR": cls.stage},
                       capture_output=True, check=True)
        cls.unit = glob.glob(cls.stage + "/**/osticket-fcgi.service", recursive=True)[0]
        with open(cls.unit, encoding="utf-8") as file:
            cls.text = file.read()
        cls.config = re.search(r"(?m)^ExecStart=\S+ -c (\S+)$", cls.text).group(1)
        os.makedirs(os.path.dirname(cls.stage + cls.config), exist_ok=True)
        with open(cls.stage + cls.config, "w", encoding="ascii"):
            pass  # what the settings are bound to

    @classmethod
    def settings(cls):
        """The folder of the desk is both the unit's run-time folder and its folder of logs."""
        for section, key, value in (("server", "socket", SOCKET), ("server", "user", WORKERS), ("server", "group", "nogroup"), ("server", "socket_group", "www-data"),
                                    ("server", "pid_file", "/run/osticket-fcgi/osticket-fcgi.pid"),
                                    ("database", "socket", "/run/osticket-fcgi/database.sock"), ("log", "file", LOG),
                                    ("mail", "sendmail", "/usr/local/bin/sendmail-of-test")):
            cls.desk.setting(section, key, value)
        folder = os.path.join(cls.stage, "usr/local/bin")
        os.makedirs(folder, exist_ok=True)
        with open(os.open(folder + "/sendmail-of-test", os.O_WRONLY | os.O_CREAT, 0o755), "w", encoding="ascii") as file:
            file.write("#!/bin/sh\nMAILS=/run/mails exec /run/sendmail \"$@\"\n")
        mails = cls.desk.env["MAILS"]
        for path in (mails, mails + ".part"):
            os.chmod(path, 0o777)

    @classmethod
    def words(cls, *more):
        folder, mails = cls.desk.folder, cls.desk.env["MAILS"]
        sockets = os.path.dirname(cls.desk.env["SOCK"])
        return [PYTHON, AS_UNIT, cls.unit, "--stage", cls.stage, "--private", "/run", "--private", "/var/log",
                "--bind", sockets + ":/run/osticket-fcgi", "--bind", folder + ":/var/log/osticket-fcgi",
                "--bind", cls.desk.env["CONFIG"] + ":" + cls.config, "--bind", os.path.join(ROOT, "test/sendmail") + ":/run/sendmail",
                "--bind", mails + ":/run/mails", "--bind", mails + ".part:/run/mails.part",
                # What a sendmail program writes is outside of what the unit opens, see the unit.
                "--set", "ReadWritePaths=/run/mails /run/mails.part", *more]

    @classmethod
    def start(cls, *more):
        """Starts it and waits for what it tells systemd."""
        notify = os.path.join(os.path.dirname(cls.desk.env["SOCK"]), "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            if os.path.exists(notify):
                os.remove(notify)
            told.bind(notify)
            told.settimeout(30)
            cls.process = subprocess.Popen(cls.words("--notify", "/run/osticket-fcgi/notify", *more), stdin=subprocess.DEVNULL)
            cls.desk.pid = cls.process.pid
            assert told.recv(100) == b"READY=1"
        assert until(lambda: len(cls.desk.workers()) == 2 and cls.desk.mailer(), 20)

    @classmethod
    def stop(cls):
        if not cls.process:
            return None
        cls.process.terminate()
        code, cls.process = cls.process.wait(45), None
        return code

    def fresh_rows(self):
        demo.reset(self.desk)
        self.desk.sql("TRUNCATE fcgi_ost_mail; DELETE FROM ost_email_account;")
        post.clear(self.desk)

    def inside(self, *words, more=()):
        """What another program says in the same place."""
        done = subprocess.run(self.words("--set", "ExecStart=" + " ".join(words), *more), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout + done.stderr

    def status(self):
        return self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY).status

    # ---- what it does there ----------------------------------------------------------------------------------------
    def test_the_socket_is_the_workers_and_has_its_mode(self):
        status = os.stat(self.desk.env["SOCKET"])
        self.assertEqual(0o660, stat.S_IMODE(status.st_mode))
        with open("/proc/%d/status" % self.desk.workers()[0], encoding="ascii") as file:
            self.assertIn("Uid:\t%d\t" % status.st_uid, file.read())
        self.assertNotEqual(0, status.st_uid)

    def test_master_and_workers_have_no_more_rights_than_the_unit_says(self):
        def capabilities(pid):
            with open("/proc/%d/status" % pid, encoding="ascii") as file:
                facts = dict(line.split(":\t") for line in file.read().splitlines() if ":\t" in line)
            return int(facts["CapEff"], 16), facts["NoNewPrivs"], facts["Seccomp"]
        wanted = len(re.search(r"(?m)^CapabilityBoundingSet=(.*)$", self.text).group(1).split())
        self.assertEqual((wanted, "1", "2"), (bin(capabilities(self.desk.pid)[0]).count("1"), *capabilities(self.desk.pid)[1:]))
        for pid in self.desk.workers() + [self.desk.mailer()]:
            self.assertEqual((0, "1", "2"), capabilities(pid))

    def test_reading_a_reply_and_a_new_ticket_with_mail_over_smtp(self):
        server = smtp.Server(os.path.join(self.desk.folder, "smtp"))
        self.addCleanup(server.stop)
        self.fresh_rows()
        smtp.account(self.desk, server.port)
        self.assertEqual(200, self.status())
        self.assertEqual(200, demo.post_reply(self.desk, ticketNumber="310045", response="<p>Yes.</p>").status)
        self.assertTrue(until(lambda: server.count() == 1, 30), self.desk.log()[-5:])
        self.desk.sql("DELETE FROM ost_config WHERE `key`='verify_email_addrs'; INSERT INTO ost_config(namespace,`key`,value) "
                      "VALUES('core','verify_email_addrs','1')")
        answer = self.desk.request("POST", "/tickets.json", key=demo.KEY, body={
            "email": "bo@mx.example", "name": "Bo", "subject": "Crane", "message": "It is stuck."})
        self.assertEqual(201, answer.status, str(answer))
        self.assertIn("mx.example", self.names.asked)
        self.assertTrue(until(lambda: server.count() >= 2, 30), self.desk.log()[-5:])

    def test_mail_over_smtp_with_tls(self):
        folder = smtp.certificates(os.path.join(self.desk.folder, "certificates"))
        server = smtp.Server(os.path.join(self.desk.folder, "smtps"), "--security", "starttls", certificates_in=folder)
        self.addCleanup(server.stop)
        self.fresh_rows()
        smtp.account(self.desk, server.port, "tls://localhost")
        self.addCleanup(self.desk.reload)
        self.addCleanup(self.desk.setting, "mail", "tls_ca", "")
        self.desk.setting("mail", "tls_ca", "/run/osticket-fcgi/certificates/authority.pem")
        self.desk.reload()
        self.assertEqual(200, demo.post_reply(self.desk, ticketNumber="310045", response="<p>Yes.</p>").status)
        self.assertTrue(until(lambda: server.count() == 1, 30), self.desk.log()[-5:])
        self.assertTrue(server.mails()[0][1]["tls"])

    def test_mail_through_a_sendmail_program(self):
        self.fresh_rows()
        self.assertEqual(200, demo.post_reply(self.desk, ticketNumber="310045", response="<p>Yes.</p>").status)
        self.assertEqual(1, len(post.settled(self.desk)), self.desk.log()[-5:])

    def test_the_reload_of_the_unit(self):
        before = set(self.desk.workers())
        done = subprocess.run(self.words("--reload", str(self.desk.pid)), capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertTrue(until(lambda: len(self.desk.workers()) == 2 and not before & set(self.desk.workers()), 30))
        self.assertEqual(200, self.status())

    def test_another_log_file_within_the_folder_of_logs_and_one_outside(self):
        def back():
            self.desk.setting("log", "file", LOG)
            self.desk.reload()
        self.addCleanup(back)
        other = os.path.join(self.desk.folder, "other.log")
        self.desk.setting("log", "file", os.path.dirname(LOG) + "/other.log")
        self.desk.reload()
        self.assertEqual(200, self.status())

        def logged():
            with open(other, encoding="utf-8") as file:
                return re.search("ticket_?[iI]nfo", file.read())
        # A line is written once its answer is sent.
        self.assertTrue(until(logged, 10))
        self.assertNotEqual(0, os.stat(other).st_uid)
        self.desk.setting("log", "file", "/var/lib/osticket-fcgi.log")
        self.desk.signal(signal.SIGHUP)

        def refused():
            with open(other, encoding="utf-8") as file:
                return "not reloaded, the old settings stay: cannot open the log /var/lib" in file.read()
        self.assertTrue(until(refused, 10))
        self.assertEqual(200, self.status())

    def test_the_log_is_opened_anew(self):
        path = self.desk.env["LOG"]
        os.rename(path, path + ".1")
        self.desk.signal(signal.SIGUSR1)
        self.assertTrue(until(lambda: os.path.exists(path), 10), "no new file")
        # It is the workers' before they are told; until then they write to the old one.
        self.assertTrue(until(lambda: os.stat(path).st_uid != 0, 10))

        def written():
            self.status()
            with open(path, encoding="utf-8") as file:
                return "status=200" in file.read()
        self.assertTrue(until(written, 20), "a worker does not write to the new file")
        os.remove(path + ".1")

    def test_a_worker_that_hangs_is_killed(self):
        worker = self.desk.workers()[0]
        os.kill(worker, signal.SIGSTOP)
        self.addCleanup(self.desk.reload)
        self.addCleanup(self.desk.setting, "server", "stop_timeout", 20)
        self.desk.setting("server", "stop_timeout", 3)
        begun = time.monotonic()
        self.assertEqual(0, self.stop())  # KILL takes CAP_KILL: the worker is another user's
        self.assertFalse(os.path.exists("/proc/%d" % worker))
        self.assertLess(time.monotonic() - begun, 40)
        self.start()

    def test_a_socket_that_a_killed_master_left_is_no_obstacle(self):
        children = self.desk.workers() + [self.desk.mailer()]
        for pid in children:
            os.kill(pid, signal.SIGSTOP)  # or they would end by themselves, and tidy up
        os.kill(self.desk.pid, signal.SIGKILL)
        self.process.wait(10)
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        self.assertTrue(os.path.exists(self.desk.env["SOCKET"]))
        self.start()
        self.assertEqual(200, self.status())

    def test_stop_and_start(self):
        self.assertEqual(0, self.stop())
        self.assertFalse(os.path.exists(self.desk.env["SOCKET"]))
        self.start()
        self.assertEqual(200, self.status())

    # ---- that this test can fail -----------------------------------------------------------------------------------
    def test_a_right_that_is_missing_is_noticed(self):
        for missing, words in (("CAP_CHOWN", "owner and group cannot be set"), ("CAP_DAC_OVERRIDE", "Permission denied")):
            rights = re.search(r"(?m)^CapabilityBoundingSet=(.*)$", self.text).group(1).replace(missing, "")
            config = self.spare_config(missing)
            done = subprocess.run(self.words("--bind", config + ":" + self.config, "--set", "CapabilityBoundingSet=" + rights),
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual(1, done.returncode, missing)
            self.assertIn(words, done.stderr)

    def spare_config(self, name):
        """Settings with a socket of their own and a log that belongs to the workers already."""
        path = os.path.join(self.desk.folder, "spare-%s.ini" % name)
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            text = file.read().replace(SOCKET, "/run/osticket-fcgi/spare.sock")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_the_place_is_as_closed_as_the_unit_says(self):
        for words, refusal in (("/bin/sh -c 'touch /etc/x'", "Read-only file system"), ("/bin/sh -c 'touch /run/x'", "Read-only file system"),
                               ("/bin/sh -c 'touch /usr/local/x'", "Read-only file system"),
                               ("/bin/ls /dev/kmsg", "No such file"), ("/bin/sh -c 'echo 1 > /proc/sys/vm/swappiness'", "Read-only file system"),
                               ("/bin/mount -t tmpfs x /mnt", "denied|permitted|must be superuser"), ("/usr/bin/unshare -m true", "not permitted"),
                               ("/bin/chmod u+s /run/osticket-fcgi", "not permitted"),
                               (PYTHON + " -c 'import mmap; mmap.mmap(-1, 4096, prot=7)'", "not permitted"),
                               (PYTHON + " -c 'import socket; socket.socket(16, 3, 0)'", "not supported")):
            code, text = self.inside(words)
            self.assertNotEqual(0, code, words)
            self.assertRegex(text, refusal, words)
        self.assertEqual((0, "1\n"), self.inside("/bin/sh -c 'touch /tmp/x /run/osticket-fcgi/x /var/log/osticket-fcgi/x; ls /tmp | wc -l'"))
        self.assertEqual((0, ""), self.inside("/bin/ls /root/"))
        self.assertEqual((0, "0027\n"), self.inside("/bin/sh -c umask"))

    def test_what_cannot_be_carried_out_is_said(self):
        code, text = self.inside("/bin/true", more=("--set", "ProtectWhatever=yes"))
        self.assertEqual(1, code)
        self.assertIn("no way to carry out ProtectWhatever", text)


if __name__ == "__main__":
    unittest.main()
