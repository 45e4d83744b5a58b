# SPDX-License-Identifier: GPL-2.0-or-later
"""A socket before the database's own that lets everything pass, knows the statements of one kind of process by their texts, and halts
one of them: before the database hears it, or before the process hears what came of it."""
import os
import re
import socket
import struct
import threading

from faulty_database import EXECUTE, QUERY, end

PREPARE = 0x16
LONGEST = 60  # seconds that something is halted


def kind_of(text):
    """What statements have alike that differ in numbers, in how many values they take, and in what had to be prepared for them."""
    text = re.sub(r"PREPARE \S+ FROM @\S+;|`", "", text)
    text = re.sub(r"\d+", "?", text)
    text = re.sub(r"(\?,)+\?", "?", text)
    text = re.sub(r"(@fcgi_(integer|text)_\?=\?,)+", "", text)
    return re.sub(r"(\([^()]*(?:\(\)[^()]*)*\))(,\1)+", r"\1", text)


class Halt:
    """The next statement of the kind, "before" or "after" the database did it."""

    def __init__(self, kind, where):
        self.kind, self.where = kind, where
        self.reached, self.released = threading.Event(), threading.Event()
        self.passes = True

    def release(self, passes):
        """It goes on; or the link ends there, and whoever waits for something hears no more."""
        self.passes = passes
        self.released.set()

    def stop_here(self):
        """False: the link is to end."""
        self.reached.set()
        self.released.wait(LONGEST)
        return self.passes


class HaltingDatabase:
    def __init__(self, path, target, process):
        self.target, self.process = target, process
        self.kinds = []  # in the order in which they were seen first
        self.answered = 0
        self.lock, self.halt = threading.Lock(), None
        self.links = set()
        self.listener = socket.socket(socket.AF_UNIX)
        if os.path.exists(path):
            os.remove(path)
        self.listener.bind(path)
        self.listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        end(self.listener)
        self.listener.close()

    def halt_at(self, kind, where):
        """None of both: nothing is halted any more."""
        with self.lock:
            self.halt = Halt(kind, where) if kind else None
            return self.halt

    def seen(self):
        """The kinds that were sent since the last time."""
        with self.lock:
            kinds, self.kinds = self.kinds, []
            return kinds

    def cut(self):
        """Ends the process's links."""
        with self.lock:
            links = list(self.links)
        for link in links:
            end(link.client, link.server)

    def hear(self, link, text):
        """What is to be halted at this statement."""
        kind = kind_of(text)
        with self.lock:
            self.links.add(link)
            if kind not in self.kinds:
                self.kinds.append(kind)
            if not self.halt or self.halt.kind != kind:
                return None
            halt, self.halt = self.halt, None
            return halt

    def forget(self, link):
        with self.lock:
            self.links.discard(link)

    def note_answer(self):
        with self.lock:
            self.answered += 1

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(self.target)
            except OSError:  # the database is away, and will be back
                client.close()
                server.close()
                continue
            link = Link(self, client, server)
            threading.Thread(target=link.pass_answers, daemon=True).start()
            threading.Thread(target=link.watch_commands, daemon=True).start()


class Link:
    """One connection. Whoever asks waits for the answer before the next command."""

    def __init__(self, database, client, server):
        self.database, self.client, self.server = database, client, server
        self.preparing = self.awaits = None
        self.statements = {}
        self.ended = threading.Barrier(2, self._close)
        self.halt = None  # with the next answer
        pid = struct.unpack("3i", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
        self.comm = "/proc/%d/comm" % pid
        self.is_watched = None

    def _close(self):
        self.client.close()
        self.server.close()

    def _is_of_process(self):
        """By its name at the first command: it is born with another."""
        if self.is_watched is None:
            try:
                with open(self.comm, encoding="ascii") as file:
                    self.is_watched = file.read().rstrip("\n") == self.database.process
            except OSError:
                self.is_watched = False
        return self.is_watched

    def pass_answers(self):
        try:
            while data := self.server.recv(65536):
                if self.preparing is not None and data[4] == 0:
                    self.statements[data[5:9]] = self.preparing
                self.preparing = None
                halt, self.halt = self.halt, None
                if halt and not halt.stop_here():
                    break
                self.client.sendall(data)
                if self.awaits:
                    self.awaits = None
                    self.database.note_answer()
        except OSError:
            pass
        finally:
            end(self.server, self.client)
            self.ended.wait()

    def _text(self, command, body):
        if command == QUERY:
            return body[1:].decode("utf-8", "replace")
        return self.statements.get(body[1:5]) if command == EXECUTE else None

    def _hear(self, command, body):
        """False: the link is to end."""
        if command == PREPARE:
            self.preparing = body[1:].decode("utf-8", "replace")
        text = self._text(command, body)
        halt = self.database.hear(self, text) if text else None
        if halt and halt.where == "before":
            return halt.stop_here()
        self.halt, self.awaits = halt, text
        return True

    def watch_commands(self):
        try:
            with self.client.makefile("rb") as reader:
                while len(head := reader.read(4)) == 4:
                    body = reader.read(int.from_bytes(head[:3], "little"))
                    command = None if head[3] or not body else body[0]
                    if command is not None and self._is_of_process() and not self._hear(command, body):
                        break
                    self.server.sendall(head + body)
        except OSError:
            pass
        finally:
            self.database.forget(self)
            end(self.client, self.server)
            self.ended.wait()
