# SPDX-License-Identifier: GPL-2.0-or-later
"""A new ticket answered with itself, for who asks by Accept: the answer, failures as JSON, and nothing else for anybody else."""
import unittest

import demo
from test_create import ticket

ASKED = {"Accept": "application/json; profile=ticket"}


class CreateAnswer(demo.FreshDesk):
    def create(self, status=201, query="", headers=(), **fields):
        answer = self.desk.request("POST", "/tickets.json" + query, body=ticket(**fields), key=demo.KEY, headers={**ASKED, **dict(headers)})
        self.assertEqual(status, answer.status, str(answer))
        return answer

    def test_the_ticket_as_it_is_read(self):
        answer = self.create(topicId=2, priorityId=3, attachments=[{"a.txt": "data:text/plain,x"}])
        self.assertEqual("application/json; charset=utf-8", answer.header("content-type").lower())
        read = self.desk.get("/tickets/%s.json" % answer.json["ticket"]["number"], key=demo.KEY).json
        self.assertEqual(read["ticket"], answer.json["ticket"])
        self.assertEqual(read["version"], answer.json["version"])
        self.assertEqual("Crane is stuck", read["ticket"]["subject"])
        self.assertEqual((1, 1), (read["ticket"]["entries"], read["ticket"]["attachments"]))
        self.assertEqual(["created"], answer.json["events"])
        self.assertEqual(self.desk.value("SELECT MAX(id) FROM ost_thread_entry WHERE type='M'"), str(answer.json["entry_id"]))

    def test_without_being_asked_it_is_the_number(self):
        for accept in ("application/json", "*/*", "application/json; profile=tickets", "application/json; profile=ticket; q=0"):
            answer = self.create(headers={"Accept": accept})
            self.assertRegex(answer.text, r"\A[0-9]{6}\Z")
            self.assertEqual("text/plain; charset=utf-8", answer.header("content-type").lower())
        answer = self.desk.request("POST", "/tickets.xml", key=demo.KEY, headers=ASKED,
                                   body="<ticket><email>anna@quay.example</email><name>A</name><subject>s</subject><message>m</message></ticket>")
        self.assertRegex(answer.text, r"\A[0-9]{6}\Z")

    def test_failures_are_json(self):
        for status, word, fields in ((400, "malformed", {"subject": []}), (422, "invalid", {"subject": ""})):
            failure = self.create(status, **fields).json
            self.assertEqual(("FAILURE", word), (failure["status_code"], failure["error"]))
        self.desk.sql("INSERT INTO ost_filter(id,execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,"
                      "created,updated) VALUES(1,99,1,0,0,0,0,'Email',0,'SYSTEM BAN LIST',NOW(),NOW());"
                      "INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,updated) "
                      "VALUES(1,'email','equal','anna@quay.example',1,'',NOW(),NOW())")
        self.assertEqual("role", self.create(403).json["error"])
        demo.reset(self.desk)
        before = self.desk.counts()
        for key, status, word in (("nobody's", 401, "key"), (demo.READ_ONLY_KEY, 403, "scope")):
            answer = self.desk.request("POST", "/tickets.json", body=ticket(), key=key, headers=ASKED)
            self.assertEqual((status, word), (answer.status, answer.json["error"]))
            answer = self.desk.request("POST", "/tickets.json", body=ticket(), key=key)
            self.assertEqual(401, answer.status)
            self.assertTrue(answer.header("content-type").startswith("text/plain"))
        self.assertIn("dry", self.create(422, query="?dry=1").json["status_msg"])
        self.assertEqual(before, self.desk.counts())

    def test_each_field_that_is_wrong_is_named(self):
        self.desk.sql("UPDATE ost_form_field SET flags = flags | 0x8000 WHERE name = 'phone'")
        failure = self.create(422, subject="", email="nobody", name="").json
        self.assertEqual({"subject", "email"}, set(failure["errors"]) & {"subject", "email"}, failure)

    def test_a_rehearsal_is_told_and_undone(self):
        before = self.desk.counts()
        answer = self.create(query="?dry_run=1", email="new@quay.example", attachments=[{"a.txt": "data:text/plain,x"}])
        self.assertTrue(answer.json["dry_run"])
        self.assertEqual("new@quay.example", answer.json["ticket"]["user"]["email"])
        self.assertEqual(before, self.desk.counts())
        answer = self.desk.request("POST", "/tickets.json?dry_run=1", body=ticket(), key=demo.KEY)
        self.assertEqual(400, answer.status)
        self.assertEqual(before, self.desk.counts())

    def test_a_key_answers_again_what_it_answered(self):
        key = {"Idempotency-Key": "answer-1"}
        first = self.create(headers=key)
        self.assertEqual(first.json, self.create(headers=key).json)
        def rows():
            """Without the mails, which are sent meanwhile."""
            return [row for row in self.desk.counts() if "_mail" not in row[0]]
        before = rows()
        self.assertEqual(422, self.desk.request("POST", "/tickets.json", body=ticket(), key=demo.KEY, headers=key).status)
        self.assertEqual(before, rows())

    def test_php_is_not_asked_for_what_it_does_not_know(self):
        self.desk.sql("UPDATE ost_form_field SET type='plugin-type' WHERE name='phone'")
        self.assertEqual("php", self.create(501, email="new@quay.example").json["error"])

    def test_a_page_may_ask_for_it(self):
        # Accept with a parameter is still a header that needs no preflight (Fetch standard, CORS-safelisted).
        self.assertNotRegex(ASKED["Accept"], r'["():<>?@\[\\\]{}]')


if __name__ == "__main__":
    unittest.main()
