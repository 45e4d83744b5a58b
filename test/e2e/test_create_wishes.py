# SPDX-License-Identifier: GPL-2.0-or-later
"""What agents say of a new ticket beside its forms: by name or id, strictly, for keys that may; the others' is passed over as ever."""
import unittest

from acting import ActingDesk
import demo
from test_create import ticket

ASKED = {"Accept": "application/json; profile=ticket"}


class Wishes(ActingDesk):
    def create(self, status=201, headers=(), **fields):
        answer = self.desk.request("POST", "/tickets.json", body=ticket(**fields), key=demo.KEY, headers={**ASKED, **dict(headers)})
        self.assertEqual(status, answer.status, str(answer))
        return answer.json

    def wrong(self, member, sentence, status=422, **fields):
        before = self.rows()
        failure = self.create(status, **fields)
        self.assertEqual([member] if member else [], list(failure["errors"]), failure)
        self.assertIn(sentence, failure["status_msg"])
        self.assertEqual(before, self.rows(), "something was written")

    def history(self, ticket_id):
        return self.desk.sql("SELECT e.name, v.username, v.staff_id, v.team_id, v.data FROM ost_thread_event v JOIN ost_event e ON e.id=v.event_id "
                             "JOIN ost_thread t ON t.id=v.thread_id WHERE t.object_id=%d ORDER BY v.id" % ticket_id)

    def notes(self, ticket_id):
        return self.desk.sql("SELECT n.staff_id, n.poster, n.title, REPLACE(n.body, CHAR(10), '|') FROM ost_thread_entry n JOIN ost_thread t ON t.id=n.thread_id "
                             "WHERE t.object_id=%d AND n.type='N' ORDER BY n.id" % ticket_id)

    def people(self, ticket_id):
        return self.desk.sql("SELECT u.name, c.flags FROM ost_thread_collaborator c JOIN ost_thread t ON t.id=c.thread_id JOIN ost_user u "
                             "ON u.id=c.user_id WHERE t.object_id=%d ORDER BY c.id" % ticket_id)

    # ---- what is granted -------------------------------------------------------------------------------------------
    def test_by_name_by_path_and_by_id(self):
        for department in ("Field service", "field SERVICE", "Workshop / Field service", 3, "3"):
            made = self.create(department=department, staff="tokafor", team="Pumps & compressors", priority="High", sla="machine DOWN")["ticket"]
            self.assertEqual(("Field service", "tokafor", "Pumps & compressors", "High", "Machine down"),
                             (made["department"]["name"], made["staff"]["username"], made["team"]["name"], made["priority"]["name"],
                              made["sla"]["name"]), department)
        for staff, team, priority, sla in ((2, 1, 3, 2), ("2", "1", "3", "2"), ("tobenna@harbour-tools.example", "pumps & COMPRESSORS", "high", "Machine down")):
            made = self.create(department=2, staff=staff, team=team, priority=priority, sla=sla)["ticket"]
            self.assertEqual([2, 2, 1, 3, 2], [made[name]["id"] for name in ("department", "staff", "team", "priority", "sla")])
        self.assertEqual([["3", "High"]], self.desk.sql("SELECT priority, 'High' FROM ost_ticket__cdata ORDER BY ticket_id DESC LIMIT 1"))

    def test_they_come_before_the_topic_s(self):
        made = self.create(topicId=3, department="Hire desk", sla="Two working days", priority="low")["ticket"]
        self.assertEqual([1, 1, 1, 3], [made[name]["id"] for name in ("department", "sla", "priority", "topic")])

    def test_sources(self):
        for source in ("Phone", "Email", "Web", "API", "Other", "phone"):
            made = self.create(source=source)
            wanted = "Phone" if source == "phone" else source
            self.assertEqual(wanted, made["ticket"]["source"])
            self.assertEqual(wanted, self.desk.value("SELECT source FROM ost_thread_entry WHERE id=%d" % made["entry_id"]))
        self.wrong("source", "Phone, Email, Web, API or Other", source="Pigeon")

    def test_an_extension_goes_with_a_phone(self):
        self.create(email="new@quay.example", phone="312 555-0142", phone_ext="7")
        self.assertEqual("3125550142X7", self.desk.value("SELECT phone FROM ost_user__cdata ORDER BY user_id DESC LIMIT 1"))
        self.create(email="newer@quay.example", phone="312 555-0142", phone_ext=12)
        self.assertEqual("3125550142X12", self.desk.value("SELECT phone FROM ost_user__cdata ORDER BY user_id DESC LIMIT 1"))
        for phone, extension in ((None, "7"), ("312 555-0142x3", "7"), ("312 555-0142", "7a"), ("312 555-0142", ""), ("312 555-0142", "1" * 11),
                                 ("312 555-0142", ["7"])):
            self.wrong("phone_ext", "phone_ext", email="new2@quay.example", phone=phone, phone_ext=extension)

    def test_a_note_is_the_agent_s_who_acts(self):
        made = self.create(staffUserName="mvries", note="She will ring <again>.\nSoon.")["ticket"]["id"]
        self.assertEqual([["1", "Marieke de Vries", "New Ticket", "She will ring &lt;again&gt;.|Soon."]], self.notes(made))
        self.assertEqual([["created", "SYSTEM", "0", "0", "NULL"]], self.history(made))
        made = self.create(headers={"X-Act-As": "tokafor"}, note="x", staff="tokafor", department="Workshop")["ticket"]["id"]
        self.assertEqual([["2", "Tobenna Okafor", "Ticket Assigned to Tobenna Okafor", "x"]], self.notes(made))
        made = self.create(note="x")["ticket"]["id"]
        self.assertEqual([["0", "SYSTEM", "New Ticket", "x"]], self.notes(made))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost__search WHERE object_type='H' AND content LIKE '%will ring%'"))

    def test_an_assignment_bears_the_agent_s_name(self):
        made = self.create(staffUserName="mvries", staff="tokafor", department="Workshop", team=1)["ticket"]["id"]
        self.assertEqual([["created", "SYSTEM"], ["assigned", "mvries"], ["assigned", "mvries"]], [row[:2] for row in self.history(made)])
        self.assertEqual(['{"staff":[2,"Tobenna Okafor"]}', '{"team":1}'], [row[4] for row in self.history(made)[1:]])
        self.assertEqual(1, self.mails().count("assigned.alert"), self.mails())
        self.desk.sql_again("DELETE FROM fcgi_ost_mail")
        made = self.create(staffUserName="tokafor", staff="tokafor", department="Workshop")["ticket"]["id"]
        self.assertEqual(["assigned", "tokafor", "2", "0", '{"claim":true}'], self.history(made)[1])
        self.assertEqual(0, self.mails().count("assigned.alert"), self.mails())
        made = self.create(staff="tokafor", department="Workshop")["ticket"]["id"]
        self.assertEqual(["assigned", "SYSTEM", "2", "0", '{"staff":[2,"Tobenna Okafor"]}'], self.history(made)[1])

    def test_who_takes_part(self):
        users = int(self.desk.value("SELECT COUNT(*) FROM ost_user"))
        made = self.create(cc=[3, "5", "Piet.vanDam@quay.example", {"email": "bo@quay.example", "name": "Bo Peep"}, "JO@quay.example",
                               "jo@quay.example", "anna@quay.example"])["ticket"]["id"]
        self.assertEqual([["Cher", "3"], ['Seán "Jock" O\'Hara', "3"], ["Dr. Piet Jan van Dam Jr.", "3"], ["Bo Peep", "3"], ["JO", "3"]],
                         self.people(made))
        self.assertEqual(users + 2, int(self.desk.value("SELECT COUNT(*) FROM ost_user")))
        self.assertEqual(5, len([row for row in self.history(made) if row[0] == "collab"]))
        self.assertIn("Bo Peep", self.desk.value("SELECT recipients FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))
        self.assertEqual([["Cher", "3"]], self.people(self.create(cc=3)["ticket"]["id"]))
        self.assertEqual([], self.people(self.create(cc=[])["ticket"]["id"]))
        for wrong in (["nobody"], [99], [True], [None], [["a"]], [{"name": "x"}], {"email": 5, "x": 1}, True, ["a@quay.example"] + ["x"],
                      ["u%d@quay.example" % i for i in range(51)]):
            with self.subTest(wrong=wrong):
                self.wrong("cc", "cc", cc=wrong)

    # ---- what is refused -------------------------------------------------------------------------------------------
    def test_names_that_are_wrong_refuse_the_ticket(self):
        self.desk.sql("INSERT INTO ost_department(id,pid,flags,name,signature,path,updated,created) VALUES(8,1,4,'Field service','','/1/8/',NOW(),NOW()),"
                      "(9,NULL,12,'Gone','','/9/',NOW(),NOW());INSERT INTO ost_sla(id,schedule_id,flags,grace_period,name,created,updated) VALUES"
                      "(10,0,2,1,'Off',NOW(),NOW());"
                      "INSERT INTO ost_team(team_id,lead_id,flags,name,notes,created,updated) VALUES(8,0,1,'Empty','',NOW(),NOW())")
        for member, value, sentence in (
                ("department", "Nowhere", "no such department"), ("department", 99, "no such department"),
                ("department", "Field service", "several department"), ("department", "Gone", "takes no tickets"),
                ("department", "", "is empty"), ("department", [1], "a name or an id"), ("department", {"id": 1}, "a name or an id"),
                ("department", True, "a name or an id"), ("department", "-1", "no such department"), ("department", "0", "no such department"),
                ("department", "9" * 30, "no such department"), ("department", "1 OR 1=1", "no such department"), ("department", "%", "no such department"),
                ("staff", "nobody", "no such agent"), ("staff", 99, "no such agent"), ("staff", "íris", "not at work"), ("staff", " ", "is empty"),
                ("staff", "tokafor'--", "no such agent"), ("team", "None", "no such team"), ("team", "Empty", "nobody of the team"),
                ("sla", "x", "no such SLA plan"), ("sla", "Off", "not active"),
                ("priority", "Very high", "no such priority"), ("priority", 99, "no such priority"),
                ("note", "  ", "note is empty"), ("note", ["x"], "a text"), ("note", {"a": 1}, "a text"),
                ("staffUserName", [1], "a name or an id")):
            with self.subTest(member=member, value=value):
                self.wrong(member, sentence, **{**({"note": "x"} if member == "staffUserName" else {}), member: value})
        self.assertEqual("Field service", self.create(department="Workshop / Field service")["ticket"]["department"]["name"])

    def test_who_may_not_have_the_ticket_does_not_get_it(self):
        self.desk.sql("UPDATE ost_department SET flags = flags | 1 WHERE id = 3")
        self.wrong("staff", "cannot be assigned to this agent", staff="mvries", department="Field service")
        self.assertEqual("mvries", self.create(staff="mvries", department="Workshop")["ticket"]["staff"]["username"])

    def test_an_agent_needs_his_role(self):
        self.desk.sql("UPDATE ost_role SET permissions = '{\"ticket.create\":1}' WHERE id = 2")
        self.assertEqual("Hire desk", self.create(staffUserName="tokafor", department="Hire desk", note="x")["ticket"]["department"]["name"])
        self.wrong(None, "ticket.assign", 403, staffUserName="tokafor", department="Hire desk", staff="mvries")
        self.desk.sql("UPDATE ost_role SET permissions = '{}' WHERE id = 2")
        self.wrong(None, "ticket.create", 403, staffUserName="tokafor", department="Hire desk", note="x")
        self.wrong("staffUserName", "no such agent", staffUserName="nobody", note="x")
        self.desk.sql("UPDATE ost_staff SET isactive = 0 WHERE staff_id = 2")
        self.wrong("staffUserName", "not active", 403, staffUserName="tokafor", note="x")

    # ---- which keys ------------------------------------------------------------------------------------------------
    def test_a_key_without_the_scope_is_answered_as_ever(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='read create notes'")
        made = self.create(department="Nowhere", staff="tokafor", team=1, sla="x", note="x", cc=["nobody"], phone_ext=[])["ticket"]
        self.assertEqual(["Hire desk", None, None], [made["department"]["name"], made["staff"], made["team"]])
        self.assertEqual(([], []), (self.notes(made["id"]), self.people(made["id"])))
        self.assertIn("Invalid ticket origin", self.create(400, source="Phone")["status_msg"])

    def test_a_note_needs_somebody_who_writes_it(self):
        self.desk.sql("UPDATE fcgi_ost_key SET any_staff=0, `system`=0")
        self.wrong("staffUserName", "staffUserName is missing", note="x")
        self.wrong("staffUserName", "may not act as", 403, note="x", staffUserName="mvries")
        self.assertEqual("Workshop", self.create(department="Workshop")["ticket"]["department"]["name"])
        self.desk.sql("UPDATE fcgi_ost_key SET staff_id=2")
        self.assertEqual([["2", "Tobenna Okafor", "New Ticket", "x"]], self.notes(self.create(note="x")["ticket"]["id"]))
        self.wrong("staffUserName", "acts as another agent", 403, note="x", staffUserName="mvries")

    def test_a_form_s_field_comes_first(self):
        self.desk.sql("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,sort,created,updated) VALUES"
                      "(41,5,13057,'text','Department','department',2,NOW(),NOW())")
        made = self.create(topicId=3, department="Nowhere")["ticket"]
        self.assertEqual("Field service", made["department"]["name"])
        self.assertEqual("Nowhere", self.desk.value("SELECT value FROM ost_form_entry_values WHERE field_id=41"))
        self.wrong("department", "no such department", topicId=2, department="Nowhere")

    def test_filters_have_the_last_word(self):
        self.desk.sql("INSERT INTO ost_filter(id,execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,"
                      "created,updated) VALUES(90,1,1,0,0,1,0,'API',0,'F',NOW(),NOW());"
                      "INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,updated) VALUES(90,'email','contains','@',1,'',NOW(),NOW());"
                      "INSERT INTO ost_filter_action(filter_id,sort,type,configuration,updated) VALUES(90,1,'dept','{\"dept_id\":2}',NOW())")
        self.assertEqual("Workshop", self.create(department="Hire desk", source="Phone")["ticket"]["department"]["name"])

    def test_php_does_not_get_what_it_would_pass_over(self):
        self.desk.sql("UPDATE ost_form_field SET type='plugin-type' WHERE name='plate'")
        for wishes in ({"department": 1}, {"priority": "High"}, {"cc": [3]}, {"note": "x"}):
            answer = self.desk.request("POST", "/tickets.json", body=ticket(topicId=3, **wishes), key=demo.KEY)
            self.assertEqual(501, answer.status, str(answer))

    def test_without_wishes_nothing_more_is_asked(self):
        _, plain = demo.traced(self.desk, "POST", "/tickets.json", "plain-1", body=ticket())
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='create'")
        _, narrow = demo.traced(self.desk, "POST", "/tickets.json", "narrow-1", body=ticket())
        self.assertEqual(narrow["round_trips"], plain["round_trips"])


if __name__ == "__main__":
    unittest.main()
