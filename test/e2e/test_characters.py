# SPDX-License-Identifier: GPL-2.0-or-later
"""Characters above U+FFFF in everything that a request can bring: kept as they are by columns that hold them, else as
references in HTML bodies, else U+FFFD."""
import unittest

import demo
from test_create import post as create

TABLES = ("thread_entry", "_search", "file", "ticket", "form_entry_values", "user", "user_email", "syslog", "ticket__cdata",
          "user__cdata", "attachment", "thread_event")


class Characters(demo.FreshDesk):
    def give(self, character_set):
        self.desk.sql("".join("ALTER TABLE `ost_%s` CONVERT TO CHARACTER SET %s COLLATE %s_general_ci;" % (t, character_set, character_set)
                              for t in TABLES))
        if character_set != "utf8mb3":
            self.addCleanup(self.give, "utf8mb3")
            self.addCleanup(demo.reset, self.desk)

    def tearDown(self):
        demo.put_mails_to_rest(self.desk)

    def entry(self):
        columns = "type,format,flags & 64,poster,title,body"
        return dict(zip(columns.split(","), self.desk.sql(
            "SELECT %s FROM ost_thread_entry ORDER BY id DESC LIMIT 1" % columns)[0]))

    def create(self, **fields):
        answer = create(self.desk, **fields)
        self.assertEqual(201, answer.status, str(answer))
        return answer.text

    def shown(self, number):
        return self.desk.get("/tickets/ticketInfo?ticketNumber=" + number, key=demo.KEY).json["ticket"]

    def test_a_typed_message_keeps_what_its_column_lacks(self):
        number = self.create(message="Ω 😀 <b> & so\non")
        entry = self.entry()
        self.assertEqual(("html", "64"), (entry["format"], entry["flags & 64"]))
        self.assertRegex(entry["body"], r"^Ω &#x1F600; &lt;.*b&gt; &amp; so<br />\s*on$")
        self.assertIn("😀", self.shown(number)["thread_entries"][0]["model"]["body"])

    def test_a_typed_message_that_its_column_holds_stays_typed(self):
        for message in ("Ω <b>\non", "Ω 😀 <b>\non"):
            if "😀" in message:
                self.give("utf8mb4")
            self.create(message=message)
            entry = self.entry()
            self.assertEqual(("text", "0"), (entry["format"], entry["flags & 64"]))
            self.assertIn("😀" in message, ("😀" in entry["body"],))

    def test_without_rich_text_there_are_no_references(self):
        self.setting("enable_richtext", "0")
        self.create(message="Ω 😀")
        self.assertEqual(("text", "Ω \ufffd"), (self.entry()["format"], self.entry()["body"]))

    def everything(self, emoji):
        """A new ticket of a new user with an emoji everywhere; `emoji`: what becomes of it."""
        number = self.create(email="smile@post.example", name="Jo 😀", subject="Crane 😀", message="data:text/html,<p>Up 😀</p>",
                             attachments=[{"plan 😀.txt": "data:,x"}])
        ticket = self.shown(number)
        self.assertEqual("Crane " + emoji, ticket["subject"])
        self.assertEqual("Jo " + emoji, self.desk.value("SELECT name FROM ost_user ORDER BY id DESC LIMIT 1"))
        self.assertEqual(("Jo " + emoji, "Crane " + emoji), (self.entry()["poster"], self.entry()["title"]))
        self.assertEqual("plan %s.txt" % emoji, self.desk.value("SELECT name FROM ost_file ORDER BY id DESC LIMIT 1"))
        self.assertEqual("Crane " + emoji, self.desk.value("SELECT subject FROM ost_ticket__cdata ORDER BY ticket_id DESC LIMIT 1"))
        self.assertEqual("%s Crane %s" % (number, emoji), self.desk.value(
            "SELECT title FROM ost__search WHERE object_type='T' ORDER BY object_id DESC LIMIT 1"))
        self.assertIn("Jo " + emoji, self.desk.value(
            "SELECT title FROM ost__search WHERE object_type='U' ORDER BY object_id DESC LIMIT 1"))
        return self.entry()["body"]

    def test_columns_of_four_bytes_hold_everything(self):
        self.give("utf8mb4")
        self.assertEqual("<p>Up 😀</p>", self.everything("😀"))

    def test_columns_of_three_bytes_hold_references_in_html_alone(self):
        self.assertEqual("<p>Up &#x1F600;</p>", self.everything("\ufffd"))

    def test_what_is_copied_from_a_wide_column_to_a_narrow_one(self):
        for table in ("staff", "organization", "form_entry_values", "canned_response"):
            self.desk.sql("ALTER TABLE ost_%s CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci" % table)
            self.addCleanup(self.desk.sql, "SET sql_mode=''; ALTER TABLE ost_%s CONVERT TO CHARACTER SET utf8mb3 COLLATE "
                            "utf8mb3_general_ci" % table)
        self.addCleanup(demo.reset, self.desk)
        self.desk.sql("UPDATE ost_staff SET firstname='Tob😀',username='tob😀' WHERE staff_id=2;"
                      "UPDATE ost_form_entry_values SET value='Crane 😀' WHERE value='The crane does not turn' OR field_id=20;"
                      "UPDATE ost_canned_response SET response='<p>Up 😀</p>'")
        answer = demo.post_reply(self.desk, staffUserName="tob😀", response="", cannedResp="1", reply_status_id="3")
        self.assertEqual(200, answer.status, str(answer))
        self.assertEqual(("Tob\ufffd Okafor", "<p>Up &#x1F600;</p>"), (self.entry()["poster"], self.entry()["body"]))
        self.assertEqual("Crane 😀", self.shown("310042")["subject"])

    def test_a_body_that_latin_lacks_is_kept_in_references(self):
        self.desk.sql("SET sql_mode=''; ALTER TABLE ost_thread_entry CONVERT TO CHARACTER SET latin1")
        self.addCleanup(demo.reset, self.desk)
        self.addCleanup(self.desk.sql, "ALTER TABLE ost_thread_entry CONVERT TO CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci")
        answer = demo.post_reply(self.desk, response="<p>Größe Ω 😀</p>")
        self.assertEqual(200, answer.status, str(answer))
        self.assertEqual("<p>Größe &#x3A9; &#x1F600;</p>", self.entry()["body"])
        self.assertEqual("<p>Größe Ω 😀</p>", self.shown("310042")["thread_entries"][-1]["model"]["body"])


if __name__ == "__main__":
    unittest.main()
