# SPDX-License-Identifier: GPL-2.0-or-later
"""What happens, told (bench --feed): how fast changes come to a receiver of webhooks and to who waits for them, what a poll costs
that finds nothing, and what five hundred requests take that wait."""
import json
import os
import re
import socket
import sys
import time
import urllib.request
from statistics import median

import help_desk
import load
import processes
import reading
import replicas
import report

sys.path.append(os.path.join(load.HERE, "..", "e2e"))
import webhook_receiver  # noqa: E402

WAITING, CHANGES, AT_ONCE, A_MINUTE = 500, 10000, 100, 60
AT_REST = 20  # changes, one after the other
REST = 0.7  # seconds between two of them
FOUND_WITHIN = 12 # seconds in which the first webhook after a while is found
LONGEST = 300
# INSERT … SELECT would leave ids out, which readers wait for.
EVENT = "INSERT INTO ost_thread_event (thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,username,uid,uid_type,annulled,timestamp) VALUES"
EVENT_ROW = "(%s,'T',%s,0,0,1,0,'SYSTEM',NULL,'S',0,NOW())"


def settings():
    """What the help desk has to be started with."""
    return "\nwebhooks.http=yes\nwebhooks.allow=127.0.0.1\nchanges.waiters=600\nmetrics.listen=127.0.0.1:%d" % replicas.free_port()


def until(holds, seconds):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError("it does not come to an end in %d s" % seconds)
        time.sleep(0.005)


class Feed:
    def __init__(self, desk, arguments, say):
        self.desk, self.arguments, self.say = desk, arguments, say
        self.read = reading.Reading(desk, arguments, say)
        self.receiver = webhook_receiver.Receiver()
        self.found = []
        self.event = EVENT_ROW % tuple(desk.sql("SELECT (SELECT MIN(id) FROM ost_thread WHERE object_type='T'),id FROM ost_event WHERE name='edited'").split())

    def aim(self, what, target, value, reached, unit="", digits=2):
        self.found.append((what, target, report.number(value, digits) + unit, "yes" if reached else "no"))

    def tell(self, what, value, unit, digits=2):
        """What nothing was aimed at."""
        self.found.append((what, "–", report.number(value, digits) + unit, "–"))

    def write(self, count=1, times=1):
        """So many changes in one transaction, so many times; when the last was committed."""
        self.desk.sql((EVENT + ",".join([self.event] * count) + ";") * times)
        return time.time()

    def register(self):
        body = json.dumps({"url": self.receiver.url(), "types": ["ticket.edited"]}).encode()
        request = urllib.request.Request(self.desk.base + "/webhooks.json", body, {"X-API-Key": reading.RULED_KEY, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["webhook"]["id"]

    def told(self):
        """At rest, and many at once."""
        self.register()
        time.sleep(FOUND_WITHIN)
        self.at_rest()
        self.many()
        ids = [call.id for call in self.receiver.calls]
        if len(ids) != len(set(ids)):
            raise RuntimeError("a change was told twice")

    def at_rest(self):
        times = []
        for _ in range(AT_REST):
            before = len(self.receiver.calls)
            written = self.write()
            until(lambda before=before: len(self.receiver.calls) > before, LONGEST)
            times.append(self.receiver.calls[-1].at - written)
            time.sleep(REST)
        self.aim("a change is at the receiver after its commit, at rest: median", "≤ 1 s", median(times), median(times) <= 1, " s")
        self.aim("the slowest of %d" % AT_REST, "≤ 1 s", max(times), max(times) <= 1, " s")

    def many(self):
        """Also what it costs, which another's load changes less than how long it takes."""
        hooks = [pid for pid in processes.children(self.desk.pid) if processes.program(pid).endswith("osticket-fcgi-hooks")]
        sent, used, began = len(self.receiver.calls), [processes.cpu_us(pids) for pids in (hooks, [self.desk.database_pid])], time.monotonic()
        self.write(AT_ONCE, CHANGES // AT_ONCE)
        until(lambda: len(self.receiver.calls) >= sent + CHANGES, LONGEST)
        took = time.monotonic() - began
        self.aim("%s changes to one receiver, from before the first is written to the last call" % format(CHANGES, ","), "≤ 60 s", took, took <= A_MINUTE, " s", 1)
        for whose, pids, before in (("process that calls", hooks, used[0]), ("database, which writes and reads it", [self.desk.database_pid], used[1])):
            self.tell("a change: processor time of the " + whose, (processes.cpu_us(pids) - before) / CHANGES, " µs", 0)

    def nothing_new(self):
        recipes = []
        row, size = self.read.nothing_new(recipes)
        self.desk.start_null(recipes)
        for turn in range(self.arguments.rounds):
            self.read.beside_null([(row, size)], turn)
        rate = median(self.read.ratios[row.name])
        trips = median(result.round_trips for result in self.read.rates[row.name])
        self.aim("a poll that finds nothing: its round trips", "1", trips, trips <= 1)
        self.aim("its time, of a null answer's with its statement", "≤ 1.2", 1 / rate, 1 / rate <= 1.2)
        return row

    @staticmethod
    def private_kib(pids):
        return sum(int(line.split()[1]) for pid in pids for line in processes.read(pid, "smaps_rollup").splitlines() if line.startswith("Private_"))

    def waits(self, row):
        """Connections that ask and listen, and what all processes of the server have more by them."""
        host = self.read.host.split("//")[1].split(":")
        request = ("GET %s&wait=60 HTTP/1.1\r\nHost: x\r\nX-API-Key: %s\r\nConnection: close\r\n\r\n" % (self.after(row), reading.RULED_KEY)).encode()
        pids = processes.children(self.desk.pid)
        before = self.private_kib(pids)
        sockets = []
        for _ in range(WAITING):
            sockets.append(socket.create_connection((host[0], int(host[1])), timeout=60))
            sockets[-1].sendall(request)
        until(lambda: self.waiting() == WAITING, LONGEST)
        grown = self.private_kib(pids) - before
        written = self.write()
        for one in sockets:
            data = b""
            while part := one.recv(65536):
                data += part
            one.close()
            if b'"ticket.edited"' not in data:
                raise RuntimeError("one that waited was told nothing: %s" % data[:300])
        last = time.time() - written
        self.aim("%d requests that wait: memory of all processes" % WAITING, "+ ≤ 4 MiB", grown / 1024, grown <= 4096, " MiB")
        self.tell("the last of them has a change after its commit", last, " s")

    def waiting(self):
        with urllib.request.urlopen("http://%s/metrics" % self.desk.setting("metrics", "listen"), timeout=60) as answer:
            return int(re.search(r"^osticket_fcgi_changes_waiting (\d+)$", answer.read().decode(), re.M).group(1))

    def after(self, row):
        """The path of a poll from now on."""
        answer = json.loads(reading.open_url(row.path.split("?")[0], self.desk, key=reading.RULED_KEY).read())
        return row.path.split("?")[0] + "?after=" + answer["next"]

    def run(self):
        reading.add_key(self.desk)
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='*' WHERE key_id=(SELECT id FROM ost_api_key WHERE apikey='%s')" % reading.RULED_KEY)
        self.say("a poll that finds nothing")
        row = self.nothing_new()
        self.say("requests that wait")
        self.waits(row)
        self.say("a receiver of webhooks")
        self.told()

    def text(self):
        return "%s tickets, %d processor cores; %d rounds of %d s\n\n%s" % (
            format(self.desk.tickets, ","), os.cpu_count(), self.arguments.rounds, self.arguments.seconds,
            report.markdown(("what", "target", "measured", "reached"), self.found))
