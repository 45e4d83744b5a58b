# SPDX-License-Identifier: GPL-2.0-or-later
"""Replicas of a test's database: further MariaDB servers on loopback that follow it by GTID."""
import os
import shutil
import signal
import subprocess
import time

# What a database needs that others follow; test/stack's DATABASE_OPTIONS.
PRIMARY = "--log-bin=binlog --server-id=1 --gtid-strict-mode=ON --binlog-format=ROW --skip-networking=0 --bind-address=127.0.0.1 --port=%d"


class Server:
    """One mariadbd in `folder`, asked over its socket as root."""

    def __init__(self, folder, number, port):
        self.folder, self.number, self.port, self.process = folder, number, port, None
        # A socket's path has room for 107 bytes only.
        self.socket = "/tmp/replica.%d.%d" % (os.getpid(), number)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "tmp"))
        subprocess.run(["mariadb-install-db", "--no-defaults", "--datadir=" + self._path("data"), "--skip-test-db", "--force",
                        "--auth-root-authentication-method=normal", "--innodb-log-file-size=16M", "--tmpdir=" + self._path("tmp")],
                       check=True, capture_output=True, timeout=120)

    def _path(self, name):
        return os.path.join(self.folder, name)

    def start(self, *more):
        with open(self._path("log"), "ab") as log:
            self.process = subprocess.Popen(
                ["mariadbd", "--no-defaults", "--user=" + os.environ.get("USER", "root"), "--datadir=" + self._path("data"),
                 "--socket=" + self.socket, "--pid-file=" + self._path("pid"), "--tmpdir=" + self._path("tmp"),
                 "--bind-address=127.0.0.1", "--port=%d" % self.port, "--server-id=%d" % self.number, "--log-bin=binlog",
                 "--log-slave-updates", "--binlog-format=ROW", "--gtid-strict-mode=ON", "--read-only=1", "--performance-schema=OFF",
                 "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M", "--innodb-flush-log-at-trx-commit=2",
                 "--max-allowed-packet=64M", "--max-connections=200", "--character-set-server=utf8mb4", *more],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        end = time.monotonic() + 60
        while subprocess.run(["mariadb-admin", "--no-defaults", "-S", self.socket, "-u", "root", "ping"],
                             capture_output=True, check=False).returncode:
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("the replica does not start: " + self._path("log"))
            time.sleep(0.1)

    def sql(self, text, database="osticket"):
        done = subprocess.run(["mariadb", "--no-defaults", "-S", self.socket, "-u", "root", "-N", "-r", *([database] if database else [])],
                              input=text.encode(), capture_output=True, timeout=60, check=False)
        if done.returncode:
            raise RuntimeError("replica %d: %s" % (self.number, done.stderr.decode()))
        return [line.split("\t") for line in done.stdout.decode("utf-8", "replace").splitlines()]

    def value(self, text, database="osticket"):
        rows = self.sql(text, database)
        return rows[0][0] if rows else None

    def follow(self, port, delay=0):
        """From wherever it is, what the server at the port does."""
        self.sql("STOP SLAVE; CHANGE MASTER TO master_host='127.0.0.1', master_port=%d, master_user='replication', "
                 "master_password='follows', master_use_gtid=slave_pos, master_delay=%d, master_connect_retry=1; START SLAVE"
                 % (port, delay), None)

    def has(self, position, seconds=30):
        """Whether everything up to the position is there, which is waited for."""
        return self.value("SELECT MASTER_GTID_WAIT('%s', %d)" % (position, seconds), None) == "0"

    def promote(self):
        """It takes writes from here on, and follows nobody."""
        self.sql("STOP SLAVE; SET GLOBAL read_only = 0", None)

    def freeze(self):
        """Returns once every thread stands still: one that still runs could answer meanwhile."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        end = time.monotonic() + 10
        while not all(state == "T" for state in self.states()):
            if time.monotonic() > end:
                raise RuntimeError("the replica does not stand still")
            time.sleep(0.01)

    def states(self):
        """Of each thread, as /proc/PID/stat has them."""
        folder = "/proc/%d/task" % self.process.pid
        for thread in os.listdir(folder):
            with open(os.path.join(folder, thread, "stat"), encoding="ascii") as file:
                yield file.read().rpartition(")")[2].split()[0]

    def thaw(self):
        os.killpg(self.process.pid, signal.SIGCONT)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.thaw()
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


def let_follow(desk):
    """The account of the replicas."""
    desk.sql("CREATE USER IF NOT EXISTS 'replication'@'127.0.0.1' IDENTIFIED BY 'follows'; "
             "GRANT REPLICATION SLAVE ON *.* TO 'replication'@'127.0.0.1'; CREATE USER IF NOT EXISTS 'replication'@'localhost' IDENTIFIED BY 'follows'; "
             "GRANT REPLICATION SLAVE ON *.* TO 'replication'@'localhost'")
