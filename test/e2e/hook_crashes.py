# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests share that kill the process that calls webhooks, and the database: many changes at once, and whether each was told."""
import collections
import os
import re
import signal
import subprocess

import demo
from desk import until
from hook_desk import HookDesk, event


class CrashDesk(HookDesk):
    """`first` is the last event before the test's own; `kills` counts."""

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk(cls.NAME, cls.SETTINGS, DURABLE="1")
        cls.databases = []  # that were started here

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        for database in cls.databases:
            database.wait(60)

    def setUp(self):
        super().setUp()
        self.kills = collections.Counter()

    # ---- killing
    def kill_hooks(self):
        pid = self.desk.hooks()
        if pid:
            os.kill(pid, signal.SIGKILL)
            self.kills["hooks"] += 1

    def kill_database(self):
        path = os.path.join(self.desk.folder, "database.pid")
        with open(path, encoding="ascii") as file:
            pid = int(file.read())
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            command = file.read().rstrip(b"\0").split(b"\0")
        os.kill(pid, signal.SIGKILL)
        self.kills["database"] += 1
        until(lambda: not self.desk.is_alive(pid), 10)
        with open(os.path.join(self.desk.folder, "database.out"), "ab") as out:
            self.databases.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True))
        with open(path, "w", encoding="ascii") as file:
            file.write("%d\n" % self.databases[-1].pid)
        self.assertTrue(until(self.answers, 60), "the database does not come back")

    def answers(self):
        try:
            return self.desk.value("SELECT 1") == "1"
        except RuntimeError:
            return False

    # ---- the changes
    def insert(self, count):
        """Once more where the database went away before it said that it had."""
        one = event("edited").rstrip(";")
        row = re.search(r"VALUES(\(.*\))$", one, re.S).group(1)
        sql = one[:one.index("VALUES(")] + "VALUES" + ",".join([row] * count) + ";"
        while True:
            try:
                self.desk.sql(sql)
                return
            except RuntimeError:
                until(self.answers, 30)

    def written(self):
        return {"e%s" % row[0] for row in self.desk.sql("SELECT id FROM ost_thread_event WHERE id>%d" % self.first)}

    def left(self):
        try:
            self.hurry()
            return int(self.desk.value("SELECT COUNT(*) FROM fcgi_ost_delivery WHERE state='sent'"))
        except (RuntimeError, TypeError):
            return -1

    def check(self, calls, webhook, written):
        bodies, order, repeats = {}, [], 0
        for call in calls:
            told = call.json
            self.assertTrue(call.signed_by(webhook["secret"]))
            self.assertEqual("%d-%s" % (webhook["id"], told["change"]["id"]), call.id)
            if told["change"]["id"] in bodies:
                repeats += 1
                self.assertEqual(bodies[told["change"]["id"]], call.body)
                continue
            bodies[told["change"]["id"]] = call.body
            order.append(told["seq"])
        self.assertEqual(set(), written - set(bodies), "lost")
        self.assertEqual(set(), set(bodies) - written, "invented")
        self.assertEqual(sorted(order), order)
        self.assertEqual(len(order), len(set(order)))
        return repeats
