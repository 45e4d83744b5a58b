# SPDX-License-Identifier: GPL-2.0-or-later
"""Every SQL statement runs on the real tables, takes the values and gives the columns that its list says; values are what they are."""
import json
import os
import subprocess
import unittest

import demo


class Statements(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        demo.reset(demo.shared_desk())

    def test_each_takes_and_gives_what_its_list_says(self):
        done = subprocess.run([os.environ["STATEMENT_DRIVER"], demo.shared_desk().env["CONFIG"], "run"], capture_output=True,
                              text=True, timeout=120, check=False)
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, done.stderr))

    def test_a_value_is_what_it_is_wherever_another_stood_before(self):
        """MySQL takes what is bound for what stood at its place before: each worker does this after that, with values of any script."""
        desk = demo.shared_desk()
        demo.reset(desk)
        desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1)")
        desk.reload()
        agent, title = {"staffUserName": "tokafor"}, "発電機 ё ☃"
        acts = (("note.json", {"note": "<p>%s</p>" % title, "title": title, "format": "html"}), ("assign.json", {"staff": "mvries", "comments": title}),
                ("transfer.json", {"department": 1, "comments": title}), ("status.json", {"status": 1, "comments": title}), ("release.json", {"comments": title}))
        for turn in range(20):
            path, body = acts[turn % len(acts)]
            name = "f%d.bin" % turn if turn < 5 else title + ".txt"
            files = [{name: "data:application/x-test,%d" % turn}] if turn < 5 or turn % 3 else []
            for number in ("310042", "310043", "310045", "310046"):
                if turn > 4:
                    answer = desk.request("POST", "/tickets/%s/%s" % (number, path), body=json.dumps({**agent, **body}), key=demo.KEY)
                    self.assertIn(answer.status, (200, 201, 403, 404, 409, 422), str(answer))
                answer = demo.post_reply(desk, ticketNumber=number, response="<p>%s</p>" % title, attachments=files)
                self.assertEqual(200, answer.status, str(answer))
        subjects = "SELECT s.title, CONCAT(t.number,' ',c.subject) FROM ost__search s JOIN ost_ticket t ON s.object_type='T' AND s.object_id=t.ticket_id " \
                   "JOIN ost_ticket__cdata c ON c.ticket_id=t.ticket_id WHERE t.number IN ('310042','310043','310045','310046')"
        for found, wanted in desk.sql(subjects):
            self.assertEqual(wanted, found)
        of_title = "SELECT COUNT(*), SUM(content LIKE '%%%s%%') FROM ost__search s JOIN ost_thread_entry e ON s.object_type='H' AND s.object_id=e.id " \
                   "WHERE e.body LIKE '%%%s%%'" % (title, title)
        (count, whole), = desk.sql(of_title)
        self.assertEqual(count, whole)
        self.assertGreaterEqual(int(count), 80)
        self.assertEqual([["0"]], desk.sql("SELECT COUNT(*) FROM fcgi_ost_mail WHERE recipients NOT LIKE 'to\t%'"))


if __name__ == "__main__":
    unittest.main()
