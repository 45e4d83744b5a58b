# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever statement of whatever agents and clients do to tickets, users and organizations the database refuses: it was done whole, or nothing of it."""
import json
import os
import re
import subprocess
import tempfile
import unittest

import demo
from faulty_database import FaultyDatabase

AGENT = {"staffUserName": "tokafor"}
FILE = [{"a.txt": "data:text/plain;base64,aGVsbG8="}]
TICKET = "/tickets/{number}"
ALL_PARTS = {"topic": 2, "sla": 1, "due": "2099-05-06 07:08", "priority": "High", "subject": "Crane 2", "source": "Phone", "fields": {"plate": "P-1"},
             "owner": 2, "answered": True, "overdue": True, "comments": "why"}
LINKED = "UPDATE ost_ticket SET flags=24 WHERE ticket_id=1; UPDATE ost_ticket SET flags=8, ticket_pid=1, sort=1 WHERE ticket_id=4"

FIELD = ("INSERT INTO ost_form_field(form_id,flags,type,label,name,configuration,sort,created,updated) "
         "VALUES(4,13057,'memo','Notes','notes','{}',1,NOW(),NOW())")

# (name, method, path, body, SQL before it)
ACTIONS = (
    ("note", "POST", TICKET + "/note.json", {**AGENT, "note": "x", "status": "Closed", "attachments": FILE}, ""),
    ("reply", "POST", TICKET + "/reply.json", {**AGENT, "response": "x", "cc": [3], "status": "Closed", "attachments": FILE}, ""),
    ("canned reply", "POST", TICKET + "/reply.json", {**AGENT, "canned": 1, "from": 3}, ""),
    ("message", "POST", TICKET + "/message.json", {"message": "x", "user": 3, "add_collaborator": True, "attachments": FILE}, ""),
    ("message that opens", "POST", "/tickets/310044/message.json", {"message": "x"}, ""),
    ("close", "POST", TICKET + "/status.json", {**AGENT, "state": "closed", "comments": "x", "children": True}, LINKED),
    ("open", "POST", "/tickets/310044/status.json", {"staffUserName": "mvries", "state": "open", "comments": "x"}, ""),
    ("assign", "POST", TICKET + "/assign.json", {**AGENT, "staff": "mvries", "team": 1, "comments": "x", "refer": True}, "UPDATE ost_ticket SET team_id=0 WHERE ticket_id=1"),
    ("claim", "POST", TICKET + "/claim.json", {**AGENT, "comments": "x"}, "UPDATE ost_ticket SET staff_id=0 WHERE ticket_id=1"),
    ("release", "POST", TICKET + "/release.json", {**AGENT, "comments": "x"}, ""),
    ("transfer", "POST", TICKET + "/transfer.json", {**AGENT, "department": 1, "comments": "x", "refer": True}, ""),
    ("refer", "POST", TICKET + "/refer.json", {**AGENT, "staff": "mvries", "comments": "x"}, ""),
    ("end of a referral", "DELETE", TICKET + "/refer.json?team=1", AGENT,
     "INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) VALUES(1,1,'E',NOW())"),
    ("delete", "DELETE", TICKET + ".json?confirm=310042", AGENT, LINKED),
    ("all parts", "PATCH", TICKET + ".json", {**AGENT, **ALL_PARTS}, ""),
    ("a page", "PATCH", TICKET + ".json?page=1", {**AGENT, **{k: v for k, v in ALL_PARTS.items() if k not in ("answered", "overdue")}}, ""),
    ("the owner's edit", "PATCH", TICKET + ".json", {"user": 1, "fields": {"subject": "Crane 3"}}, "UPDATE ost_form_field SET flags=flags|0x300 WHERE id=20"),
    ("a new collaborator", "POST", TICKET + "/collaborators.json", {"staffUserName": "mvries", "email": "new@nowhere.example", "name": "New"}, ""),
    ("a list of collaborators", "PATCH", TICKET + "/collaborators.json", {**AGENT, "remove": [2], "active": []}, ""),
    ("a collaborator's flags", "PATCH", TICKET + "/collaborators/2.json", {**AGENT, "active": False}, ""),
    ("a collaborator goes", "DELETE", TICKET + "/collaborators/2.json", AGENT, ""),
    ("link", "POST", TICKET + "/link.json", {**AGENT, "tickets": ["310043", "310045"]}, ""),
    ("unlink", "POST", TICKET + "/unlink.json", AGENT, LINKED),
    ("merge", "POST", TICKET + "/merge.json", {**AGENT, "tickets": ["310045", "310043"], "delete_children": True, "parent_status": "Closed"}, LINKED),
    ("bulk", "POST", "/tickets/bulk.json", {"tickets": ["310042"], "action": "status", "body": {**AGENT, "state": "closed"}}, ""),
    ("atomic bulk", "POST", "/tickets/bulk.json", {"tickets": ["310043", "310042"], "action": "note", "body": {**AGENT, "note": "x"}, "atomic": True}, ""),
    ("a new user", "POST", "/users.json", {**AGENT, "email": "new@nowhere.example", "name": "New", "fields": {"notes": "x"}, "organization": 1}, ""),
    ("a user's edit", "PATCH", "/users/1.json",
     {**AGENT, "name": "Anna L", "email": "new@nowhere.example", "fields": {"notes": "x"}, "organization": None}, ""),
    ("a user goes", "DELETE", "/users/6.json", AGENT, ""),
    ("a new organization", "POST", "/organizations.json", {**AGENT, "name": "Pier", "manager": "s1", "fields": {"notes": "x"}}, FIELD),
    ("an organization's edit", "PATCH", "/organizations/1.json", {**AGENT, "name": "Pier", "fields": {"notes": "x"}}, FIELD),
    ("an organization goes", "DELETE", "/organizations/1.json", AGENT, ""),
    ("a member", "POST", "/organizations/1/users.json", {**AGENT, "user": "cher@stage.example"}, ""),
    ("a member goes", "DELETE", "/organizations/1/users/1.json", AGENT, ""),
)
# What writes nothing: it says that it is not here.
NOT_HERE = {("POST", "/tickets/{number}/tasks.json"), ("POST", "/users/{id}/account.json")}
# What PHP has as well is faulted by tests of its own.
OF_PHP = {("POST", "/tickets/reply.json")}
PREPARED = """
    REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1);
    UPDATE ost_role SET permissions=REPLACE(permissions,'{','{"ticket.link":1,"ticket.merge":1,"ticket.markanswered":1,') WHERE id=1;
    UPDATE ost_ticket SET dept_id=2, staff_id=2, team_id=1 WHERE ticket_id IN (1,2,4);
    UPDATE ost_staff SET permissions='{"user.create":1,"user.edit":1,"user.delete":1,"org.create":1,"org.edit":1,"org.delete":1}';
    UPDATE ost_department SET manager_id=2 WHERE id=2"""
UNSEEN = ("fcgi_ost_cron", "fcgi_ost_mail", "fcgi_ost_position", "fcgi_ost_seen", "ost_session")


class StatementFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path = os.path.join(tempfile.mkdtemp(prefix="ost"), "faulty.sock")
        cls.database = FaultyDatabase(path)
        cls.desk = demo.own_desk("statement_faults", ["server.workers=1", "mail.enabled=yes"])
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

    def ask(self, action, number):
        """The answer, where the statement with this number fails, and how many there were."""
        _, method, path, body, _ = action
        self.database.arm(number)
        answer = self.desk.request(method, path.replace("{number}", "310042"), body=json.dumps(body), key=demo.KEY,
                                   headers={"Content-Type": "application/json"})
        count = self.database.counted()
        self.database.arm(0)
        return answer, count

    def test_a_statement_that_fails_leaves_nothing_of_any_action(self):
        for action in ACTIONS:
            with self.subTest(action[0]):
                self.begin(action[4])
                before = self.state()
                answer, count = self.ask(action, 0)
                self.assertIn(answer.status, (200, 201), answer)
                self.assertNotEqual(before, self.state())
                self.fail_each(action, count, self.sizes())

    def sizes(self):
        return self.desk.sql(" UNION ALL ".join("SELECT '%s', COUNT(*) FROM %s" % (name, name) for name in (
            "ost_thread_entry", "ost_thread_event", "ost_thread_collaborator", "ost_thread_referral", "ost_attachment", "ost__search")))

    def fail_each(self, action, count, whole):
        self.begin(action[4])
        before, refused = self.state(), 0
        for number in range(1, count + 1):
            answer, _ = self.ask(action, number)
            after = self.state()
            done = answer.status < 300 and "failed" not in answer.text and '"status":5' not in answer.text
            if done:  # what is done after the commit, or is not missed
                self.assertNotEqual(before, after, (number, str(answer)))
                self.assertEqual(whole, self.sizes(), (number, str(answer)))
                self.begin(action[4])
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
    def chosen(action, count):
        """The statements that a fault is tried at: some of each action, others of the next one; all with STATEMENTS=all, in half an
        hour."""
        every = 1 if os.environ.get("STATEMENTS") == "all" else 16
        return range(1 + ACTIONS.index(action) % every, count + 1, every)

    def test_an_action_that_is_rolled_back_at_any_statement_is_done_again_and_once(self):
        """Nodes of a cluster roll back whatever another one was faster with, at any statement."""
        self.database.fault = "deadlock"
        for action in ACTIONS:
            with self.subTest(action[0]):
                self.begin(action[4])
                _, count = self.ask(action, 0)
                whole = self.rows()
                for number in self.chosen(action, count):
                    self.begin(action[4])
                    answer, _ = self.ask(action, number)
                    self.assertIn(answer.status, (200, 201), (number, str(answer)))
                    self.assertNotIn("failed", answer.text)
                    self.assertEqual(whole, self.rows(), "statement %d of %d" % (number, count))

    def test_an_action_whose_link_ends_at_any_statement_is_done_whole_or_not_at_all(self):
        self.database.fault = "cut"
        for action in ACTIONS:
            with self.subTest(action[0]):
                self.begin(action[4])
                none = self.rows()
                _, count = self.ask(action, 0)
                whole = self.rows()
                for number in self.chosen(action, count):
                    self.begin(action[4])
                    answer, _ = self.ask(action, number)
                    left = self.rows()
                    if answer.status < 300 and '"status":5' not in answer.text:
                        self.assertEqual(whole, left, "statement %d of %d" % (number, count))
                    elif "unknown" in answer.text or "nobody knows" in answer.text:
                        self.assertIn(left, (none, whole), "statement %d of %d: %s" % (number, count, answer))
                    else:
                        self.assertEqual(none, left, "statement %d of %d: %s" % (number, count, answer))

    def test_no_operation_that_writes_is_left_out(self):
        described = json.loads(subprocess.run([self.desk.env["PROGRAM"], "--openapi"], capture_output=True, text=True, check=True).stdout)
        paths = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods
                 if method in ("post", "put", "patch", "delete") and path.startswith(("/tickets/", "/users", "/organizations"))}
        covered = {(method, self.as_described(path)) for _, method, path, _, _ in ACTIONS}
        self.assertEqual(paths - OF_PHP - NOT_HERE, covered, "give it a row in ACTIONS")

    @staticmethod
    def as_described(path):
        path = path.partition("?")[0].replace("310044", "{number}")
        path = re.sub(r"^/organizations/1/users/\d+", "/organizations/{id}/users/{user}", path)
        return re.sub(r"^/(users|organizations)/\d+", r"/\1/{id}", path).replace("/collaborators/2.json", "/collaborators/{id}.json")


if __name__ == "__main__":
    unittest.main()
