# SPDX-License-Identifier: GPL-2.0-or-later
"""What there is to choose from: departments, help topics, statuses, agents, forms, canned responses; who sees how much of
it, and that a page that has it need not fetch it again."""
import json
import unittest

import demo

ALL = ("departments", "topics", "statuses", "priorities", "slas", "sources", "staff", "teams", "forms", "canned", "queues")
NOT_FOR_CLIENTS = ("slas", "staff", "teams", "canned", "queues")


class Catalog(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        self.key(scopes="catalog")

    def key(self, **rules):
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,%s) VALUES(1,%s)" % (
            ",".join(rules), ",".join("'%s'" % value for value in rules.values())))

    def get(self, path, status=200, **more):
        answer = self.desk.get(path, key=demo.KEY, **more)
        self.assertEqual(status, answer.status, "%s: %s" % (path, answer))
        return answer

    def list(self, name, query=""):
        answer = self.get("/%s.json%s" % (name, query)).json
        self.assertEqual((["topic"] if name == "forms" else []) + [name, "status_code", "status_msg"], list(answer))
        return answer[name]

    def ids(self, name, query=""):
        return sorted(row["id"] for row in self.list(name, query))

    def only(self, name, row_id, query=""):
        rows = [row for row in self.list(name, query) if row["id"] == row_id]
        self.assertEqual(1, len(rows), rows)
        return rows[0]

    # ---- what there is -----------------------------------------------------------------------------------------------
    def test_departments_with_their_paths_and_managers(self):
        self.assertEqual({"id": 3, "name": "Field service", "path": "Workshop / Field service",
                          "parent": {"id": 2, "name": "Workshop"}, "public": False, "active": True, "archived": False,
                          "manager": {"id": 2, "username": "tokafor", "name": "Tobenna Okafor"},
                          "sla": {"id": 2, "name": "Machine down"}}, self.only("departments", 3))
        self.desk.sql("UPDATE ost_department SET flags=8,manager_id=0 WHERE id=1")
        first = self.only("departments", 1)
        self.assertEqual((None, None, None, False, True), (first["parent"], first["manager"], first["sla"], first["active"],
                                                           first["archived"]))

    def test_departments_that_lie_in_each_other(self):
        self.desk.sql("UPDATE ost_department SET pid=3 WHERE id=2; UPDATE ost_department SET pid=1 WHERE id=1")
        self.assertEqual({1: "Hire desk", 2: "Field service / Workshop", 3: "Workshop / Field service"},
                         {row["id"]: row["path"] for row in self.list("departments")})

    def test_topics_with_what_they_bring_along(self):
        self.assertEqual({"id": 3, "name": "Machine stands still", "path": "Repairs / Machine stands still",
                          "parent": {"id": 2, "name": "Repairs"}, "public": True, "active": True, "archived": False,
                          "department": {"id": 3, "name": "Field service"}, "sla": {"id": 2, "name": "Machine down"},
                          "priority": {"id": 4, "name": "Emergency"}, "status": None,
                          "forms": [{"id": 2, "name": "About your request"}, {"id": 5, "name": "The machine"}]},
                         self.only("topics", 3))
        self.desk.sql("DELETE FROM ost_help_topic_form; UPDATE ost_help_topic SET sort=9-sort")
        self.assertEqual([3, 2, 1], [row["id"] for row in self.list("topics")])
        self.assertEqual([], self.only("topics", 1)["forms"])

    def test_statuses(self):
        self.desk.sql("UPDATE ost_ticket_status SET mode=0 WHERE id=6; UPDATE ost_ticket_status SET properties="
                      "'{\"allowreopen\":true,\"reopenstatus\":6}' WHERE id=2")
        self.assertEqual([1, 2, 3, 4, 5], self.ids("statuses"))
        self.assertEqual([1, 2, 3, 4, 5, 6], self.ids("statuses", "?all=1"))
        self.assertEqual({"id": 2, "name": "Resolved", "state": "closed", "enabled": True, "allow_reopen": True,
                          "reopen_status": {"id": 6, "name": "Waiting for parts"}}, self.only("statuses", 2))
        self.assertEqual((False, None), tuple(self.only("statuses", 1)[name] for name in ("allow_reopen", "reopen_status")))

    def test_priorities_as_tickets_and_filters_name_them(self):
        self.assertEqual({"id": 3, "name": "High", "key": "high", "color": "#FEE7E7", "urgency": 2, "public": True},
                         self.only("priorities", 3))
        self.assertEqual([1, 2, 3, 4], [row["id"] for row in self.list("priorities")])

    def test_slas_and_sources(self):
        self.assertEqual({"id": 2, "name": "Machine down", "grace_hours": 4, "schedule": {"id": 3, "name": "Around the clock"},
                          "active": True, "transient": False, "alerts": True}, self.only("slas", 2))
        self.desk.sql("UPDATE ost_sla SET flags=12 WHERE id=1")
        self.assertEqual((None, False, True, False), tuple(self.only("slas", 1)[name] for name in
                                                           ("schedule", "active", "transient", "alerts")))
        self.assertEqual(["Phone", "Email", "Web", "API", "Other"], [row["name"] for row in self.list("sources")])

    def test_agents_and_their_addresses_for_whom_may_see_users(self):
        self.assertEqual({"id": 3, "username": "íris", "name": "Íris Björnsdóttir", "department": {"id": 3, "name": "Field service"},
                          "active": True, "available": False}, self.only("staff", 3))
        self.assertTrue(self.only("staff", 2)["available"])
        self.key(scopes="catalog users")
        self.assertEqual("tobenna@harbour-tools.example", self.only("staff", 2)["email"])
        self.desk.sql("UPDATE ost_staff SET isactive=0 WHERE staff_id=1")
        self.assertEqual([2, 3], self.ids("staff"))
        self.assertEqual((False, False), tuple(self.only("staff", 1, "?all=1")[name] for name in ("active", "available")))

    def test_teams_with_their_members(self):
        self.assertEqual([{"id": 1, "name": "Pumps & compressors", "active": True, "alerts": True,
                           "lead": {"id": 2, "username": "tokafor", "name": "Tobenna Okafor"},
                           "members": [{"id": 3, "username": "íris", "name": "Íris Björnsdóttir"},
                                       {"id": 2, "username": "tokafor", "name": "Tobenna Okafor"}]}], self.list("teams"))
        self.desk.sql("DELETE FROM ost_team_member; UPDATE ost_team SET lead_id=0,flags=2")
        self.assertEqual((False, False, None, []), tuple(self.list("teams")[0][name] for name in
                                                         ("active", "alerts", "lead", "members")))

    def test_lists_in_their_order(self):
        self.desk.sql("INSERT INTO ost_list(id,name,name_plural,sort_mode,type,created,updated) VALUES"
                      "(1,'Ticket Status','Ticket Statuses','SortCol','ticket-status',NOW(),NOW()),"
                      "(7,'Pier','Piers','Alpha',NULL,NOW(),NOW());"
                      "INSERT INTO ost_list_items(id,list_id,status,value,extra,sort) VALUES(1,7,1,'Süd','S',1),(2,7,1,'Nord',NULL,3),"
                      "(3,7,0,'Mitte','',2)")
        self.assertEqual({"id": 7, "name": "Pier", "name_plural": "Piers", "items": [
            {"id": 2, "value": "Nord", "abbreviation": None, "enabled": True, "properties": []},
            {"id": 1, "value": "Süd", "abbreviation": "S", "enabled": True, "properties": []}]}, self.get("/lists/7.json").json["list"])
        for mode, order in (("Alpha", [3, 2, 1]), ("-Alpha", [1, 2, 3]), ("SortCol", [1, 3, 2])):
            self.desk.sql("UPDATE ost_list SET sort_mode='%s' WHERE id=7" % mode)
            self.assertEqual(order, [item["id"] for item in self.get("/lists/7.json?all=1").json["list"]["items"]], mode)
        self.assertEqual([1, 2, 3, 4, 5, 6], [item["id"] for item in self.get("/lists/1.json").json["list"]["items"]])
        self.assertEqual("not_found", self.get("/lists/8.json", 404).json["error"])

    def test_what_the_items_of_a_list_are_described_by(self):
        self.desk.sql("INSERT INTO ost_list(id,name,sort_mode,created,updated) VALUES(7,'Pier','SortCol',NOW(),NOW());"
                      "INSERT INTO ost_form(id,type,title,created,updated) VALUES(90,'L7','Pier',NOW(),NOW());"
                      "INSERT INTO ost_form_field(id,form_id,flags,type,label,name,sort,created,updated) VALUES"
                      "(91,90,1,'text','Depth','depth',2,NOW(),NOW()),(92,90,1,'choices','Crane','crane',1,NOW(),NOW()),"
                      "(93,90,1,'bool','Lit','',3,NOW(),NOW()),(94,90,1,'password','Gate','gate',4,NOW(),NOW());"
                      "INSERT INTO ost_list_items(id,list_id,value,sort,properties) VALUES"
                      "(1,7,'South',1,'{\"91\":\"12 m\",\"92\":\"{\\\\\"c4\\\\\":\\\\\"Large\\\\\"}\",\"93\":1,\"94\":\"secret\",\"95\":\"x\"}'),"
                      "(2,7,'North',2,NULL),(3,7,'West',3,'broken'),(4,7,'East',4,'[]'),(5,7,'Far',5,'{\"91\":12,\"92\":{\"c5\":\"Small\"},\"93\":\"0\"}')")
        described = {item["value"]: [(p["name"], p["value"]) for p in item["properties"]]
                     for item in self.get("/lists/7.json").json["list"]["items"]}
        nothing = [("crane", None), ("depth", None), (None, None), ("gate", None)]
        self.assertEqual({"South": [("crane", [{"key": "c4", "label": "Large"}]), ("depth", "12 m"), (None, True), ("gate", None)],
                          "North": nothing, "West": nothing, "East": nothing,
                          "Far": [("crane", [{"key": "c5", "label": "Small"}]), ("depth", "12"), (None, False), ("gate", None)]}, described)
        answer = self.get("/lists/7.json")
        self.assertEqual({"id": 94, "name": "gate", "label": "Gate", "type": "password", "value": None, "opaque": True},
                         answer.json["list"]["items"][0]["properties"][3])
        self.assertNotIn("secret", answer.text)

    def test_queues_of_all_and_of_the_agent(self):
        self.desk.sql("DELETE FROM ost_queue; INSERT INTO ost_queue(id,parent_id,flags,staff_id,sort,title,root,created,updated) VALUES"
                      "(1,0,3,0,2,'Open','T',NOW(),NOW()),(2,1,3,0,1,'Late','T',NOW(),NOW()),(3,0,2,2,3,'My pumps','T',NOW(),NOW()),"
                      "(4,0,7,0,4,'Off','T',NOW(),NOW()),(5,0,1,0,5,'A search','T',NOW(),NOW())")
        self.assertEqual([{"id": 2, "title": "Late", "parent": {"id": 1, "name": "Open"}, "own": False},
                          {"id": 1, "title": "Open", "parent": None, "own": False}], self.list("queues"))
        self.key(scopes="catalog", staff_id=2)
        self.assertEqual([1, 2, 3], self.ids("queues"))
        self.key(scopes="catalog", staff_id=1)
        self.assertEqual([1, 2], self.ids("queues"))

    # ---- forms ---------------------------------------------------------------------------------------------------------
    def fields(self, query="", kind=None):
        return {field["id"]: field for form in self.list("forms", query) if kind in (None, form["kind"]) for field in form["fields"]}

    def test_the_forms_of_a_topic_in_the_order_of_the_portal(self):
        self.assertEqual([("user", 1), ("ticket", 2)], [(form["kind"], form["id"]) for form in self.list("forms")])
        for topic in ("3", "Repairs%20/%20machine%20STANDS%20still"):
            self.assertEqual([("user", 1), ("ticket", 2), ("topic", 5)],
                             [(form["kind"], form["id"]) for form in self.list("forms", "?topic=" + topic)])
        self.desk.sql("UPDATE ost_help_topic_form SET sort=3-sort WHERE topic_id=3; "
                      "UPDATE ost_form SET instructions='See the plate' WHERE id=5")
        forms = self.list("forms", "?topic=3")
        self.assertEqual([1, 5, 2], [form["id"] for form in forms])
        self.assertEqual(("The machine", "See the plate"), (forms[1]["title"], forms[1]["instructions"]))
        self.desk.sql("DELETE FROM ost_help_topic_form WHERE form_id=2")
        self.assertEqual([1, 2, 5], [form["id"] for form in self.list("forms", "?topic=3")])
        for topic in ("99", "Nothing", "", "Machine"):
            answer = self.get("/forms.json?topic=" + topic, 422).json
            self.assertEqual(["topic"], list(answer["errors"]), answer)

    def test_a_field_says_who_sees_it_and_must_fill_it(self):
        field = self.fields()[1]
        self.assertEqual({"client": True, "agent": True}, field["visible"])
        self.assertEqual({"client": True, "agent": True}, field["required"])
        self.assertEqual(("email", "Mail address", "text", None, 40, 64, "email", None), tuple(field[name] for name in (
            "name", "label", "type", "hint", "size", "max_length", "validator", "pattern")))
        self.assertEqual({"client": False, "agent": True}, self.fields()[4]["visible"])
        self.desk.sql("UPDATE ost_help_topic_form SET extra='{\"disable\":[40]}' WHERE form_id=5;"
                      "UPDATE ost_form_field SET flags=flags|0x404,hint='On the left' WHERE id=40")
        field = self.fields("?topic=3")[40]
        self.assertEqual(({"client": False, "agent": False}, True, True, "On the left"), tuple(field[name] for name in (
            "visible", "disabled", "required_to_close", "hint")))
        self.assertTrue(field["required"]["client"], "creation asks for it all the same")

    def test_each_type_has_what_draws_it(self):
        self.setting("max_file_size", "1048576")
        configurations = {
            "text": ({"validator": "regex", "regex": "/^[A-Z]+$/iu", "validator-error": "Letters", "placeholder": "ABC"},
                     {"size": 16, "max_length": 30, "validator": "regex", "pattern": "/^[A-Z]+$/iu", "message": "Letters",
                      "placeholder": "ABC"}),
            "memo": ({"rows": "9", "cols": 50, "length": 400, "html": False},
                     {"rows": 9, "columns": 50, "max_length": 400, "html": False, "placeholder": None}),
            "bool": ({"desc": "I agree"}, {"description": "I agree"}),
            "phone": ({"ext": False, "digits": 5, "format": ""}, {"extension": False, "min_digits": 5, "format": None}),
            "choices": ({"choices": "a: Alpha\r\nb:Beta\r\n\r\nGamma\na:First", "default": "b", "prompt": "Which?", "multiselect": True},
                        {"choices": [{"key": "a", "label": "First"}, {"key": "b", "label": "Beta"}, {"key": "Gamma", "label": "Gamma"}],
                         "default": "b", "prompt": "Which?", "multiple": True}),
            "list-7": ({"default": {"2": "Nord"}, "widget": "typeahead", "multiselect": True},
                       {"choices": [{"key": "2", "label": "Nord"}, {"key": "1", "label": "Süd"}], "default": "2", "prompt": None,
                        "multiple": False, "widget": "typeahead", "message": None}),
            "priority": ({"default": 3}, {"choices": [{"key": "1", "label": "Low"}, {"key": "2", "label": "Normal"}, {
                "key": "3", "label": "High"}, {"key": "4", "label": "Emergency"}], "default": "3", "prompt": None}),
            "datetime": ({"time": True, "gmt": True, "min": "2026-01-01 00:00:00 UTC"},
                         {"time": True, "timezone": None, "timezone_aware": True, "min": "2026-01-01 00:00:00 UTC", "max": None,
                          "future": True}),
            "files": ({"size": "2048", "extensions": ".PDF, png", "max": "2"},
                      {"files": {"max_size": 2048, "extensions": [".pdf", ".png"], "types": [], "max_count": 2}}),
            "thread": ({"attachments": True}, {"html": True, "files": {"max_size": 1048576, "extensions": [], "types": [],
                                                                       "max_count": None}}),
            "info": ({"content": "<b>Mind</b> the gap"}, {"content": "<b>Mind</b> the gap"}),
            "break": ({}, {}),
            "signature-pad": ({"anything": 1}, {"opaque": True}),
        }
        self.desk.sql("INSERT INTO ost_list(id,name,sort_mode,created,updated) VALUES(7,'Pier','Alpha',NOW(),NOW());"
                      "INSERT INTO ost_list_items(id,list_id,status,value,sort) VALUES(1,7,1,'Süd',1),(2,7,1,'Nord',3),(3,7,0,'Mitte',2)")
        common = {"id", "name", "label", "type", "hint", "required", "visible", "editable", "required_to_close", "disabled"}
        for field_type, (configuration, wanted) in configurations.items():
            quoted = json.dumps(configuration).replace("\\", "\\\\").replace("'", "''")
            self.desk.sql("UPDATE ost_form_field SET type='%s',configuration='%s' WHERE id=40" % (field_type, quoted))
            field = self.fields("?topic=3")[40]
            self.assertEqual(wanted, {name: value for name, value in field.items() if name not in common}, field_type)
        for broken in ("NULL", "''", "'{'", "'[]'", "'null'", "'{\"choices\":[1],\"size\":{},\"length\":-3,\"default\":[]}'"):
            for field_type in configurations:
                self.desk.sql("UPDATE ost_form_field SET type='%s',configuration=%s WHERE id=40" % (field_type, broken))
                self.assertIn(40, self.fields("?topic=3"), (field_type, broken))

    # ---- canned responses ------------------------------------------------------------------------------------------------
    def test_a_canned_response_with_a_tickets_values(self):
        self.assertEqual([{"id": 1, "title": "When we are there", "department": None, "language": "en_US"}], self.list("canned"))
        stored = self.get("/canned/1.json").json["canned"]
        self.assertIn("%{ticket.name.first}", stored["response"])
        self.assertEqual("html", stored["format"])
        self.assertEqual("scope", self.get("/canned/1.json?ticket=310042", 403).json["error"])
        self.key(scopes="catalog read")
        for ticket in ("310042", "id:1"):
            filled = self.get("/canned/1.json?ticket=" + ticket).json["canned"]
            self.assertIn("Good day Anna,", filled["response"])
            self.assertEqual(stored["attachments"], filled["attachments"])
        for ticket, status in (("none", 404), ("id:99999", 404), ("", 422), ("id:0", 404), ("id:x", 404)):
            self.get("/canned/1.json?ticket=" + ticket, status)
        self.desk.sql("UPDATE ost_ticket SET number='310042' WHERE ticket_id=2")
        self.assertEqual("ambiguous", self.get("/canned/1.json?ticket=310042", 409).json["error"])
        self.key(scopes="catalog read", depts="3")
        self.assertIn("Good day Anna,", self.get("/canned/1.json?ticket=310042").json["canned"]["response"], "the other one is not seen")
        self.get("/canned/1.json?ticket=id:2", 404)
        self.key(scopes="catalog read")
        self.setting("enable_richtext", "0")
        plain = self.get("/canned/1.json?ticket=id:1").json["canned"]
        self.assertEqual("text", plain["format"])
        self.assertNotIn("<p>", plain["response"])

    def test_canned_responses_by_department(self):
        self.desk.sql("INSERT INTO ost_canned_response(canned_id,dept_id,isenabled,title,response,created,updated) VALUES"
                      "(2,2,1,'Workshop only','x',NOW(),NOW()),(3,3,1,'Field only','x',NOW(),NOW()),(4,0,0,'Off','x',NOW(),NOW())")
        self.assertEqual([1, 2, 3], self.ids("canned"))
        self.assertEqual([1, 2], self.ids("canned", "?department=workshop"))
        self.assertEqual([1, 3], self.ids("canned", "?department=3"))
        self.assertEqual(["department"], list(self.get("/canned.json?department=Attic", 422).json["errors"]))
        self.get("/canned/4.json", 404)
        self.key(scopes="catalog", staff_id=3)
        self.assertEqual([1, 3], self.ids("canned"))
        self.get("/canned/2.json", 404)

    # ---- for whom --------------------------------------------------------------------------------------------------------
    def test_an_agent_sees_the_departments_that_are_his(self):
        self.key(scopes="catalog", staff_id=3)
        self.assertEqual([3], self.ids("departments"))
        self.assertIsNone(self.only("departments", 3)["parent"])
        self.desk.sql("UPDATE ost_staff_dept_access SET dept_id=2,staff_id=3 WHERE staff_id=1")
        self.assertEqual([2, 3], self.ids("departments"), "with those below one that he has access to")
        self.desk.sql("UPDATE ost_department SET manager_id=3 WHERE id=1")
        self.assertEqual([1, 2, 3], self.ids("departments"), "and one that he manages")
        self.desk.sql("DELETE FROM ost_staff_dept_access; UPDATE ost_department SET manager_id=0;"
                      "UPDATE ost_staff SET permissions='{\"visibility.departments\":1}' WHERE staff_id=3")
        self.assertEqual([1, 2, 3], self.ids("departments"))
        self.desk.sql("UPDATE ost_staff SET permissions='{\"visibility.departments\":0,\"visibility.agents\":\"0\"}' WHERE staff_id=3")
        self.assertEqual([3], self.ids("departments"))

    def test_an_agent_sees_the_agents_of_his_departments(self):
        self.key(scopes="catalog", staff_id=3)
        self.assertEqual([3], self.ids("staff"))
        self.assertEqual((None, [3]), (self.list("teams")[0]["lead"], [m["id"] for m in self.list("teams")[0]["members"]]))
        self.desk.sql("INSERT INTO ost_staff_dept_access(staff_id,dept_id,role_id) VALUES(2,3,1)")
        self.assertEqual([2, 3], self.ids("staff"))
        self.assertEqual([3, 2], [m["id"] for m in self.list("teams")[0]["members"]])
        self.desk.sql("UPDATE ost_staff SET permissions='{\"visibility.agents\":1}' WHERE staff_id=3")
        self.assertEqual([1, 2, 3], self.ids("staff"))
        self.assertIsNone(self.only("staff", 1)["department"], "a department that he does not see")

    def test_an_agent_sees_topics_that_are_public_or_of_his_departments(self):
        self.desk.sql("UPDATE ost_help_topic SET ispublic=0; UPDATE ost_help_topic SET dept_id=0 WHERE topic_id=1")
        self.key(scopes="catalog", staff_id=3)
        self.assertEqual([1], self.ids("topics"), "one below another that he does not see is hidden with it")
        self.desk.sql("UPDATE ost_help_topic SET ispublic=1 WHERE topic_id=2")
        self.assertEqual([1, 2, 3], self.ids("topics"))
        self.assertIsNone(self.only("topics", 2)["department"])
        self.desk.sql("UPDATE ost_help_topic SET dept_id=1 WHERE topic_id=3")
        self.assertEqual([1, 2], self.ids("topics"))
        self.assertEqual(["topic"], list(self.get("/forms.json?topic=3", 422).json["errors"]))

    def test_a_key_of_some_departments_sees_these(self):
        self.key(scopes="catalog", depts="2")
        self.assertEqual([2], self.ids("departments"))
        self.assertEqual([1, 2], self.ids("staff"), "agents who work for it")
        self.assertEqual([2], [m["id"] for m in self.list("teams")[0]["members"]])
        self.key(scopes="catalog", depts="2", staff_id=3)
        self.assertEqual([], self.ids("departments"))

    def test_a_key_that_may_act_as_any_agent_sees_what_he_does(self):
        def departments(agent, status=200):
            return self.get("/departments.json", status, headers={"X-Act-As": agent}).json
        self.key(scopes="catalog", any_staff=1)
        self.assertEqual([1, 2, 3], self.ids("departments"))
        for agent in ("3", "iris@harbour-tools.example", " 3 "):
            self.assertEqual([3], [row["id"] for row in departments(agent)["departments"]], agent)
        for agent in ("nobody", "0", "-1"):
            self.assertEqual("invalid", departments(agent, 422)["error"], agent)
        self.assertEqual("role", departments("99", 403)["error"])
        self.key(scopes="catalog", staff_id=3)
        self.assertEqual("role", departments("1", 403)["error"])
        self.assertEqual([3], [row["id"] for row in departments("iris@harbour-tools.example")["departments"]], "his own name")
        self.key(scopes="catalog")
        self.assertEqual("role", departments("nobody", 403)["error"])

    def test_an_agent_who_is_gone_sees_nothing(self):
        for change in ("UPDATE ost_staff SET isactive=0 WHERE staff_id=3", "DELETE FROM ost_staff WHERE staff_id=3"):
            self.key(scopes="catalog", staff_id=3)
            self.desk.sql(change)
            for name in ALL:
                self.assertEqual("role", self.get("/%s.json" % name, 403).json["error"], name)

    def test_clients_see_what_is_public_and_no_staff(self):
        self.desk.sql("UPDATE ost_help_topic SET ispublic=0 WHERE topic_id=1; UPDATE ost_ticket_priority SET ispublic=0 WHERE priority_id=4;"
                      "UPDATE ost_department SET flags=0 WHERE id=1")
        for view in ("user", "org"):
            self.key(scopes="catalog read", view=view, view_id=1)
            for name in NOT_FOR_CLIENTS + ("lists/1", "canned/1"):
                self.assertEqual("scope", self.get("/%s.json" % name, 403).json["error"], name)
            self.assertEqual([{"id": 2, "name": "Workshop", "path": "Workshop", "parent": None, "public": True}], self.list("departments"))
            self.assertEqual([2, 3], self.ids("topics"))
            self.assertEqual({"id", "name", "path", "parent", "public"}, set(self.only("topics", 3)))
            self.assertEqual([1, 2, 3], self.ids("priorities"))
            self.assertEqual({"id", "name", "state", "enabled"}, set(self.only("statuses", 2)))
            fields = self.fields("?topic=3")
            self.assertEqual([1, 2, 3, 20, 21, 40], sorted(fields), "not the agents' notes and priority")
            self.assertTrue(fields[1]["required"])
            self.assertNotIn("visible", fields[1])
            self.get("/forms.json?topic=1", 422)
        self.key(scopes="catalog read", view="user", view_id=0)
        self.get("/departments.json", 403)

    def test_a_topic_below_one_that_is_off_is_off_for_clients_as_in_php(self):
        self.desk.sql("INSERT INTO ost_help_topic(topic_id,topic_pid,ispublic,flags,sort,topic,created,updated) VALUES"
                      "(4,3,1,2,4,'Pump',NOW(),NOW())")
        self.key(scopes="catalog", view="user", view_id=1)
        self.assertEqual([1, 2, 3, 4], self.ids("topics"))
        self.desk.sql("UPDATE ost_help_topic SET flags=0 WHERE topic_id=3")
        self.assertEqual([1, 2], self.ids("topics"))
        self.desk.sql("UPDATE ost_help_topic SET flags=2 WHERE topic_id=3; UPDATE ost_help_topic SET flags=0 WHERE topic_id=2")
        self.assertEqual([1, 3, 4], self.ids("topics"), "but not below one at the top")

    # ---- how it is answered ----------------------------------------------------------------------------------------------
    def test_what_a_page_has_it_need_not_fetch_again(self):
        for name in ALL + ("lists/1", "canned/1"):
            path = "/%s.json" % name
            if name == "lists/1":
                self.desk.sql("INSERT INTO ost_list(id,name,type,created,updated) VALUES(1,'Status','ticket-status',NOW(),NOW())")
            answer = self.get(path)
            self.assertEqual(("private, max-age=60", "application/json; charset=UTF-8"),
                             (answer.header("Cache-Control"), answer.header("Content-Type")), name)
            self.assertIn("X-API-Key", answer.header("Vary"), "a browser keeps it for this key")
            tag = answer.header("ETag")
            self.assertRegex(tag, '^"[0-9a-f]{32}"$')
            for known in (tag, "W/" + tag, '"x", ' + tag, "*"):
                again = self.get(path, 304, headers={"If-None-Match": known})
                self.assertEqual((b"", tag, "private, max-age=60"), (again.body, again.header("ETag"), again.header("Cache-Control")))
            self.assertEqual(answer.body, self.get(path, headers={"If-None-Match": '"%s"' % ("0" * 32)}).body)
            head = self.desk.request("HEAD", path, key=demo.KEY)
            self.assertEqual((200, b"", tag), (head.status, head.body, head.header("ETag")))
        tag = self.get("/departments.json").header("ETag")
        self.desk.sql("UPDATE ost_department SET name='Hiring' WHERE id=1")
        self.assertNotEqual(tag, self.get("/departments.json", headers={"If-None-Match": tag}).header("ETag"))

    def test_a_key_needs_the_scope_and_parameters_are_checked(self):
        self.key(scopes="read")
        for name in ALL + ("lists/1", "canned/1"):
            answer = self.get("/%s.json" % name, 403).json
            self.assertEqual(("scope", "The API key lacks the scope catalog"), (answer["error"], answer["status_msg"]), name)
        self.key(scopes="catalog")
        for path, field in (("/departments.json?all=1", "all"), ("/statuses.json?all=yes", "all"), ("/forms.json?topik=1", "topik")):
            self.assertEqual([field], list(self.get(path, 422).json["errors"]), path)
        for path in ("/lists/0.json", "/lists/x.json", "/lists/-1.json", "/canned/1%2F2.json", "/lists/99999999999999999999.json"):
            self.assertIn(self.desk.get(path, key=demo.KEY).status, (400, 404, 422), path)
        self.assertEqual(405, self.desk.request("POST", "/departments.json", key=demo.KEY, body={}).status)

    def test_names_of_any_letters(self):
        self.desk.sql("UPDATE ost_department SET name='\"Größe\" / <b>山</b>' WHERE id=2; UPDATE ost_team SET name='\\\\ back'")
        self.assertEqual('"Größe" / <b>山</b>', self.only("departments", 2)["name"])
        self.assertEqual("\\ back", self.list("teams")[0]["name"])

    def test_many_departments(self):
        self.desk.sql("INSERT INTO ost_department(id,pid,name,signature,path,flags,updated,created) SELECT 100+n.seq,IF(n.seq=1,NULL,99+n.seq),"
                      "CONCAT('Deep ',n.seq),'',CONCAT('/',100+n.seq,'/'),4,NOW(),NOW() FROM %s n" % demo.numbers(1, 2000))
        self.assertEqual(2003, len(self.list("departments")))

    def test_round_trips(self):
        for name, trips in (("departments", 2), ("topics", 2), ("statuses", 2), ("priorities", 2), ("slas", 2), ("sources", 1),
                            ("staff", 2), ("teams", 2), ("forms", 3), ("forms.json?topic=3", 4), ("canned", 2), ("queues", 2)):
            path = "/" + (name if ".json" in name else name + ".json")
            logs = [demo.traced(self.desk, "GET", path, "catalog-%s-%d-%d" % (name.split(".")[0], len(name), i))[1] for i in range(10)]
            self.assertEqual(str(trips), min(log["round_trips"] for log in logs), path)


if __name__ == "__main__":
    unittest.main()
