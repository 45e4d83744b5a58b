# SPDX-License-Identifier: GPL-2.0-or-later
"""PATCH of a ticket: topic, SLA plan, due date, priority, subject, source, fields, owner, marks."""
import json
import unittest

import acting
import demo

AGENT = {"staffUserName": "tokafor"}
AS_AGENT = [("X-Act-As", "tokafor")]


class Edit(acting.ActingDesk):
    def edit(self, parts, ticket="310042", status=200, **more):
        return self.act("PATCH", ticket + ".json", {**AGENT, **parts}, status, **more)

    def not_edited(self, parts, status, field=None, ticket="310042", **more):
        return self.refused("PATCH", ticket + ".json", {**AGENT, **parts}, status, field, **more)

    def changes(self, parts, **more):
        """What one edit tells: the parts that changed, and its events."""
        before = self.last_event()
        answer = self.edit(parts, **more)
        return answer["changed"], [(name, json.loads(data) if data != "NULL" else None)
                                   for name, data, _ in self.events(before)]


class Answers(Edit):
    def test_a_field_of_a_form_gets_another_answer_everywhere(self):
        self.assertEqual((["fields"], [("edited", {"0": "P-118", "1": "P-119", "fields": {"40": ["P-118", "P-119"]}})]),
                         self.changes({"fields": {"plate": "P-119"}}))
        self.assertEqual("P-119", self.desk.value("SELECT value FROM ost_form_entry_values WHERE field_id=40"))
        self.assertEqual("1", self.desk.value("SELECT content LIKE '%P-119' FROM ost__search WHERE object_type='T' AND object_id=1"))
        self.assertGreater(self.column("lastupdate"), "2025-03-04")
        self.assertEqual(self.column("lastupdate"), self.column("updated"))

    def test_subject_and_priority_are_answers_too(self):
        self.assertEqual((["priority", "subject"],
                          [("edited", {"0": ["Emergency", 4], "1": ["Low", 1], "fields": {"22": [["Emergency", 4], ["Low", 1]]}}),
                           ("edited", {"0": "Pump stands still on pier 4", "1": "Pumpe steht – 停止",
                                       "fields": {"20": ["Pump stands still on pier 4", "Pumpe steht – 停止"]}})]),
                         self.changes({"subject": "Pumpe steht – 停止", "priority": "low"}))
        self.assertEqual(["Pumpe steht – 停止", "1"],
                         self.desk.sql("SELECT subject, priority FROM ost_ticket__cdata WHERE ticket_id=1")[0])
        self.assertEqual(["Low", "1"], self.desk.sql("SELECT value, value_id FROM ost_form_entry_values WHERE entry_id=11 "
                                                     "AND field_id=22")[0])
        self.assertEqual("310042 Pumpe steht – 停止",
                         self.desk.value("SELECT title FROM ost__search WHERE object_type='T' AND object_id=1"))

    def test_what_is_so_already_is_no_change_unless_that_is_refused(self):
        before = self.rows()
        answer = self.edit({"priority": 4, "subject": "Pump stands still on pier 4", "topic": 3, "source": "api",
                            "comments": "for nothing"})
        self.assertEqual(([], [], None), (answer["changed"], answer["events"], answer["entry_id"]))
        self.assertEqual(before, self.rows())
        self.refused("PATCH", "310042.json?strict=1", {**AGENT, "priority": 4}, 409)

    def test_a_field_is_called_by_its_id_as_well(self):
        self.assertEqual(["fields"], self.edit({"fields": {"40": "P-120"}})["changed"])

    def test_what_a_field_does_not_take(self):
        self.desk.sql("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES"
                      "(50,5,13057,'choices','Colour','colour','{\"choices\":\"r:Red\\\\ng:Green\",\"multiselect\":true}',2,NOW(),NOW()),"
                      "(51,5,13057,'datetime','Since','since','{}',3,NOW(),NOW()),(52,5,13057,'files','Plan','plan','{}',4,NOW(),NOW()),"
                      "(53,5,13057,'flux','Odd','odd','{}',5,NOW(),NOW()),(54,5,4865,'text','Serial','serial','{}',6,NOW(),NOW()),"
                      "(55,5,29441,'text','Needed','needed','{}',7,NOW(),NOW()),(56,5,13057,'text','Plate','PLATE','{}',8,NOW(),NOW());"
                      "INSERT INTO ost_form_entry_values(entry_id,field_id,value) SELECT 12,id,NULL FROM ost_form_field WHERE id>=50")
        for name, value, status in (("colour", "blue", 422), ("colour", ["g", "blue"], 422), ("colour", {"g": {}}, 422),
                                    ("since", "some day", 422), ("plan", "x", 501), ("odd", "x", 501), ("serial", "x", 422),
                                    ("needed", "", 422), ("needed", None, 422), ("plate", "x", 422), ("nosuch", "x", 422),
                                    ("40", "=1+1", 422), ("40", ["x"], 422), ("40", {"a": 1}, 422), ("40", "x" * 70000, 413),
                                    ("21", "x", 422), ("999999999999999999999", "x", 422), ("", "x", 422)):
            with self.subTest(name=name, value=str(value)[:20]):
                self.not_edited({"fields": {name: value}}, status, None if status == 413 else name)
        for value in (77, "urgent!", "77", [], {"a": 1}, "2' OR '1"):
            self.not_edited({"priority": value}, 422, "priority")
        self.assertEqual(["fields"], self.edit({"fields": {"colour": ["g", "r"], "since": "2026-05-06", "needed": "x"}})["changed"])
        self.assertEqual('{"g":"Green","r":"Red"}', self.desk.value("SELECT value FROM ost_form_entry_values WHERE field_id=50"))

    def test_markup_in_a_text_stays_text_and_in_a_memo_is_cleaned(self):
        self.desk.sql("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES"
                      "(50,5,13057,'memo','Story','story','{}',2,NOW(),NOW());"
                      "INSERT INTO ost_form_entry_values(entry_id,field_id,value) VALUES(12,50,NULL)")
        self.edit({"fields": {"story": "<p onclick=x()>a<script>alert(1)</script>b</p>", "plate": "<b>"}})
        stored = self.desk.value("SELECT value FROM ost_form_entry_values WHERE field_id=50")
        self.assertNotIn("script", stored)
        self.assertNotIn("onclick", stored)
        long = "<p>%s</p>" % ("wort " * 90)
        _, events = self.changes({"fields": {"story": long}})
        self.assertTrue(events[0][1]["1"].endswith("wort ..."), events)
        self.assertLessEqual(len(events[0][1]["1"]), 204)

    def test_all_or_nothing(self):
        self.not_edited({"priority": 1, "source": "Phone", "topic": 1, "owner": 2, "fields": {"plate": "P-9", "nosuch": 1}}, 422, "nosuch")
        self.not_edited({"source": "Phone", "owner": "nobody@nowhere.example"}, 422, "owner")


class Columns(Edit):
    def test_topic_sla_and_source(self):
        self.assertEqual((["topic", "sla", "source"],
                          [("edited", {"topic_id": [3, 1]}), ("edited", {"sla_id": [2, 1]}), ("edited", {"source": ["API", "Phone"]})]),
                         self.changes({"source": "phone", "topic": "Hiring", "sla": "Two working days"}))
        self.assertEqual(["1", "1", "Phone", "3"],
                         self.desk.sql("SELECT topic_id, sla_id, source, dept_id FROM ost_ticket WHERE ticket_id=1")[0])
        self.assertEqual("2025-03-05 08:12:00", self.column("est_duedate")) # 16 working hours of Amsterdam
        self.assertEqual((["topic", "sla"], [("edited", {"topic_id": [1, 3]}), ("edited", {"sla_id": [1, None]})]),
                         self.changes({"topic": "Repairs / Machine stands still", "sla": None}))
        self.assertEqual(["0", "NULL"], self.desk.sql("SELECT sla_id, est_duedate FROM ost_ticket WHERE ticket_id=1")[0])

    def test_a_due_date_by_hand(self):
        self.setting("default_timezone", "Europe/Berlin")
        for given, stored in (("2099-07-01T09:00:00+02:00", "2099-07-01 07:00:00"), ("2099-07-02 09:00", "2099-07-02 07:00:00"),
                              ("2099-07-03T09:00:30", "2099-07-03 07:00:30"), ("2099-07-04", "2099-07-03 22:00:00"), (None, "NULL")):
            before = self.column("duedate")
            changed, events = self.changes({"due": given})
            self.assertEqual((["due"], stored), (changed, self.column("duedate")), given)
            self.assertEqual([("edited", {"duedate": [None if before == "NULL" else before, None if stored == "NULL" else stored]})], events)

    def test_a_due_date_that_cannot_be(self):
        self.setting("default_timezone", "Europe/Berlin")
        for given in ("2001-01-01", "2027-03-28 02:30", "-2h", "soon", "2099-02-30", "0000-00-00 00:00:00", 12, True, [], "2099-07-01T09:00:00+99:00"):
            with self.subTest(given=given):
                status = 400 if given in (True, []) else 422
                self.not_edited({"due": given}, status, "due")

    def test_a_due_date_takes_the_mark_off_an_overdue_ticket(self):
        self.edit({"due": "2099-07-01T09:00:00Z"}, "310046")
        self.assertEqual(["0", "2099-07-01 09:00:00"], self.desk.sql("SELECT isoverdue, duedate FROM ost_ticket WHERE ticket_id=5")[0])

    def test_names_that_are_none_or_several(self):
        self.desk.sql("INSERT INTO ost_sla(id,schedule_id,flags,grace_period,name,created,updated) VALUES(3,0,1,1,'Other',NOW(),NOW()),"
                      "(4,0,0,1,'Off',NOW(),NOW()); UPDATE ost_help_topic SET flags=0 WHERE topic_id=1;"
                      "UPDATE ost_help_topic SET topic='Hiring' WHERE topic_id=3")
        for part, value in (("sla", 4), ("sla", 77), ("sla", "none"), ("topic", 1), ("topic", 77),
                            ("topic", "hiring"), ("source", "Fax"), ("source", ""), ("source", None), ("owner", 77), ("owner", None),
                            ("owner", "x@nowhere.example"), ("fields", []), ("fields", "x"), ("answered", None), ("overdue", None)):
            with self.subTest(part=part, value=value):
                self.not_edited({part: value}, 422, part)

    def test_a_new_owner_leaves_the_collaborators(self):
        self.assertEqual((["owner"], [("edited", {"owner": 2, "fields": {"Ticket Owner": "Dr. Piet Jan van Dam Jr."}})]),
                         self.changes({"owner": "piet.vandam@quay.example"}))
        self.assertEqual("2", self.column("user_id"))
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_thread_collaborator WHERE thread_id=1"))
        self.assertEqual("2025-03-03 09:12:00", self.column("lastupdate"))
        self.assertEqual([], self.mails())

    def test_comments_are_a_note_titled_by_what_changed_first(self):
        answer = self.edit({"source": "Web", "sla": 1, "comments": "<why>"})
        self.assertEqual(["SLA Plan updated", "N", "2"], self.desk.sql("SELECT title, type, staff_id FROM ost_thread_entry WHERE id=%d" % answer["entry_id"])[0])


class Page(Edit):
    """page=1: as osTicket's page of the ticket saves it."""

    def page(self, body, status=200, ticket="310042"):
        return self.act("PATCH", ticket + ".json?page=1", {"staffUserName": "tokafor", **body}, status)

    def test_one_event_tells_of_all_and_the_ticket_does_not_move_up(self):
        before, updated = self.last_event(), self.column("lastupdate")
        answer = self.page({"source": "Phone", "topic": 2, "subject": "Crane 2", "due": "2099-05-06 07:08", "owner": 2, "sla": 1})
        self.assertEqual((["edited"], sorted(["topic", "sla", "due", "subject", "source", "owner"])), (answer["events"], sorted(answer["changed"])))
        self.assertEqual([["edited", '{"topic_id":[3,"2"],"sla_id":[2,"1"],"source":["API","Phone"],"duedate":[null,"2099-05-06 07:08:00"],"user_id":[1,"2"],'
                           '"fields":{"20":["Pump stands still on pier 4","Crane 2"]}}', "tokafor"]], self.events(before))
        self.assertEqual(updated, self.column("lastupdate"))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_collaborator WHERE thread_id=1 AND user_id=2"))  # stays one

    def test_the_note_is_alerted(self):
        self.setting("note_alert_active", "1")
        self.setting("note_alert_assigned", "1")
        self.desk.sql("UPDATE ost_ticket SET dept_id=2, staff_id=1 WHERE ticket_id=1")
        answer = self.page({"source": "Phone", "comments": "why"})
        self.assertEqual("Ticket Updated", self.desk.value("SELECT title FROM ost_thread_entry WHERE id=%d" % answer["entry_id"]))
        self.assertEqual(["note.alert"], self.mails())

    def test_a_plan_that_another_department_would_have_replaced_is_chosen_anew_and_one_set_by_hand_stays(self):
        self.desk.sql("UPDATE ost_ticket SET sla_id=1, est_duedate=NULL WHERE ticket_id=1; UPDATE ost_sla SET flags=flags|8 WHERE id=1;"
                      "UPDATE ost_department SET sla_id=2 WHERE id=3")
        self.assertEqual([], self.page({"source": "API"})["changed"])
        self.assertEqual("2", self.column("sla_id"))
        self.assertNotEqual("NULL", self.column("est_duedate"))
        self.page({"sla": 1})
        self.assertEqual("1", self.column("sla_id"))

    def test_what_the_page_does_not_take(self):
        for body, field in (({"answered": True}, "answered"), ({"overdue": True}, "overdue"), ({"source": "Fax"}, "source")):
            self.refused("PATCH", "310042.json?page=1", {"staffUserName": "tokafor", **body}, 422, field)
        self.refused("PATCH", "310044.json?page=1", {"staffUserName": "mvries", "due": "2099-05-06"}, 422, "due")

    def test_a_due_date_that_has_passed_may_stay(self):
        self.desk.sql("UPDATE ost_ticket SET duedate='2025-01-01 00:00:00', isoverdue=0 WHERE ticket_id=1")
        self.page({"source": "Phone"})
        self.assertEqual("2025-01-01 00:00:00", self.column("duedate"))

    def test_the_forms_are_numbered(self):
        self.desk.sql("UPDATE ost_form_entry SET sort=7 WHERE object_type='T' AND object_id=1")
        self.page({"source": "Phone"})
        self.assertEqual("0", self.desk.value("SELECT MIN(sort) FROM ost_form_entry WHERE object_type='T' AND object_id=1"))


class Owner(Edit):
    """The owner's own edit, as in the portal."""

    def setUp(self):
        super().setUp()
        self.desk.sql("UPDATE ost_form_field SET flags=flags|0x300 WHERE id=20")

    def test_his_event_tells_of_what_changed(self):
        before, row = self.last_event(), self.desk.sql("SELECT * FROM ost_ticket WHERE ticket_id=1")
        answer = self.act("PATCH", "310042.json", {"user": "anna@quay.example", "fields": {"subject": "Mended?"}})
        self.assertEqual((["edited"], ["fields"]), (answer["events"], answer["changed"]))
        self.assertEqual([["edited", '{"fields":{"20":["Pump stands still on pier 4","Mended?"]}}', "Anna Lindqvist"]], self.events(before))
        self.assertEqual([["1", "U"]], self.desk.sql("SELECT uid, uid_type FROM ost_thread_event WHERE id>%s" % before))
        self.assertEqual(row, self.desk.sql("SELECT * FROM ost_ticket WHERE ticket_id=1"))
        answer = self.act("PATCH", "310042.json", {"user": 1, "fields": {"subject": "Mended?"}})
        self.assertEqual(([], []), (answer["events"], answer["changed"]))

    def test_nobody_else_edits_it_and_he_no_more_than_the_portal_lets_him(self):
        for user in (2, 3):  # a collaborator, a stranger
            self.refused("PATCH", "310042.json", {"user": user, "fields": {"subject": "x"}}, 404)
        for nobody in (77, "\U0001F600"):
            self.refused("PATCH", "310042.json", {"user": nobody, "fields": {"subject": "x"}}, 422, "user")
        self.refused("PATCH", "310042.json", {"user": 1, "fields": {"priority": 1}}, 422, "priority")
        for body, field in (({"source": "Web"}, "source"), ({"staffUserName": "tokafor", "fields": {"subject": "x"}}, "staffUserName"),
                            ({}, "fields"), ({"fields": {}}, "fields"), ({"fields": "x"}, "fields")):
            self.refused("PATCH", "310042.json", {"user": 1, **body}, 422, field)

    def test_a_key_with_a_users_view_edits_as_he(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='update', any_staff=0, `system`=0, view='user', view_id=1")
        self.assertEqual(["fields"], self.act("PATCH", "310042.json", {"fields": {"subject": "Mine"}})["changed"])
        self.refused("PATCH", "310042.json", {"user": 2, "fields": {"subject": "x"}}, 404)
        self.refused("PATCH", "310045.json", {"fields": {"subject": "x"}}, 404)
        self.desk.sql("UPDATE fcgi_ost_key SET view_id=2")  # who takes part
        self.refused("PATCH", "310042.json", {"fields": {"subject": "x"}}, 404)
        self.desk.sql("UPDATE fcgi_ost_key SET view='org', view_id=1")
        self.refused("PATCH", "310042.json", {"fields": {"subject": "x"}}, 403)


class PrivateTopics(Edit):
    def test_are_taken_by_agents_who_see_them(self):
        self.desk.sql("UPDATE ost_help_topic SET ispublic=0, dept_id=1 WHERE topic_id=2; DELETE FROM ost_staff_dept_access WHERE staff_id=2")
        self.not_edited({"topic": 2}, 422, "topic")
        self.desk.sql("UPDATE ost_staff SET permissions='{\"visibility.departments\":1}' WHERE staff_id=2")
        self.assertEqual(["topic"], self.edit({"topic": 2})["changed"])
        self.desk.sql("UPDATE ost_staff SET permissions=NULL WHERE staff_id=2; UPDATE ost_help_topic SET dept_id=0 WHERE topic_id=2; UPDATE ost_ticket SET topic_id=1 WHERE ticket_id=1")
        self.assertEqual(["topic"], self.edit({"topic": 2})["changed"])


class Marks(Edit):
    def test_answered_is_told_by_a_note_of_the_systems(self):
        before = self.last_event()
        answer = self.edit({"answered": True, "comments": "By telephone"})
        self.assertEqual(["answered"], answer["changed"])
        self.assertTrue(answer["ticket"]["answered"])
        self.assertEqual([["Tobenna Okafor", "Ticket Marked Answered", "2"], ["SYSTEM", "Ticket Marked Answered", "0"]],
                         self.desk.sql("SELECT poster, title, staff_id FROM ost_thread_entry WHERE id>=%d ORDER BY id" % answer["entry_id"]))
        self.assertEqual("Ticket flagged as answered by Tobenna Okafor", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))
        self.assertEqual(([], []), (self.events(before), self.mails()))
        self.assertEqual(["answered"], self.edit({"answered": False})["changed"])
        self.assertEqual("Ticket Marked Unanswered", self.desk.value("SELECT title FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_overdue_is_the_managers_to_say_and_alerts(self):
        self.setting("overdue_alert_active", "1")
        self.setting("overdue_alert_assigned", "1")
        self.assertEqual((["overdue"], [("overdue", None)]), self.changes({"overdue": True}, ticket="310043"))
        self.assertEqual(["ticket.overdue"], self.mails())
        self.assertEqual("1", self.column("isoverdue", 2))
        self.assertEqual(["overdue"], self.edit({"overdue": False}, ticket="310043")["changed"])
        self.assertEqual("0", self.column("isoverdue", 2))
        self.desk.sql("DELETE FROM fcgi_ost_mail; UPDATE ost_sla SET flags=5 WHERE id=2")  # this one wants no alerts
        self.assertEqual(0, self.edit({"sla": 2, "overdue": True}, ticket="310043")["mails"])
        self.edit({"overdue": False}, ticket="310043")
        self.refused("PATCH", "310042.json", {"staffUserName": "mvries", "overdue": True}, 403, "overdue")
        self.not_edited({"overdue": True}, 409, "overdue", ticket="310047")

    def test_who_has_no_right_is_refused_by_its_name(self):
        self.desk.sql("UPDATE ost_department SET manager_id=0; UPDATE ost_staff SET role_id=2 WHERE staff_id=2")
        self.assertIn("ticket.edit", self.not_edited({"source": "Web"}, 403))
        self.assertIn("ticket.edit", self.not_edited({"priority": 1}, 403))
        self.assertIn("ticket.markanswered", self.not_edited({"answered": True}, 403))
        self.not_edited({"overdue": True}, 403, "overdue")
        self.desk.sql("DELETE FROM ost_staff_dept_access; UPDATE ost_staff SET dept_id=1 WHERE staff_id=2; UPDATE ost_ticket SET staff_id=0, team_id=0")
        self.not_edited({"source": "Web"}, 404)

    def test_the_system_may_where_the_key_is_its(self):
        self.assertEqual(["source", "answered"], self.act("PATCH", "310042.json", {"source": "Web", "answered": True})["changed"])
        self.assertEqual("Ticket flagged as answered by SYSTEM", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))


class Frame(Edit):
    def test_a_version_that_is_no_longer_so_refuses(self):
        version = self.desk.get("/tickets/310042.json", key=demo.KEY).json["version"]
        answer = self.edit({"source": "Web"}, headers=[("If-Match", '"%s.77ab03d1"' % version)])
        self.assertNotEqual(version, answer["version"])
        self.not_edited({"source": "Phone"}, 412, headers=[("If-Match", '"%s"' % version)])

    def test_a_rehearsal_leaves_nothing(self):
        before = self.rows()
        answer = self.edit({"source": "Web", "subject": "Other", "owner": 2, "answered": True, "dry_run": True},
                           headers=[("Idempotency-Key", "k-1")])
        self.assertEqual((True, "Web", "Other", 2), (answer["dry_run"], answer["ticket"]["source"], answer["ticket"]["subject"], answer["ticket"]["user"]["id"]))
        self.assertEqual(before, self.rows())

    def test_the_same_request_again_is_done_once(self):
        key = [("Idempotency-Key", "k-2")]
        first = self.edit({"source": "Web", "comments": "once"}, headers=key)
        self.assertEqual(first, self.edit({"source": "Web", "comments": "once"}, headers=key))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE title='Ticket Source updated'"))
        self.edit({"source": "Phone"}, status=422, headers=key)

    def test_bodies_that_are_none(self):
        for body, status in ((b"", 422), (b"{}", 422), (b"[]", 400), (b"{", 400), (b'"x"', 400), (b'{"source":"Web","source":"API"}', 400),
                             (b'{"source":"\xff"}', 400), (b'{"source":"W\\u0000b"}', 400), (b'{"nosuch":1}', 422), (b"[" * 5000, 400)):
            with self.subTest(body=body[:30]):
                before = self.rows()
                answer = self.desk.request("PATCH", "/tickets/310042.json", body=body, key=demo.KEY)
                self.assertEqual((status, before), (answer.status, self.rows()), str(answer))
        for path in ("999999.json", "id:999999.json", "%00.json", "%0a.json", "..%2f.json", "310042%00.json"):
            answer = self.desk.request("PATCH", "/tickets/" + path, body=b'{"source":"Web"}', key=demo.KEY)
            self.assertIn(answer.status, (400, 404, 422), path)

    def test_a_key_without_the_scope_or_the_ticket_changes_nothing(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='read note'")
        self.not_edited({"source": "Web"}, 403)
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='*', depts='1'")
        self.not_edited({"source": "Web"}, 404)


class Collaborators(acting.ActingDesk):
    def add(self, body, status=201, ticket="310042", **more):
        return self.act("POST", ticket + "/collaborators.json", {**AGENT, **body}, status, **more)

    def not_added(self, body, status, field=None, **more):
        return self.refused("POST", "310042/collaborators.json", {**AGENT, **body}, status, field, **more)

    def of_thread(self):
        return self.desk.sql("SELECT user_id, flags FROM ost_thread_collaborator WHERE thread_id=1 ORDER BY id")

    def test_a_user_takes_part_by_any_of_his_addresses(self):
        before = self.last_event()
        answer = self.add({"email": "CHER@stage.example"})
        self.assertEqual({"user": {"id": 3, "name": "Cher", "email": "cher@stage.example"}, "active": True, "cc": True}, answer["collaborator"])
        self.assertEqual([["2", "1"], ["3", "3"]], self.of_thread())
        self.assertEqual([["collab", '{"add":{"3":{"name":"Cher"}}}', "tokafor"]], self.events(before))
        self.assertEqual(([], "2025-03-03 09:12:00"), (self.mails(), self.column("updated")))

    def test_owner_and_who_is_one_already(self):
        self.not_added({"email": "anna.lindqvist@post.example"}, 409, "email")
        self.not_added({"email": "piet.vandam@quay.example"}, 409, "email")

    def test_a_new_user_is_made_by_an_agent_who_may(self):
        self.not_added({"email": "bo@quay.example", "name": "Bo"}, 403, "email")
        self.desk.sql("UPDATE ost_staff SET permissions='{\"user.create\":1}' WHERE staff_id=2")
        answer = self.add({"email": "bo@quay.example", "name": "Bo", "fields": {"phone": "312 555 0100"}, "active": False})
        user = answer["collaborator"]["user"]["id"]
        self.assertEqual(["Bo", "1"], self.desk.sql("SELECT name, org_id FROM ost_user WHERE id=%d" % user)[0])
        self.assertEqual("3125550100", self.desk.value("SELECT phone FROM ost_user__cdata WHERE user_id=%d" % user))
        self.assertEqual([["2", "1"], [str(user), "2"]], self.of_thread())
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost__search WHERE object_type='U' AND object_id=%d" % user))

    def test_addresses_and_names_that_are_none(self):
        self.desk.sql("UPDATE ost_staff SET permissions='{\"user.create\":1}' WHERE staff_id=2")
        for body, field in (({}, "email"), ({"email": ""}, "email"), ({"email": "no address", "name": "X"}, "email"),
                            ({"email": "bo@quay.example"}, "name"), ({"email": "bo@quay.example", "name": "Bo", "fields": {"phone": "1"}}, "phone"),
                            ({"email": "x" * 300 + "@quay.example", "name": "X"}, "email"), ({"email": "bo@quay.example", "name": "Bo", "fields": {"email": "x@y.example"}}, "fields"),
                            ({"email": "bo@quay.example", "name": "Bo", "fields": 3}, "fields")):
            with self.subTest(body=str(body)[:60]):
                self.not_added(body, 422, field)

    def test_flags_change_and_who_goes_is_told(self):
        self.act("PATCH", "310042/collaborators/2.json", {**AGENT, "active": False, "cc": True})
        self.assertEqual([["2", "2"]], self.of_thread())
        before = self.last_event()
        self.act("DELETE", "310042/collaborators/2.json", None, headers=AS_AGENT)
        self.assertEqual([], self.of_thread())
        self.assertEqual([["collab", '{"del":{"2":{"name":"Dr. Piet Jan van Dam Jr."}}}', "tokafor"]], self.events(before))
        for user in (2, 3, 77):
            self.refused("DELETE", "310042/collaborators/%d.json" % user, None, 404, headers=AS_AGENT)
            self.refused("PATCH", "310042/collaborators/%d.json" % user, {**AGENT, "active": True}, 404)

    def test_the_list_is_changed_at_once(self):
        self.add({"email": "cher@stage.example"})
        self.add({"email": "taro@yamada.example"})
        before = self.last_event()
        self.act("PATCH", "310042/collaborators.json", {**AGENT, "remove": ["CHER@stage.example"], "active": [4]})
        self.assertEqual([["2", "0"], ["4", "3"]], self.of_thread())
        self.assertEqual([["collab", '{"del":{"3":{"name":"Cher"}}}', "tokafor"]], self.events(before))
        for body, field in (({"remove": "x"}, "remove"), ({"remove": [{}]}, "remove"), ({"active": ["anna@quay.example"]}, "active"),
                            ({"active": [77]}, "active"), ({"remove": [0]}, "remove"), ({"active": ["x"] * 101}, "active"), ({}, None)):
            with self.subTest(body=str(body)[:40]):
                self.refused("PATCH", "310042/collaborators.json", {**AGENT, **body}, 422, field)

    def test_who_may_neither_reply_nor_edit_brings_nobody_in(self):
        self.desk.sql("UPDATE ost_role SET permissions='{\"ticket.close\":1}'")
        self.not_added({"email": "cher@stage.example"}, 403)

    def test_a_rehearsal_makes_no_user(self):
        before = self.rows()
        self.add({"email": "bo@quay.example", "name": "Bo", "dry_run": True, "staffUserName": None})
        self.assertEqual(before, self.rows())


class Links(acting.ActingDesk):
    BODY = {"staffUserName": "mvries"}

    def setUp(self):
        super().setUp()
        self.desk.sql("UPDATE ost_role SET permissions=JSON_SET(permissions,'$.\"ticket.link\"',1)")

    def link(self, tickets, status=200, ticket="310043", **more):
        return self.act("POST", ticket + "/link.json", {**self.BODY, "tickets": tickets}, status, **more)

    def not_linked(self, tickets, status, ticket="310043"):
        return self.refused("POST", ticket + "/link.json", {**self.BODY, "tickets": tickets}, status, "tickets")

    def related(self):
        return self.desk.sql("SELECT ticket_id, ticket_pid, flags, sort FROM ost_ticket WHERE flags OR ticket_pid ORDER BY ticket_id")

    def test_tickets_are_linked_below_one(self):
        before = self.last_event()
        self.link(["310045", "id:5"])
        self.assertEqual([["2", "NULL", "24", "0"], ["4", "2", "8", "1"], ["5", "2", "8", "2"]], self.related())
        self.assertEqual([["linked", '{"ticket":"Ticket #310045","id":4}', "mvries"], ["linked", '{"ticket":"Ticket #310043","id":2}', "mvries"],
                          ["linked", '{"ticket":"Ticket #310046","id":5}', "mvries"], ["linked", '{"ticket":"Ticket #310043","id":2}', "mvries"]],
                         self.events(before))
        self.assertEqual([["2"], ["4"], ["2"], ["5"]], self.desk.sql("SELECT thread_id FROM ost_thread_event WHERE id>%s ORDER BY id" % before))
        self.assertEqual("linked", self.desk.get("/tickets/310043/related.json", key=demo.KEY).json["related"]["kind"])

    def test_what_cannot_be_linked(self):
        for tickets in ([], "310045", ["999999"], ["310043"], ["310045", "310045"], [{}], [None], ["id:0"], ["id:x"], [""], ["310045"] * 51, [1.5]):
            with self.subTest(tickets=str(tickets)[:40]):
                self.not_linked(tickets, 422)
        self.link(["310045"])
        self.not_linked(["310045"], 409)
        self.not_linked(["310046"], 409, ticket="310045")
        self.not_linked(["310043"], 409, ticket="310046")
        self.desk.sql("UPDATE ost_ticket SET flags=1, ticket_pid=7 WHERE ticket_id=5")
        self.not_linked(["310046"], 409)

    def test_a_child_leaves_its_parent(self):
        self.link(["310045", "310046"])
        before = self.last_event()
        self.act("POST", "310045/unlink.json", self.BODY)
        self.assertEqual([["2", "NULL", "24", "0"], ["5", "2", "8", "2"]], self.related())
        self.assertEqual([["unlinked", '{"ticket":"Ticket #310043","id":2}', "mvries"], ["unlinked", '{"ticket":"Ticket #310045","id":4}', "mvries"]], self.events(before))

    def test_a_parent_whose_last_child_left_may_hang_on_another(self):
        self.link(["310045"])
        self.not_linked(["310043"], 409, ticket="310046")
        self.act("POST", "310045/unlink.json", self.BODY)
        self.link(["310043"], ticket="310045")
        self.assertEqual([["2", "4", "8", "1"], ["4", "NULL", "24", "0"]], self.related())

    def test_a_parent_lets_go_of_those_named_or_of_all(self):
        self.link(["310045", "310046", "HT-0007"])
        self.act("POST", "310043/unlink.json", {**self.BODY, "tickets": ["310046"]})
        self.assertEqual([["2", "NULL", "24", "0"], ["4", "2", "8", "1"], ["7", "2", "8", "3"]], self.related())
        self.refused("POST", "310043/unlink.json", {**self.BODY, "tickets": ["310046"]}, 422, "tickets")
        self.act("POST", "310043/unlink.json", self.BODY)
        self.assertEqual([], self.related())
        self.refused("POST", "310043/unlink.json", self.BODY, 409)

    def test_a_merge_is_not_taken_back(self):
        self.desk.sql("UPDATE ost_ticket SET flags=17 WHERE ticket_id=2; UPDATE ost_ticket SET flags=1, ticket_pid=2, sort=1 WHERE ticket_id=4")
        self.refused("POST", "310045/unlink.json", self.BODY, 422, "tickets")
        self.refused("POST", "310043/unlink.json", self.BODY, 422, "tickets")

    def test_the_right_is_wanted_on_every_ticket(self):
        self.desk.sql("UPDATE ost_role SET permissions=JSON_REMOVE(permissions,'$.\"ticket.link\"') WHERE id=2")
        self.refused("POST", "310043/link.json", {"staffUserName": "tokafor", "tickets": ["310045"]}, 403, "tickets")
        self.desk.sql("DELETE FROM ost_staff_dept_access")
        self.refused("POST", "310043/link.json", {"staffUserName": "tokafor", "tickets": ["310045"]}, 422, "tickets")
        self.refused("POST", "310045/link.json", {"staffUserName": "tokafor", "tickets": ["310043"]}, 404)
        # What he may not see is refused as what is not there.
        self.assertEqual({"tickets: there is no such ticket"},
                         {self.refused("POST", "310043/link.json", {"staffUserName": "tokafor", "tickets": [ticket]}, 422, "tickets")
                          for ticket in ("310045", "id:4", "999999", "id:999999")})


if __name__ == "__main__":
    unittest.main()
