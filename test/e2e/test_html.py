# SPDX-License-Identifier: GPL-2.0-or-later
"""HTML of clients: too much of it is refused, and what was there already holds nobody up; what is escaped is text."""
import time
import unittest

import demo
import post
from test_create_hostile import json_of

CELLS = "<td>x" * 1600000  # 8 MB


class Html(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.at_once = 30 if cls.desk.is_sanitized() else 5  # seconds, beside other tests
        demo.reset(cls.desk)

    def tearDown(self):
        demo.reset(self.desk)

    def body(self, number="310042"):
        answer = self.desk.get("/tickets/ticketInfo?ticketNumber=" + number, key=demo.KEY)
        self.assertEqual(200, answer.status, str(answer)[:300])
        return answer.json["ticket"]["thread_entries"][-1]["model"]["body"]

    def test_too_much_html_is_413_at_once_and_nothing_is_written(self):
        before = self.desk.counts()
        for what, answer in (
                ("reply", lambda: demo.post_reply(self.desk, response=CELLS)),
                ("ticket", lambda: self.desk.request("POST", "/tickets.json", key=demo.KEY,
                                                     body=json_of(message="data:text/html," + CELLS)))):
            with self.subTest(what):
                start = time.monotonic()
                got = answer()
                self.assertEqual(413, got.status, str(got)[:300])
                self.assertRegex(got.text, "HTML tags")
                self.assertLess(time.monotonic() - start, self.at_once)
        self.assertEqual(before, self.desk.counts())

    def test_what_is_there_already_is_read_cheaply(self):
        # osTicket keeps such a body in a file; in the column it holds less, and is as bad.
        self.desk.sql("ALTER TABLE ost_thread_entry MODIFY body MEDIUMTEXT NOT NULL")
        self.addCleanup(self.desk.sql, "ALTER TABLE ost_thread_entry MODIFY body TEXT NOT NULL")
        self.desk.sql("UPDATE ost_thread_entry SET format='html', body=REPEAT('<td>x', 200000) WHERE thread_id=1")
        for path in ("ticketInfo?ticketNumber=310042", "clientTickets?clientUserMail=anna@quay.example"):
            with self.subTest(path):
                start = time.monotonic()
                answer = self.desk.get("/tickets/" + path, key=demo.KEY)
                self.assertEqual(200, answer.status, str(answer)[:300])
                self.assertIn("&lt;td&gt;x", answer.text)
                self.assertLess(time.monotonic() - start, 2 * self.at_once)

    # ---- what is escaped is text -----------------------------------------------------------------------------------
    ESCAPED = "<p>Run ./test.sh &lt;id&gt; now, mail Jo &#60;jo@quay.example&#62;</p>"
    KEPT = "<p>Run ./test.sh &lt;id&gt; now, mail Jo &lt;jo@quay.example&gt;</p>"
    WORDS = "Run ./test.sh <id> now, mail Jo <jo@quay.example>"

    def newest(self, columns):
        return self.desk.sql("SELECT %s FROM ost_thread_entry e JOIN ost__search s ON s.object_type='H' AND s.object_id=e.id"
                             " ORDER BY e.id DESC LIMIT 1" % columns)[0]

    def create(self, **fields):
        answer = self.desk.request("POST", "/tickets.json", key=demo.KEY, body=json_of(**fields))
        self.assertEqual(201, answer.status, str(answer))
        return answer.text

    def test_escaped_html_is_kept_in_a_new_ticket(self):
        number = self.create(message="data:text/html," + self.ESCAPED)
        self.assertEqual([self.KEPT, self.WORDS], self.newest("e.body, s.content"))
        self.assertEqual(self.KEPT, self.body(number))

    def test_escaped_html_is_kept_in_a_reply_and_its_mail(self):
        post.settled(self.desk)
        post.clear(self.desk)
        self.assertEqual(200, demo.post_reply(self.desk, response=self.ESCAPED).status)
        self.assertEqual([self.KEPT, self.WORDS], self.newest("e.body, s.content"))
        self.assertEqual(self.KEPT, self.body())
        mail = post.settled(self.desk)[0]
        self.assertIn(self.KEPT, mail.html)
        self.assertIn(self.WORDS, " ".join(mail.text.split()))

    def test_escaped_html_is_kept_in_a_canned_response(self):
        self.desk.sql("UPDATE ost_canned_response SET response='%s' WHERE canned_id=1" % self.ESCAPED)
        self.assertEqual(200, demo.post_reply(self.desk, response="", cannedResp="1").status)
        self.assertEqual([self.KEPT, self.WORDS], self.newest("e.body, s.content"))

    def test_escaped_html_that_is_there_is_shown(self):
        self.desk.sql("UPDATE ost_thread_entry SET format='html', body='%s' WHERE thread_id=1" % self.KEPT)
        self.assertEqual(self.KEPT, self.body())

    def test_a_subject_is_kept_as_typed(self):
        subject = "Button <a> and <b>OK</b>, if a<b>c"
        number = self.create(subject=subject)
        self.assertEqual(subject, self.desk.value("SELECT subject FROM ost_ticket__cdata ORDER BY ticket_id DESC LIMIT 1"))
        self.assertEqual("Button &lt;a&gt; and &lt;b&gt;OK&lt;/b&gt;, if a&lt;b&gt;c", self.newest("e.title")[0])
        self.assertEqual("%s %s" % (number, subject), self.desk.value(
            "SELECT title FROM ost__search WHERE object_type='T' ORDER BY object_id DESC LIMIT 1"))
        answer = self.desk.get("/tickets/ticketInfo?ticketNumber=" + number, key=demo.KEY)
        self.assertEqual(subject, answer.json["ticket"]["subject"])

    # ---- what a browser would act on -------------------------------------------------------------------------------
    def test_nothing_that_acts_is_stored(self):
        for html, stored in (
                ("<p>a</p><style>p{}</style >b", "<p>a</p>b"),
                ("<p>a</p><style>@import url(//e.example/x);", "<p>a</p>"),
                ("<p>a</p><script>b<<!-- -->/div>c", "<p>a</p>"),
                ("<p style='POSITION:fixed'>a</p>", "<p>a</p>"),
                ("<p style='position :fixed;color:red'>a</p>", '<p style="color:red">a</p>'),
                ("<p style='pos&#105;tion:fixed'>a</p>", "<p>a</p>"),
                ("<p>q</p><p x\"=1 a<b=2 title=c>a</p>", '<p>q</p><p title="c">a</p>'),
                ("<p>a</p></div></td>b", "<p>a</p>b")):
            with self.subTest(html):
                self.assertEqual(200, demo.post_reply(self.desk, response=html).status)
                self.assertEqual(stored, self.newest("e.body")[0])
                self.assertEqual(stored, self.body())
