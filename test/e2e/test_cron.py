# SPDX-License-Identifier: GPL-2.0-or-later
"""Cron: who runs the jobs, when, and for whom. What each job does is in test/golden/recorded/cron.json."""
import concurrent.futures
import os
import signal
import time
import unittest

import demo
import post
from desk import ROOT, until

OVERDUE = "UPDATE ost_ticket SET isoverdue=0, duedate=NULL, est_duedate='2024-03-08 09:15:00' WHERE status_id=1"
QUIET = "UPDATE ost_ticket SET isoverdue=0, duedate=NULL, est_duedate=NULL"
OTHER_HOST = "0123456789abcdef/4711"  # a lease of another machine
EXPIRED = "INSERT INTO ost_lock(staff_id,expire,created) VALUES(1,NOW()-INTERVAL 1 HOUR,NOW())"


class Cron(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("cron", ["cron.wait=3"])

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def setUp(self):
        self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM fcgi_ost_cron WHERE lease<>''") == [], 20))
        demo.reset(self.desk)
        self.desk.sql(QUIET + "; UPDATE ost_config SET value='0' WHERE `key`='reindex'")
        post.clear(self.desk)

    def cron(self, **more):
        return self.desk.request("POST", "/tasks/cron", key=demo.KEY, **more)

    def completed(self, **more):
        answer = self.cron(**more)
        self.assertEqual((200, "text/plain; charset=UTF-8", "Completed"),
                         (answer.status, answer.header("content-type"), answer.text))

    def run_row(self, columns="asked,taken,done,lease"):
        """Nothing of it while there is none: the first run makes it."""
        return next(iter(self.desk.sql("SELECT %s FROM fcgi_ost_cron" % columns)), [])

    # ---- the call ----------------------------------------------------------------------------------------------------
    def test_a_call_is_answered_once_the_jobs_are_done(self):
        self.desk.sql(EXPIRED)
        self.completed()
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_lock"))
        self.completed(body="x" * 100000)
        self.assertEqual(["2", "2", "2", ""], self.run_row())

    def test_calls_at_once_share_runs_and_overdue_tickets_are_told_of_once(self):
        self.desk.sql(OVERDUE)
        tickets = self.desk.value("SELECT COUNT(*) FROM ost_ticket WHERE status_id=1")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for answer in pool.map(lambda _: self.cron(), range(4)):
                self.assertEqual((200, "Completed"), (answer.status, answer.text))
        self.assertEqual(tickets, self.desk.value("SELECT COUNT(*) FROM ost_ticket WHERE isoverdue=1"))
        self.assertEqual(tickets, self.desk.value("SELECT COUNT(*) FROM ost_thread_event e JOIN ost_event v ON v.id=e.event_id "
                                                  "WHERE v.name='overdue'"))
        self.assertEqual(["4", "4", "4", ""], self.run_row())

    def overdue_events(self, ticket):
        """Whatever their type, in the thread of the ticket: thread type, type, who."""
        return self.desk.sql("SELECT e.thread_type, v.name, e.username FROM ost_thread h JOIN ost_thread_event e ON e.thread_id=h.id LEFT JOIN "
                             "ost_event v ON v.id=e.event_id WHERE h.object_id=%s AND h.object_type<>'A' AND COALESCE(v.name,'overdue')="
                             "'overdue'" % ticket)

    def test_a_merged_ticket_that_turns_overdue_has_it_in_its_own_history(self):
        self.desk.sql("UPDATE ost_ticket SET est_duedate='2024-03-08 09:15:00', ticket_pid=1 WHERE ticket_id=2; UPDATE ost_thread SET "
                      "object_type='C' WHERE object_type='T' AND object_id=2")
        self.completed()
        self.assertEqual([["T", "overdue", "SYSTEM"]], self.overdue_events(2))

    def test_an_overdue_ticket_is_noted_though_the_event_s_type_is_gone(self):
        self.desk.sql("UPDATE ost_ticket SET est_duedate='2024-03-08 09:15:00' WHERE ticket_id=2; DELETE FROM ost_event WHERE name='overdue'")
        self.completed()
        self.assertEqual([["T", "NULL", "SYSTEM"]], self.overdue_events(2))

    def test_the_call_stands_in_the_system_log_where_everything_does(self):
        self.desk.sql("INSERT INTO ost_config(namespace,`key`,value) VALUES('core','log_level','3') "
                      "ON DUPLICATE KEY UPDATE value='3'")
        self.completed()
        self.assertEqual([["Debug", "Cron Job", "Cron job executed [127.0.0.1]", "127.0.0.1"]],
                         self.desk.sql("SELECT log_type,title,log,ip_address FROM ost_syslog"))

    def test_an_unfinished_upgrade_is_left_alone_and_told_of(self):
        self.desk.sql(EXPIRED + "; UPDATE ost_config SET value='of tomorrow' WHERE `key`='schema_signature'")
        self.completed()
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_lock"))
        self.assertTrue(self.desk.log_lines_of("its upgrade is not finished"))

    def test_what_only_php_can_do_is_refused_by_name(self):
        self.desk.sql(EXPIRED + "; INSERT INTO ost_plugin(name,install_path,isphar,isactive,installed) "
                                "VALUES('Chat','plugins/chat',0,1,NOW())")
        answer = self.cron()
        self.assertEqual(501, answer.status)
        self.assertIn('"Chat"', answer.text)
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_lock"))

    def test_a_call_waits_no_longer_than_it_may(self):
        self.desk.sql("INSERT INTO fcgi_ost_cron(job,lease,until,begun) "
                      "VALUES('run','%s',UTC_TIMESTAMP(6)+INTERVAL 60 SECOND,UTC_TIMESTAMP())" % OTHER_HOST)
        begun = time.monotonic()
        self.completed()
        self.assertTrue(2.5 < time.monotonic() - begun < 10)
        self.assertTrue(self.desk.log_lines_of("the jobs go on, 3 s are over that a call waits"))
        # The other host ends, and what was asked for is done without a further call.
        self.desk.sql(EXPIRED + "; UPDATE fcgi_ost_cron SET lease='',until=NULL")
        self.assertTrue(until(lambda: self.desk.value("SELECT COUNT(*) FROM ost_lock") == "0", 20))

    def test_without_its_table_it_says_which_file_to_load(self):
        self.desk.sql("DROP TABLE fcgi_ost_cron")
        try:
            self.assertEqual(501, self.cron().status)
            self.assertTrue(self.desk.log_lines_of("the table fcgi_ost_cron is missing: load schema/fcgi-cron.sql"))
        finally:
            self.desk.load(os.path.join(ROOT, "schema", "fcgi-cron.sql"))

    # ---- who runs the jobs -------------------------------------------------------------------------------------------
    def test_a_lease_that_ran_out_is_anybodys(self):
        self.desk.sql("INSERT INTO fcgi_ost_cron(job,asked,taken,lease,until,begun) "
                      "VALUES('run',7,7,'%s',UTC_TIMESTAMP(6)-INTERVAL 1 SECOND,UTC_TIMESTAMP())" % OTHER_HOST)
        self.completed()
        self.assertEqual(["8", "8", "8", ""], self.run_row())

    def test_killed_in_the_middle_another_one_does_the_rest(self):
        self.desk.sql("INSERT INTO ost_lock(staff_id,expire,created) SELECT 1,NOW()-INTERVAL 1 HOUR,NOW() FROM " +
                      demo.numbers(1, 30000) + " q")
        before = self.desk.cron()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            answer = pool.submit(self.cron)
            self.assertTrue(until(lambda: self.run_row("lease<>''") == ["1"], 10))
            os.kill(before, signal.SIGKILL)
            self.assertEqual("Completed", answer.result().text)
        self.assertTrue(until(lambda: self.run_row() == ["1", "1", "1", ""], 30), self.run_row())
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_lock"))
        self.assertNotEqual(before, self.desk.cron())

    def test_the_database_goes_away_and_comes_back(self):
        self.desk.database("stop")
        self.assertEqual(503, self.cron().status)
        self.desk.database("start")
        self.assertTrue(until(lambda: self.cron().text == "Completed", 30))

    # ---- without anybody calling -------------------------------------------------------------------------------------
    def test_it_runs_by_itself_when_told_to_and_one_run_serves_all(self):
        self.desk.setting("cron", "every", "30s")
        try:
            self.desk.reload()
            self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM fcgi_ost_cron WHERE ended IS NOT NULL AND lease=''"), 20))
            self.desk.sql(EXPIRED + "; UPDATE fcgi_ost_cron SET begun=UTC_TIMESTAMP()-INTERVAL 28 SECOND")
            os.kill(self.desk.cron(), signal.SIGUSR1)  # it looks at its table now
            self.assertTrue(until(lambda: self.desk.value("SELECT COUNT(*) FROM ost_lock") == "0", 20))
            self.assertEqual(["0", "0", "0"], self.run_row("asked,taken,done"))
        finally:
            self.desk.setting("cron", "every", "0")
            self.desk.reload()

    def test_it_can_be_left_to_php(self):
        self.desk.setting("cron", "enabled", "no")
        try:
            self.desk.reload()
            self.assertTrue(until(lambda: self.desk.cron() is None, 20))
            answer = self.cron()
            self.assertEqual(501, answer.status)
            self.assertIn("[cron] enabled", answer.text)
        finally:
            self.desk.setting("cron", "enabled", "yes")
            self.desk.reload()

    # ---- jobs, where there is much -----------------------------------------------------------------------------------
    def test_what_is_much_is_taken_in_bites_until_nothing_is_left(self):
        rows = " FROM " + demo.numbers(1, 2500) + " q"
        self.desk.sql("INSERT INTO ost_session(session_id,session_expire,user_ip,user_agent) SELECT CONCAT('s',seq),"
                      "NOW()-INTERVAL 1 HOUR,'',''" + rows)
        self.desk.sql("INSERT INTO ost_draft(id,staff_id,namespace,body,created) SELECT 100000+seq,1,'ticket.note.1','','2024-01-01'" + rows)
        self.desk.sql("INSERT INTO ost_attachment(object_id,type,file_id) SELECT 100000+seq,'D',1" + rows)
        self.desk.sql("INSERT INTO ost_file(id,`key`,signature,name,created) SELECT 200000+seq,CONCAT('k',seq),'','','2024-01-01'" + rows)
        self.desk.sql("INSERT INTO ost_file_chunk(file_id,chunk_id,filedata) SELECT 200000+seq,0,'x'" + rows)
        self.desk.sql("INSERT INTO ost_attachment(object_id,type,file_id) VALUES(1,'C',200001)")
        self.completed()  # or its wait is over, on a busy machine
        self.assertTrue(until(lambda: self.run_row("asked=done") == ["1"], 60))
        self.assertEqual(["0", "0", "0", "1", "1"], self.desk.sql(
            "SELECT (SELECT COUNT(*) FROM ost_session WHERE session_id LIKE 's%'),(SELECT COUNT(*) FROM ost_draft WHERE id>100000),"
            "(SELECT COUNT(*) FROM ost_attachment WHERE type='D'),(SELECT COUNT(*) FROM ost_file WHERE id>200000),"
            "(SELECT COUNT(*) FROM ost_file_chunk WHERE file_id>200000)")[0])

    def test_a_draft_of_which_nobody_knows_when_it_was_touched_stays(self):
        self.desk.sql("INSERT INTO ost_draft(id,staff_id,namespace,body,created,updated) VALUES(1,1,'ticket.note.1','','2024-01-01',"
                      "'0000-00-00'),(2,1,'ticket.note.2','','2024-01-01',NULL)")
        self.completed()
        self.assertEqual([["1"]], self.desk.sql("SELECT id FROM ost_draft WHERE id<3"))

    def test_a_file_of_another_store_is_left_to_php_whatever_the_case_of_its_letter(self):
        self.desk.sql("INSERT INTO ost_file(id,ft,bk,`key`,signature,name,created) VALUES(300001,'T','D','k1','','','2024-01-01'),"
                      "(300002,'T','d','k2','','','2024-01-01'),(300003,'T','F','k3','','','2024-01-01')")
        self.completed()
        self.assertEqual([["300002"], ["300003"]], self.desk.sql("SELECT id FROM ost_file WHERE id>300000 ORDER BY id"))

    def test_a_setting_that_is_none_stops_its_own_job_only(self):
        self.desk.sql("INSERT INTO ost_config(namespace,`key`,value) VALUES('core','pw_reset_window','soon') "
                      "ON DUPLICATE KEY UPDATE value='soon'")
        self.desk.sql("INSERT INTO ost_config(namespace,`key`,value,updated) VALUES('pwreset','t','1','2024-01-01'); "
                      "INSERT INTO ost_draft(id,staff_id,namespace,body,created) VALUES(1,1,'ticket.note.1','','2024-01-01')")
        self.completed()
        self.assertEqual(["1", "0"], self.desk.sql("SELECT (SELECT COUNT(*) FROM ost_config WHERE namespace='pwreset'),"
                                                   "(SELECT COUNT(*) FROM ost_draft WHERE id=1)")[0])
        self.assertTrue(self.desk.log_lines_of("pw_reset_window is no number"))

    def test_search_learns_what_it_does_not_know_until_there_is_nothing_left(self):
        self.desk.sql("DELETE FROM ost_config WHERE namespace='mysqlsearch'; DELETE FROM ost__search")
        self.completed()
        self.assertEqual([], self.desk.sql("SELECT e.id FROM ost_thread_entry e WHERE e.poster<>'SYSTEM' AND e.body<>'' AND "
                                           "NOT EXISTS(SELECT 1 FROM ost__search z WHERE z.object_type='H' AND z.object_id=e.id)"))
        for table, key, kind in (("ticket", "ticket_id", "T"), ("user", "id", "U"), ("organization", "id", "O"), ("faq", "faq_id", "K")):
            self.assertEqual([], self.desk.sql("SELECT 1 FROM ost_%s o WHERE NOT EXISTS(SELECT 1 FROM ost__search z WHERE "
                                               "z.object_type='%s' AND z.object_id=o.%s)" % (table, kind, key)))
        self.completed()
        self.assertEqual("", self.desk.value("SELECT value FROM ost_config WHERE namespace='mysqlsearch' AND `key`='reindex'"))


if __name__ == "__main__":
    unittest.main()
