# SPDX-License-Identifier: GPL-2.0-or-later
"""Something at a socket that answers each request as PHP-FPM does, with one status."""
import contextlib
import os
import socket
import struct
import threading


def record(kind, content):
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content


class FakePhpFpm:
    def __init__(self, path, status=b"400 Bad Request", complaint=b""):
        self.path, self.status, self.complaint = path, status, complaint
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        os.chmod(path, 0o666)
        self.server.listen(5)
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection = self.server.accept()[0]
            except OSError:
                return
            with connection:
                self.answer(connection)

    def answer(self, connection):
        while True:  # up to the empty STDIN
            head = connection.recv(8, socket.MSG_WAITALL)
            if len(head) < 8:
                return
            kind, _, length, padding = struct.unpack(">xBHHBx", head)
            if length + padding:
                connection.recv(length + padding, socket.MSG_WAITALL)
            elif kind == 5:
                break
        text = b"Status: %s\r\nContent-Type: text/html\r\n\r\nx" % self.status
        connection.sendall(b"".join([record(7, self.complaint) if self.complaint else b"", record(6, text), record(6, b""),
                                     record(3, bytes(8))]))

    def stop(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        with contextlib.suppress(FileNotFoundError):  # its folder may be gone before
            os.unlink(self.path)
