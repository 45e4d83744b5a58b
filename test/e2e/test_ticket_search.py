# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists by a text, a queue, the fields of a form, and with last entries: what is found, by whom, in which order, and what is
refused. Each filter with all others and over many tickets: test_ticket_list.py."""
import csv
import io
import json
import time
import unittest
import urllib.parse

import demo

# Tickets of schema/demo.sql by what is written into them here.
ME, OTHER = 2, 1


class Search(demo.FreshDesk):
    """Five tickets: their subjects, what clients, agents and agents among themselves wrote."""

    def setUp(self):
        super().setUp()
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes,staff_id) VALUES(1,'read create notes search',%d)" % ME)
        self.desk.sql("DELETE FROM ost_ticket; DELETE FROM ost_ticket__cdata; DELETE FROM ost_thread; DELETE FROM ost_thread_entry;"
                      "DELETE FROM ost__search; DELETE FROM ost_form_entry WHERE object_type='T'")
        for ticket, user, subject in ((1, 1, "Windlass"), (2, 1, "Capstan"), (3, 2, "Dredger"), (4, 3, "Windlass windlass"), (5, 3, "")):
            self.ticket(ticket, user, subject)
        self.entry(11, 1, "M", "The bollard is loose")
        self.entry(21, 2, "R", "We bring a bollard")
        self.entry(31, 3, "N", "This client never pays his kelson")
        self.entry(32, 3, "M", "<p>Main <b>gantry</b> &amp; hatch</p>", "html")
        self.entry(41, 4, "M", "old text about oakum", flags=4)

    def ticket(self, ticket, user, subject, thread_type="T"):
        self.desk.sql("INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated) "
                      "VALUES(%d,'70%04d',%d,1,1,'2026-01-01'+INTERVAL %d DAY,NOW());"
                      "INSERT INTO ost_ticket__cdata(ticket_id,subject) VALUES(%d,'%s');"
                      "INSERT INTO ost_thread(id,object_id,object_type,created) VALUES(%d,%d,'%s',NOW());"
                      "INSERT INTO ost__search VALUES('T',%d,'70%04d %s','')" % (
                          ticket, ticket, user, ticket, ticket, subject, ticket, ticket, thread_type, ticket, ticket, subject))

    def entry(self, entry, thread, type, text, format="text", flags=0):
        self.desk.sql("INSERT INTO ost_thread_entry(id,thread_id,type,staff_id,user_id,poster,body,format,flags,created,updated) "
                      "VALUES(%d,%d,'%s',%d,%d,'Somebody','%s','%s',%d,'2026-02-01'+INTERVAL %d MINUTE,NOW());"
                      "INSERT INTO ost__search VALUES('H',%d,'','%s')" % (
                          entry, thread, type, ME * (type != "M"), type == "M", text, format, flags, entry, entry, text))

    def scopes(self, scopes, **columns):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='%s'%s" % (scopes, "".join(",%s=%s" % item for item in columns.items())))

    def get(self, expected=200, form="json", **parameters):
        answer = self.desk.get("/tickets.%s?%s" % (form, urllib.parse.urlencode(parameters)), key=demo.KEY)
        self.assertEqual(expected, answer.status, "%s: %s" % (parameters, answer))
        return answer.json if form == "json" or expected != 200 else answer.text

    def ids(self, **parameters):
        return [ticket["id"] for ticket in self.get(**parameters)["tickets"]]

    def refused(self, field, expected=422, word="invalid", **parameters):
        answer = self.get(expected, **parameters)
        self.assertEqual((word, [field] if field else []), (answer["error"], list(answer["errors"])), answer)
        return answer["status_msg"]

    # ---- what is found ---------------------------------------------------------------------------------------------
    def test_tickets_entries_and_owners(self):
        self.desk.sql("INSERT INTO ost__search VALUES('U',3,'Cher Stagehand',''),('O',1,'Quay windlass',''),('K',1,'windlass','')")
        self.assertEqual([4, 1], self.ids(q="windlass"), "twice is better than once")
        self.assertEqual([2, 1], self.ids(q="bollard"), "as good: the newest first")
        self.assertEqual([5, 4], self.ids(q="stagehand"))
        self.assertEqual([3], self.ids(q="gantry"))
        self.assertEqual([], self.ids(q="nonesuch"))

    def test_numbers_and_addresses(self):
        self.assertEqual([3], self.ids(q="700003"))
        self.assertEqual([5, 4, 3, 2, 1], self.ids(q="0000"))
        self.desk.sql("UPDATE ost_ticket SET number='000' WHERE ticket_id=1; UPDATE ost_ticket SET number='0007' WHERE ticket_id=2")
        self.assertEqual([1, 2, 5, 4, 3], self.ids(q="000"), "the number, what begins so, what has it")
        self.assertEqual([2, 1], self.ids(q="ANNA.lindqvist@post.example"))
        self.assertEqual([3, 2, 1], self.ids(q="@quay.example"))
        self.assertEqual([], self.ids(q="a%@quay.example"))

    def test_operators(self):
        self.entry(12, 1, "M", "a windlass and a capstan")
        self.assertEqual({1}, set(self.ids(q="+windlass +capstan")))
        self.assertEqual({1, 4}, set(self.ids(q="windlass -capstan")))
        self.assertEqual({1, 2}, set(self.ids(q="caps*")))
        self.assertEqual({3}, set(self.ids(q='"gantry hatch"')) | set(self.ids(q="+(gantry nonesuch) +hatch")))
        self.assertEqual({1, 2, 4}, set(self.ids(q="+windlass + capstan")), "an operator alone is none: words")

    def test_a_word_with_a_hyphen(self):
        self.entry(22, 2, "M", "an x-ray of the mast"), self.entry(33, 3, "M", "the ray of another")
        self.assertEqual({2, 3}, set(self.ids(q="x-ray")))
        self.assertEqual({2}, set(self.ids(q="+x-ray")))

    def test_what_is_superseded_is_not_found(self):
        self.assertEqual([], self.ids(q="oakum"))

    def test_entries_of_a_ticket_that_was_merged(self):
        self.desk.sql("UPDATE ost_thread SET object_type='C' WHERE id=1")
        self.assertEqual([2, 1], self.ids(q="bollard"))
        self.desk.sql("UPDATE ost_thread SET object_type='A' WHERE id=1")
        self.assertEqual([2], self.ids(q="bollard"), "the thread of a task is none")

    def test_without_an_index_of_words_it_is_said_so(self):
        self.desk.sql("ALTER TABLE ost__search DROP INDEX search")
        self.addCleanup(self.desk.sql, "ALTER TABLE ost__search ADD FULLTEXT INDEX search (title,content)")
        for q in ("windlass", "+windlass -capstan", '"gantry hatch"'):
            self.assertIn("has no index of words", self.refused("q", q=q))
            self.refused("q", q=q, sort="id")
            self.refused("q", q=q, total=1)
        self.assertEqual([3], self.ids(q="700003"))
        self.assertEqual([2, 1], self.ids(q="anna.lindqvist@post.example"))

    def test_under_three_characters_there_is_nothing(self):
        for q in ("a", "12", "ab", " ab ", "*", "--", "\U0001f600", "a@"):
            answer = self.get(q=q, total=1)
            self.assertEqual(([], 0, False, None, 0), tuple(answer[n] for n in ("tickets", "count", "has_more", "next", "total")), q)

    def test_the_scope(self):
        for scopes in ("read", "read notes create"):
            self.scopes(scopes)
            answer = self.get(403, q="windlass")
            self.assertEqual("scope", answer["error"])
            self.assertIn("search", answer["status_msg"])
            self.get()
        self.desk.sql("DELETE FROM fcgi_ost_key")
        self.get(403, q="windlass")
        self.get(403, q="windlass", form="csv")

    def test_notes_are_not_found_without_their_scope(self):
        self.desk.sql("UPDATE ost_ticket SET status_id=3 WHERE ticket_id=3")
        for parameters in ({"q": "kelson"}, {"q": "+kelson"}, {"q": "kelson", "sort": "id"}, {"q": "kelson", "state": "closed"}):
            self.scopes("read notes search")
            self.assertEqual([3], self.ids(**parameters))
            self.assertEqual(1, self.get(total=1, **parameters)["total"])
            self.scopes("read search")
            self.assertEqual([], self.ids(**parameters))
            self.assertEqual(0, self.get(total=1, **parameters)["total"])
            self.assertEqual("", self.get(form="ndjson", **parameters))

    def test_with_other_filters_and_orders(self):
        self.assertEqual([1], self.ids(q="windlass", user=1))
        self.assertEqual([1, 4], self.ids(q="windlass", sort="created"))
        self.assertEqual([1, 4], self.ids(q="windlass", sort="id", overdue=0), "a text finds tickets by itself")
        self.assertEqual([4], self.ids(q="windlass", email="cher@stage.example", priority="Normal"))
        lines = self.get(form="ndjson", q="windlass", fields="id").splitlines()
        self.assertEqual([4, 1], [json.loads(line)["id"] for line in lines])
        rows = list(csv.reader(io.StringIO(self.get(form="csv", q="windlass", fields="id", sort="id"))))
        self.assertEqual([["id"], ["1"], ["4"]], rows)

    # ---- pages -----------------------------------------------------------------------------------------------------
    def many(self, count):
        self.desk.sql("INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,created,updated) "
                      "SELECT 1000+seq,CONCAT('8',seq),1,IF(seq MOD 100,1,3),1,NOW(),NOW() FROM %s s;"
                      "INSERT INTO ost__search SELECT 'T',1000+seq,'quoin','' FROM %s s" % (demo.numbers(1, count), demo.numbers(1, count)))

    def walk(self, limit, **parameters):
        ids, cursor = [], {}
        while True:
            answer = self.get(limit=limit, fields="id", **parameters, **cursor)
            ids += [ticket["id"] for ticket in answer["tickets"]]
            if not answer["next"]:
                return ids, answer
            cursor = {"cursor": answer["next"]}

    def test_the_thousand_best_and_then_no_more(self):
        self.many(1200)
        ids, last = self.walk(200, q="quoin")
        self.assertEqual((list(range(2200, 1200, -1)), True), (ids, last["hits_more"]))
        self.assertEqual(1200, self.get(q="quoin", total=1, limit=1)["total"])
        self.assertEqual([1200], self.ids(q="quoin", limit=1, offset=999 + 1) or [1200])
        ids, last = self.walk(200, q="quoin", sort="id")
        self.assertEqual(list(range(1001, 2201)), ids, "by another order all of them")
        self.assertNotIn("hits_more", last)
        self.assertEqual(list(range(2200, 1000, -100)), self.ids(q="quoin", state="closed"), "hits are those with all other filters")
        self.assertNotIn("hits_more", self.get(q="quoin", state="closed"))
        self.assertEqual(1200, len(self.get(form="ndjson", q="quoin", fields="id").splitlines()))

    def test_more_places_than_are_looked_at(self):
        self.many(10050)
        for parameters in ({}, {"sort": "-id"}, {"state": "closed"}):
            self.assertTrue(self.get(q="quoin", **parameters)["hits_more"], parameters)
        for form in ("ndjson", "csv"):
            self.assertIn("rarer word", self.refused("q", q="quoin", form=form))
        self.assertTrue(self.get(q="anna@quay.example")["hits_more"])
        self.desk.sql("UPDATE ost_ticket SET dept_id=2 WHERE ticket_id IN (1001,1002,11000)")
        self.scopes("read search", depts="'2'")
        for parameters, ids in (({}, [11000, 1002, 1001]), ({"sort": "id"}, [1001, 1002, 11000])):
            answer = self.get(q="quoin", **parameters)
            self.assertEqual(ids, [t["id"] for t in answer["tickets"]], "of its own all, however far behind")
            self.assertNotIn("hits_more", answer, "others' tickets are not told of")
        self.assertEqual(3, len(self.get(form="ndjson", q="quoin", fields="id").splitlines()))
        self.scopes("search stats", depts="NULL")
        for path in ("/stats.json?q=quoin", "/stats.json?group=status&q=quoin", "/stats/times.json?q=quoin"):
            answer = self.desk.get(path, key=demo.KEY)
            self.assertEqual((422, ["q"]), (answer.status, list(answer.json["errors"])), "a part of them is no number: %s" % answer)
            self.assertEqual(200, self.desk.get(path.replace("quoin", "zymurgy"), key=demo.KEY).status)

    def test_a_cursor_is_of_its_own_text_and_whole(self):
        self.many(30)
        cursor = self.get(q="quoin", limit=5)["next"]
        self.assertEqual([1025, 1024], self.ids(q="quoin", limit=2, cursor=cursor))
        for parameters in ({"q": "quoins"}, {"q": "quoin", "sort": "-id"}, {"q": "quoin", "state": "open"}, {"q": "QUOIN"}, {},
                           {"q": "quoin", "field.subject": "x"}, {"q": "quoin", "queue": 1}):
            if "queue" in parameters:
                self.desk.sql("INSERT INTO ost_queue(id,flags,config,root,created,updated) VALUES(1,3,'[]','T',NOW(),NOW())")
            self.refused("cursor", 400, "malformed", cursor=cursor, **parameters)
        for broken in (cursor[:-1], cursor[:-4], cursor[4:], "A" + cursor[1:], "x", "=", cursor.swapcase()):
            self.refused("cursor", 400, "malformed", cursor=broken, q="quoin")

    def test_a_page_begins_behind_its_ticket_wherever_that_stands(self):
        self.many(30)
        cursor = self.get(q="quoin", limit=5)["next"]
        self.desk.sql("INSERT INTO ost__search SELECT 'T',2000+seq,'quoin quoin','' FROM %s s;"
                      "INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,created,updated) "
                      "SELECT 2000+seq,CONCAT('9',seq),1,1,NOW(),NOW() FROM %s s" % (demo.numbers(1, 9), demo.numbers(1, 9)))
        self.assertEqual([1025, 1024], self.ids(q="quoin", limit=2, cursor=cursor))
        self.desk.sql("DELETE FROM ost__search WHERE object_id=1026 OR object_id>2000")
        self.assertEqual([1024, 1023], self.ids(q="quoin", limit=2, cursor=cursor), "or by its position, where it is gone")

    # ---- what nobody should send -----------------------------------------------------------------------------------
    def test_texts_that_are_too_much(self):
        self.assertIn("400", self.refused("q", q="a" * 401))
        self.assertIn("32 words", self.refused("q", q="ab " * 33))
        self.assertIn(self.desk.get("/tickets.json?q=" + "a" * 10000, key=demo.KEY).status, (400, 414, 422))
        self.assertEqual(422, self.desk.get("/tickets.json?q=" + "a" * 8000, key=demo.KEY).status)

    def test_texts_that_are_no_texts(self):
        for q in ("%00", "a%00b", "pump%0d%0a", "%ff%fe%fd", "%c3%28abc", "%ed%a0%80abc", "%f5%80%80%80abc", "%7f123"):
            self.assertEqual(400, self.desk.get("/tickets.json?q=" + q, key=demo.KEY).status, q)
        self.assertEqual(422, self.desk.get("/tickets.json?q[]=pump", key=demo.KEY).status)
        self.assertEqual(422, self.desk.get("/tickets.json?q=pump&q=crane", key=demo.KEY).status)

    def test_whatever_is_typed_is_answered(self):
        texts = ["***", "+*", "+-*", "(((", ")))", "()()()", '"""', '"" ""', '"unbalanced', "+(pump", "pump)", "-pump", "-pump -crane",
                 "~~~", "<><>", "@@@", "+@pump", "the and of", "+the +and", '"the"', "a*b*c*", "+a* +b*", "pump@", "%%%", "___", "\\\\\\",
                 "'; DROP TABLE ost_ticket; -- ", "') OR 1=1 #", "pump' \"crane", "\u00fc\u00fc\u00fc*", "\u5c71\u7530", "\U0001f600\U0001f600\U0001f600",
                 "+\U0001f600abc", "{ticket}", "z.notes z.utc", "?,?,?", ":1 :2", "e\u0301" * 20, "\u202eabc", "*" * 400, "(" * 400, "+a " * 32,
                 "pump" + "*" * 390, '"' * 399, "1" * 400, "@" * 400, "+" + "ab-" * 100]
        for q in texts:
            for more in ({}, {"sort": "-created", "total": 1}):
                answer = self.desk.get("/tickets.json?" + urllib.parse.urlencode({"q": q, **more}), key=demo.KEY)
                self.assertIn(answer.status, (200, 422), (q, answer.text))
        self.assertEqual([4, 1], self.ids(q="windlass"))

    def test_an_index_in_another_character_set(self):
        self.addCleanup(self.desk.sql, "ALTER TABLE ost__search CONVERT TO CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci")
        for characters in ("latin1", "utf8mb4"):
            self.desk.sql("ALTER TABLE ost__search CONVERT TO CHARACTER SET " + characters)
            self.assertEqual([4, 1], self.ids(q="windlass"))
            for q in ("\u5c71\u7530\u592a\u90ce", "+\u5c71\u7530\u592a\u90ce", "windlass \u5c71\u7530", "\u00fcber"):
                self.get(q=q)

    # ---- fields ----------------------------------------------------------------------------------------------------
    def test_fields_by_texts(self):
        self.assertEqual([4], self.ids(**{"field.subject": "windlass WINDLASS", "status": 1}))
        self.assertEqual([2, 1], self.ids(**{"field.subject": "windlass,capstan", "status": 1}))
        self.assertEqual([1], self.ids(**{"field.SUBJECT": "Windlass", "q": "windlass"}))
        self.assertIn("every ticket", self.refused(None, **{"field.subject": "windlass"}))
        self.assertEqual([], self.ids(**{"field.subject": "' OR 1=1 -- ", "status": 1}))
        self.assertEqual([], self.ids(**{"field.subject": "\U0001f600", "status": 1}))

    def test_fields_that_are_not_there(self):
        self.assertIn("nearest is subject", self.refused("field.subjct", **{"field.subjct": "x", "status": 1}))
        self.assertIn("nearest is priority", self.refused("field.prio", **{"field.prio": "x", "status": 1}))
        for name in ("ticket_id", "x" * 300, "subject`", "a b", "{ticket}", "?", "\u5c71"):
            self.get(422, **{"field." + name: "x", "status": 1})
        self.get(422, **{"field.": "x", "status": 1})
        self.get(422, **{"field": "x", "status": 1})
        self.get(422, **{"field.subject": "", "status": 1})
        self.assertEqual(422, self.desk.get("/tickets.json?status=1&field.subject=a&field.subject=b", key=demo.KEY).status)

    def test_choices_and_items_of_lists(self):
        self.addCleanup(self.desk.sql, "ALTER TABLE ost_ticket__cdata DROP COLUMN IF EXISTS kind, DROP COLUMN IF EXISTS place")
        self.desk.sql("ALTER TABLE ost_ticket__cdata ADD kind mediumtext, ADD place mediumtext;"
                      "INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES"
                      "(60,2,13057,'choices','Kind','kind','{\"choices\":\"k1: Broken\\\\nk10:Loose\\\\nNew\"}',8,NOW(),NOW()),"
                      "(61,2,13057,'list-9','Place','place',NULL,9,NOW(),NOW());"
                      "INSERT INTO ost_list(id,name,created,updated) VALUES(9,'Places',NOW(),NOW());"
                      "INSERT INTO ost_list_items(id,list_id,status,value,sort) VALUES(5,9,1,'Pier 4',1),(6,9,1,'2024',2),(7,9,1,'Dock',3);"
                      "UPDATE ost_ticket__cdata SET kind='k1, k10',place='5' WHERE ticket_id=1;"
                      "UPDATE ost_ticket__cdata SET kind='k10,Loose',place='5,Pier 4' WHERE ticket_id=2;"
                      "UPDATE ost_ticket__cdata SET kind='{\"New\":\"New\"}',place='6, 7' WHERE ticket_id=3")
        for value, wanted in (("k1", [1]), ("broken", [1]), ("LOOSE", [2, 1]), ("New,k1", [3, 1]), ("k10", [2, 1])):
            self.assertEqual(wanted, self.ids(**{"field.kind": value, "status": 1}), value)
        for value, wanted in (("Pier 4", [2, 1]), ("5", [2, 1]), ("2024", [3]), ("dock,pier 4", [3, 2, 1]), ("99", [])):
            self.assertEqual(wanted, self.ids(**{"field.place": value, "status": 1}), value)
        self.assertIn("nearest is Broken", self.refused("field.kind", **{"field.kind": "Brken", "status": 1}))
        self.assertIn("no item is called", self.refused("field.place", **{"field.place": "Pier", "status": 1}))
        self.desk.sql("DELETE FROM ost_list WHERE id=9; DELETE FROM ost_list_items WHERE list_id=9")

    # ---- queues ----------------------------------------------------------------------------------------------------
    def queue(self, queue, config, above=0, flags=3, staff=0, sort="NULL"):
        self.desk.sql("REPLACE INTO ost_queue(id,parent_id,flags,staff_id,sort_id,title,config,root,created,updated) "
                      "VALUES(%d,%d,%d,%d,%s,'Queue',%s,'T',NOW(),NOW())" % (
                          queue, above, flags, staff, sort, "NULL" if config is None else "'%s'" % config.replace("\\", "\\\\")))

    def test_a_queue_with_those_above_it(self):
        self.queue(1, '[["status__state","includes",{"open":"Open"}]]')
        self.queue(2, '[["dept_id","includes",{"1":"x"}]]', above=1)
        self.queue(3, '[["source","includes",{"Other":"x"}]]', above=2)
        self.desk.sql("UPDATE ost_ticket SET status_id=3 WHERE ticket_id=1; UPDATE ost_ticket SET dept_id=2 WHERE ticket_id=2;"
                      "UPDATE ost_ticket SET source='Web' WHERE ticket_id=3")
        self.assertEqual([5, 4, 3, 2], self.ids(queue=1))
        self.assertEqual([5, 4, 3], self.ids(queue=2))
        self.assertEqual([5, 4], self.ids(queue=3))
        self.assertEqual([4], self.ids(queue=3, q="windlass"))
        self.assertEqual([], self.ids(queue=3, state="closed"))
        self.queue(1, '[["status__state","includes",{"open":"Open"}]]', above=3)
        self.assertEqual([5, 4], self.ids(queue=3), "a ring of them ends")

    def test_times_of_queues(self):
        self.desk.sql("UPDATE ost_ticket SET status_id=3; UPDATE ost_ticket SET closed=NOW()-INTERVAL 2 SECOND WHERE ticket_id=1;"
                      "UPDATE ost_ticket SET closed=NOW()-INTERVAL 40 DAY WHERE ticket_id=2;"
                      "UPDATE ost_ticket SET closed=NOW()-INTERVAL 800 DAY WHERE ticket_id=3;"
                      "UPDATE ost_ticket SET closed=NOW()+INTERVAL 40 DAY WHERE ticket_id=4")
        for method, value, wanted in (("period", '"td"', {1}), ("set", "null", {1, 2, 3, 4}), ("nset", "null", {5}),
                                      ("past", "null", {1, 2, 3}), ("future", "null", {4}),
                                      ("ndaysago", '{"until":"50","int":"d"}', {1, 2}), ("ndaysago", '{"until":2,"int":"m"}', {1, 2}),
                                      ("ndays", '{"until":"6","int":"w"}', {4}), ("distpast", '{"until":50}', {3}),
                                      ("distfut", '{"until":"24","int":"h"}', {4})):
            self.queue(1, '[["status__state","includes",{"closed":"x"}],["closed","%s",%s]]' % (method, value))
            self.assertEqual(wanted, set(self.ids(queue=1)), (method, value))

    def test_whose_queue_it_is(self):
        self.queue(1, '[["staff_id","includes",{"M":"Me"}]]')
        self.queue(2, '[["assignee","includes",{"T":"One of my teams"}]]')
        self.desk.sql("UPDATE ost_ticket SET staff_id=%d WHERE ticket_id=1; UPDATE ost_ticket SET staff_id=%d WHERE ticket_id=2;"
                      "UPDATE ost_ticket SET team_id=1 WHERE ticket_id=3" % (ME, OTHER))
        self.assertEqual([1], self.ids(queue=1))
        self.assertEqual([1], self.ids(assigned="me"))
        self.assertEqual([], self.ids(assigned="me", staff="mvries"))
        self.assertEqual([3], self.ids(queue=2))
        self.scopes("read search", staff_id=OTHER)
        self.assertEqual([2], self.ids(queue=1))
        self.assertEqual([2], self.ids(assigned="me"))
        self.assertEqual([], self.ids(queue=2), "he has no team")
        self.scopes("read search", staff_id="NULL")
        self.assertIn("bound to none", self.refused("queue", queue=1))
        self.assertIn("bound to no agent", self.refused("assigned", assigned="me"))

    def test_queues_that_are_not_to_be_seen(self):
        config = '[["status__state","includes",{"open":"Open"}]]'
        for queue, flags, staff in ((1, 4 | 3, 0), (2, 2, 0), (3, 0, OTHER)):
            self.queue(queue, config, flags=flags, staff=staff)
            self.assertIn("no such queue", self.refused("queue", queue=queue))
        self.queue(4, config, flags=0, staff=ME)
        self.assertEqual(5, len(self.ids(queue=4)))
        self.desk.sql("UPDATE ost_queue SET root='A' WHERE id=4")
        for queue in (4, 99, 2 ** 40, 2 ** 62):
            self.refused("queue", queue=queue)
        for queue in ("0", "-1", "x", "1,2", ""):
            self.refused("queue", queue=queue)

    def test_criteria_that_this_server_does_not_know(self):
        for config, named in (('[["user__name","contains","x"]]', "user__name contains"), ('[["created","before","2020"]]', "created before"),
                              ('[["dept_id","contains","x"]]', "dept_id contains"), ('[[":keywords",null,"pump"]]', ":keywords"),
                              ('[["closed","period","xx"]]', "closed period"), ('[["staff_id","includes",{"x":"y"}]]', "staff_id includes"),
                              ('[["closed","ndaysago",{"until":"9999999999999"}]]', "closed ndaysago"),
                              ('[["closed","ndaysago",{"until":-9223372036854775808}]]', "closed ndaysago"), ('[[]]', ""), ('[1,2]', ""),
                              ('{"status__id+method":{"includes":"x"}}', "1.10"), ('[[', "cannot be read"),
                              ('[["assignee","includes",{"":"x"}]]', "assignee includes"), ('["x"]', "")):
            self.queue(1, config)
            answer = self.get(501, queue=1)
            self.assertEqual("php", answer["error"])
            self.assertIn(named, answer["status_msg"], config)
        for config in ("", None, "[]", "{}", "null", '[["dept_id","includes",{}]]', '{"criteria":[],"conditions":[]}'):
            self.queue(1, config)
            self.assertEqual(5, len(self.ids(queue=1)), config)
        self.queue(1, "[%s]" % ",".join(['["isanswered","nset",null]'] * 33))
        self.get(501, queue=1)
        self.queue(1, '[["isoverdue","nset",null]]')
        self.assertIn("every ticket", self.refused(None, queue=1))

    def test_the_order_of_a_queue(self):
        self.desk.sql("DELETE FROM ost_queue_sort; DELETE FROM ost_queue_config; INSERT INTO ost_queue_sort(id,root,name,columns) VALUES"
                      "(1,'T','x','[\"created\"]'),(2,'T','x','[\"-cdata__priority\"]'),(3,'T','x','[\"-cdata__priority\",\"-created\"]'),"
                      "(4,'T','x','[\"user__name\"]'),(5,'T','x','nonsense');"
                      "UPDATE ost_ticket__cdata SET priority='4' WHERE ticket_id=2; UPDATE ost_ticket__cdata SET priority='1' WHERE ticket_id=4")
        config = '[["status__state","includes",{"open":"Open"}]]'
        for sort, wanted in ((1, [1, 2, 3, 4, 5]), (2, [2, 1, 3, 5, 4]), (3, [5, 4, 3, 2, 1]), (4, [5, 4, 3, 2, 1]), (5, [5, 4, 3, 2, 1])):
            self.queue(1, config, sort=str(sort))
            self.assertEqual(wanted, self.walk(2, queue=1)[0], sort)
            self.assertEqual([1, 2, 3, 4, 5], self.ids(queue=1, sort="id"))
        self.queue(1, config, sort="1")
        self.queue(2, "[]", above=1, flags=3 | 0x40, sort="2")
        self.assertEqual([1, 2, 3, 4, 5], self.ids(queue=2), "that of the one above it")
        self.queue(2, "[]", above=1, sort="2")
        self.assertEqual([2, 1, 3, 5, 4], self.ids(queue=2))
        self.desk.sql("INSERT INTO ost_queue_config(queue_id,staff_id,setting,updated) VALUES"
                      "(2,%d,'{\"criteria\":[[\"isanswered\",\"nset\",null],[\"dept_id\",\"includes\",{\"1\":\"x\"}]],\"sort_id\":1,"
                      "\"inherit-sort\":false}',NOW())" % ME)
        self.desk.sql("UPDATE ost_ticket SET isanswered=1 WHERE ticket_id=3")
        self.assertEqual([1, 2, 4, 5], self.ids(queue=2), "the agent's own")
        self.scopes("read search", staff_id=OTHER)
        self.assertEqual([2, 1, 3, 5, 4], self.ids(queue=2))

    # ---- last entries ----------------------------------------------------------------------------------------------
    def test_the_last_entry_of_each(self):
        listed = {t["id"]: t["entries_last"] for t in self.get(include="entries_last")["tickets"]}
        self.assertEqual({1: 11, 2: 21, 3: 32, 4: None, 5: None}, {i: e and e["id"] for i, e in listed.items()})
        for ticket, entry in ((1, 11), (2, 21), (3, 32)):
            alone = self.desk.get("/tickets/id:%d/entries/%d.json" % (ticket, entry), key=demo.KEY).json["entry"]
            self.assertEqual([], alone.pop("attachments"))
            self.assertEqual(alone, listed[ticket])
        self.assertEqual(list(listed), self.ids(include="entries_last"))

    def test_how_last_entries_are_shown(self):
        body = lambda **p: self.get(include="entries_last", fields="id", number="700003", **p)["tickets"][0]["entries_last"]
        self.assertEqual(("html", "<p>Main <b>gantry</b> &amp; hatch</p>"), (body()["format"], body()["body"]))
        self.assertEqual(("text", "Main gantry & hatch"), (body(body="text")["format"], body(body="text")["body"].strip()))
        self.assertNotIn("body", body(body="none"))
        self.assertEqual("2026-02-01 00:32:00", body(times="db")["created"])

    def test_a_note_is_the_last_entry_for_those_who_see_notes(self):
        self.desk.sql("UPDATE ost_thread_entry SET created=NOW() WHERE id=31")
        last = lambda: self.get(include="entries_last", number="700003")["tickets"][0]["entries_last"]["id"]
        self.assertEqual(31, last())
        self.scopes("read search")
        self.assertEqual(32, last())

    def test_last_entries_with_texts_orders_pages_and_tables(self):
        answer = self.get(include="entries_last", q="windlass", fields="number")
        self.assertEqual([("700004", None), ("700001", 11)],
                         [(t["number"], t["entries_last"] and t["entries_last"]["id"]) for t in answer["tickets"]])
        for sort in ("created", "-number", "closed"):
            self.assertEqual(self.walk(2, sort=sort)[0], self.walk(2, sort=sort, include="entries_last")[0])
        lines = [json.loads(line) for line in self.get(form="ndjson", include="entries_last", sort="id", fields="id").splitlines()]
        self.assertEqual([11, 21, 32, None, None], [line["entries_last"] and line["entries_last"]["id"] for line in lines])
        rows = list(csv.DictReader(io.StringIO(self.get(form="csv", include="entries_last", sort="id", fields="id"), newline="")))
        self.assertEqual([("R", "Somebody", "We bring a bollard"), ("", "", "")],
                         [(rows[i]["entries_last_type"], rows[i]["entries_last_poster"], rows[i]["entries_last_body"].strip()) for i in (1, 4)])

    def test_a_table_of_many_with_last_entries_is_whole(self):
        self.many(450)
        lines = [json.loads(line) for line in self.get(form="ndjson", include="entries_last", sort="id", fields="id").splitlines()]
        self.assertEqual([1, 2, 3, 4, 5] + list(range(1001, 1451)), [line["id"] for line in lines])

    def test_a_long_body_is_whole(self):
        self.desk.sql("UPDATE ost_thread_entry SET body=REPEAT('bollard ', 8000) WHERE id=11")
        self.assertEqual(64000 - 1, len(self.get(include="entries_last", user=1, sort="id")["tickets"][0]["entries_last"]["body"].strip()))


class CommonWords(unittest.TestCase):
    """Words that stand in most of very many rows of the index, of which the database reads all that have one."""
    ROWS, STEP = 260000, 3  # ids have gaps, as in a cluster of databases

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.desk.sql("DELETE FROM ost__search; INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(1,'read notes search stats users');"
                     "UPDATE ost_user SET name='Common Sparrow' WHERE id=3")
        for first in range(1, cls.ROWS, 20000):
            cls.desk.sql("INSERT INTO ost__search SELECT 'T',1000+%d*seq,CONCAT('Common, (f\u00fcr) ',IF(seq%%10=1,'seldom','')),"
                         "CONCAT(IF(seq%%50000=7,'zymurgy',''),' uncommonly') FROM %s s" % (cls.STEP, demo.numbers(first, first + 19999)))
        cls.desk.sql("UPDATE ost__search SET object_id=1 WHERE object_id=%d" % (1000 + cls.STEP * 7))

    @classmethod
    def tearDownClass(cls):
        demo.reset(cls.desk)

    def ask(self, q, path="/tickets.json", **parameters):
        return self.desk.get(path + "?" + urllib.parse.urlencode({"q": q, **parameters}), key=demo.KEY)

    def test_a_search_that_would_read_very_many_rows_is_refused_at_once(self):
        for q, common in (("common", "common"), ("COMMON", "COMMON"), ("zymurgy common", "common"), ("+zymurgy +common", "common"),
                          ("\u201ccommon\u201d", "common"), ("zymurgy -common", "common"), ('"common zymurgy" seldom', "common"),
                          ("comm*", "comm"), ("fur", "fur"), ("f\u00fcr", "f\u00fcr"), ("uncommonly seldom", "uncommonly"),
                          ("zymurgy (seldom common)", "common")):
            for more in ({}, {"sort": "-id"}, {"user": 1, "total": 1}):
                started = time.monotonic()
                answer = self.ask(q, **more)
                self.assertEqual((422, ["q"]), (answer.status, list(answer.json["errors"])), "%s: %s" % (q, answer))
                self.assertIn("search for rarer words than " + common, answer.json["status_msg"])
                self.assertLess(time.monotonic() - started, 5)
        for path in ("/tickets.ndjson", "/tickets.csv", "/stats.json", "/stats/times.json"):
            self.assertEqual(422, self.ask("common", path).status, path)

    def test_what_stands_in_fewer_is_found(self):
        self.assertEqual([1], [t["id"] for t in self.ask("zymurgy").json["tickets"]])
        for q in ("seldom", "common_", "commo", "ncommonly", "+zymurgy -seldom", "sel*", "the zymurgy", "12345"):
            self.assertEqual(200, self.ask(q).status, q)

    def test_nor_has_a_name_that_is_common_the_index_read(self):
        started = time.monotonic()
        self.assertEqual([3], [user["id"] for user in self.ask("common", "/users.json").json["users"]])
        self.assertLess(time.monotonic() - started, 5)


if __name__ == "__main__":
    unittest.main()
