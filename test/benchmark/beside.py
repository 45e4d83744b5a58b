# SPDX-License-Identifier: GPL-2.0-or-later
"""The same questions to this server and, in turn, to another one on the same database: PHP's osTicket, say."""
import math
import os
import time
from statistics import median
from urllib.parse import urlsplit

import load
import report
import rows
from desk import Failure
from single import ask

HEAD = ("", "here, requests/s", "beside", "p50 ms here", "beside", "times as many")


class Other:
    """The server beside: where it is asked, and with which key."""

    def __init__(self, url, key):
        parts = urlsplit(url)
        if not parts.scheme or not parts.netloc:
            raise Failure("--beside wants a URL as http://127.0.0.1:8081/api/http.php")
        self.origin, self.path, self.key = "%s://%s" % (parts.scheme, parts.netloc), parts.path.rstrip("/"), key

    def row(self, row):
        """The same question, as it is asked there."""
        if not row.path.startswith(rows.API):
            raise Failure("%s: asked at %s, not below %s" % (row.name, row.path, rows.API))
        return load.Row(row.name, self.path + row.path[len(rows.API):], row.method, row.body, row.places, row.status, self.key)


class Beside:
    def __init__(self, desk, arguments, say):
        self.desk, self.arguments, self.say = desk, arguments, say
        self.other = Other(arguments.beside, arguments.beside_key)
        self.here, self.there, self.left_out, self.seconds = {}, {}, {}, {}

    def questions(self):
        lists = [item[0] for item in rows.list_rows(self.desk) if item[0].entries <= 5000]
        found = rows.ticket_rows()[:2] + lists + [rows.reply_row(self.desk.tickets), rows.create_row(self.desk),
                                                  rows.mail_row(self.desk)]
        return [row for row in found if row and (not self.arguments.only or row.name.startswith(self.arguments.only))]

    def answered(self, row, origin):
        """Why the other server cannot be asked this; None when it answers as it should."""
        path, body = load.filled(self.desk, row)
        begun = time.monotonic()
        try:
            status, answer = ask(origin + path, body, row.key)
        except OSError as error:
            raise Failure("no server answers at %s: %s" % (origin, error)) from error
        # Both are asked for as long as ten such answers take: shorter, a slow one would not answer at all.
        self.seconds[row.name] = max(self.arguments.seconds, math.ceil(10 * (time.monotonic() - begun)))
        if status == 401:
            raise Failure("%s refuses the key: does it run on %s?" % (origin, self.desk.socket))
        return None if status == row.status else "%d %s" % (status, answer[:60].decode("utf-8", "replace").strip())

    def run(self):
        pairs = []
        for row in self.questions():
            twin = self.other.row(row)
            why = self.answered(twin, self.other.origin)
            if why:
                self.left_out[row.name] = why
            else:
                pairs.append((row, twin))
        for turn in range(self.arguments.rounds):
            self.say("round %d of %d, load %.1f" % (turn + 1, self.arguments.rounds, os.getloadavg()[0]))
            for row, twin in pairs:
                self.pair(row, twin, turn)

    def pair(self, row, twin, turn):
        """Both count or neither: one that fails is named, and the others go on."""
        try:
            here = self.measure(row, self.desk.base.split("/api/")[0], 2 * turn)
            there = self.measure(twin, self.other.origin, 2 * turn + 1)
        except (Failure, RuntimeError) as error:
            self.left_out[row.name] = "round %d: %s" % (turn + 1, error)
            return
        self.here.setdefault(row.name, []).append(here)
        self.there.setdefault(row.name, []).append(there)

    def measure(self, row, origin, seed):
        asked = load.asked(self.desk, row, origin, self.seconds[row.name], seed)
        if asked.broken or asked.refused:
            raise Failure("%s: %d refused, %d broken off" % (origin, asked.refused, asked.broken))
        return asked

    def text(self):
        table = []
        for name, here in self.here.items():
            there = self.there[name]
            table.append((name, report.number(median(a.rate for a in here)), report.number(median(a.rate for a in there), 1),
                          report.number(median(a.p50_us for a in here) / 1000, 2),
                          report.number(median(a.p50_us for a in there) / 1000, 2),
                          report.number(median(a.rate / b.rate for a, b in zip(here, there)), 1)))
        lines = [report.markdown(HEAD, table)] if table else []
        lines += ["%s: left out: %s" % item for item in self.left_out.items()]
        return "\n".join(lines)
