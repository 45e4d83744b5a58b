# SPDX-License-Identifier: GPL-2.0-or-later
"""A help desk whose webhooks may be at this machine, and what tests of them do again and again."""
import unittest

import demo
from desk import until
from webhook_receiver import Receiver

SETTINGS = ("webhooks.http=yes", "webhooks.allow=127.0.0.1, ::1")
HOOK_KEY = "0A1B2C3D4E5F60718293A4B5C6D7E8F9"
OTHER_KEY = "F0E1D2C3B4A5968778695A4B3C2D1E0F"


def add_key(desk, key=HOOK_KEY, scopes="read notes webhooks changes", **rules):
    """A key with rules; its id."""
    columns = {"networks": "127.0.0.1", "scopes": scopes, **rules}
    return int(desk.value(
        "INSERT INTO ost_api_key(isactive,ipaddr,apikey,can_create_tickets,can_exec_cron,notes,updated,created) "
        "VALUES(1,'127.0.0.1','%s',0,0,'',NOW(),NOW()); SET @id=LAST_INSERT_ID(); INSERT INTO fcgi_ost_key(key_id,%s) "
        "VALUES(@id,%s); SELECT @id" % (key, ",".join("`%s`" % name for name in columns),
                                        ",".join("'%s'" % value for value in columns.values()))))


def event(name, ticket=1, thread=None, department=1, more="", desk=None, data=None):
    """SQL of an event as the panel writes it."""
    thread = thread or "(SELECT id FROM ost_thread WHERE object_id=%d AND object_type='T')" % ticket
    return ("INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,data,username,uid,"
            "uid_type,annulled,timestamp) VALUES(%s,'T',(SELECT id FROM ost_event WHERE name='%s'),1,0,%d,0,%s,'tokafor',1,'S',0,"
            "NOW());" % (thread, name, department, "'%s'" % data if data else "NULL"))


class HookDesk(unittest.TestCase):
    """Tests of which each begins with the rows of schema/demo.sql, a key and a receiver."""
    NAME, SETTINGS = "hooks", SETTINGS

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk(cls.NAME, cls.SETTINGS)

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def setUp(self):
        demo.reset(self.desk)
        self.key_id = add_key(self.desk)
        self.receivers = []

    def tearDown(self):
        self.desk.sql("DELETE FROM fcgi_ost_webhook; DELETE FROM fcgi_ost_delivery")
        for receiver in self.receivers:
            receiver.close()

    def receiver(self, *arguments, **named):
        self.receivers.append(Receiver(*arguments, **named))
        return self.receivers[-1]

    def register(self, url, key=HOOK_KEY, **members):
        """A webhook; its members as they are told, the secret among them."""
        got = self.desk.request("POST", "/webhooks.json", body={"url": url, **members}, key=key)
        self.assertEqual(201, got.status, got)
        return got.json["webhook"]

    def deliveries(self, webhook, key=HOOK_KEY):
        got = self.desk.request("GET", "/webhooks/%d/deliveries.json" % webhook["id"], key=key)
        self.assertEqual(200, got.status, got)
        return got.json["deliveries"]

    def write(self, *statements):
        self.desk.sql("".join(statements))

    def hurry(self):
        """What waits for its next try is due now."""
        self.desk.sql("UPDATE fcgi_ost_delivery SET due=UTC_TIMESTAMP() WHERE state='waiting'")

    def calls(self, receiver, count, seconds=30):
        """The first so many calls; the test fails where they do not come."""
        until(lambda: len(receiver.calls) >= count, seconds)
        self.assertGreaterEqual(len(receiver.calls), count)
        return list(receiver.calls)
