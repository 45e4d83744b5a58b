# SPDX-License-Identifier: GPL-2.0-or-later
"""The database goes away and comes back: 503 in between, and it heals by itself."""
import time
import unittest

import demo
from desk import Desk, until


class DatabaseTrouble(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)

    def ask(self):
        return self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY)

    def kill_connections(self):
        rows = self.desk.sql("SELECT id FROM information_schema.processlist WHERE user = 'osticket'")
        self.desk.sql("".join("KILL %s;" % row[0] for row in rows))

    def test_a_lost_connection_is_not_seen_by_who_reads(self):
        for _ in range(3):
            self.assertEqual(200, self.ask().status)
            self.kill_connections()
            for _ in range(12):
                self.assertEqual(200, self.ask().status)

    def test_a_lost_connection_is_not_seen_by_who_replies_either_when_nothing_was_sent(self):
        self.kill_connections()
        answer = demo.post_reply(self.desk)
        self.assertEqual(200, answer.status, str(answer))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE id > 16"))
        demo.reset(self.desk)

    def test_away_is_503_with_retry_after_and_heals(self):
        workers = self.desk.workers()
        self.desk.database("stop")
        try:
            for _ in range(8):
                answer = self.ask()
                self.assertEqual(503, answer.status, str(answer))
                self.assertRegex(answer.header("retry-after"), r"^\d+$")
                self.assertTrue(answer.header("content-type").startswith("text/plain"))
                for word in ("mysql", "socket", "/", "osticket'"):
                    self.assertNotIn(word, answer.text.lower())
            answer = demo.post_reply(self.desk)
            self.assertEqual(503, answer.status)
            self.assertRegex(answer.header("retry-after"), r"^\d+$")
            # What needs no database is answered as ever.
            self.assertEqual(400, self.desk.get("/nothing", key=demo.KEY).status)
            self.assertEqual(401, self.desk.get("/tickets").status)
        finally:
            self.desk.database("start")
        self.assertTrue(until(lambda: self.ask().status == 200, 15), "does not heal")
        for _ in range(12):
            self.assertEqual(200, self.ask().status)
        self.assertEqual(workers, self.desk.workers(), "workers died of it")
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE id > 16"))

    def test_a_missing_table_is_a_500_that_tells_nothing(self):
        self.desk.sql("RENAME TABLE ost_ticket_priority TO hidden")
        try:
            answer = self.ask()
            self.assertIn(answer.status, (500, 503), str(answer))
            self.assertNotIn("priority", answer.text)
            self.assertNotIn("SELECT", answer.text)
        finally:
            self.desk.sql("RENAME TABLE hidden TO ost_ticket_priority")
        time.sleep(0.1)
        self.assertEqual(200, self.ask().status)


if __name__ == "__main__":
    unittest.main()
