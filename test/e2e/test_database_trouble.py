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

    def test_what_was_sent_together_is_undone_together(self):
        """Statements that wait go to the server in one packet: the one that fails takes back those before it, the COMMIT behind
        it does not come, and what was claimed is free again."""
        demo.reset(self.desk)
        mail = b"From: anna@quay.example\r\nTo: desk@harbour-tools.example\r\nSubject: Hoist\r\nMessage-ID: <together@quay.example>\r\n\r\nStuck.\r\n"
        tables = ("ost_ticket", "ost_thread", "ost_thread_entry", "ost_thread_entry_email", "ost_form_entry", "ost_form_entry_values",
                  "ost_ticket__cdata", "ost_thread_event", "ost__search", "fcgi_ost_mail")
        count = "SELECT CONCAT_WS(',',%s)" % ",".join("(SELECT COUNT(*) FROM %s)" % table for table in tables)
        calls = (lambda: self.desk.request("POST", "/tickets.email", key=demo.KEY, body=mail),
                 lambda: self.desk.request("POST", "/tickets.json", key=demo.KEY, body={
                     "email": "anna@quay.example", "name": "Anna", "subject": "Hoist", "message": "Stuck.", "topicId": 1}),
                 lambda: demo.post_reply(self.desk))
        for table in ("ost_thread", "ost_form_entry_values", "ost_thread_event", "fcgi_ost_mail", "ost__search"):
            before = self.desk.value(count)
            self.desk.sql("CREATE TRIGGER test_refusal BEFORE INSERT ON %s FOR EACH ROW SIGNAL SQLSTATE '45000' SET "
                          "MESSAGE_TEXT='not this one'" % table)
            try:
                for _ in range(2):
                    for call in calls[:2] if table in ("ost_thread", "ost_form_entry_values", "ost_thread_event") else calls:
                        self.assertEqual(500, call().status, table)
            finally:
                self.desk.sql("DROP TRIGGER test_refusal")
            self.assertEqual(before, self.desk.value(count), table)
        self.assertTrue(self.desk.log_lines_of("not this one"))
        self.assertEqual([201, 201, 200], [call().status for call in calls])
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
