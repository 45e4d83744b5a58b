# SPDX-License-Identifier: GPL-2.0-or-later
"""Several database hosts: one that is not fit (no majority, not synced, read-only) is left at once, and what it refused is done by the next."""
import os
import tempfile
import unittest

import demo
from desk import until
from faulty_database import FaultyDatabase

MAIL = b"From: anna@quay.example\r\nTo: desk@harbour-tools.example\r\nSubject: Hoist\r\nMessage-ID: <%d@quay.example>\r\n\r\nStuck.\r\n"
CREATE = {"email": "anna@quay.example", "name": "Anna", "subject": "Hoist", "message": "Stuck.", "topicId": 1}


class Hosts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path = os.path.join(tempfile.mkdtemp(prefix="ost"), "first.sock")
        cls.first = FaultyDatabase(path)
        cls.desk = demo.own_desk("hosts", ["server.workers=1", "mail.enabled=yes"])
        cls.first.target = cls.desk.env["SOCK"]
        cls.desk.setting("database", "socket", "")
        cls.desk.setting("database", "host", "%s, %s" % (path, cls.desk.env["SOCK"]))
        cls.desk.setting("mail", "sendmail", "")
        cls.desk.reload()

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()
        cls.first.close()

    def setUp(self):
        demo.reset(self.desk)
        self.mails = 0
        self.ask_the_first_again()

    def ask_the_first_again(self):
        self.first.fails_all = False
        self.first.arm(0)
        # A new link, which is the first host's again.
        rows = self.desk.sql("SELECT id FROM information_schema.processlist WHERE user='osticket'")
        self.desk.sql("".join("KILL %s;" % row[0] for row in rows))
        self.assertEqual(200, self.read().status)

    def read(self):
        return self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY)

    def create(self, **headers):
        return self.desk.request("POST", "/tickets.json", key=demo.KEY, body=CREATE, headers=headers)

    def create_with_key(self, key):
        """409 is answered as long as the server is taking back what the link did that was left."""
        answers = []

        def ask():
            answers.append(self.create(**{"Idempotency-Key": key}))
            return answers[-1].status != 409
        until(ask, 10)
        return answers[-1]

    def mail(self):
        self.mails += 1
        return self.desk.request("POST", "/tickets.email", body=MAIL % self.mails, key=demo.KEY)

    def tickets(self):
        return int(self.desk.value("SELECT COUNT(*) FROM ost_ticket"))

    def test_what_an_unfit_host_refuses_the_next_one_does(self):
        for fault in ("no majority", "read-only"):
            for call in (self.read, lambda: demo.post_reply(self.desk), self.create, self.mail):
                with self.subTest(fault=fault, call=call):
                    self.ask_the_first_again()
                    self.first.fault, self.first.fails_all = fault, True
                    answer = call()
                    self.assertIn(answer.status, (200, 201), answer)
        self.assertTrue(self.desk.log_lines_of("once more"))

    def test_refused_at_any_statement_it_is_done_once(self):
        for fault in ("no majority", "read-only"):
            for number in range(1, 40):
                self.ask_the_first_again()
                before = self.tickets()
                self.first.fault = fault
                self.first.arm(number)
                answer = self.create_with_key("%s-%d" % (fault.replace(" ", "-"), number))
                self.assertEqual(201, answer.status, "%s at %d: %s" % (fault, number, answer))
                self.assertEqual(before + 1, self.tickets(), "%s at %d" % (fault, number))
                if self.first.counted() < number:
                    break

    def test_a_commit_of_which_nobody_knows_is_looked_after_by_the_key(self):
        """Done, and told as 1180, which a node says that lost the others meanwhile."""
        before = self.tickets()
        self.first.fault = "open"
        self.first.arm(0)
        self.assertEqual(201, self.create(**{"Idempotency-Key": "counted"}).status)
        commits = self.first.counted()
        for number in range(1, commits + 1):
            self.first.arm(number)
            answer = self.create(**{"Idempotency-Key": "open-%d" % number})
            if answer.status == 201:
                continue
            self.assertIn(answer.status, (500, 503), answer)  # a statement that is refused is no commit
        self.first.arm(0)
        for number in range(1, commits + 1):
            self.assertEqual(201, self.create(**{"Idempotency-Key": "open-%d" % number}).status)
        self.assertEqual(before + 1 + commits, self.tickets())

    def test_without_a_key_it_is_said_that_nobody_knows(self):
        self.first.fault, commits = "open", 0
        for number in range(1, 40):
            self.first.arm(number)
            answer = self.create()
            if "unknown" in answer.text:
                commits += 1
                self.assertEqual((503, ''), (answer.status, answer.header("retry-after")))
        self.assertGreaterEqual(commits, 1)  # the mailer commits, too


if __name__ == "__main__":
    unittest.main()
