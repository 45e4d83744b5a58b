# SPDX-License-Identifier: GPL-2.0-or-later
"""Webhooks as a client sees them: registered, told, signed, repeated, switched off."""
import os
import re
import signal
import subprocess
import threading
import time
import unittest
import urllib.request
from email.utils import formatdate
from unittest import mock

import demo
from desk import free_port, until
from hook_desk import HOOK_KEY, OTHER_KEY, HookDesk, add_key, event
from webhook_receiver import answer


class Webhooks(HookDesk):
    @classmethod
    def setUpClass(cls):
        cls.metrics = "127.0.0.1:%d" % free_port()
        cls.SETTINGS = (*HookDesk.SETTINGS, "metrics.listen=" + cls.metrics)
        super().setUpClass()

    def request(self, method, path, body=None, key=HOOK_KEY):
        return self.desk.request(method, path, body=body, key=key)

    def test_a_change_of_the_panel_is_told_signed_and_within_a_second(self):
        receiver = self.receiver()
        webhook = self.register(receiver.url())
        self.assertTrue(webhook["secret"].startswith("whsec_"))
        time.sleep(12)  # at rest: the first webhook after a while is found within ten seconds
        self.write(event("closed", data='{"status":[3,"Closed"]}'))
        began = time.time()
        call = self.calls(receiver, 1)[0]
        self.assertLess(call.at - began, 1)
        self.assertTrue(call.signed_by(webhook["secret"]))
        self.assertEqual("application/json", call.headers["content-type"])
        self.assertLess(abs(int(call.headers["webhook-timestamp"]) - time.time()), 5)
        told = call.json
        self.assertEqual(("ticket.closed", 1), (told["type"], told["seq"]))
        self.assertEqual({"id": 1, "number": self.desk.value("SELECT number FROM ost_ticket WHERE ticket_id=1")},
                         told["change"]["ticket"])
        self.assertEqual({"status": [3, "Closed"]}, told["change"]["data"])
        self.assertEqual("%d-%s" % (webhook["id"], told["change"]["id"]), call.id)
        self.assertTrue(until(lambda: self.deliveries(webhook)[0]["state"] == "sent", 5))
        self.assertEqual(200, self.deliveries(webhook)[0]["status"])

    def test_our_own_reply_is_told_with_ticket_and_entry(self):
        receiver = self.receiver()
        self.register(receiver.url(), types=["entry.reply"], include=["ticket", "entry"])
        self.assertEqual(200, demo.post_reply(self.desk).status)
        told = self.calls(receiver, 1)[0].json
        self.assertEqual("entry.reply", told["type"])
        self.assertEqual("310042", told["ticket"]["number"])
        self.assertEqual(told["change"]["entry_id"], told["entry"]["id"])
        self.assertIn("The seal is changed.", told["entry"]["body"])

    def test_types_and_departments_filter(self):
        receiver = self.receiver()
        self.register(receiver.url(), types=["ticket.closed"], filter={"department": 1})
        departments = dict((int(a), int(b)) for a, b in self.desk.sql("SELECT ticket_id,dept_id FROM ost_ticket"))
        here = next(t for t, d in departments.items() if d == 1)
        elsewhere = next(t for t, d in departments.items() if d != 1)
        self.write(event("assigned", here), event("closed", elsewhere, department=2), event("closed", here))
        calls = self.calls(receiver, 1)
        time.sleep(1)
        self.assertEqual([("ticket.closed", here)], [(c.json["type"], c.json["change"]["ticket"]["id"]) for c in receiver.calls])
        self.assertEqual(1, calls[0].json["seq"])

    def test_internal_notes_are_told_where_they_are_asked_for_and_the_key_may_read_them(self):
        plain, noted = self.receiver(), self.receiver()
        self.register(plain.url())
        self.register(noted.url(), types=["entry.note", "ticket.closed"])
        add_key(self.desk, OTHER_KEY, "read webhooks")
        got = self.request("POST", "/webhooks.json", {"url": plain.url(), "types": ["entry.note"]}, OTHER_KEY)
        self.assertEqual(403, got.status)
        self.write("INSERT INTO ost_thread_entry(thread_id,staff_id,user_id,type,flags,poster,source,title,body,format,"
                   "ip_address,created,updated) SELECT id,1,0,'N',64,'T','','secret title','secret','html','',NOW(),NOW() "
                   "FROM ost_thread WHERE object_id=1 AND object_type='T';", event("closed"))
        self.assertEqual({"entry.note", "ticket.closed"}, {c.json["type"] for c in self.calls(noted, 2)})
        self.assertEqual(["ticket.closed"], [c.json["type"] for c in self.calls(plain, 1)])

    def test_rights_of_the_key_count_when_it_is_told(self):
        receiver = self.receiver(lambda call, connection: answer(500))
        webhook = self.register(receiver.url(), types=["entry.note", "ticket.closed"])
        self.write("INSERT INTO ost_thread_entry(thread_id,staff_id,user_id,type,flags,poster,source,title,body,format,"
                   "ip_address,created,updated) SELECT id,1,0,'N',64,'T','','','secret','html','',NOW(),NOW() "
                   "FROM ost_thread WHERE object_id=1 AND object_type='T';")
        self.calls(receiver, 1)
        until(lambda: self.deliveries(webhook)[0]["attempts"] == 1, 30)
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='read webhooks' WHERE key_id=%d" % self.key_id)
        receiver.behave = None
        self.hurry()
        self.assertTrue(until(lambda: self.deliveries(webhook)[0]["state"] == "dropped", 30), self.deliveries(webhook))
        self.assertEqual(1, len(receiver.calls))

    def test_a_dead_key_stops_its_webhooks(self):
        receiver = self.receiver()
        for sql, why in (("UPDATE ost_api_key SET isactive=0 WHERE id=%d", "key is switched off"), ("DELETE FROM ost_api_key WHERE id=%d", "key"),
                         ("UPDATE fcgi_ost_key SET expires=UTC_TIMESTAMP()-INTERVAL 1 SECOND WHERE key_id=%d", "expired"),
                         ("UPDATE fcgi_ost_key SET scopes='read changes' WHERE key_id=%d", "lacks a scope")):
            with self.subTest(sql):
                self.setUp()
                self.desk.sql("DELETE FROM fcgi_ost_webhook")
                webhook = self.register(receiver.url())
                self.desk.sql(sql % self.key_id)
                self.write(event("closed"))
                self.assertTrue(until(lambda: self.desk.value("SELECT state FROM fcgi_ost_webhook") == "off", 30))
                self.assertIn(why, self.desk.value("SELECT reason FROM fcgi_ost_webhook"))
                self.assertFalse(receiver.calls)
                self.assertTrue(self.desk.log_lines_of("webhook %d is switched off" % webhook["id"]))

    def test_a_key_that_sees_some_departments_is_told_of_these(self):
        departments = dict((int(a), int(b)) for a, b in self.desk.sql("SELECT ticket_id,dept_id FROM ost_ticket"))
        here = next(t for t, d in departments.items() if d == 1)
        elsewhere = next(t for t, d in departments.items() if d != 1)
        add_key(self.desk, OTHER_KEY, "read notes webhooks", depts="1")
        receiver = self.receiver()
        self.register(receiver.url(), key=OTHER_KEY)
        self.write(event("closed", elsewhere), event("closed", here), event("reopened", elsewhere), event("reopened", here))
        self.calls(receiver, 2)
        time.sleep(1)
        self.assertEqual([here, here], [c.json["change"]["ticket"]["id"] for c in receiver.calls])

    def test_a_key_that_sees_some_departments_is_told_nothing_of_other_tickets(self):
        receiver, everything = self.receiver(), self.receiver()
        add_key(self.desk, OTHER_KEY, "read notes webhooks", depts="1")
        self.register(receiver.url(), key=OTHER_KEY, include=["ticket"])
        self.register(everything.url(), include=["ticket"])
        self.desk.sql("UPDATE ost_ticket SET dept_id=1,ticket_pid=2 WHERE ticket_id=1; UPDATE ost_ticket SET dept_id=2 WHERE ticket_id=2")
        self.write(event("merged", data='{"id":2,"ticket":"310043"}'))
        told, told_all = self.calls(receiver, 1)[0], self.calls(everything, 1)[0]
        self.assertEqual((None, None), (told.json["change"]["data"], told.json["ticket"]["parent"]))
        self.assertEqual((2, 2), (told_all.json["change"]["data"]["id"], told_all.json["ticket"]["parent"]["id"]))

    def test_a_key_that_came_to_see_as_a_client_is_told_nothing(self):
        receiver = self.receiver()
        key = add_key(self.desk, OTHER_KEY, "read webhooks")
        hook = self.register(receiver.url(), key=OTHER_KEY, include=["ticket"])
        self.desk.sql("UPDATE fcgi_ost_key SET view='user',view_id=1 WHERE key_id=%d" % key)
        self.write(event("closed"))
        self.assertTrue(until(lambda: self.desk.value("SELECT state FROM fcgi_ost_webhook WHERE id=%d" % hook["id"]) == "off", 20))
        self.assertEqual([], receiver.calls)

    def test_500_then_200_is_one_change_with_one_id(self):
        statuses = [500, 200]
        receiver = self.receiver(lambda call, connection: answer(statuses.pop(0) if statuses else 200))
        webhook = self.register(receiver.url())
        self.write(event("closed"), event("reopened"))
        self.calls(receiver, 1)
        self.assertTrue(until(lambda: self.deliveries(webhook)[-1]["attempts"] == 1, 30))
        waiting = self.deliveries(webhook)[-1]
        self.assertEqual(("waiting", 500), (waiting["state"], waiting["status"]))
        self.assertTrue(7 <= waiting["next_try_in"] <= 12, waiting)
        self.assertIn("it answers 500", waiting["error"])
        time.sleep(1)
        self.assertEqual(1, len(receiver.calls), "what comes behind a failure waits")
        self.hurry()
        calls = self.calls(receiver, 3)
        self.assertEqual(calls[0].id, calls[1].id)
        self.assertEqual(calls[0].body, calls[1].body)
        self.assertEqual(["ticket.closed", "ticket.closed", "ticket.reopened"], [c.json["type"] for c in calls])
        self.assertTrue(until(lambda: [d["state"] for d in self.deliveries(webhook)] == ["sent", "sent"], 5))

    def test_a_clock_that_is_another_than_the_databases_changes_no_order_and_no_wait(self):
        def restarted(**environment):
            self.desk.pool("stop")
            with mock.patch.dict(os.environ, environment):
                self.desk.pool("start")
        self.addCleanup(restarted)
        for ahead in (7200, -7200):
            restarted(LD_PRELOAD=os.environ["OTHER_CLOCK"], AHEAD=str(ahead), ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")
            statuses = [500]
            receiver = self.receiver(lambda call, connection, statuses=statuses: answer(statuses.pop() if statuses else 200))
            webhook = self.register(receiver.url())
            self.write(event("closed"), event("reopened"))
            call = self.calls(receiver, 1)[0]
            self.assertTrue(call.signed_by(webhook["secret"]))
            self.assertLess(abs(int(call.headers["webhook-timestamp"]) - time.time() - ahead), 30, "it is of this machine")
            self.assertTrue(until(lambda webhook=webhook: self.deliveries(webhook)[-1]["attempts"] == 1, 30))
            self.assertTrue(7 <= self.deliveries(webhook)[-1]["next_try_in"] <= 12)
            self.assertEqual(["ticket.closed", "ticket.closed", "ticket.reopened"], [one.json["type"] for one in self.calls(receiver, 3)])

    def test_retry_after_is_respected(self):
        receiver = self.receiver(lambda call, connection: answer(429, [("Retry-After", "120")]))
        webhook = self.register(receiver.url())
        self.write(event("closed"))
        self.assertTrue(until(lambda: self.deliveries(webhook) and self.deliveries(webhook)[0]["attempts"] == 1, 30))
        self.assertTrue(110 <= self.deliveries(webhook)[0]["next_try_in"] <= 120)

    def test_retry_after_may_be_a_date(self):
        receiver = self.receiver(lambda call, connection: answer(503, [("Retry-After", formatdate(time.time() + 300, usegmt=True))]))
        webhook = self.register(receiver.url())
        self.write(event("closed"))
        self.assertTrue(until(lambda: self.deliveries(webhook) and self.deliveries(webhook)[0]["attempts"] == 1, 30))
        self.assertTrue(270 <= self.deliveries(webhook)[0]["next_try_in"] <= 300, self.deliveries(webhook))

    def test_more_than_may_wait_switches_it_off_and_what_waits_is_told_once_it_is_on(self):
        self.desk.setting("webhooks", "backlog", 100)
        self.desk.reload()
        self.addCleanup(self.desk.reload)
        self.addCleanup(self.desk.setting, "webhooks", "backlog", 100000)
        receiver = self.receiver(lambda call, connection: answer(500))
        webhook = self.register(receiver.url(), types=["ticket.edited"])
        self.desk.sql("UPDATE fcgi_ost_webhook SET updated=UTC_TIMESTAMP()-INTERVAL 61 MINUTE")
        self.write(*[event("edited")] * 99)
        self.assertTrue(until(lambda: self.desk.value("SELECT seq FROM fcgi_ost_webhook") == "99", 30))
        self.write(event("edited"))
        self.assertTrue(until(lambda: self.desk.value("SELECT seq FROM fcgi_ost_webhook") == "100", 30))
        self.assertEqual("on", self.desk.value("SELECT state FROM fcgi_ost_webhook"))
        for _ in range(2):  # one more than may wait is told
            self.write(event("edited"))
            time.sleep(1)
        self.assertTrue(until(lambda: self.desk.value("SELECT state FROM fcgi_ost_webhook") == "off", 30))
        self.assertEqual("101", self.desk.value("SELECT COUNT(*) FROM fcgi_ost_delivery WHERE state='waiting'"))
        self.assertIn("more changes wait", self.request("GET", "/webhooks/%d.json" % webhook["id"]).json["webhook"]["reason"])
        receiver.behave = None
        before = len(receiver.calls)
        self.desk.sql("UPDATE fcgi_ost_delivery SET due=UTC_TIMESTAMP()+INTERVAL 1 DAY WHERE state='waiting' ORDER BY seq LIMIT 1")
        self.assertEqual(200, self.request("PATCH", "/webhooks/%d.json" % webhook["id"], {"active": True}).status)
        self.write(event("edited"))  # what comes at once does not switch it off again
        self.assertEqual(list(range(1, 103)), [call.json["seq"] for call in self.calls(receiver, before + 102)[before:]])

    def test_410_switches_it_off(self):
        receiver = self.receiver(lambda call, connection: answer(410))
        webhook = self.register(receiver.url())
        self.write(event("closed"))
        self.assertTrue(until(lambda: not self.request("GET", "/webhooks/%d.json" % webhook["id"]).json["webhook"]["active"], 30))
        told = self.request("GET", "/webhooks/%d.json" % webhook["id"]).json["webhook"]
        self.assertIn("410", told["reason"])
        receiver.behave = None
        self.desk.sql("UPDATE fcgi_ost_delivery SET due=UTC_TIMESTAMP()+INTERVAL 1 DAY WHERE state='waiting'")
        got = self.request("PATCH", "/webhooks/%d.json" % webhook["id"], {"active": True})
        self.assertEqual((200, True, None), (got.status, got.json["webhook"]["active"], got.json["webhook"]["reason"]))
        self.assertTrue(until(lambda: self.deliveries(webhook)[0]["state"] == "sent", 30), "it does not wait for its next try any more")

    def test_one_that_was_switched_off_is_named_by_log_check_and_metrics(self):
        def counted():
            with urllib.request.urlopen("http://%s/metrics" % self.metrics, timeout=30) as answer:
                return int(re.search(r"^osticket_fcgi_webhooks_switched_off_total (\d+)$", answer.read().decode(), re.M).group(1))
        before = counted()
        webhook = self.register(self.receiver(lambda call, connection: answer(410)).url())
        self.write(event("closed"))
        self.assertTrue(self.desk.log_lines_of("webhook %d is switched off" % webhook["id"]))
        self.assertTrue(until(lambda: counted() == before + 1, 10))
        said = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True, text=True, timeout=120, check=False).stdout
        self.assertRegex(said, "webhook %d is off: .*410" % webhook["id"])
        self.assertIn("osticket-fcgi hook set %d --on" % webhook["id"], said)

    def test_what_was_told_is_kept_for_a_week(self):
        receiver = self.receiver()
        webhook, other = self.register(receiver.url()), self.register(self.receiver(lambda call, connection: answer(410)).url())
        self.write(event("closed"), event("reopened"))
        self.calls(receiver, 2)
        self.assertTrue(until(lambda: [d["state"] for d in self.deliveries(webhook)] == ["sent", "sent"] and self.deliveries(other)[-1]["attempts"], 20))
        old = "UTC_TIMESTAMP()-INTERVAL %d DAY"
        self.desk.sql("UPDATE fcgi_ost_delivery SET created=" + old % 8 + ",finished=IF(finished IS NULL,NULL,IF(type='ticket.closed'," + old % 8 + "," + old % 6 + "))")
        os.kill(self.desk.hooks(), signal.SIGKILL)  # a new one tidies up at once, and then hourly
        self.assertTrue(until(lambda: [d["type"] for d in self.deliveries(webhook)] == ["ticket.reopened"] and self.deliveries(other) == [], 30),
                        self.deliveries(webhook) + self.deliveries(other))

    def test_five_days_of_failures_switch_it_off(self):
        receiver = self.receiver(lambda call, connection: answer(503))
        webhook = self.register(receiver.url())
        self.write(event("closed"))
        self.assertTrue(until(lambda: self.deliveries(webhook) and self.deliveries(webhook)[0]["attempts"] == 1, 30))
        self.desk.sql("UPDATE fcgi_ost_webhook SET failing=UTC_TIMESTAMP()-INTERVAL 119 HOUR")
        self.hurry()
        self.assertTrue(until(lambda: self.deliveries(webhook)[0]["attempts"] == 2, 30))
        self.assertEqual("on", self.desk.value("SELECT state FROM fcgi_ost_webhook"))
        self.desk.sql("UPDATE fcgi_ost_webhook SET failing=UTC_TIMESTAMP()-INTERVAL 121 HOUR")
        time.sleep(1.2)
        self.hurry()
        self.assertTrue(until(lambda: self.desk.value("SELECT state FROM fcgi_ost_webhook") == "off", 30))
        self.assertIn("five days", self.desk.value("SELECT reason FROM fcgi_ost_webhook"))

    def test_after_the_last_try_a_change_is_given_up_and_the_next_is_told(self):
        receiver = self.receiver(lambda call, connection: answer(500))
        webhook = self.register(receiver.url())
        self.write(event("closed"), event("reopened"))
        self.assertTrue(until(lambda: self.deliveries(webhook) and self.deliveries(webhook)[-1]["attempts"] == 1, 30))
        self.desk.sql("UPDATE fcgi_ost_delivery SET attempts=8 WHERE attempts=1")
        receiver.behave = lambda call, connection: answer(500 if call.json["type"] == "ticket.closed" else 200)
        self.hurry()
        self.assertTrue(until(lambda: [d["state"] for d in self.deliveries(webhook)] == ["sent", "failed"], 10),
                        self.deliveries(webhook))

    def test_a_delivery_is_told_once_more_by_hand(self):
        receiver = self.receiver()
        webhook = self.register(receiver.url())
        self.write(event("closed"))
        self.calls(receiver, 1)
        self.assertTrue(until(lambda: self.deliveries(webhook)[0]["state"] == "sent", 5))
        delivery = self.deliveries(webhook)[0]
        got = self.request("POST", "/webhooks/%d/deliveries/%d/replay.json" % (webhook["id"], delivery["id"]))
        self.assertEqual((200, "waiting"), (got.status, got.json["delivery"]["state"]))
        calls = self.calls(receiver, 2)
        self.assertEqual((calls[0].id, calls[0].body), (calls[1].id, calls[1].body))
        self.assertEqual(404, self.request("POST", "/webhooks/%d/deliveries/999/replay.json" % webhook["id"]).status)

    def test_a_test_goes_the_same_way(self):
        receiver = self.receiver()
        webhook = self.register(receiver.url())
        got = self.request("POST", "/webhooks/%d/test.json" % webhook["id"])
        self.assertEqual((201, "test"), (got.status, got.json["delivery"]["type"]))
        call = self.calls(receiver, 1)[0]
        self.assertEqual({"type": "test", "seq": 1, "change": None}, call.json)
        self.assertTrue(call.signed_by(webhook["secret"]))

    def test_two_secrets_sign_for_a_day(self):
        receiver = self.receiver()
        webhook = self.register(receiver.url())
        got = self.request("POST", "/webhooks/%d/secret.json" % webhook["id"])
        fresh = got.json["webhook"]["secret"]
        self.assertNotEqual(webhook["secret"], fresh)
        time.sleep(1.2)
        self.write(event("closed"))
        call = self.calls(receiver, 1)[0]
        self.assertTrue(call.signed_by(webhook["secret"]) and call.signed_by(fresh))
        self.desk.sql("UPDATE fcgi_ost_webhook SET old_until=UTC_TIMESTAMP()-INTERVAL 1 SECOND")
        time.sleep(1.2)
        self.write(event("reopened"))
        call = self.calls(receiver, 2)[1]
        self.assertFalse(call.signed_by(webhook["secret"]))
        self.assertTrue(call.signed_by(fresh))

    def test_a_secret_that_comes_while_a_call_is_under_way(self):
        asked, goes_on = threading.Event(), threading.Event()

        def slowly(call, connection):
            asked.set()
            goes_on.wait(8)
            return answer(500)
        receiver = self.receiver(slowly)
        webhook = self.register(receiver.url(), include=["ticket"])
        self.write(event("closed"), event("reopened"))
        self.assertTrue(asked.wait(30))
        secrets = [webhook["secret"]]
        for _ in range(2):
            secrets.append(self.request("POST", "/webhooks/%d/secret.json" % webhook["id"]).json["webhook"]["secret"])
        time.sleep(1.5)  # the process looks at its webhooks each second
        receiver.behave = None
        goes_on.set()
        self.assertTrue(until(lambda: self.deliveries(webhook)[-1]["attempts"] == 1, 20))
        self.hurry()
        calls = self.calls(receiver, 3)
        self.assertEqual([[True, False, False], [False, True, True], [False, True, True]],
                         [[call.signed_by(secret) for secret in secrets] for call in calls])
        self.assertEqual((calls[0].id, calls[0].body), (calls[1].id, calls[1].body))

    def test_a_key_sees_its_own_webhooks_alone(self):
        receiver = self.receiver()
        webhook = self.register(receiver.url())
        add_key(self.desk, OTHER_KEY, "read webhooks")
        self.assertEqual([], self.request("GET", "/webhooks.json", key=OTHER_KEY).json["webhooks"])
        for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/test"), ("POST", "/secret"),
                             ("GET", "/deliveries"), ("POST", "/deliveries/1/replay")):
            got = self.request(method, "/webhooks/%d%s.json" % (webhook["id"], path),
                               {"active": False} if method == "PATCH" else None, OTHER_KEY)
            self.assertEqual(404, got.status, (method, path))
        self.assertEqual(403, self.request("GET", "/webhooks.json", key=demo.READ_ONLY_KEY).status)
        shown = self.request("GET", "/webhooks.json").json["webhooks"]
        self.assertEqual([webhook["id"]], [w["id"] for w in shown])
        self.assertNotIn("secret", shown[0])

    def test_a_webhook_that_is_deleted_is_told_nothing_more(self):
        receiver = self.receiver(lambda call, connection: answer(500))
        webhook = self.register(receiver.url())
        self.write(event("closed"))
        self.calls(receiver, 1)
        self.assertEqual(webhook["id"], self.request("DELETE", "/webhooks/%d.json" % webhook["id"]).json["deleted"])
        receiver.behave = None
        self.write(event("reopened"))
        self.hurry()
        time.sleep(1.5)
        self.assertEqual(1, len(receiver.calls))

    def test_a_webhook_that_ends_while_it_is_changed_is_not_there(self):
        for method, path, body in (("PATCH", "", '{"format":"slack"}'), ("PATCH", "", '{"active":false}'), ("POST", "/secret", None)):
            with self.subTest(method + path, body=body):
                webhook = self.register("https://shop.example/hook")
                ends = threading.Thread(target=self.desk.sql, args=(
                    "BEGIN; DELETE FROM fcgi_ost_webhook WHERE id=%d; SELECT SLEEP(1.5); COMMIT" % webhook["id"],))
                ends.start()
                self.assertTrue(until(lambda: self.desk.sql("SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(1.5)%'"), 5))
                refused = self.request(method, "/webhooks/%d%s.json" % (webhook["id"], path), body)
                ends.join()
                self.assertEqual((404, "not_found"), (refused.status, refused.json["error"]))

    def test_chats_get_a_line(self):
        slack, teams = self.receiver(), self.receiver()
        self.register(slack.url(), format="slack")
        self.register(teams.url(), format="teams")
        self.desk.sql("UPDATE ost_ticket__cdata SET subject='A <b> & *c*' WHERE ticket_id=1")
        self.write(event("closed"))
        number = self.desk.value("SELECT number FROM ost_ticket WHERE ticket_id=1")
        text = self.calls(slack, 1)[0].json["text"]
        self.assertIn("A &lt;b&gt; &amp; *c*: closed by tokafor", text)
        self.assertIn("/scp/tickets.php?id=1|#%s>" % number, text)
        text = self.calls(teams, 1)[0].json["text"]
        self.assertIn("A &lt;b&gt; &amp; \\*c\\*: closed by tokafor", text)
        self.assertIn("[\\#%s](" % number, text)

    def test_a_long_text_is_cut(self):
        receiver = self.receiver()
        self.register(receiver.url(), types=["entry.message"], include=["entry"])
        # A text that its column does not hold lies in a file.
        self.write("BEGIN; INSERT INTO ost_thread_entry(thread_id,staff_id,user_id,type,flags,poster,source,title,body,format,"
                   "ip_address,created,updated) SELECT id,0,1,'M',0,'T','','','','html','',NOW(),NOW() "
                   "FROM ost_thread WHERE object_id=1 AND object_type='T'; SET @entry=LAST_INSERT_ID();"
                   "INSERT INTO ost_file(ft,bk,type,size,`key`,signature,name,attrs,created) "
                   "VALUES('T','D','text/html',0,'longlonglonglong','longlonglonglong','body','',NOW());"
                   "SET @file=LAST_INSERT_ID(); INSERT INTO ost_file_chunk(file_id,chunk_id,filedata) "
                   "VALUES(@file,0,REPEAT('<p>ä</p>',25000)),(@file,1,REPEAT('<p>ö</p>',25000));"
                   "INSERT INTO ost_attachment(object_id,type,file_id,inline) VALUES(@entry,'H',@file,1); COMMIT;")
        call = self.calls(receiver, 1)[0]
        self.assertLessEqual(len(call.body), 256 << 10)
        self.assertTrue(call.json["cut"])
        self.assertGreater(len(call.json["entry"]["body"]), 20000)

    def test_a_subject_that_is_too_long_stops_nothing(self):
        receiver = self.receiver()
        self.register(receiver.url(), include=["ticket"])
        self.desk.sql("UPDATE ost_ticket__cdata SET subject=REPEAT('x',300000) WHERE ticket_id=1")
        self.write(event("closed"), event("reopened", 2))
        calls = self.calls(receiver, 2)
        self.assertEqual((None, True), (calls[0].json["ticket"], calls[0].json["cut"]))
        self.assertEqual(2, calls[1].json["ticket"]["id"])

    def test_what_is_no_webhook_is_refused(self):
        url = "https://shop.example/hook"
        for body, field in (({}, "url"), ({"url": "ftp://a.example/"}, "url"), ({"url": "http://10.0.0.1/"}, "url"),
                            ({"url": url, "types": ["ticket.exploded"]}, "types"), ({"url": url, "types": "x"}, "types"),
                            ({"url": url, "format": "xml"}, "format"), ({"url": url, "include": ["secrets"]}, "include"),
                            ({"url": url, "filter": {"department": "Nowhere"}}, "filter"), ({"url": url, "extra": 1}, "extra"),
                            ({"url": url, "filter": {"x": 1}}, "x")):
            got = self.request("POST", "/webhooks.json", body)
            self.assertEqual((422, [field]), (got.status, list(got.json["errors"])), (body, got.text))
        webhook = self.register(url)
        for address in ("10.0.0.7", "192.168.1.1", "172.31.0.1", "127.0.0.2", "169.254.1.1", "169.254.169.254", "168.63.129.16", "0.0.0.0", "[::ffff:10.0.0.7]",
                        "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]", "[fe80::1]", "[64:ff9b::a9fe:a9fe]"):
            for method, path in (("POST", "/webhooks.json"), ("PATCH", "/webhooks/%d.json" % webhook["id"])):
                got = self.request(method, path, {"url": "http://%s/hook" % address})
                self.assertEqual((422, ["url"]), (got.status, list(got.json["errors"])), (method, address))
        self.assertEqual(url, self.request("GET", "/webhooks/%d.json" % webhook["id"]).json["webhook"]["url"])
        self.assertEqual(400, self.request("POST", "/webhooks.json", "{").status)
        add_key(self.desk, OTHER_KEY, "read webhooks", view="user", view_id=1)
        self.assertEqual(403, self.request("POST", "/webhooks.json", {"url": url}, OTHER_KEY).status)


if __name__ == "__main__":
    unittest.main()
