# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever comes in: a clear 4xx, never a 5xx, never a crash, and nothing is written."""
import json
import re
import unittest

import demo
from desk import Desk

REPLY = "/tickets/reply.json"
SQL_AND_HTML = ["' OR 1=1 -- ", "\"; DROP TABLE ost_ticket; --", "1 UNION SELECT passwd FROM ost_staff", "\\", "%", "_",
                "'; SELECT SLEEP(5); --", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "%{ticket.name}",
                "${jndi:ldap://x}", "{{7*7}}", "\u202e\ufeff", "' /*!50000UNION*/ --"]


class BadInput(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)
        cls.before = cls.desk.counts()
        cls.workers = cls.desk.workers()

    def setUp(self):
        self.may_write = False

    def tearDown(self):
        if self.may_write:
            demo.reset(self.desk)
            type(self).before = self.desk.counts()  # ids that nobody names count on
        else:
            self.assertEqual(self.before, self.desk.counts(), "something was written")
        self.assertEqual(self.workers, self.desk.workers(), "a worker died")

    def refused(self, answer, *statuses):
        if statuses:
            self.assertIn(answer.status, statuses, str(answer))
        self.assertTrue(400 <= answer.status < 500, str(answer))
        self.assertTrue(answer.body, "no text")
        self.clean(answer)

    def clean(self, answer):
        for word in (b"SELECT ", b"ost_", b"/tmp/", b"mysql", b"backtrace", demo.KEY.encode()):
            self.assertNotIn(word, answer.body)

    def post(self, body, **more):
        return self.desk.request("POST", REPLY, body=body, key=demo.KEY, **more)

    def raw_status(self, data, **more):
        match = re.match(rb"HTTP/1\.[01] (\d\d\d) ", self.desk.raw(data, **more))
        return int(match.group(1)) if match else None

    # ---- methods and paths -----------------------------------------------------------------------------------------
    def test_unknown_paths_and_methods_are_400_before_any_key(self):
        for method, path in (("GET", "/"), ("GET", "/tickets/"), ("GET", "/tickets/310042"), ("GET", "/Tickets"),
                             ("GET", "/tickets/ticketInfo.xml?ticketNumber=310042"), ("GET", "/tickets/ticketinfo"),
                             ("POST", "/tickets/reply"), ("POST", "/tickets/reply.xml"), ("POST", "/tickets/reply.JSON"),
                             ("GET", "/tickets/reply.json"), ("PUT", "/tickets/reply.json"), ("DELETE", "/tickets"),
                             ("HEAD", "/tickets"), ("OPTIONS", "/tickets"), ("PATCH", "/tickets"), ("FROB", "/tickets"),
                             ("POST", "/tickets?_method=GET"), ("GET", "/tickets/reply.json?_method=POST")):
            for key in (None, demo.KEY):
                answer = self.desk.request(method, path, key=key)
                self.assertEqual(400, answer.status, "%s %s: %s" % (method, path, answer))
                if method != "HEAD":
                    self.assertEqual("URL not supported", answer.text)
                    self.assertEqual("text/html; charset=utf-8", answer.header("content-type").lower())

    def test_paths_with_signs_that_mean_something_elsewhere(self):
        for path in ("/tickets%00", "/tickets%0a", "/tickets%0d%0aX-Evil:%201", "/tickets%2fticketInfo?ticketNumber=310042",
                     "/tickets/..", "/tickets/../tickets/x", "/tickets/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd",
                     "/tickets;x", "/tickets%20", "/tickets%", "/tickets%zz", "/tickets%ff", "/tickets//ticketInfo/..",
                     "/" + "a" * 4000, "/tickets%250a"):
            self.refused(self.desk.get(path, key=demo.KEY), 400, 404, 414)

    def test_a_new_line_in_the_path_is_no_route_though_php_takes_it(self):
        self.refused(self.desk.get("/tickets/ticketInfo%0a?ticketNumber=310042", key=demo.KEY), 400)

    # ---- queries ---------------------------------------------------------------------------------------------------
    def test_sql_and_html_in_every_parameter(self):
        for path, name in (("ticketInfo", "ticketNumber"), ("staffTickets", "staffUserName"),
                           ("clientTickets", "clientUserMail")):
            for text in SQL_AND_HTML:
                quoted = "".join("%%%02X" % byte for byte in text.encode())
                self.refused(self.desk.get("/tickets/%s?%s=%s" % (path, name, quoted), key=demo.KEY), 404)

    def test_characters_outside_the_bmp_in_what_rows_are_found_by(self):
        # The database refuses to compare them with a column of three bytes a character.
        for query in ("ticketInfo?ticketNumber=%s", "staffTickets?staffUserName=%s", "clientTickets?clientUserMail=a%s@b.example"):
            self.refused(self.desk.get("/tickets/" + query % "%F0%9F%98%80", key=demo.KEY), 404)
        for name in ("ticketNumber", "staffUserName"):
            self.refused(demo.post_reply(self.desk, **{name: "\U0001F600"}), 404)
        ticket = {"email": "a\U0001F600@b.example", "name": "A", "subject": "s", "message": "m"}
        self.refused(self.desk.request("POST", "/tickets.json", body=ticket, key=demo.KEY), 400)
        key = "\U0001F600".encode().decode("latin1")  # these bytes are what is sent
        self.refused(self.desk.get("/tickets", key=key), 401)

    def test_queries_that_are_none(self):
        for query in ("ticketNumber=%00", "ticketNumber=310042%00", "ticketNumber=%ff%fe", "ticketNumber=%c0%af",
                      "ticketNumber=%0a310042", "ticketNumber[]=310042", "ticketNumber[a]=1", "&&&=&=", "=",
                      "ticketNumber=" + "9" * 7000, "&".join("a%d=1" % i for i in range(600))):
            self.refused(self.desk.get("/tickets/ticketInfo?" + query, key=demo.KEY))

    # ---- keys ------------------------------------------------------------------------------------------------------
    def test_two_keys_are_refused_unless_they_are_equal(self):
        twice = [("X-API-Key", demo.KEY), ("X-API-Key", demo.KEY)]
        self.assertEqual(200, self.desk.get("/tickets", headers=twice).status)
        for first, second in ((demo.KEY, demo.KEY[:-1]), (demo.KEY, "x"), ("x", demo.KEY)):
            answer = self.desk.get("/tickets", headers=[("X-API-Key", first), ("X-API-Key", second)])
            self.refused(answer, 400, 401)

    def test_keys_that_are_none(self):
        for key in ("", "0", "x", demo.KEY + "x", demo.KEY[:-1], "' OR '1'='1", "%", "\xff\xfe", "a" * 5000):
            self.refused(self.desk.request("GET", "/tickets", headers=[("X-API-Key", key.encode("latin-1"))]), 400, 401)

    # ---- bodies ----------------------------------------------------------------------------------------------------
    def test_bodies_that_are_no_json(self):
        for body in ("", " ", "{", "}", "{]", "nonsense", "{'a':1}", '{"a":1,}', '{"a":NaN}', '{"a":01}', '{"a":1} x',
                     '{"a":"\n"}', '{"a":"\\x"}', '{"a":"\\ud800"}', '{"a":+1}', '{"a":.5}', '{a:1}', "/* c */{}", "<xml/>",
                     '\ufeff{"ticketNumber":"310042"}', '{"a":tru}', '{"a" 1}', '[', '"'):
            self.refused(self.post(body), 400)

    def test_an_unknown_name_is_no_error_whatever_number_stands_there(self):
        self.may_write = True
        for number in ("9223372036854775808", "-" + "9" * 30, "1e400", "1e-400"):
            reply = json.dumps(demo.reply())[:-1] + ',"their_id":%s}' % number
            ticket = '{"email":"anna@quay.example","subject":"s","message":"m","their":{"ids":[%s]}}' % number
            self.assertEqual(200, self.post(reply).status)
            self.assertEqual(201, self.desk.request("POST", "/tickets.json", body=ticket, key=demo.KEY).status)
            self.refused(self.post('{"ticketNumber":%s,"staffUserName":"tokafor","response":"x"}' % number), 400, 404, 422)

    def test_json_that_is_no_object(self):
        for body in ("[]", "{}", "5", '"x"', "null", "true", '[{"ticketNumber":"310042"}]'):
            self.refused(self.post(body), 400, 422)

    def test_bytes_that_are_no_utf8(self):
        for bad in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xb8"):
            body = b'{"ticketNumber":"310042","staffUserName":"tokafor","response":"a' + bad + b'"}'
            self.refused(self.post(body), 400)

    def test_nul_and_control_bytes(self):
        for body in (b'{"ticketNumber":"310042","staffUserName":"tokafor","response":"a\x00b"}', b"\x00" * 100,
                     b'{"ticketNumber":"310042\\u0000","staffUserName":"tokafor","response":"x"}',
                     b'{"ticketNumber":"310042","staffUserName":"tokafor\\u0000x","response":"x"}',
                     b'{"ticketNumber":"310042","staffUserName":"tokafor","response":"x","a\\u0000b":1,"a":2,"\x01":1}'):
            self.refused(self.post(body))

    def test_nesting(self):
        for depth in (200, 100000):
            self.refused(self.post("[" * depth + "]" * depth), 400)
            self.refused(self.post('{"ticketNumber":"310042","staffUserName":"tokafor","response":"x","a":' +
                                   '{"a":' * depth + "1" + "}" * depth + "}"), 400)

    def test_a_name_twice(self):
        self.refused(self.post('{"ticketNumber":"310042","ticketNumber":"310043","staffUserName":"tokafor",'
                               '"response":"x"}'), 400)
        self.refused(self.post('{"ticketNumber":"310042","staffUserName":"tokafor","response":"x","ticket\\u004eumber":"1"}'),
                     400)

    def test_huge_numbers(self):
        for number in ("1e400", "-1e400", "9" * 400, "1e-400", "123456789012345678901234567890"):
            body = '{"ticketNumber":%s,"staffUserName":"tokafor","response":"x"}' % number
            self.refused(self.post(body), 400, 404, 422)

    def test_wrong_types_are_400_and_name_the_field(self):
        for field in ("ticketNumber", "staffUserName", "response"):
            for value in ([], {}, [1], {"a": 1}, True):
                answer = self.post(demo.reply(**{field: value}))
                self.refused(answer, 400, 422)
                self.assertIn(field, answer.text)
        for field, value in (("reply_status_id", [1]), ("attachments", "x"), ("attachments", 5), ("cannedResp", {}),
                             ("signature", []), ("ip_address", {}), ("emailreply", [])):
            answer = self.post(demo.reply(**{field: value}))
            self.refused(answer, 400)
            self.assertIn(field, answer.text)

    def test_a_fraction_is_no_ticket_number(self):
        self.refused(self.post('{"ticketNumber":310042.5,"staffUserName":"tokafor","response":"x"}'), 400, 404)

    def test_missing_fields_are_named(self):
        for field in ("ticketNumber", "staffUserName", "response"):
            for value in (None, "", "0" if field != "response" else ""):
                answer = self.post(demo.reply(**{field: value}))
                self.assertEqual((422, "missing %s parameter " % field), (answer.status, answer.text))

    def test_sql_and_html_in_what_names_a_row(self):
        for text in SQL_AND_HTML:
            self.refused(self.post(demo.reply(ticketNumber=text)), 404)
            self.refused(self.post(demo.reply(staffUserName=text)), 404)

    def test_sql_and_html_in_what_is_stored_is_only_text(self):
        self.may_write = True
        for text in SQL_AND_HTML:
            answer = self.post(demo.reply(response="a " + text, ip_address=text, reply_status_id=text, signature=text,
                                          cannedResp=text, draft_id=text, msgId=text, title=text, source=text,
                                          poster=text))
            self.assertTrue(answer.status == 200 or 400 <= answer.status < 500, str(answer))
            self.clean(answer)
        self.assertEqual("8", self.desk.value("SELECT COUNT(*) FROM ost_ticket"))
        stored = self.desk.sql("SELECT body FROM ost_thread_entry WHERE id > 16")
        self.assertFalse([row for row in stored if "<script" in row[0] or "onerror" in row[0]])

    # ---- lengths ---------------------------------------------------------------------------------------------------
    def head(self, *lines):
        return ("POST %s%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: %s\r\n%s\r\n\r\n" %
                (self.desk.path, REPLY, demo.KEY, "\r\n".join(lines))).encode()

    def test_a_body_over_the_ceiling_is_413(self):
        answer = self.post(b" " * (32 * 1024 * 1024 + 1))
        self.assertEqual(413, answer.status)
        self.assertTrue(answer.header("content-type").startswith("text/plain"), str(answer))

    def test_an_announced_size_over_the_ceiling_is_413_without_the_body(self):
        for size in ("33554433", "99999999999"):
            self.assertEqual(413, self.raw_status(self.head("Content-Length: " + size) + b"{}"))

    def test_content_lengths_that_are_no_number(self):
        for length in ("-1", "x", "1e3", "0x10", "99999999999999999999999999", "5, 6"):
            self.assertIn(self.raw_status(self.head("Content-Length: " + length) + b"{}"), (400, 413), length)

    def test_two_content_lengths(self):
        self.assertEqual(400, self.raw_status(self.head("Content-Length: 2", "Content-Length: 3") + b"{}"))

    def test_a_body_shorter_than_announced_writes_nothing(self):
        body = b'{"ticketNumber":"310042","staffUserName":"tokafor","response":"x"}'
        self.assertIn(self.raw_status(self.head("Content-Length: %d" % (len(body) + 10)) + body), (400, None))

    def test_an_absent_content_length_is_an_empty_body(self):
        self.assertEqual(400, self.raw_status(self.head("X-Nothing: 1"), end=False))

    def test_a_chunked_body_counts_as_one_with_a_length(self):
        self.may_write = True
        body = b'{"ticketNumber":"310042","staffUserName":"tokafor","response":"chunked"}'
        chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        self.assertEqual(200, self.raw_status(self.head("Transfer-Encoding: chunked") + chunked, end=False))

    def test_chunks_that_are_none(self):
        self.assertIn(self.raw_status(self.head("Transfer-Encoding: chunked") + b"zz\r\nx\r\n0\r\n\r\n"), (400, None))


if __name__ == "__main__":
    unittest.main()
