# SPDX-License-Identifier: GPL-2.0-or-later
"""What schema/demo.sql holds, by name, and a desk with it that the tests of a file share."""
import os
import re
import unittest

from desk import ROOT, Desk, until

KEY = "DE305D5475B4431BADB2EB6B9E546014"
READ_ONLY_KEY = "7C9E6679742540DE944BE07FC1F90AE7"
SWITCHED_OFF_KEY = "16FD2706BAAF433B82EB8C7FADA847DA"
OTHER_ADDRESS_KEY = "6FA459EAEE8A3CA4894EDB77E160355E"
OTHER_ADDRESS = "192.0.2.80"
# Tables whose next id the tests expect; the others may count on.
COUNTED = ("ost_thread_entry", "ost_thread_event", "ost_file", "ost_ticket", "ost_thread")
DATA = os.path.join(ROOT, "schema", "demo.sql")


def shared_desk():
    return Desk(os.environ["STACK"])


def own_desk(name, settings=(), **environment):
    return Desk.up(os.path.join(os.environ["STACKS"], name), settings, **environment)


def put_mails_to_rest(desk):
    """Nothing waits, and the mailer has nothing in its hands: nothing comes any more of what was queued before."""
    table = "fcgi_%smail" % desk.prefix
    desk.sql_again("UPDATE %s SET state='dropped',due=NULL WHERE state='waiting'" % table)
    until(lambda: desk.value("SELECT COUNT(*) FROM %s WHERE state='sending'" % table) == "0", 10)


def reset(desk):
    """The rows of schema/demo.sql again, no mail in the queue, and none that still goes out."""
    names = [r[0] for r in desk.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() "
                                    "AND (table_name LIKE 'ost\\_%' OR table_name LIKE 'fcgi\\_ost\\_%')")]
    # One transaction: a commit each would be most of the time. Only what holds rows has a counter to set back.
    filled = desk.sql(" UNION ALL ".join("SELECT '%s' FROM (SELECT 1 FROM `%s` LIMIT 1) a" % (n, n) for n in names))
    if ["fcgi_ost_mail"] in filled:
        put_mails_to_rest(desk)
    desk.sql_again("BEGIN;" + "".join("DELETE FROM `%s`;" % row[0] for row in filled) + "COMMIT;" +
                   "".join("ALTER TABLE `%s` AUTO_INCREMENT = 1;" % row[0] for row in filled if row[0] in COUNTED))
    desk.load(DATA)


def numbers(first, last):
    """A table of the numbers in its column seq, in SQL."""
    return ("(SELECT j.n + %d AS seq FROM JSON_TABLE(CONCAT('[0', REPEAT(',0', %d), ']'), '$[*]' COLUMNS(n FOR ORDINALITY)) j)"
            % (first - 1, last - first))


class FreshDesk(unittest.TestCase):
    """Tests of which each begins with the rows of schema/demo.sql on the shared desk."""
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = shared_desk()

    def setUp(self):
        reset(self.desk)

    @classmethod
    def tearDownClass(cls):
        reset(cls.desk)

    def setting(self, key, value):
        """One of the help desk's own settings."""
        self.desk.sql("DELETE FROM ost_config WHERE namespace='core' AND `key`='%s'; INSERT INTO ost_config"
                      "(namespace,`key`,value) VALUES('core','%s','%s')" % (key, key, value))


def reply(**fields):
    """The body of a reply that the server takes, with other fields."""
    body = {"ticketNumber": "310042", "staffUserName": "tokafor", "response": "The seal is changed."}
    body.update(fields)
    return {name: value for name, value in body.items() if value is not None}


def post_reply(desk, key=KEY, **fields):
    return desk.request("POST", "/tickets/reply.json", body=reply(**fields), key=key)


def logged(desk, request_id):
    """The fields of the log line of one request."""
    lines = desk.log_lines_of("id=%s " % request_id)
    assert len(lines) == 1, lines
    return dict(re.findall(r'(\w+)=("[^"]*"|\S+)', lines[0]))


def traced(desk, method, path, request_id, **more):
    """The answer to a request and the fields of its log line."""
    headers = {**more.pop("headers", {}), "X-Request-Id": request_id}
    answer = desk.request(method, path, headers=headers, key=more.pop("key", KEY), **more)
    return answer, logged(desk, request_id)
