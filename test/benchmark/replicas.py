# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads with none, one and two replicas: how many a second, and whose processor time they take."""
import os
import socket
import subprocess
import sys
import threading
import time
from statistics import median

import load
import processes
import report
import rows
from desk import Desk

sys.path.append(os.path.join(load.HERE, "..", "e2e"))
import replica  # noqa: E402

WRITES = 20  # a second, in the second half


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server(folder, number):
    one = replica.Server(os.path.join(folder, "replica%d" % number), number, free_port())
    one.start("--innodb-buffer-pool-size=256M")
    return one


class Replicas:
    def __init__(self, desk, port):
        self.desk, self.servers = desk, []
        replica.let_follow(desk)
        for number in (2, 3):
            one = server(desk.folder, number)
            self.servers.append(one)
            one.follow(port)
            if not one.has(desk.sql("SELECT @@global.gtid_binlog_pos").strip(), 600):
                raise RuntimeError("a replica does not catch up")

    def use(self, count):
        """So many are read from now on."""
        with open(self.desk.config, encoding="utf-8") as file:
            lines = [line for line in file.read().split("\n") if not line.startswith("read_hosts")]
        at = lines.index("[database]") + 1
        if count:
            lines.insert(at, 'read_hosts = "%s"' % ",".join(one.socket for one in self.servers[:count]))
        with open(self.desk.config, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        self.desk.reload()

    def measure(self, row, seconds, seed):
        pids = [one.process.pid for one in self.servers]
        before = processes.cpu_us(pids)
        result = load.measure(self.desk, row, self.desk.base.split("/api/")[0], seconds, seed)
        return result, (processes.cpu_us(pids) - before) / (result.rate * seconds)

    def stop(self):
        for one in self.servers:
            one.stop()


def write(desk, ends):
    """Changes that somebody else makes."""
    with subprocess.Popen(["mariadb", "--no-defaults", "-S", desk.socket, "-u", "root", "-n", desk.database], stdin=subprocess.PIPE,
                          stdout=subprocess.DEVNULL) as client:
        count = 0
        while not ends.is_set():
            count += 1
            client.stdin.write(b"UPDATE ost_ticket SET lastupdate=NOW() + INTERVAL %d SECOND WHERE ticket_id=7;\n" % (count % 60))
            client.stdin.flush()
            time.sleep(1 / WRITES)
        client.stdin.close()


def run(folder, arguments, say):
    """Prints a table."""
    port = free_port()
    desk = Desk(os.path.join(folder, "desk"), arguments.build, arguments.tickets, arguments.port, arguments.durable, say,
                replica.PRIMARY % port)
    try:
        print(table(desk, port, arguments, say), flush=True)
    finally:
        desk.stop()


def table(desk, port, arguments, say):
    replicas = Replicas(desk, port)
    todo = [rows.ticket_rows()[0],
            load.Row("list of 25", "/api/http.php/tickets.json?limit=25")]
    found = {}
    try:
        for turn in range(arguments.rounds):
            say("round %d of %d" % (turn + 1, arguments.rounds))
            for count in (0, 1, 2):
                replicas.use(count)
                for busy in (False, True):
                    ends = threading.Event()
                    writer = threading.Thread(target=write, args=(desk, ends))
                    if busy:
                        writer.start()
                    for row in todo:
                        replicas.measure(row, 1, turn)  # statements are prepared
                        found.setdefault((row.name, busy, count), []).append(replicas.measure(row, arguments.seconds, turn))
                    ends.set()
                    if busy:
                        writer.join()
    finally:
        replicas.stop()
    return text_of(found, "%d processor cores for all; medians of %d rounds of %d s, %s tickets\n" % (
        os.cpu_count(), arguments.rounds, arguments.seconds, format(desk.tickets, ",")))


HEAD = ("read", "writes a second", "replicas", "a second", "round trips", "primary's database, µs", "replicas', µs", "worker, µs",
        "reads a core of the primary allows")


def text_of(found, text):
    table = []
    for (name, busy, count), results in found.items():
        primary = median(r.database_us for r, _ in results)
        table.append((name, WRITES if busy else 0, count, *(report.number(value) for value in (
            median(r.rate for r, _ in results), median(r.round_trips for r, _ in results), primary, median(used for _, used in results),
            median(r.worker_us for r, _ in results), 1e6 / primary))))
    return text + "\n" + report.markdown(HEAD, table)
