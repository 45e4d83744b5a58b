# SPDX-License-Identifier: GPL-2.0-or-later
"""How reads grow with the help desk (bench --growth): help desks of several sizes, up side by side and asked the same in turn."""
import json
import os
import urllib.error
import urllib.parse
from statistics import median

import help_desk
import load
import reading
import report
import rows
import single
from desk import Desk, Failure

API = "/api/http.php"
SIZES = (1000, 10000, 100000)
LIMIT = 1.2  # of what has an answer of one size
LISTS = (10, 100)
PARTS = ("entries", "events", "attachments", "collaborators", "related", "referrals", "tasks")
# Answers that hold or count everything. Numbers of tickets are kept for ten seconds, so that these are asked once.
WHOLE = (("GET /tickets", "/tickets"), ("ndjson", "/tickets.ndjson?fields=number,created"),
         ("csv", "/tickets.csv?fields=" + reading.TABLE_FIELDS), ("stats", "/stats.json?group=status"),
         ("stats of times", "/stats/times.json"))


def sizes(arguments):
    return SIZES[:2] if arguments.quick else [n for n in SIZES if n < arguments.tickets] + [arguments.tickets]


def free_key(desk):
    """The bench's key may read everything."""
    desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff) SELECT id,'*',1 FROM ost_api_key WHERE apikey='%s'" % help_desk.KEY)


def of_a_ticket(desk):
    ticket = API + "/tickets/$(number)"
    attached = desk.sql("SELECT b.id FROM ost_attachment b WHERE b.type='H' AND b.object_id=%d"
                        % (1000000 + help_desk.id_of(7, desk.tickets) * 10)).split()[0]
    yield rows.ticket_rows()[0]
    yield load.Row("ticket", ticket + ".json")
    yield load.Row("ticket with all", ticket + ".json?include=all")
    for part in PARTS:
        yield load.Row(part, "%s/%s.json" % (ticket, part))
    yield load.Row("entry", ticket + "/entries/$(entry).json")
    yield load.Row("attachment", "%s/tickets/%s/attachments/%s" % (API, help_desk.number_of(7), attached))


def pages(desk):
    for name, query in reading.filters(desk):
        yield load.Row("25 tickets, " + name, "%s/tickets.json?limit=%d%s" % (API, reading.PAGE, query and "&" + query))


def of_a_list(desk):
    for row, _, _ in rows.list_rows(desk):
        if any(row.name.endswith(", %s tickets" % format(length, ",")) for length in LISTS):
            yield row
    yield from pages(desk)


def of_the_rest(desk):
    after = json.loads(reading.open_url(API + "/changes.json", desk).read())["next"]
    yield load.Row(reading.NOTHING_NEW, API + "/changes.json?after=" + after)
    # Behind those with many tickets, which are counted and which a small help desk does not have.
    behind = json.loads(reading.open_url(API + "/users.json?limit=20", desk).read())["next"]
    yield load.Row("25 users", API + "/users.json?limit=25&cursor=" + urllib.parse.quote(behind))
    yield load.Row("a user", API + "/users/%d.json" % 1001)
    yield load.Row("25 organizations", API + "/organizations.json?limit=25")


def reads(desk):
    return [*of_a_ticket(desk), *of_a_list(desk), *of_the_rest(desk)]


def measure(desk, row, seconds, turn):
    result = load.measure(desk, row, desk.base.split("/api/")[0], seconds, turn)
    if result.refused or result.broken:
        raise Failure("%s at %d tickets: %d refused, %d broken off" % (row.name, desk.tickets, result.refused, result.broken))
    return result


def grown(small, large):
    """(time, processor time) of a request, of those in the small help desk: medians of the rounds."""
    return (median(s.rate / l.rate for s, l in zip(small, large)),
            median((l.worker_us + l.database_us) / (s.worker_us + s.database_us) for s, l in zip(small, large)))


class Growth:
    def __init__(self, arguments, folder, say, of=reads):
        self.arguments, self.folder, self.say, self.of = arguments, folder, say, of
        self.desks, self.results, self.whole = [], {}, {}

    def start(self, n):
        desk = Desk(os.path.join(self.folder, "growth.%d" % n), self.arguments.build, n, self.arguments.port, self.arguments.durable,
                    self.say)
        self.desks.append(desk)
        return desk

    def stop(self):
        for desk in self.desks:
            desk.stop()

    def run(self):
        """A round has each read once on all help desks, every other one from the largest to the smallest."""
        todo = [found for found in zip(*(self.of(desk) for desk in self.desks), strict=True)
                if not self.arguments.only or found[0].name.startswith(self.arguments.only)]
        for turn in range(self.arguments.rounds):
            self.say("growth: round %d of %d" % (turn + 1, self.arguments.rounds))
            for found in todo:
                for desk, row in list(zip(self.desks, found))[::-1 if turn % 2 else 1]:
                    self.results.setdefault(row.name, {}).setdefault(desk.tickets, []).append(
                        measure(desk, row, self.arguments.seconds, turn))

    def ask_whole(self):
        for name, path in WHOLE:
            for desk in self.desks:
                try:
                    seconds = single.stream(desk.base + path)[1]
                except urllib.error.HTTPError as error:
                    self.say("%s at %d tickets: %d" % (name, desk.tickets, error.code))
                    seconds = None
                self.whole.setdefault(name, {})[desk.tickets] = seconds

    def ticket_info(self):
        """For the plot and the page: what report.summary() says, by size."""
        found = self.results.get(rows.ticket_rows()[0].name, {})
        if not found:
            return {}
        smallest = found[self.desks[0].tickets]
        return {str(n): dict(report.summary(results), ratio=grown(smallest, results)[0]) for n, results in found.items()}

    def table(self):
        found = []
        for name, by_size in self.results.items():
            smallest, *larger = (by_size[desk.tickets] for desk in self.desks)
            ratios = [grown(smallest, results) for results in larger]
            found.append((name, report.number(median(r.p50_us for r in smallest) / 1000, 2),
                          *("%.2f (%.2f)" % ratio for ratio in ratios), "yes" if ratios[-1][0] <= LIMIT else "no"))
        head = ["time, of that at %s tickets (processor time)" % format(self.desks[0].tickets, ","), "p50 ms there"]
        return report.markdown((*head, *(format(desk.tickets, ",") for desk in self.desks[1:]), "≤ %.1f" % LIMIT), found)

    def whole_table(self):
        found = [(name, *("refused" if seconds is None else "%.2f" % (seconds * 1e6 / n) for n, seconds in by_size.items()))
                 for name, by_size in self.whole.items()]
        return report.markdown(("µs a ticket, of answers about all", *(format(desk.tickets, ",") for desk in self.desks)), found)


def run(arguments, folder, say):
    """Prints the tables; what was measured of ticketInfo, for the plot."""
    found = Growth(arguments, folder, say)
    try:
        for n in sizes(arguments):
            free_key(found.start(n))
        found.run()
        print("%d rounds of %d s, medians\n\n%s" % (arguments.rounds, arguments.seconds, found.table()), flush=True)
        if not arguments.only:
            found.ask_whole()
            print("\n" + found.whole_table(), flush=True)
    finally:
        found.stop()
    return {"growth": found.ticket_info()}


def of_pages(desk, arguments, folder, say):
    """First pages at a thousand tickets, and in the help desk that is up already."""
    found = Growth(arguments, folder, say, pages)
    small = found.start(SIZES[0])
    try:
        reading.add_key(small)
        found.desks.append(desk)
        found.run()
        return found.table()
    finally:
        small.stop()
