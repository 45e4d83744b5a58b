# SPDX-License-Identifier: GPL-2.0-or-later
"""One measurement: wrk for some seconds, and what the processes used meanwhile."""
import collections
import os
import re
import statistics
import subprocess
import time

import help_desk
import processes

HERE = os.path.dirname(os.path.abspath(__file__))
Result = collections.namedtuple(
    "Result", "rate p50_us p99_us refused broken worker_us database_us nginx_us load_us round_trips bytes "
    "peak_kib")
Asked = collections.namedtuple("Asked", "requests rate p50_us p99_us refused broken size")
CONNECTIONS = 8


class Row:
    """Something to ask, again and again. `places`: (first, modulus, rests) of the tickets it draws. `alone`: a second
    ceiling, that of its own statements. `etag`: what the client has already."""

    def __init__(self, name, path, method="GET", body=None, places=(0, 1, (0,)), status=200, key=help_desk.KEY,
                 ceiling="queries=1", alone=None, entries=0, etag=None):
        self.name, self.path, self.method, self.body, self.places = name, path, method, body, places
        self.status, self.key, self.entries, self.etag = status, key, entries, etag
        self.ceiling, self.alone = ceiling, alone  # what the null program does beside it


def wrk(desk, row, url, seconds, seed, connections):
    first, modulus, rests = row.places
    places = "%d %d %d %d %s" % (desk.tickets, help_desk.id_factor(desk.tickets), first, modulus,
                                 " ".join(map(str, rests)))
    arguments = ["wrk", "-t1", "-c%d" % connections, "-d%ds" % seconds, "--timeout", "30s", "-s",
                 os.path.join(HERE, "requests.lua"), url, "--", row.method, row.path, places, str(seed)]
    return arguments + ([row.body] if row.body else [])


def round_trips(desk, before):
    """What the log says about most requests since `before` (its size then): those that were cut off when the time was
    over cost the next one a new connection."""
    with open(desk.log, encoding="utf-8", errors="replace") as file:
        file.seek(before)
        found = [int(count) for count in re.findall(r" round_trips=(\d+)", file.read())]
    return statistics.median(found) if found else None


def filled(desk, row):
    """(path, body) of one of the row's requests."""
    first, modulus, rests = row.places
    number = help_desk.number_of((first // modulus + 1) * modulus + rests[0])
    body = row.body and row.body.replace("$(number)", number).replace("$(serial)", "%020d" % (time.time() * 1e6))
    return row.path.replace("$(number)", number), body


def asked(desk, row, url, seconds, seed, connections=CONNECTIONS):
    """wrk's own numbers alone: of any server."""
    environment = dict(os.environ, BENCH_KEY=row.key, **({"BENCH_ETAG": row.etag} if row.etag else {}))
    done = subprocess.run(wrk(desk, row, url, seconds, seed, connections), env=environment, capture_output=True,
                          encoding="utf-8")
    match = re.search(r"^RESULT (.*)$", done.stdout, re.M)
    if not match:
        raise RuntimeError("wrk: " + (done.stderr or done.stdout).strip())
    requests, duration, refused, broken, p50, p99, size = map(int, match.group(1).split())
    if not requests:
        raise RuntimeError("%s: no request was answered in %g s" % (row.name, seconds))
    return Asked(requests, requests * 1e6 / duration, p50, p99, refused, broken, size)


def measure(desk, row, url, seconds, seed, connections=CONNECTIONS, null=False):
    groups = {"worker": processes.children(desk.null.pid) if null else desk.workers(),
              "database": [desk.database_pid], "nginx": processes.children(desk.nginx)}
    for pid in groups["worker"]:
        processes.forget_peak(pid)
    before = {name: processes.cpu_us(pids) for name, pids in groups.items()}
    log_size = os.path.getsize(desk.log)
    own = os.times()
    found = asked(desk, row, url, seconds, seed, connections)
    load_us = (sum(os.times()[2:4]) - sum(own[2:4])) * 1e6
    time.sleep(0.05)
    used = {name: (processes.cpu_us(pids) - before[name]) / found.requests for name, pids in groups.items()}
    peak = max((processes.memory(pid).get("VmHWM", 0) for pid in groups["worker"]), default=0)
    return Result(found.rate, found.p50_us, found.p99_us, found.refused, found.broken, used["worker"], used["database"],
                  used["nginx"], load_us / found.requests, None if null else round_trips(desk, log_size),
                  found.size / found.requests, peak)
