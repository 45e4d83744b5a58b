# SPDX-License-Identifier: GPL-2.0-or-later
"""What a web frontend reads (bench --reading): pages of tickets beside the null program with the same statements, a poll
that finds nothing new, a large file and a table of everything beside the mariadb client, and what a key's rules cost."""
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from statistics import median

import help_desk
import load
import processes
import recipe
import report
import single
from desk import Desk

API = "/api/http.php"
RULED_KEY = "B7C6B0A3F6D44E7C9A5B1D0E2F3A4C5D"
FILE_MB = 40
CHUNK = 500 * 1024  # as osTicket cuts files
PAGE = 25
DEEP_PAGE = 4000
NOTHING_NEW = "changes, nothing new"
# By how many of the tickets have it, the rare one ten. One that most have is refused where it is too many.
WORDS = {"rare": "zinnia", "a hundredth": "gasket", "a tenth": "capstan", "nine tenths": "printer"}
QUADRUPLES = 6  # of a ratio that is near its target
LONG = 10  # seconds for a search, once
TABLE_FIELDS = "number,subject,status,department,created"
TABLE_SQL = ("SELECT t.number,c.subject,s.id,s.name,s.state,d.id,d.name,t.created FROM ost_ticket t "
             "LEFT JOIN ost_ticket__cdata c ON c.ticket_id=t.ticket_id LEFT JOIN ost_ticket_status s ON s.id=t.status_id "
             "LEFT JOIN ost_department d ON d.id=t.dept_id ORDER BY t.created DESC,t.ticket_id DESC")


def open_url(path, desk, etag=None, key=help_desk.KEY):
    headers = {"X-API-Key": key}
    if etag:
        headers["If-None-Match"] = etag
    return urllib.request.urlopen(urllib.request.Request(desk.base.split("/api/")[0] + path, headers=headers), timeout=600)


def filters(desk):
    """(name, query) of single filters, each with an index."""
    ticket = help_desk.id_of(4, desk.tickets)
    number = help_desk.number_of(4)
    user = desk.sql("SELECT user_id FROM ost_ticket WHERE ticket_id=%d" % ticket).strip()
    middle = desk.sql("SELECT DATE_FORMAT(created,'%%Y-%%m-%%d') FROM ost_ticket WHERE ticket_id=%d"
                      % (help_desk.FIRST_TICKET + desk.tickets // 2)).strip()
    return [("newest", ""), ("state", "state=open"), ("status", "status=3"), ("department", "department=2"), ("topic", "topic=2"),
            ("staff", "staff=agent4"), ("user", "user=" + user), ("number", "number=" + number),
            ("created_since", "created_since=" + middle), ("updated_before", "updated_before=%s&sort=-updated" % middle)]


def fill_search(desk):
    """A row of osTicket's index for each ticket. Rows are its primary key, texts are indexed as they come."""
    desk.sql("DELETE FROM ost__search; INSERT INTO ost__search (object_type,object_id,title,content) SELECT 'T',t.ticket_id,CONCAT(t.number,' ',c.subject),"
             "CONCAT_WS('\n',c.subject,IF(t.ticket_id%%%d=7,'zinnia',NULL),IF(t.ticket_id%%100=9,'gasket',NULL),"
             "IF(t.ticket_id%%10=3,'capstan',NULL),IF(t.ticket_id%%10=4,NULL,'printer')) FROM ost_ticket t JOIN ost_ticket__cdata c ON c.ticket_id=t.ticket_id "
             "ORDER BY t.ticket_id" % max(1, desk.tickets // 10))


def add_key(desk):
    desk.sql("INSERT INTO ost_api_key (isactive,ipaddr,apikey,can_create_tickets,notes,updated,created) VALUES "
             "(1,'127.0.0.1','%s',1,'',NOW(),NOW());"
             "INSERT INTO fcgi_ost_key (key_id,networks,scopes,rate,burst) SELECT id,'10.0.0.0/8 192.0.2.0/24 127.0.0.0/8',"
             "'read notes files search changes',60000000,1000000 FROM ost_api_key WHERE apikey='%s'" % (RULED_KEY, RULED_KEY))


def add_file(desk):
    """A file of FILE_MB on the first ticket's first entry; its path."""
    entry = 1000000 + help_desk.id_of(0, desk.tickets) * 10
    size = FILE_MB * 1000 * 1000
    desk.sql("INSERT INTO ost_file (id,ft,bk,type,size,`key`,signature,name,created) VALUES "
             "(9000001,'T','D','application/pdf',%d,'benchlarge','benchlarge','large.pdf',NOW());" % size)
    for i, at in enumerate(range(0, size, CHUNK)):
        desk.sql("INSERT INTO ost_file_chunk VALUES (9000001,%d,RIGHT(REPEAT(CONCAT(MD5(%d),RANDOM_BYTES(16)),11000),%d))"
                 % (i, i, min(CHUNK, size - at)))
    desk.sql("INSERT INTO ost_attachment (id,object_id,type,file_id,name,inline) VALUES (9000001,%d,'H',9000001,NULL,0)" % entry)
    return API + "/tickets/%s/attachments/9000001" % help_desk.number_of(0)


class Reading:
    def __init__(self, desk, arguments, say):
        self.desk, self.arguments, self.say = desk, arguments, say
        self.host = desk.base.split("/api/")[0]
        self.rates, self.ratios, self.found, self.plans = {}, {}, [], []

    def measure(self, row, seed, seconds=None, **options):
        result = load.measure(self.desk, row, self.host, seconds or self.arguments.seconds, seed, **options)
        if result.broken or (row.status < 400 and result.refused):
            raise RuntimeError("%s: %d refused, %d broken off" % (row.name, result.refused, result.broken))
        return result

    def rows(self):
        """Rows of pages, and the null program with their statements."""
        found, recipes = [], []
        for name, query in filters(self.desk):
            path = "%s/tickets.json?limit=%d%s" % (API, PAGE, query and "&" + query)
            answer = open_url(path, self.desk).read()
            number = help_desk.number_of(0)
            recipes.append(recipe.capture(self.desk, name, lambda: open_url(path, self.desk).read(), 1, number))
            found.append((load.Row("25 tickets, " + name, path, ceiling="replay=%d" % (len(recipes) - 1)), len(answer)))
        found.append(self.nothing_new(recipes))
        self.desk.start_null(recipes)
        return found

    def nothing_new(self, recipes):
        """A poll of changes when there are none, which is what most polls are."""
        def ask(query=""):
            return open_url(API + "/changes.json" + query, self.desk, key=RULED_KEY).read()
        query = "?after=" + json.loads(ask())["next"]
        recipes.append(recipe.capture(self.desk, NOTHING_NEW, lambda: ask(query), 1, help_desk.number_of(0)))
        return load.Row(NOTHING_NEW, API + "/changes.json" + query, key=RULED_KEY, ceiling="replay=%d" % (len(recipes) - 1)), len(ask(query))

    def beside_null(self, rows, turn):
        for row, size in rows:
            result = self.measure(row, turn)
            null = load.Row(row.ceiling, "/null/?%s&bytes=%d&id=1&number=1" % (row.ceiling, size))
            ceiling = self.measure(null, turn, null=True)
            self.rates.setdefault(row.name, []).append(result)
            self.ratios.setdefault(row.name, []).append(result.rate / ceiling.rate)

    def unchanged(self):
        path = API + "/tickets/%s.json?include=all" % help_desk.number_of(4)
        with open_url(path, self.desk) as answer:
            etag = answer.headers["ETag"]
        try:
            open_url(path, self.desk, etag)
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return load.Row("304 of a ticket", path, status=304, etag=etag), 0
        raise RuntimeError("an unchanged ticket is not 304")

    def deep_row(self):
        """The page after DEEP_PAGE-1 others, by cursor; None where there are not so many."""
        if self.desk.tickets < DEEP_PAGE * PAGE:
            return None
        cursor, left = "", (DEEP_PAGE - 1) * PAGE
        while left:
            step = min(200, left)
            query = "?fields=id&limit=%d%s" % (step, cursor and "&cursor=" + urllib.parse.quote(cursor))
            cursor = json.loads(open_url(API + "/tickets.json" + query, self.desk).read())["next"]
            left -= step
        return load.Row("25 tickets, page %s" % format(DEEP_PAGE, ","),
                        "%s/tickets.json?limit=%d&cursor=%s" % (API, PAGE, urllib.parse.quote(cursor)))

    def aim(self, what, target, value, reached, unit=""):
        self.found.append((what, target, report.number(value, 2) + unit, "yes" if reached else "no"))

    def pair(self, what, target, first, second, limit):
        """The time of a request of `second`, of one of `first`: each between two of the other, so that neither has the better
        half of what else happens on the machine."""
        ratios = []
        for turn in range(max(self.arguments.rounds, QUADRUPLES)):
            rates = [self.measure(row, turn).rate for row in (first, second, second, first)]
            ratios.append((1 / rates[1] + 1 / rates[2]) / (1 / rates[0] + 1 / rates[3]))
        self.aim(what, target, median(ratios), median(ratios) <= limit)

    def searches(self):
        """Each word alone, since one that many tickets have takes seconds: what the database does for it, and how long."""
        plans = []
        for name, word in WORDS.items():
            path = "%s/tickets.json?limit=%d&q=%s" % (API, PAGE, word)
            row = load.Row("25 tickets, q: in %s" % (name if name == "rare" else name + " of them"), path, key=RULED_KEY,
                           status=single.ask(self.host + path, None, RULED_KEY)[0])
            if row.status == 422:
                row.name += ": refused"
            self.rates[row.name] = [self.measure(row, 0, connections=1, seconds=LONG)]
            plan = self.desk.sql("EXPLAIN SELECT object_id FROM ost__search s WHERE MATCH(s.title,s.content) AGAINST('%s') "
                                 "AND s.object_type IN ('T','H','U') LIMIT 10001" % word).split("\t")
            plans.append((row.name, plan[3], plan[5]))
        return plans

    def growth_of_workers(self, ask):
        """KiB that the worker which answered took beyond what it had."""
        before = {pid: processes.memory(pid)["VmRSS"] for pid in self.desk.workers()}
        for pid in before:
            processes.forget_peak(pid)
        ask()
        return max(processes.memory(pid).get("VmHWM", 0) - rss for pid, rss in before.items())

    def beside_client(self, what, path, sql, most_kib, raw):
        """How fast a long answer is, beside the mariadb client that reads its rows; and what it costs a worker."""
        self.say(what)
        grown = self.growth_of_workers(lambda: single.stream(self.host + path, RULED_KEY))
        ours = median(single.stream(self.host + path, RULED_KEY)[1] for _ in range(3))
        client = median(single.client_seconds(self.desk, sql, 1, raw) for _ in range(3))
        self.aim(what, "≥ 0.5 of the mariadb client", client / ours, client / ours >= 0.5)
        self.aim(what + ": worker's memory", "+ ≤ %d MiB" % (most_kib // 1024), grown / 1024, grown <= most_kib, " MiB")

    def run(self):
        add_key(self.desk)
        rows = self.rows()
        rows.append(self.unchanged())
        for turn in range(self.arguments.rounds):
            self.say("round %d of %d" % (turn + 1, self.arguments.rounds))
            self.beside_null(rows, turn)
        for name, ratios in self.ratios.items():
            least = 0.7 if name.startswith("304") else 0.83 if name == NOTHING_NEW else 0.5
            self.aim(name, "≥ %.2g of the null program" % least, median(ratios), median(ratios) >= least)
        deep = self.deep_row()
        if deep:
            self.pair("page %s by cursor, time of page 1" % format(DEEP_PAGE, ","), "≤ 1.2", rows[0][0], deep, 1.2)
        bare, ruled = (load.Row("key", API + "/tickets/%s.json" % help_desk.number_of(4), key=key)
                       for key in (help_desk.KEY, RULED_KEY))
        self.pair("a key with networks, scopes, a rate: time of a bare one", "≤ 1.05", bare, ruled, 1.05)
        begun = time.monotonic()
        fill_search(self.desk)
        self.say("an index of texts: made in %.0f s" % (time.monotonic() - begun))
        self.plans = self.searches()
        file = add_file(self.desk)
        self.beside_client("a file of %d MB" % FILE_MB, file,
                           "SELECT filedata FROM ost_file_chunk WHERE file_id=9000001 ORDER BY chunk_id", 4096, True)
        self.beside_client("csv of %s tickets" % format(self.desk.tickets, ","), API + "/tickets.csv?fields=" + TABLE_FIELDS,
                           TABLE_SQL, 4096, False)

    def text(self):
        table = {name: dict(report.summary(results), ratio=median(self.ratios[name]) if name in self.ratios else None)
                 for name, results in self.rates.items()}
        return "\n\n".join(["%s tickets; %d rounds of %d s, medians; the ceiling: the null program with the same statements" % (
            format(self.desk.tickets, ","), self.arguments.rounds, self.arguments.seconds), report.measured(table),
            "Searches: one client, the others eight. How the database finds the places of a text (EXPLAIN):",
            report.markdown(("what", "type", "index"), self.plans),
            report.markdown(("what", "target", "measured", "reached"), self.found)])
