# SPDX-License-Identifier: GPL-2.0-or-later
"""Users and organizations: who is shown to whom, what may be changed by whom, and what is refused leaves nothing. The rows that
osTicket's panel leaves of a new and a changed user: golden.acts."""
import collections
import json
import threading
import unittest
import uuid

import demo

TABLES = ("ost_user", "ost_user_email", "ost_user_account", "ost_user__cdata", "ost_organization", "ost_organization__cdata",
          "ost_form_entry", "ost_form_entry_values", "ost__search", "ost_thread_collaborator", "fcgi_ost_idempotency")
ALL = '{"user.create":1,"user.edit":1,"user.delete":1,"user.manage":1,"org.create":1,"org.edit":1,"org.delete":1}'

# osTicket's own form of organizations.
FORM = ("INSERT INTO ost_form_field(form_id,flags,type,label,name,configuration,sort,created,updated) VALUES"
        "(4,489395,'text','Name','name','{}',1,NOW(),NOW()),(4,13057,'memo','Address','address','{}',2,NOW(),NOW()),"
        "(4,13057,'phone','Phone','phone',NULL,3,NOW(),NOW()),(4,13057,'text','Website','website',NULL,4,NOW(),NOW())")


class Directory(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        self.key(scopes="*", any_staff=1)
        self.desk.sql("UPDATE ost_staff SET permissions='%s';" % ALL + FORM)

    def key(self, **columns):
        columns = {"key_id": 1, "scopes": "*", "any_staff": 0, **columns}
        self.desk.sql("REPLACE INTO fcgi_ost_key(%s) VALUES(%s)" % (
            ",".join("`%s`" % name for name in columns), ",".join("'%s'" % value for value in columns.values())))

    def ask(self, status, method, path, body=None, **more):
        if method != "GET" and "headers" not in more:
            more["headers"] = {"X-Act-As": "tokafor"}
        sent = body if body is None or isinstance(body, (str, bytes)) else json.dumps(body)
        answer = self.desk.request(method, path, body=sent, key=demo.KEY, **more)
        self.assertEqual(status, answer.status, str(answer))
        return answer.json

    def rows(self):
        return [row[1] for row in self.desk.sql("CHECKSUM TABLE " + ",".join(TABLES))]

    def refused(self, status, method, path, body=None, field=None, **more):
        before = self.rows()
        answer = self.ask(status, method, path, body, **more)
        self.assertEqual("FAILURE", answer["status_code"])
        self.assertEqual([field] if field else [], list(answer.get("errors", [])), answer)
        self.assertEqual(before, self.rows(), "something was written")
        return answer["status_msg"]

    def ids(self, path, name="users"):
        return [item["id"] for item in self.ask(200, "GET", path)[name]]

    def new_user(self, **members):
        return self.ask(201, "POST", "/users.json", {"email": "new@post.example", "name": "New Person", **members})["user"]

    # ---- users: reading
    def test_a_user_with_all_that_is_known_of_him(self):
        user = self.ask(200, "GET", "/users/1.json")["user"]
        self.assertEqual(("Anna Lindqvist", "anna@quay.example", ["anna@quay.example", "anna.lindqvist@post.example"],
                          {"id": 1, "name": "Quay Builders"}, {"status": "none"}),
                         (user["name"], user["email"], user["emails"], user["organization"], user["account"]))
        self.assertIn("phone", [field["name"] for field in user["fields"]])
        states = dict((name, int(count)) for name, count in self.desk.sql(
            "SELECT s.state, COUNT(*) FROM ost_ticket t JOIN ost_ticket_status s ON s.id=t.status_id WHERE t.user_id=1 GROUP BY 1"))
        self.assertEqual({"open": states.get("open", 0), "closed": states.get("closed", 0) + states.get("archived", 0)}, user["tickets"])
        self.refused(404, "GET", "/users/999.json")

    def test_what_an_account_is(self):
        for status, word in ((0, "pending"), (1, "active"), (3, "locked")):
            self.desk.sql("REPLACE INTO ost_user_account(id,user_id,status,username) VALUES(50,1,%d,'anna')" % status)
            self.assertEqual(word, self.ask(200, "GET", "/users/1.json")["user"]["account"]["status"])

    def test_pages_have_everybody_once(self):
        everybody = [int(row[0]) for row in self.desk.sql("SELECT id FROM ost_user ORDER BY id")]
        found, path = [], "/users.json?limit=2"
        while path:
            page = self.ask(200, "GET", path)
            self.assertLessEqual(page["count"], 2)
            found += [user["id"] for user in page["users"]]
            path = page["next"] and "/users.json?limit=2&cursor=" + page["next"]
        self.assertEqual(everybody, found)
        cursor = self.ask(200, "GET", "/users.json?limit=2")["next"]
        self.assertIn("cursor", self.ask(400, "GET", "/users.json?limit=2&q=anna&cursor=" + cursor)["status_msg"])
        self.ask(400, "GET", "/organizations.json?cursor=" + cursor)

    def test_filters(self):
        for query, wanted in (("email=anna@quay.example", [1]), ("email=ANNA.lindqvist@post.example", [1]), ("email=x@y.example", []),
                              ("organization=1", [1, 2]), ("organization=quay+builders", [1, 2]), ("organization=99", []),
                              ("q=lindqvist", [1]), ("q=quay", [1, 2]), ("q=quay.example", [1, 2]), ("q=an", [1]), ("q=%25", []), ("q=_nna", []),
                              ("q=%E5%B1%B1", [4]), ("email=anna@quay.example&organization=1", [1]), ("q=cher&organization=1", [])):
            self.assertEqual(wanted, self.ids("/users.json?" + query), query)
        self.refused(422, "GET", "/users.json?organization=Nowhere", field="organization")
        self.refused(422, "GET", "/users.json?limit=201", field="limit")
        self.refused(422, "GET", "/users.json?mail=x", field="mail")

    def test_words_of_answers_find_a_user(self):
        user = self.new_user(fields={"notes": "likes herrings"})
        self.assertEqual([user["id"]], self.ids("/users.json?q=herrings"))

    # ---- who sees whom
    def test_a_client_s_key_sees_nobody(self):
        for view in ("user", "org"):
            self.key(view=view, view_id=1)
            for path in ("/users.json", "/users/1.json", "/organizations.json", "/organizations/1.json", "/organizations/1/users.json"):
                self.refused(403, "GET", path)
            self.refused(403, "PATCH", "/users/1.json", {"name": "X"}, headers={})
        self.key(view="staff")
        self.assertEqual([], self.ids("/users.json"))
        self.assertEqual(404, self.desk.get("/users/1.json", key=demo.KEY).status)

    def test_a_narrowed_key_sees_whose_tickets_it_sees_and_counts_these(self):
        department = int(self.desk.value("SELECT dept_id FROM ost_ticket WHERE user_id=1 LIMIT 1"))
        self.key(depts=str(department))
        owners = [int(row[0]) for row in self.desk.sql("SELECT DISTINCT user_id FROM ost_ticket WHERE dept_id=%d ORDER BY 1" % department)]
        self.assertEqual(owners, self.ids("/users.json"))
        self.desk.sql("UPDATE ost_ticket SET dept_id=IF(user_id=1,%d,%d)" % (department + 1, department))
        self.assertNotIn(1, self.ids("/users.json"))
        self.refused(404, "GET", "/users/1.json")
        self.assertEqual([], self.ids("/users.json?email=anna@quay.example"))
        self.assertEqual([], self.ids("/users.json?q=anna"))
        self.assertEqual([], self.ids("/users.json?organization=Nowhere"), "whether there is one is not told")
        self.desk.sql("UPDATE ost_ticket SET dept_id=%d WHERE user_id=1 ORDER BY ticket_id LIMIT 1" % department)
        tickets = self.ask(200, "GET", "/users/1.json")["user"]["tickets"]
        self.assertEqual(1, tickets["open"] + tickets["closed"])
        self.desk.sql("UPDATE ost_ticket SET dept_id=%d WHERE user_id=2" % (department + 1))
        organization = self.ask(200, "GET", "/organizations/1.json")["organization"]
        self.assertEqual((1, 1), (organization["users"], sum(organization["tickets"].values())))
        self.assertEqual([1], self.ids("/organizations/1/users.json"))
        self.desk.sql("UPDATE ost_ticket SET dept_id=%d" % (department + 1))
        self.refused(404, "GET", "/organizations/1.json")
        self.refused(404, "GET", "/organizations/1/users.json")
        self.assertEqual([], self.ids("/organizations.json", "organizations"))

    def test_an_agent_s_view(self):
        self.key(view="staff", view_id=2, staff_id=2)
        seen = {ticket["user"]["id"] for ticket in self.ask(200, "GET", "/tickets.json?limit=200")["tickets"]}
        self.assertEqual(sorted(seen), self.ids("/users.json?limit=200"))
        for user in self.ask(200, "GET", "/users.json?limit=200")["users"]:
            found = self.ask(200, "GET", "/tickets.json?limit=200&user=%d" % user["id"])["tickets"]
            self.assertEqual(len(found), sum(user["tickets"].values()), user)

    def test_a_narrowed_key_writes_nothing(self):
        self.key(depts="1", any_staff=1)
        for method, path, body in (("POST", "/users.json", {"email": "n@post.example", "name": "N"}), ("PATCH", "/users/1.json", {"name": "N"}),
                                   ("DELETE", "/users/6.json", None), ("POST", "/organizations.json", {"name": "N"}),
                                   ("PATCH", "/organizations/1.json", {"name": "N"}), ("DELETE", "/organizations/1.json", None),
                                   ("POST", "/organizations/1/users.json", {"user": 3}), ("DELETE", "/organizations/1/users/1.json", None)):
            self.refused(403, method, path, body)

    def test_scopes(self):
        calls = (("GET", "/users.json", None, "users"), ("GET", "/users/1.json", None, "users"), ("GET", "/organizations.json", None, "orgs"),
                 ("GET", "/organizations/1/users.json", None, "users"), ("POST", "/users.json", {"email": "n@post.example", "name": "N"}, "users.write"),
                 ("PATCH", "/organizations/1.json", {"name": "N"}, "orgs.write"), ("DELETE", "/users/6.json", None, "users.write"))
        for method, path, body, scope in calls:
            self.key(scopes="read create update", any_staff=1)
            self.assertIn(scope, self.refused(403, method, path, body))
        self.key(scopes="users.write", any_staff=1)
        self.refused(403, "GET", "/users.json")

    # ---- users: writing
    def test_a_new_user(self):
        user = self.new_user(email="bo@quay.example", name="Holm, Bo", fields={"phone": "555 0100"})
        self.assertEqual(("Bo Holm", {"id": 1, "name": "Quay Builders"}), (user["name"], user["organization"]))
        self.assertEqual("5550100", {field["name"]: field["value"] for field in user["fields"]}["phone"])
        self.assertEqual([user["id"]], self.ids("/users.json?email=bo@quay.example"))
        self.assertIsNone(self.new_user(email="bo2@quay.example", organization=None)["organization"])
        self.assertEqual(1, self.new_user(email="bo3@post.example", organization="Quay Builders")["organization"]["id"])

    def test_a_new_user_with_any_number_of_fields(self):
        self.desk.sql("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES" +
                      ",".join("(%d,1,13057,'text','F%d','f%d','{}',%d,NOW(),NOW())" % (300 + i, i, i, 20 + i) for i in range(9)))
        for count in range(10):
            user = self.new_user(email="n%d@quay.example" % count, name="N", fields={"f%d" % i: "value %d" % i for i in range(count)})
            self.assertEqual(["value %d" % i for i in range(count)],
                             sorted(field["value"] for field in user["fields"] if field["name"][0] == "f" and field["value"]))

    def test_a_new_user_that_cannot_be(self):
        known = self.refused(409, "POST", "/users.json", {"email": "ANNA.lindqvist@post.example", "name": "X"}, "email")
        self.assertIn(": 1", known)
        for body, field in (({"name": "X"}, "email"), ({"email": "x@post.example"}, "name"), ({"email": "x", "name": "X"}, "email"),
                            ({"email": "x@post.example", "name": " "}, "name"), ({"email": "x" * 300 + "@post.example", "name": "X"}, "email"),
                            ({"email": "x@post.example", "name": "X", "fields": {"phone": "none"}}, "phone"),
                            ({"email": "x@post.example", "name": "X", "fields": {"colour": "red"}}, "colour"),
                            ({"email": "x@post.example", "name": "X", "fields": {"name": "Y"}}, "name"),
                            ({"email": "x@post.example", "name": "X", "fields": []}, "fields"),
                            ({"email": "x@post.example", "name": "X", "organization": "Nowhere"}, "organization"),
                            ({"email": "x@post.example", "name": "X", "organization": 99}, "organization"),
                            ({"email": "x@post.example", "name": "X", "phone": "5550100"}, "phone"),
                            ({"email": "x@post.example", "name": "X", "comments": "c"}, "comments")):
            self.refused(422, "POST", "/users.json", body, field)
        self.refused(400, "POST", "/users.json", {"email": ["x@post.example"], "name": "X"}, "email")

    def test_a_changed_user(self):
        self.desk.sql("UPDATE ost_user SET status=1 WHERE id=1")
        user = self.ask(200, "PATCH", "/users/1.json", {"name": "Lind, Anna", "email": "anna@lind.example", "fields": {"phone": "555 0199"}})["user"]
        self.assertEqual(("Anna Lind", "anna@lind.example", ["anna@lind.example", "anna.lindqvist@post.example"], True),
                         (user["name"], user["email"], user["emails"], user["primary_contact"]))
        self.assertEqual([1], self.ids("/users.json?email=anna@lind.example"))
        found = self.desk.sql("SELECT title, REPLACE(content, CHAR(10), ' ') FROM ost__search WHERE object_type='U' AND object_id=1")[0]
        self.assertEqual("Anna Lind", found[0])
        self.assertIn("anna@lind.example", found[1])
        self.assertEqual("5550199", self.desk.value("SELECT phone FROM ost_user__cdata WHERE user_id=1"))
        self.ask(200, "PATCH", "/users/1.json", {"fields": {"phone": None}})
        self.assertIn(self.desk.value("SELECT phone FROM ost_user__cdata WHERE user_id=1"), ("", None))

    def test_who_changes_the_organization_is_no_primary_contact_there(self):
        other = self.ask(201, "POST", "/organizations.json", {"name": "Pier Works"})["organization"]["id"]
        self.assertTrue(self.ask(200, "PATCH", "/users/1.json", {"primary_contact": True})["user"]["primary_contact"])
        moved = self.ask(200, "PATCH", "/users/1.json", {"organization": "pier works"})["user"]
        self.assertEqual((other, False), (moved["organization"]["id"], moved["primary_contact"]))
        self.assertEqual("0", self.desk.value("SELECT status FROM ost_user WHERE id=1"))
        self.assertIsNone(self.ask(200, "PATCH", "/users/1.json", {"organization": None})["user"]["organization"])
        self.refused(422, "PATCH", "/users/1.json", {"primary_contact": True}, "primary_contact")

    def test_a_change_of_nothing_writes_nothing(self):
        before = self.rows()
        self.ask(200, "PATCH", "/users/1.json", {"name": "Anna Lindqvist", "email": "anna@quay.example", "organization": 1})
        self.assertEqual(before, self.rows())
        self.ask(200, "PATCH", "/organizations/1.json", {"fields": {"address": "Pier 4"}})
        before = self.rows()
        self.ask(200, "PATCH", "/organizations/1.json", {"domain": "quay.example", "name": "Quay Builders", "fields": {"address": "Pier 4"}})
        self.assertEqual(before, self.rows())

    def test_a_change_that_cannot_be(self):
        for status, body, field in ((409, {"email": "cher@stage.example"}, "email"), (422, {"email": "x"}, "email"), (422, {"email": None}, "email"),
                                    (422, {"name": ""}, "name"), (422, {"name": None}, "name"), (422, {"fields": {"email": "x"}}, "email"),
                                    (422, {"fields": {"colour": 1}}, "colour"), (422, {"organization": "Nowhere"}, "organization"),
                                    (422, {}, None), (422, {"status": 1}, "status"), (400, {"name": {}}, "name")):
            self.refused(status, "PATCH", "/users/1.json", body, field)
        self.refused(404, "PATCH", "/users/999.json", {"name": "X"})

    def test_what_a_deletion_s_body_says_counts(self):
        """A body that nobody reads would delete where dry_run was asked for."""
        user = self.ask(201, "POST", "/users.json", {"email": "gone@quay.example", "name": "Gone"})["user"]["id"]
        for path in ("/users/%d.json" % user, "/organizations/1/users/%d.json" % user, "/organizations/1.json"):
            with self.subTest(path):
                before = self.rows()
                self.ask(200, "DELETE", path, {"dry_run": True})
                self.refused(400, "DELETE", path, "[]")
                self.refused(422, "DELETE", path, {"dry": True}, "dry")
                self.assertEqual(before, self.rows())

    def test_a_user_goes_with_all_of_his_rows_but_not_with_tickets(self):
        self.refused(409, "DELETE", "/users/1.json", None, "tickets")
        before = {table: self.desk.value("SELECT COUNT(*) FROM " + table) for table in TABLES[:-1]}
        user = self.new_user(fields={"notes": "x"})["id"]
        self.desk.sql("INSERT INTO ost_user_account(user_id,status,username) VALUES({0},1,'new'); INSERT INTO ost_user_email(user_id,flags,address) "
                      "VALUES({0},0,'second@post.example'); INSERT INTO ost_thread_collaborator(flags,thread_id,user_id,role,created,updated) "
                      "VALUES(3,1,{0},'M',NOW(),NOW())".format(user))
        self.assertEqual({"deleted": user, "status_code": "0", "status_msg": "success"}, self.ask(200, "DELETE", "/users/%d.json" % user))
        self.assertEqual(before, {table: self.desk.value("SELECT COUNT(*) FROM " + table) for table in TABLES[:-1]})
        self.refused(404, "DELETE", "/users/%d.json" % user)

    def test_without_the_cdata_tables_all_is_done(self):
        self.desk.sql("RENAME TABLE ost_user__cdata TO x_user, ost_organization__cdata TO x_organization")
        try:
            user = self.new_user(fields={"notes": "x"})["id"]
            self.ask(200, "PATCH", "/users/%d.json" % user, {"fields": {"notes": "y"}})
            self.ask(200, "DELETE", "/users/%d.json" % user)
            made = self.ask(201, "POST", "/organizations.json", {"name": "Pier Works"})["organization"]["id"]
            self.ask(200, "DELETE", "/organizations/%d.json" % made)
        finally:
            self.desk.sql("RENAME TABLE x_user TO ost_user__cdata, x_organization TO ost_organization__cdata")

    def test_accounts_are_osticket_s(self):
        self.assertEqual("php", self.ask(501, "POST", "/users/1/account.json", {})["error"])

    # ---- organizations
    def test_a_new_organization(self):
        made = self.ask(201, "POST", "/organizations.json", {
            "name": "Pier Works", "domain": "pier.example, .works.example", "manager": "s1", "assign_manager": True, "share": "all",
            "fields": {"website": "https://pier.example", "phone": "5550100"}})["organization"]
        self.assertEqual(("Pier Works", "pier.example, .works.example", "s1", True, False, "all", 0), (
            made["name"], made["domain"], made["manager"], made["assign_manager"], made["all_collaborate"], made["share"], made["users"]))
        self.assertEqual("https://pier.example", {field["name"]: field["value"] for field in made["fields"]}["website"])
        self.assertEqual(str(4 | 16), self.desk.value("SELECT status FROM ost_organization WHERE id=%d" % made["id"]))
        found = self.desk.sql("SELECT title, REPLACE(content, CHAR(10), ' ') FROM ost__search WHERE object_type='O' AND object_id=%d" % made["id"])[0]
        self.assertEqual("Pier Works", found[0])
        self.assertIn("pier.example", found[1])
        self.assertEqual("https://pier.example", self.desk.value("SELECT website FROM ost_organization__cdata WHERE org_id=%d" % made["id"]))
        self.assertEqual(made["id"], self.new_user(email="x@pier.example")["organization"]["id"])
        self.assertEqual("primary", self.ask(201, "POST", "/organizations.json", {"name": "Third", "fields": {"website": ""}})["organization"]["share"])
        self.assertEqual("1", self.desk.value("SELECT v.value IS NULL FROM ost_form_entry_values v JOIN ost_form_entry e ON e.id=v.entry_id JOIN ost_form_field f ON f.id=v.field_id "
                                              "WHERE f.name='website' AND e.object_type='O' ORDER BY e.id DESC LIMIT 1"))
        self.assertEqual([made["id"]], self.ids("/organizations.json?q=pier", "organizations"))

    def test_an_organization_that_cannot_be(self):
        self.refused(409, "POST", "/organizations.json", {"name": "quay builders"}, "name")
        for body, field in (({"name": ""}, "name"), ({"domain": "x.example"}, "name"), ({"name": "X", "domain": "no domain"}, "domain"),
                            ({"name": "X", "domain": "x.example,,"}, "domain"), ({"name": "X", "manager": "s99"}, "manager"),
                            ({"name": "X", "manager": "1"}, "manager"), ({"name": "X", "manager": "t99999999999999999999"}, "manager"),
                            ({"name": "X", "share": "some"}, "share"), ({"name": "X", "fields": {"colour": 1}}, "colour"),
                            ({"name": "X" * 200}, "name"), ({"name": "X", "fields": {"phone": "none"}}, "phone"), ({"name": "X", "users": 3}, "users")):
            self.refused(422, "POST", "/organizations.json", body, field)

    def test_a_changed_organization(self):
        changed = self.ask(200, "PATCH", "/organizations/1.json", {"name": "Quay & Sons", "manager": "t1", "primary_collaborate": True, "fields": {"address": "Pier 4"}})
        self.assertEqual(("Quay & Sons", "t1", True), tuple(changed["organization"][name] for name in ("name", "manager", "primary_collaborate")))
        self.assertEqual("Pier 4", self.desk.value("SELECT address FROM ost_organization__cdata WHERE org_id=1"))
        self.assertEqual("quay.example", self.desk.value("SELECT domain FROM ost_organization WHERE id=1"), "what was not named stays")
        self.assertIsNone(self.ask(200, "PATCH", "/organizations/1.json", {"manager": None})["organization"]["manager"])
        self.ask(201, "POST", "/organizations.json", {"name": "Pier Works"})
        self.refused(409, "PATCH", "/organizations/1.json", {"name": "PIER works"}, "name")
        self.refused(422, "PATCH", "/organizations/1.json", {}, None)
        self.refused(404, "PATCH", "/organizations/99.json", {"name": "X"})

    def test_an_organization_goes_and_its_members_stay(self):
        self.ask(200, "PATCH", "/organizations/1.json", {"fields": {"address": "Pier 4"}})
        self.ask(200, "DELETE", "/organizations/1.json")
        self.assertEqual([["0", "0"]], self.desk.sql("SELECT (SELECT COUNT(*) FROM ost_organization), MAX(org_id) FROM ost_user"))
        self.assertEqual("0", self.desk.value("SELECT (SELECT COUNT(*) FROM ost_form_entry WHERE object_type='O') + (SELECT COUNT(*) FROM "
                                              "ost__search WHERE object_type='O') + (SELECT COUNT(*) FROM ost_organization__cdata)"))
        self.assertIsNone(self.ask(200, "GET", "/users/1.json")["user"]["organization"])
        self.refused(404, "DELETE", "/organizations/1.json")

    def test_of_organizations_that_are_named_at_once_none_waits_for_another_in_a_circle(self):
        self.ask(201, "POST", "/organizations.json", {"name": "Other"})
        others = [row[0] for row in self.desk.sql("SELECT id FROM ost_organization ORDER BY id")]
        statuses = []

        def ask(number):
            for turn in range(6):
                for method, path, name in (("POST", "/organizations.json", "Pier %d" % turn), ("POST", "/organizations.json", "Own %d-%d" % (number, turn)),
                                           ("PATCH", "/organizations/%s.json" % others[number % 2], "Named %d-%d" % (number, turn))):
                    answer = self.desk.request(method, path, body={"name": name}, key=demo.KEY, headers={"X-Act-As": "tokafor"})
                    statuses.append((answer.status, method, answer.text[:200] if answer.status >= 500 else ""))
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({(201, "POST", ""): 6 + 48, (409, "POST", ""): 42, (200, "PATCH", ""): 48}, dict(collections.Counter(statuses)))
        self.assertEqual([], self.desk.sql("SELECT name FROM ost_organization GROUP BY name HAVING COUNT(*)>1"))

    def test_members(self):
        self.assertEqual(3, self.ask(200, "POST", "/organizations/1/users.json", {"user": "cher@stage.example"})["organization"]["users"])
        self.assertEqual([1, 2, 3], self.ids("/organizations/1/users.json"))
        self.refused(409, "POST", "/organizations/1/users.json", {"user": 3}, "user")
        self.refused(422, "POST", "/organizations/1/users.json", {"user": "x@y.example"}, "user")
        self.refused(422, "POST", "/organizations/1/users.json", {}, "user")
        self.refused(404, "POST", "/organizations/99/users.json", {"user": 3})
        self.assertEqual(2, self.ask(200, "DELETE", "/organizations/1/users/3.json")["organization"]["users"])
        self.refused(404, "DELETE", "/organizations/1/users/3.json")
        self.refused(404, "DELETE", "/organizations/1/users/99.json")

    # ---- rights, versions, rehearsals, repetitions
    def test_rights_are_the_agent_s(self):
        calls = (("user.create", "POST", "/users.json", {"email": "n@post.example", "name": "N"}), ("user.edit", "PATCH", "/users/1.json", {"name": "N"}),
                 ("user.delete", "DELETE", "/users/6.json", None), ("org.create", "POST", "/organizations.json", {"name": "N"}),
                 ("org.edit", "PATCH", "/organizations/1.json", {"name": "N"}), ("org.delete", "DELETE", "/organizations/1.json", None),
                 ("user.edit", "POST", "/organizations/1/users.json", {"user": 3}), ("user.edit", "DELETE", "/organizations/1/users/1.json", None))
        for right, method, path, body in calls:
            self.desk.sql("UPDATE ost_staff SET permissions='%s'" % ALL.replace('"%s":1' % right, '"%s":0' % right))
            self.assertIn(right, self.refused(403, method, path, body))
        self.refused(422, "PATCH", "/users/1.json", {"name": "N"}, "staffUserName", headers={})
        self.key(scopes="*", system=1)
        self.ask(200, "PATCH", "/users/1.json", {"name": "N"}, headers={})

    def test_versions(self):
        for path, body in (("/users/1.json", {"name": "Anna L"}), ("/organizations/1.json", {"domain": "q.example"})):
            read = self.desk.get(path, key=demo.KEY)
            same = self.desk.get(path, key=demo.KEY, headers={"If-None-Match": read.header("etag")})
            self.assertEqual((304, b""), (same.status, same.body))
            tag = {"If-Match": read.header("etag"), "X-Act-As": "tokafor"}
            changed = self.ask(200, "PATCH", path, body, headers=tag)
            self.assertNotEqual(read.json["version"], changed["version"])
            stale = self.desk.request("PATCH", path, body=body, key=demo.KEY, headers=tag)
            self.assertEqual((412, changed["version"]), (stale.status, stale.json["version"]))
            self.assertEqual(200, self.desk.get(path, key=demo.KEY, headers={"If-None-Match": read.header("etag")}).status)
        self.assertEqual(412, self.desk.request("DELETE", "/users/6.json", key=demo.KEY, headers={"If-Match": '"x"', "X-Act-As": "tokafor"}).status)

    def test_what_a_read_tells_has_a_tag_of_its_own(self):
        tag = self.desk.get("/users/6.json", key=demo.KEY).header("etag")
        self.desk.sql("UPDATE ost_ticket SET user_id=6 WHERE number='310042'")
        again = self.desk.get("/users/6.json", key=demo.KEY, headers={"If-None-Match": tag})
        self.assertEqual(200, again.status)
        self.assertEqual(tag.strip('W/"').split(".")[0], again.json["version"], "a ticket is no change of the user")

    def test_a_rehearsal_writes_nothing(self):
        for method, path, body in (("POST", "/users.json", {"email": "n@post.example", "name": "N"}), ("PATCH", "/users/1.json", {"name": "N"}),
                                   ("DELETE", "/users/6.json", None), ("POST", "/organizations.json", {"name": "N"}),
                                   ("PATCH", "/organizations/1.json", {"name": "N"}), ("DELETE", "/organizations/1.json", None),
                                   ("POST", "/organizations/1/users.json", {"user": 3}), ("DELETE", "/organizations/1/users/1.json", None)):
            before = self.rows()
            answer = self.ask(201 if method == "POST" and body and "name" in body else 200, method, path + "?dry_run=1", body)
            self.assertTrue(answer["dry_run"])
            self.assertEqual(before, self.rows(), path)

    def test_a_repetition_is_answered_as_before(self):
        headers = {"X-Act-As": "tokafor", "Idempotency-Key": str(uuid.uuid4())}
        first = self.ask(201, "POST", "/users.json", {"email": "n@post.example", "name": "N"}, headers=headers)
        before = self.rows()
        self.assertEqual(first, self.ask(201, "POST", "/users.json", {"email": "n@post.example", "name": "N"}, headers=headers))
        self.assertEqual(before, self.rows())

    def test_round_trips(self):
        self.desk.reload()
        most = {"GET": 3, "POST": 18, "PATCH": 18, "DELETE": 12}
        for _ in range(2):  # a worker prepares what is rare with its first use
            counts = []
            for method, path, body in (("GET", "/users.json", None), ("GET", "/users/1.json", None), ("GET", "/organizations/1.json", None),
                                       ("POST", "/users.json", {"email": uuid.uuid4().hex + "@post.example", "name": "N", "fields": {"phone": "5550100"}}),
                                       ("PATCH", "/users/1.json", {"name": uuid.uuid4().hex, "fields": {"phone": "5550100"}, "organization": None}),
                                       ("POST", "/organizations.json", {"name": uuid.uuid4().hex})):
                answer = self.desk.request(method, path, body=body, key=demo.KEY, headers={"X-Act-As": "tokafor"})
                self.assertIn(answer.status, (200, 201), str(answer))
                counts.append((method, path, int(demo.logged(self.desk, answer.header("x-request-id"))["round_trips"])))
        for method, path, count in counts:
            self.assertLessEqual(count, most[method], counts)

    # ---- what nobody sends in earnest
    def test_bodies_and_paths(self):
        writes = (("POST", "/users.json", '{"email":"n@post.example","name":"N"%s}'), ("PATCH", "/users/1.json", '{"name":"N"%s}'),
                  ("POST", "/organizations.json", '{"name":"N"%s}'), ("PATCH", "/organizations/1.json", '{"name":"N"%s}'),
                  ("POST", "/organizations/1/users.json", '{"user":3%s}'))
        for method, path, body in writes:
            for bad in ("[]", '"x"', "{", body % ',"name":"M"' if '"name"' in body else body % ',"user":3', b"\xff" + (body % "").encode(),
                        (body % "").replace("N", "\\u0000"), "[" * 3000, (body % ',"fields":' + "{\"a\":" * 200 + "1" + "}" * 200)):
                before = self.rows()
                if isinstance(bad, str) and bad == body % "":
                    continue
                answer = self.desk.request(method, path, body=bad, key=demo.KEY, headers={"X-Act-As": "tokafor"})
                self.assertIn(answer.status, (400, 422), "%s %s %r: %s" % (method, path, bad, answer))
                self.assertEqual(before, self.rows(), path)
        hostile = "'; DROP TABLE x; -- <script>alert(1)</script><b>"
        for method, path, body, status in (("POST", "/users.json", {"name": hostile, "email": "h@post.example"}, 201), ("PATCH", "/users/1.json", {"name": hostile}, 200),
                                           ("POST", "/organizations.json", {"name": hostile, "fields": {"address": hostile}}, 201),
                                           ("PATCH", "/organizations/1.json", {"name": hostile + "2"}, 200),
                                           ("POST", "/organizations/1/users.json", {"user": hostile}, 422), ("POST", "/users.json", {"name": "X", "email": hostile}, 422)):
            self.ask(status, method, path, body)
        self.assertEqual("0", self.desk.value("SELECT (SELECT COUNT(*) FROM ost_user WHERE name LIKE '%<%') + (SELECT COUNT(*) FROM ost_organization WHERE name LIKE '%<%') "
                                              "+ (SELECT COUNT(*) FROM ost_form_entry_values WHERE value LIKE '%<script%')"))
        for path in ("/users/0.json", "/users/-1.json", "/users/x.json", "/users/99999999999999999999.json", "/users/1%00.json", "/users/1%0a.json",
                     "/users/..%2f1.json", "/users/1%2f2.json", "/organizations/x.json", "/organizations/1/users/x.json", "/users/%FF.json"):
            for method in ("GET", "PATCH", "DELETE"):
                answer = self.desk.request(method, path, body={"name": "X"} if method == "PATCH" else None, key=demo.KEY, headers={"X-Act-As": "tokafor"})
                self.assertIn(answer.status, (400, 404, 405, 422), "%s %s: %s" % (method, path, answer))
        for path in ("/users.json?q=%FF", "/users.json?q=%00", "/users.json?email=%00", "/users.json?cursor=x", "/users.json?limit=0", "/users.json?q="):
            self.assertIn(self.desk.get(path, key=demo.KEY).status, (200, 400, 422), path)
        self.assertEqual(405, self.desk.request("PUT", "/users/1.json", body={}, key=demo.KEY).status)


if __name__ == "__main__":
    unittest.main()
