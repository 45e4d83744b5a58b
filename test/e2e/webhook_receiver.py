# SPDX-License-Identifier: GPL-2.0-or-later
"""A receiver of webhooks on loopback: keeps what it gets, checks each signature, and answers as a test says."""
import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
import time


class Call:
    """One request as it came."""

    def __init__(self, head, body):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.path, _ = lines[0].split(" ", 2)
        self.headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        self.body, self.at = body, time.time()

    @property
    def id(self):
        return self.headers.get("webhook-id")

    @property
    def json(self):
        return json.loads(self.body)

    def signed_by(self, secret):
        """Whether one of the signatures is the secret's."""
        signed = ("%s.%s." % (self.id, self.headers["webhook-timestamp"])).encode() + self.body
        mac = hmac.new(base64.b64decode(secret[len("whsec_"):]), signed, hashlib.sha256).digest()
        return "v1," + base64.b64encode(mac).decode() in self.headers["webhook-signature"].split(" ")


def answer(status=200, headers=(), body=b"ok"):
    """The bytes of an answer; connections are kept."""
    lines = ["HTTP/1.1 %d X" % status, "Content-Length: %d" % len(body)] + ["%s: %s" % pair for pair in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class Receiver:
    """`behave(call, connection)` gives the bytes to answer with, or None after which the connection is closed; it may write to
    the connection itself. Without it every call is 200."""

    def __init__(self, behave=None, port=0, tls=None, family=socket.AF_INET):
        self.behave, self.tls = behave, tls
        self.calls, self.lock, self.connections = [], threading.Lock(), 0
        self.listener = socket.socket(family, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", port))
        self.listener.listen(128)
        self.port = self.listener.getsockname()[1]
        self.open = set()
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    def url(self, path="/hook", host="127.0.0.1"):
        return "%s://%s:%d%s" % ("https" if self.tls else "http", host, self.port, path)

    def close(self):
        """At once, as a receiver that is killed."""
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # once more does nothing
        self.listener.close()
        with self.lock:
            for connection in self.open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.thread.join(5)

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.connections += 1
                self.open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        plain = connection
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            self._talk(connection)
        except (OSError, ValueError, ssl.SSLError):
            pass
        with self.lock:
            self.open.discard(plain)
        connection.close()

    def _talk(self, connection):
        rest = b""
        while True:
            while b"\r\n\r\n" not in rest:
                piece = connection.recv(65536)
                if not piece:
                    return
                rest += piece
            head, _, rest = rest.partition(b"\r\n\r\n")
            call = Call(head, b"")
            length = int(call.headers.get("content-length", 0))
            while len(rest) < length:
                piece = connection.recv(65536)
                if not piece:
                    return
                rest += piece
            call.body, rest = rest[:length], rest[length:]
            with self.lock:
                self.calls.append(call)
            said = self.behave(call, connection) if self.behave else answer()
            if said is None:
                return
            connection.sendall(said)
