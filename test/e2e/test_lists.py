# SPDX-License-Identifier: GPL-2.0-or-later
"""Long lists: they stream, and one that breaks off is seen to be broken off."""
import http.client
import json
import os
import signal
import threading
import time
import unittest

import demo
from desk import Desk

COUNT = 3000
LIST = "/tickets/staffTickets?staffUserName=mvries"


class Lists(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.desk.reload()  # workers whose memory nobody has used yet

    @classmethod
    def tearDownClass(cls):
        demo.reset(cls.desk)

    def fill(self, first, last):
        self.desk.sql(
            "INSERT INTO ost_ticket (ticket_id, number, user_id, status_id, dept_id, staff_id, ip_address, lastupdate, created, "
            "updated) SELECT seq, 700000 + seq, 1, 1, 3, 1, '', NOW(), NOW(), NOW() FROM {0} s; "
            "INSERT INTO ost_thread (id, object_id, object_type, created) SELECT seq, seq, 'T', NOW() FROM {0} s; "
            "INSERT INTO ost_thread_entry (thread_id, user_id, type, poster, body, format, ip_address, created, updated, staff_id, "
            "pid, flags, source) SELECT seq, 1, 'M', 'x', REPEAT('some text ', 200), 'html', '', NOW(), NOW(), 0, 0, 0, '' "
            "FROM {0} s;"
            # Else the database takes the tables for as small as they were a moment ago, and some versions then scan them.
            "ANALYZE TABLE ost_ticket, ost_thread, ost_thread_entry".format(demo.numbers(first, last)))

    def length(self):
        answer = self.desk.get(LIST, key=demo.KEY)
        self.assertEqual(200, answer.status, str(answer))
        return len(answer.json["tickets"])

    def kill_connection(self, number):
        try:
            self.desk.sql("KILL %s" % number)
        except RuntimeError as failure:
            self.assertIn("Unknown thread id", str(failure))

    def test_what_a_worker_holds_does_not_grow_with_the_list(self):
        if self.desk.is_sanitized():
            self.skipTest("AddressSanitizer keeps freed memory back")
        self.fill(1001, 1100)
        for _ in range(16):
            few = self.length()
        small = self.desk.resident_kilobytes()
        self.fill(1101, 1000 + COUNT)
        for _ in range(4):
            self.assertEqual(few + COUNT - 100, self.length())
        large = self.desk.resident_kilobytes()
        # 2,900 further tickets are over 20 MB of JSON; what may grow is what the allocator rounds up.
        self.assertLess(large - small, 2048, "%d kB with 100 tickets, %d kB with %d" % (small, large, COUNT))

    def test_a_list_whose_database_connection_is_killed_is_broken_off(self):
        self.fill(5001, 11000)
        count = self.length()
        # It leaves within milliseconds. One that had left whole when the connections were cut says nothing.
        for _ in range(20):
            broken_off, body = self.list_without_connections()
            if broken_off:
                break
            self.assertEqual(count, len(json.loads(body)["tickets"]), "the half list looked whole")
        self.assertTrue(broken_off, "no list was cut")
        with self.assertRaises(ValueError):
            json.loads(body)
        self.assertEqual(200, self.desk.get("/tickets", key=demo.KEY).status)

    def list_without_connections(self):
        """Has the database cut its connections as soon as the list begins; whether it broke off, and what came of it."""
        workers = self.desk.workers()
        connection = http.client.HTTPConnection(self.desk.host, self.desk.port, timeout=60)
        connection.request("GET", self.desk.path + LIST, headers={"X-API-Key": demo.KEY})
        response = connection.getresponse()
        # Nobody works while the connections are cut.
        for pid in workers:
            os.kill(pid, signal.SIGSTOP)
        try:
            for row in self.desk.sql("SELECT id FROM information_schema.processlist WHERE user = 'osticket'"):
                self.kill_connection(row[0])
        finally:
            for pid in workers:
                os.kill(pid, signal.SIGCONT)
        self.assertEqual(200, response.status)
        got = [response.read(4096)]
        try:
            while got[-1]:
                got.append(response.read(65536))
            return False, b"".join(got)
        except (http.client.IncompleteRead, ConnectionError):
            return True, b"".join(got)
        finally:
            connection.close()

    def test_a_client_that_goes_away_in_mid_list_frees_its_worker(self):
        self.fill(11001, 14000)

        def leave():
            connection = http.client.HTTPConnection(self.desk.host, self.desk.port, timeout=60)
            connection.request("GET", self.desk.path + LIST, headers={"X-API-Key": demo.KEY})
            connection.getresponse().read(100)
            connection.close()
        workers = self.desk.workers()
        threads = [threading.Thread(target=leave) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        started = time.monotonic()
        self.assertEqual(200, self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY).status)
        self.assertLess(time.monotonic() - started, 10)
        self.assertEqual(workers, self.desk.workers(), "a worker died")

    def tearDown(self):
        demo.reset(self.desk)


if __name__ == "__main__":
    unittest.main()
