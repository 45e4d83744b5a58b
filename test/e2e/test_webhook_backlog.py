# SPDX-License-Identifier: GPL-2.0-or-later
"""What waits for a webhook is found without what was sent to it before, which is kept for a week: with a busy help desk these are some
hundred thousand, and the process that calls looks for the first that waits after each call."""
import unittest

import demo
import hook_desk
from hook_desk import event

SENT, WAITING = 6000, 3000
# Rows that the database reads in the order of an index, or all of a table.
READS = ("SELECT SUM(variable_value) FROM information_schema.global_status WHERE variable_name IN "
         "('Handler_read_next','Handler_read_prev','Handler_read_rnd_next')")


class Backlog(hook_desk.HookDesk):
    NAME = "webhook_backlog"

    def setUp(self):
        super().setUp()
        if "MariaDB" not in self.desk.value("SELECT VERSION()"):
            self.skipTest("rows that are read are counted as MariaDB does")

    def insert(self, webhook, first, count, state):
        due = "UTC_TIMESTAMP() - INTERVAL 1 DAY" if state == "waiting" else "NULL"
        self.desk.sql("INSERT INTO fcgi_ost_delivery(webhook_id,seq,change_id,type,body,due,state,status,created,finished) SELECT %d,%d+seq,"
                      "CONCAT('x',%d+seq),'ticket.created','{}',%s,'%s',200,UTC_TIMESTAMP(),IF('%s'='sent',UTC_TIMESTAMP(),NULL) "
                      "FROM %s n" % (webhook["id"], first, first, due, state, state, demo.numbers(0, count - 1)))

    def reads(self):
        return int(self.desk.value(READS))

    def test_calls_do_not_read_what_was_sent(self):
        receiver = self.receiver()
        webhook = self.register(receiver.url())
        self.insert(webhook, 1, SENT, "sent")
        self.desk.sql("UPDATE fcgi_ost_webhook SET seq=%d; ANALYZE TABLE fcgi_ost_delivery" % SENT)
        before = self.reads()
        for count in range(1, 21):
            self.write(event("closed"))
            self.calls(receiver, count)
        # Other processes look at tables meanwhile; one walk over what was sent is 6,000.
        self.assertLess(self.reads() - before, 20 * SENT / 2)

    def test_a_backlog_is_told_in_time(self):
        receiver = self.receiver()
        webhook = self.register(receiver.url())
        self.insert(webhook, 1, SENT, "sent")
        self.insert(webhook, SENT + 1, WAITING, "waiting")
        before = self.reads()
        self.desk.sql("UPDATE fcgi_ost_webhook SET seq=%d; ANALYZE TABLE fcgi_ost_delivery" % (SENT + WAITING))
        self.calls(receiver, WAITING, seconds=60)
        self.assertLess(self.reads() - before, WAITING * SENT / 2)


if __name__ == "__main__":
    unittest.main()
