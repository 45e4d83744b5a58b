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
UPDATE ost_staff SET permissions='{"user.create":1,"visibility.agents":1}';
REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1);
"""
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


class Collations(unittest.TestCase):
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
        post.put_to_rest(self.desk)
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
        results = {}
        for name, call in calls.items():
            answer = call()
            text = re.sub(r'"version":"[0-9a-f]+"', '"version":""', answer.text)
            results[name] = answer.status, re.sub(r"\d", "#", text)
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
        post.put_to_rest(self.desk)

    # ---- tests -----------------------------------------------------------------------------------------------------
    def test_the_help_desk_as_it_is_refuses_no_statement_and_does_everything(self):
        self.assertEqual([], self.collations.refused())
        for name, (status, text) in ((n, r) for n, r in self.expected.items() if n.startswith(("reply", "ticket", "the same", "canned"))):
            wanted = {"ticket of a banned address": 403, "ticket without a subject": 400}.get(name, 200 if "reply" in name else 201)
            self.assertEqual(wanted, status, "%s: %s" % (name, text))
        for name in ACTS:
            self.assertIn(self.expected["act: " + name[0]][0], (200, 201), self.expected["act: " + name[0]])
        self.assertNotIn('"status":4', self.expected["act: bulk"][1])
        self.assertGreater(len(self.expected["mails"]), 8)

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
