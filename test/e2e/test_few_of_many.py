# SPDX-License-Identifier: GPL-2.0-or-later
"""Few tickets are found without reading the many: where nearly all tickets have the same value, or none, an index says of each value that
half of the table has it."""
import time
import unittest

import demo
from desk import until

MANY, FEW = 6000, 3
MOST = MANY // 4  # rows that may be read, helper processes' own among them
READS = ("SELECT SUM(variable_value) FROM information_schema.global_status WHERE variable_name IN ('Handler_read_first','Handler_read_key',"
         "'Handler_read_last','Handler_read_next','Handler_read_prev','Handler_read_rnd','Handler_read_rnd_next')")
# What the many have, and the few.
VALUES = {"status_id": (1, 3), "dept_id": (1, 2), "topic_id": (1, 2), "staff_id": (0, 1), "team_id": (0, 1), "sla_id": (1, 2), "user_id": (1, 2),
          "ticket_pid": ("NULL", 2)}


class FewOfMany(demo.FreshDesk):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        demo.reset(cls.desk)
        many = {column: of[0] for column, of in VALUES.items()}
        cls.insert(many, MANY)
        for column, of in VALUES.items():
            cls.insert({**many, column: of[1]}, FEW)
        cls.desk.sql("""UPDATE ost_role SET permissions='{"ticket.link":1,"ticket.close":1,"ticket.delete":1}'""")
        cls.desk.sql("UPDATE ost_ticket SET flags=8 WHERE ticket_pid=2; REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff) VALUES(1,'*',1); "
                     "ANALYZE TABLE ost_ticket")

    @classmethod
    def insert(cls, values, count):
        first = int(cls.desk.value("SELECT MAX(ticket_id) FROM ost_ticket")) + 1
        cls.desk.sql("INSERT INTO ost_ticket(ticket_id,number,%s,source,created,updated,lastupdate) SELECT %d+seq,CONCAT('few',%d+seq),%s,'API',"
                     "NOW()-INTERVAL seq MINUTE,NOW(),NOW() FROM seq_0_to_%d" % (",".join(values), first, first, ",".join(map(str, values.values())),
                                                                                 count - 1))
        cls.desk.sql("INSERT INTO ost_thread(object_id,object_type,created) SELECT ticket_id,'T',NOW() FROM ost_ticket WHERE ticket_id>=%d" % first)

    def setUp(self):
        pass  # all tests read the same tickets

    def count(self):
        return int(self.desk.value(READS))

    def is_at_rest(self):
        """Helper processes walk over new rows: what they read is none of a request's."""
        before = self.count()
        time.sleep(0.3)
        return self.count() - before < MOST / 10

    def reads(self, method, path, body=None):
        before = self.count()
        answer = self.desk.request(method, "/tickets" + path, body=body, key=demo.KEY)
        self.assertEqual(200, answer.status, str(answer))
        return self.count() - before

    def check(self, path):
        """What a worker prepares is read as well, and what helper processes look at meanwhile."""
        tries = [self.reads("GET", path)]
        while tries[-1] >= MOST and len(tries) < 10:
            tries.append(self.reads("GET", path))
        self.assertLess(tries[-1], MOST, tries)

    def test_each_filter(self):
        for wanted in ("status=3", "department=2", "topic=2", "staff=1", "team=1", "sla=2", "user=2", "parent=id:2"):
            for order in ("", "&sort=id", "&sort=updated"):
                with self.subTest(wanted + order):
                    self.check(".json?" + wanted + order)

    def test_a_parent_and_its_relatives(self):
        number = self.desk.value("SELECT number FROM ost_ticket WHERE ticket_id=2")
        for path in (".json", "/related.json", ".json?include=related"):
            with self.subTest(path):
                self.check("/" + number + path)

    def test_what_is_done_to_a_parent(self):
        """Last: it changes the tickets."""
        self.desk.sql("UPDATE ost_role SET permissions=REPLACE(permissions,'{','{\"ticket.edit\":1,')")
        number = self.desk.value("SELECT number FROM ost_ticket WHERE ticket_id=2")
        child = self.desk.value("SELECT number FROM ost_ticket WHERE ticket_pid=2 LIMIT 1")
        for method, path, body in (("POST", "/%s/unlink.json" % number, {"tickets": [child]}),
                                   ("POST", "/%s/status.json" % number, {"status": "closed", "children": True}),
                                   ("DELETE", "/%s.json?confirm=%s" % (number, number), {})):
            with self.subTest(path):
                until(self.is_at_rest, 30)
                self.assertLess(self.reads(method, path, {**body, "staffUserName": "tokafor"}), MOST)


if __name__ == "__main__":
    unittest.main()
