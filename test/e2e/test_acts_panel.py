# SPDX-License-Identifier: GPL-2.0-or-later
"""What a random walk found, osTicket's panel and this server doing the same actions on two copies of a help desk: each a
difference that nobody had decided. spec: acting.md 2."""
import base64
import json
import struct
import unittest

import acting
import post

AGENT = "tokafor"
TICKET = "310042.json"
SWITCH = ("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) "
          "VALUES(50,2,13057,'bool','Urgent','urgent','',9,NOW(),NOW()); ")


class ActsAsThePanel(acting.ActingDesk):
    def search_row(self, ticket=1):
        return self.desk.value("SELECT REPLACE(content,'\\n','|') FROM ost__search WHERE object_type='T' AND object_id=%d" % ticket)

    def test_a_status_that_does_not_let_tickets_come_back_does_not_say_into_which_one_either(self):
        for properties, comes_to in (('{"allowreopen":true,"reopenstatus":6}', "6"), ('{"allowreopen":false,"reopenstatus":6}', "1")):
            self.desk.sql("UPDATE ost_ticket_status SET properties='%s' WHERE id=3; UPDATE ost_ticket SET status_id=3,dept_id=1 WHERE ticket_id=3" % properties)
            self.act("POST", "310044/transfer.json", {"staffUserName": AGENT, "department": 2})
            self.assertEqual(comes_to, self.column("status_id", 3))

    def test_a_switch_that_nobody_touched_is_found_as_no(self):
        self.desk.sql(SWITCH + "INSERT INTO ost_form_entry_values(entry_id,field_id,value) SELECT id,50,NULL FROM ost_form_entry "
                      "WHERE form_id=2 AND object_type='T' AND object_id=1")
        self.act("POST", "310042/status.json", {"staffUserName": AGENT, "status": 6})
        self.assertEqual("No", self.search_row().split("|")[-1])

    def test_a_role_of_his_own_department_gives_way_to_the_one_that_he_has_there_by_access(self):
        self.desk.sql("UPDATE ost_staff SET dept_id=3 WHERE username='tokafor'; INSERT INTO ost_staff_dept_access VALUES(2,3,2,1)")
        self.refused("PATCH", TICKET, {"staffUserName": AGENT, "priority": 4}, 403)
        self.desk.sql("UPDATE ost_staff_dept_access SET role_id=1 WHERE staff_id=2 AND dept_id=3; UPDATE ost_staff SET role_id=2 WHERE staff_id=2")
        self.act("PATCH", TICKET, {"staffUserName": AGENT, "priority": 4})

    def test_the_title_of_an_assignments_note_has_the_name_as_the_help_desk_shows_names(self):
        self.setting("agent_name_format", "short")
        answer = self.act("POST", "310042/assign.json", {"staffUserName": AGENT, "staff": "mvries", "comments": "please"})
        self.assertEqual("Ticket Assigned to Marieke d.", self.desk.value("SELECT title FROM ost_thread_entry WHERE id=%d" % answer["entry_id"]))
        self.assertEqual('{"staff":[1,"Marieke de Vries"]}', self.desk.value("SELECT data FROM ost_thread_event ORDER BY id DESC LIMIT 1"))

    def test_an_alert_of_a_note_names_the_note_so_that_an_agents_answer_finds_it(self):
        self.desk.sql("UPDATE ost_ticket SET staff_id=1,dept_id=1 WHERE ticket_id=1")
        for key in ("note_alert_active", "note_alert_assigned"):
            self.setting(key, 1)
        post.clear(self.desk)
        note = self.act("POST", "310042/note.json", {"staffUserName": AGENT, "note": "look"}, 201)["entry_id"]
        mail, = post.settled(self.desk)
        _, entry, _ = struct.unpack("<III", base64.b64decode(mail.header("Message-ID")[0].strip("<>").split("-")[2] + "==")[:12])
        self.assertEqual(note, entry)
        self.assertIn("please write above this line", mail.html)

    def test_who_had_a_closed_ticket_hears_of_a_note_only_where_he_still_sees_it(self):
        self.desk.sql("UPDATE ost_ticket SET status_id=3,staff_id=2,team_id=1,dept_id=1 WHERE ticket_id=1; UPDATE ost_team_member SET flags=1;"
                      "DELETE FROM ost_thread_referral; UPDATE ost_staff SET onvacation=0 WHERE staff_id=3")
        for key in ("note_alert_active", "note_alert_assigned"):
            self.setting(key, 1)
        for agent, referral in ((False, "DELETE FROM ost_thread_referral"), (True, "INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) VALUES(1,3,'S',NOW())")):
            self.desk.sql(referral)
            post.clear(self.desk)
            self.act("POST", "310042/note.json", {"staffUserName": AGENT, "note": "look"}, 201)
            self.assertEqual(["iris@harbour-tools.example"] if agent else [], [mail.to[0][1] for mail in post.settled(self.desk)])

    def test_whoever_joins_by_a_reply_that_closes_joins_a_ticket_that_is_still_its_agents(self):
        self.desk.sql("UPDATE ost_ticket SET staff_id=1 WHERE ticket_id=1; DELETE FROM ost_thread_collaborator WHERE thread_id=1")
        after = self.last_event()
        self.act("POST", "310042/reply.json", {"staffUserName": AGENT, "response": "Done", "cc": ["cher@stage.example"], "status": "Closed"}, 201)
        self.assertEqual([["collab", "1"], ["closed", "2"]], self.desk.sql(
            "SELECT e.name, v.staff_id FROM ost_thread_event v JOIN ost_event e ON e.id=v.event_id WHERE v.id>%s ORDER BY v.id" % after))

    def test_whoever_comes_in_by_a_reply_stands_among_the_others_by_name(self):
        self.desk.sql("DELETE FROM ost_thread_collaborator WHERE thread_id=1; INSERT INTO ost_thread_collaborator"
                      "(flags,thread_id,user_id,role,created,updated) VALUES(3,1,2,'M',NOW(),NOW())")
        reply = self.act("POST", "310042/reply.json", {"staffUserName": AGENT, "response": "Done", "cc": [2, "cher@stage.example"]}, 201)
        cc = json.loads(self.desk.value("SELECT recipients FROM ost_thread_entry WHERE id=%d" % reply["entry_id"]))["cc"]
        self.assertEqual(["cher@stage.example", "piet.vandam@quay.example"],
                         [address.rpartition("<")[2].rstrip(">").lower() for address in cc.values()])

    def test_a_text_that_is_emptied_is_an_empty_text_and_null_takes_it_away(self):
        answer = "SELECT IFNULL(value,'NULL') FROM ost_form_entry_values WHERE field_id=40"
        self.act("PATCH", TICKET, {"staffUserName": AGENT, "fields": {"plate": ""}})
        self.assertEqual("", self.desk.value(answer))
        self.assertEqual('{"0":"P-118","1":"","fields":{"40":["P-118",""]}}', self.desk.value("SELECT data FROM ost_thread_event ORDER BY id DESC LIMIT 1"))
        self.desk.sql("UPDATE ost_form_entry_values SET value='P-118' WHERE field_id=40")
        self.act("PATCH", TICKET, {"staffUserName": AGENT, "fields": {"plate": None}})
        self.assertEqual("NULL", self.desk.value(answer))

    # ---- mails

    def assigned(self, comments, **to):
        """The one mail of an assignment."""
        self.desk.sql("DELETE FROM ost_email_template WHERE code_name='assigned.alert'; INSERT INTO ost_email_template(tpl_id,code_name,subject,body,created,updated) "
                      "VALUES(1,'assigned.alert','s','<p>%{assignee.name.first}|%{assignee.name}|%{assigner.name}</p>%{comments}',NOW(),NOW());"
                      "UPDATE ost_team_member SET flags=staff_id=3; UPDATE ost_staff SET onvacation=0; UPDATE ost_ticket SET staff_id=2,team_id=0 WHERE ticket_id=1")
        for key in ("assigned_alert_active", "assigned_alert_staff", "assigned_alert_team_members"):
            self.setting(key, 1)
        post.clear(self.desk)
        self.act("POST", "310042/assign.json", {"staffUserName": AGENT, "comments": comments, "format": "html", **to})
        mail, = post.settled(self.desk)
        return mail.html

    def test_a_team_has_no_first_name(self):
        name = self.desk.value("SELECT name FROM ost_team WHERE team_id=1").replace("&", "&amp;")
        self.assertIn("<p>|%s|" % name, self.assigned("x", team=1))

    def test_an_empty_paragraph_of_comments_is_a_line_of_the_note_and_nothing_in_the_mail_of_an_assignment(self):
        self.assertIn("<p>a</p> <p></p><p><br /></p><p>b</p>", self.assigned("<p>a</p><p> </p><p><br></p><p>b</p>", staff=3).replace("\n", ""))
        self.assertEqual("<p>a</p> <p><br /></p><p><br /></p><p>b</p>", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_a_paragraph_without_a_blank_goes_where_a_dialog_has_the_comments_and_stays_where_a_page_has(self):
        typed = {"staffUserName": AGENT, "comments": "<p>a</p><p></p><p>b</p>", "format": "html"}
        for path, body, kept in (("mark", {"answered": True}, "<p>a</p><p>b</p>"), ("status", {"status": 6}, "<p>a</p><p><br /></p><p>b</p>")):
            self.act("PATCH" if path == "mark" else "POST", TICKET if path == "mark" else "310042/status.json", {**typed, **body})
            self.assertEqual(kept, self.desk.value("SELECT body FROM ost_thread_entry WHERE staff_id>0 ORDER BY id DESC LIMIT 1"))
        self.assertIsNone(self.act("POST", "310042/release.json", {**typed, "comments": "<p></p>"})["entry_id"])

    def test_comments_that_osticket_logs_are_html_without_rich_text_and_others_are_not(self):
        self.setting("enable_richtext", 0)
        self.desk.sql("UPDATE ost_ticket SET dept_id=2,staff_id=0,team_id=0 WHERE ticket_id=1; UPDATE ost_staff SET onvacation=0")
        for method, path, body, kind in (("POST", "310042/assign.json", {"staff": "iris"}, "html"), ("POST", "310042/status.json", {"status": 6}, "html"),
                                         ("POST", "310042/refer.json", {"department": 1}, "html"), ("PATCH", TICKET + "?page=1", {"source": "Phone"}, "html"),
                                         ("POST", "310042/transfer.json", {"department": 1}, "text")):
            self.act(method, path, {"staffUserName": AGENT, "format": "html", "comments": "<p>one <b>two</b></p>", **body})
            self.assertEqual([path, kind], [path, self.desk.value("SELECT format FROM ost_thread_entry ORDER BY id DESC LIMIT 1")])

    def test_an_empty_paragraph_of_a_page_gets_no_line_break_without_rich_text(self):
        self.setting("enable_richtext", 0)
        for method, path, body in (("POST", "310042/status.json", {"status": 6}), ("PATCH", TICKET + "?page=1", {"source": "Phone"})):
            self.act(method, path, {"staffUserName": AGENT, "format": "html", "comments": "<p>x</p><p> </p><p>y</p><p></p><p>z</p>", **body})
            self.assertEqual("<p>x</p> <p></p><p>y</p><p>z</p>", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_a_dialog_cleans_comments_before_a_help_desk_without_rich_text_takes_them_for_text(self):
        self.setting("enable_richtext", 0)
        typed = {"staffUserName": AGENT, "format": "html"}
        self.act("POST", "310042/transfer.json", {**typed, "department": 2, "comments": "<p>x</p><p> </p><p>y<br></p>"})
        self.assertEqual("&lt;p&gt;x&lt;/p&gt; &lt;p&gt;y&lt;br&gt;&lt;/p&gt;", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))
        self.assertIsNone(self.act("POST", "310042/transfer.json", {**typed, "department": 1, "comments": "<p></p>"})["entry_id"])

    def test_lines_of_a_plain_canned_response_are_broken_behind_its_values(self):
        self.setting("enable_richtext", 0)
        self.desk.sql("UPDATE ost_canned_response SET dept_id=0,response='<p>Good day %{ticket.name.first}, %{ticket.number}: you find us at the quay on every working day.</p>' WHERE canned_id=1")
        self.act("POST", "310042/reply.json", {"staffUserName": AGENT, "to": "none", "canned": 1}, 201)
        body = self.desk.value("SELECT REPLACE(body,'\\n','|') FROM ost_thread_entry ORDER BY id DESC LIMIT 1").strip("|")
        self.assertTrue(body.endswith("working day."), body)
        self.assertNotIn("|", body)

    def test_a_plan_that_is_off_gives_a_saved_page_no_due_date(self):
        self.desk.sql("UPDATE ost_sla SET flags=9 WHERE id=2; UPDATE ost_sla SET flags=0 WHERE id=1; UPDATE ost_department SET sla_id=1;"
                      "UPDATE ost_ticket SET sla_id=2,duedate=NULL,isoverdue=0,source='Web' WHERE ticket_id=1")
        self.act("PATCH", TICKET + "?page=1", {"staffUserName": AGENT, "source": "Phone"})
        self.assertEqual(["1", "NULL"], [self.column("sla_id"), self.column("est_duedate")])

    def test_a_ticket_that_others_hang_on_already_is_not_saved_for_one_more(self):
        self.desk.sql("UPDATE ost_role SET permissions=JSON_SET(permissions,'$.\"ticket.link\"',1); UPDATE ost_ticket SET dept_id=2,staff_id=2 WHERE ticket_id<6")
        self.act("POST", "310042/link.json", {"staffUserName": AGENT, "tickets": ["310043"]})
        self.desk.sql("UPDATE ost_ticket SET updated='2026-01-01 00:00:00' WHERE ticket_id=1")
        self.act("POST", "310042/link.json", {"staffUserName": AGENT, "tickets": ["310044"]})
        self.assertEqual(["24", "2026-01-01 00:00:00", "1"], [self.column("flags"), self.column("updated"), self.column("ticket_pid", 3)])

    def test_an_agent_s_overdue_alert_comes_from_the_department_s_mailbox(self):
        self.desk.sql("UPDATE ost_department SET email_id=3,manager_id=1,group_membership=1 WHERE id=1; UPDATE ost_ticket SET dept_id=1,staff_id=3,isoverdue=0 WHERE ticket_id=1;"
                      "UPDATE ost_staff SET onvacation=0; UPDATE ost_sla SET flags=flags&~4")
        for key in ("overdue_alert_active", "overdue_alert_assigned"):
            self.setting(key, 1)
        post.clear(self.desk)
        self.act("PATCH", TICKET, {"staffUserName": "mvries", "overdue": True})
        self.assertEqual({"workshop@harbour-tools.example"}, {mail.sender[0][1] for mail in post.settled(self.desk)})

    def test_a_team_without_alerts_of_assignments_hears_of_messages(self):
        self.desk.sql("UPDATE ost_ticket SET staff_id=0,team_id=1 WHERE ticket_id=1; UPDATE ost_team SET flags=3; UPDATE ost_team_member SET flags=staff_id=3;"
                      "UPDATE ost_staff SET onvacation=0; UPDATE ost_department SET manager_id=0")
        for key in ("message_alert_active", "message_alert_assigned"):
            self.setting(key, 1)
        self.setting("message_autoresponder_collabs", 0)
        post.clear(self.desk)
        self.act("POST", "310042/message.json", {"message": "x"}, 201)
        self.assertEqual(["iris@harbour-tools.example"], [mail.to[0][1] for mail in post.settled(self.desk)])

    def test_whose_a_ticket_was_hears_of_the_reply_that_closes_it(self):
        self.desk.sql("UPDATE ost_ticket SET staff_id=3,team_id=0,dept_id=1 WHERE ticket_id=1; UPDATE ost_staff SET onvacation=0 WHERE staff_id=3;"
                      "INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) VALUES(1,3,'S','2025-03-01 10:00:00')")
        for key in ("note_alert_active", "note_alert_assigned"):
            self.setting(key, 1)
        post.clear(self.desk)
        self.act("POST", "310042/reply.json", {"staffUserName": AGENT, "response": "Done", "status": "Closed", "to": "none"}, 201)
        self.assertEqual(["iris@harbour-tools.example"], [mail.to[0][1] for mail in post.settled(self.desk)])

    def test_whose_a_ticket_was_does_not_hear_of_the_note_that_closes_it_and_refers_it_to_him(self):
        self.desk.sql("UPDATE ost_ticket SET staff_id=3,team_id=0,dept_id=1 WHERE ticket_id=1; UPDATE ost_staff SET onvacation=0 WHERE staff_id=3")
        for key in ("note_alert_active", "note_alert_assigned", "auto_refer_closed"):
            self.setting(key, 1)
        post.clear(self.desk)
        self.act("POST", "310042/note.json", {"staffUserName": AGENT, "note": "Done", "status": "Closed"}, 201)
        self.assertEqual([], [mail.to[0][1] for mail in post.settled(self.desk)])
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_referral WHERE thread_id=1 AND object_id=3"))

    # ---- entries

    def test_a_name_without_its_second_part_keeps_the_blank_that_stands_before_it(self):
        self.setting("client_name_format", "short")
        self.desk.sql("UPDATE ost_ticket SET user_id=3 WHERE ticket_id=1; DELETE FROM ost_thread_collaborator WHERE thread_id=1")
        reply = self.act("POST", "310042/reply.json", {"staffUserName": AGENT, "response": "Done"}, 201)
        self.assertEqual('{"to":{"3":"Cher  <cher@stage.example>"}}', self.desk.value("SELECT recipients FROM ost_thread_entry WHERE id=%d" % reply["entry_id"]))

    def test_an_owner_who_was_a_collaborator_is_called_one_still(self):
        self.desk.sql("INSERT INTO ost_thread_collaborator(flags,thread_id,user_id,role,created,updated) VALUES(2,1,1,'M',NOW(),NOW())")
        message = self.act("POST", "310042/message.json", {"message": "x"}, 201)
        self.assertEqual("32", self.desk.value("SELECT flags & 32 FROM ost_thread_entry WHERE id=%d" % message["entry_id"]))

    # ---- edits

    def test_a_page_leaves_a_ticket_without_a_plan_and_says_so(self):
        self.desk.sql("UPDATE ost_ticket SET sla_id=0,topic_id=0,est_duedate=NULL WHERE ticket_id=1")
        self.act("PATCH", TICKET + "?page=1", {"staffUserName": AGENT, "source": "Phone", "topic": 1})
        self.assertEqual(["0", "NULL"], [self.column("sla_id"), self.column("IFNULL(est_duedate,'NULL')")])
        self.assertEqual('{"topic_id":[null,"1"],"sla_id":[null,"0"],"source":["API","Phone"]}', self.desk.value("SELECT data FROM ost_thread_event ORDER BY id DESC LIMIT 1"))

    def test_a_field_that_came_later_gets_its_answer_with_the_first_edit(self):
        self.desk.sql(SWITCH.replace("'bool'", "'text'"))
        self.assertEqual("urgent has no answer in this ticket that could be edited", self.refused(
            "PATCH", TICKET + "?strict=1", {"staffUserName": AGENT, "fields": {"urgent": "so"}}, 422, "urgent"))
        self.act("PATCH", TICKET, {"staffUserName": AGENT, "fields": {"urgent": "so"}})
        self.assertEqual([["so"]], self.desk.sql("SELECT v.value FROM ost_form_entry_values v JOIN ost_form_entry e ON e.id=v.entry_id "
                                                 "WHERE v.field_id=50 AND e.object_type='T' AND e.object_id=1"))
        self.assertEqual('{"0":null,"1":"so","fields":{"50":[null,"so"]}}', self.desk.value("SELECT data FROM ost_thread_event ORDER BY id DESC LIMIT 1"))

    def test_a_page_is_not_saved_while_a_field_that_has_to_be_answered_is_not(self):
        self.desk.sql(SWITCH.replace("'bool'", "'text'").replace("13057", str(13057 | 0x4000)))
        self.assertEqual("Urgent is a required field", self.refused("PATCH", TICKET + "?page=1", {"staffUserName": AGENT, "source": "Phone"}, 422, "urgent"))
        self.act("PATCH", TICKET, {"staffUserName": AGENT, "source": "Phone"})  # a dialog has one part alone
        self.act("PATCH", TICKET + "?page=1", {"staffUserName": AGENT, "source": "Web", "fields": {"urgent": "so"}})
        self.act("PATCH", TICKET + "?page=1", {"staffUserName": AGENT, "source": "Phone"})

    def test_an_owner_s_edit_is_not_saved_while_a_field_that_has_to_be_answered_is_not(self):
        self.desk.sql(SWITCH.replace("'bool'", "'text'").replace("13057", str(13057 | 0x700)) +
                      "UPDATE ost_form_field SET flags=flags|0x300 WHERE name='subject' AND form_id=2")
        edit = {"user": int(self.column("user_id")), "fields": {"subject": "Other"}}
        self.assertEqual("Urgent is a required field", self.refused("PATCH", TICKET, edit, 422, "urgent"))
        edit["fields"]["urgent"] = "so"
        self.act("PATCH", TICKET, edit)

    def test_who_may_not_edit_a_ticket_neither_links_nor_merges_it(self):
        self.desk.sql("UPDATE ost_role SET permissions=REPLACE(REPLACE(permissions,'{','{\"ticket.link\":1,\"ticket.merge\":1,'),'\"ticket.edit\":1,','') WHERE id=1;"
                      "UPDATE ost_ticket SET dept_id=2 WHERE ticket_id<20; UPDATE ost_ticket SET flags=8,ticket_pid=1 WHERE ticket_id=2; UPDATE ost_ticket SET flags=24 WHERE ticket_id=1")
        for path, body in (("link", {"tickets": ["310045"]}), ("unlink", {}), ("merge", {"tickets": ["310045"]})):
            self.assertIn("ticket.edit", self.refused("POST", "310042/%s.json" % path, {"staffUserName": AGENT, **body}, 403))

    def test_a_page_tells_of_a_long_text_as_it_is_and_a_dialog_of_its_words(self):
        self.desk.sql(SWITCH.replace("'bool'", "'memo'"))
        for query, data in (("", '{"0":"","1":"a & b","fields":{"50":["","a & b"]}}'), ("?page=1", '{"fields":{"50":["<p>a &amp; b<\\/p>","<p>c<\\/p>"]}}')):
            self.act("PATCH", TICKET + query, {"staffUserName": AGENT, "fields": {"urgent": "<p>c</p>" if query else "<p>a &amp; b</p>"}})
            self.assertEqual(data, self.desk.value("SELECT REPLACE(data,'\\\\','\\\\\\\\') FROM ost_thread_event ORDER BY id DESC LIMIT 1").replace("\\\\", "\\"))

    def test_a_ticket_into_which_several_were_merged_and_deleted_is_called_merged_still(self):
        self.desk.sql("UPDATE ost_role SET permissions=REPLACE(permissions,'{','{\"ticket.merge\":1,') WHERE id=1; UPDATE ost_ticket SET dept_id=2 WHERE ticket_id<20")
        self.act("POST", "310042/merge.json", {"staffUserName": AGENT, "tickets": ["310043", "310045"], "delete_children": True})
        self.assertEqual("17", self.column("flags"))

    def test_a_ticket_that_others_are_linked_to_comes_first_among_them(self):
        self.desk.sql("UPDATE ost_role SET permissions=REPLACE(permissions,'{','{\"ticket.link\":1,') WHERE id=1; UPDATE ost_ticket SET dept_id=2,sort=1 WHERE ticket_id<20")
        self.act("POST", "310042/link.json", {"staffUserName": AGENT, "tickets": ["310045"]})
        self.assertEqual(["0", "1"], [self.column("sort", ticket) for ticket in (1, 4)])

    def test_a_status_goes_to_the_tickets_below_one_that_says_that_it_has_any(self):
        self.desk.sql("UPDATE ost_ticket SET flags=4 WHERE ticket_id=1; UPDATE ost_ticket SET flags=4,ticket_pid=1,dept_id=2 WHERE ticket_id=4")
        self.act("POST", "310042/status.json", {"staffUserName": AGENT, "status": 6, "children": True})
        self.assertEqual("1", self.column("status_id", 4))

    def test_a_page_that_changes_answers_alone_leaves_the_time_of_the_ticket_and_is_found(self):
        self.act("PATCH", TICKET + "?page=1", {"staffUserName": AGENT, "source": "Phone"})  # the due date is worked out
        self.desk.sql("UPDATE ost_ticket SET updated='2025-05-05 05:05:05' WHERE ticket_id=1")
        self.act("PATCH", TICKET + "?page=1", {"staffUserName": AGENT, "subject": "Quiet"})
        self.assertEqual("2025-05-05 05:05:05", self.column("updated"))
        self.assertEqual("Quiet", self.search_row().split("|")[0])


if __name__ == "__main__":
    unittest.main()
