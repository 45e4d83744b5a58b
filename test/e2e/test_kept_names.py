# SPDX-License-Identifier: GPL-2.0-or-later
"""With the triggers of schema/fcgi-versions.sql each worker keeps the help desk's names: no answer has a name that was another one when
its ticket was read, and it takes fewer round trips."""
import hashlib
import os
import subprocess
import threading
import unittest
import uuid

import demo

WORKERS = 3
READS = ("/tickets/ticketInfo?ticketNumber=310042", "/tickets/ticketInfo?ticketNumber=310043", "/tickets/staffTickets?staffUserName=tokafor",
         "/tickets/staffTickets?staffUserName=mvries", "/tickets/clientTickets?clientUserMail=%s")


def phrase(tag, text):
    """SQL of a translation: filed under the end of an MD5 sum, which MySQL 9.6 and later cannot make itself."""
    return ("INSERT INTO ost_translation(object_hash,type,lang,text,updated) VALUES('%s','phrase','en_US','%s',NOW())"
            % (hashlib.md5(tag.encode()).hexdigest()[-16:], text))


# What an administrator may change, one after the other: each table by each of insert, update and delete.
CHANGES = (
    "UPDATE ost_department SET name=CONCAT('Hall of ',name)",
    "INSERT INTO ost_department(id,pid,name,signature,updated,created) VALUES(90,NULL,'Above','',NOW(),NOW()); "
    "UPDATE ost_department SET pid=90 WHERE id<90",
    "UPDATE ost_department SET pid=NULL WHERE id<90; DELETE FROM ost_department WHERE id=90",
    "INSERT INTO ost_help_topic(topic_id,topic,created,updated) VALUES(91,'Root',NOW(),NOW()),(92,'Middle',NOW(),NOW()); "
    "UPDATE ost_help_topic SET topic_pid=91 WHERE topic_id=92; UPDATE ost_help_topic SET topic_pid=92 WHERE topic_id<91",
    "UPDATE ost_help_topic SET topic=CONCAT('All of ',topic) WHERE topic_id<91",
    "UPDATE ost_help_topic SET topic_pid=0; DELETE FROM ost_help_topic WHERE topic_id>90",
    "UPDATE ost_ticket_status SET name=CONCAT('now ',name)",
    phrase("status.value.1", "offen"),
    phrase("dept.name.1", "Abteilung"),
    "UPDATE ost_translation SET text=CONCAT(text,'!')",
    "DELETE FROM ost_translation WHERE text='Abteilung!'",
    "UPDATE ost_config SET value='de' WHERE namespace='core' AND `key`='system_language'",
    "UPDATE ost_ticket_priority SET priority_desc=CONCAT('very ',priority_desc), priority_color='#123456'",
    "REPLACE INTO ost_config(namespace,`key`,value) VALUES('core','client_name_format','last')",
    "UPDATE ost_config SET value='lastfirst' WHERE namespace='core' AND `key` IN ('client_name_format','agent_name_format')",
    "DELETE FROM ost_config WHERE namespace='core' AND `key` IN ('client_name_format','agent_name_format')",
    "UPDATE ost_form_field SET name='title' WHERE name='subject'",
    "UPDATE ost_form_field SET name='subject' WHERE name='title'",
    "UPDATE ost_form_field SET sort=sort+5 WHERE name='phone'",
    "DELETE FROM ost_ticket_priority",
    "INSERT INTO ost_ticket_priority(priority_id,priority,priority_desc) SELECT seq,CONCAT('p',seq),CONCAT('Level ',seq) "
    "FROM " + demo.numbers(1, 9) + " n",
    "DELETE FROM ost_form_field WHERE name='priority'",
    "DELETE FROM ost_ticket_status WHERE id=3",
)


class KeptNames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("kept_names", ("server.workers=%d" % WORKERS, "server.max_requests=0"), KEEP_NAMES="1")

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def setUp(self):
        self.desk.load(os.path.join(demo.ROOT, "schema", "fcgi-versions.sql"))
        self.grant(True)
        demo.reset(self.desk)
        self.client = self.desk.value("SELECT m.address FROM ost_ticket t JOIN ost_user u ON u.id=t.user_id JOIN ost_user_email m "
                                      "ON m.id=u.default_email_id WHERE t.number='310042'")
        self.desk.reload()

    def grant(self, allowed):
        self.desk.sql("%s TRIGGER ON `%s`.* %s 'osticket'@'localhost'" % ("GRANT" if allowed else "REVOKE", self.desk.env["DB"],
                                                                        "TO" if allowed else "FROM"))

    def ask(self, read):
        """What every worker answers, who are asked at once; one text, since they say the same."""
        found = []

        def one():
            answer = self.desk.request("GET", read % self.client if "%s" in read else read, key=demo.KEY)
            found.append((answer.status, answer.text))
        asking = [threading.Thread(target=one) for _ in range(2 * WORKERS)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        self.assertEqual(1, len(set(found)), set(found))
        return found[0]

    def answers(self):
        return [self.ask(read) for read in READS]

    def trips(self, read):
        """Of a worker that has its statements and its names, the fewest of some."""
        path = read % self.client if "%s" in read else read
        lines = [demo.traced(self.desk, "GET", path, str(uuid.uuid4()), key=demo.KEY)[1] for _ in range(3 * WORKERS)]
        return min(int(line["round_trips"]) for line in lines)

    def walk(self):
        """The answers after each of the changes."""
        seen = [self.answers()]
        for change in CHANGES:
            self.desk.sql(change)
            seen.append(self.answers())
        return seen

    def test_each_change_of_each_name_is_seen_at_once(self):
        kept = self.walk()
        self.assertEqual(2, self.trips(READS[0]))
        demo.reset(self.desk)
        self.grant(False)
        self.desk.reload()
        read_anew = self.walk()
        for change, ours, theirs, before in zip(("nothing", *CHANGES), kept, read_anew, [None] + kept):
            for read, one, other in zip(READS, ours, theirs):
                with self.subTest(change, read=read):
                    self.assertEqual(other, one)
            # A change that no answer shows would prove nothing.
            if "phone" not in change:
                self.assertNotEqual(before, ours, change)

    def test_what_is_not_committed_is_not_seen(self):
        before = self.answers()
        with subprocess.Popen(["mariadb", "--no-defaults", "-n", "-S", self.desk.env["SOCK"], "-u", "root", self.desk.env["DB"]],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
            client.stdin.write("BEGIN; UPDATE ost_department SET name=CONCAT('x',name); SELECT 'done';\n")
            client.stdin.flush()
            client.stdout.readline()
            client.stdout.readline()
            self.assertEqual(before, self.answers())
            client.stdin.write("ROLLBACK; SELECT 'done';\n")
            client.stdin.flush()
            client.stdout.readline()
            self.assertEqual(before, self.answers())
            client.stdin.write("BEGIN; UPDATE ost_department SET name=CONCAT('y',name); SELECT 'done'; COMMIT; SELECT 'done';\n")
            client.stdin.close()
            client.stdout.read()
        self.assertNotEqual(before, self.answers())

    def test_names_that_cost_round_trips_cost_none(self):
        self.desk.sql("INSERT INTO ost_help_topic(topic_id,topic,created,updated) VALUES(91,'Root',NOW(),NOW()),(92,'Middle',NOW(),NOW()); "
                      "UPDATE ost_help_topic SET topic_pid=91 WHERE topic_id=92; UPDATE ost_help_topic SET topic_pid=92 WHERE topic_id<91; "
                      + phrase("status.value.1", "offen"))
        reads = [read for read in READS if "310043" not in read]  # which is no usual ticket, whatever its names
        kept = {read: self.trips(read) for read in reads}
        self.grant(False)
        self.desk.reload()
        for read, count in kept.items():
            with self.subTest(read):
                self.assertLess(count, self.trips(read))
        self.assertEqual(2, kept[READS[0]])

    def check(self):
        return subprocess.run([self.desk.env["PROGRAM"], "-c", self.desk.env["CONFIG"], "-t"], capture_output=True, text=True, timeout=60,
                              check=False).stdout

    def test_where_a_trigger_is_missing_names_are_read_each_time(self):
        self.assertIn("names are kept by the workers", self.check())
        self.desk.sql("DROP TRIGGER fcgi_ost_help_topic_changed")
        self.desk.reload()
        before = self.answers()
        self.desk.sql("UPDATE ost_help_topic SET topic=CONCAT('Un',topic)")
        self.assertNotEqual(before, self.answers())
        self.assertIn("not all triggers of fcgi-versions.sql are seen", self.check())

    def test_what_the_user_may_not_see_does_not_count(self):
        self.grant(False)
        self.desk.reload()
        before = self.answers()
        self.desk.sql("UPDATE ost_help_topic SET topic=CONCAT('Un',topic)")
        self.assertNotEqual(before, self.answers())
        self.assertIn("[database] user needs TRIGGER", self.check())

    def test_a_version_that_comes_back_is_another_one(self):
        before = self.answers()
        self.desk.sql("DELETE FROM fcgi_ost_version")
        self.assertEqual(before, self.answers())
        self.desk.sql("UPDATE ost_department SET name=CONCAT('After ',name)")
        self.assertNotEqual(before, self.answers())
        old = int(self.desk.value("SELECT version FROM fcgi_ost_version"))
        self.desk.sql("UPDATE ost_department SET name=CONCAT('Later ',name)")
        self.assertGreater(int(self.desk.value("SELECT version FROM fcgi_ost_version")), old)

    def test_without_the_table_it_works_as_before(self):
        before = self.answers()
        self.desk.sql("RENAME TABLE fcgi_ost_version TO gone")
        try:
            self.assertIn("the help desk cannot save a department", self.check())
        finally:
            self.desk.sql("RENAME TABLE gone TO fcgi_ost_version")
        for row in self.desk.sql("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema=DATABASE()"):
            self.desk.sql("DROP TRIGGER %s" % row[0])
        self.desk.sql("RENAME TABLE fcgi_ost_version TO gone")
        try:
            self.assertEqual(before, self.answers())  # workers that had kept names
            self.desk.reload()
            self.assertEqual(before, self.answers())
        finally:
            self.desk.sql("RENAME TABLE gone TO fcgi_ost_version")


if __name__ == "__main__":
    unittest.main()
