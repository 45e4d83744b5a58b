# SPDX-License-Identifier: GPL-2.0-or-later
"""New tickets that clients open with their tokens: their own, with what the portal asks for, and nothing else, whatever they
send; and what a token says of itself."""
import base64
import json
import time

import client_tokens
import demo
from client_tokens import bearer, claims, signed, token
from test_forms import body as form, form_type, part

PROFILE = {"Accept": "application/json; profile=ticket"}
HIDDEN = ("status_id", "staff_id", "team_id", "sla_id", "dept_id", "email_id")
# Of what agents say, and of what only they see.
WISHES = {"email": "piet.vandam@quay.example", "name": "Somebody Else", "uid": 2, "user": 2, "user_id": 2, "source": "Phone", "ip": "192.0.2.77", "alert": False,
          "autorespond": False, "deptId": 3, "department": "Workshop", "statusId": 3, "slaId": 2, "staffId": 2, "staff": "tokafor", "staffUserName": "tokafor", "assignee": "tokafor",
          "assignId": "s2", "teamId": 1, "team": 1, "priority": 4, "priorityId": 4, "note": "for agents", "duedate": "2099-01-01", "ccs": [2, 3], "cc": [2], "emailId": 1,
          "cannedResponseId": 1, "recipients": ["piet.vandam@quay.example"], "reply-to": "cher@stage.example", "phone": "5551234", "20": "by its number"}


class CreateDesk(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        client_tokens.let_sign(self.desk)

    def post(self, fields=None, text=None, headers=None, query="", **more):
        sent = {"subject": "Crane is stuck", "message": "It does not turn.", "topicId": 1, **(fields or {})}
        sent = {name: value for name, value in sent.items() if value is not None}
        return self.desk.request("POST", "/tickets.json" + query, body=more.pop("body", sent), headers={**bearer(token() if text is None else text), **(headers or {})}, **more)

    def create(self, fields=None, status=201, text=None, headers=None, query="", **more):
        answer = self.post(fields, text, {**PROFILE, **(headers or {})}, query, **more)
        self.assertEqual(status, answer.status, answer.text)
        return answer.json

    def rows(self):
        """A checksum of each table but those of mails, which are sent meanwhile."""
        return {table: checksum for table, checksum in self.desk.counts() if "_mail" not in table}

    def refused(self, fields=None, status=422, **more):
        """Without anything being written."""
        before = self.rows()
        answer = self.create(fields, status, **more)
        self.assertEqual(before, self.rows())
        return answer

    def row(self, number, columns):
        return self.desk.sql("SELECT %s FROM ost_ticket t JOIN ost_thread h ON h.object_id=t.ticket_id AND h.object_type='T' WHERE t.number='%s'" % (columns, number))[0]

    def read(self, path, text=None):
        return self.desk.get(path, headers=bearer(token() if text is None else text))


class Owner(CreateDesk):
    def test_it_is_the_clients_own_whatever_else_he_says(self):
        plain = self.create()["ticket"]["number"]
        before = self.rows()
        loaded = self.create(WISHES)["ticket"]["number"]
        after = self.rows()
        self.assertEqual(self.row(plain, "user_id,source,t.ip_address," + ",".join(HIDDEN)), self.row(loaded, "user_id,source,t.ip_address," + ",".join(HIDDEN)))
        self.assertEqual(["1", "Web", "127.0.0.1"], self.row(loaded, "user_id,source,t.ip_address"))
        entry = "SELECT e.type,e.user_id,e.staff_id,e.poster,e.source,e.title,e.body,e.ip_address,e.flags FROM ost_thread_entry e JOIN ost_thread h ON h.id=e.thread_id " \
                "JOIN ost_ticket t ON t.ticket_id=h.object_id WHERE t.number='%s'"
        self.assertEqual(["", "NULL"], self.desk.sql(entry % loaded)[0][4:6])
        self.assertEqual(self.desk.sql(entry % plain), self.desk.sql(entry % loaded))
        answers = "SELECT v.field_id,v.value,v.value_id FROM ost_form_entry f JOIN ost_form_entry_values v ON v.entry_id=f.id JOIN ost_ticket t ON t.ticket_id=f.object_id " \
                  "AND f.object_type='T' WHERE t.number='%s' ORDER BY 1"
        self.assertEqual(self.desk.sql(answers % plain), self.desk.sql(answers % loaded))
        self.assertEqual(before["osticket.ost_user"], after["osticket.ost_user"])
        self.assertEqual(before["osticket.ost_thread_collaborator"], after["osticket.ost_thread_collaborator"])
        mails = self.desk.sql("SELECT kind,COUNT(*) FROM fcgi_ost_mail GROUP BY kind")
        self.assertTrue(mails and all(int(count) % 2 == 0 for _, count in mails), "nobody else hears of it, and nobody less: %s" % mails)

    def test_even_where_all_keys_may_say_what_agents_say(self):
        self.desk.setting("create", "allow_internal_fields", "yes")
        self.desk.reload()
        try:
            number = self.create(WISHES)["ticket"]["number"]
            self.assertEqual(["1", "Web", "1", "0", "0"], self.row(number, "user_id,source,dept_id,staff_id,team_id"))
        finally:
            self.desk.setting("create", "allow_internal_fields", "no")
            self.desk.reload()

    def test_the_history_names_the_client_as_the_portal_does(self):
        history = "SELECT v.name,e.username,e.uid,e.uid_type,e.staff_id FROM ost_thread_event e JOIN ost_event v ON v.id=e.event_id JOIN ost_thread h ON h.id=e.thread_id " \
                  "JOIN ost_ticket t ON t.ticket_id=h.object_id WHERE t.number='%s' ORDER BY e.id"
        self.desk.sql("DELETE FROM ost_user_account")
        self.desk.sql("DELETE FROM ost_config WHERE `key`='client_name_format'; INSERT INTO ost_config(namespace,`key`,value) VALUES('core','client_name_format','short')")
        self.assertEqual([["created", "Anna L.", "1", "U", "0"]], self.desk.sql(history % self.create()["ticket"]["number"]))
        self.desk.sql("INSERT INTO ost_user_account(user_id,status,timezone,lang,username,passwd,backend,extra,registered) VALUES(1,1,NULL,NULL,NULL,NULL,NULL,NULL,NOW())")
        self.assertEqual([["created", self.desk.value("SELECT name FROM ost_user WHERE id=1"), "1", "U", "0"]], self.desk.sql(history % self.create()["ticket"]["number"]))

    def test_by_any_of_his_addresses_he_is_the_same(self):
        self.desk.sql("INSERT INTO ost_user_email(user_id,flags,address) VALUES(1,0,'second@quay.example')")
        number = self.create({"email": "nobody@quay.example"}, text=token("second@quay.example"))["ticket"]["number"]
        self.assertEqual(["1"], self.row(number, "user_id"))


class Answer(CreateDesk):
    def test_the_ticket_as_he_reads_it(self):
        made = self.create({"topicId": 3, "plate": "HH-1"})
        read = self.read("/tickets/%s.json" % made["ticket"]["number"])
        self.assertEqual((read.json["ticket"], read.json["version"]), (made["ticket"], made["version"]))
        self.assertEqual([], made["events"])
        for name in ("staff", "team", "sla", "due", "overdue", "tasks_open"):
            self.assertNotIn(name, made["ticket"])
        entries = self.read("/tickets/%s/entries.json" % made["ticket"]["number"]).json["entries"]
        self.assertEqual([made["entry_id"]], [entry["id"] for entry in entries])

    def test_without_being_asked_it_is_the_number(self):
        answer = self.post()
        self.assertEqual((201, "text/plain; charset=utf-8"), (answer.status, answer.header("content-type").lower()))
        self.assertRegex(answer.text, r"\A[0-9]{6}\Z")
        self.assertEqual(200, self.read("/tickets/%s.json" % answer.text).status)
        self.assertEqual((422, "text/plain; charset=utf-8"), (self.post({"topicId": 99}).status, self.post({"topicId": 99}).header("content-type").lower()))

    def test_he_and_nobody_else_finds_it(self):
        self.desk.sql("UPDATE ost_organization SET status=0; UPDATE ost_user SET org_id=0")
        number = self.create()["ticket"]["number"]
        self.assertIn(number, [t["number"] for t in self.read("/tickets.json").json["tickets"]])
        self.assertEqual(404, self.read("/tickets/%s.json" % number, token("user:2")).status)

    def test_a_rehearsal_leaves_nothing(self):
        made = self.refused(query="?dry_run=1", status=201)
        self.assertEqual((True, []), (made["dry_run"], made["events"]))
        self.assertEqual(400, self.post(query="?dry_run=1").status)

    def test_where_only_php_can_do_it_he_is_not_told_why_and_php_never_hears_of_it(self):
        self.desk.sql("INSERT INTO ost_filter(id,execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,created,updated) "
                      "VALUES(9,1,1,0,0,0,0,'Any',0,'Dismissals of 2026',NOW(),NOW());"
                      "INSERT INTO ost_filter_action(filter_id,sort,type,configuration,updated) VALUES(9,1,'strange','{}',NOW())")
        answer = self.refused(status=501)
        self.assertEqual("php", answer["error"])
        self.assertNotIn("Dismissals", json.dumps(answer))
        self.assertNotIn("ismissals", self.post().text)
        self.assertTrue(self.desk.log_lines_of("Dismissals of 2026"), "the log says it")


class Topics(CreateDesk):
    def test_topics_that_the_portal_does_not_offer_are_as_those_that_are_not_there(self):
        self.desk.sql("INSERT INTO ost_help_topic(topic_id,topic_pid,ispublic,noautoresp,flags,dept_id,sort,topic,notes,created,updated) VALUES"
                      "(11,0,0,0,2,1,1,'Secret','',NOW(),NOW()),(12,0,1,0,0,1,1,'Off','',NOW(),NOW()),(13,12,1,0,2,1,1,'Below off','',NOW(),NOW()),"
                      "(14,13,1,0,0,1,1,'Off below','',NOW(),NOW()),(15,14,1,0,2,1,1,'Far below','',NOW(),NOW()),(16,0,1,0,6,1,1,'Archived','',NOW(),NOW())")
        offered = {topic["id"] for topic in self.read("/topics.json").json["topics"]}
        seen = set()
        for topic in [None, "", 0, -1, 99, "x", True, "1x", 2 ** 70] + sorted({11, 12, 13, 14, 15, 16} - offered):
            answer = self.post({"topicId": topic}, headers=PROFILE)
            self.assertIn(answer.status, (400, 422), (topic, answer.text))
            if answer.status == 422:
                self.assertEqual({"topicId"}, set(answer.json["errors"]))
                seen.add(answer.text)
        self.assertEqual(1, len(seen), seen)
        self.assertLess({11, 12, 15} & offered, {11})
        for topic in sorted(offered):
            self.create({"topicId": topic})
        for topic in sorted({1, 2, 3, 11, 12, 13, 14, 15, 16} - offered):
            self.refused({"topicId": topic})

    def test_the_default_topic_is_not_taken_for_one_that_he_chose(self):
        self.setting("default_help_topic", "1")
        self.refused({"topicId": None})
        self.desk.sql("UPDATE ost_help_topic SET ispublic=0 WHERE topic_id=1")
        self.refused({"topicId": 1})


class Fields(CreateDesk):
    def values(self, number):
        return dict(self.desk.sql("SELECT v.field_id,COALESCE(v.value,'NULL') FROM ost_form_entry f JOIN ost_form_entry_values v ON v.entry_id=f.id JOIN ost_ticket t "
                                  "ON t.ticket_id=f.object_id AND f.object_type='T' WHERE t.number='%s'" % number))

    def test_the_fields_that_forms_json_draws_are_those_that_are_kept(self):
        self.desk.sql("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES"
                      "(70,5,12289,'text','Internal','internal',NULL,5,NOW(),NOW()),(71,5,13056,'text','Off','off',NULL,6,NOW(),NOW()),"
                      "(72,5,13057,'text','Hidden by the topic','hidden',NULL,7,NOW(),NOW()),(73,5,13057,'text','Without a name','',NULL,8,NOW(),NOW()),"
                      "(74,5,29697,'text','Wanted of agents','wanted',NULL,9,NOW(),NOW());"
                      "UPDATE ost_help_topic_form SET extra='{\"disable\":[72]}' WHERE topic_id=3 AND form_id=5")
        drawn = {field["id"] for each in self.read("/forms.json?topic=3").json["forms"] for field in each["fields"]}
        self.assertEqual({70, 71, 72, 73, 74} & drawn, {73})
        fields = {"plate": "HH-1", "internal": "x", "off": "x", "hidden": "x", "wanted": "x", "70": "x", "71": "x", "72": "x", "73": "mine", "74": "x"}
        values = self.values(self.create({"topicId": 3, **fields})["ticket"]["number"])
        self.assertEqual(("HH-1", "mine"), (values["40"], values["73"]))
        self.assertNotIn("x", values.values())

    def test_a_hidden_field_that_bears_the_name_of_a_shown_one_stays_empty(self):
        self.desk.sql("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES(70,5,12289,'text','Subject, too','subject',NULL,5,NOW(),NOW())")
        values = self.values(self.create({"topicId": 3})["ticket"]["number"])
        self.assertEqual(("Crane is stuck", "NULL"), (values["20"], values["70"]))

    def test_what_is_wanted_is_named_and_what_he_does_not_see_is_not_wanted(self):
        self.desk.sql("UPDATE ost_form_field SET flags=flags|0x400 WHERE id=40;"
                      "INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES(70,5,13313,'text','Internal','internal',NULL,5,NOW(),NOW())")
        self.desk.sql("UPDATE ost_form_field SET flags=flags&~0x100 WHERE id=70")
        self.assertEqual({"plate"}, set(self.refused({"topicId": 3})["errors"]))
        self.assertEqual({"subject", "message"}, set(self.refused({"subject": "", "message": ""})["errors"]))
        for message in ("", "  ", "data:text/html,<br/> <br>", "data:text/html,", None, "0"):
            self.assertEqual({"message"}, set(self.refused({"message": message})["errors"]), message)
        self.create({"topicId": 3, "plate": "HH-1"})

    def test_a_topic_without_a_message_takes_none(self):
        self.desk.sql("UPDATE ost_help_topic_form SET extra='{\"disable\":[20,21]}' WHERE topic_id=1 AND form_id=2")
        made = self.create({"attachments": [{"a.txt": "data:text/plain,x"}]})
        self.assertIsNone(made["entry_id"])
        self.assertEqual([], self.read("/tickets/%s/entries.json" % made["ticket"]["number"]).json["entries"])

    def test_html_is_cleaned(self):
        made = self.create({"message": "data:text/html,<b>bold</b><script>alert(1)</script>"})
        shown = self.read("/tickets/%s/entries.json" % made["ticket"]["number"]).json["entries"][0]
        self.assertIn("<b>bold</b>", shown["body"])
        self.assertNotIn("script", shown["body"])


class Files(CreateDesk):
    def files(self, number, text=None):
        shown = self.read("/tickets/%s/attachments.json" % number).json["attachments"]
        return {each["name"]: self.read(each["href"], text).body for each in shown}

    def test_files_beside_the_json_and_in_it(self):
        sent = json.dumps({"subject": "Crane", "message": "See there.", "topicId": 1, "email": "cher@stage.example",
                           "attachments": [{"b.txt": "data:text/plain;base64," + base64.b64encode(b"in it").decode()}]})
        made = self.create(body=form(part("ticket", sent), part("file", b"\x89PNG beside", "a.png", "image/png"), part("file", b"x" * 700000, "large.bin")), headers=form_type())
        self.assertEqual({"a.png": b"\x89PNG beside", "b.txt": b"in it", "large.bin": b"x" * 700000}, self.files(made["ticket"]["number"]))
        self.assertEqual(3, made["ticket"]["attachments"])

    def test_a_file_that_the_portal_would_not_take_is_named(self):
        self.desk.sql("UPDATE ost_form_field SET configuration='{\"attachments\":true,\"extensions\":\".txt\",\"size\":100}' WHERE id=21")
        for name, content in (("a.exe", "x"), ("a.txt", "x" * 200)):
            answer = self.refused({"attachments": [{name: "data:text/plain," + content}]})
            self.assertEqual({"attachments"}, set(answer["errors"]))
            self.assertIn(name, answer["status_msg"])
        self.assertEqual({"a.txt": b"x"}, self.files(self.create({"attachments": [{"a.txt": "data:text/plain,x"}]})["ticket"]["number"]))
        self.desk.sql("UPDATE ost_form_field SET configuration='{\"attachments\":false}' WHERE id=21")
        self.assertEqual({}, self.files(self.create({"attachments": [{"a.txt": "data:text/plain,x"}]})["ticket"]["number"]))

    def test_files_of_a_message_too(self):
        number = self.create()["ticket"]["number"]
        answer = self.desk.request("POST", "/tickets/%s/message.json" % number, body=form(part("message", json.dumps({"message": "Here"})), part("f", b"abc", "c.txt", "text/plain")),
                                   headers={**form_type(), **bearer(token())})
        self.assertEqual(201, answer.status, answer.text)
        self.assertEqual({"c.txt": b"abc"}, self.files(number))
        self.assertEqual(403, self.read(self.read("/tickets/%s/attachments.json" % number).json["attachments"][0]["href"], token(scope="read")).status)


class Rights(CreateDesk):
    def test_a_token_for_it(self):
        self.assertEqual("scope", self.refused(status=403, text=token(scope="read message"))["error"])
        self.assertEqual("scope", self.refused(status=403, text=token(tickets=["310042"]))["error"])
        self.create(text=token(scope="create"))
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='tokens read'")
        self.refused(status=403)

    def test_no_token_that_does_not_count(self):
        now = int(time.time())
        for text in (token(exp=now - 1), token("user:99"), signed(claims(), secret="x" * 40), token(aud="other")):
            self.assertEqual("token", self.refused(status=401, text=text)["error"])
            before = self.rows()
            self.assertEqual(401, self.post(text=text).status)
            self.assertEqual(before, self.rows())

    def test_xml_and_mails_are_not_for_clients(self):
        for path in ("/tickets.xml", "/tickets.email", "/tickets/reply.json"):
            self.assertEqual(401, self.desk.request("POST", path, body="<ticket/>", headers=bearer(token())).status, path)

    def test_pages(self):
        answer = self.post(headers={"Origin": client_tokens.PAGE})
        self.assertEqual((201, client_tokens.PAGE), (answer.status, answer.header("access-control-allow-origin")))
        before = self.rows()
        answer = self.post(headers={"Origin": "https://elsewhere.example.org"})
        self.assertEqual((401, "", before), (answer.status, answer.header("access-control-allow-origin"), self.rows()))
        asked = self.desk.request("OPTIONS", "/tickets.json", headers={"Origin": client_tokens.PAGE, "Access-Control-Request-Method": "POST",
                                                                      "Access-Control-Request-Headers": "authorization,content-type,idempotency-key"})
        self.assertEqual((204, client_tokens.PAGE), (asked.status, asked.header("access-control-allow-origin")))
        for name in ("Authorization", "Content-Type", "Idempotency-Key"):
            self.assertIn(name, asked.header("access-control-allow-headers"))
        self.assertIn("POST", asked.header("access-control-allow-methods"))

    def test_a_key_of_some_departments_opens_none_elsewhere(self):
        self.desk.sql("UPDATE fcgi_ost_key SET depts='1'")
        self.create({"topicId": 1})
        self.refused({"topicId": 2}, status=403)
        before = self.rows()
        self.assertEqual(403, self.post({"topicId": 2}).status)
        self.assertEqual(before, self.rows())

    def test_a_narrowed_key_itself_opens_none_as_ever(self):
        self.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1',view='user',view_id=1")
        answer = self.desk.request("POST", "/tickets.json", body={"subject": "x", "message": "y", "email": "anna@quay.example", "name": "Anna"}, key=demo.KEY)
        self.assertEqual((401, "API key not authorized"), (answer.status, answer.text))

    def test_the_rate_is_the_clients(self):
        self.desk.sql("UPDATE fcgi_ost_token SET user_rate=12")
        self.assertEqual([201, 201, 429], [self.post(text=token("user:3")).status for _ in range(3)])
        self.assertEqual(201, self.post(text=token("user:4")).status)

    def test_the_help_desks_rules(self):
        self.setting("max_open_tickets", "1")
        self.assertIn("maximum open tickets", self.create(status=400)["status_msg"])
        self.setting("max_open_tickets", "0")
        self.desk.sql("INSERT INTO ost_filter(id,execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,created,updated) VALUES"
                      "(1,99,1,0,0,0,0,'Email',0,'SYSTEM BAN LIST',NOW(),NOW());"
                      "INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,updated) VALUES(1,'email','equal','anna@quay.example',1,'',NOW(),NOW())")
        self.assertEqual("role", self.create({"email": "cher@stage.example"}, status=403)["error"])
        self.create(text=token("user:3"))

    def test_filters_of_the_web_concern_it_and_those_of_the_api_do_not(self):
        self.desk.sql("INSERT INTO ost_filter(id,execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,created,updated) VALUES"
                      "(8,1,1,0,0,0,0,'Web',0,'From the web',NOW(),NOW()),(9,2,1,0,0,0,0,'API',0,'From programs',NOW(),NOW());"
                      "INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,updated) VALUES"
                      "(8,'field.20','contains','Crane',1,'',NOW(),NOW()),(9,'field.20','contains','Crane',1,'',NOW(),NOW());"
                      "INSERT INTO ost_filter_action(filter_id,sort,type,configuration,updated) VALUES(8,1,'dept','{\"dept_id\":2}',NOW()),(9,1,'dept','{\"dept_id\":3}',NOW())")
        made = self.create()
        self.assertEqual(["2"], self.row(made["ticket"]["number"], "dept_id"))
        event = "SELECT e.username,e.uid,e.uid_type FROM ost_thread_event e JOIN ost_event v ON v.id=e.event_id WHERE v.name='edited' ORDER BY e.id DESC LIMIT 1"
        self.assertEqual(["Ticket Filter", "1", "U"], self.desk.sql(event)[0])


class Repeated(CreateDesk):
    def test_the_same_request_makes_one_ticket(self):
        once = {"Idempotency-Key": "the-same"}
        first = self.create(headers=once)
        before = self.rows()
        self.assertEqual(first, self.create(headers=once))
        self.assertEqual(before, self.rows())
        self.refused({"subject": "Another"}, headers=once)

    def test_one_client_never_reads_what_another_was_answered(self):
        once = {"Idempotency-Key": "the-same"}
        first = self.create(headers=once)
        second = self.create(headers=once, text=token("user:3"))
        self.assertNotEqual(first["ticket"]["id"], second["ticket"]["id"])
        self.assertEqual(["3"], self.row(second["ticket"]["number"], "user_id"))
        self.assertEqual(first, self.create(headers=once))
        self.assertEqual(second, self.create(headers=once, text=token("user:3")))
        other = self.create({"subject": "Another"}, headers=once, text=token("user:4"))
        self.assertNotIn(other["ticket"]["id"], (first["ticket"]["id"], second["ticket"]["id"]))

    def test_a_key_with_the_same_word_is_a_third(self):
        once = {"Idempotency-Key": "the-same"}
        self.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1'")
        first = self.create(headers=once)
        sent = {"subject": "Crane is stuck", "message": "It does not turn.", "topicId": 1}
        answer = self.desk.request("POST", "/tickets.json", body={**sent, "email": "cher@stage.example", "name": "Cher"}, key=demo.KEY, headers={**PROFILE, **once})
        self.assertEqual(201, answer.status, answer.text)
        self.assertNotEqual(first["ticket"]["id"], answer.json["ticket"]["id"])


class Itself(CreateDesk):
    """GET /key.json: what a token may, and until when."""
    def told(self, text=None):
        answer = self.read("/key.json", text)
        self.assertEqual(200, answer.status, answer.text)
        return answer.json["key"]

    def test_what_it_may_and_until_when(self):
        said = claims()
        key = self.told(signed(said))
        self.assertEqual((1, "user", 1, False, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(said["exp"])), False),
                         (key["id"], key["view"], key["view_id"], key["system"], key["expires"], key["some_tickets"]))
        self.assertEqual({"read", "search", "files", "message", "create", "update", "catalog"}, set(key["scopes"]))
        self.assertEqual(["read"], self.told(token(scope="read reply tokens"))["scopes"])
        self.assertTrue(self.told(token(tickets=["310042"]))["some_tickets"])

    def test_nothing_of_the_key_that_signed(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='*',depts='1,2',`system`=1,any_staff=1,staff_id=2,rate=600,burst=50,expires='2099-01-01'")
        key = self.told()
        self.assertEqual((None, None, None, False, False, False), (key["departments"], key["rate"], key["staff"], key["system"], key["any_staff"], key["cron"]))
        self.assertNotIn("tokens", key["scopes"])
        self.assertLess(key["expires"], "2099")
        self.desk.sql("UPDATE fcgi_ost_token SET user_rate=60")
        self.assertEqual({"a_minute": 60, "at_once": 10}, self.told()["rate"])

    def test_the_end_of_the_key_is_the_end_of_the_token(self):
        self.desk.sql("UPDATE fcgi_ost_key SET expires=UTC_TIMESTAMP()+INTERVAL 60 SECOND")
        self.assertEqual(self.desk.value("SELECT DATE_FORMAT(expires,'%Y-%m-%dT%H:%i:%sZ') FROM fcgi_ost_key"), self.told()["expires"])

    def test_catalogues(self):
        self.desk.sql("UPDATE ost_department SET ispublic=0 WHERE id=2; UPDATE ost_help_topic SET ispublic=0 WHERE topic_id=2")
        self.assertNotIn(2, [each["id"] for each in self.read("/departments.json").json["departments"]])
        self.assertNotIn(2, [each["id"] for each in self.read("/topics.json").json["topics"]])
        self.assertEqual(self.read("/forms.json?topic=2").text.replace("2", "N"), self.read("/forms.json?topic=9").text.replace("9", "N").replace("422", "4NN"))
        forms = self.read("/forms.json?topic=3").json["forms"]
        self.assertEqual({"ticket", "topic", "user"}, {each["kind"] for each in forms} | {"user"})
        for path in ("/staff.json", "/teams.json", "/slas.json", "/canned.json", "/queues.json"):
            self.assertEqual(403, self.read(path).status, path)
        self.assertEqual(403, self.read("/topics.json", token(scope="read")).status)
