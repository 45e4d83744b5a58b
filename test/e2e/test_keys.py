# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys: who may ask, from where, and that a key switched off stops at once."""
import re
import subprocess
import unittest

import demo
from desk import Desk, until


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


class KeysWithRules(unittest.TestCase):
    """schema/fcgi-key.sql, and "osticket-fcgi key", which fills it."""
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)

    def tearDown(self):
        self.desk.sql("DELETE FROM fcgi_ost_key")
        demo.reset(self.desk)

    def run_key(self, *words):
        return subprocess.run([self.desk.env["PROGRAM"], "-c", self.desk.env["CONFIG"], "key", *words],
                              capture_output=True, text=True, check=False)

    def add(self, *words):
        done = self.run_key("add", *words)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertRegex(done.stdout, "^[0-9A-F]{32}\n$")
        return done.stdout.strip()

    def id_of(self, key):
        return self.desk.sql("SELECT id FROM ost_api_key WHERE apikey='%s'" % key)[0][0]

    def change(self, key, *words):
        done = self.run_key("set", self.id_of(key), *words)
        self.assertEqual(0, done.returncode, done.stderr)

    def status(self, key, path="/tickets/ticketInfo?ticketNumber=310042", **more):
        return self.desk.get(path, key=key, **more).status

    def info(self, key):
        answer = self.desk.get("/key.json", key=key)
        self.assertEqual(200, answer.status, answer.text)
        return answer.json["key"]

    def test_a_key_without_rules_is_as_osticket_has_it(self):
        info = self.info(demo.KEY)
        self.assertEqual((["read", "create", "reply"], None, "all", None, None),
                         (info["scopes"], info["staff"], info["view"], info["rate"], info["expires"]))
        self.assertEqual(["read"], self.info(demo.READ_ONLY_KEY)["scopes"])
        self.assertNotIn(demo.KEY, self.desk.get("/key.json", key=demo.KEY).text)

    def test_the_first_rule_of_all_counts_with_the_next_request_of_every_worker(self):
        """A worker does not ask for rules until it has seen one: nothing may come through meanwhile."""
        workers = set(self.desk.workers())
        self.desk.reload()
        self.assertTrue(until(lambda: self.desk.workers() and not workers & set(self.desk.workers()), 30))
        self.assertEqual([200] * 8, [self.status(demo.KEY) for _ in range(8)])
        self.desk.sql("INSERT INTO fcgi_ost_key (key_id,networks,scopes) SELECT id,'198.51.100.0/24','*' FROM ost_api_key"
                      " WHERE apikey='%s'" % demo.KEY)
        self.assertEqual([401] * 8, [self.status(demo.KEY) for _ in range(8)])
        self.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1', scopes='catalog'")
        self.assertEqual([401] * 8, [self.status(demo.KEY) for _ in range(8)])
        self.desk.sql("DELETE FROM fcgi_ost_key")
        self.assertEqual([200] * 8, [self.status(demo.KEY) for _ in range(8)])

    def test_without_the_table_everything_is_as_before_and_again_with_it(self):
        key = self.add("--networks", "198.51.100.0/24")
        self.assertEqual(401, self.status(key))
        self.desk.sql("RENAME TABLE fcgi_ost_key TO kept")
        try:
            for _ in range(8):
                self.assertEqual((200, 401), (self.status(demo.KEY), self.status(key)))
            self.assertEqual(["read", "create", "reply"], self.info(demo.KEY)["scopes"])
            self.assertIn("fcgi-key.sql", self.run_key("list").stderr)
        finally:
            self.desk.sql("RENAME TABLE kept TO fcgi_ost_key")
        self.change(key, "--networks", "127.0.0.0/8")
        self.assertTrue(until(lambda: self.status(key) == 200, 30))

    def test_networks(self):
        key = self.add("--networks", "192.0.2.1 198.51.100.0/25, 2001:db8::/33")
        self.desk.setting("api", "trusted_proxies", "127.0.0.0/8")
        self.desk.reload()
        self.addCleanup(lambda: (self.desk.setting("api", "trusted_proxies", ""), self.desk.reload()))
        for address, status in (("192.0.2.1", 200), ("192.0.2.2", 401), ("198.51.100.0", 200), ("198.51.100.127", 200),
                                ("198.51.100.128", 401), ("::ffff:198.51.100.127", 200), ("::ffff:198.51.100.128", 401),
                                ("2001:db8:7fff::1", 200), ("2001:db8:8000::1", 401), ("junk", 401)):
            self.assertEqual(status, self.status(key, headers={"X-Forwarded-For": address}), address)
        self.desk.sql("UPDATE fcgi_ost_key SET networks=''")
        self.assertEqual(401, self.status(key, headers={"X-Forwarded-For": "192.0.2.1"}))
        self.desk.sql("UPDATE fcgi_ost_key SET networks='nonsense 127.0.0.300 0.0.0.0/0 ::/0 ::ffff:0:0/96'")
        for address in ("192.0.2.1", "127.0.0.1", "2001:db8::1"):
            self.assertEqual(401, self.status(key, headers={"X-Forwarded-For": address}), "everywhere needs open_keys")

    def test_a_key_for_everywhere_needs_a_setting(self):
        done = self.run_key("add", "--networks", "0.0.0.0/0")
        self.assertEqual((2, ""), (done.returncode, done.stdout))
        self.assertIn("[api] open_keys = yes", done.stderr)
        self.desk.setting("api", "open_keys", "yes")
        self.desk.reload()
        self.addCleanup(lambda: (self.desk.setting("api", "open_keys", "no"), self.desk.reload()))
        self.assertEqual(200, self.status(self.add("--networks", "0.0.0.0/0")))

    def test_scopes(self):
        key = self.add("--networks", "127.0.0.1", "--scopes", "create")
        before = self.desk.counts()
        answer = self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=key)
        self.assertEqual((401, "API key not authorized"), (answer.status, answer.text))
        answer = self.desk.request("POST", "/tickets/reply.json", body=demo.reply(), key=key)
        self.assertEqual((401, "API key not authorized"), (answer.status, answer.text))
        self.assertEqual(before, self.desk.counts())
        self.assertEqual(["create"], self.info(key)["scopes"])
        self.change(key, "--scopes", "read reply")
        self.assertEqual((200, 200), (self.status(key), self.desk.request("POST", "/tickets/reply.json", body=demo.reply(),
                                                                          key=key).status))
        for words in (("--scopes", "reads"), ("--scopes",), ("--scope", "read"), ("--rate", "0"), ("--rate", "1e3"),
                      ("--view", "mine"), ("--view", "staff"), ("--agent", "nobody"), ("--departments", "Support,"),
                      ("--expires", "2027-02-30"), ("--networks", "10.0.0.0/33"), ("--networks", ""), ("--any-agent", "maybe")):
            done = self.run_key("set", self.id_of(key), *words)
            self.assertEqual(2, done.returncode, words)
            self.assertTrue(done.stderr.startswith("osticket-fcgi: "), done.stderr)
        self.assertEqual(["read", "reply"], self.info(key)["scopes"])

    def test_notes_are_kept_from_a_key_without_their_scope(self):
        key = self.add("--networks", "127.0.0.1", "--scopes", "read")
        def kinds():
            return {kind for path in ("/tickets/ticketInfo?ticketNumber=310042", "/tickets/staffTickets?staffUserName=tokafor")
                    for kind in re.findall('"type":"([A-Z])"', self.desk.get(path, key=key).text)}
        self.assertNotIn("N", kinds())
        self.change(key, "--scopes", "read notes")
        self.assertIn("N", kinds())

    def test_a_bucket_is_shared_by_all_workers_and_told(self):
        key = self.add("--networks", "127.0.0.1", "--rate", "6", "--burst", "12")
        answers = [self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=key) for _ in range(20)]
        self.assertEqual([200] * 12 + [429] * 8, [answer.status for answer in answers])
        self.assertEqual(("12", "11", "10"), tuple(answers[0].headers["ratelimit-" + name][0] for name in ("limit", "remaining", "reset")))
        self.assertEqual("0", answers[-1].headers["ratelimit-remaining"][0])
        self.assertTrue(1 <= int(answers[-1].headers["retry-after"][0]) <= 10)
        self.assertIn("once more in", answers[-1].text)
        self.assertEqual("rate", self.desk.get("/key.json", key=key).json["error"])
        self.assertIsNone(self.desk.get("/tickets", key=demo.KEY).headers.get("ratelimit-limit"))

    def test_expiry_within_a_run(self):
        key = self.add("--networks", "127.0.0.1", "--expires", "2099-12-31")
        self.assertEqual("2099-12-31T00:00:00Z", self.info(key)["expires"])
        self.desk.sql("UPDATE fcgi_ost_key SET expires=UTC_TIMESTAMP()+INTERVAL 2 SECOND")
        self.assertEqual(200, self.status(key))
        self.assertTrue(until(lambda: self.status(key) == 401, 10))
        self.change(key, "--expires", "never")
        self.assertEqual(200, self.status(key))
        self.assertEqual(0, self.run_key("expire", self.id_of(key)).returncode)
        answer = self.desk.get("/tickets", key=key)
        self.assertEqual((401, "API key not found/active or source IP not authorized"), (answer.status, answer.text))

    def test_a_ticket_out_of_view_is_one_that_is_not_there(self):
        key = self.add("--networks", "127.0.0.1", "--scopes", "read notes reply", "--agent", "tokafor", "--view", "staff")
        self.desk.sql("UPDATE ost_staff SET assigned_only=1 WHERE username='tokafor'")
        tickets = self.desk.sql("SELECT t.number,t.user_id,t.dept_id FROM ost_ticket t ORDER BY t.ticket_id")
        shown = {number for number, _, _ in tickets if self.status(key, "/tickets/ticketInfo?ticketNumber=" + number) == 200}
        self.assertTrue(0 < len(shown) < len(tickets), (len(shown), len(tickets)))
        for number, _, _ in tickets:
            answer = self.desk.get("/tickets/ticketInfo?ticketNumber=" + number, key=key)
            if number not in shown:
                missing = self.desk.get("/tickets/ticketInfo?ticketNumber=9" + number, key=key)  # in PHP's words for such a number
                self.assertEqual((missing.status, missing.text), (answer.status, answer.text))
                reply = self.desk.request("POST", "/tickets/reply.json", body=demo.reply(ticketNumber=number), key=key)
                self.assertEqual((404, "Ticket not found"), (reply.status, reply.text))
        for path in ("/tickets", "/tickets/staffTickets?staffUserName=tokafor", "/tickets/clientTickets?clientUserMail=anna@quay.example"):
            self.assertEqual(401, self.status(key, path), "a list knows no view")

    def test_a_client_s_view_has_no_notes(self):
        key = self.add("--networks", "127.0.0.1")
        number = "310042"
        self.assertIn('"type":"N"', self.desk.get("/tickets/ticketInfo?ticketNumber=" + number, key=key).text)
        self.change(key, "--view", "user:" + self.desk.value("SELECT user_id FROM ost_ticket WHERE number='%s'" % number))
        answer = self.desk.get("/tickets/ticketInfo?ticketNumber=" + number, key=key)
        self.assertEqual(200, answer.status)
        self.assertNotIn('"type":"N"', answer.text)

    def test_each_view_shows_what_its_rule_says(self):
        key = self.add("--networks", "127.0.0.1", "--scopes", "read")
        tickets = self.desk.sql("SELECT t.number,t.user_id,t.dept_id,COALESCE(u.org_id,0) FROM ost_ticket t "
                                "LEFT JOIN ost_user u ON u.id=t.user_id ORDER BY t.ticket_id")
        def shown():
            return {number for number, _, _, _ in tickets
                    if self.status(key, "/tickets/ticketInfo?ticketNumber=" + number) == 200}
        everything = shown()
        for user, in self.desk.sql("SELECT DISTINCT user_id FROM ost_ticket"):
            taking_part = {row[0] for row in self.desk.sql(
                "SELECT t.number FROM ost_ticket t JOIN ost_thread h ON h.object_id=t.ticket_id AND h.object_type='T' "
                "JOIN ost_thread_collaborator c ON c.thread_id=h.id WHERE c.user_id=%s" % user)}
            own = {number for number, owner, _, _ in tickets if owner == user}
            self.change(key, "--view", "user:" + user)
            seen = shown()
            self.assertLessEqual((own | taking_part) & everything, seen, user)
            # Beyond these only what an organization shares.
            organizations = {o for number, _, _, o in tickets if number in seen - own - taking_part}
            self.assertLessEqual(organizations, {row[0] for row in self.desk.sql(
                "SELECT g.id FROM ost_organization g JOIN ost_user u ON u.org_id=g.id WHERE u.id=%s AND g.status & 24" % user)})
        for organization, in self.desk.sql("SELECT id FROM ost_organization"):
            self.change(key, "--view", "org:" + organization)
            self.assertEqual({n for n, _, _, o in tickets if o == organization} & everything, shown())
        department = tickets[0][2]
        self.change(key, "--view", "all", "--departments", department)
        self.assertEqual({n for n, _, d, _ in tickets if d == department} & everything, shown())
        self.desk.sql("UPDATE fcgi_ost_key SET depts=''")
        self.assertEqual(set(), shown())
        self.desk.sql("SET sql_mode=''; UPDATE fcgi_ost_key SET depts=NULL,view='elsewhere'")
        self.assertEqual(set(), shown())

    def test_the_commands_never_show_a_key(self):
        key = self.add("--networks", "127.0.0.1", "--note", "the shop")
        for words in (("list",), ("show", self.id_of(key)), ("set", self.id_of(key), "--rate", "100")):
            done = self.run_key(*words)
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertIn("the shop", done.stdout)
            self.assertIn(key[-4:], done.stdout)
            self.assertNotIn(key, done.stdout + done.stderr)
        self.assertEqual(1, self.run_key("show", "99999").returncode)
        self.assertEqual(2, self.run_key("show", "all").returncode)
        self.assertEqual(2, self.run_key("destroy").returncode)


class PluginsColumns(unittest.TestCase):
    """A help desk whose table of keys has the columns of markus' API plugin."""
    COLUMNS = ("can_read_tickets", "can_search_tickets", "can_update_tickets", "can_delete_tickets", "can_read_stats")

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("plugins-columns", ["api.stock_scopes=catalog"])
        cls.desk.sql("ALTER TABLE ost_api_key " + ",".join("ADD %s TINYINT(1) NOT NULL DEFAULT 0" % column for column in cls.COLUMNS))
        cls.desk.reload()

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def may(self, *columns, **rules):
        self.desk.sql("DELETE FROM fcgi_ost_key; UPDATE ost_api_key SET can_create_tickets=0," + ",".join("%s=%d" % (c, c in columns) for c in self.COLUMNS))
        if rules:
            self.desk.sql("INSERT INTO fcgi_ost_key(key_id,%s) VALUES(1,'%s')" % (",".join(rules), "','".join(rules.values())))
        key = self.desk.get("/key.json", key=demo.KEY).json["key"]
        return set(key["scopes"]), key["system"]

    def test_what_they_say_counts_as_scopes(self):
        self.assertEqual(({"catalog"}, False), self.may())
        for columns, scopes in ((["can_read_tickets"], {"read"}), (["can_search_tickets"], {"search"}), (["can_delete_tickets"], {"delete"}),
                                (["can_read_stats"], {"stats"}), (["can_update_tickets"], {"note", "update", "assign", "transfer", "status"}),
                                (["can_read_tickets", "can_search_tickets"], {"read", "search"})):
            self.assertEqual((scopes | {"catalog"}, True), self.may(*columns), columns)

    def test_scopes_of_the_keys_own_are_all_it_has(self):
        self.assertEqual(({"files"}, False), self.may("can_read_tickets", "can_delete_tickets", scopes="files"))
        self.assertEqual(({"read", "catalog"}, True), self.may("can_read_tickets", networks="127.0.0.0/8"))

    def test_it_acts_as_the_system(self):
        self.may("can_read_tickets")
        self.assertEqual(200, self.desk.get("/tickets/310042.json", key=demo.KEY).status)
        self.assertEqual(403, self.desk.request("POST", "/tickets/310042/note.json", {"note": "x"}, key=demo.KEY).status)
        self.may("can_update_tickets")
        self.assertEqual(403, self.desk.get("/tickets/310042.json", key=demo.KEY).status)
        answer = self.desk.request("POST", "/tickets/310042/note.json", {"note": "By the plugin's key."}, key=demo.KEY)
        self.assertEqual(201, answer.status, answer)
        self.assertEqual("SYSTEM", self.desk.value("SELECT poster FROM ost_thread_entry ORDER BY id DESC LIMIT 1"))


if __name__ == "__main__":
    unittest.main()
