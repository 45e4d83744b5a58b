# SPDX-License-Identifier: GPL-2.0-or-later
"""The APIs of others: their clients' own requests, as the plugins' documents and OpenAPI have them, and answers in their forms. Off, each
path is PHP's as it was."""
import base64
import http.client
import json
import os
import re
import unittest

import demo
from desk import ROOT, Answer
from nginx_alone import Nginx, snippet

READER = demo.READ_ONLY_KEY
NUMBERS = ("statusId", "priorityId", "departmentId", "topicId", "staffId", "teamId", "slaId")
TEXTS = ("number", "subject", "status", "priority", "created")


def switched_on(text):
    return re.sub(r"(?m)^# (rewrite )", r"\1", text)


def lines():
    with open(os.path.join(ROOT, "nginx", "adapters.conf"), encoding="utf-8") as file:
        return file.read()


class AdapterDesk(unittest.TestCase):
    """A desk with every adapter, behind an nginx that sends it their paths; a key that may do all and acts as the system."""
    NAME, SETTINGS = None, ()

    @classmethod
    def setUpClass(cls):
        path = os.path.join(os.environ["STACKS"], cls.NAME + ".snippet")
        with open(os.path.join(ROOT, "nginx", "snippet.conf"), encoding="utf-8") as file, open(path, "w", encoding="utf-8") as own:
            own.write(file.read() + switched_on(lines()))
        cls.desk = demo.own_desk(cls.NAME, cls.SETTINGS, SNIPPET=path)

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def setUp(self):
        demo.reset(self.desk)
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes,`system`) VALUES(1,'*',1)")

    def ask(self, method, path, body=None, key=demo.KEY, headers=()):
        """Past the tests' own description of answers, which knows our paths alone."""
        connection = http.client.HTTPConnection(self.desk.host, self.desk.port, timeout=60)
        sent = {"X-API-Key": key, "Content-Type": "application/json", **dict(headers)}
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        try:
            connection.request(method, "/api" + path, body=body, headers=sent)
            response = connection.getresponse()
            return Answer(response.status, response.reason, response.getheaders(), response.read())
        finally:
            connection.close()

    def good(self, method, path, body=None, status=200, **more):
        answer = self.ask(method, path, body, **more)
        self.assertEqual(status, answer.status, "%s %s: %s" % (method, path, answer))
        return answer.json if answer.body else None

    def file(self, entry=3, kind="H"):
        """The id of what is attached there: ids rise from test to test."""
        return int(self.desk.value("SELECT id FROM ost_attachment WHERE object_id=%d AND type='%s'" % (entry, kind)))

    def ticket(self, columns, number="310042"):
        return self.desk.sql("SELECT %s FROM ost_ticket WHERE number='%s'" % (columns, number))[0]

    def rows(self):
        """What requests write. Mails of an act before are sent meanwhile."""
        return [row for row in self.desk.counts() if not row[0].endswith("fcgi_ost_mail")]

    def refused(self, status, method, path, body=None, **more):
        before = self.rows()
        answer = self.ask(method, path, body, **more)
        self.assertEqual(status, answer.status, "%s %s: %s" % (method, path, answer))
        self.assertEqual(before, self.rows(), "something was written")
        return answer.json


class Markus(AdapterDesk):
    NAME, SETTINGS = "adapter_markus", ("adapters.markus=yes",)

    # ---- reading
    def test_a_search_answers_with_a_bare_list_of_flat_tickets(self):
        found = self.good("GET", "/tickets-search.php")
        self.assertEqual(self.desk.sql("SELECT number FROM ost_ticket ORDER BY created DESC, ticket_id DESC"), [[t["number"]] for t in found])
        for ticket in found:
            for name in NUMBERS:
                self.assertIsInstance(ticket[name], int, name)
            for name in TEXTS:
                self.assertIsInstance(ticket[name], str, name)
            self.assertIsInstance(ticket["isOverdue"], bool)
        pump = next(t for t in found if t["number"] == "310042")
        self.assertEqual(("Open", "Field service", "Tobenna Okafor", None, "2025-03-03 09:12:00"),
                         (pump["status"], pump["department"], pump["staff"], pump["dueDate"], pump["created"]))
        self.assertEqual(found, self.good("GET", "/http.php/tickets-search.php"))

    def test_a_search_takes_a_part_of_the_subject_and_names(self):
        def numbers(query):
            return [t["number"] for t in self.good("GET", "/tickets-search.php?" + query)]
        self.assertEqual(["310042"], numbers("query=PUMP%20stands"))
        self.assertEqual([], numbers("query=100%25"))  # no wildcard of LIKE's
        self.assertEqual([], numbers("query=p_mp"))
        self.assertEqual(["310043"], numbers("status=waiting+for+parts"))
        self.assertEqual(["310043"], numbers("status=6&department=2"))
        self.assertEqual(["310042"], numbers("department=Workshop%20%2F%20Field%20service"))
        self.assertEqual(["310042"], numbers("departmentId=3&limit=50&sort=updated%3Adesc"))
        self.assertEqual(self.desk.sql("SELECT number FROM ost_ticket ORDER BY number LIMIT 2 OFFSET 1"),
                         [[n] for n in numbers("sort=number&limit=2&offset=1")])
        self.assertEqual(8, len(numbers("limit=nonsense&offset=-1&unknown=1")))

    def test_a_ticket_is_flat_with_its_thread(self):
        ticket = self.good("GET", "/tickets-get.php/310042.json")
        self.assertEqual([1, "310042", 1, "Open", 3, {"name": "Anna Lindqvist", "email": "anna@quay.example"}, None, "192.0.2.15", []],
                         [ticket[name] for name in ("id", "number", "statusId", "status", "departmentId", "user", "closed", "ip", "children")])
        thread = ticket["thread"]
        self.assertEqual([(1, "M"), (2, "N"), (3, "M")], [(e["id"], e["type"]) for e in thread])
        self.assertEqual(("2025-03-03 09:25:00", "Tobenna Okafor", 2), (thread[1]["timestamp"], thread[1]["staff"], thread[1]["staffId"]))
        self.assertEqual(1, thread[0]["userId"])
        self.assertNotIn("attachments", thread[0])
        file = thread[2]["attachments"][0]
        self.assertEqual((1, "gauge.png", 68, "image/png", False), (thread[2]["attachment_count"], file["filename"], file["size"],
                                                                    file["mime_type"], file["inline"]))
        self.assertEqual("2025-03-07 15:30:00", self.good("GET", "/tickets-get.php/310044.json")["closed"])

    def test_a_number_goes_before_an_id(self):
        self.assertEqual("310042", self.good("GET", "/tickets-get.php/1.json")["number"])
        self.desk.sql("UPDATE ost_ticket SET number='1' WHERE ticket_id=4")
        self.assertEqual(4, self.good("GET", "/tickets-get.php/1.json")["id"])

    def test_a_file_comes_as_base64(self):
        file = self.good("GET", "/tickets-get.php/310042.json")["thread"][2]["attachments"][0]
        got = self.good("GET", "/tickets-attachment-download.php/%d.json" % file["file_id"])
        self.assertEqual((file["file_id"], "gauge.png", "image/png", 68),
                         (got["file_id"], got["filename"], got["mime_type"], got["size"]))
        self.assertEqual(b"\x89PNG", base64.b64decode(got["content"])[:4])
        self.assertEqual(68, len(base64.b64decode(got["content"])))

    def test_a_large_file_comes_whole(self):
        for size in (0, 1, 2, 3, 65536, 300001):
            data = os.urandom(size)
            self.desk.sql("DELETE FROM ost_file_chunk WHERE file_id=1; UPDATE ost_file SET size=%d WHERE id=1" % size)
            for place in range(0, size, 100000):
                self.desk.sql("INSERT INTO ost_file_chunk VALUES(1,%d,X'%s')" % (place // 100000, data[place:place + 100000].hex()))
            self.assertEqual(data, base64.b64decode(self.good("GET", "/tickets-attachment-download.php/%d.json" % self.file())["content"]), size)

    def test_only_files_of_entries_are_to_be_had(self):
        self.assertEqual({"error": True, "message": "Attachment not accessible"},
                         self.refused(403, "GET", "/tickets-attachment-download.php/%d.json" % self.file(1, "C")))  # a canned response's
        self.refused(403, "GET", "/tickets-attachment-download.php/999999999.json")
        self.refused(400, "GET", "/tickets-attachment-download.php/x.json")

    def test_statistics_are_those_of_the_plugin(self):
        self.desk.sql("UPDATE ost_ticket SET isoverdue=1 WHERE number='310042'")
        stats = self.good("GET", "/tickets-stats.php")
        rows = self.desk.sql("SELECT COUNT(*), SUM(s.state='closed'), SUM(isoverdue) FROM ost_ticket t JOIN ost_ticket_status s ON s.id=t.status_id")
        total, closed, overdue = (int(n) for n in rows[0])
        self.assertEqual([total, total - closed, closed, overdue], [stats[n] for n in ("total", "open", "closed", "overdue")])
        self.assertEqual(["Field service", "Hire desk", "Workshop"], list(stats["by_department"]))
        self.assertEqual({"total": 1, "open": 1, "closed": 0, "overdue": 1}, stats["by_department"]["Field service"])
        self.assertEqual(["Marieke de Vries", "Tobenna Okafor"], [s["staff_name"] for s in stats["by_staff"]])
        self.assertEqual({"open": 1, "closed": 0, "overdue": 1}, stats["by_staff"][1]["departments"]["Field service"])
        self.assertEqual(3, stats["by_staff"][1]["total"])

    def test_statuses_are_a_bare_list(self):
        self.assertEqual([int(row[0]) for row in self.desk.sql("SELECT id FROM ost_ticket_status ORDER BY sort")],
                         [s["id"] for s in self.good("GET", "/tickets-statuses.php")])
        self.assertEqual({"id": 2, "name": "Resolved", "state": "closed"}, self.good("GET", "/tickets-statuses.php")[1])

    # ---- writing
    def update(self, body, method="PATCH", number="310042"):
        answer = self.ask(method, "/tickets-update.php/%s.json" % number, body)
        self.assertEqual((200, "310042", "text/plain"), (answer.status, answer.text, answer.header("content-type").split(";")[0]), str(answer))

    def test_an_update_takes_ids_and_names_and_answers_with_the_number(self):
        self.update({"statusId": "Resolved", "note": "Issue resolved via API. Customer notified via email."})
        self.assertEqual(["2"], self.ticket("status_id"))
        self.assertEqual(["N", "API Update", "Issue resolved via API. Customer notified via email.", "SYSTEM"],
                         self.desk.sql("SELECT type, title, body, poster FROM ost_thread_entry ORDER BY id DESC LIMIT 1")[0])
        self.update({"departmentId": "Workshop", "staffId": 1, "statusId": "Open"}, "PUT", "1")
        self.assertEqual(["2", "1", "1"], self.ticket("dept_id, staff_id, status_id"))
        self.update({"topicId": 1, "slaId": 2, "priorityId": "High"})
        self.assertEqual(["1", "2"], self.ticket("topic_id, sla_id"))
        self.update({"dueDate": "2031-01-31T17:30:00"})
        self.assertNotEqual(["NULL"], self.ticket("duedate"))
        self.update({"dueDate": None})
        self.assertEqual(["NULL"], self.ticket("duedate"))
        self.update({"note": "<b>x</b>", "noteTitle": "Bug", "noteFormat": "html", "attachments": [{"a.txt": "data:text/plain;base64,aGk="}]})
        self.assertEqual(["Bug", "<b>x</b>"], self.desk.sql("SELECT title, body FROM ost_thread_entry ORDER BY id DESC LIMIT 1")[0])
        self.assertEqual("a.txt", self.good("GET", "/tickets-get.php/310042.json")["thread"][-1]["attachments"][0]["filename"])
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail"), "the plugin mails nobody")

    def test_what_is_so_already_is_no_failure(self):
        self.update({"departmentId": 3, "staffId": "tokafor", "statusId": 1})
        before = self.desk.counts()
        self.update({"departmentId": 3, "staffId": 2, "statusId": "open"})
        self.assertEqual(before, self.desk.counts())

    def test_an_update_is_done_as_a_whole_or_not_at_all(self):
        self.refused(400, "PATCH", "/tickets-update.php/310042.json", {"departmentId": 1, "statusId": "No such status"})
        self.refused(400, "PATCH", "/tickets-update.php/310042.json", {"statusId": 2, "note": "x", "noteFormat": "rtf"})
        self.refused(400, "PATCH", "/tickets-update.php/310042.json", {"statusId": 3, "dueDate": "nonsense"})

    def test_an_update_is_done_once_for_one_idempotency_key(self):
        for _ in range(2):
            answer = self.ask("PATCH", "/tickets-update.php/310042.json", {"note": "once"}, headers={"Idempotency-Key": "k1"})
            self.assertEqual((200, "310042"), (answer.status, answer.text))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body='once'"))

    def test_a_deletion_answers_with_the_number(self):
        answer = self.ask("DELETE", "/tickets-delete.php/310045.json")
        self.assertEqual((200, "310045"), (answer.status, answer.text))
        self.assertEqual({"error": True, "message": "Ticket not found"}, self.refused(404, "DELETE", "/tickets-delete.php/310045.json"))

    # ---- rights
    def test_what_a_key_may_not_is_401(self):
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(2,'changes')")
        for method, path, body in (("GET", "/tickets-search.php", None), ("GET", "/tickets-get.php/310042.json", None),
                                   ("PATCH", "/tickets-update.php/310042.json", {"statusId": 3}), ("GET", "/tickets-stats.php", None),
                                   ("DELETE", "/tickets-delete.php/310042.json", None), ("GET", "/tickets-statuses.php", None),
                                   ("GET", "/tickets-attachment-download.php/%d.json" % self.file(), None)):
            answer = self.refused(401, method, path, body, key=READER)
            self.assertIs(True, answer["error"])
            self.assertIsInstance(answer["message"], str)
        self.assertIs(True, self.refused(401, "GET", "/tickets-search.php", key="0000")["error"])

    def test_the_plugins_own_columns_are_rights(self):
        self.desk.sql("ALTER TABLE ost_api_key " + ", ".join("ADD can_%s_tickets TINYINT NOT NULL DEFAULT 0" % w for w in ("read", "search", "update", "delete"))
                      + ", ADD can_read_stats TINYINT NOT NULL DEFAULT 0")
        self.addCleanup(self.desk.reload)
        self.addCleanup(self.desk.sql, "ALTER TABLE ost_api_key DROP can_read_tickets, DROP can_search_tickets, DROP can_update_tickets, "
                        "DROP can_delete_tickets, DROP can_read_stats")
        self.desk.reload()
        self.refused(401, "DELETE", "/tickets-delete.php/310045.json", key=READER)
        self.refused(401, "GET", "/tickets-stats.php", key=READER)
        self.desk.sql("UPDATE ost_api_key SET can_update_tickets=1, can_read_stats=1, can_delete_tickets=1 WHERE id=2")
        self.good("GET", "/tickets-stats.php", key=READER)
        self.good("GET", "/tickets-statuses.php", key=READER)
        self.assertEqual("310042", self.ask("PATCH", "/tickets-update.php/310042.json", {"statusId": 3, "note": "x"}, key=READER).text)
        self.assertEqual("310045", self.ask("DELETE", "/tickets-delete.php/310045.json", key=READER).text)

    def test_a_key_that_sees_some_tickets_only_sees_no_others(self):
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,`system`,depts) VALUES(1,'*',1,'2')")
        self.assertEqual({2}, {t["departmentId"] for t in self.good("GET", "/tickets-search.php")})
        for path in ("/tickets-get.php/310042.json", "/tickets-get.php/1.json"):
            self.assertEqual(404, self.ask("GET", path).status)
        self.refused(404, "PATCH", "/tickets-update.php/310042.json", {"statusId": 3})
        self.refused(403, "GET", "/tickets-attachment-download.php/%d.json" % self.file())
        self.assertEqual(["Workshop"], list(self.good("GET", "/tickets-stats.php")["by_department"]))

    # ---- sub-tickets
    def plugin(self):
        self.desk.sql("CREATE TABLE ost_ticket_hierarchy_metadata (ticket_id INT PRIMARY KEY)")
        self.addCleanup(self.desk.sql, "DROP TABLE ost_ticket_hierarchy_metadata")

    def test_sub_tickets_hang_by_their_column_alone(self):
        self.plugin()
        before = self.ticket("flags, updated, lastupdate", "310043")
        events = self.desk.value("SELECT COUNT(*) FROM ost_thread_event")
        made = self.good("POST", "/tickets-subtickets-create.php/310042.json", {"childId": "310043"})
        self.assertEqual((True, "Subticket relationship created successfully", 1, "310043"),
                         (made["success"], made["message"], made["parent"]["ticket_id"], made["child"]["number"]))
        self.assertEqual(["1"], self.ticket("ticket_pid", "310043"))
        self.assertEqual((before, events), (self.ticket("flags, updated, lastupdate", "310043"), self.desk.value("SELECT COUNT(*) FROM ost_thread_event")))
        self.assertEqual({"parent": made["parent"]}, self.good("GET", "/tickets-subtickets-parent.php/310043.json"))
        self.assertEqual({"children": [made["child"]]}, self.good("GET", "/tickets-subtickets-list.php/310042.json"))
        self.assertEqual([2], self.good("GET", "/tickets-get.php/310042.json")["children"])
        self.refused(422, "POST", "/tickets-subtickets-create.php/310042.json", {"childId": 310043})
        self.refused(422, "POST", "/tickets-subtickets-create.php/310044.json", {"childId": "310043"})
        self.refused(422, "POST", "/tickets-subtickets-create.php/310043.json", {"childId": "310042"})  # a circle
        gone = self.good("DELETE", "/tickets-subtickets-unlink.php/310043.json")
        self.assertEqual("310043", gone["child"]["number"])
        self.assertEqual({"parent": None}, self.good("GET", "/tickets-subtickets-parent.php/310043.json"))
        self.refused(404, "DELETE", "/tickets-subtickets-unlink.php/310043.json")

    def test_an_update_can_make_a_sub_ticket(self):
        self.plugin()
        self.update({"parentTicketNumber": "310044", "note": "belongs there"})
        self.assertEqual(["3"], self.ticket("ticket_pid"))
        self.refused(400, "PATCH", "/tickets-update.php/310043.json", {"parentTicketNumber": "310042"})  # itself a child
        self.refused(404, "PATCH", "/tickets-update.php/310043.json", {"parentTicketNumber": "999999", "statusId": 3})

    def test_without_the_plugin_for_sub_tickets_they_are_501(self):
        for method, path, body in (("GET", "/tickets-subtickets-parent.php/310042.json", None), ("GET", "/tickets-subtickets-list.php/310042.json", None),
                                   ("POST", "/tickets-subtickets-create.php/310042.json", {"childId": "310043"}),
                                   ("DELETE", "/tickets-subtickets-unlink.php/310042.json", None)):
            self.assertTrue(self.refused(501, method, path, body)["message"].startswith("Subticket plugin not available"))

    def test_rights_to_sub_tickets_are_403(self):
        self.plugin()
        self.refused(400, "POST", "/tickets-subtickets-create.php/310042.json", {"childId": "310042"})
        self.refused(400, "POST", "/tickets-subtickets-create.php/310042.json", {"child": "310042"})
        self.refused(404, "POST", "/tickets-subtickets-create.php/310042.json", {"childId": "999999"})
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(2,'read')")
        self.refused(403, "POST", "/tickets-subtickets-create.php/310042.json", {"childId": "310043"}, key=READER)

    # ---- bad input
    def test_what_is_no_request_is_refused_in_the_plugins_form(self):
        for status, method, path, body in (
                (405, "POST", "/tickets-search.php", None), (405, "GET", "/tickets-update.php/310042.json", None),
                (405, "GET", "/tickets-delete.php/310042.json", None), (501, "GET", "/tickets-get.php/310042.xml", None),
                (501, "PATCH", "/tickets-update.php/310042.xml", "{}"), (404, "GET", "/tickets-get.php/nobody.json", None),
                (400, "GET", "/tickets-get.php/%0a.json", None), (400, "GET", "/tickets-get.php/%ff.json", None),
                (400, "GET", "/tickets-search.php?status=No+such+status", None), (400, "GET", "/tickets-search.php?query=%ff", None),
                (400, "PATCH", "/tickets-update.php/310042.json", None), (400, "PATCH", "/tickets-update.php/310042.json", "{}"),
                (400, "PATCH", "/tickets-update.php/310042.json", "[1]"), (400, "PATCH", "/tickets-update.php/310042.json", '{"note":"a'),
                (400, "PATCH", "/tickets-update.php/310042.json", {"statusId": {"x": 1}}), (400, "PATCH", "/tickets-update.php/310042.json", {"staffId": "nobody"}),
                (400, "PATCH", "/tickets-update.php/310042.json", {"dueDate": "2001-01-01"}), (400, "PATCH", "/tickets-update.php/310042.json", {"dueDate": 5}),
                (404, "PATCH", "/tickets-update.php/999999.json", {"statusId": 3})):
            answer = self.refused(status, method, path, body)
            self.assertEqual(["error", "message"], list(answer), answer)
            self.assertIs(True, answer["error"])


class ApiPlus(AdapterDesk):
    NAME, SETTINGS = "adapter_api_plus", ("adapters.api_plus=yes",)
    TICKET = {"id", "number", "subject", "status", "status_id", "state", "email", "name", "created", "updated", "dept_id", "topic_id",
              "staff_id", "team_id", "priority_id"}

    def setUp(self):
        super().setUp()
        self.desk.sql("UPDATE fcgi_ost_key SET staff_id=1, `system`=0 WHERE key_id=1; UPDATE ost_ticket SET dept_id=1 WHERE number='310042'")

    def test_health_tells_what_the_key_can(self):
        health = self.good("GET", "/http.php/api-plus/health.json")
        self.assertEqual([True, "osticket-api-plus", "1.2.0", True, True],
                         [health[n] for n in ("ok", "plugin", "version", "user_api", "staff_api")])
        self.assertFalse(self.good("GET", "/api-plus/health.json", key=READER)["staff_api"])
        self.assertEqual(["error"], list(self.refused(401, "GET", "/api-plus/health.json", key="0000")))

    # ---- staff
    def numbers(self, query, path="/api-plus/staff/tickets.json"):
        return [t["number"] for t in self.good("GET", path + "?" + query)["tickets"]]

    def test_lists_have_filters_and_pages(self):
        listed = self.good("GET", "/api-plus/staff/tickets.json")
        self.assertEqual({"open"}, {t["state"] for t in listed["tickets"]})
        self.assertEqual(self.TICKET, set(listed["tickets"][0]))
        total = int(self.desk.value("SELECT COUNT(*) FROM ost_ticket"))
        page = self.good("GET", "/api-plus/staff/tickets.json?status=all&limit=3&offset=2")
        self.assertEqual([3, total, 3, 2, True, "all"], [page[n] for n in ("count", "total", "limit", "offset", "has_more", "status")])
        self.assertEqual(["310047", "310044"], self.numbers("status=closed"))
        self.assertEqual(["310043"], self.numbers("status_id=6"))
        self.assertEqual(["310043"], self.numbers("status_name=Waiting+for+parts"))
        self.assertEqual({"HT-0007", "310043", "310042"}, set(self.numbers("status=all&email=anna@quay.example")))
        self.assertEqual([], self.numbers("email=nobody@nowhere.example"))
        self.assertEqual(["310046", "310043"], self.numbers("dept_id=2"))
        self.assertEqual(self.desk.sql("SELECT number FROM ost_ticket WHERE updated>='2025-03-12 12:00:00' ORDER BY created DESC"),
                         [[n] for n in self.numbers("status=all&updated_since=2025-03-12+12:00:00")])
        self.assertEqual(8, len(self.numbers("status=all&updated_since=1")))
        self.refused(400, "GET", "/api-plus/staff/tickets.json?status=x")
        self.refused(400, "GET", "/api-plus/staff/tickets.json?status_id=1&status_name=Open")
        self.refused(400, "GET", "/api-plus/staff/tickets.json?updated_since=yesterday-ish")

    def test_a_ticket_by_id_and_by_number(self):
        ticket = self.good("GET", "/api-plus/staff/tickets/by-number/310042.json")
        self.assertEqual(ticket, self.good("GET", "/api-plus/staff/tickets/1.json"))
        self.assertEqual(self.TICKET | {"thread", "attachments"}, set(ticket))
        self.assertEqual([["M", []], ["N", []], ["M", [self.file()]]], [[e["type"], [f["file_id"] for f in e["attachments"]]] for e in ticket["thread"]])
        self.assertEqual([(self.file(), 3, "gauge.png")], [(f["file_id"], f["entry_id"], f["filename"]) for f in ticket["attachments"]])
        for path in ("1", "by-number/310042"):
            file = self.good("GET", "/api-plus/staff/tickets/%s/attachments/%d.json" % (path, self.file()))
            self.assertEqual((b"\x89PNG", "base64", 1), (base64.b64decode(file["content"])[:4], file["encoding"], file["ticket_id"]))
        self.refused(404, "GET", "/api-plus/staff/tickets/1/attachments/%d.json" % self.file(7))  # another ticket's
        self.assertEqual({"error": "Ticket not found"}, self.refused(404, "GET", "/api-plus/staff/tickets/by-number/1.json"))
        self.assertEqual(["error"], list(self.refused(404, "GET", "/api-plus/staff/tickets/310042.json")))

    def done(self, path, body, number="by-number/310042"):
        answer = self.good("POST", "/api-plus/staff/tickets/%s/%s.json" % (number, path), body)
        self.assertIs(True, answer["ok"])
        self.assertEqual(self.TICKET, set(answer["ticket"]))
        return answer

    def test_a_reply_is_the_agents_and_may_close(self):
        answer = self.done("reply", {"message": "Thanks - this is resolved.", "status": "closed", "alert": True})
        self.assertEqual("closed", answer["ticket"]["state"])
        self.assertEqual(["R", "1", "Thanks - this is resolved."],
                         self.desk.sql("SELECT type, staff_id, body FROM ost_thread_entry WHERE id=%d" % answer["entry_id"])[0])
        self.assertNotEqual("0", self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail"))
        self.desk.sql_again("DELETE FROM fcgi_ost_mail")
        self.done("reply", {"message": "x", "alert": False}, "7")
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail WHERE kind LIKE 'reply%'"))
        self.assertEqual({"error": "message is required", "detail": {"message": "message is required"}},
                         self.refused(400, "POST", "/api-plus/staff/tickets/1/reply.json", {"message": " "}))
        self.refused(400, "POST", "/api-plus/staff/tickets/1/reply.json", {"message": "x", "status": "No such"})

    def test_status_note_priority_topic(self):
        self.assertEqual("Resolved", self.done("status", {"status": "Resolved", "comments": "Closed via API"})["ticket"]["status"])
        self.assertEqual("Resolved", self.done("status", {"status": 2})["ticket"]["status"])  # so already
        self.assertEqual("open", self.done("status", {"status": "OPEN"})["ticket"]["state"])
        note = self.done("note", {"note": "Checked logs; waiting on customer.", "alert": False})
        self.assertEqual(["N", "1"], self.desk.sql("SELECT type, staff_id FROM ost_thread_entry WHERE id=%d" % note["entry_id"])[0])
        self.assertEqual(3, self.done("priority", {"priority_id": 3})["ticket"]["priority_id"])
        self.assertEqual(1, self.done("priority", {"priority": "low"}, "1")["ticket"]["priority_id"])
        self.assertEqual(1, self.done("topic", {"topic_id": 1})["ticket"]["topic_id"])
        for path in ("status", "note", "priority", "topic"):
            self.refused(400, "POST", "/api-plus/staff/tickets/1/%s.json" % path, {})
            self.refused(400, "POST", "/api-plus/staff/tickets/1/%s.json" % path, "{")

    def test_assignments(self):
        self.assertEqual([2, 1], [self.done("assign", {"staff_id": 1, "dept_id": 2, "alert": False})["ticket"][n] for n in ("dept_id", "staff_id")])
        self.desk.sql("UPDATE ost_ticket SET staff_id=0 WHERE ticket_id=1")
        self.assertEqual(1, self.done("assign", {"claim": True, "note": "Taking this"})["ticket"]["staff_id"])
        self.assertEqual(1, self.done("assign", {"team_id": 1})["ticket"]["team_id"])
        for body in ({}, {"note": "x"}, {"claim": True, "staff_id": 2}, {"staff_id": 99}, {"dept_id": 99}):
            self.refused(400, "POST", "/api-plus/staff/tickets/1/assign.json", body)

    def test_catalogues_have_their_lists_and_counts(self):
        for path, name, members in (("statuses", "statuses", {"id", "name", "state"}), ("depts", "departments", {"id", "name"}),
                                    ("staff", "staff", {"id", "username", "name", "dept_id", "active"}),
                                    ("canned", "canned", {"id", "title", "dept_id", "response"}),
                                    ("priorities", "priorities", {"id", "name", "tag", "urgency"}),
                                    ("topics", "topics", {"id", "name", "parent_id", "dept_id"})):
            answer = self.good("GET", "/api-plus/staff/%s.json" % path)
            self.assertEqual([name, "count"], list(answer), path)
            self.assertEqual(answer["count"], len(answer[name]))
            self.assertTrue(answer[name], path)
            self.assertEqual(members, set(answer[name][0]), path)
        self.assertIn("you find us at the quay", self.good("GET", "/api-plus/staff/canned.json")["canned"][0]["response"])

    # ---- users
    def test_a_client_sees_what_the_portal_shows_him(self):
        mine = self.good("GET", "/api-plus/tickets.json?email=Anna@quay.example&status=all")
        self.assertEqual(({"310042", "310043", "HT-0007"}, "Anna@quay.example", 3), ({t["number"] for t in mine["tickets"]}, mine["email"], mine["total"]))
        ticket = self.good("GET", "/api-plus/tickets/310042.json?email=anna@quay.example")
        self.assertEqual(["M", "M"], [e["type"] for e in ticket["thread"]])
        self.assertNotIn("SK-9", json.dumps(ticket), "a note")
        self.assertEqual(b"\x89PNG", base64.b64decode(self.good("GET", "/api-plus/tickets/310042/attachments/%d.json?email=anna@quay.example" % self.file())["content"])[:4])
        self.assertEqual(404, self.ask("GET", "/api-plus/tickets/310044.json?email=anna@quay.example").status)
        self.assertEqual(404, self.ask("GET", "/api-plus/tickets/310042.json?email=nobody@nowhere.example").status)
        self.assertEqual([[], 0], [self.good("GET", "/api-plus/tickets.json?email=nobody@nowhere.example")[n] for n in ("tickets", "total")])
        for query in ("", "?email=", "?email=nonsense"):
            self.refused(400, "GET", "/api-plus/tickets.json" + query)

    def test_a_client_writes(self):
        answer = self.good("POST", "/api-plus/tickets/310042.json?email=anna@quay.example", {"message": "Thanks, that fixed it."})
        self.assertEqual(["M", "1", "Thanks, that fixed it."],
                         self.desk.sql("SELECT type, user_id, body FROM ost_thread_entry WHERE id=%d" % answer["entry_id"])[0])
        self.good("POST", "/api-plus/tickets/310042.json", {"message": "By the body", "email": "anna@quay.example"})
        self.refused(404, "POST", "/api-plus/tickets/310042.json?email=cher@stage.example", {"message": "x"})
        self.refused(400, "POST", "/api-plus/tickets/310042.json?email=anna@quay.example", {"message": ""})

    # ---- rights
    def test_what_a_key_may_not_is_403(self):
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes,staff_id) VALUES(2,'read',1)")
        self.assertEqual(["error"], list(self.refused(403, "POST", "/api-plus/staff/tickets/1/note.json", {"note": "x"}, key=READER)))
        self.refused(403, "GET", "/api-plus/staff/statuses.json", key=READER)
        self.refused(403, "GET", "/api-plus/staff/tickets/1/attachments/%d.json" % self.file(), key=READER)
        self.assertEqual(["M", "M"], [e["type"] for e in self.good("GET", "/api-plus/staff/tickets/1.json", key=READER)["thread"]])
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='*', view='user', view_id=2, staff_id=NULL WHERE key_id=2")
        self.refused(403, "GET", "/api-plus/tickets.json?email=anna@quay.example", key=READER)

    def test_staff_paths_need_an_agent(self):
        self.desk.sql("UPDATE fcgi_ost_key SET staff_id=NULL WHERE key_id=1")
        answer = self.ask("POST", "/api-plus/staff/tickets/1/reply.json", {"message": "x"})
        self.assertIn(answer.status, (400, 403), str(answer))
        self.assertIn("error", answer.json)

    def test_other_methods(self):
        self.assertEqual(405, self.ask("GET", "/api-plus/staff/tickets/1/reply.json").status)
        self.assertEqual(["error"], list(self.ask("POST", "/api-plus/staff/tickets.json", {}).json))


class Pr5019(AdapterDesk):
    NAME, SETTINGS = "adapter_pr5019", ("adapters.pr5019=yes",)
    MEMBERS = ["id", "subject", "topic", "status", "priority", "department", "timestamps", "user", "source", "assigned_to", "threads"]

    def test_a_ticket_has_the_pull_requests_form(self):
        ticket = self.good("GET", "/tickets.json/310042")
        self.assertEqual(self.MEMBERS, list(ticket))
        self.assertEqual(("310042", {"id": 1, "name": "Open"}, "Field service"), (ticket["id"], ticket["status"], ticket["department"]))
        self.assertEqual(["create", "due", "close", "last_message", "last_response"], list(ticket["timestamps"]))
        self.assertEqual({"fullname": "Anna Lindqvist", "firstname": "Anna", "lastname": "Lindqvist", "email": "anna@quay.example"}, ticket["user"])
        entry = ticket["threads"][0]
        self.assertEqual(["id", "type", "typeName", "source", "format", "title", "message", "attachmentUrls", "timestampes", "user"], list(entry))
        self.assertEqual(("message", {"type": "user", "id": 1, "name": "Anna Lindqvist"}), (entry["typeName"], entry["user"]))
        self.assertEqual(["/tickets/310042/attachments/%d" % self.file()], ticket["threads"][2]["attachmentUrls"])

    def test_the_tickets_of_a_user(self):
        listed = self.good("GET", "/tickets.json?userId=1")
        self.assertEqual(["310042", "310043", "HT-0007"], [t["id"] for t in listed])
        self.assertEqual(self.MEMBERS, list(listed[0]))
        self.assertEqual(listed, self.good("GET", "/tickets.json?email=anna%40quay.example"))
        self.assertEqual(["310043"], [t["id"] for t in self.good("GET", "/tickets.json?userId=1&status_id=6")])
        self.assertEqual({"message": "Invalid user.  User email does not exist."}, self.refused(400, "GET", "/tickets.json?email=no%40where.example"))
        self.assertEqual("0", self.good("GET", "/tickets.json?state=open")["status_code"], "ours without either")

    def test_close_reopen_write(self):
        answer = self.ask("DELETE", "/tickets.json/310042", {"userId": 1})
        self.assertEqual((204, b""), (answer.status, answer.body))
        self.assertEqual("closed", self.desk.value("SELECT s.state FROM ost_ticket t JOIN ost_ticket_status s ON s.id=t.status_id WHERE ticket_id=1"))
        self.assertEqual(204, self.ask("DELETE", "/tickets.json/310042").status)
        self.assertEqual({"id": 1, "name": "Open"}, self.good("POST", "/tickets.json/310042", {"email": "anna@quay.example"})["status"])
        written = self.good("PUT", "/tickets.json/310042", {"userId": 1, "message": "My updated message using userId"})
        self.assertEqual("My updated message using userId", written["threads"][-1]["message"])
        self.good("PUT", "/tickets.json/310042", {"email": "anna@quay.example", "message": "by address"})
        for body in ({"message": "x"}, {"email": "no@where.example", "message": "x"}, {"userId": 1}, {"userId": 1, "message": ""}, "["):
            self.refused(400, "PUT", "/tickets.json/310042", body)
        self.assertEqual(["message"], list(self.refused(400, "GET", "/tickets.json/999999")))

    def test_what_a_key_may_not_is_401(self):
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(2,'changes')")
        for method, body in (("GET", None), ("POST", {}), ("PUT", {"userId": 1, "message": "x"}), ("DELETE", None)):
            self.refused(401, method, "/tickets.json/310042", body, key=READER)
        self.assertEqual(405, self.ask("PATCH", "/tickets.json/310042", {}).status)


class Wildcard(AdapterDesk):
    NAME, SETTINGS = "adapter_wildcard", ("adapters.wildcard=yes", "adapters.markus=yes", "api.trusted_proxies=127.0.0.0/8")
    FROM_ELSEWHERE = {"X-Forwarded-For": "203.0.113.9"}

    def test_everything_answers_behind_the_prefix(self):
        number = self.ask("POST", "/wildcard/tickets.json", {"name": "Anna", "email": "anna@quay.example", "subject": "x", "message": "y", "topicId": 1})
        self.assertEqual(201, number.status, str(number))
        self.assertEqual(number.text, self.good("GET", "/wildcard/tickets/%s.json" % number.text)["ticket"]["number"])
        self.good("GET", "/wildcard/tickets-search.php")

    def test_a_key_of_everywhere_needs_open_keys(self):
        self.desk.sql("UPDATE ost_api_key SET ipaddr='0.0.0.0' WHERE id=1")
        for path in ("/wildcard/tickets.json", "/tickets-search.php"):
            self.assertEqual(401, self.ask("GET", path, headers=self.FROM_ELSEWHERE).status, path)
        self.desk.setting("api", "open_keys", "yes")
        self.desk.reload()
        self.addCleanup(lambda: (self.desk.setting("api", "open_keys", "no"), self.desk.reload()))
        for path in ("/wildcard/tickets.json", "/tickets-search.php"):
            self.assertEqual(200, self.ask("GET", path, headers=self.FROM_ELSEWHERE).status, path)
        self.assertEqual(401, self.ask("GET", "/tickets.json", headers=self.FROM_ELSEWHERE).status)
        self.desk.sql("UPDATE ost_api_key SET ipaddr='192.0.2.1' WHERE id=1")
        self.assertEqual(401, self.ask("GET", "/wildcard/tickets.json", headers=self.FROM_ELSEWHERE).status)


class Off(unittest.TestCase):
    """Nothing of it is there unless it is asked for, in either place."""
    PHP = 'return 299 "php $uri";'
    SITE = """location / { %s } location ~ \\.php(?:$|/) { %s }
              include snippets/osticket-fcgi.conf;"""
    THEIRS = ("/api/tickets-get.php/310042.json", "/api/tickets-search.php?query=x", "/api/tickets-stats.php", "/api/tickets-update.php/1.json",
              "/api/tickets-subtickets-list.php/1.json", "/api/api-plus/health.json", "/api/http.php/api-plus/staff/tickets.json",
              "/api/tickets.json/310042", "/api/wildcard/tickets.json")

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()

    def asked(self, change, files):
        nginx = Nginx(self.SITE % (self.PHP, self.PHP), {"osticket-fcgi": snippet(self.desk.env["SOCKET"], change=change), **files})
        try:
            return {path: nginx.request("GET", path).status for path in self.THEIRS}
        finally:
            nginx.stop()

    def test_php_has_the_paths_as_before(self):
        self.assertEqual({299}, set(self.asked(lambda text: text, {}).values()))

    def test_including_the_file_alone_sends_nothing_here(self):
        included = self.asked(lambda text: text.replace("# include snippets/osticket-fcgi-adapters.conf;", "include snippets/osticket-fcgi-adapters.conf;"),
                              {"osticket-fcgi-adapters": lines()})
        self.assertEqual({299}, set(included.values()))

    def test_a_path_that_is_sent_here_and_not_switched_on_is_unknown(self):
        asked = self.asked(lambda text: text.replace("# include snippets/osticket-fcgi-adapters.conf;", "include snippets/osticket-fcgi-adapters.conf;"),
                           {"osticket-fcgi-adapters": switched_on(lines())})
        self.assertEqual({400}, set(asked.values()), asked)


if __name__ == "__main__":
    unittest.main()
