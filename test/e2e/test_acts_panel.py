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


if __name__ == "__main__":
    unittest.main()
