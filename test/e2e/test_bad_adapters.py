# SPDX-License-Identifier: GPL-2.0-or-later
"""What nobody honest sends to the APIs of others: a 4xx in the form of each, nothing is written, and no wish is passed over in silence."""
import json
import unittest

import bad_requests
from bad_requests import BROKEN, INTEGERS, TEXTS, quoted
from test_adapters import AdapterDesk

MARKUS, PLUS, PR5019 = {"error", "message"}, {"error", "detail"}, {"message"}
STAFF = "/api-plus/staff/tickets/1/%s.json"
# Form of failures, method, path, a good body, and its members: what names a thing, a text.
WRITES = (
    (MARKUS, "PATCH", "/tickets-update.php/310042.json", {"topicId": 1}, {
        "departmentId": "name", "topicId": "name", "slaId": "name", "priorityId": "name", "priority": "name", "staffId": "name", "statusId": "name", "dueDate": "date", "note": "text",
        "parentTicketNumber": "name"}),
    (MARKUS, "PATCH", "/tickets-update.php/310042.json", {"note": "x"}, {"noteTitle": "title", "noteFormat": "word", "attachments": "list"}),
    (MARKUS, "PUT", "/tickets-update.php/310042.json", {"topicId": 1}, {"statusId": "name"}),
    (MARKUS, "DELETE", "/tickets-delete.php/310042.json", None, {}),
    (MARKUS, "POST", "/tickets-subtickets-create.php/310042.json", {"childId": "310045"}, {"childId": "name"}),
    (PLUS, "POST", "/api-plus/tickets/310042.json?email=anna@quay.example", {"message": "x"}, {"message": "text"}),
    (PLUS, "POST", STAFF % "reply", {"message": "x"}, {"message": "text", "status": "name"}),
    (PLUS, "POST", STAFF % "status", {"status": "closed"}, {"status": "name", "comments": "title"}),
    (PLUS, "POST", STAFF % "note", {"note": "x"}, {"note": "text"}),
    (PLUS, "POST", STAFF % "assign", {"dept_id": 2}, {"dept_id": "name", "staff_id": "name", "team_id": "name", "note": "title"}),
    (PLUS, "POST", STAFF % "priority", {"priority_id": 3}, {"priority_id": "name"}),
    (PLUS, "POST", STAFF % "topic", {"topic_id": 1}, {"topic_id": "name"}),
    (PR5019, "PUT", "/tickets.json/310042", {"userId": 1, "message": "x"}, {"userId": "name", "message": "text"}),
    (PR5019, "PUT", "/tickets.json/310042", {"email": "anna@quay.example", "message": "x"}, {"email": "name"}),
    (PR5019, "POST", "/tickets.json/310044", {"email": "anna@quay.example"}, {}),
    (PR5019, "DELETE", "/tickets.json/310042", {"userId": 1}, {}),
)
NUMBERS = ("nobody", "%00", "310042%00", "310042%0a", "%FF", "%C0%AF", "..%2f310042", "%2e%2e", quoted("' OR 1=1 --"), quoted("<b>"), "9" * 7000, "9223372036854775808", "-1", "1.5")


class BadAdapters(AdapterDesk):
    maxDiff = None
    NAME, SETTINGS = "bad_adapters", ("adapters.markus=yes", "adapters.api_plus=yes", "adapters.pr5019=yes")

    @staticmethod
    def with_member(body, name, raw):
        rest = json.dumps({key: value for key, value in body.items() if key != name})
        return rest[:-1] + ("," if rest != "{}" else "") + json.dumps(name) + ":" + raw + "}"

    def setUp(self):
        super().setUp()
        self.desk.sql(bad_requests.PREPARED + "UPDATE fcgi_ost_key SET staff_id=2, any_staff=0, `system`=0;"
                      "CREATE TABLE ost_ticket_hierarchy_metadata (ticket_id INT PRIMARY KEY)")
        self.addCleanup(self.desk.sql, "DROP TABLE ost_ticket_hierarchy_metadata")
        self.pids = self.desk.workers()

    def tearDown(self):
        self.assertEqual(self.pids, self.desk.workers(), "a worker died")

    def wrong(self, form, method, path, body, taken=False, **more):
        """What is wrong with the answer, if anything is."""
        try:
            answer = self.ask(method, path, body.encode() if isinstance(body, str) else body, **more)
        except Exception as error:  # pylint: disable=broad-except
            return "%s %s %r: %s" % (method, path[:80], str(body)[:120], error)
        if taken and answer.status < 300:
            return None
        if 400 <= answer.status < 500 and answer.body and not answer.header("content-type").startswith("application/json"):
            return None if answer.status in (400, 414) and b"nginx" in answer.body else "%s %s %r: %s" % (method, path[:80], str(body)[:120], answer)
        if not 400 <= answer.status < 500 or not set(answer.json) <= form or not answer.json[min(form - {"detail"}, key=len)]:
            return "%s %s %r: %s" % (method, path[:80], str(body)[:120], answer)
        return None

    def check(self, requests):
        before = self.rows()
        found = [self.wrong(*request) for request in requests]
        wrong = [line for line in found if line]
        if before != self.rows():
            wrong.append("something was written, from %s on" % (requests[0][1:3],))
            for request in requests:
                before = self.rows()
                self.wrong(*request)
                if before != self.rows():
                    wrong.append("wrote: %s" % str(request[1:])[:200])
        return wrong

    def test_the_good_ones_are_good(self):
        for _, method, path, body, _ in WRITES:
            with self.subTest(method + " " + path):
                self.desk.sql("UPDATE ost_ticket SET ticket_pid=NULL, status_id=1 WHERE number='310042'")
                if "delete" in path:
                    continue  # the last word on it: test_adapters
                self.assertIn(self.ask(method, path, body).status, (200, 201, 204), "%s %s: %s" % (method, path, self.ask(method, path, body)))

    def test_paths(self):
        requests = []
        for form, method, path, body, _ in WRITES:
            for number in NUMBERS:
                bad = path.replace("310042", number).replace("310044", number).replace("/1/", "/%s/" % number)
                requests.append((form, method, bad, body))
        self.assertEqual([], self.check(requests))

    def test_bodies(self):
        wrong = []
        for form, method, path, body, _ in WRITES:
            if not body:
                continue
            whole = json.dumps(body)
            bad = ["{", "}", "nonsense", "[]", "5", "null", '"x"', whole + "x", "[%s]" % whole, whole[:-1], '{"a":NaN}', "\ufeff" + whole, whole[:-1] + "," + whole[1:]]
            bad += [whole[:-1].encode() + b',"a":"' + byte + b'"}' for byte in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\x00")]
            bad += [whole[:-1] + ',"a":%s}' % raw for raw, what in BROKEN if what not in ("NUL",)] + [whole[:-1] + ',"a\\u0000":1}']
            wrong += self.check([(form, method, path, text) for text in bad])
        self.assertEqual([], wrong)

    def test_texts_do_no_harm(self):
        """Nothing of a text is run, nor does it break an answer. The requests are refused for their If-Match."""
        wrong = []
        for form, method, path, body, members in WRITES:
            for name, kind in members.items():
                for text in TEXTS * (kind in ("text", "title")):
                    sent = self.with_member(body, name, json.dumps(text))
                    wrong += filter(None, [self.wrong(form, method, path, sent, False, headers={"If-Match": '"0000000000000000"'})])
                for number in INTEGERS:
                    wrong += filter(None, [self.wrong(form, method, path, self.with_member(body, name, number), False, headers={"If-Match": '"0000000000000000"'})])
        self.assertEqual([], wrong)

    def test_queries(self):
        requests = []
        for form, path, names in ((MARKUS, "/tickets-search.php", ("query", "status", "department", "departmentId", "limit", "offset", "sort")),
                                  (PLUS, "/api-plus/tickets.json", ("email", "status", "limit", "offset")),
                                  (PLUS, "/api-plus/staff/tickets.json", ("email", "status", "status_id", "status_name", "dept_id", "topic_id", "priority_id", "updated_since", "limit", "offset")),
                                  (PR5019, "/tickets.json", ("userId", "email", "status_id"))):
            for name in names:
                first = "userId=1&" if form is PR5019 and name == "status_id" else ""
                for text in ("%00", "%FF", "%0a", "%C0%AF"):
                    requests.append((form, "GET", "%s?%s%s=%s" % (path, first, name, text), None))
                for text in [quoted(text) for text in TEXTS if "\x1b" not in text and "\n" not in text and "\x7f" not in text] + ["", "9" * 6000, "-1", "1e400", "9223372036854775808"]:
                    requests.append((form, "GET", "%s?%s%s=%s" % (path, first, name, text), None, True))
        self.assertEqual([], self.check(requests))


del AdapterDesk  # whose tests are its own file's

if __name__ == "__main__":
    unittest.main()
