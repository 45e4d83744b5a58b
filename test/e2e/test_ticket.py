# SPDX-License-Identifier: GPL-2.0-or-later
"""One ticket and its parts: what an answer has, what is left out of it, when it is not sent again, what is refused."""
import unittest

import demo

SUMMARY = ["id", "number", "subject", "status", "priority", "department", "topic", "staff", "team", "sla", "user",
           "organization", "source", "created", "updated", "last_update", "last_message", "last_response", "closed",
           "reopened", "due", "due_set", "overdue", "answered", "parent", "entries", "attachments", "tasks_open"]
PARTS = ["entries", "events", "attachments", "collaborators", "fields", "related", "referrals", "tasks", "lock",
         "organization"]


class OfTicket(demo.FreshDesk):
    def get(self, path, status=200, **more):
        answer = self.desk.get("/tickets/" + path, key=demo.KEY, **more)
        self.assertEqual(status, answer.status, str(answer))
        return answer

    def ticket(self, path="310042.json"):
        return self.get(path).json["ticket"]

    def attachment(self, entry):
        return self.desk.value("SELECT id FROM ost_attachment WHERE type='H' AND object_id=%d" % entry)

    def refused(self, path, status, word, field=None, **more):
        answer = self.get(path, status, **more).json
        self.assertEqual(["FAILURE", word], [answer["status_code"], answer["error"]])
        if field:
            self.assertEqual([field], list(answer["errors"]))
        return answer


class Ticket(OfTicket):
    def test_a_ticket_says_what_it_points_at_by_name(self):
        answer = self.get("310042.json").json
        self.assertEqual(["ticket", "version", "status_code", "status_msg"], list(answer))
        self.assertEqual({
            "id": 1, "number": "310042", "subject": "Pump stands still on pier 4",
            "status": {"id": 1, "name": "Open", "state": "open"}, "priority": {"id": 4, "name": "Emergency"},
            "department": {"id": 3, "name": "Field service"}, "topic": {"id": 3, "name": "Machine stands still"},
            "staff": {"id": 2, "username": "tokafor", "name": "Tobenna Okafor"},
            "team": {"id": 1, "name": self.desk.value("SELECT name FROM ost_team")},
            "sla": {"id": 2, "name": self.desk.value("SELECT name FROM ost_sla WHERE id=2")},
            "user": {"id": 1, "name": "Anna Lindqvist", "email": "anna@quay.example"},
            "organization": {"id": 1, "name": "Quay Builders"}, "source": "API", "created": "2025-03-03T09:12:00Z",
            "updated": "2025-03-03T09:12:00Z", "last_update": "2025-03-03T09:12:00Z",
            "last_message": "2025-03-03T09:40:00Z", "last_response": None, "closed": None, "reopened": None,
            "due": "2025-03-03T13:12:00Z", "due_set": None, "overdue": False, "answered": False, "parent": None,
            "entries": 3, "attachments": 1, "tasks_open": 0}, answer["ticket"])
        self.assertEqual(SUMMARY, list(answer["ticket"]))

    def test_it_is_found_by_its_id_and_by_any_number(self):
        self.desk.sql("UPDATE ost_ticket SET number='A/7 x' WHERE ticket_id=3")
        self.assertEqual(self.ticket("310042.json"), self.ticket("id:1.json"))
        self.assertEqual(3, self.ticket("A%2F7%20x.json")["id"])
        self.assertEqual("/tickets/A%2F7%20x/attachments/" + self.attachment(7),
                         self.get("A%2F7%20x/attachments.json").json["attachments"][0]["href"])

    def test_a_ticket_that_is_not_there(self):
        for path in ("999999.json", "id:999999.json", "999999/entries.json", "999999/events.json"):
            self.assertEqual("There is no such ticket", self.refused(path, 404, "not_found")["status_msg"])

    def test_a_number_that_several_tickets_have_is_nobodys(self):
        self.desk.sql("UPDATE ost_ticket SET number='310045' WHERE ticket_id IN (2, 3)")
        answer = self.refused("310045.json", 409, "ambiguous")
        self.assertEqual([2, 3, 4], answer["ids"])
        self.assertEqual("310045", self.ticket("id:3.json")["number"])

    def test_a_ticket_whose_neighbours_are_gone_is_shown_without_them(self):
        self.desk.sql("DELETE FROM ost_staff; DELETE FROM ost_team; DELETE FROM ost_sla; DELETE FROM ost_help_topic;"
                      "DELETE FROM ost_department; DELETE FROM ost_user; DELETE FROM ost_ticket_status;"
                      "DELETE FROM ost_thread; DELETE FROM ost_ticket_priority")
        ticket = self.ticket()
        for name in ("status", "priority", "department", "topic", "staff", "team", "sla", "user", "organization"):
            self.assertIsNone(ticket[name], name)
        self.assertEqual(0, ticket["entries"])
        self.get("310042.json?include=all")

    def test_an_empty_priority_is_the_help_desks(self):
        self.setting("default_priority_id", "3")
        self.assertEqual({"id": 3, "name": "High"}, self.ticket("HT-0007.json")["priority"])

    def test_what_is_due_by_hand_goes_before_the_sla(self):
        ticket = self.ticket("310043.json")
        self.assertEqual(["2025-03-14T12:00:00Z"] * 2, [ticket["due"], ticket["due_set"]])

    def test_only_the_fields_that_are_asked_for(self):
        self.assertEqual({"number": "310042", "entries": 3}, self.ticket("310042.json?fields=entries,number"))
        answer = self.refused("310042.json?fields=number,stauts", 422, "invalid", "fields")
        self.assertIn("status", answer["status_msg"])

    def test_parts_stand_beside_the_ticket(self):
        answer = self.get("310042.json?include=all&fields=id").json
        self.assertEqual(["ticket"] + PARTS + ["version", "status_code", "status_msg"], list(answer))
        answer = self.get("310042.json?include=events,fields").json
        self.assertEqual(["ticket", "events", "fields", "version", "status_code", "status_msg"], list(answer))
        self.refused("310042.json?include=evnets", 422, "invalid", "include")

    def test_fields_of_its_forms(self):
        self.desk.sql("INSERT INTO ost_form_field(id,form_id,type,label,name,sort,created,updated) VALUES"
                      "(50,5,'password','PIN','pin',2,NOW(),NOW()),(51,5,'choices','Pier','pier',3,NOW(),NOW()),"
                      "(52,5,'bool','Urgent','urgent',4,NOW(),NOW()),(53,5,'chat.room','Room','room',5,NOW(),NOW());"
                      "INSERT INTO ost_form_entry_values(entry_id,field_id,value,value_id) VALUES (12,50,'$2$secret',NULL),"
                      """(12,51,'{"p4":"Pier 4"}',NULL),(12,52,'1',NULL),(12,53,'hidden',9)""")
        fields = self.get("310042.json?include=fields").json["fields"]
        self.assertEqual([("subject", "Pump stands still on pier 4", None), ("priority", "Emergency", 4),
                          ("plate", "P-118", None), ("pin", None, None), ("pier", [{"key": "p4", "label": "Pier 4"}], None),
                          ("urgent", True, None), ("room", None, None)],
                         [(f["name"], f["value"], f["value_id"]) for f in fields])
        self.assertEqual(["pin", "room"], [f["name"] for f in fields if f.get("opaque")])
        self.assertEqual({"id": 40, "name": "plate", "label": "Plate number", "type": "text", "value": "P-118",
                          "value_id": None, "form": "The machine"}, fields[2])

    def test_what_hangs_on_a_ticket(self):
        self.desk.sql("INSERT INTO ost_task(id,object_id,object_type,number,dept_id,staff_id,team_id,flags,created,updated)"
                      "VALUES (5,1,'T','77',1,2,1,1,'2025-03-04 10:00:00',NOW()),(6,1,'T','78',1,0,0,2,NOW(),NOW());"
                      "INSERT INTO ost_thread_referral(id,thread_id,object_id,object_type,created) VALUES "
                      "(1,1,2,'D','2025-03-04 11:00:00'),(2,1,1,'S',NOW()),(3,1,1,'E',NOW());"
                      "INSERT INTO ost_lock(lock_id,staff_id,expire,created) VALUES(3,2,NOW()+INTERVAL 1 HOUR,NOW());"
                      "UPDATE ost_ticket SET lock_id=3 WHERE ticket_id=1")
        answer = self.get("310042.json?include=tasks,referrals,lock,organization,collaborators").json
        self.assertEqual(1, answer["ticket"]["tasks_open"])
        self.assertEqual([("77", True), ("78", False)], [(t["number"], t["open"]) for t in answer["tasks"]])
        self.assertEqual("2025-03-04T10:00:00Z", answer["tasks"][0]["created"])
        self.assertEqual([2, None, None], [r["department"] and r["department"]["id"] for r in answer["referrals"]])
        self.assertEqual("tokafor", answer["lock"]["staff"]["username"])
        self.assertEqual("quay.example", answer["organization"]["domain"])
        self.assertEqual([{"user": {"id": 2, "name": "Dr. Piet Jan van Dam Jr.", "email": "Piet.vanDam@quay.example"},
                           "active": True, "cc": False, "since": "2025-03-03T09:12:00Z"}], answer["collaborators"])
        for part in ("tasks", "referrals", "collaborators"):
            self.assertEqual(answer[part], self.get("310042/%s.json" % part).json[part])
        self.desk.sql("UPDATE ost_lock SET expire=NOW()-INTERVAL 1 SECOND")
        self.assertIsNone(self.get("310042.json?include=lock").json["lock"])

    def test_linked_tickets_name_each_other(self):
        self.desk.sql("UPDATE ost_ticket SET flags=24 WHERE ticket_id=1;"
                      "UPDATE ost_ticket SET flags=8, ticket_pid=1 WHERE ticket_id IN (2,4)")
        self.assertEqual({"id": 1, "number": "310042"}, self.ticket("310043.json")["parent"])
        related = self.get("310043/related.json").json["related"]
        self.assertEqual((1, [], "linked"), (related["parent"]["id"], related["children"], related["kind"]))
        related = self.get("310042/related.json").json["related"]
        self.assertEqual((None, ["310043", "310045"], "linked"),
                         (related["parent"], [c["number"] for c in related["children"]], related["kind"]))

    def test_head_has_the_head_alone(self):
        answer = self.desk.request("HEAD", "/tickets/310042.json", key=demo.KEY)
        self.assertEqual((200, b""), (answer.status, answer.body))
        self.assertEqual(self.get("310042.json").header("ETag"), answer.header("ETag"))

    def test_another_method_is_told_which_there_are(self):
        answer = self.desk.request("PUT", "/tickets/310042.json", key=demo.KEY)
        self.assertEqual((405, "GET, HEAD, PATCH, DELETE", "method"), (answer.status, answer.header("Allow"), answer.json["error"]))

    def test_a_key_is_needed(self):
        for key in (None, "X" * 32, demo.SWITCHED_OFF_KEY, demo.OTHER_ADDRESS_KEY):
            answer = self.desk.get("/tickets/310042.json", key=key)
            self.assertEqual((401, "key"), (answer.status, answer.json["error"]))
        self.assertEqual(200, self.desk.get("/tickets/310042.json", key=demo.READ_ONLY_KEY).status)


class Parameters(OfTicket):
    def test_what_cannot_be_used_is_named(self):
        for path, field in (("310042.json?filds=id", "filds"), ("310042.json?times=local", "times"),
                            ("310042.json?fields=id&fields=number", "fields"), ("310042.json?fields[]=id", "fields"),
                            ("310042.json?fields=", "fields"), ("310042/entries.json?limit=0", "limit"),
                            ("310042/entries.json?limit=501", "limit"), ("310042/entries.json?limit=-1", "limit"),
                            ("310042/entries.json?limit=1e3", "limit"), ("310042/entries.json?after=x", "after"),
                            ("310042/entries.json?since=2026-02-30", "since"), ("310042/entries.json?type=M,X", "type"),
                            ("310042/entries.json?since=2026-02-03T24:00:00Z", "since"),
                            ("310042/events.json?name=close", "name"), ("310042/attachments.json?times=db", "times")):
            self.refused(path, 422, "invalid", field)

    def test_the_nearest_is_named(self):
        self.assertIn("the nearest is fields", self.refused("310042.json?filds=id", 422, "invalid")["status_msg"])
        self.assertIn("the nearest is closed",
                      self.refused("310042/events.json?name=close", 422, "invalid")["status_msg"])

    def test_the_older_operations_take_what_they_took(self):
        self.assertEqual(200, self.get("ticketInfo?ticketNumber=310042&filds=1&times=local").status)


class Rebuilt(OfTicket):
    """osTicket drops ticket__cdata when a form is changed, and makes it anew with the next page that somebody looks at."""

    def test_until_it_is_there_again_clients_are_told_to_come_back(self):
        self.desk.sql("RENAME TABLE ost_ticket__cdata TO away")
        self.addCleanup(self.desk.sql, "RENAME TABLE IF EXISTS away TO ost_ticket__cdata")
        for path in ("310042.json", "id:1.json", "310042/entries.json"):
            answer = self.get(path, 503)
            self.assertEqual(("database", "5"), (answer.json["error"], answer.header("Retry-After")), path)
            self.get(path, 503, headers={"If-None-Match": "*"})
        for path in (".json", ".json?sort=-updated&total=1"):
            self.assertEqual(503, self.desk.get("/tickets" + path, key=demo.KEY).status, path)
        self.desk.sql("RENAME TABLE away TO ost_ticket__cdata")
        self.get("310042.json")


class Entries(OfTicket):
    def entries(self, query="", number="310042"):
        return self.get(number + "/entries.json" + query).json

    def ids(self, query=""):
        return [e["id"] for e in self.entries(query)["entries"]]

    def test_an_entry(self):
        entries = self.entries()["entries"]
        self.assertEqual({
            "id": 1, "type": "M", "poster": "Anna Lindqvist", "staff": None,
            "user": {"id": 1, "name": "Anna Lindqvist", "email": "anna@quay.example"},
            "title": "Pump stands still on pier 4", "format": "text",
            "body": "The pump stopped at nine.\n\nPressure fell from 6 to < 1 bar & stays there.",
            "created": "2025-03-03T09:12:00Z", "updated": None, "edited": False, "source": "API", "ip": "192.0.2.15",
            "recipients": None, "attachments": []}, entries[0])
        self.assertEqual(("N", "html", "<p>Seal kit <b>SK-9</b> is in the van.</p>", "tokafor"),
                         (entries[1]["type"], entries[1]["format"], entries[1]["body"], entries[1]["staff"]["username"]))
        attachment, size = self.attachment(3), int(self.desk.value("SELECT size FROM ost_file WHERE id=1"))
        self.assertEqual([(int(attachment), 3, "gauge.png", "image/png", size, False, "/tickets/310042/attachments/" + attachment)],
                         [(f["id"], f["entry_id"], f["name"], f["type"], f["size"], f["inline"], f["href"])
                          for f in entries[2]["attachments"]])

    def test_bodies_as_plain_text_or_none(self):
        self.assertEqual(["text"] * 3, [e["format"] for e in self.entries("?body=text")["entries"]])
        self.assertEqual("Seal kit SK-9 is in the van.", self.entries("?body=text")["entries"][1]["body"])
        self.assertNotIn("body", self.entries("?body=none")["entries"][0])

    def test_html_is_clean(self):
        self.desk.sql("UPDATE ost_thread_entry SET body='<p onclick=\"x()\">a<script>x()</script></p>' WHERE id=2")
        self.assertEqual("<p>a</p>", self.entries()["entries"][1]["body"])

    def test_entries_without_long_bodies_ask_for_no_table_on_the_disk(self):
        """What is sorted or put together of texts goes through a file in the database's tmpdir, each time, rows or none."""
        def made():
            return int(self.desk.sql("SHOW GLOBAL STATUS LIKE 'Created_tmp_disk_tables'")[0][1])
        times = 20
        for path in ("310042/entries.json", "310042.json?include=entries,attachments"):
            with self.subTest(path):
                self.get(path)
                before = made()
                for _ in range(times):
                    self.get(path)
                self.assertLess(made() - before, times)

    def test_a_long_body_is_whole_and_its_file_is_none(self):
        self.desk.sql("UPDATE ost_thread_entry SET body='' WHERE id=2; INSERT INTO ost_file"
                      "(id,type,size,`key`,signature,name,created) VALUES(9,'text/html',8,'k','s','body',NOW());"
                      "INSERT INTO ost_file_chunk VALUES(9,0,'<p>lo'),(9,1,'ng</p>');"
                      "INSERT INTO ost_attachment(object_id,type,file_id,inline) VALUES(2,'H',9,1)")
        entry = self.entries()["entries"][1]
        self.assertEqual(("<p>long</p>", []), (entry["body"], entry["attachments"]))

    def test_pages_go_by_ids_both_ways(self):
        self.assertEqual([1, 2, 3], self.ids())
        self.assertEqual([3, 2, 1], self.ids("?order=desc"))
        page = self.entries("?limit=2")
        self.assertEqual(([1, 2], 2, 2, True, 2), ([e["id"] for e in page["entries"]], page["count"], page["limit"],
                                                   page["has_more"], page["next"]))
        page = self.entries("?limit=2&after=2")
        self.assertEqual(([3], False, None), ([e["id"] for e in page["entries"]], page["has_more"], page["next"]))
        self.assertEqual([2, 1], self.ids("?order=desc&before=3"))

    def test_since_in_each_form(self):
        self.assertEqual([2, 3], self.ids("?since=2025-03-03T09:25:00Z"))
        self.assertEqual([3], self.ids("?since=2025-03-03T10:25:01%2B01:00"))
        self.assertEqual([1, 2, 3], self.ids("?since=2025-03-03"))
        self.assertEqual([], self.ids("?since=-7d"))
        self.setting("default_timezone", "America/New_York")
        self.assertEqual([], self.ids("?since=2025-03-04"))
        self.desk.sql("UPDATE ost_thread_entry SET created='2025-03-03 04:59:59' WHERE id=1")
        self.assertEqual([2, 3], self.ids("?since=2025-03-03"))

    def test_types_and_what_was_replaced(self):
        self.assertEqual([1, 3], self.ids("?type=M"))
        self.assertEqual([2], self.ids("?type=R,N"))
        self.desk.sql("UPDATE ost_thread_entry SET flags=flags|4 WHERE id=1; UPDATE ost_thread_entry SET flags=flags|2 WHERE id=3")
        self.assertEqual([2, 3], self.ids())
        self.assertEqual([False, True], [e["edited"] for e in self.entries()["entries"]])
        self.assertEqual(2, self.ticket()["entries"])

    def test_recipients_are_json_or_null(self):
        self.desk.sql("""UPDATE ost_thread_entry SET recipients='{"to":{"9":"Anna <a@b>"}}' WHERE id=1;
                         UPDATE ost_thread_entry SET recipients='{broken' WHERE id=2""")
        self.assertEqual([{"to": {"9": "Anna <a@b>"}}, None, None], [e["recipients"] for e in self.entries()["entries"]])

    def test_one_entry(self):
        self.assertEqual(self.entries()["entries"][1], self.get("310042/entries/2.json").json["entry"])
        for path in ("310042/entries/4.json", "310042/entries/999.json"):
            self.assertEqual("The ticket has no such entry", self.refused(path, 404, "not_found")["status_msg"])
        self.refused("310042/entries/x.json", 400, "malformed")

    def test_a_merged_childs_entries_are_found_in_the_parents_thread(self):
        self.desk.sql("""UPDATE ost_ticket SET flags=17 WHERE ticket_id=1;
                         UPDATE ost_ticket SET flags=1, ticket_pid=1 WHERE ticket_id=2;
                         UPDATE ost_thread SET object_type='C', extra='{"ticket_id":1,"number":"310043"}' WHERE id=2;
                         UPDATE ost_thread_entry SET thread_id=1, flags=flags|1024 WHERE thread_id=2;
                         INSERT INTO ost_thread_entry_merge(thread_entry_id,data) VALUES(4,'{"thread":2}'),(5,'{"thread":2}')""")
        self.assertEqual([4, 5], [e["id"] for e in self.entries(number="310043")["entries"]])
        self.assertEqual([1, 2, 3, 4, 5], self.ids())
        self.assertEqual([5, 2], [self.ticket()["entries"], self.ticket("310043.json")["entries"]])
        self.assertEqual("merged", self.get("310043/related.json").json["related"]["kind"])


class Events(OfTicket):
    def test_events(self):
        events = self.get("310044/events.json").json
        self.assertEqual({"id": events["events"][1]["id"], "name": "closed", "at": "2025-03-07T15:30:00Z",
                          "actor": {"kind": "staff", "id": 1, "name": "mvries"}, "staff_id": 1, "team_id": 0, "dept_id": 1,
                          "data": {"status": [3, "Closed"]}, "annulled": False}, events["events"][1])
        self.assertEqual((2, False, None), (events["count"], events["has_more"], events["next"]))

    def test_they_are_chosen_by_name_and_id(self):
        names = lambda query: [e["name"] for e in self.get("310047/events.json" + query).json["events"]]
        self.assertEqual(["created", "closed", "reopened", "closed"], names(""))
        self.assertEqual(["closed", "closed"], names("?name=closed"))
        page = self.get("310047/events.json?limit=1").json
        self.assertTrue(page["has_more"])
        self.assertEqual(["closed", "reopened", "closed"], names("?after=%d" % page["next"]))

    def test_a_ticket_without_a_thread_has_none_of_those_that_were_deleted(self):
        self.desk.sql("UPDATE ost_thread_event SET thread_id=0; DELETE FROM ost_thread WHERE id=1")
        self.assertEqual([], self.get("310042/events.json").json["events"])


class Notes(OfTicket):
    """On a desk whose setting hides agents' notes."""

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("no-notes", ["api.notes="])

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def test_notes_are_in_no_answer(self):
        self.desk.sql("INSERT INTO ost_attachment(object_id,type,file_id,inline) VALUES(2,'H',2,0)")
        self.assertEqual([1, 3], [e["id"] for e in self.get("310042/entries.json").json["entries"]])
        answer = self.get("310042.json?include=all")
        self.assertNotIn("SK-9", answer.text)
        self.assertEqual([2, 1], [answer.json["ticket"]["entries"], answer.json["ticket"]["attachments"]])
        self.assertEqual([3], [f["entry_id"] for f in answer.json["attachments"]])
        self.refused("310042/entries/2.json", 404, "not_found")
        self.refused("310042/entries.json?type=N", 422, "invalid", "type")


class Keys(OfTicket):
    """Keys with rules of this server's own."""

    def key(self, **rules):
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,%s) VALUES(1,%s)" % (
            ",".join(rules), ",".join("'%s'" % value for value in rules.values())))

    def test_a_key_without_the_scope_is_403(self):
        self.key(scopes="create")
        for path in ("310042.json", "310042/entries.json", "310042/tasks.json"):
            self.refused(path, 403, "scope")

    def test_a_key_without_notes_sees_none(self):
        self.key(scopes="read")
        self.assertEqual([1, 3], [e["id"] for e in self.get("310042/entries.json").json["entries"]])
        self.assertNotIn("SK-9", self.get("310042.json?include=all").text)
        tag = self.get("310042.json").header("ETag")
        self.key(scopes="read notes")
        self.get("310042.json", 200, headers={"If-None-Match": tag})

    def test_a_ticket_that_the_key_does_not_see_is_not_there(self):
        self.desk.sql("UPDATE ost_ticket SET flags=24 WHERE ticket_id=1;"
                      "UPDATE ost_ticket SET flags=8, ticket_pid=1 WHERE ticket_id IN (2,5)")
        self.key(scopes="read", depts="2")
        for path in ("310042.json", "id:1.json", "310042/entries.json", "310042/attachments.json", "310042/related.json"):
            self.assertEqual("There is no such ticket", self.refused(path, 404, "not_found")["status_msg"])
        self.assertIsNone(self.ticket("310043.json")["parent"])
        self.assertIsNone(self.get("310043/related.json").json["related"]["parent"])
        self.desk.sql("UPDATE ost_ticket SET number='310043' WHERE ticket_id=3")
        self.assertEqual(2, self.ticket("310043.json")["id"], "another's of the same number does not count")
        self.desk.sql("UPDATE ost_ticket SET number='310043' WHERE ticket_id=5")
        self.assertNotIn("ids", self.refused("310043.json", 409, "ambiguous"))

    def test_what_is_for_agents_is_on_no_ticket_of_a_clients_view(self):
        self.key(scopes="read", view="user", view_id="1")
        self.assertEqual([1, 3], [e["id"] for e in self.get("310042/entries.json").json["entries"]])
        for path in ("310042/events.json", "310042/referrals.json", "310042/tasks.json", "310045.json"):
            self.assertEqual("There is no such ticket", self.refused(path, 404, "not_found")["status_msg"])


class Versions(OfTicket):
    # What must give a ticket another version, as SQL.
    CHANGES = [
        "UPDATE ost_ticket SET isanswered=1 WHERE ticket_id=1", "UPDATE ost_ticket SET source_extra='x' WHERE ticket_id=1",
        "UPDATE ost_ticket__cdata SET subject='Pump' WHERE ticket_id=1", "UPDATE ost_thread SET lastmessage=NOW() WHERE id=1",
        "UPDATE ost_form_entry_values SET value='P-119' WHERE field_id=40",
        "UPDATE ost_form_entry_values SET value=NULL WHERE field_id=40",
        "INSERT INTO ost_thread_entry(thread_id,type,body,poster,created,updated) VALUES(1,'N','x','x',NOW(),NOW())",
        "UPDATE ost_thread_entry SET updated=NOW()+INTERVAL 1 DAY WHERE id=2", "UPDATE ost_thread_entry SET flags=flags|4 WHERE id=2",
        "INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,timestamp) "
        "VALUES(1,'T',9,0,0,0,0,NOW())",
        "UPDATE ost_thread_collaborator SET flags=0", "DELETE FROM ost_thread_collaborator",
        "UPDATE ost_user SET updated=NOW() WHERE id=1", "UPDATE ost_user_email SET address='new@quay.example' WHERE id=1",
        "INSERT INTO ost_task(object_id,object_type,flags,created,updated) VALUES(1,'T',1,NOW(),NOW())",
        "INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) VALUES(1,1,'S',NOW())",
        "UPDATE ost_ticket SET ticket_pid=1 WHERE ticket_id=2",
    ]

    def version(self):
        return self.get("310042.json").json["version"]

    def test_every_change_gives_another_version(self):
        seen = {self.version()}
        for change in self.CHANGES:
            self.desk.sql(change)
            version = self.version()
            self.assertNotIn(version, seen, change)
            seen.add(version)

    def test_what_others_do_gives_none(self):
        before = self.version()
        self.desk.sql("UPDATE ost_ticket SET isanswered=1 WHERE ticket_id=2; UPDATE ost_thread_entry SET updated=NOW() WHERE id=5;"
                      "UPDATE ost_staff SET firstname='T.'; UPDATE ost_form_entry_values SET value='x' WHERE entry_id=13")
        self.assertEqual(before, self.version())

    def test_an_unchanged_ticket_is_not_sent_again(self):
        for path in ("310042.json", "310042.json?include=all", "310042/entries.json?limit=2", "310042/events.json"):
            first = self.get(path)
            tag = first.header("ETag")
            self.assertRegex(tag, r'^"[0-9a-f]{16}\.[0-9a-f]{8}"$')
            self.assertEqual("private, no-cache", first.header("Cache-Control"))
            for known in (tag, "W/" + tag, '"other", W/%s' % tag, "*"):
                again = self.get(path, 304, headers={"If-None-Match": known})
                self.assertEqual((b"", tag, ""), (again.body, again.header("ETag"), again.header("Content-Type")))
            for known in ('"other"', tag[:-2] + '0"' if tag[-2] != "0" else tag[:-2] + '1"', tag.strip('"'), '"'):
                self.get(path, 200, headers={"If-None-Match": known})
            self.desk.sql("UPDATE ost_ticket SET updated=updated+INTERVAL 1 SECOND WHERE ticket_id=1")
            self.get(path, 200, headers={"If-None-Match": tag})

    def test_a_tag_is_of_one_view_only(self):
        tags = {self.get(path).header("ETag") for path in ("310042.json", "310042.json?fields=id", "310042.json?times=db",
                                                           "310042/entries.json")}
        self.assertEqual(4, len(tags))
        self.assertEqual(1, len({tag.split(".")[0] for tag in tags}))

    def polled(self, path, name, **headers):
        """The answer, and how many round trips it takes a worker that has its statements prepared."""
        asked = [demo.traced(self.desk, "GET", "/tickets/" + path, "polled-%s-%d" % (name, i), headers=headers) for i in range(6)]
        return asked[0][0], min(log["round_trips"] for _, log in asked)

    def test_an_unchanged_ticket_costs_one_round_trip(self):
        for i, path in enumerate(("310042.json", "310042.json?include=all", "id:1.json", "310042/entries.json")):
            first, trips = self.polled(path, "first-%d" % i)
            tag = first.header("ETag")
            again, fewer = self.polled(path, "again-%d" % i, **{"If-None-Match": tag})
            self.assertEqual((304, "1", tag), (again.status, fewer, again.header("ETag")), path)
            changed, with_body = self.polled(path, "changed-%d" % i, **{"If-None-Match": '"other"'})
            self.assertEqual((200, first.text), (changed.status, changed.text))
            self.assertEqual(int(trips) - 1, int(with_body), path)

    def test_whichever_way_a_version_is_read_it_is_the_same(self):
        for i, change in enumerate([""] + self.CHANGES):
            self.desk.sql(change)
            tag = self.get("310042.json").header("ETag")
            answer, trips = self.polled("310042.json", "way-%d" % i, **{"If-None-Match": tag})
            self.assertEqual((304, "1"), (answer.status, trips), change)

    def test_a_poll_sees_every_change(self):
        tag = self.get("310042.json").header("ETag")
        for change in self.CHANGES:
            self.desk.sql(change)
            new = self.get("310042.json", 200, headers={"If-None-Match": tag}).header("ETag")
            self.assertNotEqual(tag, new, change)
            tag = new

    def test_a_poll_of_what_is_not_one_ticket(self):
        for path in ("none.json", "id:99.json"):
            self.refused(path, 404, "not_found", headers={"If-None-Match": "*"})
        tag = self.get("310042.json").header("ETag")
        self.desk.sql("UPDATE ost_ticket SET number='310042' WHERE ticket_id=2")
        self.assertEqual([1, 2], self.refused("310042.json", 409, "ambiguous", headers={"If-None-Match": tag})["ids"])
        self.desk.sql("UPDATE ost_ticket SET number='310043' WHERE ticket_id=2; INSERT INTO ost_thread(object_id,object_type,created) VALUES(1,'C',NOW())")
        answer, trips = self.polled("310042.json", "two-threads", **{"If-None-Match": tag})
        self.assertEqual((304, "2"), (answer.status, trips))
        self.desk.sql("UPDATE ost_ticket SET ticket_pid=2 WHERE ticket_id=3")
        tag = self.get("310044.json").header("ETag")
        answer, trips = self.polled("310044.json", "child", **{"If-None-Match": tag})
        self.assertEqual((304, "2"), (answer.status, trips))

    def test_a_poll_with_a_key_that_has_rules(self):
        tag = self.get("310042.json").header("ETag")
        rules = "REPLACE INTO fcgi_ost_key(key_id,scopes,view,depts) VALUES(1,'read notes','all',%s)"
        try:
            self.desk.sql(rules % "NULL")
            self.polled("310042.json", "rules-0", **{"If-None-Match": tag})
            trips = {self.polled("310042.json", "rules-%d" % i, **{"If-None-Match": tag})[1] for i in range(1, 8)}
            self.assertIn("1", trips, "a worker that has seen a key with rules")
            self.desk.sql(rules % "'99'")
            told = [self.polled(path, "hidden-%d" % i, **{"If-None-Match": tag}) for i, path in enumerate(("310042.json", "none.json", "id:1.json"))]
            self.assertEqual({(404, "2")}, {(answer.status, trips) for answer, trips in told})
            self.assertEqual(1, len({answer.body for answer, _ in told}))
        finally:
            self.desk.sql("DELETE FROM fcgi_ost_key")

    def test_an_error_has_no_version(self):
        answer = self.get("310042/entries/999.json", 404)
        self.assertEqual(("", "no-store"), (answer.header("ETag"), answer.header("Cache-Control")))


class Times(OfTicket):
    """The database's clock is ahead of UTC."""

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("far-east", TZ="Etc/GMT-2")

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def test_times_are_utc_or_the_databases_own(self):
        ticket = self.ticket("310044.json")
        self.assertEqual(("2025-03-06T12:00:00Z", "2025-03-07T13:30:00Z"), (ticket["created"], ticket["closed"]))
        ticket = self.ticket("310044.json?times=db")
        self.assertEqual(("2025-03-06 14:00:00", "2025-03-07 15:30:00", None),
                         (ticket["created"], ticket["closed"], ticket["due"]))
        self.assertEqual("0000-00-00 00:00:00",
                         self.get("310044/entries.json?times=db").json["entries"][0]["updated"])
        self.assertEqual("2025-03-07T13:30:00Z", self.get("310044/events.json").json["events"][1]["at"])
        ids = [e["id"] for e in self.get("310044/entries.json?since=2025-03-07T13:30:00Z").json["entries"]]
        self.assertEqual([7], ids)


if __name__ == "__main__":
    unittest.main()
