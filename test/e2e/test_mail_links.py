# SPDX-License-Identifier: GPL-2.0-or-later
"""The tokens in the links of osTicket's mails, where the administrator lets them count: one ticket, to read and to write to, for whoever
holds the mail; and nothing that is not exactly one."""
import base64
import hashlib
import struct
import unittest

import client_tokens
import demo
from client_tokens import bearer, token
from smtp import SALT

DIGITS = "abcdefghijklmnopqrstuvwxyz012345"
TICKET = ("310042", 1, 1)  # number, id, owner
OTHER = 5  # a row of a collaborator who has not the owner's number
WRONG = (401, "token", "The token is not valid, or no longer")


def base32(data):
    bits = "".join("{:08b}".format(byte) for byte in data)
    bits += "0" * (-len(bits) % 5)
    return "".join(DIGITS[int(bits[i:i + 5], 2)] for i in range(0, len(bits), 5))


def link(kind, holder, ticket, created, salt=SALT):
    """As getAuthToken() of osTicket makes it."""
    digest = hashlib.md5(("%d%s%d%s" % (holder, created, ticket, salt)).encode()).digest()
    return "%s1x%s%s" % (kind, base32(struct.pack("<II", holder, ticket)), base64.b64encode(digest).decode()[8:])


class MailLinks(unittest.TestCase):
    desk: demo.Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("mail-links", ("tokens.mail_links=yes",))

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def setUp(self):
        demo.reset(self.desk)
        self.desk.pool("stop")  # what was wrong before is forgotten
        self.desk.pool("start")
        self.desk.sql("INSERT INTO ost_thread_collaborator(id,flags,thread_id,user_id,role,created,updated) VALUES(%d,1,1,3,'M',NOW(),NOW())" % OTHER)
        self.created = self.desk.value("SELECT created FROM ost_ticket WHERE ticket_id=1")

    def owner(self, holder=TICKET[2], ticket=TICKET[1], kind="o", **more):
        return link(kind, holder, ticket, more.pop("created", self.created), **more)

    def ask(self, path="/tickets/310042.json", text=None, method="GET", headers=None, **more):
        return self.desk.request(method, path, headers={**bearer(self.owner() if text is None else text), **(headers or {})}, **more)

    def refused(self, text, **more):
        answer = self.ask(text=text, **more)
        self.assertEqual(WRONG, (answer.status, answer.json["error"], answer.json["status_msg"]), text)
        return answer

    def test_the_owner_reads_his_ticket_and_writes_to_it(self):
        answer = self.ask()
        self.assertEqual((200, "310042"), (answer.status, answer.json["ticket"]["number"]), answer.text)
        self.assertNotIn("staff", answer.json["ticket"])
        self.assertEqual({"M"}, {entry["type"] for entry in self.ask("/tickets/310042/entries.json").json["entries"]})
        answer = self.ask("/tickets/310042/message.json", method="POST", body={"message": "Still stuck"})
        self.assertEqual(201, answer.status, answer.text)
        self.assertEqual(["M", "1"], self.desk.sql("SELECT type,user_id FROM ost_thread_entry WHERE id=%d" % answer.json["entry_id"])[0])
        self.assertTrue(self.desk.log_lines_of("key=link:user:1 operation=message"))
        self.assertFalse([line for line in self.desk.log() if self.owner()[-16:] in line])

    def test_one_ticket_and_no_other(self):
        own = [row[0] for row in self.desk.sql("SELECT number FROM ost_ticket WHERE user_id=1")]
        self.assertGreater(len(own), 1)
        self.assertEqual(["310042"], [ticket["number"] for ticket in self.ask("/tickets.json").json["tickets"]])
        for number in own:
            self.assertEqual(200 if number == "310042" else 404, self.ask("/tickets/%s.json" % number).status, number)

    def test_to_read_and_to_write_and_nothing_else(self):
        for path, method, body in (("/tickets/310042.json", "PATCH", {"fields": {"subject": "x"}}), ("/tickets/310042/attachments/1", "GET", None), ("/topics.json", "GET", None),
                                   ("/tickets.json?q=crane", "GET", None), ("/tickets/310042/note.json", "POST", {"note": "x"}), ("/users.json", "GET", None),
                                   ("/changes.json", "GET", None), ("/tokens.json", "POST", {"user": 1})):
            self.assertEqual(403, self.ask(path, method=method, body=body).status, (method, path))
        before = self.desk.counts()
        for accept in ("*/*", "application/json; profile=ticket"):
            self.assertEqual(403, self.ask("/tickets.json", method="POST", body={"topicId": 1, "subject": "x", "message": "y"}, headers={"Accept": accept}).status)
        self.assertEqual(before, self.desk.counts())
        key = self.ask("/key.json").json["key"]
        self.assertEqual((None, ["read", "message"], "user", 1, None, True), (key["id"], key["scopes"], key["view"], key["view_id"], key["expires"], key["some_tickets"]))

    def test_a_collaborator_by_his_row(self):
        text = self.owner(OTHER, kind="c")
        self.assertEqual(200, self.ask(text=text).status)
        answer = self.ask("/tickets/310042/message.json", text, "POST", body={"message": "I see it, too"})
        self.assertEqual(["3"], self.desk.sql("SELECT user_id FROM ost_thread_entry WHERE id=%d" % answer.json["entry_id"])[0])
        self.desk.sql("UPDATE ost_thread_collaborator SET thread_id=2 WHERE id=%d" % OTHER)
        self.refused(text)
        self.desk.sql("DELETE FROM ost_thread_collaborator WHERE id=%d" % OTHER)
        self.refused(text)

    def test_a_row_that_has_the_owners_number_is_the_owners_link_as_in_osticket(self):
        self.assertEqual("2", self.desk.value("SELECT user_id FROM ost_thread_collaborator WHERE id=1"))
        self.refused(self.owner(1, kind="c"))

    def test_not_where_nobody_said_so_or_osticket_does_not_let_them(self):
        self.desk.sql("DELETE FROM ost_config WHERE `key`='allow_auth_tokens'")
        self.assertEqual(200, self.ask().status, "as osTicket, where nothing is set")
        for value in ("0", ""):
            self.desk.sql("DELETE FROM ost_config WHERE `key`='allow_auth_tokens'; INSERT INTO ost_config(namespace,`key`,value) VALUES('core','allow_auth_tokens','%s')" % value)
            self.refused(self.owner())
        self.desk.sql("UPDATE ost_config SET value='1' WHERE `key`='allow_auth_tokens'")
        self.assertEqual(200, self.ask().status)
        for section, key, value, back in (("tokens", "mail_links", "no", "yes"), ("osticket", "secret_salt", "", SALT), ("osticket", "secret_salt", "another-salt-of-another-help-desk", SALT)):
            self.desk.setting(section, key, value)
            self.desk.reload()
            self.refused(self.owner())
            self.desk.setting(section, key, back)
            self.desk.reload()
        self.assertEqual(200, self.ask().status)

    def test_exactly_it_and_nothing_like_it(self):
        """osTicket passes over upper and lower case."""
        good = self.owner()
        for text in (good.upper(), good.swapcase(), good[:-3] + good[-3:].swapcase(), good + "=", good[:-1], good[:-2], good + " x", "O" + good[1:], good[:2] + "X" + good[3:]):
            if text != good:
                self.assertEqual(401, self.ask(text=text).status, text)
        self.assertEqual(401, self.desk.get("/tickets/310042.json?auth=" + good).status)

    def test_another_salt_time_ticket_or_holder(self):
        for text in (self.owner(salt="x" * 32), self.owner(created="2025-01-01 00:00:00"), self.owner(2), self.owner(ticket=2), self.owner(2, kind="c"), self.owner(OTHER), self.owner(99, ticket=99)):
            self.refused(text)

    def test_who_is_locked_or_owner_no_more(self):
        self.desk.sql("DELETE FROM ost_user_account; INSERT INTO ost_user_account(user_id,status,timezone,lang,username,passwd,backend,extra,registered) "
                      "VALUES(1,3,NULL,NULL,NULL,NULL,NULL,NULL,NOW()),(3,3,NULL,NULL,NULL,NULL,NULL,NULL,NOW())")
        self.refused(self.owner())
        self.refused(self.owner(OTHER, kind="c"))
        self.desk.sql("UPDATE ost_user_account SET status=1")
        self.assertEqual([200, 200], [self.ask(text=text).status for text in (self.owner(), self.owner(OTHER, kind="c"))])
        self.desk.sql("UPDATE ost_ticket SET user_id=2 WHERE ticket_id=1")
        self.refused(self.owner())
        self.desk.sql("DELETE FROM ost_thread_collaborator; DELETE FROM ost_ticket WHERE ticket_id=1")
        self.refused(self.owner(2))

    def test_who_tries_them_all_has_to_wait_and_nobody_else(self):
        wrong = [self.ask(text=self.owner(salt=str(i) * 32)).status for i in range(15)]
        self.assertEqual([401] * 10, wrong[:10])
        self.assertIn(429, wrong[10:])
        answer = self.ask()
        self.assertEqual(("rate", True), (answer.json["error"], 0 < int(answer.header("retry-after")) <= 60), "the right one, too, or nobody would wait")
        client_tokens.let_sign(self.desk)
        self.assertEqual(200, self.ask(text=token()).status)
        for text in ("o1x" + "a" * 29, "o1x", "nonsense"):
            self.assertEqual(401, self.ask(text=text).status, "what can be none is not looked for")

    def test_what_is_wrong_is_told_apart_by_nothing(self):
        seen = set()
        for text in (self.owner(salt="x" * 32), self.owner(99, ticket=99), self.owner(OTHER), self.owner(2, kind="c"), "x.y.z"):
            answers = [self.refused(text) for _ in range(2)]
            shown = str(sorted((n.lower(), tuple(v)) for n, v in answers[1].headers.items() if n.lower() not in ("x-request-id", "date")))
            seen.add((answers[1].text, shown, min(demo.logged(self.desk, answer.header("x-request-id"))["round_trips"] for answer in answers[-1:]) if text != "x.y.z" else "1"))
        self.assertEqual(1, len({each[:2] for each in seen}), seen)

    def test_pages(self):
        page = {"Origin": client_tokens.PAGE}
        self.refused(self.owner(), headers=page)
        client_tokens.let_sign(self.desk)
        answer = self.ask(headers=page)
        self.assertEqual((200, client_tokens.PAGE), (answer.status, answer.header("access-control-allow-origin")))
        self.refused(self.owner(), headers={"Origin": "https://elsewhere.example.org"})
        self.desk.sql("RENAME TABLE fcgi_ost_token TO kept")
        try:
            self.assertEqual(200, self.ask().status, "without the table no page is known, and that is all")
            self.refused(self.owner(), headers=page)
        finally:
            self.desk.sql("RENAME TABLE kept TO fcgi_ost_token")

    def test_a_repeated_request_is_a_matter_of_one_holder(self):
        once = {"Idempotency-Key": "the-same"}
        first = self.ask("/tickets/310042/message.json", method="POST", body={"message": "Once"}, headers=once).json
        self.assertEqual(first, self.ask("/tickets/310042/message.json", method="POST", body={"message": "Once"}, headers=once).json)
        second = self.ask("/tickets/310042/message.json", self.owner(OTHER, kind="c"), "POST", body={"message": "Once"}, headers=once).json
        self.assertNotEqual(first["entry_id"], second["entry_id"])
