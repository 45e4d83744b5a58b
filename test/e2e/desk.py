# SPDX-License-Identifier: GPL-2.0-or-later
"""A running help desk as the tests see it: its URL, its database, its mails, its processes."""
import glob
import http.client
import json
import os
import signal
import socket
import subprocess
import time
import urllib.parse

import database_client
import described

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
STACK = os.path.join(ROOT, "test", "stack")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Answer:
    """What came back: status, reason, headers by lower-case name, body as bytes."""

    def __init__(self, status, reason, headers, body):
        self.status, self.reason, self.body = status, reason, body
        self.headers = {}
        for name, value in headers:
            self.headers.setdefault(name.lower(), []).append(value)

    def header(self, name):
        return ", ".join(self.headers.get(name.lower(), []))

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.text)

    def __str__(self):
        return "%d %s, %s: %s" % (self.status, self.reason, self.header("content-type"), self.body[:300])


class Desk:
    """One help desk that test/stack has up in `folder`."""

    def __init__(self, folder):
        self.folder = folder
        self._read_env()
        self.clients = database_client.Clients(self.env["SOCK"], self.env["DB"])
        self.base, self.prefix = self.env["BASE"], self.env["PREFIX"]
        url = urllib.parse.urlsplit(self.base)
        self.host, self.port, self.path = url.hostname, url.port, url.path

    @classmethod
    def up(cls, folder, settings=(), **environment):
        """Starts one with further settings ("section.key=value")."""
        environment = {**os.environ, **environment, "SETTINGS": "\n".join(settings)}
        done = subprocess.run([STACK, "up", folder], env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=180, check=False)
        if done.returncode:
            raise RuntimeError("test/stack up: " + done.stderr)
        desk = cls(folder)
        until(lambda: len(desk.workers()) == int(desk.configured("server", "workers")), 20)  # one is enough for test/stack
        return desk

    def down(self):
        self.clients.close()
        subprocess.run([STACK, "down", self.folder], stdin=subprocess.DEVNULL, check=True, timeout=120)

    def _read_env(self):
        with open(os.path.join(self.folder, "env"), encoding="utf-8") as file:
            self.env = dict(line.rstrip("\n").split("=", 1) for line in file)
        self.pid = int(self.env["PID"])

    def database(self, action):
        subprocess.run([STACK, "database", action, self.folder], stdin=subprocess.DEVNULL, check=True, timeout=120)

    def pool(self, action):
        subprocess.run([STACK, "pool", action, self.folder], stdin=subprocess.DEVNULL, check=True, timeout=120)
        self._read_env()

    # ---- the database ----------------------------------------------------------------------------------------------
    def sql(self, text):
        """Rows as lists of texts; NULL is the text NULL."""
        if ";" not in text.rstrip("; \n"):
            return self.sql_again(text)
        return self.ask(text)

    def ask(self, text):
        return [line.split("\t") for line in self.clients.ask(text).decode("utf-8", "replace").splitlines()]

    def sql_again(self, text):
        """What may be done twice, as one statement may: once more where the database takes it back for somebody else's lock, as of
        the mailer."""
        for _ in range(9):
            try:
                return self.ask(text)
            except RuntimeError as error:
                if "ERROR 1213 " not in str(error):
                    raise
        return self.ask(text)

    def value(self, text):
        rows = self.sql(text)
        return rows[0][0] if rows else None

    def load(self, path):
        with open(path, encoding="utf-8") as file:
            self.sql(file.read())

    def counts(self):
        """A checksum of each table: to see that nothing was written. What helper processes keep for themselves (cron's one row, threads
        that were seen, how far changes were told) does not count."""
        tables = [r[0] for r in self.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() "
                                         "AND table_name NOT REGEXP '^fcgi.*(cron|seen|position)$' ORDER BY 1")]
        return self.sql("CHECKSUM TABLE " + ", ".join("`%s`" % t for t in tables))

    # ---- requests --------------------------------------------------------------------------------------------------
    def request(self, method, path, body=None, key=None, headers=(), prefix=None, timeout=60):
        """One request; `headers` is a dict or a list of pairs (a name may come twice). Fails where the answer is not what the
        server says of itself (described.py)."""
        pairs = list(headers.items() if isinstance(headers, dict) else headers)
        if key is not None:
            pairs.append(("X-API-Key", key))
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            if not any(name.lower() == "content-type" for name, _ in pairs):
                pairs.append(("Content-Type", "application/json"))
        if isinstance(body, str):
            body = body.encode()
        whole = (self.path if prefix is None else prefix) + path
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.putrequest(method, whole)
            names = {name.lower() for name, _ in pairs}
            for name, value in pairs:
                connection.putheader(name, value)
            if body is not None and "content-length" not in names and "transfer-encoding" not in names:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            answer = Answer(response.status, response.reason, response.getheaders(), response.read())
        finally:
            connection.close()
        described.check(self, method, whole, answer)
        return answer

    def get(self, path, key=None, **more):
        return self.request("GET", path, key=key, **more)

    def raw(self, data, timeout=30, end=True):
        """Bytes to nginx as they are, and no more with `end`; everything that comes back until the connection closes."""
        with socket.create_connection((self.host, self.port), timeout=timeout) as connection:
            connection.sendall(data)
            if end:
                connection.shutdown(socket.SHUT_WR)
            parts = []
            while True:
                try:
                    part = connection.recv(65536)
                except ConnectionResetError:
                    break
                if not part:
                    break
                parts.append(part)
        return b"".join(parts)

    # ---- processes -------------------------------------------------------------------------------------------------
    # A child has its name once it is what the name says: one that was just forked has none of these.
    def workers(self):
        """The pids of the master's workers. The mailer is one of its children too; only workers serve the socket."""
        return self._children("osticket-worker")

    def mailer(self):
        """The pid of the master's mailer; the youngest while a reload has two, None while there is none."""
        pids = self._children("osticket-mailer")
        return pids[-1] if pids else None

    def cron(self):
        """The pid of the master's cron process; the youngest while a reload has two, None while there is none."""
        pids = self._children("osticket-cron")
        return pids[-1] if pids else None

    def feed(self):
        """The pid of the process in which requests wait for changes; the youngest while a reload has two, None while there is
        none."""
        pids = self._children("osticket-feed")
        return pids[-1] if pids else None

    def hooks(self):
        """The pid of the process that calls webhooks; the youngest while a reload has two, None while there is none."""
        pids = self._children("osticket-hooks")
        return pids[-1] if pids else None

    def children(self):
        """The pids of all of the master's children."""
        return self._children()

    @staticmethod
    def is_alive(pid):
        """Whether there is such a process, and it has not ended."""
        try:
            with open("/proc/%d/stat" % pid, encoding="ascii") as file:
                return file.read().rsplit(")", 1)[1].split()[0] not in "ZX"
        except OSError:
            return False

    def wake_mailer(self):
        """It looks at the queue now, not at the next second: a signal ends its wait, whatever the signal is for."""
        pid = self.mailer()
        if pid:
            os.kill(pid, signal.SIGUSR1)

    def _children(self, name=None):
        """The pids of the master's children, the oldest first; of those with this name only when one is given."""
        pids = []
        for task in glob.glob("/proc/%d/task/*/children" % self.pid):
            with open(task, encoding="utf-8") as file:
                pids += [int(word) for word in file.read().split()]
        return sorted((pid for pid in pids if name is None or self._name(pid) == name), key=self._begun)

    @staticmethod
    def _begun(pid):
        """When it was born; numbers alone do not tell, since they begin anew after the largest."""
        try:
            with open("/proc/%d/stat" % pid, encoding="ascii") as file:
                return int(file.read().rsplit(")", 1)[1].split()[19]), pid
        except OSError:
            return 0, pid

    @staticmethod
    def _name(pid):
        try:
            with open("/proc/%d/comm" % pid, encoding="ascii") as file:
                return file.read().rstrip("\n")
        except OSError:
            return None

    def signal(self, number):
        os.kill(self.pid, number)

    def alive(self):
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        with open("/proc/%d/stat" % self.pid, encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"

    def is_sanitized(self):
        with open(self.env["PROGRAM"], "rb") as file:
            return b"__asan_init" in file.read()

    def resident_kilobytes(self):
        """The largest resident set that any worker has had so far."""
        largest = 0
        for pid in self.workers():
            with open("/proc/%d/status" % pid, encoding="utf-8") as file:
                for line in file:
                    if line.startswith("VmHWM:"):
                        largest = max(largest, int(line.split()[1]))
        return largest

    def log(self):
        with open(self.env["LOG"], encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()

    def log_lines_of(self, text, seconds=20):
        """The log lines that hold `text`; waits for the first."""
        return until(lambda: [line for line in self.log() if text in line], seconds)

    def reload(self):
        """SIGHUP, and every worker and the mailer are new ones afterwards."""
        before = set(self._children())
        self.signal(signal.SIGHUP)
        until(lambda: self.workers() and not before & set(self._children()), 30)
        assert not before & set(self._children()), "SIGHUP did not replace the workers and the mailer"

    def configured(self, section, key):
        """What the configuration file says, as text."""
        inside = False
        with open(self.env["CONFIG"], encoding="utf-8") as file:
            for line in file:
                name, _, value = line.partition("=")
                if line.startswith("["):
                    inside = line.strip() == "[%s]" % section
                elif inside and name.strip() == key:
                    return value.strip().strip('"')
        return None

    def setting(self, section, key, value):
        """Changes one setting in the configuration file; takes effect by reload()."""
        with open(self.env["CONFIG"], encoding="utf-8") as file:
            lines = file.read().split("\n")
        inside, out, done = False, [], False
        for line in lines:
            if line.startswith("["):
                inside = line == "[%s]" % section
            elif inside and line.split("=")[0].strip() == key:
                continue
            out.append(line)
            if line == "[%s]" % section:
                out.append('%s = "%s"' % (key, value))
                done = True
        if not done:
            out += ["[%s]" % section, '%s = "%s"' % (key, value)]
        with open(self.env["CONFIG"], "w", encoding="utf-8") as file:
            file.write("\n".join(out) + "\n")


def until(condition, seconds):
    """What `condition` gives, as soon as that is true, at the latest after `seconds`: asked once more when they are over,
    since we may have slept through them."""
    end = time.monotonic() + seconds
    while True:
        over = time.monotonic() > end
        result = condition()
        if result or over:
            return result
        time.sleep(0.05)
