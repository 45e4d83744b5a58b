# SPDX-License-Identifier: GPL-2.0-or-later
"""Tickets of a bulk share transactions, and each is as if it were alone: the same rows and answers as of single calls, what is refused keeps
nobody from anything, and whatever ends a transaction, each ticket is acted on whole and once, or not at all, and its result says which."""
import json
import os
import re
import signal
import threading
import unittest

import acting
import demo
from desk import until

AGENT = {"staffUserName": "tokafor"}
NUMBERS = [str(n) for n in range(101, 122)]
# Everything that decides what an act does, each in a ticket of its own.
TICKETS = """
    INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,topic_id,sla_id,source,created,updated,lastupdate)
        SELECT n.seq,n.seq,1+n.seq%%3,1,2,2,1,'API','2025-03-03 09:00:00','2025-03-03 09:00:00','2025-03-03 09:00:00' FROM %s n;
    INSERT INTO ost_thread(id,object_id,object_type,created) SELECT n.seq,n.seq,'T','2025-03-03 09:00:00' FROM %s n WHERE n.seq<>116;
    INSERT INTO ost_form_entry(id,form_id,object_id,object_type,sort,created,updated) SELECT n.seq,2,n.seq,'T',1,NOW(),NOW() FROM %s n;
    INSERT INTO ost_form_entry_values(entry_id,field_id,value) SELECT n.seq,20,CONCAT('Subject ',n.seq) FROM %s n WHERE n.seq<>109;
    INSERT INTO ost_form_entry_values(entry_id,field_id,value) VALUES(109,20,NULL);
    INSERT INTO ost_form_entry_values(entry_id,field_id,value,value_id) SELECT n.seq,22,'Normal',2 FROM %s n;
    INSERT INTO ost_ticket__cdata(ticket_id,subject,priority) SELECT n.seq,CONCAT('Subject ',n.seq),'2' FROM %s n;
    INSERT INTO ost_thread_entry(thread_id,user_id,type,poster,body,format,created,updated)
        SELECT n.seq,1,'M','A','x','text','2025-03-03 09:00:00','2025-03-03 09:00:00' FROM %s n WHERE n.seq<>116;
    UPDATE ost_ticket SET status_id=3, closed='2025-03-04 09:00:00', staff_id=2 WHERE ticket_id=102;
    INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,username,uid,uid_type,annulled,timestamp)
        VALUES(102,'T',2,2,0,2,1,'tokafor',2,'S',0,'2025-03-04 09:00:00');
    UPDATE ost_ticket SET ticket_pid=104, flags=2 WHERE ticket_id=103;
    UPDATE ost_ticket SET flags=18 WHERE ticket_id=104;
    UPDATE ost_ticket SET ticket_pid=101, flags=8 WHERE ticket_id=105;
    UPDATE ost_ticket SET flags=24 WHERE ticket_id=101;
    UPDATE ost_ticket SET isoverdue=1, duedate='2025-03-04 09:00:00', est_duedate='2025-03-04 10:00:00' WHERE ticket_id=106;
    INSERT INTO ost_thread_collaborator(flags,thread_id,user_id,role,created,updated) VALUES(1,107,4,'M',NOW(),'2025-03-03 09:00:00');
    UPDATE ost_ticket SET dept_id=1 WHERE ticket_id IN (108,110);
    INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) VALUES(108,2,'S','2025-03-03 09:00:00'),(114,1,'S','2025-03-03 09:00:00');
    UPDATE ost_form_field SET flags=flags|4 WHERE id=20;
    INSERT INTO ost_lock(lock_id,staff_id,expire,created) VALUES(1,1,NOW()+INTERVAL 1 HOUR,NOW()),(2,2,NOW()+INTERVAL 1 HOUR,NOW());
    UPDATE ost_ticket SET lock_id=1 WHERE ticket_id=111;
    UPDATE ost_ticket SET lock_id=2 WHERE ticket_id=112;
    INSERT INTO ost_draft(staff_id,namespace,body,created) VALUES(2,'ticket.note.113','x','2025-03-03 09:00:00'),(1,'ticket.response.113','y','2025-03-03 09:00:00');
    UPDATE ost_ticket SET team_id=1 WHERE ticket_id=114;
    UPDATE ost_ticket SET staff_id=1 WHERE ticket_id=115;
    UPDATE ost_ticket SET status_id=77 WHERE ticket_id=117;
    UPDATE ost_ticket SET number='119' WHERE ticket_id=118;
    INSERT INTO ost_task(object_id,object_type,number,flags,created,updated) VALUES(120,'T','9',1,NOW(),NOW());
    UPDATE ost_ticket SET staff_id=2 WHERE ticket_id=121;
    DELETE FROM ost_staff_dept_access WHERE staff_id=2;
    UPDATE ost_role SET permissions=REPLACE(permissions,'{','{"ticket.markanswered":1,') WHERE id=1""" % (
        (demo.numbers(101, 121),) * 7)
ASKED = NUMBERS + ["id:101", "999999", "101", "HT-0007", "310045", "id:x"]

ACTIONS = (
    ("note", {**AGENT, "note": "seen"}), ("note", {**AGENT, "note": "<p>seen</p><p> </p>", "format": "html", "title": "T", "status": "Closed"}),
    ("note", {"note": "by the system", "alert": False, "heed_lock": True}), ("note", {**AGENT, "note": ""}),
    ("status", {**AGENT, "state": "closed", "comments": "done"}), ("status", {**AGENT, "state": "open"}), ("status", {"status": "Resolved"}),
    ("status", {**AGENT, "status": "Nowhere"}),
    ("assign", {**AGENT, "staff": "mvries", "team": 1, "refer": True, "comments": "yours"}), ("assign", {"staff": "tokafor"}),
    ("claim", {**AGENT, "comments": "mine"}), ("release", AGENT), ("transfer", {**AGENT, "department": "Hire desk", "refer": True, "comments": "x"}),
    ("transfer", {"department": 3}), ("patch", {**AGENT, "topic": 1, "sla": 2, "due": "2099-05-06 07:08", "source": "Phone", "owner": 2, "comments": "why"}),
    ("patch", {**AGENT, "subject": "New words", "priority": "High", "fields": {"plate": "P-1"}}), ("patch", {"subject": "New words", "priority": "High"}),
    ("patch", {**AGENT, "answered": True, "overdue": True}), ("patch", {"source": "Phone"}), ("patch", {"user": 2, "fields": {"subject": "Mine"}}),
    ("status", {**AGENT, "state": "closed", "children": True}), ("collaborators", {**AGENT, "email": "new@nowhere.example"}), ("delete", {**AGENT}),
)
PATHS = {"patch": ("PATCH", ".json"), "delete": ("DELETE", ".json")}
RECENT = re.compile(r"20(2[6-9]|[3-9]\d)-\d\d-\d\d \d\d:\d\d:\d\d")
UNSEEN = ("fcgi_ost_mail", "fcgi_ost_cron", "fcgi_ost_position", "fcgi_ost_seen", "ost_session")


class Groups(acting.ActingDesk):
    def setUp(self):
        super().setUp()
        self.begin()

    def begin(self):
        demo.reset(self.desk)
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1);" + TICKETS)

    def tables(self):
        """All rows by their tables, but for the times at which the tests run, what is made by chance, and mails, which go out meanwhile: answers
        tell how many were queued."""
        columns = {}
        for table, column in self.desk.sql("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema=DATABASE() AND table_name "
                                           "REGEXP '^(ost|fcgi_ost)_' AND column_name NOT IN ('message_id','lease','due') AND (extra<>'auto_increment' OR table_name "
                                           "IN ('%s')) ORDER BY table_name, ordinal_position" % "','".join(demo.COUNTED)):
            columns.setdefault(table, []).append("`%s`" % column)
        found = {table: [] for table in columns if table not in UNSEEN}
        for row in self.desk.sql(";".join("SELECT '%s',%s FROM `%s` ORDER BY %s" % (
                table, ",".join(columns[table]), table, ",".join(str(n + 2) for n in range(min(4, len(columns[table]))))) for table in found)):
            found.get(row[0], []).append([RECENT.sub("NOW", value) for value in row[1:]])
        return found

    def bulk(self, tickets, action, body, once=None, **more):
        answer = self.desk.request("POST", "/tickets/bulk.json", body={"tickets": tickets, "action": action, "body": body, **more}, key=demo.KEY,
                                   headers={"Idempotency-Key": once} if once else {})
        self.assertEqual(200, answer.status, str(answer))
        return answer.json["results"]

    def call(self, number, action, body):
        """A single call's answer, as a bulk tells it."""
        method, path = PATHS.get(action, ("POST", "/%s.json" % action))
        answer = self.desk.request(method, "/tickets/" + number + path + ("?confirm=" + number if action == "delete" else ""), body=body, key=demo.KEY)
        told = {k: v for k, v in answer.json.items() if k not in ("ticket", "ids") and (k != "errors" or v)}
        if told.pop("status_code") == "0":
            told.pop("status_msg")
        return {"number": number, "status": answer.status, **told}

    @staticmethod
    def without_version(results):
        """It is made of times; and of several tickets that have a number any may be named."""
        told = [{k: v for k, v in result.items() if k != "version"} for result in results]
        return [{**result, "status_msg": None} if result.get("error") == "ambiguous" else result for result in told]

    def test_a_bulk_leaves_what_its_calls_leave_and_answers_as_they_do(self):
        for action, body in ACTIONS:
            with self.subTest(action=action, body=body):
                self.begin()
                wanted = [self.call(number, action, body) for number in ASKED]
                rows = self.tables()
                self.begin()
                told = self.bulk(ASKED, action, body)
                self.assertEqual(self.without_version(wanted), self.without_version(told))
                left = self.tables()
                for name, of_calls in rows.items():
                    self.assertEqual(of_calls, left[name], name)
                self.assertEqual(["version" in result for result in wanted], ["version" in result for result in told])

    def version(self, number):
        return self.desk.get("/tickets/%s.json" % number, key=demo.KEY).header("etag").split('"')[1].split(".")[0]

    def test_the_version_that_is_told_is_the_tickets(self):
        for more in ({}, {"atomic": True}):
            told = self.bulk(["106", "107", "id:113"], "patch", {**AGENT, "source": "Phone" if more else "Web"}, **more)
            self.assertEqual([self.version("106"), self.version("107"), self.version("113")], [result["version"] for result in told])

    def test_a_key_that_sees_some_tickets_only_is_told_of_these_and_their_versions(self):
        self.desk.sql("UPDATE fcgi_ost_key SET depts='2'")
        told = self.bulk(["106", "108", "id:107", "id:110", "113"], "patch", {**AGENT, "source": "Phone"})
        self.assertEqual([200, 404, 200, 404, 200], [result["status"] for result in told])
        self.assertEqual([self.version(number) for number in ("106", "107", "113")], [r["version"] for r in told if "version" in r])

    def test_a_ticket_that_comes_again_is_as_it_was_left(self):
        told = self.bulk(["106", "107", "106", "id:106"], "status", {**AGENT, "state": "closed"})
        self.assertEqual([200, 200, 409, 409], [result["status"] for result in told])
        told = self.bulk(["106", "107", "106"], "patch", {**AGENT, "source": "Phone"})
        self.assertEqual([["source"], ["source"], []], [result["changed"] for result in told])

    def test_a_hundred_are_done_each_once(self):
        self.desk.sql("INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated) SELECT n.seq,n.seq,1,1,2,NOW(),NOW() FROM %s n;"
                      "INSERT INTO ost_thread(id,object_id,object_type,created) SELECT n.seq,n.seq,'T',NOW() FROM %s n" % (2 * (demo.numbers(201, 300),)))
        told = self.bulk([str(n) for n in range(201, 301)], "note", {**AGENT, "note": "each"})
        self.assertEqual([201] * 100, [result["status"] for result in told])
        self.assertEqual(sorted(result["entry_id"] for result in told),
                         sorted(int(row[0]) for row in self.desk.sql("SELECT id FROM ost_thread_entry WHERE body='each'")))
        self.assertEqual("100", self.desk.value("SELECT COUNT(DISTINCT thread_id) FROM ost_thread_entry WHERE body='each'"))

    # ---- sent again
    def test_with_a_key_it_is_the_same_and_each_of_a_group_is_remembered(self):
        for action, body in (("note", {**AGENT, "note": "seen"}), ("patch", {**AGENT, "source": "Phone", "comments": "why"})):
            self.begin()
            wanted = self.bulk(ASKED, action, body)
            rows = self.tables()
            self.begin()
            first = self.bulk(ASKED, action, body, "g-1")
            left = self.tables()
            self.assertEqual(self.without_version(wanted), self.without_version(first))
            self.assertEqual({**rows, "fcgi_ost_idempotency": 0}, {**left, "fcgi_ost_idempotency": 0})
            self.assertEqual(["g-1:%d" % n for n, result in enumerate(first) if result["status"] < 300], sorted(
                (row[1] for row in left["fcgi_ost_idempotency"]), key=lambda key: int(key.split(":")[1])))
            self.assertEqual(first, self.bulk(ASKED, action, body, "g-1"))
            self.assertEqual(left, self.tables())

    def test_what_broke_off_goes_on_where_it_was_and_a_key_of_another_request_is_refused(self):
        tickets, body = ["106", "107", "113", "114", "115"], {**AGENT, "note": "once"}
        first = self.bulk(tickets, "note", body, "g-2")
        self.desk.sql("DELETE FROM fcgi_ost_idempotency WHERE idempotency_key IN ('g-2:1','g-2:3','g-2:4')")
        self.desk.sql("UPDATE fcgi_ost_idempotency SET created=created-INTERVAL 2 DAY WHERE idempotency_key='g-2:2'")
        again = self.bulk(tickets, "note", body, "g-2")
        self.assertEqual([first[0]], [result for result, one in zip(again, first) if result == one])
        self.assertEqual([201] * 5, [result["status"] for result in again])
        self.assertEqual([["106", "1"], ["107", "2"], ["113", "2"], ["114", "2"], ["115", "2"]],
                         self.desk.sql("SELECT thread_id, COUNT(*) FROM ost_thread_entry WHERE body='once' GROUP BY 1 ORDER BY 1"))
        self.assertEqual([422] * 5, [result["status"] for result in self.bulk(tickets, "note", {**AGENT, "note": "else"}, "g-2")])

    # ---- others at the same time
    def test_bulks_that_overlap_and_single_calls_do_all_once_and_hear_of_no_deadlock(self):
        statuses, lock = [], threading.Lock()

        def run(turn):
            for n in range(6):
                mark, at = "t-%d-%d" % (turn, n), (turn * 5 + n) % 10
                mine = (["106", "107", "112", "113", "114", "115", "121", "310045", "310046", "310043"] * 2)[at:at + 8]
                mine = mine[::-1] if turn % 2 else mine
                if turn < 6:
                    told = [r["status"] for r in self.bulk(mine, "note" if n % 2 else "patch", {"note": mark, "alert": False} if n % 2 else {"subject": mark})]
                else:
                    told = [self.call(number, "note", {"note": mark, "alert": False})["status"] for number in mine]
                with lock:
                    statuses.extend(told)
        threads = [threading.Thread(target=run, args=(turn,)) for turn in range(9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({200, 201}, set(statuses))
        self.assertEqual(9 * 6 * 8, len(statuses))
        self.assertEqual(str(statuses.count(201)), self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body LIKE 't-%-%'"))

    # ---- what ends a transaction
    def with_the_thread_of_the_last_held(self, meanwhile):
        """The results of a bulk of which the last ticket's own rows are another's while `meanwhile` is called: the others are written by then."""
        answers = []
        holder = threading.Thread(target=self.desk.sql, args=("BEGIN; UPDATE ost_thread SET lastresponse=NOW() WHERE id=113; SELECT SLEEP(8); COMMIT",))
        holder.start()
        self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(8)%'"), 5))
        asker = threading.Thread(target=lambda: answers.append(self.desk.request("POST", "/tickets/bulk.json", key=demo.KEY, body={
            "tickets": ["106", "107", "113"], "action": "status", "body": {**AGENT, "state": "closed", "comments": "held"}})))
        asker.start()
        self.assertTrue(until(self.waiting_for_locks, 6), [str(answer) for answer in answers] + self.desk.sql("SHOW FULL PROCESSLIST"))
        meanwhile(self.waiting_for_locks()[0][0])
        asker.join()
        holder.join()
        return answers[0]

    def waiting_for_locks(self):
        """Not by innodb_trx, which stays as it is while it is asked again and again."""
        return self.desk.sql("SELECT id FROM information_schema.processlist WHERE time>0 AND db=DATABASE() AND (info LIKE 'UPDATE `ost_ticket` t JOIN%' OR info LIKE 'EXECUTE %')")

    def closed(self):
        """How many are closed, and have an entry and an event of it."""
        return self.desk.sql("SELECT (SELECT COUNT(*) FROM ost_ticket WHERE ticket_id IN (106,107,113) AND status_id=2), (SELECT COUNT(*) FROM ost_thread_entry "
                             "WHERE body='held'), (SELECT COUNT(*) FROM ost_thread_event WHERE thread_id IN (106,107,113) AND event_id=2)")

    def test_a_worker_that_dies_amid_a_group_leaves_nothing_of_it(self):
        def kill(_):
            # The one that serves has the most open.
            os.kill(max(self.desk.workers(), key=lambda pid: len(os.listdir("/proc/%d/fd" % pid))), signal.SIGKILL)
        answer = self.with_the_thread_of_the_last_held(kill)
        self.assertGreaterEqual(answer.status, 500)
        self.assertTrue(until(lambda: not self.waiting_for_locks(), 10))
        self.assertEqual([["0", "0", "0"]], self.closed())
        self.assertEqual([200] * 3, [r["status"] for r in self.bulk(["106", "107", "113"], "status", {**AGENT, "state": "closed", "comments": "held"})])
        self.assertEqual([["3", "3", "3"]], self.closed())

    def test_a_connection_that_dies_amid_a_group_is_made_anew_and_each_is_done_once(self):
        answer = self.with_the_thread_of_the_last_held(lambda connection: self.desk.sql("KILL %s" % connection))
        self.assertEqual([200] * 3, [result["status"] for result in answer.json["results"]], str(answer))
        self.assertEqual([["3", "3", "3"]], self.closed())


if __name__ == "__main__":
    unittest.main()
