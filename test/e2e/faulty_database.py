# SPDX-License-Identifier: GPL-2.0-or-later
"""A socket before the database's own that lets everything pass, and answers one statement, which is chosen by its number, with an
error in the database's place; in the place of a commit the link is lost."""
import os
import socket
import threading

QUERY, EXECUTE = 0x03, 0x17  # https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html
SIGNAL = b"SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO=1030, MESSAGE_TEXT='a fault was injected'"
REFUSAL = b"\xff" + (1030).to_bytes(2, "little") + b"#HY000a fault was injected"


def end(*sockets):
    """Ends both ways, also under whoever waits for something: the database rolls back what was open."""
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class FaultyDatabase:
    def __init__(self, path):
        self.path, self.target = path, None
        self.lock = threading.Lock()
        self.count, self.fail_at = 0, 0
        self.listener = socket.socket(socket.AF_UNIX)
        if os.path.exists(path):
            os.remove(path)
        self.listener.bind(path)
        self.listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def arm(self, number):
        """The statement with this number from now on fails; 0: none."""
        with self.lock:
            self.count, self.fail_at = 0, number

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
            threading.Thread(target=self._pass, args=(server, client), daemon=True).start()
            threading.Thread(target=self._watch, args=(client, server), daemon=True).start()

    @staticmethod
    def _pass(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        finally:
            end(source, sink)

    def _fails(self):
        with self.lock:
            self.count += 1
            return self.count == self.fail_at

    def _changed(self, body):
        """A text of several statements, of which the one that is to fail does when its turn comes. PREPARE writes nothing."""
        parts = [part if part.startswith(b"PREPARE") or not self._fails() else SIGNAL for part in body[1:].split(b";")]
        return body[:1] + b";".join(parts)

    def _watch(self, client, server):
        try:
            reader = client.makefile("rb")
            while len(head := reader.read(4)) == 4:
                body = reader.read(int.from_bytes(head[:3], "little"))
                command = None if head[3] or not body else body[0]
                if command == QUERY and b";" in body:
                    body = self._changed(body)
                    head = len(body).to_bytes(3, "little") + head[3:]
                elif command in (QUERY, EXECUTE) and self._fails():
                    if body[1:].upper() == b"COMMIT":
                        break  # of one that fails the database keeps nothing, and neither does it of a link that is lost
                    client.sendall(len(REFUSAL).to_bytes(3, "little") + b"\x01" + REFUSAL)
                    continue
                server.sendall(head + body)
        except OSError:
            pass
        finally:
            end(client, server)
