# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables of one help desk in different collations, as upgrades and old installations leave them: everything is done as
if all were in one, by workers that were up before. Each pair of text columns differs in at least one of two colourings,
so a statement in which two columns meet bare is refused in one of them.

COLLATIONS in the environment: "tables" walks through each table in each collation, "columns" through each column alone
(a quarter of an hour and more, each).
"""
import base64
import os
import re
import subprocess
import unittest

import collations
import demo
import post
from test_create import post as create

CHOICES = {"emailreply": "1", "emailcollab": "1", "signature": "dept", "reply_status_id": "3", "cannedResp": "1",
           "cannedattachments": ["1"], "response": "<p>Größe 3, à la carte</p>",
           "attachments": [{"plan é.txt": "data:text/plain;base64," + base64.b64encode(b"plan").decode()}]}
XML = """<?xml version="1.0" encoding="UTF-8"?><ticket alert="true" autorespond="true"><email>marta@post.example</email>
<name>Marta Núñez</name><subject>Grúa</subject><message type="text/plain"><![CDATA[No gira.]]></message>
<attachments><file name="ñ.txt" type="text/plain" encoding="base64">YQ==</file></attachments></ticket>"""
SETTINGS = ("ticket_alert_active", "ticket_alert_dept_members", "ticket_alert_dept_manager", "assigned_alert_active",
            "assigned_alert_staff", "assigned_alert_team_members", "ticket_autoresponder", "note_alert_active",
            "note_alert_laststaff", "note_alert_assigned", "note_alert_dept_manager", "ticket_alert_acct_manager")
# A filter of its own, a banned address, an alternative account, translations, an organization that shares its tickets.
ROWS = """
INSERT INTO ost_filter(id,execorder,isactive,status,match_all_rules,stop_onmatch,target,email_id,name,created,updated) VALUES
  (50,1,1,0,0,0,'Any',0,'Cranes',NOW(),NOW()),(51,99,1,0,0,0,'Email',0,'SYSTEM BAN LIST',NOW(),NOW());
INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,updated) VALUES
  (50,'subject','contains','crane',1,'',NOW(),NOW()),(51,'email','equal','banned@post.example',1,'',NOW(),NOW());
INSERT INTO ost_filter_action(filter_id,sort,type,configuration,updated) VALUES(50,1,'agent','{"staff_id":2}',NOW());
INSERT INTO ost_translation(object_hash,type,flags,revision,agent_id,lang,text,updated) SELECT
  RIGHT(MD5('status.value.1'),16),'phrase',0,0,0,'en_US','Offen',NOW();
UPDATE ost_organization SET manager='s1',status=7 WHERE id=1;
UPDATE ost_role SET permissions='{"ticket.edit":1,"ticket.reply":1,"ticket.close":1,"ticket.assign":1,"ticket.transfer":1,"ticket.refer":1,"ticket.release":1,"ticket.delete":1,"ticket.link":1,"ticket.markanswered":1}';
REPLACE INTO ost_staff_dept_access(staff_id,dept_id,role_id,flags) VALUES(2,1,1,1),(2,3,1,1);
UPDATE ost_staff SET permissions='{"user.create":1,"user.edit":1,"user.delete":1,"org.create":1,"org.edit":1,"org.delete":1,"visibility.agents":1}';
INSERT INTO ost_queue(id,parent_id,sort_id,flags,staff_id,title,config,root,created,updated) VALUES
  (1,0,1,3,0,'Here','[["source","includes",{"Email":"Email","Web":"Web"}]]','T',NOW(),NOW()),
  (2,1,0,67,0,'Mine','[["assignee","includes",{"M":"Me","T":"Teams"}]]','T',NOW(),NOW());
INSERT INTO ost_list(id,name,sort_mode,created,updated) VALUES(1,'Pier','Alpha',NOW(),NOW());
INSERT INTO ost_list_items(id,list_id,status,value,sort) VALUES(1,1,1,'North',1),(2,1,1,'South',2);
INSERT INTO ost_queue_sort(id,root,name,columns) VALUES(1,'T','By number','["-number"]');
INSERT INTO ost_queue_config(queue_id,staff_id,setting,updated) VALUES(2,2,'{"inherit-sort":true}',NOW());
"""
# The key that may do it all.
KEY_OF_ACTS = "REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1)"
# What is done to tickets: name, method, path, body. Everything that can be called by a name or an address is.
ACTS = (
    ("note", "POST", "310042/note.json", {"note": "à la carte", "title": "Größe", "staffUserName": "tobenna@harbour-tools.example", "status": "Resolved"}),
    ("status", "POST", "310042/status.json", {"state": "open", "comments": "é"}),
    ("response", "POST", "310043/reply.json", {"response": "é", "cc": ["taro@yamada.example"], "signature": "dept"}),
    ("assignment", "POST", "310043/assign.json", {"staff": "mvries", "team": "Pumps & compressors", "refer": True, "comments": "é"}),
    ("release", "POST", "310043/release.json", {"comments": "é"}),
    ("claim", "POST", "310043/claim.json", {}),
    ("referral", "POST", "310043/refer.json", {"department": "Hire desk", "comments": "é"}),
    ("transfer", "POST", "310043/transfer.json", {"department": "Hire desk", "refer": True, "comments": "é"}),
    ("edit", "PATCH", "310042.json", {"subject": "Größe", "priority": "Low", "sla": "Two working days", "topic": "Repairs", "due": "+2d", "source": "Phone",
                                     "owner": "marta@post.example", "answered": True, "fields": {"plate": "é-1"}, "comments": "é"}),
    ("collaborator", "POST", "310042/collaborators.json", {"email": "bo@post.example", "name": "Bo é"}),
    ("collaborators", "PATCH", "310042/collaborators.json", {"active": ["bo@post.example"]}),
    ("link", "POST", "310045/link.json", {"tickets": ["310046"], "comments": "é"}),
    ("unlink", "POST", "310046/unlink.json", {}),
    ("message", "POST", "310045/message.json", {"message": "é", "user": "taro@yamada.example", "add_collaborator": True, "staffUserName": None}),
    ("bulk", "POST", "bulk.json", {"tickets": ["310045", "310046"], "action": "delete", "body": {}}),
)
# What is done to users and organizations: name, method, path, body.
WRITES = (
    ("user", "POST", "users.json", {"email": "kjell@quay.example", "name": "Kjell Größe", "fields": {"notes": "é"}, "organization": "Quay Builders"}),
    ("known address", "POST", "users.json", {"email": "anna@quay.example", "name": "Anna"}),
    ("edit of a user", "PATCH", "users/2.json", {"name": "Piet é", "email": "piet.vandam@quay.example", "fields": {"notes": "à"}, "primary_contact": True}),
    ("organization", "POST", "organizations.json", {"name": "Größe", "domain": "groesse.example", "manager": "s1"}),
    ("known name", "POST", "organizations.json", {"name": "Quay Builders"}),
    ("edit of an organization", "PATCH", "organizations/1.json", {"name": "Quay é", "share": "all", "manager": "t1"}),
    ("member", "POST", "organizations/1/users.json", {"user": "taro@yamada.example"}),
    ("deletion of a user", "DELETE", "users/6.json", None),
    ("deletion of an organization", "DELETE", "organizations/1.json", None),
)
# What is read, by statements that are put together at run time too, which the driver of statements does not know.
LISTS = ["sort=" + sort for sort in ("number", "-created", "priority", "due", "-last_update", "closed")] + [
    "number=310042,HT-0007", "source=Web,Email,Phone", "department=Workshop", "parent=310042", "include=entries_last",
    "q=pump+pier", "q=%22Pump+stands%22+-crane", "q=3100", "q=anna%40quay.example", "q=anna%40", "q=pump&sort=number"]
OF_AGENTS = ["topic=Hiring", "priority=Normal", "staff=tokafor", "team=Pumps+%26+compressors", "user=anna%40quay.example",
             "email=anna%40quay.example", "organization=Quay+Builders", "field.subject=Spare+part", "field.priority=2", "queue=2"]
GROUPS = ("status", "state", "department", "staff", "team", "topic", "priority", "source")
PEOPLE = ["/users.json?" + query for query in ("limit=2", "q=Quay", "q=An", "email=anna%40quay.example", "organization=Quay+Builders")] + [
    "/users/1.json", "/organizations.json?q=Quay", "/organizations/1.json", "/organizations/1/users.json"]
CATALOGUES = ("departments", "topics", "statuses", "priorities", "slas", "forms", "queues", "staff", "teams", "canned", "lists/1")
VIEWS = ({"view": "all", "staff_id": 2}, {"view": "all", "depts": "1 2 3"}, {"view": "staff", "staff_id": 2},
         {"view": "user", "view_id": 1}, {"view": "org", "view_id": 1})


class Collations(unittest.TestCase):
    asked = 0

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("collations")
        cls.collations = collations.Collations(cls.desk)
        cls.beyond_latin = cls.find_beyond_latin()
        cls.fill()
        cls.expected = cls.operate()

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def tearDown(self):
        demo.put_mails_to_rest(self.desk)
        self.desk.sql("SET sql_mode='';" + "".join("TRUNCATE `%s`;" % t for t in self.collations.columns if t.startswith("fcgi_")))
        self.collations.restore(self.collations.columns)

    @classmethod
    def find_beyond_latin(cls):
        """The columns that hold what latin1 does not."""
        found = []
        for table, column in cls.collations.texts():
            if cls.desk.value("SELECT COUNT(*) FROM `%s` WHERE CONVERT(CONVERT(`%s` USING latin1) USING utf8mb4)<>"
                              "CONVERT(`%s` USING utf8mb4)" % (table, column, column)) != "0":
                found.append((table, column))
        return found

    @classmethod
    def fill(cls):
        demo.reset(cls.desk)
        cls.desk.sql("SET sql_mode='';" + ROWS +
                     "".join("UPDATE `%s` SET `%s`=CONVERT(`%s` USING latin1);" % (t, c, c) for t, c in cls.beyond_latin) +
                     "".join("DELETE FROM ost_config WHERE namespace='core' AND `key`='%s';INSERT INTO ost_config"
                             "(namespace,`key`,value) VALUES('core','%s','1');" % (key, key) for key in SETTINGS))

    # ---- everything that the server does ---------------------------------------------------------------------------
    @classmethod
    def operate(cls):
        """What comes of it: name → answer."""
        post.clear(cls.desk)
        results = cls.read()
        results.update(cls.look())
        results.update(cls.write())
        # What of a text beyond Latin is left depends on its column.
        results["mails"] = sorted((mail.to[0][1], re.sub(r"#\d+", "#", re.sub("(Ω|[?]) é .", "Ω", mail.subject)))
                                  for mail in post.settled(cls.desk, 30))
        results["read again"] = [cls.desk.get(path, key=demo.KEY).status for path in
                                 ("/tickets/ticketInfo?ticketNumber=310042", "/tickets/clientTickets?clientUserMail=marta@post.example")]
        results["queue"] = cls.command("queue")[0]
        code, text = cls.command("-t")
        results["-t"] = code, re.sub(r"\d+", "#", text)
        return results

    @classmethod
    def read(cls):
        paths = ["/tickets", "/tickets/clientTickets?clientUserMail=nobody.there@quay.example"]
        paths += ["/tickets/ticketInfo?ticketNumber=" + n for n in ("310042", "310043", "310044", "HT-0007", "\u03a9", "\U0001f600")]
        paths += ["/tickets/staffTickets?staffUserName=" + n for n in ("tokafor", "mvries", "%C3%ADris", "%CE%A9", "%F0%9F%98%80")]
        paths += ["/tickets/clientTickets?clientUserMail=" + n for n in ("anna@quay.example", "taro@yamada.example", "%CE%A9@x.example")]
        return {path: (answer.status, answer.text) for path in paths
                for answer in [cls.desk.get(path.encode("ascii", "ignore").decode() if path.isascii() else
                                            path.replace("\u03a9", "%CE%A9").replace("\U0001f600", "%F0%9F%98%80"), key=demo.KEY)]}

    @classmethod
    def look(cls):
        """What keys of each view are shown of the rows that are there from the beginning, and the right to it."""
        results = {}
        for view in VIEWS:
            rules = {"scopes": "read notes files search catalog stats users orgs", **view}
            cls.desk.sql("REPLACE INTO fcgi_ost_key(key_id,%s) VALUES(1,%s)" % (
                ",".join(rules), ",".join("'%s'" % value for value in rules.values())))
            is_client = view["view"] in ("user", "org")
            paths = ["/tickets.json?state=open,closed&created_before=2026-01-01&limit=3&total=1&" + query
                     for query in LISTS + ([] if is_client else OF_AGENTS)]
            paths += ["/tickets.csv?created_before=2026-01-01", "/tickets.ndjson?created_before=2026-01-01&include=entries_last"]
            paths += ["/tickets/310042" + part for part in (".json?include=all", "/entries.json", "/attachments.json", "/collaborators.json")]
            paths += ["/%s.json" % catalogue for catalogue in CATALOGUES]
            if not is_client:
                paths += PEOPLE
                # Answers of statistics are kept for a while: asked otherwise they are made anew.
                cls.asked += 1
                paths += ["/stats.json?group=%s&created_before=2026-01-01T00:00:%02dZ" % (group, cls.asked % 60) for group in GROUPS]
                paths += ["/canned/1.json?ticket=310042", "/stats/events.json?group=staff&by=week&from=-%dd" % (60 + cls.asked)]
            for path in paths:
                answer = cls.desk.get(path, key=demo.KEY)
                if answer.status == 200 and answer.header("content-type").startswith("application/json") and answer.json.get("next"):
                    answer = cls.desk.get(path + "&cursor=" + answer.json["next"], key=demo.KEY)
                results["%s, %s" % (re.sub("T00:00:..Z|from=.*", "", path), view)] = answer.status, sorted(re.findall(r"[^\W\d]{2,}", answer.text))
        cls.desk.sql(KEY_OF_ACTS)
        return results

    @classmethod
    def write(cls):
        twice = {"Idempotency-Key": "once-4711", "Content-Type": "application/json"}
        file = [{"two ä.txt": "data:text/plain;base64,YQ=="}]
        calls = {
            "reply": lambda: demo.post_reply(cls.desk),
            "reply with all": lambda: cls.desk.request("POST", "/tickets/reply.json", key=demo.KEY, headers=twice,
                                                       body=demo.reply(**CHOICES)),
            "the same reply again": lambda: cls.desk.request("POST", "/tickets/reply.json", key=demo.KEY, headers=twice,
                                                             body=demo.reply(**CHOICES)),
            "canned reply": lambda: demo.post_reply(cls.desk, ticketNumber="310043", response="", cannedResp="1"),
            "reply beyond latin": lambda: demo.post_reply(cls.desk, ticketNumber="310043", response="<p>é Ω \U0001f600</p>"),
            "ticket": lambda: create(cls.desk, topicId=3, attachments=file),
            "ticket that a filter takes": lambda: create(cls.desk, subject="The crane", topicId=1),
            "ticket of a new user": lambda: create(cls.desk, email="joerg@post.example", name="Jörg Weiß", subject="Größe"),
            "ticket of a colleague": lambda: create(cls.desk, email="new@quay.example", name="New", message="data:text/html,<p>é</p>"),
            "ticket beyond latin": lambda: create(cls.desk, email="omega@post.example", name="Ω é \U0001f600", subject="Ω é \U0001f600",
                                                  message="Ω é \U0001f600", attachments=[{"Ω.txt": "data:,a"}]),
            "ticket of a banned address": lambda: create(cls.desk, email="banned@post.example"),
            "ticket in XML": lambda: cls.desk.request("POST", "/tickets.xml", key=demo.KEY, body=XML),
            "ticket without a subject": lambda: create(cls.desk, subject=None),
        }
        calls.update({"act: " + name: lambda method=method, path=path, body=body: cls.act(method, path, body)
                      for name, method, path, body in ACTS})
        calls.update({"write: " + name: lambda method=method, path=path, body=body: cls.desk.request(
            method, "/" + path, key=demo.KEY, body=body, headers={"X-Act-As": "tokafor"}) for name, method, path, body in WRITES})
        results = {}
        for name, call in calls.items():
            answer = call()
            text = re.sub(r'"version":"[0-9a-f]+"', '"version":""', answer.text)
            results[name] = answer.status, re.sub(r"\d+" if name.startswith("write") else r"\d", "#", text)
            # A mail is made, and its alerts are spread, of the ticket as it is then: not as a later call leaves it.
            post.go_out(cls.desk, 30)
        return results

    @classmethod
    def act(cls, method, path, body):
        agent = {} if path == "bulk.json" or "staffUserName" in body else {"staffUserName": "tokafor"}
        return cls.desk.request(method, "/tickets/" + path, key=demo.KEY, body={**agent, **body})

    @classmethod
    def command(cls, *words):
        done = subprocess.run([cls.desk.env["PROGRAM"], "-c", cls.desk.env["CONFIG"], *words], capture_output=True, text=True,
                              timeout=60, check=False)
        return done.returncode, done.stdout

    def works(self, label, chosen):
        """With these collations; `chosen`: (table, column) → collation."""
        self.fill()
        self.collations.give(chosen)
        with self.subTest(label, of="the statements"):
            self.assertEqual([], self.collations.refused())
        found = self.operate()
        for name, expected in self.expected.items():
            with self.subTest(label, of=name):
                self.assertEqual(expected, found[name])
        demo.put_mails_to_rest(self.desk)

    # ---- tests -----------------------------------------------------------------------------------------------------
    def test_the_help_desk_as_it_is_refuses_no_statement_and_does_everything(self):
        self.assertEqual([], self.collations.refused())
        for name, (status, text) in ((n, r) for n, r in self.expected.items() if n.startswith(("reply", "ticket", "the same", "canned"))):
            wanted = {"ticket of a banned address": 403, "ticket without a subject": 400}.get(name, 200 if "reply" in name else 201)
            self.assertEqual(wanted, status, "%s: %s" % (name, text))
        for name in ACTS:
            self.assertIn(self.expected["act: " + name[0]][0], (200, 201), self.expected["act: " + name[0]])
        for name in WRITES:
            self.assertIn(self.expected["write: " + name[0]][0], (409,) if name[0].startswith("known") else (200, 201), self.expected["write: " + name[0]])
        self.assertNotIn('"status":4', self.expected["act: bulk"][1])
        self.assertGreater(len(self.expected["mails"]), 8)
        looks = {name: result for name, result in self.expected.items() if "'view'" in name}
        self.assertEqual({}, {name: result for name, result in looks.items() if result[0] not in (200, 403, 422)})
        self.assertGreater(sum(status == 200 for status, _ in looks.values()), 180)

    def colours(self, character_set):
        """By language: they sort alike what is in ASCII."""
        return sorted(name for name in self.collations.known if re.fullmatch(
            character_set + r"_(unicode|croatian|czech|danish|esperanto|estonian|hungarian|icelandic|latvian|lithuanian|"
            r"persian|polish|roman|romanian|sinhala|slovak|slovenian|spanish|spanish2|swedish|german2)_ci", name))

    def every_two_columns_differ(self, character_set):
        texts, colours = self.collations.texts(), self.colours(character_set)
        self.assertLessEqual(len(texts), len(colours) ** 2)
        for step in (1, len(colours)):
            self.works("%s, step %d" % (character_set, step),
                       {text: colours[i // step % len(colours)] for i, text in enumerate(texts)})

    def test_every_two_columns_of_three_byte_texts_in_different_collations(self):
        self.every_two_columns_differ("utf8mb3")

    def test_every_two_columns_of_four_byte_texts_in_different_collations(self):
        self.every_two_columns_differ("utf8mb4")

    def test_every_other_column_in_another_character_set(self):
        for offset in (0, 1):
            self.works("every third in latin1, %d" % offset,
                       {text: ("latin1_swedish_ci", "utf8mb4_bin", "utf8mb3_unicode_ci")[(i + offset) % 3]
                        for i, text in enumerate(self.collations.texts())})

    def test_all_in_one(self):
        for collation in ("latin1_swedish_ci", "utf8mb4_bin"):
            self.works(collation, dict.fromkeys(self.collations.texts(), collation))

    @unittest.skipUnless("tables" in os.environ.get("COLLATIONS", ""), "COLLATIONS=tables is a matter of a quarter of an hour")
    def test_each_table_alone(self):
        for table, columns in self.collations.columns.items():
            for collation in self.collations.those_there():
                self.works("%s in %s" % (table, collation), {(table, column): collation for column in columns})
                self.collations.restore([table])

    @unittest.skipUnless("columns" in os.environ.get("COLLATIONS", ""), "COLLATIONS=columns is a matter of half an hour")
    def test_each_column_alone(self):
        for table, column in self.collations.texts():
            for collation in self.collations.those_there():
                self.works("%s.%s in %s" % (table, column, collation), {(table, column): collation})
                self.collations.restore([table])


if __name__ == "__main__":
    unittest.main()
