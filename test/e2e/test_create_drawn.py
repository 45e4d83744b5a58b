# SPDX-License-Identifier: GPL-2.0-or-later
"""A page that knows nothing of this help desk draws what forms.json tells of a topic, and makes a ticket of what was filled in,
in one request. The forms have a field of each type."""
import json
import unittest

import demo
from test_forms import body, form_type, part

ASKED = {"Accept": "application/json; profile=ticket"}
# id, type, name, configuration; each required of clients and agents.
FIELDS = [(41, "text", "reference", {"validator": "regex", "regex": "/^[A-Z]{2}-[0-9]+$/", "length": 12}), (42, "memo", "details", {"html": False}),
          (43, "bool", "urgent", {"desc": "It cannot wait"}), (44, "phone", "callback", {"ext": True}),
          (45, "choices", "site", {"choices": "p4:Pier 4\np5:Pier 5"}), (46, "choices", "tools", {"choices": "a:Axe\nb:Bar\nc:Chisel", "multiselect": True}),
          (47, "list-9", "machine", {}), (48, "datetime", "since", {"time": True}), (49, "list-9", "spares", {"multiselect": True}),
          (50, "text", None, {"length": 20})]
REQUIRED = 489265  # as osTicket's own subject is
WRITTEN = {"text": "AB-12", "memo": "Two\nlines", "bool": True, "phone": "312-555-0142X7", "datetime": "2026-03-05 10:20"}


class Drawn(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(1,'create catalog read files')")
        self.desk.sql("INSERT INTO ost_list(id,name,sort_mode,created,updated) VALUES(9,'Machines','Alpha',NOW(),NOW());"
                      "INSERT INTO ost_list_items(id,list_id,status,value,sort) VALUES(91,9,1,'Crane',1),(92,9,1,'Pump',2)")
        for sort, (number, kind, name, configuration) in enumerate(FIELDS):
            self.desk.sql("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES(%d,5,%d,'%s','L%d',%s,'%s',"
                          "%d,NOW(),NOW())" % (number, REQUIRED, kind, number, "'%s'" % (name or ""),
                                               json.dumps(configuration).replace("\\", "\\\\"), sort + 2))

    def drawn(self, topic):
        """What forms.json tells, and the body of a client who fills in every field that he must."""
        told = self.desk.get("/forms.json?topic=" + topic, key=demo.KEY).json
        ticket = {"topicId": told["topic"]["id"]}
        for form in told["forms"]:
            for field in form["fields"]:
                if field["required"]["client"]:
                    ticket[field["name"] or str(field["id"])] = self.filled(field)
        return told, ticket

    @staticmethod
    def filled(field):
        """What somebody types or clicks."""
        if "choices" in field:
            keys = [choice["key"] for choice in field["choices"]]
            return keys[-2:] if field.get("multiple") else keys[-1]
        if field["name"] == "email":
            return "new@quay.example"
        return WRITTEN.get(field["type"], "words")

    def post(self, ticket, *files):
        form = body(part("ticket", json.dumps(ticket)), *files)
        return self.desk.request("POST", "/tickets.json", body=form, key=demo.KEY, headers={**ASKED, **form_type()})

    def test_a_ticket_of_a_drawn_form_in_one_go(self):
        told, ticket = self.drawn("Repairs%20/%20Machine%20stands%20still")
        self.assertEqual((["user", "ticket", "topic"], 3), ([form["kind"] for form in told["forms"]], told["topic"]["id"]))
        self.assertEqual(13, len(told["forms"][2]["fields"]) + 2)
        answer = self.post(ticket, part("files", b"abc", "a.txt"))
        self.assertEqual(201, answer.status, str(answer))
        number = answer.json["ticket"]["number"]
        shown = self.desk.get("/tickets/%s.json?include=fields,attachments" % number, key=demo.KEY).json
        values = {row[0]: row[1] for row in self.desk.sql(
            "SELECT v.field_id, REPLACE(v.value, CHAR(10), '|') FROM ost_form_entry_values v JOIN ost_form_entry e ON e.id=v.entry_id JOIN ost_ticket t ON t.ticket_id=e.object_id "
            "WHERE e.object_type='T' AND t.number='%s'" % number)}
        self.assertEqual({"41": "AB-12", "42": "Two|lines", "43": "1", "44": "3125550142X7", "45": '{"p5":"Pier 5"}', "46": '{"b":"Bar","c":"Chisel"}',
                          "47": '{"92":"Pump"}', "49": '{"91":"Crane","92":"Pump"}', "50": "AB-12"},
                         {name: value for name, value in values.items() if int(name) > 40 and name != "48"})
        self.assertTrue(values["48"].startswith("2026-03-05 10:20"), values["48"])
        self.assertEqual("a.txt", shown["attachments"][0]["name"])
        self.assertEqual("Emergency", shown["ticket"]["priority"]["name"])  # the topic's

    def test_what_is_missing_is_named_all_at_once(self):
        told, ticket = self.drawn("3")
        before = self.desk.counts()
        failure = self.post({"topicId": told["topic"]["id"]}).json
        self.assertEqual({"email", "name", "subject", "message"} | {name or str(number) for number, _, name, _ in FIELDS} - {"50"},
                         set(failure["errors"]) - {"50"}, failure)
        for name in ticket:
            if name not in ("topicId", "priority"):
                answer = self.post({key: value for key, value in ticket.items() if key != name})
                self.assertEqual((422, [name]), (answer.status, list(answer.json["errors"])), name)
        self.assertEqual(before, self.desk.counts())

    def test_what_the_topic_hides_is_told_to_be_asked_for(self):
        self.desk.sql("UPDATE ost_help_topic_form SET extra='{\"disable\":[42]}' WHERE topic_id=3 AND form_id=5")
        told, ticket = self.drawn("3")
        self.assertTrue(next(field for field in told["forms"][2]["fields"] if field["id"] == 42)["disabled"])
        self.assertIn("details", ticket)
        self.assertEqual(201, self.post(ticket).status)

    def test_without_a_topic(self):
        told = self.desk.get("/forms.json", key=demo.KEY).json
        self.assertIsNone(told["topic"])


if __name__ == "__main__":
    unittest.main()
