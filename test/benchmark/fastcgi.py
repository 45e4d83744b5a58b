# SPDX-License-Identifier: GPL-2.0-or-later
"""One FastCGI request straight to a pool's socket, without nginx."""
import socket
import struct

BEGIN, PARAMS, STDIN, END = 1, 4, 5, 3


def record(kind, content):
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def pair(name, value):
    return bytes([len(name)]) + struct.pack(">I", 0x80000000 | len(value)) + name.encode() + value.encode()


def ask(path, uri, key):
    """What the worker sends, headers included; OSError while there is none."""
    query = uri.partition("?")[2]
    parameters = {"REQUEST_METHOD": "GET", "REQUEST_URI": uri, "QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1",
                  "HTTP_X_API_KEY": key}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        connection.settimeout(10)
        connection.sendall(record(BEGIN, struct.pack(">HB5x", 1, 0)) +
                           record(PARAMS, b"".join(pair(*item) for item in parameters.items())) +
                           record(PARAMS, b"") + record(STDIN, b""))
        answer = b""
        while True:
            part = connection.recv(65536)
            if not part:
                return answer
            answer += part
