# SPDX-License-Identifier: GPL-2.0-or-later
"""A name server on loopback. What it answers depends on the first label: mx has an MX record, a an address, none no
record, nx does not exist, fail is SERVFAIL, silent gets no answer."""
import socket
import struct
import threading

TYPE_A, TYPE_MX = 1, 15


def question(message):
    """The labels, the type, and where the question ends."""
    labels, at = [], 12
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode())
        at += 1 + message[at]
    return labels, struct.unpack(">H", message[at + 1:at + 3])[0], at + 5


def answer(message):
    """The answer, or None."""
    labels, kind, end = question(message)
    label = labels[0].lower()
    if label == "silent":
        return None
    record = b""
    if label == "mx" and kind == TYPE_MX:
        record = b"\xc0\x0c" + struct.pack(">HHIHH", kind, 1, 60, 8, 10) + b"\x04mail\x00"
    if label == "a" and kind == TYPE_A:
        record = b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, 4) + bytes([192, 0, 2, 1])
    code = {"nx": 3, "fail": 2}.get(label, 0)
    head = message[:2] + struct.pack(">HHHHH", 0x8400 | code, 1, 1 if record else 0, 0, 0)
    return head + message[12:end] + record


class NameServer:
    """Runs until close(). `asked` holds the names in the order in which they came."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.socket.getsockname()[1]
        self.asked = []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                message, peer = self.socket.recvfrom(4096)
            except OSError:
                return
            if len(message) <= 12:
                return
            self.asked.append(".".join(question(message)[0]))
            reply = answer(message)
            if reply:
                self.socket.sendto(reply, peer)

    def close(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"\0", self.socket.getsockname())
        self.thread.join(5)
        self.socket.close()
