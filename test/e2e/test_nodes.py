# SPDX-License-Identifier: GPL-2.0-or-later
"""What nodes of a cluster share is their rows: GET_LOCK, which each has for itself, locks nobody out here, and everything is done once."""
import collections
import concurrent.futures
import json
import os
import tempfile
import unittest
import uuid

import demo
from desk import until
from faulty_database import FaultyDatabase

CLIENTS = 16
MAIL = ("From: Anna <anna@quay.example>\r\nTo: desk@harbour-tools.example\r\nSubject: Hoist\r\nMessage-ID: <%s@quay.example>\r\n"
        "\r\nStuck.\r\n")


class Nodes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path = os.path.join(tempfile.mkdtemp(prefix="ost"), "nodes.sock")
        cls.database = FaultyDatabase(path)
        cls.database.words = [(b"GET_LOCK(", b"STRCMP  (")]  # says 1 to everybody
        cls.desk = demo.own_desk("nodes", ["server.workers=8", "mail.enabled=yes"])
        cls.database.target = cls.desk.env["SOCK"]
        cls.desk.setting("database", "socket", path)
        cls.desk.setting("mail", "sendmail", "")
        cls.desk.reload()

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()
        cls.database.close()

    def setUp(self):
        demo.reset(self.desk)

    def create(self, topic=1, key=None):
        body = {"email": "anna@quay.example", "name": "Anna", "subject": "Hoist", "message": "Stuck.", "topicId": topic}
        return self.desk.request("POST", "/tickets.json", body=json.dumps(body), key=demo.KEY, headers={
            "Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})})

    def post(self, name):
        return self.desk.request("POST", "/tickets.email", body=(MAIL % name).encode(), key=demo.KEY)

    def at_once(self, calls):
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as crowd:
            return [answer.result() for answer in [crowd.submit(call) for call in calls]]

    def tickets(self):
        return int(self.desk.value("SELECT COUNT(*) FROM ost_ticket"))

    def doubled(self):
        return self.desk.sql("SELECT number, COUNT(*) FROM ost_ticket GROUP BY number HAVING COUNT(*) > 1")

    def two_sequences_with_the_same_numbers(self):
        self.desk.sql("INSERT INTO ost_sequence(id,name,flags,next,increment,padding,updated) VALUES(101,'one',0,700,1,'0',NOW()),"
                      "(102,'two',0,700,1,'0',NOW()); "
                      "UPDATE ost_help_topic SET flags=flags|1, number_format='N####', sequence_id=IF(topic_id=1,101,102) WHERE topic_id IN (1,2)")

    def test_two_sequences_do_not_give_one_number_twice(self):
        self.two_sequences_with_the_same_numbers()
        before = self.tickets()
        answers = self.at_once([lambda topic=1 + i % 2: self.create(topic) for i in range(120)])
        counts = collections.Counter(answer.status for answer in answers)
        self.assertEqual([], self.doubled())
        self.assertEqual(before + counts[201], self.tickets())
        self.assertGreater(counts[201], 100, counts)
        self.assertTrue(all(answer.text.startswith("N") for answer in answers if answer.status == 201))
        self.assertLessEqual(set(counts), {201, 503})

    def test_a_number_that_was_claimed_and_is_no_ticket_s_can_be_given_again(self):
        self.two_sequences_with_the_same_numbers()
        self.assertEqual("N0700", self.create().text)
        self.desk.sql("DELETE FROM ost_ticket WHERE number='N0700'; UPDATE ost_sequence SET next=700 WHERE id=101")
        self.assertEqual("N0700", self.create().text)

    def test_copies_of_a_mail_at_once_are_one_ticket(self):
        for _ in range(4):
            before, name = self.tickets(), uuid.uuid4().hex
            answers = self.at_once([lambda name=name: self.post(name)] * CLIENTS)
            taken = [answer for answer in answers if answer.status == 201]
            self.assertLessEqual({answer.status for answer in answers}, {201, 503})
            self.assertEqual((before + 1, 1), (self.tickets(), len({answer.text for answer in taken})))
            self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry_email WHERE mid='<%s@quay.example>'" % name))

    def test_a_mail_whose_ticket_was_deleted_becomes_one_again(self):
        first = self.post("again")
        self.assertEqual(201, first.status)
        self.desk.sql("DELETE FROM ost_thread_entry_email WHERE mid='<again@quay.example>'; DELETE FROM ost_ticket WHERE number='%s'" % first.text)
        second = self.post("again")
        self.assertEqual(201, second.status, second)
        self.assertNotEqual(first.text, second.text)

    def test_one_idempotency_key_at_once_is_one_ticket(self):
        before = self.tickets()
        answers = self.at_once([lambda: self.create(key="once")] * CLIENTS)
        self.assertEqual(before + 1, self.tickets())
        self.assertEqual(1, len({answer.text for answer in answers if answer.status == 201}))

    def test_an_expired_key_that_is_used_again_at_once_is_one_ticket(self):
        """Whoever found it expired does not take away what came in its place."""
        self.assertEqual(201, self.create(key="old").status)
        for _ in range(6):
            self.desk.sql("UPDATE fcgi_ost_idempotency SET created=UTC_TIMESTAMP()-INTERVAL 25 HOUR WHERE idempotency_key='old'")
            before = self.tickets()
            self.at_once([lambda: self.create(key="old")] * CLIENTS)
            self.assertEqual(before + 1, self.tickets())

    def test_no_record_of_a_key_stands_for_what_a_node_took_back(self):
        """A node that is slower than another takes a transaction back, may say so to nobody, and then end itself: what was written behind
        that stands by itself, and nobody is left to take it away again."""
        self.addCleanup(self.database.arm, 0)
        self.addCleanup(setattr, self.database, "fault", self.database.fault)
        wishes = {"create": lambda key: self.create(key=key), "note": self.note}
        for name, ask in wishes.items():
            with self.subTest(name):
                self.setUp()
                self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff) VALUES(1,'*',1)")
                self.database.fault = "unheard"
                self.database.arm(0)
                self.assertIn(ask(name).status, (200, 201))
                for number in range(1, self.database.counted() + 1):
                    self.take_back_at(number, ask)

    def test_what_no_other_node_has_is_not_acknowledged(self):
        """A COMMIT fails where a node loses the others; with something behind it in one text nobody is told."""
        self.setUp()
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff) VALUES(1,'*',1)")
        self.addCleanup(setattr, self.database, "fault", self.database.fault)
        self.database.fault, before = "unsaid", (self.tickets(), self.entries())
        for ask in (lambda: self.post(uuid.uuid4().hex), self.create, lambda: self.create(key=uuid.uuid4().hex), lambda: self.note(uuid.uuid4().hex)):
            answer = ask()
            self.assertEqual(503, answer.status, answer)
            self.assertEqual(before, (self.tickets(), self.entries()))

    def take_back_at(self, number, ask):
        key, before = uuid.uuid4().hex, self.entries()
        self.database.arm(number)
        first = ask(key)
        self.database.arm(0)
        told = first.status in (200, 201) or self.desk.value("SELECT COUNT(*) FROM fcgi_ost_idempotency WHERE idempotency_key='%s'" % key) != "0"
        if told:
            self.assertGreater(self.entries(), before, "statement %d: a record of nothing; %s" % (number, first))
        self.assertTrue(until(lambda: ask(key).status in (200, 201), 30))
        self.assertGreater(self.entries(), before, "statement %d: %s" % (number, first))

    def entries(self):
        return int(self.desk.value("SELECT COUNT(*) FROM ost_thread_entry"))

    def note(self, key):
        return self.desk.request("POST", "/tickets/310042/note.json", body=json.dumps({"note": "x", "staffUserName": "tokafor"}), key=demo.KEY,
                                 headers={"Content-Type": "application/json", "Idempotency-Key": key})

    def test_without_the_table_all_goes_on_as_before(self):
        self.desk.sql("RENAME TABLE fcgi_ost_idempotency TO hidden")
        try:
            before = self.tickets()
            self.assertEqual(201, self.create().status)
            answer = self.post("bare")
            self.assertEqual((201, before + 2), (answer.status, self.tickets()), answer)
            self.assertEqual(answer.text, self.post("bare").text)
        finally:
            self.desk.sql("RENAME TABLE hidden TO fcgi_ost_idempotency")


if __name__ == "__main__":
    unittest.main()
