# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys: who may ask, from where, and that a key switched off stops at once."""
import unittest

import demo
from desk import Desk


class Keys(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)

    @classmethod
    def tearDownClass(cls):
        demo.reset(cls.desk)

    def answer_to(self, key, **more):
        answer = self.desk.get("/tickets", key=key, **more)
        return answer.status, answer.text if answer.status != 200 else ""

    def test_no_key_a_wrong_key_and_one_of_another_address(self):
        for key in (None, "", "0", "WRONG", demo.OTHER_ADDRESS_KEY):
            self.assertEqual((401, "Valid API key required"), self.answer_to(key))

    def test_a_key_of_another_address_is_of_no_use_whatever_is_asked(self):
        for path in ("/tickets/ticketInfo?ticketNumber=310042", "/tickets/staffTickets?staffUserName=mvries",
                     "/tickets/clientTickets?clientUserMail=anna@quay.example", "/tickets"):
            self.assertEqual(200, self.desk.get(path, key=demo.KEY).status, path)
            answer = self.desk.get(path, key=demo.OTHER_ADDRESS_KEY)
            self.assertEqual((401, "Valid API key required"), (answer.status, answer.text), path)
        answer = self.desk.request("POST", "/tickets/reply.json", body=demo.reply(), key=demo.OTHER_ADDRESS_KEY)
        self.assertEqual((401, "Valid API key required"), (answer.status, answer.text))

    def test_a_key_that_is_switched_off(self):
        self.assertEqual((401, "API key not found/active or source IP not authorized"),
                         self.answer_to(demo.SWITCHED_OFF_KEY))

    def test_case_and_trailing_blanks_of_a_key_do_not_count_as_in_php(self):
        self.assertEqual((200, ""), self.answer_to(demo.KEY.lower()))

    def test_a_letter_that_the_database_takes_for_another_opens_nothing(self):
        self.addCleanup(demo.reset, self.desk)
        self.desk.sql("INSERT INTO ost_api_key(isactive,ipaddr,apikey,can_create_tickets,notes,updated,created) VALUES"
                      "(1,'127.0.0.1','CLÉ-1',1,'',NOW(),NOW()), (1,'127.0.0.1','STRASSE-2',1,'',NOW(),NOW())")
        for collation in ("utf8mb3_general_ci", "utf8mb3_unicode_ci", "utf8mb4_general_ci"):
            self.desk.sql("ALTER TABLE ost_api_key CONVERT TO CHARACTER SET %s COLLATE %s" % (collation.split("_")[0], collation))
            for key, status in ((demo.KEY.replace("E", "É"), 401), (demo.KEY.replace("E", "ē"), 401), ("CLE-1", 401), ("clé-1", 401),
                                ("CLÉ-1", 200), ("clÉ-1", 200), ("STRAßE-2", 401), ("strasse-2", 200), ("\U0001f600", 401)):
                for path in ("/tickets", "/tickets/ticketInfo?ticketNumber=310042"):
                    self.assertEqual(status, self.desk.get(path, key=key.encode()).status, (collation, key, path))
        self.desk.sql("ALTER TABLE ost_api_key CONVERT TO CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci")

    def test_a_key_switched_off_stops_working_at_once(self):
        for _ in range(3):
            self.assertEqual(200, self.answer_to(demo.KEY)[0])
            self.desk.sql("UPDATE ost_api_key SET isactive = 0 WHERE id = 1")
            for _ in range(12):  # of every worker
                self.assertEqual(401, self.answer_to(demo.KEY)[0])
            self.desk.sql("UPDATE ost_api_key SET isactive = 1 WHERE id = 1")
        self.assertEqual(200, self.answer_to(demo.KEY)[0])

    def test_permissions(self):
        before = self.desk.counts()
        self.assertEqual(200, self.answer_to(demo.READ_ONLY_KEY)[0])
        for path in ("/tickets/reply.json", "/tickets.json", "/tickets.xml", "/tickets.email", "/tasks/cron"):
            answer = self.desk.request("POST", path, body=demo.reply(), key=demo.READ_ONLY_KEY)
            self.assertEqual((401, "API key not authorized"), (answer.status, answer.text), path)
        self.assertEqual(before, self.desk.counts())

    def test_one_keys_rights_do_not_spill_onto_the_next_request(self):
        for _ in range(12):
            self.assertEqual(200, self.answer_to(demo.KEY)[0])
            answer = self.desk.request("POST", "/tickets/reply.json", body=demo.reply(ticketNumber="none"),
                                       key=demo.READ_ONLY_KEY)
            self.assertEqual(401, answer.status)

    def test_without_trusted_proxies_nobodys_word_for_an_address_is_taken(self):
        for headers in ({"X-Forwarded-For": demo.OTHER_ADDRESS}, {"X-Real-IP": demo.OTHER_ADDRESS},
                        {"Forwarded": "for=" + demo.OTHER_ADDRESS}, {"Client-IP": demo.OTHER_ADDRESS}):
            self.assertEqual(401, self.answer_to(demo.OTHER_ADDRESS_KEY, headers=headers)[0])

    def test_trusted_proxies_by_network(self):
        def status(forwarded):
            return self.answer_to(demo.OTHER_ADDRESS_KEY, headers={"X-Forwarded-For": forwarded})[0]
        try:
            self.desk.setting("api", "trusted_proxies", "127.0.0.0/8, 10.0.0.0/8")
            self.desk.reload()
            self.assertEqual(200, status(demo.OTHER_ADDRESS))
            self.assertEqual(200, status("203.0.113.1, %s, 10.1.2.3" % demo.OTHER_ADDRESS))
            self.assertEqual(200, status("203.0.113.1, %s:4711" % demo.OTHER_ADDRESS))
            self.assertEqual(401, status("%s, junk" % demo.OTHER_ADDRESS))  # what stands left of it is only claimed
            self.assertEqual(401, status("%s, 203.0.113.1" % demo.OTHER_ADDRESS))
            self.assertEqual(401, status("junk"))
            self.desk.setting("api", "trusted_proxies", "192.0.2.0/24")
            self.desk.reload()
            self.assertEqual(401, status(demo.OTHER_ADDRESS))
        finally:
            self.desk.setting("api", "trusted_proxies", "")
            self.desk.reload()


if __name__ == "__main__":
    unittest.main()
