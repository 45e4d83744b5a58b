# SPDX-License-Identifier: GPL-2.0-or-later
"""What the database refuses, or is not heard of any more behind, at any statement of a request: it was done whole, or nothing of it; and
asked once more with the same Idempotency-Key (a mail: with its Message-ID), it was done once."""
import json
import os
import tempfile
import unittest
import uuid
from typing import NamedTuple

import client_tokens
import demo
from faulty_database import FaultyDatabase

AGENT = {"staffUserName": "tokafor"}
FILE = [{"a.txt": "data:text/plain;base64,aGVsbG8="}]
PREPARED = """
    REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1);
    UPDATE ost_role SET permissions=REPLACE(permissions,'{','{"ticket.link":1,"ticket.merge":1,"ticket.markanswered":1,') WHERE id=1;
    UPDATE ost_ticket SET dept_id=2, staff_id=2, team_id=1 WHERE ticket_id IN (1,2,4);
    UPDATE ost_staff SET permissions='{"user.create":1,"user.edit":1,"user.delete":1,"org.create":1,"org.edit":1,"org.delete":1}';
    UPDATE ost_department SET manager_id=2 WHERE id=2"""
UNSEEN = ("fcgi_ost_cron", "fcgi_ost_mail", "fcgi_ost_position", "fcgi_ost_seen", "ost_session")


class Action(NamedTuple):
    name: str
    method: str
    path: str
    body: object
    sql: str = ""  # before it
    headers: dict = {"Content-Type": "application/json"}
    key: str = demo.KEY
    of_client: bool = False  # by his token


class FaultedDesk(unittest.TestCase):
    """A worker whose statements to the database fail when a test wants it, and who sends no mail."""
    name: str  # of the help desk

    @classmethod
    def setUpClass(cls):
        path = os.path.join(tempfile.mkdtemp(prefix="ost"), "faulty.sock")
        cls.database = FaultyDatabase(path)
        cls.desk = demo.own_desk(cls.name, ["server.workers=1", "mail.enabled=yes"])
        cls.database.target = cls.desk.env["SOCK"]
        cls.desk.setting("database", "socket", path)
        cls.desk.setting("mail", "sendmail", "")  # nobody takes a mail out of the queue between two looks
        cls.desk.reload()
        names = [row[0] for row in cls.desk.sql("SELECT table_name FROM information_schema.tables WHERE table_schema=DATABASE() ORDER BY 1")]
        cls.tables = ",".join("`%s`" % name for name in names if name not in UNSEEN)

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()
        cls.database.close()

    def setUp(self):
        self.database.fault = "refused"

    def state(self):
        return self.desk.sql("CHECKSUM TABLE " + self.tables), self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail")

    def begin(self, sql):
        demo.reset(self.desk)
        self.desk.sql(PREPARED + ";" + sql)

    def ask(self, action, number, once=None):
        """The answer, where the statement with this number fails, and how many there were. What is asked twice is asked by `once`."""
        once = once or uuid.uuid4().hex
        body = action.body if isinstance(action.body, (str, bytes)) else json.dumps(action.body)
        headers = {"Idempotency-Key": once, **action.headers, **(client_tokens.bearer(client_tokens.token()) if action.of_client else {})}
        if action.path.endswith(".email"):  # its Message-ID is what it is known by
            body, headers = body.replace("$mid", once), {}
        self.database.arm(number)
        answer = self.desk.request(action.method, action.path.replace("{number}", "310042"), body=body, key=action.key, headers=headers)
        count = self.database.counted()
        self.database.arm(0)
        return answer, count

    def leaves_nothing(self, actions):
        for action in actions:
            with self.subTest(action.name):
                counts = []
                for _ in range(3):  # what helper processes ask meanwhile is counted, too
                    self.begin(action.sql)
                    before = self.state()
                    answer, count = self.ask(action, 0)
                    self.assertIn(answer.status, (200, 201), answer)
                    self.assertNotEqual(before, self.state())
                    counts.append(count)
                self.fail_each(action, min(counts), self.sizes())

    def sizes(self):
        return self.desk.sql(" UNION ALL ".join("SELECT '%s', COUNT(*) FROM %s" % (name, name) for name in (
            "ost_thread_entry", "ost_thread_event", "ost_thread_collaborator", "ost_thread_referral", "ost_attachment", "ost__search")))

    def fail_each(self, action, count, whole):
        self.begin(action.sql)
        before, refused = self.state(), 0
        for number in range(1, count + 1):
            answer, _ = self.ask(action, number)
            after = self.state()
            done = answer.status < 300 and "failed" not in answer.text and '"status":5' not in answer.text
            if done:  # what is done after the commit, or is not missed
                self.assertNotEqual(before, after, (number, str(answer)))
                self.assertEqual(whole, self.sizes(), (number, str(answer)))
                self.begin(action.sql)
                before = self.state()
                continue
            refused += 1
            self.assertEqual(before, after, "statement %d of %d left something behind: %s" % (number, count, answer))
        self.assertGreater(refused, count // 2)  # the others are not missed: a name that is not there is done without

    def rows(self):
        """How many each table has; not of mails, which the mailer spreads and drops while we look."""
        return self.desk.sql(" UNION ALL ".join("SELECT '%s',COUNT(*) FROM %s" % (table.strip("`"), table)
                                                for table in self.tables.split(",")))

    @staticmethod
    def chosen(place, count, every):
        """The statements that a fault is tried at: one of so many of each action, others of the next one; all with STATEMENTS=all."""
        every = 1 if os.environ.get("STATEMENTS") == "all" else every
        return range(1 + place % every, count + 1, every)

    def is_done_again_and_once(self, actions, every):
        """Where the database takes it back: nodes of a cluster do so with whatever another one was faster with, at any statement."""
        self.database.fault = "deadlock"
        for place, action in enumerate(actions):
            with self.subTest(action.name):
                self.begin(action.sql)
                _, count = self.ask(action, 0)
                whole = self.rows()
                for number in self.chosen(place, count, every):
                    self.begin(action.sql)
                    answer, _ = self.ask(action, number)
                    self.assertIn(answer.status, (200, 201), (number, str(answer)))
                    self.assertNotIn("failed", answer.text)
                    self.assertEqual(whole, self.rows(), "statement %d of %d" % (number, count))

    def is_done_whole_or_not_at_all(self, actions, every):
        """Where the link ends behind a statement; and by a retry once."""
        self.database.fault = "cut"
        for place, action in enumerate(actions):
            with self.subTest(action.name):
                self.begin(action.sql)
                none = self.rows()
                _, count = self.ask(action, 0)
                whole = self.rows()
                for number in self.chosen(place, count, every):
                    self.begin(action.sql)
                    self.cut_off(action, number, none, whole)

    def cut_off(self, action, number, none, whole):
        once, at = uuid.uuid4().hex, "behind statement %d: " % number
        answer, _ = self.ask(action, number, once)
        left = self.rows()
        if answer.status < 300 and '"status":5' not in answer.text:
            self.assertEqual(whole, left, at)
        elif "unknown" in answer.text or "nobody knows" in answer.text or "still being worked on" in answer.text:
            self.assertIn(left, (none, whole), at + str(answer))
        else:
            self.assertEqual(none, left, at + str(answer))
        again, _ = self.ask(action, 0, once)
        self.assertIn(again.status, (200, 201), at + str(again))
        self.assertEqual(whole, self.rows(), at + "a retry left something else: " + str(again))
