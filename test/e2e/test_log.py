# SPDX-License-Identifier: GPL-2.0-or-later
"""One line a request: what stands in it, and that the round trips to the database stay few."""
import contextlib
import os
import signal
import unittest
import uuid

import demo
from desk import Desk, until


class Log(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.desk.reload()  # a worker whose connection was lost prepares its statements anew in its next request

    @classmethod
    def tearDownClass(cls):
        demo.reset(cls.desk)

    def line_of(self, method, path, **more):
        return demo.traced(self.desk, method, path, str(uuid.uuid4()), **more)

    def round_trips(self, method, path, **more):
        answer, line = self.line_of(method, path, **more)
        self.assertEqual(200, answer.status, str(answer))
        return int(line["round_trips"])

    def test_the_fields_of_a_line(self):
        answer, line = self.line_of("GET", "/tickets/ticketInfo?ticketNumber=310042")
        self.assertEqual(("127.0.0.1", "200", str(len(answer.body))), (line["client"], line["status"], line["bytes"]))
        self.assertRegex(line["operation"], "(?i)ticket_?info")
        self.assertRegex(line["ms"], r"^\d+(\.\d+)?$")
        self.assertTrue(line["key"].endswith(demo.KEY[-4:]), line)

    def test_no_whole_key_and_no_body_stands_in_the_log(self):
        self.line_of("GET", "/tickets")
        self.line_of("GET", "/tickets", key="A-WRONG-KEY-THAT-IS-LONG")
        self.line_of("POST", "/tickets/reply.json", body=demo.reply(response="a private word"))
        text = "\n".join(self.desk.log())
        for word in (demo.KEY, "A-WRONG-KEY-THAT-IS-LONG", "a private word"):
            self.assertNotIn(word, text)

    def test_control_bytes_are_escaped(self):
        for answer in (self.desk.get("/tickets%0aforged%1b[2J", key="k\x1b[31m\tx"), self.desk.get("/tickets", headers={"X-Request-Id": "a\tb\x1bc"})):
            self.assertTrue(self.desk.log_lines_of("id=%s " % answer.header("x-request-id")))
        for line in self.desk.log():
            self.assertFalse([c for c in line if ord(c) < 32 or ord(c) == 127], line)
        self.assertFalse([line for line in self.desk.log() if line.startswith("forged")])

    def test_ticket_info_takes_two_round_trips_and_four_at_most(self):
        # The first is like most; an entry of the second was edited, the due date of the third comes from its SLA.
        for number, most in (("310042", 2), ("310043", 4), ("HT-0007", 4)):
            # A worker's first reads prepare statements and learn what the schema has.
            trips = [self.round_trips("GET", "/tickets/ticketInfo?ticketNumber=" + number) for _ in range(9)]
            self.assertLessEqual(min(trips), most)

    def test_what_is_not_there_takes_one_round_trip(self):
        for path in ("/tickets/ticketInfo?ticketNumber=999999", "/tickets/staffTickets?staffUserName=nobody",
                     "/tickets/clientTickets?clientUserMail=nobody.else@post.example"):
            lines = [self.line_of("GET", path) for _ in range(8)]
            self.assertEqual({404}, {answer.status for answer, _ in lines})
            self.assertEqual("1", min(line["round_trips"] for _, line in lines))

    def test_a_reply_takes_sixteen_round_trips_at_most(self):
        for fields in ({}, {"reply_status_id": "3"}, {"reply_status_id": "1"}, {"signature": "dept", "emailcollab": "1"}):
            most = max(self.round_trips("POST", "/tickets/reply.json", body=demo.reply(**fields)) for _ in range(6))
            self.assertLessEqual(most, 16, fields)

    def test_a_list_takes_as_many_round_trips_whatever_its_length(self):
        paths = ("/tickets/staffTickets?staffUserName=tokafor", "/tickets/clientTickets?clientUserMail=anna@quay.example",
                 "/tickets")

        def least(path):
            return min(self.round_trips("GET", path) for _ in range(8))
        short = [least(path) for path in paths]
        self.assertEqual([5, 5, 2], short)  # a due date comes from an SLA
        self.desk.sql("UPDATE ost_ticket SET est_duedate = NOW() WHERE duedate IS NULL")
        short = [least(path) for path in paths]
        self.assertEqual([4, 4, 2], short)
        self.desk.sql("INSERT INTO ost_ticket (number, user_id, status_id, dept_id, staff_id, ip_address, lastupdate, "
                      "created, updated, est_duedate) "
                      "SELECT 700000 + a.id * 100 + b.id, 1, 1, 3, 2, '', NOW(), NOW(), NOW(), NOW() "
                      "FROM ost_thread_entry a JOIN ost_thread_entry b; "
                      "INSERT INTO ost_thread (object_id, object_type, created) SELECT ticket_id, 'T', NOW() FROM ost_ticket "
                      "WHERE ticket_id > 8; "
                      "INSERT INTO ost_thread_entry (thread_id, user_id, type, poster, body, format, ip_address, created, updated, "
                      "staff_id, pid, flags, source) SELECT id, 1, 'M', 'x', 'text', 'text', '', NOW(), NOW(), 0, 0, 0, '' "
                      "FROM ost_thread WHERE id > 8")
        self.assertEqual(short, [least(path) for path in paths])
        demo.reset(self.desk)

    def open_files(self):
        """What the master, the workers and the mailer have open."""
        files = set()
        for pid in [self.desk.pid, self.desk.mailer()] + self.desk.workers():
            folder = "/proc/%d/fd" % pid
            for number in os.listdir(folder):
                with contextlib.suppress(FileNotFoundError):  # closed since it was listed
                    files.add(os.readlink(os.path.join(folder, number)))
        return files

    def test_the_file_is_opened_anew_on_sigusr1(self):
        path = self.desk.env["LOG"]
        moved = path + ".1"
        os.rename(path, moved)
        self.desk.signal(signal.SIGUSR1)
        self.assertTrue(until(lambda: os.path.exists(path), 10), "no new file")

        # Each child follows on its own.
        self.assertTrue(until(lambda: moved not in self.open_files(), 20), "somebody keeps the old file")
        for _ in range(12):
            request = str(uuid.uuid4())
            self.desk.get("/tickets", headers={"X-Request-Id": request})
            self.assertTrue(self.desk.log_lines_of(request), "a worker does not write to the new file")
        os.remove(moved)


if __name__ == "__main__":
    unittest.main()
