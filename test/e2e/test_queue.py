# SPDX-License-Identifier: GPL-2.0-or-later
"""The queue: when a mail is tried again, whose it is meanwhile, what people see and do by osticket-fcgi queue."""
import json
import os
import signal
import subprocess
import time
import unittest

import demo
import post
from desk import ROOT, until

NOBODY = "0123456789abcdef/4711"  # a lease of another machine
NO_PROCESS = (1 << 22) + 1  # one more than the kernel gives any


class Queue(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("queue")

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def setUp(self):
        self.refuse(None)
        demo.reset(self.desk)
        self.desk.sql("TRUNCATE fcgi_ost_mail; TRUNCATE ost_syslog;")
        post.clear(self.desk)

    def refuse(self, code):
        """Makes sendmail fail with this exit code; None: not any more."""
        path = self.desk.env["MAILS"] + ".fail"
        if code is None:
            if os.path.exists(path):
                os.remove(path)
            return
        with open(path, "w", encoding="ascii") as file:
            file.write(str(code))

    def reply(self, **fields):
        answer = demo.post_reply(self.desk, **fields)
        self.assertEqual(200, answer.status, str(answer))

    def failed_reply(self):
        self.refuse(75)
        self.reply()
        self.assertTrue(until(lambda: self.row("state,attempts") == ["waiting", "1"], 20), self.row("state,attempts,error"))

    def row(self, columns):
        return self.desk.sql("SELECT %s FROM fcgi_ost_mail ORDER BY id DESC LIMIT 1" % columns)[0]

    def due_in(self):
        return int(self.row("COALESCE(TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),due),-1)")[0])

    def command(self, *words, config=None):
        done = subprocess.run([self.desk.env["PROGRAM"], "-c", config or self.desk.env["CONFIG"], "queue", *words],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    # ---- again and again -------------------------------------------------------------------------------------------
    def test_when_it_is_tried_again_and_when_it_is_given_up(self):
        self.failed_reply()
        message_id = self.row("message_id")
        for tries, wait in ((1, 60), (2, 300), (3, 900), (4, 3600), (5, 3600), (51, 3600)):
            self.desk.sql_again("UPDATE fcgi_ost_mail SET attempts=%d,due=UTC_TIMESTAMP()" % (tries - 1))
            self.desk.wake_mailer()
            self.assertTrue(until(lambda t=tries: self.row("state,attempts") == ["waiting", str(t)], 20), tries)
            self.assertTrue(wait - 8 <= self.due_in() <= wait, (tries, self.due_in()))
        self.assertEqual([], self.desk.sql("SELECT * FROM ost_syslog"))
        self.desk.sql_again("UPDATE fcgi_ost_mail SET attempts=51,due=UTC_TIMESTAMP()")
        self.assertTrue(until(lambda: self.row("state")[0] == "failed", 20))
        self.assertEqual(["52", "NULL"], self.row("attempts,due"))
        kind, title, text = self.desk.sql("SELECT log_type,title,log FROM ost_syslog")[0]
        self.assertEqual(("Error", "Mailer Error"), (kind, title))
        self.assertIn("exit code 75", text)
        self.assertEqual(message_id, self.row("message_id"))

    def test_a_repeat_has_the_same_message_id_and_says_so_nowhere_else(self):
        self.reply()
        first, = post.settled(self.desk)
        self.desk.sql_again("UPDATE fcgi_ost_mail SET state='sending',due=UTC_TIMESTAMP(),lease='%s',finished=NULL" % NOBODY)
        self.desk.wake_mailer()
        self.assertTrue(until(lambda: len(post.sent(self.desk)) == 2, 20))
        self.assertEqual({first.id}, {mail.id for mail in post.sent(self.desk)})

    def test_what_another_mailer_has_in_its_hands_is_left_to_it_until_the_lease_runs_out(self):
        first = "FROM fcgi_ost_mail ORDER BY id LIMIT 1"
        self.failed_reply()
        self.desk.sql_again("UPDATE fcgi_ost_mail SET state='sending',lease='%s',due=UTC_TIMESTAMP()+INTERVAL 1 HOUR" % NOBODY)
        self.refuse(None)
        for _ in range(2):  # it works its queue off meanwhile
            self.reply(ticketNumber="310045")
            self.assertTrue(until(lambda: self.row("state")[0] == "sent", 10))
        self.assertEqual([["sending", NOBODY]], self.desk.sql("SELECT state,lease " + first))
        self.desk.sql_again("UPDATE fcgi_ost_mail SET due=UTC_TIMESTAMP() ORDER BY id LIMIT 1")
        self.assertTrue(until(lambda: self.desk.value("SELECT state " + first) == "sent", 10))

    def test_a_mailer_that_died_is_made_up_for_at_once(self):
        program = os.path.join(self.desk.folder, "hangs")
        with open(program, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\n[ -e %s.now ] || exec %s/sendmail \"$@\"\n: >%s.hangs\ncat >/dev/null\nsleep 60\n" % (
                program, self.desk.folder, program))
        os.chmod(program, 0o755)
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            before = file.read()
        self.desk.setting("mail", "sendmail", program)
        self.desk.reload()
        try:
            with open(program + ".now", "w", encoding="ascii"):
                self.reply()
            self.assertTrue(until(lambda: self.row("state")[0] == "sending", 10))
            # The mail is being sent before the program has begun; one that begins now would send it.
            self.assertTrue(until(lambda: os.path.exists(program + ".hangs"), 10))
            os.remove(program + ".now")
            os.kill(self.desk.mailer(), signal.SIGKILL)
            self.assertTrue(until(lambda: self.row("state")[0] == "sent", 20), self.row("state,lease,due,attempts"))
            self.assertEqual(1, len(post.sent(self.desk)))
        finally:
            with open(self.desk.env["CONFIG"], "w", encoding="utf-8") as file:
                file.write(before)
            self.desk.reload()

    def test_a_mailer_that_died_before_it_booked_a_mail_repeats_it(self):
        program = os.path.join(self.desk.folder, "deadly")
        if os.path.exists(program + ".done"):  # of a former run in this folder
            os.remove(program + ".done")
        with open(program, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\n%s/sendmail \"$@\"\n[ -e %s.done ] || { touch %s.done; kill -9 $PPID; }\n" % (
                self.desk.folder, program, program))
        os.chmod(program, 0o755)
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            before = file.read()
        self.desk.setting("mail", "sendmail", program)
        self.desk.reload()
        try:
            self.reply()
            self.assertTrue(until(lambda: self.row("state,attempts") == ["sent", "2"], 10), self.row("state,attempts"))
            first, second = post.sent(self.desk)
            self.assertEqual((first.id, first.html), (second.id, second.html))
        finally:
            with open(self.desk.env["CONFIG"], "w", encoding="utf-8") as file:
                file.write(before)
            self.desk.reload()

    def test_a_mail_that_kills_its_mailer_stops_no_other(self):
        self.failed_reply()
        mailer = self.desk.mailer()
        self.refuse(None)
        self.reply(ticketNumber="310045")
        self.assertTrue(until(lambda: self.row("state,lease") == ["sent", ""], 20))
        # As three mailers before left it: the fourth lets it wait.
        lease = self.lease_of_this_machine()
        self.desk.sql_again("UPDATE fcgi_ost_mail SET state='sending',attempts=3,lease='%s',due=UTC_TIMESTAMP()+INTERVAL 1 HOUR "
                      "WHERE state='waiting'" % lease)
        os.kill(mailer, signal.SIGKILL)
        self.assertTrue(until(lambda: self.desk.value("SELECT state FROM fcgi_ost_mail ORDER BY id LIMIT 1") == "waiting", 20))
        due = int(self.desk.value("SELECT TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),due) FROM fcgi_ost_mail ORDER BY id LIMIT 1"))
        self.assertTrue(880 <= due <= 900, due)

    def lease_of_this_machine(self):
        """That of a process which is no more."""
        self.refuse(75)
        self.desk.sql("CREATE TABLE IF NOT EXISTS test_leases(lease VARCHAR(64)); DELETE FROM test_leases;"
                      "DROP TRIGGER IF EXISTS test_lease; CREATE TRIGGER test_lease AFTER UPDATE ON fcgi_ost_mail FOR EACH ROW "
                      "INSERT INTO test_leases VALUES(NEW.lease)")
        self.reply(ticketNumber="310044", staffUserName="mvries")
        until(lambda: self.desk.value("SELECT COUNT(*) FROM test_leases WHERE lease<>''") != "0", 20)
        lease = self.desk.value("SELECT lease FROM test_leases WHERE lease<>'' LIMIT 1")
        self.desk.sql("DROP TRIGGER test_lease; DROP TABLE test_leases; DELETE FROM fcgi_ost_mail ORDER BY id DESC LIMIT 1")
        self.refuse(None)
        return "%s/%d" % (lease.split("/")[0], NO_PROCESS)

    # ---- several hosts ---------------------------------------------------------------------------------------------
    def test_two_mailers_share_a_queue_and_double_nothing(self):
        other = os.path.join(self.desk.folder, "other.ini")
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            text = file.read()
        for key, name in (("SOCKET", "other.sock"), ("CONFIG_PID", "other.pid"), ("LOG", "other.log")):
            old = self.desk.env.get(key, os.path.join(self.desk.folder, "osticket-fcgi.pid"))
            self.assertIn('"%s"' % old, text)
            text = text.replace('"%s"' % old, '"%s"' % os.path.join(self.desk.folder, name))
        with open(other, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(other, 0o600)
        self.refuse(75)
        self.reply()
        until(lambda: self.row("state,attempts") == ["waiting", "1"], 20)
        columns = ("kind,ticket_id,ticket_created,thread_id,entry_id,entry_created,tag_entry_id,tag_thread_id,staff_id,"
                   "email_id,recipients")
        second = subprocess.Popen([self.desk.env["PROGRAM"], "-c", other])
        try:
            self.assertTrue(until(lambda: os.path.exists(os.path.join(self.desk.folder, "other.sock")), 10))
            self.refuse(None)
            self.desk.sql("INSERT INTO fcgi_ost_mail(%s,message_id,due,created) SELECT %s,CONCAT(s.seq,m.message_id),"
                          "UTC_TIMESTAMP(),UTC_TIMESTAMP() FROM fcgi_ost_mail m JOIN %s s" % (columns, columns, demo.numbers(1, 300)))
            self.assertTrue(until(lambda: self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail WHERE state='sent'") == "300", 60))
        finally:
            second.terminate()
            second.wait()
        ids = [mail.id for mail in post.sent(self.desk)]
        self.assertEqual((300, 300), (len(ids), len(set(ids))))
        with open(os.path.join(self.desk.folder, "other.log"), encoding="utf-8") as file:
            shared = sum(" sent, ticket.reply" in line for line in file)
        print("of 300 mails the second mailer sent %d, none was doubled" % shared)
        self.assertTrue(0 < shared < 300, shared)

    # ---- by hand ---------------------------------------------------------------------------------------------------
    def test_list_show_retry_drop(self):
        self.assertEqual((0, "The queue is empty.\n"), self.command())
        self.failed_reply()
        number = self.row("id")[0]
        code, text = self.command("list")
        self.assertEqual(0, code)
        self.assertRegex(text, r"^1 waiting \(the oldest for \d+ s\)\n +%s  waiting  ticket.reply +ticket #310042  anna@quay.example, "
                               r"tried 1 times, next in (5\d|60) s\n +sendmail: exit code 75\n$" % number)
        code, text = self.command("show", number)
        self.assertEqual(0, code)
        for wanted in ("to           Anna Lindqvist <anna@quay.example>\n", "ticket       #310042, id 1", "message id", "exit code 75", "entry 17", "tries        1"):
            self.assertIn(wanted, text)
        self.check_json(number)
        self.assertEqual(0, self.command("drop", number)[0])
        self.assertEqual(["dropped", "NULL"], self.row("state,due"))
        self.refuse(None)
        self.assertEqual((0, "1 to be sent at once\n"), self.command("retry", number))
        self.desk.wake_mailer()
        self.assertTrue(until(lambda: self.row("state")[0] == "sent", 20))
        self.assertEqual(1, len(post.sent(self.desk)))
        for words, said in ((("retry", number), "does not wait and has not failed: it is sent"), (("drop", number), "it is sent"),
                            (("show", "99999"), "there is no mail 99999 in the queue"), (("retry", "99999"), "there is no mail 99999"),
                            (("drop", "99999"), "there is no mail 99999")):
            code, text = self.command(*words)
            self.assertEqual(1, code, words)
            self.assertIn(said, text)
        self.assertEqual((0, 0), (self.command("--json")[0], self.command("--exit-code")[0]))
        for words, said in ((("show", "abc"), '"abc" is no number of a mail'), (("drop", "1x"), '"1x" is no number'),
                            (("show",), "show needs the number of a mail"), (("retry", "0"), '"0" is no number')):
            code, text = self.command(*words)
            self.assertEqual(2, code, words)
            self.assertIn(said, text)
        for words in (("drop", "all"), ("show",), ("eat", "1"), ("retry", "1", "2"), ("retry", "-1")):
            self.assertEqual(2, self.command(*words)[0], words)

    def check_json(self, number):
        """With one mail that waits, by that number."""
        code, text = self.command("--json")
        found = json.loads(text)
        self.assertEqual((3, {"waiting": 1}), (code, found["counts"]))
        self.assertGreaterEqual(found["oldest_waiting"], 0)
        mail = found["mails"][0]
        self.assertEqual((int(number), "waiting", "ticket.reply", "310042", 1, "sendmail: exit code 75"),
                         tuple(mail[name] for name in ("id", "state", "kind", "ticket_number", "attempts", "error")))
        self.assertEqual([{"address": "anna@quay.example", "name": "Anna Lindqvist", "copy": False}], mail["recipients"])
        self.assertEqual(3, self.command("list", "--exit-code")[0])
        code, text = self.command("show", number, "--json")
        self.assertEqual((0, int(number)), (code, json.loads(text)["id"]))
        self.assertIn("message_id", json.loads(text))

    def test_all_that_waits_or_has_failed_is_tried_again(self):
        self.failed_reply()
        self.reply(ticketNumber="310045")
        # A mail is counted as tried before it has failed.
        tried = "SELECT COUNT(*) FROM fcgi_ost_mail WHERE state='waiting' AND attempts=1"
        self.assertTrue(until(lambda: self.desk.value(tried) == "2", 20))
        self.desk.sql_again("UPDATE fcgi_ost_mail SET state='failed',due=NULL ORDER BY id LIMIT 1")
        self.refuse(None)
        self.assertEqual((0, "2 to be sent at once\n"), self.command("retry", "all"))
        self.assertEqual(2, len(post.settled(self.desk)))

    # ---- without the table -----------------------------------------------------------------------------------------
    def test_without_the_table_a_reply_is_refused_and_everybody_is_told(self):
        before = self.desk.value("SELECT COUNT(*) FROM ost_thread_entry")
        self.desk.sql("RENAME TABLE fcgi_ost_mail TO away")
        try:
            answer = demo.post_reply(self.desk)
            self.assertEqual((503, before), (answer.status, self.desk.value("SELECT COUNT(*) FROM ost_thread_entry")))
            self.assertTrue(self.desk.log_lines_of("the table fcgi_ost_mail is missing: load schema/fcgi-mail.sql"))
            code, text = self.command()
            self.assertEqual(1, code)
            self.assertIn("load schema/fcgi-mail.sql", text)
            done = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True,
                                  text=True, check=False)
            self.assertNotEqual(0, done.returncode)
            self.assertRegex(done.stdout, r"(?m)^.*fcgi_ost_mail.*fcgi-mail\.sql")
        finally:
            self.desk.sql("RENAME TABLE away TO fcgi_ost_mail")
        self.reply()
        self.assertEqual(1, len(post.settled(self.desk)))

    def check(self):
        return subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True,
                              text=True, check=False).stdout

    def test_the_check_tells_what_mail_would_stumble_over(self):
        warnings = ("no default mailbox", "OAuth2", "no way out")
        self.assertEqual([], [w for w in warnings if w in self.check()])
        self.desk.sql("DELETE FROM ost_config WHERE `key`='default_email_id'; INSERT INTO ost_email_account(id,email_id,type,"
                      "auth_bk,active,host,port,protocol,encryption,created) VALUES(50,1,'smtp','mailbox',1,'x',587,'SMTP',"
                      "'AUTO',NOW()),(51,1,'mailbox','oauth2:3',1,'x',993,'IMAP','AUTO',NOW())")
        text = self.check()
        self.assertIn("no default mailbox", text)
        self.assertIn("SMTP by OAuth2 is not supported: desk@harbour-tools.example; such mail goes out by the default SMTP "
                      "account or sendmail", text)
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            before = file.read()
        self.desk.setting("mail", "sendmail", "")
        try:
            self.assertIn("no way out for mail", self.check())
        finally:
            with open(self.desk.env["CONFIG"], "w", encoding="utf-8") as file:
                file.write(before)

    def test_the_sql_file_can_be_loaded_again(self):
        self.reply()
        self.desk.load(os.path.join(ROOT, "schema", "fcgi-mail.sql"))
        self.assertNotEqual("0", self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail"))

    def test_with_mail_off_nothing_is_queued(self):
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            before = file.read()
        self.desk.setting("mail", "enabled", "no")
        self.desk.reload()
        try:
            self.desk.sql("RENAME TABLE fcgi_ost_mail TO away")
            self.reply()
            self.assertIsNone(until(self.desk.mailer, 0.3))
            self.assertEqual("NULL", self.desk.value("SELECT recipients FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))
        finally:
            self.desk.sql("RENAME TABLE away TO fcgi_ost_mail")
            with open(self.desk.env["CONFIG"], "w", encoding="utf-8") as file:
                file.write(before)
            self.desk.reload()

    # ---- the burden -------------------------------------------------------------------------------------------------
    def test_an_idle_mailer_costs_next_to_nothing(self):
        until(self.desk.mailer, 20)
        def spent():
            with open("/proc/%d/stat" % self.desk.mailer(), encoding="ascii") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        questions = "SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'"
        begun, before, asked = time.monotonic(), spent(), int(self.desk.sql(questions)[0][1])
        time.sleep(5)
        cpu, asked = spent() - before, int(self.desk.sql(questions)[0][1]) - asked
        seconds = time.monotonic() - begun
        print("an idle mailer: %.0f ms of CPU and %d statements in %.1f s" % (1000 * cpu, asked, seconds))
        self.assertLess(cpu, 0.02 * seconds)
        self.assertLessEqual(asked, 2 * seconds + 3)  # the other processes' too


if __name__ == "__main__":
    unittest.main()
