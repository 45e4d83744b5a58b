# SPDX-License-Identifier: GPL-2.0-or-later
"""A receiver of webhooks that is a process of its own, so that it can be killed: what it gets it writes down before it answers. It halts
at a phase of a call where a test wants it. /status/500 is always answered so, other paths with 200 or what was said beforehand."""
import json
import os
import select
import socket
import subprocess
import sys
import threading

from desk import free_port
from webhook_receiver import Call, Receiver, answer

# Nothing of it was read; a part was; it is whole and not written down; it is; half of the answer is sent; all of it.
PHASES = ("connected", "reading", "read", "kept", "answering", "answered")


class HaltingReceiver:
    """The process, as the test has it."""

    def __init__(self, folder):
        self.path, self.port = os.path.join(folder, "calls"), free_port()
        with open(self.path, "wb"):
            pass
        self.process = None
        self.start()

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.port, path)

    def start(self):
        self.process = subprocess.Popen([sys.executable, __file__, str(self.port), self.path], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, bufsize=0)
        assert self.heard(20) == "listens"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def say(self, *words):
        """halt PHASE; go; answer PATH STATUS (to the next call of it)."""
        self.process.stdin.write((" ".join(words) + "\n").encode())

    def heard(self, seconds):
        """The phase at which it halts, or None."""
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            return None
        return self.process.stdout.readline().decode().strip()

    def calls(self, path):
        """What it ever got there."""
        with open(self.path, "rb") as file:
            kept = [json.loads(line) for line in file]
        calls = [Call(head.encode("latin-1"), body.encode("latin-1")) for head, body in kept]
        return [call for call in calls if call.path == path]


class Child(Receiver):
    def __init__(self, port, path):
        self.kept = os.open(path, os.O_WRONLY | os.O_APPEND)
        self.phase, self.going, self.statuses = None, threading.Event(), {}
        self.phases = threading.Lock()
        super().__init__(port=port)

    def hear(self, words):
        if words[0] == "halt":
            self.phase = words[1]
            if self.phase == "connected":  # those that are there have been connected
                with self.lock:
                    for connection in self.open:
                        connection.shutdown(socket.SHUT_RD)
        elif words[0] == "go":
            self.going.set()
        elif words[0] == "answer":
            self.statuses[words[1]] = int(words[2])

    def at(self, phase):
        with self.phases:
            if self.phase != phase:
                return
            self.phase = None
            self.going.clear()
        print(phase, flush=True)
        self.going.wait()

    def _read(self, connection):
        rest = b""
        while b"\r\n\r\n" not in rest:
            piece = connection.recv(65536)
            if not piece:
                return None, b""
            rest += piece
        self.at("reading")
        head, _, rest = rest.partition(b"\r\n\r\n")
        length = int(Call(head, b"").headers.get("content-length", 0))
        while len(rest) < length:
            piece = connection.recv(65536)
            if not piece:
                return None, b""
            rest += piece
        return Call(head, rest[:length]), head

    def _keep(self, head, body):
        os.write(self.kept, (json.dumps([head.decode("latin-1"), body.decode("latin-1")]) + "\n").encode())

    def _status(self, path):
        return int(path.rsplit("/", 1)[1]) if path.startswith("/status/") else self.statuses.pop(path, 200)

    def _talk(self, connection):
        self.at("connected")
        while True:
            call, head = self._read(connection)
            if call is None:
                return
            self.at("read")
            self._keep(head, call.body)
            self.at("kept")
            said = answer(self._status(call.path))
            connection.sendall(said[:20])
            self.at("answering")
            connection.sendall(said[20:])
            self.at("answered")


def main():
    child = Child(int(sys.argv[1]), sys.argv[2])
    print("listens", flush=True)
    for line in sys.stdin:
        child.hear(line.split())


if __name__ == "__main__":
    main()
