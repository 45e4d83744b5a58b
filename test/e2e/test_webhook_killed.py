# SPDX-License-Identifier: GPL-2.0-or-later
"""Two thousand changes while the process that calls webhooks, the receiver and the database are killed under them; then ten
thousand that wait for a receiver that is down, and how fast they are told."""
import os
import random
import threading
import time
import unittest

from desk import until
from hook_crashes import CrashDesk
from hook_desk import HOOK_KEY
from webhook_receiver import Receiver

CHANGES, AT_ONCE = int(os.environ.get("CHANGES", "2000")), 10
WAITING, A_MINUTE = 10000, 60
KINDS = ("hooks", "receiver", "database")


class Killed(CrashDesk):
    NAME = "hooks_killed"

    def setUp(self):
        super().setUp()
        self.stop = threading.Event()

    # ---- killing and mending
    def kill_receiver(self):
        self.now.close()
        self.kills["receiver"] += 1
        time.sleep(random.uniform(0.05, 0.5))
        self.now = Receiver(port=self.now.port)
        self.all.append(self.now)

    def keep_killing(self):
        turn = 0
        while not self.stop.is_set() or min(self.kills[kind] for kind in KINDS) < 3:
            time.sleep(random.uniform(0.1, 0.7))
            kind = KINDS[turn % 3]
            turn += 1
            try:
                getattr(self, "kill_" + kind)()
            except (OSError, ValueError):
                pass  # it has just gone

    def test_each_change_is_told_at_least_once_whatever_is_killed(self):
        self.now = Receiver()
        self.all = [self.now]
        webhook = self.register(self.now.url(), types=["ticket.edited"])
        self.first = int(self.desk.value("SELECT MAX(id) FROM ost_thread_event"))
        killer = threading.Thread(target=self.keep_killing)
        killer.start()
        for _ in range(CHANGES // AT_ONCE):
            self.insert(AT_ONCE)
        self.stop.set()
        killer.join()
        until(self.answers, 30)
        written = self.written()
        until(lambda: self.left() >= len(written), 240)
        self.now.close()
        calls = [call for receiver in self.all for call in receiver.calls]
        repeats = self.check(calls, webhook, written)
        print("\n%d changes, %d calls, %d of them repeats; kills: %s" % (
            len(written), len(calls), repeats, ", ".join("%d of the %s" % (self.kills[kind], kind) for kind in KINDS)), flush=True)
        self.assertGreaterEqual(len(written), CHANGES)
        self.assertGreaterEqual(min(self.kills[kind] for kind in KINDS), 3)

    def test_ten_thousand_that_waited_are_told_within_a_minute(self):
        receiver = self.receiver()
        port = receiver.port
        webhook = self.register(receiver.url(), types=["ticket.edited"])
        receiver.close()
        self.receivers.clear()
        self.first = int(self.desk.value("SELECT MAX(id) FROM ost_thread_event"))
        for _ in range(WAITING // 500):
            self.insert(500)
        count = "SELECT COUNT(*) FROM fcgi_ost_delivery WHERE state='%s'"
        self.assertTrue(until(lambda: int(self.desk.value(count % "waiting")) == WAITING, 60))
        receiver = self.receiver(port=port)
        began = time.monotonic()
        self.hurry()
        until(lambda: len(receiver.calls) >= WAITING, 120)
        took = time.monotonic() - began
        self.assertTrue(until(lambda: int(self.desk.value(count % "sent")) == WAITING, 10))
        repeats = self.check(list(receiver.calls), webhook, self.written())
        print("\n%d changes that waited were told in %.1f s, %d repeats, %d connections" % (
            WAITING, took, repeats, receiver.connections), flush=True)
        self.assertLess(took, A_MINUTE)
        self.assertEqual(200, self.desk.request("GET", "/webhooks/%d.json" % webhook["id"], key=HOOK_KEY).status)

    def test_changes_that_come_are_told_as_fast_as_they_come(self):
        receiver = self.receiver()
        webhook = self.register(receiver.url(), types=["ticket.edited"], include=["ticket"])
        time.sleep(12)  # the first webhook after a while is found within ten seconds
        self.first = int(self.desk.value("SELECT MAX(id) FROM ost_thread_event"))
        began, late = time.monotonic(), []
        for _ in range(20):
            self.insert(84)  # 168 a second is 10,000 a minute
            time.sleep(max(0, began + 0.5 * (len(late) + 1) - time.monotonic()))
            late.append(0)
        until(lambda: len(receiver.calls) >= 20 * 84, 30)
        took = time.monotonic() - began
        self.check(list(receiver.calls), webhook, self.written())
        print("\n%d changes, 168 a second with their tickets: the last was told %.2f s after the first was written" % (
            20 * 84, took), flush=True)
        self.assertLess(took, 13)


if __name__ == "__main__":
    unittest.main()
