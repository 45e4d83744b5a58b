# SPDX-License-Identifier: GPL-2.0-or-later
"""A new ticket: what it leaves in the database, that it is there whole or not at all, and that many at once get numbers
of their own. The clients that exist are played at the end.

CREATE_SECONDS in the environment: how long the crowds create (5).
"""
import collections
import json
import os
import re
import signal
import threading
import time
import unittest

import demo
from desk import Desk, until

SECONDS = float(os.environ.get("CREATE_SECONDS", "5"))
CLIENTS = 16


def ticket(**fields):
    """The body of a request that becomes a ticket."""
    body = {"email": "anna@quay.example", "name": "Anna Lindqvist", "subject": "Crane is stuck",
            "message": "It does not turn.", "ip": "192.0.2.77"}
    body.update(fields)
    return {name: value for name, value in body.items() if value is not None}


def post(desk, key=demo.KEY, headers=(), **fields):
    return desk.request("POST", "/tickets.json", body=ticket(**fields), key=key, headers=dict(headers))


class Create(demo.FreshDesk):
    def create(self, **fields):
        """The id of the new ticket."""
        answer = post(self.desk, **fields)
        self.assertEqual(201, answer.status, str(answer))
        return self.desk.value("SELECT ticket_id FROM ost_ticket WHERE number = '%s'" % answer.text)

    def row(self, table, columns, condition):
        rows = self.desk.sql("SELECT %s FROM ost_%s WHERE %s" % (columns, table, condition))
        self.assertEqual(1, len(rows), rows)
        return rows[0]

    def events(self, number):
        return self.desk.sql("SELECT e.name, h.staff_id, h.team_id, h.username, h.uid, h.uid_type, h.data FROM "
                             "ost_thread_event h JOIN ost_event e ON e.id = h.event_id JOIN ost_thread t ON "
                             "t.id = h.thread_id WHERE t.object_id = %s ORDER BY h.id" % number)

    def refused(self, status, text, **fields):
        before = self.desk.counts()
        answer = post(self.desk, **fields)
        self.assertEqual((status, text), (answer.status, answer.text), str(answer))
        self.assertEqual(before, self.desk.counts(), "a refused request left something")

    # ---- rows ------------------------------------------------------------------------------------------------------
    def test_the_answer_is_the_bare_number(self):
        answer = post(self.desk)
        self.assertEqual((201, "Created"), (answer.status, answer.reason))
        self.assertRegex(answer.text, r"\A[1-9][0-9]{5}\Z")
        self.assertEqual("text/plain; charset=utf-8", answer.header("content-type").lower())
        self.assertEqual(str(len(answer.body)), answer.header("content-length"))

    def test_the_rows_of_a_ticket_of_a_known_user(self):
        number = self.create(topicId=2)
        self.assertEqual(["1", "1", "2", "0", "0", "192.0.2.77", "API", "0", "NULL"],
                         self.row("ticket", "user_id, status_id, topic_id, staff_id, isanswered, ip_address, source, flags, closed",
                                  "ticket_id = " + number))
        self.assertEqual(["T", "1"], self.row("thread", "object_type, lastmessage IS NOT NULL", "object_id = " + number))
        thread = self.desk.value("SELECT id FROM ost_thread WHERE object_type='T' AND object_id=" + number)
        self.assertEqual(["M", "1", "1", "Anna Lindqvist", "API", "Crane is stuck", "It does not turn.", "text", "NULL"],
                         self.row("thread_entry", "type, user_id, flags, poster, source, title, body, format, recipients",
                                  "thread_id = " + thread))
        self.assertEqual([["created", "0", "0", "SYSTEM", "1", "U", "NULL"]], self.events(number))
        self.assertEqual(["Crane is stuck", "2"], self.row("ticket__cdata", "subject, priority", "ticket_id = " + number))

    def test_a_new_user_s_name_is_kept_without_commas_everywhere(self):
        for given, kept in (("Doe, John, Jr.", "John Doe Jr."), ("jane.roe@stage.example", "Jane Roe")):
            self.create(email=kept[:4].lower() + "@stage.example", name=given)
            self.assertEqual(kept, self.desk.value("SELECT name FROM ost_user ORDER BY id DESC LIMIT 1"))
            self.assertEqual(kept, self.desk.value("SELECT poster FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))
            self.assertEqual(kept, self.desk.value("SELECT title FROM ost__search WHERE object_type='U' ORDER BY object_id DESC LIMIT 1"))

    def test_percent_signs_in_a_message_stay(self):
        self.create(message="data:text/html,<a href=\"http://x.example/a%20b?q=%2F\">100%</a>")
        self.assertIn("a%20b?q=%2F", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))
        self.create(message="data: 12/05, ora 10, like '%ad%'")
        self.assertEqual("data: 12/05, ora 10, like '%ad%'", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_a_file_s_type_and_bytes_are_stored_as_meant(self):
        self.create(attachments=[{"name": "a.txt", "type": "text/html;image/", "content": "one"},
                                 {"b.txt": "data:text/plain;charset=iso-8859-1;base64,6Q==", "c.txt": "two"}])
        self.assertEqual([["a.txt", "text/html", "6F6E65"], ["b.txt", "text/plain", "E9"], ["c.txt", "text/plain", "74776F"]],
                         self.desk.sql("SELECT f.name, f.type, HEX(k.filedata) FROM ost_file f JOIN ost_file_chunk k ON k.file_id=f.id "
                                       "JOIN ost_attachment a ON a.file_id=f.id ORDER BY a.id DESC LIMIT 3")[::-1])

    def test_an_empty_address_is_the_message_s_own_but_not_the_ticket_s(self):
        for given, message in (("", ""), ("0", ""), ("192.0.2.7", "192.0.2.7"), (None, "127.0.0.1")):
            number = self.create(ip=given)
            self.assertEqual([message or "127.0.0.1", message],
                             self.row("ticket t JOIN ost_thread h ON h.object_id=t.ticket_id AND h.object_type='T' JOIN "
                                      "ost_thread_entry e ON e.thread_id=h.id", "t.ip_address, e.ip_address",
                                      "t.ticket_id=" + number), given)

    def test_the_subject_0_is_no_title_for_search(self):
        self.create(subject="0")
        self.assertEqual(["0", ""], self.row("thread_entry e JOIN ost__search s ON s.object_type='H' AND s.object_id=e.id",
                                             "e.title, s.title", "e.id=(SELECT MAX(id) FROM ost_thread_entry)"))

    def test_the_poster_s_name_is_shown_as_the_help_desk_shows_names(self):
        for form, name in (("first", "Anna"), ("formal", "Lindqvist"), ("lastfirst", "Lindqvist, Anna"), ("original", "Anna Lindqvist")):
            self.setting("client_name_format", form)
            self.create()
            self.assertEqual([name, "Anna Lindqvist"],
                             self.row("thread_entry e JOIN ost_user u ON u.id=e.user_id", "e.poster, u.name",
                                      "e.id=(SELECT MAX(id) FROM ost_thread_entry)"), form)

    def test_a_new_user_is_there_with_his_forms(self):
        self.create(email="new@stage.example", name="New User", phone="5551234X9")
        self.assertEqual(["New User", "0", "0"], self.row("user", "name, org_id, status", "id > 6"))
        self.assertEqual(["7"], self.row("user_email", "user_id - (SELECT MAX(id) FROM ost_user) + 7",
                                         "address = 'new@stage.example'"))
        self.assertEqual(["5551234X9", ""], self.row("user__cdata", "phone, notes", "user_id > 6"))

    def test_a_new_user_belongs_to_the_organization_of_his_domain(self):
        for domain, address, organization in (("quay.example", "x@QUAY.example", "1"), ("a.example, QUAY.example ", "w@quay.example", "1"), (".quay.example", "x@b.quay.example", "0"),
                                              (".quay.example", "y@quay.example", "0"), ("quay.example", "z@akquay.example", "0")):
            self.desk.sql("UPDATE ost_organization SET domain='%s'" % domain)
            self.create(email=address, name="Somebody")
            self.assertEqual([organization], self.row("user", "org_id", "id=(SELECT MAX(id) FROM ost_user)"), domain)

    def test_no_text_is_lost(self):
        typed = "if (a<b) {x}\n\u00a9 \u00ae <foo@bar.com> 5 > 3\n\U0001F680"
        number = self.create(message=typed, subject="Caf\u00e9 \u00a9 <x>")
        answer = self.desk.get("/tickets/ticketInfo?ticketNumber=" + self.desk.value(
            "SELECT number FROM ost_ticket WHERE ticket_id=" + number), key=demo.KEY)
        body = answer.json["ticket"]["thread_entries"][0]["model"]["body"]
        for part in ("a&lt;b", "\u00a9 \u00ae", "foo@bar.com", "5 &gt; 3"):
            self.assertIn(part, body)
        stored = self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1")
        self.assertTrue(stored.startswith("if (a&lt;b) {x}"), stored)

    def test_a_long_body_is_kept_whole_in_a_file(self):
        typed = "0123456789" * 10000
        self.create(message=typed)
        self.assertEqual(["", "text"], self.row("thread_entry", "body, format", "id=(SELECT MAX(id) FROM ost_thread_entry)"))
        self.assertEqual(["1", "text/html", "100000"], self.row(
            "attachment a JOIN ost_file f ON f.id=a.file_id", "a.inline, f.type, f.size",
            "a.type='H' AND a.object_id=(SELECT MAX(id) FROM ost_thread_entry)"))

    def test_attachments_and_the_note_of_one_that_is_not_let_in(self):
        self.desk.sql("""UPDATE ost_form_field SET configuration='{"attachments":true,"extensions":".txt"}' WHERE name='message'""")
        self.create(attachments=[{"a.txt": "data:text/plain;base64,YWJj"}, {"b.exe": "data:application/x-dosexec;base64,YWJj"}])
        entries = self.desk.sql("SELECT type, title, body, poster, flags FROM ost_thread_entry WHERE id > 16 ORDER BY id")
        self.assertEqual([["N", "File Import Error", "b.exe: File type is not allowed", "SYSTEM", "128"],
                          ["M", "Crane is stuck", "It does not turn.", "Anna Lindqvist", "1"]], entries)
        self.assertEqual(["a.txt", "3", "YWJj"], self.row("attachment a JOIN ost_file f ON f.id=a.file_id JOIN ost_file_chunk c "
                                                          "ON c.file_id=f.id", "f.name, f.size, TO_BASE64(c.filedata)",
                                                          "a.type='H' AND a.object_id > 16"))

    def test_the_note_of_a_refused_file_with_an_endless_name(self):
        # 65,536 bytes were more than the column holds, and of longer ones nothing was left.
        for size in (65515, 70000):
            self.create(attachments=[{"n" * size: "data:text/plain,"}])
            self.assertEqual(["n" * 255 + ": Unable to save file"],
                             self.row("thread_entry", "body", "title='File Import Error' ORDER BY id DESC LIMIT 1"))

    # ---- what the help desk makes of it ----------------------------------------------------------------------------
    def test_a_topic_that_assigns_to_an_agent(self):
        self.desk.sql("UPDATE ost_help_topic SET staff_id=2, team_id=0 WHERE topic_id=2")
        number = self.create(topicId=2)
        self.assertEqual(["2", "0"], self.row("ticket", "staff_id, team_id", "ticket_id = " + number))
        self.assertEqual(["assigned", "2", "0", "Ticket Filter", "NULL", "S", '{"staff":2}'], self.events(number)[-1])
        self.desk.sql("UPDATE ost_staff SET onvacation=1 WHERE staff_id=2")
        number = self.create(topicId=2)
        self.assertEqual(["0"], self.row("ticket", "staff_id", "ticket_id = " + number), "he is on vacation")

    def test_a_topic_that_assigns_to_a_team(self):
        number = self.create(topicId=3, machine="P-118", serial="1")
        self.assertEqual(["0", "1"], self.row("ticket", "staff_id, team_id", "ticket_id = " + number))
        self.assertEqual(["assigned", "0", "1", "Ticket Filter", "NULL", "S", '{"team":1}'], self.events(number)[-1])

    def test_a_closed_ticket_and_another_open_status(self):
        self.desk.sql("UPDATE ost_help_topic SET status_id=3, staff_id=2 WHERE topic_id=2")
        number = self.create(topicId=2)
        self.assertEqual(["3", "1", "0"], self.row("ticket", "status_id, closed = created, staff_id", "ticket_id = " + number))
        self.assertEqual(["closed", "0", "0", "SYSTEM", "NULL", "S", '{"status":[3,"Closed"]}'], self.events(number)[-1])
        self.desk.sql("UPDATE ost_help_topic SET status_id=6, staff_id=0 WHERE topic_id=2")
        number = self.create(topicId=2)
        self.assertEqual(["6", "NULL"], self.row("ticket", "status_id, closed", "ticket_id = " + number))

    def test_a_ticket_with_answers_missing_is_not_closed(self):
        self.desk.sql("UPDATE ost_help_topic SET status_id=3 WHERE topic_id=2; INSERT INTO ost_form_field(id,form_id,flags,type,"
                      "label,name,configuration,sort,created,updated) VALUES(90,2,5,'text','Solution','solution','{}',9,NOW(),NOW())")
        self.refused(400, "Unable to create new ticket :err\nThis ticket is missing data on  one or more required fields  and "
                     "cannot be closed", topicId=2)

    def test_an_organization_s_members_take_part_and_its_manager_gets_the_ticket(self):
        self.desk.sql("UPDATE ost_organization SET status=1|4, manager='s2'")
        number = self.create()
        thread = self.desk.value("SELECT id FROM ost_thread WHERE object_type='T' AND object_id=" + number)
        self.assertEqual([["2", "3", "M"]], self.desk.sql("SELECT user_id, flags, role FROM ost_thread_collaborator WHERE thread_id=" + thread))
        self.assertEqual([["created", "SYSTEM"], ["collab", "SYSTEM"], ["collab", "SYSTEM"], ["assigned", "Ticket Filter"]],
                         [[event[0], event[3]] for event in self.events(number)])
        self.assertEqual(['{"add":{"2":{"name":"Dr. Piet Jan van Dam Jr."}}}', '{"org":1}', '{"staff":2}'],
                         [event[6] for event in self.events(number)][1:])
        entry = self.row("thread_entry", "flags, recipients", "thread_id = " + thread)
        self.assertEqual("513", entry[0])
        row = self.desk.value("SELECT id FROM ost_thread_collaborator WHERE thread_id=" + thread)
        self.assertEqual({"cc": {row: "Dr. Piet Jan van Dam Jr. <Piet.vanDam@quay.example>"}}, json.loads(entry[1]))

    def test_several_who_take_part_are_named_by_their_rows_in_the_order_of_their_names(self):
        self.desk.sql("UPDATE ost_organization SET status=1; UPDATE ost_user SET org_id=1 WHERE id IN (1, 2, 3)")
        thread = self.desk.value("SELECT id FROM ost_thread WHERE object_type='T' AND object_id=" + self.create())
        rows = self.desk.sql("SELECT c.id, CONCAT(u.name, ' <', m.address, '>'), c.flags FROM ost_thread_collaborator c "
                             "JOIN ost_user u ON u.id=c.user_id JOIN ost_user_email m ON m.id=u.default_email_id "
                             "WHERE c.thread_id=%s ORDER BY u.name" % thread)
        self.assertEqual(["3", "3"], [row[2] for row in rows])
        flags, recipients = self.row("thread_entry", "flags, recipients", "thread_id = " + thread)
        self.assertEqual("257", flags)
        self.assertEqual({"cc": {row[0]: row[1] for row in rows}}, json.loads(recipients))
        self.assertEqual([row[0] for row in rows], list(json.loads(recipients)["cc"]))

    def test_an_agent_is_a_silent_collaborator_where_the_help_desk_wants_that(self):
        self.desk.sql("UPDATE ost_organization SET status=1; UPDATE ost_user_email m JOIN ost_user u ON u.default_email_id=m.id "
                      "SET m.address=(SELECT email FROM ost_staff WHERE staff_id=2) WHERE u.id=2")
        for on, flags, recipients in (("0", "3", "0"), ("1", "2", "1")):
            self.setting("disable_agent_collabs", on)
            self.create()
            self.assertEqual([flags], self.row("thread_collaborator", "flags", "thread_id=(SELECT MAX(id) FROM ost_thread)"))
            self.assertEqual([recipients, "1" if on == "1" else "513"],
                             self.row("thread_entry", "recipients IS NULL, flags", "id=(SELECT MAX(id) FROM ost_thread_entry)"))

    def test_primary_contacts_only(self):
        self.desk.sql("UPDATE ost_organization SET status=2; UPDATE ost_user SET status=1 WHERE id=2; "
                      "INSERT INTO ost_user(id,org_id,default_email_id,status,name,created,updated) VALUES(8,1,0,0,'Not he',NOW(),NOW())")
        self.create()
        self.assertEqual(["2"], self.row("thread_collaborator", "user_id", "thread_id=(SELECT MAX(id) FROM ost_thread)"))

    # ---- numbers ---------------------------------------------------------------------------------------------------
    def test_numbers_of_a_sequence_and_of_a_topic_of_its_own(self):
        self.setting("ticket_sequence_id", "1")
        self.setting("ticket_number_format", "TK-####")
        self.assertEqual("TK-0001", post(self.desk).text)
        self.desk.sql("UPDATE ost_sequence SET next=99999, increment=3, padding='*' WHERE id=1")
        self.assertEqual("TK-99999", post(self.desk).text)
        self.assertEqual(["100002"], self.row("sequence", "next", "id=1"))
        self.desk.sql("UPDATE ost_help_topic SET flags=flags|1, sequence_id=2, number_format='R\\\\##-##' WHERE topic_id=2; "
                      "UPDATE ost_sequence SET next=7, padding='*' WHERE id=2")
        self.assertRegex(post(self.desk, topicId=2).text, r"\AR#\*-\*7\Z")

    def test_a_number_that_is_taken_is_passed_over(self):
        self.setting("ticket_sequence_id", "1")
        self.setting("ticket_number_format", "3100##")
        self.desk.sql("UPDATE ost_sequence SET next=42, padding='0' WHERE id=1")
        self.assertEqual("310048", post(self.desk).text, "42 to 47 are there already")

    def test_a_refused_request_leaves_nothing_not_even_a_user(self):
        self.setting("ticket_sequence_id", "1")
        self.refused(400, "Unable to create new ticket :20\nIn a few words is a required field", subject=None,
                     email="somebody.new@stage.example")
        self.refused(400, "Unable to create new ticket :21\nWhat it is about is a required field", message=None,
                     email="somebody.new@stage.example")
        self.refused(400, "Unable to create new ticket :user\nIncomplete client information", email="nonsense")

    # ---- all or nothing --------------------------------------------------------------------------------------------
    def killed_while_it_waits_for(self, table):
        """A ticket with a file from somebody new, whose worker dies while this table cannot be written."""
        self.setting("ticket_sequence_id", "1")
        before = self.desk.counts()
        release, held = threading.Event(), threading.Event()

        def hold():
            import subprocess  # pylint: disable=import-outside-toplevel
            with subprocess.Popen(["mariadb", "--no-defaults", "-S", self.desk.env["SOCK"], "-u", "root", "-N", "-n",
                                   self.desk.env["DB"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
                client.stdin.write(b"LOCK TABLES %s READ; SELECT 1;\n" % table.encode())
                client.stdin.flush()
                client.stdout.readline()
                held.set()
                release.wait(30)
        holder = threading.Thread(target=hold)
        holder.start()
        self.addCleanup(holder.join)
        self.addCleanup(release.set)
        self.assertTrue(held.wait(10))
        answers = []
        asking = threading.Thread(target=lambda: answers.append(post(
            self.desk, email="late@stage.example", name="Late", attachments=[{"x.txt": "data:,x"}])))
        asking.start()
        self.assertTrue(until(lambda: self.desk.sql("SELECT id FROM information_schema.processlist WHERE user='osticket' AND "
                                                    "state LIKE '%lock%'"), 10), "nothing was written to " + table)
        for pid in self.desk.workers():
            os.kill(pid, signal.SIGKILL)
        asking.join(30)
        release.set()
        until(lambda: not self.desk.sql("SELECT id FROM information_schema.processlist WHERE user='osticket' AND command='Query'"), 10)
        time.sleep(0.2)
        self.assertEqual(502, answers[0].status)
        return before

    def test_a_worker_killed_in_the_middle_leaves_nothing(self):
        for table in ("ost_thread_entry", "ost__search"):
            with self.subTest(table):
                before = self.killed_while_it_waits_for(table)
                self.assertEqual(before, self.desk.counts(), "half a ticket was left")
                self.assertTrue(until(lambda: self.desk.get("/tickets", key=demo.KEY).status == 200, 10))
                self.assertEqual(201, post(self.desk).status)
                demo.reset(self.desk)

    # ---- many at once ----------------------------------------------------------------------------------------------
    def crowd(self, fields):
        """CLIENTS clients create for SECONDS; fields(client, n) gives each request's. All answers."""
        answers, end = [], time.time() + SECONDS

        def work(client):
            n = 0
            while time.time() < end:
                answers.append(post(self.desk, **fields(client, n)))
                n += 1
        threads = [threading.Thread(target=work, args=(client,)) for client in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print("%d tickets in %.0f s by %d clients" % (len(answers), SECONDS, CLIENTS), flush=True)
        bad = collections.Counter(str(a) for a in answers if a.status != 201)
        self.assertFalse(bad, bad.most_common(3))
        self.assertEqual(len(answers), len({a.text for a in answers}), "a number twice")
        self.assertEqual(str(len(answers)), self.desk.value("SELECT COUNT(*) FROM ost_ticket WHERE ticket_id > 8"))
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_ticket t WHERE ticket_id > 8 AND NOT EXISTS(SELECT 1 "
                                              "FROM ost_thread h JOIN ost_thread_entry e ON e.thread_id=h.id WHERE "
                                              "h.object_id=t.ticket_id AND h.object_type='T')"), "half a ticket")
        return answers

    def test_a_crowd_gets_the_numbers_of_a_sequence_without_a_gap(self):
        self.setting("ticket_sequence_id", "1")
        self.setting("ticket_number_format", "S####")
        first = int(self.desk.value("SELECT next FROM ost_sequence WHERE id=1"))
        answers = self.crowd(lambda client, n: {"email": "c%d.%d@crowd.example" % (client, n) if n % 2 else "anna@quay.example",
                                                "name": "C", "topicId": 1 + n % 2})
        self.assertEqual(list(range(first, first + len(answers))), sorted(int(a.text[1:]) for a in answers), "a gap")
        self.assertEqual(str(first + len(answers)), self.desk.value("SELECT next FROM ost_sequence WHERE id=1"))

    def test_two_sequences_that_count_through_the_same_numbers_give_none_twice(self):
        self.setting("ticket_sequence_id", "1")
        self.setting("ticket_number_format", "S####")
        self.desk.sql("INSERT INTO ost_sequence (id, name, flags, next, increment, padding, updated) SELECT 90, 'Other', 0, next, "
                      "1, '0', NOW() FROM ost_sequence WHERE id = 1; UPDATE ost_help_topic SET flags = flags | 1, sequence_id = 90, "
                      "number_format = 'S####' WHERE topic_id = 2")
        self.crowd(lambda client, n: {"topicId": 1 + client % 2})

    def test_a_crowd_gets_random_numbers(self):
        self.crowd(lambda client, n: {})

    def test_a_crowd_of_requests_for_one_new_address_makes_one_user(self):
        answers = self.crowd(lambda client, n: {"email": "one%d@crowd.example" % n, "name": "One"})
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_user_email e WHERE e.user_id=0"))
        self.assertEqual(self.desk.value("SELECT COUNT(*) FROM ost_user_email WHERE address LIKE 'one%@crowd.example'"),
                         self.desk.value("SELECT COUNT(*) FROM ost_user WHERE name='One'"), len(answers))

    def test_the_cost_of_a_ticket(self):
        """In round trips to the database, once a worker has its statements prepared; the key's is among them."""
        costs = []
        for n in range(20):
            answer, line = demo.traced(self.desk, "POST", "/tickets.json", "cost-%d-%d" % (os.getpid(), n), body=ticket(topicId=2))
            self.assertEqual(201, answer.status)
            costs.append(int(line["round_trips"]))
        self.assertLessEqual(min(costs), 18, costs)

    # ---- clients that exist ----------------------------------------------------------------------------------------
    def test_the_stock_php_example(self):
        """JSON with a form's Content-Type and an empty Expect."""
        for headers in ({"Expect": "", "User-Agent": "osTicket API Client v1.7"}, {"Expect": "100-continue"}):
            answer = self.desk.request("POST", "/tickets.json", body=json.dumps(ticket()), key=demo.KEY,
                                       headers={"Content-Type": "application/x-www-form-urlencoded", **headers})
            self.assertEqual(201, answer.status, str(answer))
            self.assertEqual(answer.text, str(int(answer.text)))

    def test_the_reason_phrase_that_the_mail_pipe_matches(self):
        body = json.dumps(ticket())
        reply = self.desk.raw(("POST %s/tickets.json HTTP/1.1\r\nHost: desk\r\nX-API-Key: %s\r\nContent-Length: %d\r\n"
                               "Connection: close\r\n\r\n%s" % (self.desk.path, demo.KEY, len(body), body)).encode(), end=False)
        self.assertRegex(reply, rb"\AHTTP/1\.1 201 Created\r\n")

    def test_both_urls_and_an_address_that_is_none(self):
        for prefix in ("/api", "/api/http.php"):
            answer = self.desk.request("POST", "/tickets.json", body=ticket(ip="None"), key=demo.KEY, prefix=prefix)
            self.assertEqual(201, answer.status, str(answer))
        self.assertEqual("None", self.desk.value("SELECT ip_address FROM ost_ticket ORDER BY ticket_id DESC LIMIT 1"))

    def test_xml(self):
        body = ('<?xml version="1.0" encoding="UTF-8"?><ticket alert="true" autorespond="true" source="API"><name>Anna</name>'
                '<email>anna@quay.example</email><subject>From XML</subject><message type="text/plain"><![CDATA[a < b]]></message>'
                '</ticket>')
        answer = self.desk.request("POST", "/tickets.xml", body=body, key=demo.KEY, headers={"Content-Type": "text/plain"})
        self.assertEqual(201, answer.status, str(answer))
        self.assertEqual("a &lt; b", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_keys_without_the_permission_write_nothing(self):
        before = self.desk.counts()
        for key in (None, demo.READ_ONLY_KEY, demo.SWITCHED_OFF_KEY):
            self.assertEqual(401, post(self.desk, key=key).status)
        self.assertEqual(before, self.desk.counts())

    def test_undocumented_fields_have_no_effect(self):
        number = self.create(staffId=2, teamId=1, statusId=3, deptId=3, slaId=2, uid=3, assignId="s2", ccs=[2, 3], flags=4,
                             cannedResponseId=1, duedate="2031-01-01")
        self.assertEqual(["1", "1", "0", "0", "NULL"], self.row("ticket", "user_id, status_id, staff_id, team_id, duedate",
                                                                "ticket_id = " + number))
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_thread_collaborator WHERE thread_id="
                                              "(SELECT MAX(id) FROM ost_thread)"))


class Internal(unittest.TestCase):
    """With [create] allow_internal_fields: what agents may do."""
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("create", ["create.allow_internal_fields=yes"])

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def setUp(self):
        demo.reset(self.desk)

    def columns(self, columns, **fields):
        answer = post(self.desk, **fields)
        self.assertEqual(201, answer.status, str(answer))
        return self.desk.sql("SELECT %s FROM ost_ticket WHERE number='%s'" % (columns, answer.text))[0]

    def test_department_status_sla_agent_and_user(self):
        self.assertEqual(["2", "6", "2", "2", "3"], self.columns("dept_id, status_id, sla_id, staff_id, user_id", deptId=2,
                                                                statusId=6, slaId=2, staffId=2, uid=3))

    def test_assignment_with_a_note(self):
        self.assertEqual(["2"], self.columns("staff_id", assignId="s2", note="Please look."))
        self.assertEqual([["N", "Ticket Assigned to Tobenna Okafor", "SYSTEM (Auto Assignment)", "Please look.", "127.0.0.1"]],
                         self.desk.sql("SELECT type, title, poster, body, ip_address FROM ost_thread_entry WHERE type='N' AND id > 16"))
        self.assertEqual('{"staff":[2,"Tobenna Okafor"]}',
                         self.desk.value("SELECT data FROM ost_thread_event ORDER BY id DESC LIMIT 1"))

    def test_collaborators_by_id(self):
        self.columns("1", ccs=[2, 3])
        self.assertEqual([["2", "3"], ["3", "3"]], self.desk.sql("SELECT user_id, flags FROM ost_thread_collaborator WHERE "
                                                                "thread_id=(SELECT MAX(id) FROM ost_thread) ORDER BY id"))

    def test_an_agent_by_his_user_name(self):
        self.assertEqual(["2"], self.columns("staff_id", assignee="tokafor"))
        answer = post(self.desk, assignee="nobody")
        self.assertEqual(422, answer.status, str(answer))
        self.assertRegex(answer.text, "assignee")

    def test_a_canned_reply(self):
        self.columns("1", cannedResponseId=1)
        row = self.desk.sql("SELECT type, poster, flags, format, staff_id, pid > 0 FROM ost_thread_entry ORDER BY id DESC LIMIT 1")[0]
        self.assertEqual(["R", "SYSTEM (Canned Reply)", "192", "html", "0", "1"], row)


class Browser(unittest.TestCase):
    """A page of another origin creates a ticket."""
    desk: Desk
    ORIGIN = "https://desk.example.org"

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("browser", ["cors.origins=" + cls.ORIGIN])

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def test_preflight_and_fetch(self):
        headers = {"Origin": self.ORIGIN, "Access-Control-Request-Method": "POST",
                   "Access-Control-Request-Headers": "content-type,x-api-key"}
        preflight = self.desk.request("OPTIONS", "/tickets.json", headers=headers)
        self.assertEqual(204, preflight.status, str(preflight))
        self.assertEqual(self.ORIGIN, preflight.header("access-control-allow-origin"))
        self.assertIn("x-api-key", preflight.header("access-control-allow-headers").lower())
        answer = post(self.desk, headers={"Origin": self.ORIGIN})
        self.assertEqual((201, self.ORIGIN), (answer.status, answer.header("access-control-allow-origin")))
        self.assertIsInstance(json.loads(answer.text), int)

    def test_another_origin_is_not_let_in(self):
        headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
        preflight = self.desk.request("OPTIONS", "/tickets.json", headers=headers)
        self.assertEqual("", preflight.header("access-control-allow-origin"))


if __name__ == "__main__":
    unittest.main()
