# SPDX-License-Identifier: GPL-2.0-or-later
"""What is measured: the rows of the table."""
import base64
import json
import os
import random
import time

import help_desk
from load import Row, round_trips
from single import ask, list_sql

API = "/api/http.php"
INFO = API + "/tickets/ticketInfo?ticketNumber="
RESPONSE = ("<p>Thank you for your message, we have looked into it.</p><p>The part is <b>ordered</b> and arrives next "
            "week; you need not do anything. More is on <a href=\"https://www.example.org/orders\">our page</a>.</p>")
MESSAGE = "Good morning,\n\nour printer on the second floor does not print any more.\n\nKind regards\nMaria"


def writable_places(n):
    """Tickets that replies go to: of nine entries, and in none of the lists, so that the other rows stay as they are."""
    begin = sum(length for length, _ in help_desk.lists_of(n))
    return (begin if begin + 100 < n else 0, len(help_desk.ENTRIES), (4,))


def reply_body(number="$(number)"):
    return json.dumps({"ticketNumber": number, "staffUserName": "agent5", "response": RESPONSE, "emailreply": "0",
                       "signature": "none"})


def create_body():
    return json.dumps({"name": "Client 7", "email": "client7@customers.example", "subject": "No printing",
                       "message": "data:text/plain," + MESSAGE,
                       "topicId": "1", "alert": False, "autorespond": False, "ip": "192.0.2.77"})


def ticket_rows():
    return [
        Row("ticketInfo, 3 entries", INFO + "$(number)", places=(0, len(help_desk.ENTRIES), (0, 1)), entries=3,
            alone="replay=1"),
        Row("ticketInfo, any ticket", INFO + "$(number)"),
        Row("401", INFO + "$(number)", status=401, key="0" * 32),
        Row("404", INFO + "99$(number)", status=404),
    ]


def list_rows(desk):
    """(row, kind, number of the agent or client) of every list that this help desk has."""
    rows = []
    for kind, parameter, value in (("staff", "staffUserName", "agent%d"),
                                   ("client", "clientUserMail", "client%d@customers.example")):
        for i, (length, _) in enumerate(help_desk.lists_of(desk.tickets)):
            entries = int(desk.sql(list_sql(kind, i, "COUNT(*)")))
            rows.append((Row("%sTickets, %s tickets" % (kind, format(length, ",")),
                             "%s/tickets/%sTickets?%s=%s" % (API, kind, parameter, value % (i + 1)), entries=entries),
                         kind, i))
    return rows


def reply_row(n):
    return Row("reply", API + "/tickets/reply.json", "POST", reply_body(), writable_places(n), ceiling="replay=0")


def create_row(desk):
    """None where the server leaves creating tickets to PHP."""
    status, body = ask(desk.base + "/tickets.json", create_body())
    if status == 501:
        return None
    if status != 201:
        raise RuntimeError("create: %d %s" % (status, body[:200].decode("utf-8", "replace")))
    return Row("create", API + "/tickets.json", "POST", create_body(), status=201)


def mail_body(length, serial="$(serial)"):
    """A mail of about so many bytes, most of them a file; the digits of its serial are base64 as well, so that each file is another."""
    source = random.Random(7)
    file = serial + "\r\n" + base64.encodebytes(source.randbytes(length * 3 // 4 - 800)).decode().replace("\n", "\r\n")
    return ("From: Client 7 <client7@customers.example>\r\nTo: Desk <desk@harbour-tools.example>\r\nSubject: No printing\r\n"
            "Message-ID: <%s@customers.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=b\"\r\n\r\n"
            "--=b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n--=b\r\nContent-Type: application/pdf; name=scan.pdf\r\n"
            "Content-Disposition: attachment; filename=scan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%s--=b--\r\n"
            % (serial, MESSAGE.replace("\n", "\r\n"), file))


def mail_row(desk, length=20000):
    """Beside it: as many round trips as it takes, each a row by its primary key."""
    before = os.path.getsize(desk.log)
    for i in range(9):
        status, body = ask(desk.base + "/tickets.email", mail_body(length, "%010d%010d" % (time.time(), i)))
        if status != 201:
            raise RuntimeError("mail: %d %s" % (status, body[:200].decode("utf-8", "replace")))
    return Row("mail of 20 kB", API + "/tickets.email", "POST", mail_body(length), status=201,
               ceiling="queries=%d" % round_trips(desk, before))
