# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests for new tickets that nobody honest sends: refused with a 4xx, nothing written, memory bounded."""
import base64
import json
import time
import unittest

import demo
from desk import until

GOOD = {"email": "anna@quay.example", "name": "Anna Lindqvist", "subject": "s", "message": "m"}
WRONG = ([], ["a"], {}, {"a": "b"}, [[]], [{}], True)
SCALARS = ("subject", "message", "email", "name", "phone", "source", "ip", "topicId", "priorityId")
XML_HEAD = "<email>anna@quay.example</email><name>A</name><subject>s</subject><message>m</message>"


def json_of(**fields):
    return json.dumps({**GOOD, **fields}).encode()


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        demo.reset(cls.desk)

    def setUp(self):
        self.before = self.desk.counts()

    def tearDown(self):
        if self.before != self.desk.counts():
            demo.reset(self.desk)
            self.fail("something was written")

    def refused(self, path, body, statuses=(400, 413, 422), headers=()):
        answer = self.desk.request("POST", path, body=body, key=demo.KEY, headers=dict(headers), timeout=120)
        self.assertIn(answer.status, statuses, "%r: %s" % (body[:200], answer))
        self.assertTrue(answer.text.strip(), body[:200])
        self.assertNotRegex(answer.text, r"(?i)select |/[a-z]+/[a-z]+\.c|backtrace")
        return answer

    def json(self, body, **more):
        return self.refused("/tickets.json", body, **more)

    def xml(self, body, **more):
        return self.refused("/tickets.xml", body.encode() if isinstance(body, str) else body, **more)

    def test_wrong_types_in_every_field(self):
        for name in SCALARS:
            for value in WRONG:
                with self.subTest(name=name, value=value):
                    answer = self.json(json_of(**{name: value}), statuses=(400,))
                    self.assertIn(name, answer.text)
        for name in ("alert", "autorespond"):
            for value in (["a"], {"a": "b"}):
                self.assertIn(name, self.json(json_of(**{name: value}), statuses=(400,)).text)
        for value in (5, True, "text", ["a"], [5], [None], [[]], [{}], [{"a": 5}], [{"a": ["x"]}], [{"": "x"}],
                      [{"a\u0001": "x"}], {"a": 5}, [{"name": 5, "data": "x"}],
                      [{"name": "a", "data": "x", "encoding": "zip"}]):
            with self.subTest(attachments=value):
                self.assertIn("attachments", self.json(json_of(attachments=value), statuses=(400,)).text)

    def test_what_is_no_json(self):
        for body in (b"", b"{", b"nope", b"5", b"null", b"[]", b"{}", b'"x"', b"[" * 100000, b'{"a":' * 100000,
                     b'{"a":1e999}', b'{"a":1,"a":2}', b"\xef\xbb\xbf{}", b"PK\x03\x04zip", b"\x1f\x8b\x08gzip",
                     b"<ticket/>", b'{"subject":"a\nb"}', b"{'a':1}"):
            with self.subTest(body=body[:30]):
                self.json(body, statuses=(400,))

    def test_invalid_utf8_in_every_field(self):
        for name in SCALARS + ("other", "attachments"):
            for bad in (b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"):
                with self.subTest(name=name, bad=bad):
                    self.json(b'{"%s":"%s"}' % (name.encode(), bad), statuses=(400,))
                    self.xml(b"<ticket><%s>%s</%s></ticket>" % (name.encode(), bad, name.encode()), statuses=(400,))
        encoded = base64.b64encode(b"\xff\xfe").decode()
        self.json(json_of(message="data:text/plain;charset=utf-8;base64," + encoded), statuses=(400,))

    def test_entities_are_never_expanded(self):
        laughs = "".join("<!ENTITY l%d '%s'>" % (i, "&l%d;" % (i - 1) * 10) for i in range(1, 10))
        for declared in ("<!ENTITY l0 'lol'>" + laughs, "<!ENTITY l9 SYSTEM 'file:///etc/passwd'>",
                         "<!ENTITY l9 SYSTEM 'http://127.0.0.1:1/'>", "<!ENTITY %% l9 SYSTEM 'file:///etc/passwd'> %l9;",
                         "<!ENTITY l9 'text'>"):
            with self.subTest(declared=declared[:60]):
                self.xml("<!DOCTYPE t [%s]><ticket>%s<message>&l9;</message></ticket>" % (declared, XML_HEAD),
                         statuses=(400,))
        self.xml("<!DOCTYPE ticket SYSTEM 'http://127.0.0.1:1/x.dtd'><ticket>%s</ticket>" % XML_HEAD, statuses=(400,))

    def test_what_is_no_xml(self):
        for body in ("", " ", "x", "<", "<ticket>", "<ticket>" * 100000, "<ticket></tickets>", "<ticket a=b/>",
                     "<ticket>&nbsp;</ticket>", "<ticket>\x01</ticket>", "{}", "<ticket>" + "<a/>" * 20000 + "</ticket>",
                     "<ticket " + " ".join("a%d=''" % i for i in range(20000)) + "/>",
                     "<ticket><a><![CDATA[x</a></ticket>"):
            with self.subTest(body=body[:30]):
                self.xml(body, statuses=(400,))

    def test_what_takes_a_parser_long_is_seen_before(self):
        attributes = " ".join("a%d='x'" % i for i in range(200000))
        for body in ("<ticket>%s<a %s/></ticket>", "<ticket>%s<!-- don't --><a %s/></ticket>",
                     '<?xml version="1.0" encoding="UTF-16"?><ticket>%s<a %s/></ticket>'):
            body = body % (XML_HEAD, attributes)
            start = time.monotonic()
            self.xml(body.encode("utf-16" if "UTF-16" in body else "utf-8"), statuses=(400,))
            self.assertLess(time.monotonic() - start, 10)

    def test_values_that_no_column_holds(self):
        for name, size, statuses in (("subject", 70000, (413,)), ("subject", 20 << 20, (413,)), ("name", 20 << 20, (413,)),
                                     ("phone", 20 << 20, (413,)), ("email", 300, (400,)), ("email", 20 << 20, (400,))):
            with self.subTest(name=name, size=size):
                value = "<a " * (size // 3) if name != "email" else "x" * size + "@b.example"
                email = {} if name == "email" else {"email": "hostile@stage.example"}
                start = time.monotonic()
                self.json(json_of(**{**email, name: value}), statuses=statuses)
                self.assertLess(time.monotonic() - start, 15)

    def test_ten_thousand_attachments(self):
        self.json(json_of(attachments=[{"f%d" % i: "data:,x"} for i in range(10000)]), statuses=(413,))
        self.xml("<ticket>%s<attachments>%s</attachments></ticket>"
                 % (XML_HEAD, "".join("<file name='f%d'>x</file>" % i for i in range(10000))))

    def test_ten_thousand_images_in_a_text(self):
        for image in ('<img src="data:image/png;base64,%08d">', '<img src="cid:%032d">'):
            start = time.monotonic()
            self.json(json_of(message="data:text/html," + "".join(image % i for i in range(10000))), statuses=(413,))
            self.assertLess(time.monotonic() - start, 10)

    def test_tags_without_an_end(self):
        start = time.monotonic()
        self.json(json_of(email="nonsense", notes="<b/" * 80000), statuses=(400,))
        self.assertLess(time.monotonic() - start, 5)

    def test_a_hundred_megabytes_of_base64(self):
        before = self.desk.resident_kilobytes()
        body = b'{"email":"a@quay.example","attachments":[{"f":"data:;base64,' + b"A" * (100 << 20) + b'"}]}'
        self.json(body, statuses=(413,))
        grown = self.desk.resident_kilobytes() - before
        self.assertLess(grown, 300 << 10, "a worker took %d kB" % grown)

    def test_the_largest_body_takes_bounded_memory(self):
        # As large as is let in, and refused only after all of it was read and decoded.
        body = (b'{"email":"nonsense","subject":"s","message":"m","attachments":[{"f":"data:;base64,'
                + b"A" * (31 << 20) + b'"}]}')
        self.json(body, statuses=(400, 413))
        limit = 1000 << 10 if self.desk.is_sanitized() else 400 << 10
        self.assertLess(self.desk.resident_kilobytes(), limit)

    def test_workers_live_on(self):
        pids = self.desk.workers()
        self.json(b"[" * 100000, statuses=(400,))
        self.assertEqual(pids, self.desk.workers())
        self.assertTrue(until(self.desk.alive, 1))


if __name__ == "__main__":
    unittest.main()
