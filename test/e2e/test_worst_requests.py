# SPDX-License-Identifier: GPL-2.0-or-later
"""The requests that ask most of the database: how many questions they take has a ceiling that their size does not lift,
or lifts by batches."""
import time
import unittest

import demo
from test_create_hostile import json_of

IMAGE = '<img src="data:image/png;base64,%08d">'


class WorstRequests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)

    def tearDown(self):
        demo.reset(self.desk)

    def round_trips(self, name, status, ceiling, method, path, **more):
        answer, log = demo.traced(self.desk, method, path, "worst-%s-%d" % (name, time.time_ns()), timeout=120, **more)
        self.assertEqual(status, answer.status, str(answer)[:300])
        print("%s: %s round trips, at most %d" % (name, log["round_trips"], ceiling))
        self.assertLessEqual(int(log["round_trips"]), ceiling, name)

    def reads(self, name, ceiling, path):
        """A worker's first reads learn what the schema has: that is not the request's."""
        lines = [demo.traced(self.desk, "GET", path, "worst-%s-%d" % (name, time.time_ns()), timeout=120) for _ in range(8)]
        self.assertEqual({200}, {answer.status for answer, _ in lines})
        trips = min(int(log["round_trips"]) for _, log in lines)
        print("%s: %d round trips, at most %d" % (name, trips, ceiling))
        self.assertLessEqual(trips, ceiling, name)

    def reply(self, name, ceiling, status=200, **fields):
        self.round_trips(name, status, ceiling, "POST", "/tickets/reply.json", body=demo.reply(**fields))

    def test_images(self):
        self.reply("900-images-shown", 80, response="".join('<img src="cid:%032d">' % i for i in range(900)) + "x")
        self.reply("900-images-brought", 240, response="".join(IMAGE % i for i in range(900)) + "x")
        self.reply("1200-images-brought", 40, status=413, response="".join(IMAGE % i for i in range(1200)) + "x")

    def test_files(self):
        files = [{"f%d.txt" % i: "data:text/plain,%d" % i} for i in range(200)]
        self.round_trips("200-files", 201, 96, "POST", "/tickets.json", body=json_of(attachments=files))

    def test_addresses(self):
        self.reply("500-copies", 24, **{"reply-to": "all", "ccs": [str(i) for i in range(1, 501)]})

    def test_entries(self):
        self.desk.sql("INSERT INTO ost_thread_entry (thread_id,staff_id,user_id,type,flags,poster,title,body,format,"
                      "ip_address,created,updated) SELECT thread_id,staff_id,user_id,type,flags,poster,title,"
                      "REPEAT(body,50),format,ip_address,created,updated FROM ost_thread_entry a JOIN "
                      "(SELECT 1 FROM information_schema.columns LIMIT 500) n WHERE thread_id=1")
        self.reads("1500-entries", 4, "/tickets/ticketInfo?ticketNumber=310042")
        self.reads("a-list-of-them", 6, "/tickets/clientTickets?clientUserMail=anna@quay.example")

    def test_parameters(self):
        self.round_trips("a-query-of-parameters", 400, 2, "GET", "/tickets/ticketInfo?" + "a=1&" * 500)
