# SPDX-License-Identifier: GPL-2.0-or-later
"""The database's own command line client, which is kept for further texts: to start one for each takes a test longer than what
it asks. Each text has a connection of its own."""
import atexit
import os
import select
import subprocess
import tempfile
import threading
import time
import uuid

SECONDS = 120


class Ended(Exception):
    """The client is no more; what it said."""


class Client:
    """For one thread at a time."""

    def __init__(self, socket, database):
        self.database = database
        self.errors = tempfile.TemporaryFile()  # pylint: disable=consider-using-with
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            ["mariadb", "--no-defaults", "-S", socket, "-u", "root", "-N", "-r", "--unbuffered", "--skip-reconnect",
             "--default-character-set=utf8mb4", "--init-command=SET sql_mode='STRICT_TRANS_TABLES'", database],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)

    def answers(self):
        """Whether the connection is still there."""
        return self._does("")

    def connect_anew(self):
        """No transaction, lock, variable or temporary table of the text before is left. False where nobody listens any more."""
        return self._does("\\r %s" % self.database)

    def _does(self, text):
        try:
            self.ask(text)
            return True
        except Ended:
            return False

    def ask(self, text):
        """What the client prints."""
        mark = uuid.uuid4().hex
        # The empty statement ends one that the text left open; in a batch it is none.
        threading.Thread(target=self._write, args=(("%s\n;\nSELECT '%s';\n" % (text, mark)).encode(),), daemon=True).start()
        return self._read_until(("%s\n" % mark).encode())

    def _write(self, text):
        try:
            self.process.stdin.write(text)
            self.process.stdin.flush()
        except (OSError, ValueError):
            pass  # it ended, which the reader sees

    def _read_until(self, end):
        answer, until = bytearray(), time.monotonic() + SECONDS
        while not answer.endswith(end):
            if not select.select([self.process.stdout], [], [], max(until - time.monotonic(), 0))[0]:
                self.close()
                raise subprocess.TimeoutExpired("mariadb", SECONDS)
            part = os.read(self.process.stdout.fileno(), 1 << 16)
            if not part:
                raise Ended(self.close())
            answer += part
        return bytes(answer[:-len(end)])

    def close(self):
        """What it said to the standard error."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except OSError:
                pass  # what was not written
        if self.errors.closed:
            return ""
        self.errors.seek(0)
        said = self.errors.read().decode("utf-8", "replace")
        self.errors.close()
        return said


class Clients:
    """As many as ask at the same time."""

    def __init__(self, socket, database):
        self.socket, self.database = socket, database
        self.idle, self.lock = [], threading.Lock()
        atexit.register(self.close)

    def ask(self, text):
        """What the database answers, a line a row; RuntimeError with its words where it refuses."""
        client = self._take()
        try:
            answer = client.ask(text)
        except Ended as ended:
            raise RuntimeError("database: %s" % ended) from None
        if client.connect_anew():
            with self.lock:
                self.idle.append(client)
        return answer

    def _take(self):
        while True:
            with self.lock:
                client = self.idle.pop() if self.idle else None
            if not client:
                return Client(self.socket, self.database)
            if client.answers():
                return client

    def close(self):
        with self.lock:
            clients, self.idle = self.idle, []
        for client in clients:
            client.close()
