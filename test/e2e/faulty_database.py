# SPDX-License-Identifier: GPL-2.0-or-later
"""A socket before the database's own that lets everything pass, and answers one statement, which is chosen by its number, with an
error in the database's place; in the place of a commit the link is lost. It may also change words that go to the database.

With the fault "unheard" the transaction is taken back before that statement, nobody is told, the statement is done, and from then on
the database is dead until arm() is called; a COMMIT is told, as Galera does.

With "unsaid" every COMMIT fails, as on a node that loses the others meanwhile: one that is the last of its text is told 1180, one with
something behind it is told OK (so does MariaDB 10.11.19)."""
import os
import socket
import threading

QUERY, EXECUTE = 0x03, 0x17  # https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html
SIGNALS = {"refused": b"SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO=1030, MESSAGE_TEXT='a fault was injected'",
           "deadlock": b"BEGIN NOT ATOMIC ROLLBACK; SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO=1213, MESSAGE_TEXT='a deadlock'; END"}
SIGNALS["unsaid"] = b"BEGIN NOT ATOMIC ROLLBACK; SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO=1180, MESSAGE_TEXT='Got error 107 during COMMIT'; END"
NOT_READY = (b"\xff" + (1047).to_bytes(2, "little") + b"#08S01WSREP has not yet prepared node for application use",
             b"\xff" + (1290).to_bytes(2, "little") + b"#HY000The MariaDB server is running with the --read-only option so it cannot execute this statement")
# What is asked in the place of a question for the server's state, so that it says the same.
STATES = {"no majority": b"\x03SELECT 'wsrep_on','ON'", "read-only": b"\x03SELECT 'read_only','ON'"}
REFUSALS = {"no majority": NOT_READY[0], "read-only": NOT_READY[1],
            "refused": b"\xff" + (1030).to_bytes(2, "little") + b"#HY000a fault was injected",
            "open": b"\xff" + (1180).to_bytes(2, "little") + b"#HY000Got error 107 during COMMIT",
            "deadlock": b"\xff" + (1213).to_bytes(2, "little") + b"#40001a deadlock"}
ROLLBACK = b"\x09\x00\x00\x00\x03ROLLBACK"
QUIET = 0.05  # seconds without a byte: the answer is whole


def end(*sockets):
    """Ends both ways, also under whoever waits for something: the database rolls back what was open."""
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class FaultyDatabase:
    def __init__(self, path):
        self.path, self.target, self.fault = path, None, "refused"
        self.words = []  # (what clients say, what the database hears instead), of one length
        self.lock = threading.Lock()
        self.count, self.fail_at, self.times = 0, 0, 0
        self.fails_all = self.is_dead = False
        self.listener = socket.socket(socket.AF_UNIX)
        if os.path.exists(path):
            os.remove(path)
        self.listener.bind(path)
        self.listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def arm(self, which, times=1):
        """The statement with this number from now on fails, or the next so many of this text, in bytes; 0: none."""
        with self.lock:
            self.count, self.fail_at, self.times, self.is_dead = 0, which, times, False

    def counted(self):
        with self.lock:
            return self.count

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self.target)
            except (OSError, TypeError):
                return
            if self.is_dead:
                end(client, server)
                continue
            connection = Connection(self, client, server)
            threading.Thread(target=connection.pass_answers, daemon=True).start()
            threading.Thread(target=connection.watch_commands, daemon=True).start()

    def fails(self, text):
        with self.lock:
            self.count += 1
            if self.fails_all or self.fail_at not in (self.count, text) or not self.times:
                return self.fails_all
            self.times -= 1
            return True


class Connection:
    """One of the server's to the database."""

    def __init__(self, database, client, server):
        self.database, self.client, self.server = database, client, server
        self.swallowed = threading.Event()
        self.swallows = self.cuts = False

    def pass_answers(self):
        try:
            while data := self.server.recv(65536):
                if self.swallows:
                    self.swallows = False
                    self.swallowed.set()
                elif self.cuts:
                    self.client.sendall(self._whole(data)[:-7])
                    break
                else:
                    self.client.sendall(data)
        except OSError:
            pass
        finally:
            end(self.server, self.client)

    def _whole(self, data):
        self.server.settimeout(QUIET)
        try:
            while more := self.server.recv(65536):
                data += more
        except TimeoutError:
            pass
        return data

    def _changed(self, body):
        """A text of several statements, of which the one that is to fail does when its turn comes. PREPARE writes nothing."""
        parts, texts = [], body[1:].split(b";")
        for part in texts:
            if self.database.fault == "unsaid" and part == b"COMMIT":
                part = SIGNALS["unsaid"] if len(parts) == len(texts) - 1 else b"ROLLBACK"
            elif not part.startswith(b"PREPARE") and self.database.fails(part):
                self.cuts = self.database.fault == "cut"
                part = part if self.cuts else SIGNALS[self.database.fault]
            parts.append(part)
        return body[:1] + b";".join(parts)

    def _take_back(self):
        """Its answer is nobody's."""
        self.swallowed.clear()
        self.swallows = True
        self.server.sendall(ROLLBACK)
        self.swallowed.wait(10)

    def _fail(self, packet):
        """False: the link is to end."""
        fault = self.database.fault
        if fault == "unheard":
            self.database.is_dead = True
            if packet[5:].upper() != b"COMMIT":
                self._take_back()
                self.server.sendall(packet)
                return True
            fault = "deadlock"
        if fault == "cut":
            self.cuts = True
            self.server.sendall(packet)
            return True
        if fault == "open" and packet[5:].upper() == b"COMMIT":
            # Done, and told as if nobody knew.
            self.swallowed.clear()
            self.swallows = True
            self.server.sendall(packet)
            self.swallowed.wait(10)
        if fault == "refused" and packet[5:].upper() == b"COMMIT":
            return False  # of one that fails the database keeps nothing, and neither does it of a link that is lost
        if fault == "deadlock":
            self._take_back()
        refusal = REFUSALS[fault]
        self.client.sendall(len(refusal).to_bytes(3, "little") + b"\x01" + refusal)
        return True

    def _is_work(self, body):
        """A node without a majority lets sessions be set up."""
        return self.database.fault not in ("no majority", "read-only") or body[0] == EXECUTE or body[1:5].upper() not in (b"SET ", b"SHOW")

    def watch_commands(self):
        try:
            reader = self.client.makefile("rb")
            while len(head := reader.read(4)) == 4:
                body = reader.read(int.from_bytes(head[:3], "little"))
                for said, heard in self.database.words:
                    body = body.replace(said, heard)
                command = None if head[3] or not body else body[0]
                if self.database.is_dead:
                    break
                if body[1:5] == b"SHOW" and self.database.fails_all:
                    body = STATES[self.database.fault]
                    head = len(body).to_bytes(3, "little") + head[3:]
                elif command == QUERY and b";" in body and body[1:5] != b"SHOW" and self.database.fault != "unheard":
                    body = self._changed(body)
                    head = len(body).to_bytes(3, "little") + head[3:]
                elif command == QUERY and body[1:] == b"COMMIT" and self.database.fault == "unsaid":
                    body = body[:1] + SIGNALS["unsaid"]
                    head = len(body).to_bytes(3, "little") + head[3:]
                elif command in (QUERY, EXECUTE) and self._is_work(body) and self.database.fails(body[1:]):
                    if not self._fail(head + body):
                        break
                    continue
                self.server.sendall(head + body)
        except OSError:
            pass
        finally:
            end(self.client, self.server)
