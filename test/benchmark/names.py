# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads with the help desk's names kept by the workers (schema/fcgi-versions.sql) and, in turn, without."""
import os
from statistics import median

import load
import report
import rows
from desk import Desk

USER = "'osticket'@'localhost'"  # the server's, which has to see the triggers


def keep(desk, kept):
    desk.sql("%s TRIGGER ON `%s`.* %s %s" % ("GRANT" if kept else "REVOKE", desk.database, "TO" if kept else "FROM", USER))
    desk.reload()


def run(folder, arguments, say):
    """Prints a table."""
    os.environ["KEEP_NAMES"] = "1"  # of test/stack
    desk = Desk(os.path.join(folder, "desk"), arguments.build, arguments.tickets, arguments.port, arguments.durable, say)
    try:
        print(table(desk, arguments, say), flush=True)
    finally:
        desk.stop()


def table(desk, arguments, say):
    todo = rows.ticket_rows()[:2] + [row for row, _, _ in rows.list_rows(desk)]
    url, found = desk.base.split("/api/")[0], {}
    for turn in range(arguments.rounds):
        say("round %d of %d" % (turn + 1, arguments.rounds))
        for kept in (False, True):
            keep(desk, kept)
            for row in todo:
                load.measure(desk, row, url, 1, turn)  # statements are prepared
                found.setdefault(row.name, {}).setdefault(kept, []).append(load.measure(desk, row, url, arguments.seconds, turn))
    return text_of(found, "%d processor cores for all; medians of %d rounds of %d s, %s tickets\n" % (
        os.cpu_count(), arguments.rounds, arguments.seconds, format(desk.tickets, ",")))


HEAD = ("read", "a second", "names kept", "times as many", "round trips", "kept", "database, µs", "kept", "worker, µs", "kept")


def text_of(found, text):
    table = []
    for name, results in found.items():
        of = {field: [median(getattr(r, field) for r in results[kept]) for kept in (False, True)]
              for field in ("rate", "round_trips", "database_us", "worker_us")}
        table.append((name, *map(report.number, of["rate"]), report.number(of["rate"][1] / of["rate"][0], 2),
                      *map(report.number, of["round_trips"] + of["database_us"] + of["worker_us"])))
    return text + "\n" + report.markdown(HEAD, table)
