# SPDX-License-Identifier: GPL-2.0-or-later
"""Root starts the server, its workers are another user's: what that user can do to the master. Needs root, no database."""
import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import unittest

from desk import until

USER = "nobody"
CHILDREN = {"osticket-worker", "osticket-mailer", "osticket-cron", "osticket-metric", "osticket-feed", "osticket-hooks"}
PROGRAM = os.path.join(os.environ.get("BUILD", "build"), "fcgi", "osticket-fcgi")


def as_user(action):
    """What `action` raises when it is done by the workers' user: None or the error's number."""
    pid = os.fork()
    if pid == 0:
        code = 0
        try:
            account = pwd.getpwnam(USER)
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
            action()
        except OSError as error:
            code = error.errno
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) or None


@unittest.skipIf(os.geteuid() != 0, "only root can start the server as it is meant")
class HostileUser(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="hostile.", dir="/tmp")
        os.chmod(self.folder, 0o755)
        self.theirs = self.path("theirs")  # a folder of the workers' user, as a packager may make it
        os.mkdir(self.theirs, 0o755)
        os.chown(self.theirs, pwd.getpwnam(USER).pw_uid, -1)
        self.secret = self.path("secret")
        with open(self.secret, "w", encoding="utf-8") as file:
            file.write("root's own\n")
        os.chmod(self.secret, 0o600)
        self.server = None

    def tearDown(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(30)
        if self.server:
            self.server.stderr.close()
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, **settings):
        sections = {"server": {"socket": self.path("socket"), "user": USER, "group": "", "workers": 1},
                    "database": {"host": self.path("no.sock")}, "mail": {"enabled": "yes"},
                    "log": {"file": os.path.join(self.theirs, "log")}}
        for name, value in settings.items():
            section, key = name.split("_", 1)
            sections[section][key] = value
        with open(self.path("config.ini"), "w", encoding="utf-8") as file:
            for section, pairs in sections.items():
                file.write("[%s]\n%s" % (section, "".join("%s = %s\n" % pair for pair in pairs.items())))
        self.server = subprocess.Popen([PROGRAM, "-c", self.path("config.ini")],  # pylint: disable=consider-using-with
                                       stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def children(self):
        found = {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    with open("/proc/%s/status" % name, encoding="utf-8") as file:
                        fields = dict(line.split(":\t", 1) for line in file.read().splitlines() if ":\t" in line)
                except OSError:
                    continue
                if fields.get("PPid") == str(self.server.pid):
                    found[fields["Name"].strip()] = int(name)
        return found

    def started(self, **settings):
        self.start(**settings)
        self.assertTrue(until(lambda: CHILDREN == {name[:15] for name in self.children()}, 20), "the children are not these")
        return self.children()

    def assert_refused(self, word):
        self.assertEqual(1, self.server.wait(20))
        self.assertIn(word, self.server.stderr.read())
        with open(self.secret, encoding="utf-8") as file:
            self.assertEqual("root's own\n", file.read())
        status = os.stat(self.secret)
        self.assertEqual((0, 0o600), (status.st_uid, status.st_mode & 0o777))

    def test_a_symlink_at_the_logs_path_is_not_followed(self):
        os.symlink(self.secret, os.path.join(self.theirs, "log"))
        self.start()
        self.assert_refused("is a symbolic link")

    def test_a_hard_link_at_the_logs_path_is_not_taken(self):
        os.link(self.secret, os.path.join(self.theirs, "log"))
        self.start()
        self.assert_refused("hard links")

    def test_a_symlink_at_the_pid_files_path_is_not_followed(self):
        os.symlink(self.secret, os.path.join(self.theirs, "pid"))
        self.start(server_pid_file=os.path.join(self.theirs, "pid"))
        self.assert_refused("is a symbolic link")

    def test_a_pid_file_of_the_workers_user_is_not_written(self):
        with open(os.path.join(self.theirs, "pid"), "w", encoding="utf-8") as file:
            file.write("1\n")
        os.chown(file.name, pwd.getpwnam(USER).pw_uid, -1)
        self.start(server_pid_file=file.name)
        self.assert_refused("belongs to user")

    def test_a_symlink_that_comes_later_is_not_followed_either(self):
        self.started()
        log = os.path.join(self.theirs, "log")
        os.rename(log, log + ".1")
        os.symlink(self.secret, log)
        for number in (signal.SIGUSR1, signal.SIGHUP):
            self.server.send_signal(number)

        def told():
            with open(log + ".1", encoding="utf-8") as file:
                return file.read().count("is a symbolic link") >= 3  # the master twice, its worker or mailer
        self.assertTrue(until(told, 20))
        self.assertEqual(0, os.stat(self.secret).st_uid)

    def test_the_log_stays_usable_after_a_restart(self):
        for _ in range(2):
            self.started()
            self.server.terminate()
            self.assertEqual(0, self.server.wait(30))
            self.server.stderr.close()
            self.assertEqual(pwd.getpwnam(USER).pw_uid, os.stat(os.path.join(self.theirs, "log")).st_uid)
        self.server = None

    def test_the_master_cannot_be_signalled(self):
        self.started()
        for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP, signal.SIGHUP):
            self.assertIsNotNone(as_user(lambda n=number: os.kill(self.server.pid, n)))

    def test_nobody_of_the_same_user_reads_a_childs_memory(self):
        for name, pid in self.started().items():
            for file in ("mem", "environ", "maps", "fd/2"):
                self.assertIsNotNone(as_user(lambda p=pid, f=file: open("/proc/%d/%s" % (p, f), "rb").read(1)), name)

    def test_the_memory_of_the_scoreboard_is_open_in_no_child(self):
        for name, pid in self.started().items():
            folder = "/proc/%d/fd" % pid
            self.assertFalse([number for number in os.listdir(folder)
                              if "scoreboard" in os.readlink(os.path.join(folder, number))], name)

    def test_json_lines_are_json(self):
        self.started(log_format="json")
        self.server.terminate()
        self.server.wait(30)
        with open(os.path.join(self.theirs, "log"), encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        self.assertIn("starting", [line["message"] for line in lines])
        self.assertEqual({"time", "level", "pid", "message"}, set(lines[0]))


if __name__ == "__main__":
    unittest.main()
