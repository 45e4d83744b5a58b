# SPDX-License-Identifier: GPL-2.0-or-later
"""Tokens of clients: what a customer's browser shows in the place of a key."""
import base64
import hashlib
import json
import subprocess
import time

import client_tokens
import demo
import described
from client_tokens import bearer, claims, signed, token

OTHER_PAGE = "https://elsewhere.example.org"
REFUSED = (401, "token", "The token is not valid, or no longer")


class TokenDesk(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        client_tokens.let_sign(self.desk)

    def ask(self, path, text=None, method="GET", headers=None, **more):
        return self.desk.request(method, path, headers={**bearer(token() if text is None else text), **(headers or {})}, **more)

    def status(self, path="/tickets/310042.json", text=None, **more):
        return self.ask(path, text, **more).status

    def refused(self, text, **more):
        answer = self.ask("/tickets/310042.json", text, **more)
        self.assertEqual(REFUSED, (answer.status, answer.json["error"], answer.json["status_msg"]), text)
        self.assertEqual('Bearer error="invalid_token"', answer.header("www-authenticate"))
        return answer

    def trips(self, answer):
        self.assertEqual(200, answer.status, answer.text)
        return int(demo.logged(self.desk, answer.header("x-request-id"))["round_trips"])

    def strange(self):
        """A ticket that user 1 has nothing to do with."""
        return self.desk.sql("SELECT t.number, t.ticket_id FROM ost_ticket t JOIN ost_user u ON u.id=t.user_id WHERE u.org_id NOT IN (SELECT org_id FROM ost_user WHERE id=1)"
                             " AND t.ticket_id NOT IN (SELECT h.object_id FROM ost_thread h JOIN ost_thread_collaborator c ON c.thread_id=h.id WHERE c.user_id=1) LIMIT 1")[0]


class Tokens(TokenDesk):
    def test_a_token_shows_its_client_his_tickets(self):
        answer = self.ask("/tickets/310042.json?include=entries")
        self.assertEqual(200, answer.status, answer.text)
        self.assertEqual(("310042", None, "anna@quay.example"),
                         (answer.json["ticket"]["number"], answer.json["ticket"].get("staff"), answer.json["ticket"]["user"]["email"]))
        self.assertEqual({"M"}, {entry["type"] for entry in answer.json["entries"]}, "and a note stands there, too")
        self.assertNotEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id=1 AND type='N'"))
        self.assertEqual(404, self.status("/tickets/%s.json" % self.strange()[0]))
        numbers = {ticket["number"] for ticket in self.ask("/tickets.json").json["tickets"]}
        own = {row[0] for row in self.desk.sql("SELECT number FROM ost_ticket WHERE user_id=1 AND status_id IN (1,2,3)")}
        self.assertTrue(numbers and own <= numbers, (numbers, own))

    def test_it_is_known_in_the_round_trip_of_a_key(self):
        for text in (token(), token(tickets=["310042"])):
            self.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1',view='user',view_id=1")
            of_key = min(self.trips(self.desk.get("/statuses.json", key=demo.KEY)) for _ in range(10))
            self.desk.sql("UPDATE fcgi_ost_key SET view='all',view_id=NULL")
            self.assertEqual(of_key, min(self.trips(self.ask("/statuses.json", text)) for _ in range(10)))

    def test_the_log_names_the_key_that_signed_and_the_client_and_never_the_token(self):
        text = token()
        line = demo.logged(self.desk, self.ask("/tickets/310042.json", text).header("x-request-id"))
        self.assertEqual("1:user:1", line["key"])
        self.assertFalse([line for line in self.desk.log() if text[-20:] in line])

    def test_a_subject_is_an_id_or_any_of_the_users_addresses(self):
        self.desk.sql("INSERT INTO ost_user_email(user_id,flags,address) VALUES(1,0,'second@quay.example')")
        for subject in ("user:1", "anna@quay.example", "ANNA@quay.example", "second@quay.example"):
            self.assertEqual(200, self.status(text=token(subject)), subject)
        for subject in ("user:99", "user:0", "user:-1", "user:", "user:1x", "1", "ánna@quay.example", "anna@quay.example ", "nobody@quay.example", "", 1, None,
                        ["user:1"], "anna@quay.example\0", "x" * 300 + "@quay.example"):
            self.refused(token(subject))

    def test_what_no_library_would_sign_and_what_is_signed_otherwise(self):
        none = client_tokens.encoded(b'{"alg":"none","kid":"1"}') + "." + client_tokens.encoded(json.dumps(claims()).encode()) + "."
        good = token()
        head, body, signature = good.split(".")
        for text in (none, none + signature, good[:-1], good + "A", good + ".", head + "." + body, head + "." + body + ".", "." + body + "." + signature,
                     head + ".." + signature, "..", "", "x", "a.b.c", "e30.e30.e30", good.replace(".", ".."), good + "=", "\x7f", "é".encode().decode("latin-1"),
                     good[:len(head) + 1] + client_tokens.encoded(json.dumps(claims("user:2")).encode()) + "." + signature,
                     signed(claims(), secret=client_tokens.SECRET + "x"), signed(claims(), secret=""), "A" * 5000, good + "A" * 4096, "[" * 3000 + "." + body + "." + signature):
            self.refused(text)

    def test_no_other_algorithm_no_other_key_and_nothing_more_in_the_header(self):
        for header in ({"alg": "none", "kid": "1"}, {"alg": "None", "kid": "1"}, {"alg": "RS256", "kid": "1"}, {"alg": "HS384", "kid": "1"}, {"alg": "HS512", "kid": "1"},
                       {"alg": "hs256", "kid": "1"}, {"kid": "1"}, {"alg": "HS256"}, {"alg": "HS256", "kid": 1}, {"alg": "HS256", "kid": "2"},
                       {"alg": "HS256", "kid": "99"}, {"alg": "HS256", "kid": "0"}, {"alg": "HS256", "kid": "-1"}, {"alg": "HS256", "kid": "1x"}, {"alg": "HS256", "kid": " 1"},
                       {"alg": ["HS256"], "kid": "1"}, {"alg": "HS256", "kid": "1", "crit": ["exp"]}, {"alg": "HS256", "kid": "1", "jku": "https://x.example"},
                       {"alg": "HS256", "kid": "1", "typ": "JWE"}, {"alg": "HS256", "kid": "1", "typ": 1}, []):
            self.refused(signed(claims(), header))
        self.refused(signed(claims(), {"alg": "HS512", "kid": "1"}, digest=hashlib.sha512))
        for header in ({"alg": "HS256", "kid": "1", "typ": "JWT"}, {"kid": "1", "alg": "HS256"}):
            self.assertEqual(200, self.status(text=signed(claims(), header)), header)

    def test_a_token_of_one_key_is_none_of_another_that_signs_as_well(self):
        other, of_other = "x" * 43, {"alg": "HS256", "kid": "2"}
        client_tokens.let_sign(self.desk, key=2)
        self.desk.sql("UPDATE ost_api_key SET isactive=1 WHERE id=2; UPDATE fcgi_ost_token SET secret='%s' WHERE key_id=2" % other)
        self.refused(signed(claims(), of_other))
        self.refused(signed(claims(), secret=other))
        self.assertEqual([200, 200], [self.status(text=text) for text in (signed(claims()), signed(claims(), of_other, other))])

    def test_times(self):
        now = int(time.time())
        for more in ({"exp": now - 1}, {"exp": now - 600, "iat": now - 1200}, {"iat": now + 90}, {"iat": now - 100, "exp": now + 3600}, {"exp": None}, {"iat": None},
                     {"exp": str(now + 60)}, {"exp": True}, {"exp": now + 60, "iat": now + 60}, {"exp": -1}, {"exp": 10 ** 19}, {"iat": 10 ** 19, "exp": 10 ** 19 + 60},
                     {"nbf": now + 90}, {"nbf": "x"}):
            self.refused(token(**more))
        for more in ({"iat": now - 3000, "exp": now + 599}, {"iat": now + 40, "exp": now + 600}, {"nbf": now}, {"iat": now - 1.5, "exp": now + 60.5}):
            self.assertEqual(200, self.status(text=token(**more)), more)

    def test_other_claims(self):
        for more in ({"aud": "another"}, {"aud": None}, {"aud": ["osticket-fcgi", "other"]}, {"tickets": "310042"}, {"tickets": [310042]}, {"tickets": ["310042"] * 17},
                     {"tickets": None, "scope": ["read"]}, {"scope": 1}, {"tickets": [""]}, {"tickets": {}}):
            self.refused(token(**more))
        self.assertEqual(200, self.status(text=token(jti="once", iss="https://shop.example.org", name="Anna")))
        self.refused(signed(b"[]"))
        self.refused(signed(b'{"sub":"user:1"'))

    def test_wrong_tokens_are_told_apart_by_nothing(self):
        now = int(time.time())
        self.desk.sql("INSERT INTO ost_user_account(user_id,status,timezone,lang,username,passwd,backend,extra,registered) "
                      "VALUES(2,3,NULL,NULL,NULL,NULL,NULL,NULL,NOW())")
        wrong = {"unreadable": "x.y.z", "another key": signed(claims(), {"alg": "HS256", "kid": "99"}), "another secret": signed(claims(), secret="x" * 40),
                 "over": token(exp=now - 1), "nobody": token("user:99"), "locked": token("user:2"), "tickets": token(exp=now - 1, tickets=["310042"])}
        seen, page = set(), {"Origin": client_tokens.PAGE}
        for text in wrong.values():
            answers = [self.refused(text, headers=page) for _ in range(8)]
            shown = {str(sorted((n.lower(), tuple(v)) for n, v in answer.headers.items() if n.lower() not in ("x-request-id", "date"))) for answer in answers}
            # Of a worker that has its statements at hand.
            trips = min(int(demo.logged(self.desk, answer.header("x-request-id"))["round_trips"]) for answer in answers)
            seen |= {(answer.text, each, trips) for answer in answers for each in shown}
        self.assertEqual(1, len(seen), seen)

    def test_what_the_key_may_no_longer_its_tokens_may_not(self):
        text = token()
        for change, back in (("UPDATE ost_api_key SET isactive=0 WHERE id=1", "UPDATE ost_api_key SET isactive=1 WHERE id=1"),
                             ("UPDATE fcgi_ost_key SET expires='2020-01-01'", "UPDATE fcgi_ost_key SET expires=NULL"),
                             ("UPDATE fcgi_ost_key SET scopes='read files'", "UPDATE fcgi_ost_key SET scopes='%s'" % client_tokens.SCOPES),
                             ("UPDATE fcgi_ost_key SET view='user',view_id=1", "UPDATE fcgi_ost_key SET view='all',view_id=NULL"),
                             ("UPDATE fcgi_ost_token SET epoch=%d" % (time.time() + 1), "UPDATE fcgi_ost_token SET epoch=0"),
                             ("UPDATE fcgi_ost_token SET secret='%s'" % ("y" * 43), "UPDATE fcgi_ost_token SET secret='%s'" % client_tokens.SECRET),
                             ("UPDATE fcgi_ost_token SET secret=''", "UPDATE fcgi_ost_token SET secret='%s'" % client_tokens.SECRET),
                             ("RENAME TABLE fcgi_ost_token TO kept", "RENAME TABLE kept TO fcgi_ost_token"),
                             ("DELETE FROM fcgi_ost_key", "")):
            self.assertEqual(200, self.status(text=text))
            self.desk.sql(change)
            self.refused(text)
            if "RENAME" in change:
                self.assertEqual(200, self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.READ_ONLY_KEY).status)
            if back:
                self.desk.sql(back)

    def test_a_locked_account_and_a_user_who_is_gone(self):
        text = token()
        self.desk.sql("DELETE FROM ost_user_account")
        self.assertEqual(200, self.status(text=text), "a user without an account is one, too")
        self.desk.sql("INSERT INTO ost_user_account(user_id,status,timezone,lang,username,passwd,backend,extra,registered) "
                      "VALUES(1,1,NULL,NULL,NULL,NULL,NULL,NULL,NOW())")
        self.assertEqual(200, self.status(text=text))
        self.desk.sql("UPDATE ost_user_account SET status=3")
        self.refused(text)
        self.desk.sql("DELETE FROM ost_user_account; DELETE FROM ost_user WHERE id=1")
        self.refused(text)
        self.refused(token("anna@quay.example"))
        # His address becomes somebody else's, and with it what a token for the address shows; never what one for him does.
        self.desk.sql("UPDATE ost_user_email SET user_id=2 WHERE user_id=1")
        self.refused(text)
        numbers = {ticket["number"] for ticket in self.ask("/tickets.json", token("user:2")).json["tickets"]}
        self.assertEqual(numbers, {ticket["number"] for ticket in self.ask("/tickets.json", token("anna@quay.example")).json["tickets"]})

    def test_scopes_are_those_of_token_and_key_and_clients(self):
        self.assertEqual((200, 403), (self.status(text=token(scope="read")), self.status("/tickets.json?q=crane", token(scope="read"))))
        self.assertEqual(403, self.status(text=token(scope="")))
        self.assertEqual(403, self.status(text=token(scope="notes reply")))
        self.assertEqual(200, self.status(text=token(scope="*")))
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='tokens files'")
        self.assertEqual(403, self.status(text=token(scope="read")))
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='*', `system`=1, any_staff=1, staff_id=2")
        self.assertEqual(200, self.status())

    def test_what_is_not_for_clients_is_refused_whatever_the_key_may(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='*', `system`=1, any_staff=1")
        asked = 0
        before = self.desk.counts()
        for path, item in described.of(self.desk).document["paths"].items():
            for method, operation in item.items():
                if operation["x-clients"]:
                    continue
                real = path.replace("{number}", "310042").replace("{id}", "1")
                answer = self.ask(real, method=method.upper(), body={} if method in ("post", "patch", "put") else None)
                self.assertIn(answer.status, (401, 403), "%s %s: %s" % (method, path, answer))
                asked += 1
        self.assertGreater(asked, 30)
        self.assertEqual(before, self.desk.counts())

    def test_a_key_beside_a_token_counts_alone_as_ever(self):
        self.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1'")
        self.assertEqual(200, self.desk.get("/tickets/310043.json", key=demo.KEY, headers=bearer("nonsense")).status)
        self.assertEqual("Valid API key required", self.desk.get("/tickets/310043.json", headers={"Authorization": "Basic eDp5"}).json["status_msg"])
        self.assertEqual(200, self.desk.get("/tickets/310042.json", headers={"Authorization": "bearer  " + token()}).status)

    def test_a_list_of_tickets_narrows_further_and_never_widens(self):
        own = [row[0] for row in self.desk.sql("SELECT number FROM ost_ticket WHERE user_id=1 ORDER BY ticket_id LIMIT 2")]
        self.assertEqual(2, len(own), "of this user there are several")
        one = token(tickets=[own[0]])
        self.assertEqual((200, 404), (self.status("/tickets/%s.json" % own[0], one), self.status("/tickets/%s.json" % own[1], one)))
        self.assertEqual([own[0]], [t["number"] for t in self.ask("/tickets.json", one).json["tickets"]])
        self.assertEqual(1, self.ask("/tickets.json?total=1", one).json["total"])
        strange = self.strange()[0]
        other = token(tickets=[strange, "nothing"])
        self.assertEqual((404, []), (self.status("/tickets/%s.json" % strange, other), self.ask("/tickets.json", other).json["tickets"]))
        none = token(tickets=[])
        self.assertEqual((404, []), (self.status("/tickets/%s.json" % own[0], none), self.ask("/tickets.json", none).json["tickets"]))
        tags = {self.ask("/tickets/%s.json" % own[0], text).header("etag") for text in (one, token())}
        self.assertEqual(2, len(tags))

    def test_another_ticket_is_as_one_that_is_not_there(self):
        number, row = self.strange()
        answers = [self.ask("/tickets/%s.json" % name) for name in (number, "999999", "id:" + row, "id:999")]
        self.assertEqual(1, len({(a.status, a.text) for a in answers}), answers)

        def trips(name):
            """Of a worker that has its statements at hand."""
            ids = [self.ask("/tickets/%s.json" % name).header("x-request-id") for _ in range(10)]
            return min(demo.logged(self.desk, request)["round_trips"] for request in ids)
        self.assertEqual(1, len({trips(name) for name in (number, "999999", "id:" + row, "id:999")}))


class Pages(TokenDesk):
    """Pages of other hosts, as browsers let them."""
    def preflight(self, page=client_tokens.PAGE, wants="authorization, content-type", path="/tickets/310042/message.json", method="POST"):
        return self.desk.request("OPTIONS", path, headers={"Origin": page, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": wants})

    def allowed(self, answer):
        return answer.header("access-control-allow-origin")

    def test_a_preflight_of_a_page_that_some_key_names(self):
        answer = self.preflight()
        self.assertEqual((204, client_tokens.PAGE), (answer.status, self.allowed(answer)))
        self.assertIn("Authorization", answer.header("access-control-allow-headers"))
        self.assertIn("POST", answer.header("access-control-allow-methods"))
        self.assertIn("Origin", answer.header("vary"))
        for other in (OTHER_PAGE, client_tokens.PAGE + ".evil.example", client_tokens.PAGE[:-1], "null", "*", client_tokens.PAGE.upper(), "https://shop.example.org/"):
            self.assertEqual("", self.allowed(self.preflight(other)), other)
        self.assertEqual("", self.allowed(self.preflight(wants="x-api-key")), "a key is no matter of a page")
        self.desk.sql("UPDATE ost_api_key SET isactive=0 WHERE id=1")
        self.assertEqual("", self.allowed(self.preflight()))

    def test_answers_name_the_page_and_no_other_and_never_all(self):
        answer = self.ask("/tickets/310042.json", headers={"Origin": client_tokens.PAGE})
        self.assertEqual((200, client_tokens.PAGE), (answer.status, self.allowed(answer)))
        self.assertIn("Origin", answer.header("vary"))
        for path, status in (("/tickets/999.json", 404), ("/tickets.json?nonsense=1", 422)):
            answer = self.ask(path, headers={"Origin": client_tokens.PAGE})
            self.assertEqual((status, client_tokens.PAGE), (answer.status, self.allowed(answer)), path)
        self.assertEqual("", self.allowed(self.ask("/tickets/310042.json")))
        self.assertIn("Origin", self.ask("/tickets/310042.json").header("vary"))

    def test_a_page_that_the_key_does_not_name_gets_nothing_with_a_good_token(self):
        for page in (OTHER_PAGE, "null", client_tokens.PAGE + "/", "x" * 400, "a,b"):
            answer = self.refused(token(), headers={"Origin": page})
            self.assertEqual("", self.allowed(answer))
        client_tokens.let_sign(self.desk, key=2, origins=OTHER_PAGE)
        self.assertEqual(OTHER_PAGE, self.allowed(self.refused(token(), headers={"Origin": OTHER_PAGE})), "a page of another key may read that it may not")

    def test_an_expired_token_can_be_read_as_such_by_its_page(self):
        answer = self.refused(token(exp=int(time.time()) - 1), headers={"Origin": client_tokens.PAGE})
        self.assertEqual(client_tokens.PAGE, self.allowed(answer))

    def test_without_an_origin_a_token_needs_no_page(self):
        self.desk.sql("UPDATE fcgi_ost_token SET origins=NULL")
        self.assertEqual(200, self.status())
        self.refused(token(), headers={"Origin": client_tokens.PAGE})

    def test_all_pages_in_the_settings_are_not_all_pages_for_tokens(self):
        self.desk.setting("cors", "origins", "*")
        self.desk.reload()
        try:
            answer = self.ask("/tickets/310042.json", headers={"Origin": client_tokens.PAGE})
            self.assertEqual((200, client_tokens.PAGE), (answer.status, self.allowed(answer)))
            self.refused(token(), headers={"Origin": OTHER_PAGE})
            self.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1'")
            answer = self.desk.get("/tickets/310042.json", key=demo.KEY, headers={"Origin": OTHER_PAGE})
            self.assertEqual((200, "*"), (answer.status, self.allowed(answer)))
        finally:
            self.desk.setting("cors", "origins", "")
            self.desk.reload()

    def test_what_a_browser_keeps_is_one_clients(self):
        answer = self.ask("/topics.json")
        self.assertIn("max-age", answer.header("cache-control"))
        self.assertIn("Authorization", answer.header("vary"))


class Writing(TokenDesk):
    def write(self, body, text=None, status=201, ticket="310042", headers=None):
        answer = self.ask("/tickets/%s/message.json" % ticket, text, "POST", body={"message": "Still stuck", **body}, headers=headers)
        self.assertEqual(status, answer.status, answer.text)
        return answer.json

    def mails(self):
        return [row[0] for row in self.desk.sql("SELECT kind FROM fcgi_ost_mail ORDER BY id")]

    def test_a_message_is_the_clients_own_whatever_else_he_says(self):
        files = [{"note.txt": "data:text/plain;base64," + base64.b64encode(b"hello").decode()}]
        answer = self.write({"user": "piet.vandam@quay.example", "alert": False, "autorespond": False, "add_collaborator": True, "attachments": files})
        self.assertEqual(["M", "1", "0", "Still stuck"], self.desk.sql("SELECT type,user_id,staff_id,body FROM ost_thread_entry WHERE id=%d" % answer["entry_id"])[0])
        self.assertEqual((0, []), (answer["mails"], answer["events"]), "who else hears of it is not told")
        self.assertIn("message.alert", self.mails())
        shown = self.ask("/tickets/310042/attachments.json").json["attachments"][-1]
        self.assertEqual(b"hello", self.ask(shown["href"]).body)

    def test_whether_an_address_is_known_here_is_not_told(self):
        texts = {json.dumps(sorted(self.write({"user": user, "dry_run": True})["ticket"])) for user in ("cher@stage.example", "nobody@nowhere.example", "99")}
        self.assertEqual(1, len(texts))

    def test_an_agent_and_a_note_are_not_for_a_client(self):
        self.write({"staffUserName": "tokafor"}, status=422)
        self.write({"comments": "x"}, status=422)
        before = self.desk.counts()
        self.write({}, ticket=self.strange()[0], status=404)
        self.assertEqual(before, self.desk.counts())

    def test_he_edits_what_the_portal_lets_him_edit_and_nothing_else(self):
        number = self.desk.value("SELECT number FROM ost_ticket WHERE user_id=1 LIMIT 1")
        for body, status in (({"priority": 1}, 422), ({"owner": 2}, 422), ({"answered": True}, 422), ({"fields": {"nosuch": 1}}, 422), ({"staffUserName": "tokafor"}, 422)):
            self.assertEqual(status, self.ask("/tickets/%s.json" % number, method="PATCH", body=body).status, body)
        for name, body in ((self.strange()[0], {"fields": {"subject": "x"}}), (number, {"fields": {"subject": "x"}, "user": "cher@stage.example"}),
                           (number, {"fields": {"subject": "x"}, "user": "nobody@nowhere.example"})):
            self.assertEqual(404, self.ask("/tickets/%s.json" % name, method="PATCH", body=body).status, body)
        self.desk.sql("UPDATE ost_form_field SET flags=flags|768 WHERE name='subject'")
        answer = self.ask("/tickets/%s.json" % number, method="PATCH", body={"fields": {"subject": "Another subject"}})
        self.assertEqual((200, ["fields"], [], 0), (answer.status, answer.json["changed"], answer.json["events"], answer.json["mails"]))
        self.assertEqual("Another subject", self.ask("/tickets/%s.json" % number).json["ticket"]["subject"])
        self.assertEqual(403, self.ask("/tickets/%s.json" % number, token(scope="read"), method="PATCH", body={"fields": {"subject": "x"}}).status)

    def test_a_repeated_request_is_a_matter_of_one_client(self):
        once = {"Idempotency-Key": "the-same"}
        first = self.write({}, headers=once)
        self.assertEqual(first, self.write({}, headers=once))
        second = self.write({}, token("user:2"), headers=once)
        self.assertNotEqual(first["entry_id"], second["entry_id"])
        self.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1'")
        answer = self.desk.request("POST", "/tickets/310042/message.json", key=demo.KEY, body={"message": "Still stuck"}, headers=once)
        self.assertEqual((201, True), (answer.status, answer.json["entry_id"] > second["entry_id"]), answer.text)

    def test_the_version_that_a_client_was_shown_is_the_one_that_he_may_ask_for(self):
        tag = self.ask("/tickets/310042.json").header("etag")
        self.desk.sql("UPDATE ost_ticket SET staff_id=3 WHERE ticket_id=1")
        answer = self.write({}, headers={"If-Match": tag})
        self.assertEqual(answer["version"], self.ask("/tickets/310042.json").header("etag").lstrip('W/').strip('"').split(".")[0])
        self.write({}, headers={"If-Match": tag}, status=412)

    def test_a_rate_of_one_client_is_his_alone(self):
        # Somebody who has asked for nothing yet, in no test: what was asked counts for a minute.
        self.desk.sql("UPDATE fcgi_ost_token SET user_rate=12; INSERT INTO ost_user(id,org_id,default_email_id,status,name,created,updated) "
                      "VALUES(7341,0,7341,0,'Rita Late',NOW(),NOW()); INSERT INTO ost_user_email(id,user_id,flags,address) "
                      "VALUES(7341,7341,0,'rita@late.example')")
        statuses = [self.status(text=token("user:7341"), path="/statuses.json") for _ in range(4)]
        self.assertEqual([200, 200, 429, 429], statuses)
        answer = self.ask("/statuses.json", token("user:7341"))
        self.assertEqual(("2", "0"), (answer.header("ratelimit-limit"), answer.header("ratelimit-remaining")))
        self.assertEqual(200, self.status(text=token("user:4"), path="/statuses.json"))

    def test_the_rate_of_a_key_counts_all_its_clients_and_tells_nobody_of_others(self):
        self.desk.sql("INSERT INTO ost_api_key(id,isactive,ipaddr,apikey,can_create_tickets,notes,updated,created) VALUES(77,1,'127.0.0.1','SEVENTY',1,'',NOW(),NOW())")
        client_tokens.let_sign(self.desk, key=77, rate="12", burst="3")
        header = {"alg": "HS256", "kid": "77"}
        statuses = [self.ask("/statuses.json", signed(claims("user:%d" % (1 + i % 2)), header)) for i in range(4)]
        self.assertEqual([200, 200, 200, 429], [a.status for a in statuses])
        self.assertEqual("", "".join(a.header("ratelimit-limit") + a.header("ratelimit-remaining") for a in statuses))
        self.assertTrue(int(statuses[3].header("retry-after")) > 0)


class Making(TokenDesk):
    def make(self, body, status=201, key=demo.KEY):
        answer = self.desk.request("POST", "/tokens.json", body=body, key=key)
        self.assertEqual(status, answer.status, answer.text)
        return answer.json

    def setUp(self):
        super().setUp()
        self.desk.sql("UPDATE fcgi_ost_key SET networks='127.0.0.1'")

    def run_program(self, *words):
        return subprocess.run([self.desk.env["PROGRAM"], "-c", self.desk.env["CONFIG"], *words], capture_output=True, text=True, check=False)

    def test_a_token_that_the_server_signs(self):
        for user in ("anna@quay.example", 1, "1", "user:1"):
            made = self.make({"user": user, "ttl": 60, "tickets": [310042]})
            self.assertEqual(200, self.status(text=made["token"]))
            self.assertEqual(["310042"], [t["number"] for t in self.ask("/tickets.json", made["token"]).json["tickets"]])
        self.assertEqual(403, self.status("/statuses.json", self.make({"user": 1, "scope": "read"})["token"]))
        self.assertRegex(made["expires"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_what_cannot_be_asked_for(self):
        for body, field in (({}, "user"), ({"user": "nobody@quay.example"}, "user"), ({"user": 99}, "user"), ({"user": ""}, "user"), ({"user": "ánna@quay.example"}, "user"),
                            ({"user": 1, "ttl": 0}, "ttl"), ({"user": 1, "ttl": 3601}, "ttl"), ({"user": 1, "ttl": "60"}, "ttl"), ({"user": 1, "tickets": "310042"}, "tickets"),
                            ({"user": 1, "tickets": [1] * 17}, "tickets"), ({"user": 1, "tickets": [{}]}, "tickets"), ({"user": 1, "scope": "reed"}, "scope"), ({"user": 1, "x": 1}, "x")):
            self.assertIn(field, self.make(body, 422)["errors"], body)
        self.make({"user": {}}, 400)
        self.make([1], 400)
        self.desk.sql("UPDATE ost_user_account SET status=3 WHERE user_id=1")
        if self.desk.value("SELECT COUNT(*) FROM ost_user_account WHERE user_id=1") != "0":
            self.make({"user": 1}, 422)

    def test_a_key_without_scope_or_secret_signs_none_and_a_token_makes_no_other(self):
        self.assertEqual(403, self.ask("/tokens.json", method="POST", body={"user": 1}).status)
        self.desk.sql("DELETE FROM fcgi_ost_token")
        self.assertIn("--tokens on", self.make({"user": 1}, 403)["status_msg"])
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='read'")
        self.make({"user": 1}, 403)
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='*',view='staff',staff_id=2")
        self.make({"user": 1}, 403)

    def test_the_command_sets_a_key_up_and_makes_one_for_trying(self):
        self.desk.sql("DELETE FROM fcgi_ost_token")
        shown = self.run_program("key", "set", "1", "--tokens", "on", "--origins", "https://a.example https://b.example:8443", "--user-rate", "60")
        self.assertEqual(0, shown.returncode, shown.stderr)
        secret = self.desk.value("SELECT secret FROM fcgi_ost_token")
        self.assertRegex(secret, "^[A-Za-z0-9_-]{43}$")
        self.assertIn(secret, shown.stdout)
        self.assertNotIn(secret, self.run_program("key", "show", "1").stdout)
        self.assertEqual(["https://a.example https://b.example:8443", "60"], self.desk.sql("SELECT origins,user_rate FROM fcgi_ost_token")[0])
        made = self.run_program("token", "anna@quay.example", "--key", "1", "--ttl", "60", "--tickets", "310042", "--scope", "read")
        self.assertEqual(0, made.returncode, made.stderr)
        self.assertEqual((200, 403), (self.status(text=made.stdout.strip()), self.status("/statuses.json", made.stdout.strip())))
        self.assertEqual(200, self.status(text=signed(claims(), secret=secret)))
        old = made.stdout.strip()
        self.assertEqual(0, self.run_program("key", "set", "1", "--tokens", "revoke").returncode)
        self.refused(old)
        self.assertEqual(secret, self.desk.value("SELECT secret FROM fcgi_ost_token"))
        self.assertEqual(0, self.run_program("key", "set", "1", "--tokens", "new").returncode)
        self.assertNotEqual(secret, self.desk.value("SELECT secret FROM fcgi_ost_token"))
        self.assertEqual(0, self.run_program("key", "set", "1", "--tokens", "off").returncode)
        self.assertEqual([], self.desk.sql("SELECT * FROM fcgi_ost_token"))

    def test_what_the_command_refuses(self):
        for words in (("key", "set", "1", "--origins", "*"), ("key", "set", "1", "--origins", "null"), ("key", "set", "1", "--origins", "https://a.example/"),
                      ("key", "set", "1", "--origins", "https://*.example"), ("key", "set", "1", "--tokens", "perhaps"), ("key", "set", "1", "--view", "user:1"),
                      ("key", "set", "2", "--origins", "https://a.example"), ("key", "set", "2", "--tokens", "revoke"), ("token", "1"), ("token",), ("token", "1", "--key", "x"),
                      ("token", "1", "--key", "1", "--ttl", "7200"), ("token", "1", "--key", "1", "--scope", "reed"), ("token", "1", "--key", "1", "--nonsense", "1")):
            done = self.run_program(*words)
            self.assertEqual((2, ""), (done.returncode, done.stdout), words)
        for words in (("token", "99", "--key", "1"), ("token", "1", "--key", "2")):
            self.assertEqual(1, self.run_program(*words).returncode)

    def test_without_the_table_it_is_said_what_is_missing(self):
        self.desk.sql("RENAME TABLE fcgi_ost_token TO kept")
        try:
            self.assertIn("fcgi-token.sql", self.run_program("key", "set", "1", "--tokens", "on").stderr)
            self.assertEqual(0, self.run_program("key", "show", "1").returncode)
            self.assertEqual(0, self.run_program("key", "set", "1", "--rate", "6000").returncode)
            self.assertIn("fcgi-token.sql", self.run_program("-t").stdout)
            self.assertIn("not set up", self.make({"user": 1}, 403)["status_msg"])
        finally:
            self.desk.sql("RENAME TABLE kept TO fcgi_ost_token")
