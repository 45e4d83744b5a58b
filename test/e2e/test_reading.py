# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading as the contract has it: both forms of the URL, the lists, what is left out, and that nothing is stale."""
import hashlib
import os
import subprocess
import unittest

import demo
from desk import Desk

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Reading(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)

    def tearDown(self):
        if getattr(self, "dirty", False):
            demo.reset(self.desk)

    def get(self, path, **more):
        answer = self.desk.get(path, key=demo.KEY, **more)
        self.assertEqual(200, answer.status, str(answer))
        return answer

    def info(self, number="310042"):
        return self.get("/tickets/ticketInfo?ticketNumber=" + number).json["ticket"]

    def test_both_forms_of_the_url_answer_alike(self):
        for path in ("/tickets", "/tickets/ticketInfo?ticketNumber=310042"):
            self.assertEqual(self.get(path, prefix="/api").body, self.get(path, prefix="/api/http.php").body)

    def test_doubled_slashes_work_as_in_php(self):
        # nginx merges them for PHP; a client's base URL that ends in one makes them.
        for prefix, path in (("", "//tickets"), ("/", "/tickets"), ("/", "//tickets//ticketInfo?ticketNumber=310042")):
            self.assertEqual(200, self.desk.get(path, key=demo.KEY, prefix=prefix + self.desk.path).status, prefix + path)

    def test_of_several_tickets_with_one_number_the_first_is_meant(self):
        self.dirty = True
        self.desk.sql("UPDATE ost_ticket SET number='310045' WHERE ticket_id IN (2, 3)")
        self.assertEqual(self.desk.value("SELECT subject FROM ost_ticket__cdata WHERE ticket_id=2"),
                         self.info("310045")["subject"])

    def test_the_documented_ticket(self):
        ticket = self.info()
        self.assertEqual(
            ["ticket_number", "subject", "ticket_status", "statusId", "priority", "department", "create_timestamp",
             "user_name", "user_email", "user_phone", "source", "due_timestamp", "close_timestamp", "help_topic",
             "last_message_timestamp", "last_response_timestamp", "assigned_to", "thread_entries"], list(ticket))
        self.assertEqual({"address": "anna@quay.example"}, ticket["user_email"])
        self.assertEqual("Workshop / Field service", ticket["department"])
        self.assertEqual("(312) 555-0142", ticket["user_phone"])
        self.assertEqual([0, 0, 1], [entry["annotations"]["has_attachments"] for entry in ticket["thread_entries"]])

    def test_an_editor_is_a_name_and_no_password_leaves(self):
        self.desk.sql("UPDATE ost_staff SET passwd = '$2a$08$SECRETHASHSECRETHASH'")
        self.dirty = True
        answer = self.get("/tickets/ticketInfo?ticketNumber=310043")
        self.assertEqual("Marieke de Vries", answer.json["ticket"]["thread_entries"][1]["model"]["editor"])
        self.assertNotIn("SECRETHASH", answer.text)

    def test_json_is_written_as_php_writes_it(self):
        text = self.get("/tickets/ticketInfo?ticketNumber=310046").text
        self.assertIn("\\u767a\\u96fb", text)
        self.assertIn("\\/api\\/tickets\\/310042", self.get("/tickets").text)
        self.assertTrue(text.isascii())

    def test_a_number_with_letters_is_found(self):
        self.assertEqual("Keys left at the desk", self.info("HT-0007")["subject"])

    def test_numbers_that_nobody_has(self):
        for number, text in (("999999", "Ticket not found"), ("ABC-1", "Invalid ticket number")):
            answer = self.desk.get("/tickets/ticketInfo?ticketNumber=" + number, key=demo.KEY)
            self.assertEqual((404, text), (answer.status, answer.text))

    def test_missing_parameters_are_named(self):
        for path, name in (("ticketInfo", "ticketNumber"), ("staffTickets", "staffUserName"),
                           ("clientTickets", "clientUserMail")):
            for query in ("", "?%s=" % name, "?%s=0" % name):
                answer = self.desk.get("/tickets/" + path + query, key=demo.KEY)
                self.assertEqual((422, "missing %s parameter " % name), (answer.status, answer.text))

    def test_unknown_people_are_404_in_the_same_envelope(self):
        for path in ("staffTickets?staffUserName=nobody", "clientTickets?clientUserMail=x@y.example"):
            answer = self.desk.get("/tickets/" + path, key=demo.KEY)
            self.assertEqual(404, answer.status)
            self.assertEqual([], answer.json["tickets"])
            self.assertEqual("FAILURE", answer.json["status_code"])
            self.assertTrue(answer.json["status_msg"])

    def test_lists_are_ordered_by_ticket_id_and_carry_status(self):
        tickets = self.get("/tickets/staffTickets?staffUserName=TOKAFOR").json["tickets"]
        self.assertEqual(["310042", "310043", "310047"], [t["ticket_number"] for t in tickets])
        self.assertEqual([t["ticket_status"] for t in tickets], [t["status"] for t in tickets])

    def test_a_client_without_tickets_has_an_empty_list(self):
        answer = self.get("/tickets/clientTickets?clientUserMail=nobody@post.example").json
        self.assertEqual({"tickets": [], "status_code": "0", "status_msg": "success"}, answer)

    def test_a_client_is_found_by_any_address_and_reads_no_notes(self):
        tickets = self.get("/tickets/clientTickets?clientUserMail=anna.lindqvist%40post.example").json["tickets"]
        self.assertEqual(["310042", "310043", "HT-0007"], [t["ticket_number"] for t in tickets])
        types = [e["model"]["type"] for t in tickets for e in t["thread_entries"]]
        self.assertNotIn("N", types)
        self.assertIn("R", types)

    def test_the_list_of_all(self):
        rows = self.get("/tickets").json
        self.assertEqual(8, len(rows))
        self.assertEqual([["number", "310044"], ["created", "2025-03-06 14:00:00"], ["updated", "2025-03-07 15:30:00"],
                          ["closed", "2025-03-07 15:30:00"], ["href", "/api/tickets/310044"]], rows[2])

    def test_a_ticket_without_owner_or_status_does_not_spoil_the_list(self):
        self.dirty = True
        self.desk.sql("UPDATE ost_ticket SET user_id = 999 WHERE ticket_id = 1; "
                      "UPDATE ost_ticket SET dept_id = 999, topic_id = 999 WHERE ticket_id = 2")
        tickets = self.get("/tickets/staffTickets?staffUserName=tokafor").json["tickets"]
        self.assertEqual(["310042", "310043", "310047"], [t["ticket_number"] for t in tickets])
        self.assertIsNone(tickets[1]["department"])

    def test_a_writer_whose_name_is_empty_or_0_goes_by_his_address_everywhere(self):
        self.dirty = True
        for name in ("", "0"):
            self.desk.sql("UPDATE ost_user SET name = '%s' WHERE id = 1" % name)
            tickets = [self.info()] + self.get("/tickets/staffTickets?staffUserName=tokafor").json["tickets"][:1]
            tickets += self.get("/tickets/clientTickets?clientUserMail=anna@quay.example").json["tickets"][:1]
            self.assertEqual(["anna"] * 3, [t["thread_entries"][0]["model"]["user_name"]["name"] for t in tickets])

    def test_a_phone_field_whose_format_is_null_has_the_usual_one_everywhere(self):
        self.dirty = True
        self.desk.sql("UPDATE ost_form_field SET configuration = '{\"format\":null}' WHERE id = 3")
        tickets = [self.info()] + self.get("/tickets/staffTickets?staffUserName=tokafor").json["tickets"][:1]
        tickets += self.get("/tickets/clientTickets?clientUserMail=anna@quay.example").json["tickets"][:1]
        self.assertEqual(["(312) 555-0142"] * 3, [t["user_phone"] for t in tickets])

    def test_a_field_that_is_almost_named_phone_is_none_anywhere(self):
        self.dirty = True
        self.desk.sql("INSERT INTO ost_form_field (id, form_id, type, label, name, sort, created, updated) "
                      "VALUES (60, 1, 'text', 'x', 'phone ', 0, NOW(), NOW()), (61, 1, 'text', 'x', 'phöne', 0, NOW(), NOW()); "
                      "INSERT INTO ost_form_entry_values (entry_id, field_id, value) VALUES (1, 60, '1'), (1, 61, '2')")
        tickets = [self.info()] + self.get("/tickets/staffTickets?staffUserName=tokafor").json["tickets"][:1]
        tickets += self.get("/tickets/clientTickets?clientUserMail=anna@quay.example").json["tickets"][:1]
        self.assertEqual(["(312) 555-0142"] * 3, [t["user_phone"] for t in tickets])

    def test_settings_of_the_help_desk_take_effect_on_the_next_request(self):
        self.dirty = True
        self.assertEqual("Open", self.info()["ticket_status"])
        for statement, field, value in (
                ("UPDATE ost_ticket_status SET name = 'Fresh' WHERE id = 1", "ticket_status", "Fresh"),
                ("UPDATE ost_department SET name = 'Shed' WHERE id = 2", "department", "Shed / Field service"),
                ("UPDATE ost_help_topic SET topic = 'Mending' WHERE topic_id = 2", "help_topic",
                 "Mending / Machine stands still"),
                ("UPDATE ost_ticket_priority SET priority_desc = 'Now' WHERE priority_id = 4", "priority", "Now"),
                ("INSERT INTO ost_translation (object_hash, type, flags, lang, text, source_text) VALUES "
                 "('%s', 'phrase', 0, 'en_US', 'Outdoors', '')" % hashlib.md5(b'dept.name.3').hexdigest()[16:], "department", "Outdoors")):
            # Asked of every worker, more or less: none may know the old value.
            self.desk.sql(statement)
            for _ in range(12):
                self.assertEqual(value, self.info()[field])

    def test_a_list_is_the_same_without_the_index_that_it_streams_by(self):
        paths = ("/tickets/staffTickets?staffUserName=tokafor", "/tickets/clientTickets?clientUserMail=anna@quay.example")
        self.dirty = True
        # An older entry with a younger id, an edited one, files, a body in a file, a ticket whose thread is a child's.
        self.desk.sql("UPDATE ost_thread_entry SET created = '2025-03-03 09:00:00' WHERE id = 3; "
                      "UPDATE ost_thread_entry SET body = '' WHERE id = 4; UPDATE ost_file SET type = 'text/html' WHERE id = 3; "
                      "INSERT INTO ost_attachment (object_id, type, file_id, inline) VALUES (4, 'H', 3, 1), (4, 'H', 1, 0), (3, 'H', 2, 0); "
                      "INSERT INTO ost_file_chunk (file_id, chunk_id, filedata) VALUES (3, 1, ' and later'); "
                      "UPDATE ost_thread SET object_type = 'C' WHERE id = 6; UPDATE ost_thread_entry SET user_id = 4 WHERE id = 5; "
                      "UPDATE ost_user SET name = '' WHERE id = 4")
        streamed = [self.get(path).text for path in paths]
        self.assertIn("Mo-Fr 7:30 to 16:00 and later", streamed[0])
        self.desk.sql("DROP INDEX fcgi_entries ON ost_thread_entry")
        try:
            done = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True,
                                  text=True, check=False)
            self.assertRegex(done.stdout, r"(?m)^warning: .*thread_entry\.thread_id.*CREATE INDEX fcgi_entries ON .*created")
            self.assertEqual(streamed, [self.get(path).text for path in paths])
        finally:
            self.desk.load(os.path.join(ROOT, "schema", "fcgi-indexes.sql"))
            self.desk.load(os.path.join(ROOT, "schema", "fcgi-indexes.sql"))  # again does no harm
        self.assertEqual(streamed, [self.get(path).text for path in paths])

    def test_a_table_in_another_character_set_reads_the_same(self):
        self.desk.sql("UPDATE ost_thread_entry SET body = '<p>Größe 3 à la carte</p>' WHERE id = 1; "
                      "UPDATE ost_thread_entry SET body = '-' WHERE id > 3")
        self.dirty = True
        before = self.get("/tickets/ticketInfo?ticketNumber=310042").text
        self.assertIn("Gr\\u00f6\\u00dfe 3 \\u00e0 la carte", before)
        self.desk.sql("ALTER TABLE ost_thread_entry MODIFY body text CHARACTER SET latin1 NOT NULL")
        try:
            self.desk.reload()
            for _ in range(8):
                self.assertEqual(before, self.get("/tickets/ticketInfo?ticketNumber=310042").text)
        finally:
            self.desk.sql("ALTER TABLE ost_thread_entry MODIFY body text CHARACTER SET utf8mb3 NOT NULL")
            self.desk.reload()

    def test_no_cookie_no_sql_no_caching_and_a_reason(self):
        answer = self.get("/tickets")
        self.assertEqual("no-store", answer.header("cache-control"))
        self.assertEqual("application/json; charset=UTF-8", answer.header("content-type"))
        for name in ("set-cookie", "test", "pragma", "expires", "x-powered-by"):
            self.assertNotIn(name, answer.headers)
        self.assertEqual("OK", answer.reason)
        self.assertTrue(self.desk.get("/tickets").reason)

    def test_a_request_id_is_passed_on_or_made(self):
        self.assertEqual("from-outside-1", self.get("/tickets", headers={"X-Request-Id": "from-outside-1"})
                         .header("x-request-id"))
        made = {self.get("/tickets").header("x-request-id") for _ in range(3)}
        self.assertEqual(3, len(made))


if __name__ == "__main__":
    unittest.main()
