# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that went out through the sendmail stand-in, read back by a MIME parser that is not the one that wrote them."""
import email
import email.policy
import email.utils
import os

import demo
from desk import until


class Mail:
    """One message: `to`, `cc` and `sender` are lists of (name, address); the texts are decoded."""

    def __init__(self, data):
        self.arguments = b""
        if data.startswith(b"ARGS: "):
            self.arguments, _, data = data.partition(b"\n")
        self.data = data
        self.message = email.message_from_bytes(data, policy=email.policy.default)
        self.subject = str(self.message["Subject"])
        self.to, self.cc, self.sender = (self.addresses(name) for name in ("To", "Cc", "From"))
        self.id = str(self.message["Message-ID"])
        parts = list(self.message.walk())
        self.defects = [d for part in parts for d in part.defects]
        self.text = self.body("plain")
        self.html = self.body("html")
        self.attachments = {p.get_filename(): p.get_payload(decode=True) for p in parts
                            if p.get_content_disposition() == "attachment"}
        self.shown = {p["Content-ID"]: p.get_payload(decode=True) for p in parts if p["Content-ID"]}

    def addresses(self, name):
        header = self.message[name]
        return [(a.display_name, a.addr_spec) for a in header.addresses] if header else []

    def body(self, subtype):
        part = self.message.get_body(preferencelist=(subtype,))
        return part.get_content().replace("\r\n", "\n") if part else None

    def header(self, name):
        return self.message.get_all(name, [])


def clear(desk):
    for name in os.listdir(desk.env["MAILS"]):
        os.remove(os.path.join(desk.env["MAILS"], name))


def sent(desk):
    """All mails that lie in the folder, the oldest first."""
    folder = desk.env["MAILS"]
    paths = sorted((os.path.join(folder, n) for n in os.listdir(folder)), key=lambda p: os.stat(p).st_mtime_ns)
    result = []
    for path in paths:
        with open(path, "rb") as file:
            result.append(Mail(file.read()))
    return result


def queue_is_empty(desk):
    return desk.value("SELECT COUNT(*) FROM fcgi_%smail WHERE state IN ('waiting','sending')" % desk.prefix) == "0"


def go_out(desk, seconds=10):
    """Returns once nothing waits any more."""
    if not queue_is_empty(desk):
        desk.wake_mailer()
    until(lambda: queue_is_empty(desk), seconds)
    assert queue_is_empty(desk), desk.sql("SELECT id,kind,state,error FROM fcgi_%smail WHERE finished IS NULL" % desk.prefix)


def settled(desk, seconds=10):
    """All mails once nothing waits any more."""
    go_out(desk, seconds)
    return sent(desk)


class MailDesk(demo.FreshDesk):
    """Tests of which each begins with the rows of schema/demo.sql, and no mail."""
    maxDiff = None

    def setUp(self):
        settled(self.desk)
        super().setUp()
        clear(self.desk)
