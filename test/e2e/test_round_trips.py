# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply takes at most 16 round trips to the database, whatever it brings, and leaves the rows that it should. A mail takes no
more than it took when its statements were last looked through, an action at most 12, with its key and its mails, without files."""
import base64
import json
import os
import threading
import unittest
import uuid

import demo
import faulted_desk
import test_statement_faults
from desk import Desk, until

MOST = 16
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def uri(content, kind="text/plain"):
    return "data:%s;base64,%s" % (kind, base64.b64encode(content).decode())


def small(count, start=1):
    return [{"note%d.txt" % n: uri(b"note number %d" % n)} for n in range(start, start + count)]


class RoundTrips(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.desk.reload()  # a worker whose connection was lost prepares its statements anew in its next request

    def setUp(self):
        demo.reset(self.desk)

    @classmethod
    def tearDownClass(cls):
        demo.reset(cls.desk)

    def reply(self, most=MOST, headers=(), **fields):
        answer, line = demo.traced(self.desk, "POST", "/tickets/reply.json", str(uuid.uuid4()), body=demo.reply(**fields),
                                   headers=dict(headers))
        self.assertEqual(200, answer.status, str(answer))
        trips = int(line["round_trips"])
        if os.environ.get("SHOW_ROUND_TRIPS"):
            print("\n%3d %s" % (trips, self.id().rsplit(".", 1)[1]))
        self.assertLessEqual(trips, most)

    def attached(self):
        """What hangs on the newest response: name, content, whether inline, in the order of attachment."""
        rows = self.desk.sql("SET group_concat_max_len = 100000000; SELECT COALESCE(a.name, f.name), HEX((SELECT GROUP_CONCAT(c.filedata ORDER BY c.chunk_id "
                             "SEPARATOR '') FROM ost_file_chunk c WHERE c.file_id = f.id)), a.inline FROM ost_attachment a "
                             "JOIN ost_file f ON f.id = a.file_id WHERE a.type = 'H' AND a.object_id = (SELECT MAX(id) "
                             "FROM ost_thread_entry WHERE type = 'R') ORDER BY a.id")
        return [(name, bytes.fromhex(data) if data != "NULL" else None, inline) for name, data, inline in rows]

    def prepare_everything(self):
        """Whatever a reply may meet: drafts, an older closed event, collaborators, a file type that is not let in."""
        self.desk.sql("""
            INSERT INTO ost_draft (staff_id, namespace, body, created) VALUES (1, 'ticket.response.1', 'x', NOW()),
                (2, 'ticket.note.1', 'y', NOW()), (2, 'ticket.response.11', 'of another ticket', NOW());
            INSERT INTO ost_thread_event (thread_id, thread_type, event_id, staff_id, team_id, dept_id, topic_id, username,
                uid, uid_type, annulled, timestamp) VALUES (1, 'T', 2, 2, 0, 2, 1, 'tokafor', 2, 'S', 0, NOW()),
                (1, 'T', 4, 2, 0, 2, 1, 'tokafor', 2, 'S', 0, NOW());
            INSERT INTO ost_thread_collaborator (flags, thread_id, user_id, role, created, updated)
                SELECT 1, 1, u.id, 'M', NOW(), NOW() FROM ost_user u WHERE u.id > 1 AND u.id NOT IN
                (SELECT user_id FROM ost_thread_collaborator WHERE thread_id = 1);
            UPDATE ost_ticket SET isanswered = 0 WHERE ticket_id = 1;
            UPDATE ost_form_field SET configuration = '{"attachments":true,"extensions":".txt,.bin","size":600000}'
                WHERE name = 'message';
            """)

    def check_closed(self):
        self.assertEqual([["3", "1", "1"]], self.desk.sql("SELECT status_id, closed IS NOT NULL, isanswered FROM ost_ticket "
                                                          "WHERE ticket_id = 1"))
        self.assertEqual([["2", "1"], ["4", "0"], ["2", "0"]],
                         self.desk.sql("SELECT event_id, annulled FROM ost_thread_event WHERE thread_id = 1 AND id > 12 "
                                       "ORDER BY id"))
        self.assertEqual([["S", "2"]], self.desk.sql("SELECT object_type, object_id FROM ost_thread_referral "
                                                     "WHERE thread_id = 1"))
        self.assertEqual([["ticket.response.11"]], self.desk.sql("SELECT namespace FROM ost_draft WHERE namespace LIKE "
                                                                 "'ticket.%.1%'"))

    def test_plain(self):
        for _ in range(6):
            self.reply()

    def test_the_first_reply(self):
        for _ in range(6):
            self.desk.sql("UPDATE ost_ticket SET isanswered = 0 WHERE ticket_id = 1")
            self.reply()
            self.assertEqual("1", self.desk.value("SELECT isanswered FROM ost_ticket WHERE ticket_id = 1"))
        self.assertIn("310042", self.desk.value("SELECT title FROM ost__search WHERE object_type = 'T' AND object_id = 1"))

    def test_what_is_read_with_the_lock_is_what_its_last_holder_left(self):
        self.desk.sql("UPDATE ost_ticket SET isanswered = 0 WHERE ticket_id = 1")
        change = ("BEGIN; UPDATE ost_ticket SET updated = NOW() WHERE ticket_id = 1; UPDATE ost_form_entry_values v "
                  "JOIN ost_form_entry e ON e.id = v.entry_id SET v.value = 'A new subject' WHERE e.object_type = 'T' AND "
                  "e.object_id = 1 AND v.field_id = 20; UPDATE ost_user SET name = 'Renamed Person' WHERE id = 2; "
                  "SELECT SLEEP(2); COMMIT")
        holder = threading.Thread(target=self.desk.sql, args=(change,))
        holder.start()
        self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM information_schema.processlist WHERE info LIKE "
                                                    "'SELECT SLEEP(2)%'"), 5))
        self.reply(emailcollab="1")
        holder.join()
        self.assertEqual("310042 A new subject", self.desk.value("SELECT title FROM ost__search WHERE object_type = 'T' "
                                                                 "AND object_id = 1"))
        self.assertIn("Renamed Person", self.desk.value("SELECT recipients FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_closing_with_referral_drafts_and_an_older_closing(self):
        self.prepare_everything()
        self.reply(reply_status_id="3")
        self.check_closed()

    def test_reopening_with_an_sla(self):
        self.desk.sql("UPDATE ost_ticket SET sla_id = 2 WHERE ticket_id = 1")
        self.reply(reply_status_id="3")
        self.reply(reply_status_id="1")
        self.assertEqual([["1", "1", "1", "1"]], self.desk.sql("SELECT status_id, closed IS NULL, reopened IS NOT NULL, "
                                                               "est_duedate IS NOT NULL FROM ost_ticket WHERE ticket_id = 1"))
        self.assertEqual([["2", "1"], ["3", "0"]], self.desk.sql("SELECT event_id, annulled FROM ost_thread_event WHERE "
                                                                 "thread_id = 1 AND id > 12 ORDER BY id"))

    def test_new_attachments(self):
        for count in (1, 3, 5):
            with self.subTest(count):
                demo.reset(self.desk)
                self.reply(attachments=small(count))
                self.assertEqual([("note%d.txt" % n, b"note number %d" % n, "0") for n in range(1, count + 1)],
                                 self.attached())

    def test_files_whose_ids_do_not_follow_each_other(self):
        self.desk.sql("SET GLOBAL auto_increment_increment = 3")
        self.addCleanup(self.desk.reload)
        self.addCleanup(self.desk.sql, "SET GLOBAL auto_increment_increment = 1")
        self.desk.reload()
        large = os.urandom(1100000)
        self.reply(most=30, attachments=small(20) + [{"large.txt": uri(large)}] + small(3, 21))
        self.assertEqual([("note%d.txt" % n, b"note number %d" % n, "0") for n in range(1, 21)] + [("large.txt", large, "0")] +
                         [("note%d.txt" % n, b"note number %d" % n, "0") for n in range(21, 24)], self.attached())

    def test_more_attachments_than_one_statement_takes(self):
        self.reply(most=24, attachments=small(40))
        self.assertEqual([("note%d.txt" % n, b"note number %d" % n, "0") for n in range(1, 41)], self.attached())

    def test_large_attachments(self):
        large, binary = os.urandom(1300000), bytes(range(256)) * 300
        self.reply(attachments=[{"large.bin": uri(large, "application/octet-stream")}, {"b.bin": uri(binary)}])
        self.assertEqual([("large.bin", large, "0"), ("b.bin", binary, "0")], self.attached())
        self.assertEqual([["512000"], ["512000"], ["276000"], ["76800"]],
                         self.desk.sql("SELECT LENGTH(filedata) FROM ost_file_chunk WHERE file_id > 3 ORDER BY file_id, chunk_id"))

    def test_attachments_that_are_there_already(self):
        self.reply(attachments=small(3))
        files = self.desk.value("SELECT COUNT(*) FROM ost_file")
        self.reply(attachments=small(2) + [{"other name.txt": uri(b"note number 3")}])
        self.assertEqual(files, self.desk.value("SELECT COUNT(*) FROM ost_file"))
        self.assertEqual([("note1.txt", b"note number 1", "0"), ("note2.txt", b"note number 2", "0"),
                          ("other name.txt", b"note number 3", "0")], self.attached())
        self.assertEqual([["NULL"], ["NULL"], ["other name.txt"]],
                         self.desk.sql("SELECT name FROM ost_attachment WHERE object_id = 18 AND type = 'H' ORDER BY id"))

    def test_the_same_attachment_twice_in_a_request(self):
        self.reply(attachments=[{"a.txt": uri(b"same")}, {"b.txt": uri(b"else")}, {"c.txt": uri(b"same")}])
        self.assertEqual([("c.txt", b"same", "0"), ("b.txt", b"else", "0")], self.attached())
        self.assertEqual([["a.txt"], ["b.txt"]], self.desk.sql("SELECT name FROM ost_file WHERE id > 3 ORDER BY id"))

    def test_refused_attachments(self):
        self.prepare_everything()
        self.reply(attachments=small(1) + [{"x%d.exe" % n: uri(b"MZ")} for n in range(4)])
        self.assertEqual([("note1.txt", b"note number 1", "0")], self.attached())
        self.assertEqual([["N", "File Import Error", "x%d.exe: File type is not allowed" % n, "SYSTEM", "128", "text"]
                          for n in range(4)],
                         self.desk.sql("SELECT type, title, body, poster, flags, format FROM ost_thread_entry WHERE id > 16 "
                                       "AND type = 'N' ORDER BY id"))
        self.assertEqual("R", self.desk.value("SELECT type FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_embedded_and_shown_images(self):
        pixel = uri(base64.b64decode(PIXEL), "image/png")
        known = "gauge000000000000000000000000001"
        self.desk.sql("UPDATE ost_file SET `key` = '%s' WHERE id = 1" % known)
        self.reply(response='<p>look <img src="%s" /> and <img src="%s" /> and <img src="cid:%s" /></p>'
                   % (pixel, pixel, known))
        self.assertEqual([(base64.b64decode(PIXEL), "1")] * 2, [row[1:] for row in self.attached()[:2]])
        self.assertEqual(3, len(self.attached()))
        self.assertEqual("1", self.desk.value("SELECT inline FROM ost_attachment WHERE object_id = 17 AND file_id = 1"))
        self.assertEqual("3", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry e JOIN ost_attachment a ON a.object_id = "
                                              "e.id JOIN ost_file f ON f.id = a.file_id WHERE e.id = 17 AND a.type = 'H' "
                                              "AND e.body LIKE BINARY CONCAT('%cid:', f.`key`, '%')"))

    def test_a_body_too_long_for_its_column(self):
        text = "<p>" + "long " * 20000 + "end</p>"
        self.reply(response=text, attachments=small(2))
        self.assertEqual([("note1.txt", "0"), ("note2.txt", "0")], [(r[0], r[2]) for r in self.attached()[:2]])
        self.assertEqual((text.encode(), "1"), self.attached()[2][1:])

    def test_the_canned_response_with_its_files(self):
        self.reply(cannedResp="1", attachments=small(1))
        self.assertEqual(["0", "0"], [row[2] for row in self.attached()])

    def test_the_canned_text_in_place_of_the_response(self):
        self.reply(response="", cannedResp="1")
        self.assertIn("quay", self.desk.value("SELECT body FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_collaborators(self):
        self.prepare_everything()
        self.reply(emailcollab="1", signature="dept")
        self.assertIn('"cc"', self.desk.value("SELECT recipients FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))

    def test_characters_that_the_columns_do_not_hold(self):
        self.reply(response="<p>\U0001F600</p>", attachments=[{"\U0001F600%d.txt" % n: uri(b"%d" % n)} for n in range(3)])
        self.assertEqual(["\ufffd%d.txt" % n for n in range(3)], [row[0] for row in self.attached()])

    def test_all_together(self):
        self.prepare_everything()
        self.reply(reply_status_id="3", emailcollab="1", signature="mine", cannedResp="1", from_email_id="2",
                   response='<p>look <img src="%s" /></p>' % uri(base64.b64decode(PIXEL), "image/png"),
                   attachments=small(5) + [{"x.exe": uri(b"MZ")}, {"again.txt": uri(b"note number 1")}])
        self.check_closed()
        self.assertEqual(7, len(self.attached()))
        self.assertIn('"cc"', self.desk.value("SELECT recipients FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail WHERE kind = 'ticket.reply' AND "
                                              "entry_id = (SELECT MAX(id) FROM ost_thread_entry)"))


class MailRoundTrips(demo.FreshDesk):
    """Of a mail of 20 kB from somebody known, each with its key and all that it writes."""
    HEAD = ("From: Anna <%s>\r\nTo: <%s>\r\nSubject: A lamp\r\nMessage-ID: <%s@mail.example>\r\n%sMIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n%s\r\n")
    FILE = ("--b\r\nContent-Type: application/pdf; name=%s.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk.reload()

    def setUp(self):
        super().setUp()
        self.setting("ticket_autoresponder", "1")
        self.setting("message_autoresponder", "1")
        self.sender = self.desk.value("SELECT address FROM ost_user_email ORDER BY id LIMIT 1")
        self.mailbox = self.desk.value("SELECT email FROM ost_email ORDER BY email_id LIMIT 1")

    def mail(self, mid, files=(), more=""):
        parts = "".join(self.FILE % (uuid.uuid4().hex, base64.b64encode(os.urandom(12000)).decode()) for _ in files)
        return (self.HEAD % (self.sender, self.mailbox, mid, more, "It is dark. " * 300) + parts + "--b--\r\n").encode()

    def take(self, most, *files, answers=None, more=""):
        """The Message-ID of a mail that was taken in with at most so many round trips."""
        for _ in range(3):  # the statements are prepared by then
            mid = uuid.uuid4().hex
            if answers:
                more = "In-Reply-To: <%s@mail.example>\r\n" % answers
            answer, line = demo.traced(self.desk, "POST", "/tickets.email", str(uuid.uuid4()), body=self.mail(mid, files, more))
            self.assertEqual(201, answer.status, str(answer))
            trips = int(line["round_trips"])
        if os.environ.get("SHOW_ROUND_TRIPS"):
            print("\n%3d %s" % (trips, self.id().rsplit(".", 1)[1]))
        self.assertLessEqual(trips, most)
        return mid

    def test_a_new_ticket(self):
        self.take(11)

    def test_a_new_ticket_with_an_attachment(self):
        self.take(12, "one")
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_attachment WHERE type = 'H' AND object_id = (SELECT MAX(id) FROM "
                                              "ost_thread_entry)"))
        self.assertEqual(["ticket.autoresp", "ticket.alert"],
                         [row[0] for row in self.desk.sql("SELECT kind FROM fcgi_ost_mail WHERE entry_id = (SELECT MAX(id) FROM "
                                                          "ost_thread_entry) ORDER BY id")])

    def test_an_answer(self):
        first = self.take(30)
        self.take(9, answers=first)

    def test_an_answer_with_attachments(self):
        first = self.take(30)
        self.take(12, "one", "two", "three", answers=first)
        self.assertEqual("3", self.desk.value("SELECT COUNT(*) FROM ost_attachment WHERE type = 'H' AND object_id = (SELECT MAX(id) FROM "
                                              "ost_thread_entry)"))

    def test_the_same_mail_once_more(self):
        mail, trips = self.mail("again"), []
        for _ in range(4):
            answer, line = demo.traced(self.desk, "POST", "/tickets.email", str(uuid.uuid4()), body=mail)
            self.assertEqual(201, answer.status, str(answer))
            trips.append(int(line["round_trips"]))
        self.assertLessEqual(trips[-1], 3)


class ActionRoundTrips(demo.FreshDesk):
    """Of each action, as much as it can do at once, and of some with less."""
    MOST = 12
    MORE = {"canned reply": 16,  # what it says of the ticket is read, and its files
            "an organization's edit": 13,  # whoever names another one alike waits
            "close": 13, "atomic bulk": 18, "merge": 38}  # several tickets: some for each

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk.reload()

    def trips(self, action):
        """What the third one takes: the statements are prepared by then."""
        body = action.body if not isinstance(action.body, dict) else json.dumps({k: v for k, v in action.body.items() if k != "attachments"})
        for _ in range(3):
            demo.reset(self.desk)
            self.desk.sql(faulted_desk.PREPARED + ";" + action.sql)
            answer, line = demo.traced(self.desk, action.method, action.path.replace("{number}", "310042"), str(uuid.uuid4()), body=body,
                                       headers=action.headers)
            self.assertIn(answer.status, (200, 201), str(answer))
        if os.environ.get("SHOW_ROUND_TRIPS"):
            print("\n%3s %s" % (line["round_trips"], action.name))
        return int(line["round_trips"])

    def test_twenty_tickets_of_a_bulk_are_found_locked_and_read_at_once(self):
        for atomic in (False, True):
            for action, body, for_each in (("note", {"note": "x"}, 3), ("note", {"note": "x", "alert": False}, 2), ("status", {"state": "closed"}, 3),
                                           ("patch", {"source": "Phone"}, 4)):
                with self.subTest(action, atomic=atomic):
                    self.assertLessEqual(self.trips_of_twenty(action, body, atomic), 20 * for_each + 9)

    def trips_of_twenty(self, action, body, atomic):
        """What the third one takes: the statements are prepared by then."""
        for _ in range(3):
            demo.reset(self.desk)
            self.desk.sql(faulted_desk.PREPARED + ";INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated) "
                          "SELECT n.seq,n.seq,1,1,2,NOW(),NOW() FROM %s n;INSERT INTO ost_thread(object_id,object_type,created) SELECT n.seq,'T',NOW() "
                          "FROM %s n" % (2 * (demo.numbers(101, 120),)))
            answer, line = demo.traced(self.desk, "POST", "/tickets/bulk.json", str(uuid.uuid4()), body={
                "tickets": [str(n) for n in range(101, 121)], "action": action, "body": {**faulted_desk.AGENT, **body}, "atomic": atomic})
            self.assertEqual({200, 201} & {result["status"] for result in answer.json["results"]}, {result["status"] for result in answer.json["results"]}, str(answer))
        if os.environ.get("SHOW_ROUND_TRIPS"):
            print("\n%3s %s of 20, atomic: %s" % (line["round_trips"], action, atomic))
        return int(line["round_trips"])

    def test_no_action_takes_more_than_is_said(self):
        for action in test_statement_faults.ACTIONS:
            with self.subTest(action.name):
                self.assertLessEqual(self.trips(action), self.MORE.get(action.name, self.MOST))


if __name__ == "__main__":
    unittest.main()
