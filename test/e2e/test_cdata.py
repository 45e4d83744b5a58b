# SPDX-License-Identifier: GPL-2.0-or-later
"""osTicket's cdata tables, which PHP drops and makes anew at its leisure: what is missing in them keeps nothing from being written, is
found out once a worker, and what is there gets its answer whatever it holds."""
import unittest

import acting

TABLES = ("ost_ticket__cdata", "ost_user__cdata", "ost_organization__cdata")
# A field of the tickets' form that has no column yet.
BADGE = ("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,sort,created,updated) VALUES(60,2,30465,'text','Badge','%s',9,NOW(),NOW());"
         "INSERT INTO ost_form_entry_values(entry_id,field_id,value) SELECT id,60,'' FROM ost_form_entry WHERE object_type='T' AND form_id=2")
EMOJI = "\U0001f6e0"
MAIL = "From: Anna <anna.lindqvist@post.example>\r\nTo: desk@harbour-tools.example\r\nMessage-ID: <%s@post.example>\r\nSubject: %s\r\n\r\nText"


class Cdata(acting.ActingDesk):
    def setUp(self):
        super().setUp()
        self.desk.sql("".join("CREATE TABLE kept_%s LIKE %s;" % (table, table) for table in TABLES))
        self.addCleanup(self.desk.sql, "".join("DROP TABLE IF EXISTS %s; RENAME TABLE kept_%s TO %s;" % (table, table, table) for table in TABLES))
        # A worker that has once looked does so as long as it lives.
        self.desk.reload()

    def create(self, subject, **more):
        answer = self.desk.request("POST", "/tickets.json", key=acting.demo.KEY, body={
            "name": "Bo", "email": "bo@quay.example", "subject": subject, "message": "Text", **more})
        self.assertEqual(201, answer.status, str(answer))
        return self.desk.value("SELECT ticket_id FROM ost_ticket WHERE number='%s'" % answer.text)

    def mail(self, name, subject):
        answer = self.desk.request("POST", "/tickets.email", key=acting.demo.KEY, body=(MAIL % (name, subject)).encode())
        self.assertEqual(201, answer.status, str(answer))
        return self.desk.value("SELECT ticket_id FROM ost_ticket WHERE number='%s'" % answer.text)

    def again(self):
        """How many requests were worked on once more so far."""
        return len([line for line in self.desk.log() if "attempt 1 failed, once more" in line])

    def subject(self, ticket):
        return self.desk.value("SELECT subject FROM ost_ticket__cdata WHERE ticket_id=%s" % ticket)

    def patch(self, body, ticket="310042"):
        return self.act("PATCH", ticket + ".json", body)

    def test_where_all_is_there_nobody_looks(self):
        before = self.again()
        self.assertEqual("Crane", self.subject(self.create("Crane")))
        self.assertEqual("Winch", self.subject(self.mail("whole", "Winch")))
        self.patch({"subject": "Hoist", "priority": "low"})
        self.assertEqual("Hoist", self.subject(1))
        self.assertEqual(before, self.again())

    def test_a_column_that_is_missing_keeps_nothing_from_being_written(self):
        before = self.again()
        self.desk.sql("ALTER TABLE ost_user__cdata DROP COLUMN phone; " + BADGE % "badge")
        tickets = [self.create("Crane %d" % n, phone="312 555 0100", badge="P-1") for n in range(12)]
        self.assertEqual(["Crane %d" % n for n in range(12)], [self.subject(ticket) for ticket in tickets])
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_user WHERE name='Bo'"), "the user of the attempt before")
        self.assertEqual("12", self.desk.value("SELECT COUNT(*) FROM ost_ticket WHERE ticket_id>=%s" % tickets[0]))
        self.assertEqual("Winch", self.subject(self.mail("column", "Winch")))
        self.patch({"subject": "Hoist", "fields": {"badge": "P-2"}})
        self.assertEqual("Hoist", self.subject(1))
        self.assertTrue(before < self.again() <= before + len(self.desk.workers()), "each worker is to find it out once")

    def test_a_table_that_is_missing_keeps_nothing_from_being_written(self):
        self.desk.sql("DROP TABLE ost_ticket__cdata, ost_user__cdata")
        for ticket in (self.create("Crane"), self.mail("table", "Crane")):
            self.assertEqual("Crane", self.desk.value("SELECT v.value FROM ost_form_entry o JOIN ost_form_entry_values v ON v.entry_id=o.id "
                                                      "WHERE o.object_type='T' AND o.object_id=%s AND v.field_id=20" % ticket))

    def test_a_new_column_is_written_at_once(self):
        self.create("Before")
        self.desk.sql(BADGE % "badge" + ";"
                      "ALTER TABLE ost_ticket__cdata ADD badge MEDIUMTEXT")
        self.assertEqual("P-1", self.desk.value("SELECT badge FROM ost_ticket__cdata WHERE ticket_id=%s" % self.create("After", badge="P-1")))

    def test_a_name_that_no_column_can_have(self):
        for name in ("a`b", "{user}"):
            self.desk.reload()
            self.desk.sql("DELETE FROM ost_form_field WHERE id=60; DELETE FROM ost_form_entry_values WHERE field_id=60; " + BADGE % name)
            self.assertEqual("Crane", self.subject(self.create("Crane", **{name: "P-1"})), name)

    def test_a_column_holds_what_its_characters_are(self):
        self.desk.sql("ALTER TABLE ost_ticket__cdata MODIFY subject MEDIUMTEXT CHARACTER SET utf8mb4")
        wide = [self.create("Crane " + EMOJI), self.mail("wide", "Crane " + EMOJI)]
        self.patch({"subject": "Hoist " + EMOJI})
        self.assertEqual(["Crane " + EMOJI] * 2 + ["Hoist " + EMOJI], [self.subject(ticket) for ticket in wide + [1]])
        self.desk.sql("UPDATE ost_ticket__cdata SET subject=''; ALTER TABLE ost_ticket__cdata MODIFY subject MEDIUMTEXT CHARACTER SET utf8mb3")
        narrow = [self.create("Crane " + EMOJI), self.mail("narrow", "Crane " + EMOJI)]
        self.patch({"subject": "Winch " + EMOJI})
        self.assertEqual(["Crane \ufffd"] * 2 + ["Winch \ufffd"], [self.subject(ticket) for ticket in narrow + [1]])

    def test_users_and_organizations(self):
        self.desk.sql("ALTER TABLE ost_user__cdata DROP COLUMN notes; DROP TABLE ost_organization__cdata;"
                      "INSERT INTO ost_form_field(id,form_id,flags,type,label,name,sort,created,updated) VALUES(61,4,30465,'text','Notes','notes',9,NOW(),NOW())")
        for path, field, value in (("/users/1.json", "phone", "312 555 0199"), ("/users/1.json", "notes", "Rings twice"),
                                   ("/organizations/1.json", "notes", "By the quay")):
            answer = self.desk.request("PATCH", path, key=acting.demo.KEY, body={"fields": {field: value}})
            self.assertEqual(200, answer.status, str(answer))
        self.assertEqual("3125550199", self.desk.value("SELECT phone FROM ost_user__cdata WHERE user_id=1"))

    def test_a_rehearsal_and_a_bulk(self):
        self.desk.sql(BADGE % "badge")
        self.assertTrue(self.patch({"fields": {"badge": "P-1"}, "dry_run": True})["dry_run"])
        self.desk.reload()
        for atomic in (False, True):
            answer = self.act("POST", "bulk.json", {"tickets": ["310042", "310043"], "action": "patch", "atomic": atomic, "body": {"fields": {"badge": "P-%d" % atomic}}})
            self.assertEqual([200, 200], [result["status"] for result in answer["results"]], answer)


if __name__ == "__main__":
    unittest.main()
