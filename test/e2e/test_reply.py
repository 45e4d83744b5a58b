# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply: what it leaves in the database, and that it is there whole or not at all."""
import base64
import html
import json
import os
import signal
import threading
import time
import unittest

import demo
from desk import until


# Entry, search row, attachment, file, event; the ticket closed and answered.
WHOLE_REPLY = "1111131"


class Reply(demo.FreshDesk):
    def reply(self, **fields):
        answer = demo.post_reply(self.desk, **fields)
        self.assertEqual((200, {"status_code": "0", "status_msg": "success"}), (answer.status, answer.json), str(answer))

    def entry(self):
        """The newest entry, by column."""
        columns = "type,thread_id,staff_id,user_id,poster,pid,format,flags & 64,body,ip_address,source,title,updated"
        row = self.desk.sql("SELECT %s FROM ost_thread_entry ORDER BY id DESC LIMIT 1" % columns)[0]
        return dict(zip(columns.split(","), row))

    def test_the_row_of_a_reply(self):
        self.reply(response="<p>It <b>runs</b>.</p>")
        self.assertEqual({"type": "R", "thread_id": "1", "staff_id": "2", "user_id": "0", "poster": "Tobenna Okafor",
                          "pid": "3", "format": "html", "flags & 64": "64", "body": "<p>It <b>runs</b>.</p>",
                          "ip_address": "127.0.0.1", "source": "", "title": "NULL",
                          "updated": "0000-00-00 00:00:00"}, self.entry())
        self.assertEqual("1", self.desk.value("SELECT isanswered FROM ost_ticket WHERE ticket_id = 1"))
        self.assertEqual("1", self.desk.value("SELECT lastresponse > NOW() - INTERVAL 1 MINUTE FROM ost_thread WHERE id = 1"))
        self.assertEqual("It runs .", self.desk.value("SELECT content FROM ost__search WHERE object_type = 'H' "
                                                     "AND object_id = 17"))

    def test_script_is_cleaned_away(self):
        self.reply(response="<p onclick='x()'>a<script>alert(1)</script></p>")
        self.assertEqual("<p>a</p>", self.entry()["body"])

    def test_plain_text_keeps_its_line_breaks(self):
        self.reply(response="one\ntwo")
        self.assertRegex(self.entry()["body"], r"one\s*<br\s*/?>\s*two")

    def test_a_text_that_speaks_of_tags_keeps_them_and_its_lines(self):
        for text in ("Put a <table> with one <col> here\nand there", "Tom &amp; Jerry\nsaw it", "#include <stdio.h>\nint x = a<b && c>d;",
                     "<note>\n<to>Jo</to>\n</note>", "cat <a >b\nend "):
            self.reply(response=text)
            answer = self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY)
            body = answer.json["ticket"]["thread_entries"][-1]["model"]["body"]
            self.assertEqual(html.unescape(text), html.unescape(body.replace("<br />", "\n")))

    def test_a_no_mails_nobody(self):
        for no in ("false", "No", "off", "none", False, 0):
            self.reply(emailreply=no)
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail WHERE kind='ticket.reply'"))
        answer = self.desk.request("POST", "/tickets/reply.json", key=demo.KEY, body=json.dumps(demo.reply(emailreply="nein")))
        self.assertEqual((400, 'emailreply must be "1" or "0"'), (answer.status, answer.text))

    def test_a_copyright_sign_and_an_emoji_are_not_lost(self):
        self.reply(response="© 2025 😀")
        answer = self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY)
        body = answer.json["ticket"]["thread_entries"][-1]["model"]["body"]
        self.assertIn("©", body)
        self.assertTrue("😀" in body or "&#128512;" in body or "&#x1F600;" in body, body)

    def test_a_body_of_a_hundred_thousand_bytes_is_stored_whole(self):
        text = "<p>" + "long " * 20000 + "end</p>"
        self.reply(response=text)
        answer = self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY)
        body = answer.json["ticket"]["thread_entries"][-1]["model"]["body"]
        self.assertTrue(body.endswith("end</p>"), body[-50:])
        self.assertEqual(len(text), len(body))

    def test_the_ticket_number_as_an_integer_is_its_decimal_text(self):
        self.desk.sql("UPDATE ost_ticket SET number = '0310042' WHERE ticket_id = 2")
        self.reply(ticketNumber=310042)
        self.assertEqual("1", self.entry()["thread_id"])

    def test_a_number_with_letters(self):
        self.reply(ticketNumber="HT-0007", staffUserName="mvries")
        self.assertEqual("7", self.entry()["thread_id"])

    def test_only_four_fields_and_a_form_content_type(self):
        answer = self.desk.request("POST", "/tickets/reply.json", key=demo.KEY, body='{"ticketNumber":"310042",'
                                   '"response":"x","reply_status_id":"3","staffUserName":"tokafor"}',
                                   headers={"Content-Type": "application/x-www-form-urlencoded", "Expect": ""})
        self.assertEqual(200, answer.status, str(answer))

    def begin_connections_with(self, statement):
        self.desk.sql("SET GLOBAL init_connect = \"%s\"" % statement)
        self.addCleanup(self.desk.reload)
        self.addCleanup(self.desk.sql, "SET GLOBAL init_connect = ''")
        self.desk.reload()

    def test_a_connection_that_begins_with_another_collation(self):
        """As MySQL's client library asks for one, and an administrator may."""
        self.begin_connections_with("SET collation_connection = 'utf8mb4_unicode_ci'")
        for _ in range(4):
            self.reply()

    def test_a_connection_whose_values_begin_with_another_collation(self):
        """As MariaDB 11.5 and later give them utf8mb4_uca1400_ai_ci."""
        self.begin_connections_with("SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci")
        for _ in range(4):
            self.reply()

    def test_close_and_reopen(self):
        self.reply(reply_status_id="3")
        self.assertEqual([["3", "1"]], self.desk.sql("SELECT status_id, closed IS NOT NULL FROM ost_ticket WHERE ticket_id = 1"))
        event = self.desk.sql("SELECT e.name, t.data, t.username, t.uid, t.uid_type, t.annulled FROM ost_thread_event t "
                              "JOIN ost_event e ON e.id = t.event_id WHERE thread_id = 1 ORDER BY t.id DESC LIMIT 1")[0]
        self.assertEqual(["closed", '{"status":[3,"Closed"]}', "tokafor", "2", "S", "0"], event)
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_referral WHERE thread_id = 1 AND "
                                              "object_type = 'S' AND object_id = 2"))
        self.reply(reply_status_id=1)
        self.assertEqual([["1", "1", "1"]], self.desk.sql("SELECT status_id, closed IS NULL, reopened IS NOT NULL "
                                                          "FROM ost_ticket WHERE ticket_id = 1"))
        self.assertEqual("1", self.desk.value("SELECT annulled FROM ost_thread_event WHERE thread_id = 1 AND event_id = 2"))

    def test_an_open_task_of_whatever_kind_keeps_a_ticket_open(self):
        for kind in ("T", "A"):
            self.desk.sql("DELETE FROM ost_task")
            self.desk.sql("INSERT INTO ost_task (object_id, object_type, number, flags, created, updated) "
                          "VALUES (1, '%s', '1', 1, NOW(), NOW())" % kind)
            self.reply(reply_status_id="3")
            self.assertEqual("1", self.desk.value("SELECT status_id FROM ost_ticket WHERE ticket_id = 1"))
        self.desk.sql("UPDATE ost_task SET flags = 0")
        self.reply(reply_status_id="3")
        self.assertEqual("3", self.desk.value("SELECT status_id FROM ost_ticket WHERE ticket_id = 1"))

    def test_a_ticket_that_may_not_come_back_to_its_agent_keeps_him(self):
        self.desk.sql("UPDATE ost_department SET flags = flags | 32")
        for allowed, agent in (('"0"', "2"), ('""', "2"), ("0", "2"), ("false", "2"), ('"1"', "0"), ("true", "0")):
            self.desk.sql("UPDATE ost_ticket SET staff_id = 2, status_id = 1 WHERE ticket_id = 1")
            self.desk.sql("UPDATE ost_ticket_status SET properties = '{\"allowreopen\":%s,\"reopenstatus\":0}' "
                          "WHERE id = 3" % allowed)
            self.reply(reply_status_id="3")
            self.reply(reply_status_id="1")
            self.assertEqual([["1", agent]], self.desk.sql("SELECT status_id, staff_id FROM ost_ticket "
                                                           "WHERE ticket_id = 1"), allowed)

    def test_a_status_that_is_no_status_is_ignored(self):
        for status in ("99", "4", "5"):
            self.reply(reply_status_id=status)
            self.assertEqual("1", self.desk.value("SELECT status_id FROM ost_ticket WHERE ticket_id = 1"))

    def test_attachments_as_a_list_and_as_an_object(self):
        content = b"a\x00b\xff" * 100
        uri = "data:application/octet-stream;base64," + base64.b64encode(content).decode()
        for attachments in ([{"gauge.bin": uri}], {"gauge.bin": uri},
                            [{"name": "gauge.bin", "type": "application/octet-stream", "encoding": "base64",
                              "data": base64.b64encode(content).decode()}]):
            demo.reset(self.desk)
            self.reply(attachments=attachments)
            row = self.desk.sql("SELECT f.name, f.size, f.type, a.inline, HEX(c.filedata) FROM ost_attachment a "
                                "JOIN ost_file f ON f.id = a.file_id JOIN ost_file_chunk c ON c.file_id = f.id "
                                "WHERE a.type = 'H' AND a.object_id = 17")
            self.assertEqual([["gauge.bin", "400", "application/octet-stream", "0", content.hex().upper()]], row)

    def test_a_text_may_bring_a_thousand_images_and_no_more(self):
        images = ['<img src="data:image/png;base64,%s">' % base64.b64encode(b"%04d" % i).decode() for i in range(1001)]
        refused = demo.post_reply(self.desk, response="".join(images))
        self.assertEqual((413, "a text holds more than 1000 images"), (refused.status, refused.text))
        self.assertEqual("3", self.desk.value("SELECT COUNT(*) FROM ost_file"))
        self.reply(response="".join(images[1:]))
        self.assertEqual("1000", self.desk.value("SELECT COUNT(*) FROM ost_attachment WHERE inline = 1"))

    def test_undocumented_fields_have_no_effect(self):
        self.reply(files=[{"id": 2}], title="x", source="x", poster="x", mid="<x@y>", header="From: x", id=1, threadId=5,
                   staffId=3, created="2001-01-01 00:00:00", type="N", flags=4)
        entry = self.entry()
        self.assertEqual(("R", "1", "2", "", "NULL"), tuple(entry[c] for c in ("type", "thread_id", "staff_id", "source", "title")))
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_attachment WHERE object_id = 17"))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry_email"))

    def test_the_documented_address_is_stored(self):
        self.reply(ip_address="2001:db8::1")
        self.assertEqual("2001:db8::1", self.entry()["ip_address"])

    def test_the_canned_response_stands_in_for_an_empty_text_with_its_files_and_no_others(self):
        self.reply(response="", cannedResp="1", cannedattachments=["3", "2"])
        self.assertIn("at the quay on every working day", self.entry()["body"])
        self.assertEqual([["3"]], self.desk.sql("SELECT file_id FROM ost_attachment WHERE type = 'H' AND object_id = 17"))

    def test_unknown_tickets_and_agents_leave_nothing(self):
        before = self.desk.counts()
        uri = "data:text/plain;base64,eA=="
        for fields in ({"ticketNumber": "nope"}, {"staffUserName": "nope"}):
            answer = demo.post_reply(self.desk, attachments=[{"x.txt": uri}], **fields)
            self.assertEqual(404, answer.status, str(answer))
        self.assertEqual(before, self.desk.counts())

    def rows_of_a_reply(self):
        return self.desk.sql("SELECT (SELECT COUNT(*) FROM ost_thread_entry WHERE id > 16), "
                             "(SELECT COUNT(*) FROM ost__search WHERE object_type = 'H' AND object_id > 16), "
                             "(SELECT COUNT(*) FROM ost_attachment WHERE object_id > 16), (SELECT COUNT(*) FROM ost_file WHERE id > 3), "
                             "(SELECT COUNT(*) FROM ost_thread_event WHERE id > 12), (SELECT status_id FROM ost_ticket "
                             "WHERE ticket_id = 1), (SELECT isanswered FROM ost_ticket WHERE ticket_id = 1)")[0]

    def hold(self, table):
        """Lets a reply come as far as its first write to `table` and no further, until the returned event is set."""
        release, held = threading.Event(), threading.Event()

        def run():
            import subprocess  # pylint: disable=import-outside-toplevel
            with subprocess.Popen(["mariadb", "--no-defaults", "-S", self.desk.env["SOCK"], "-u", "root", "-N", "-n",
                                   self.desk.env["DB"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
                client.stdin.write(("LOCK TABLES %s READ; SELECT 1;\n" % table).encode())
                client.stdin.flush()
                client.stdout.readline()
                held.set()
                release.wait(30)
        thread = threading.Thread(target=run)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(release.set)
        self.assertTrue(held.wait(10))
        return release

    def kill_in_mid_reply(self, kill, may_be_done=False):
        """What is answered when `kill` falls upon a worker that waits for its last writes. `may_be_done`: they may be on their way, the COMMIT
        among them."""
        before = self.rows_of_a_reply()
        release = self.hold("ost__search")
        answers = []
        fields = {"reply_status_id": "3", "attachments": [{"x.txt": "data:text/plain;base64,eHl6"}]}
        thread = threading.Thread(target=lambda: answers.append(demo.post_reply(self.desk, **fields)))
        thread.start()
        waiting = until(lambda: self.desk.sql("SELECT id FROM information_schema.processlist WHERE user = 'osticket' AND "
                                              "state LIKE '%lock%'"), 10)
        self.assertTrue(waiting, "the reply wrote nothing to the search table")
        kill(waiting[0][0])
        thread.join(30)
        release.set()
        until(lambda: not self.desk.sql("SELECT id FROM information_schema.processlist WHERE user = 'osticket' AND "
                                        "command = 'Query'"), 10)
        time.sleep(0.2)
        self.assertIn(self.rows_of_a_reply(), (before, list(WHOLE_REPLY)) if may_be_done else (before,), "half a reply was left")
        self.assertNotEqual(200, answers[0].status)
        return answers[0]

    def test_a_worker_killed_in_mid_reply_leaves_all_of_it_or_nothing(self):
        def kill(_):
            for pid in self.desk.workers():
                os.kill(pid, signal.SIGKILL)
        answer = self.kill_in_mid_reply(kill, may_be_done=True)
        self.assertEqual(502, answer.status)
        self.assertEqual("", answer.header("retry-after"), "nobody knows whether it was written")
        self.assertTrue(until(lambda: self.desk.get("/tickets", key=demo.KEY).status == 200, 10))
        self.reply()

    def test_a_connection_lost_in_mid_reply_leaves_nothing_and_is_not_tried_again(self):
        answer = self.kill_in_mid_reply(lambda connection: self.desk.sql("KILL " + connection))
        self.assertEqual(503, answer.status, str(answer))
        self.reply()
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE id > 16"))

    def test_replies_at_once_are_all_there_and_none_twice(self):
        answers = []
        threads = [threading.Thread(target=lambda n=n: answers.append(demo.post_reply(self.desk, response="number %d;" % n,
                                                                                      reply_status_id=str(n % 3 + 1))))
                   for n in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        good = [a for a in answers if a.status == 200]
        self.assertEqual(24, len(good), [str(a) for a in answers if a.status != 200][:3])
        self.assertEqual("24", self.desk.value("SELECT COUNT(DISTINCT body) FROM ost_thread_entry WHERE id > 16"))
        self.assertEqual("24", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE type = 'R' AND thread_id = 1"))


if __name__ == "__main__":
    unittest.main()
