# SPDX-License-Identifier: GPL-2.0-or-later
"""What is sent to hurt: refused with a clear 4xx, in bounded memory, and nothing of it is written."""
import json
import unittest

import demo
from desk import Desk, until
from test_create import ticket

# A worker of a build with sanitizers is large at rest; what counts is what a request adds.
GROWTH = 400 * 1024  # KiB, all workers together
FIELDS = ("email", "name", "subject", "message", "phone", "ip", "source", "notes", "attachments", "topicId", "priorityId", "alert")


def xml(inner, head=""):
    return ('<?xml version="1.0"?>%s<ticket><email>anna@quay.example</email><name>A</name><subject>S</subject>%s</ticket>'
            % (head, inner)).encode()


class Hostile(unittest.TestCase):
    desk: Desk

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("hostile", ["server.max_body=32M", "server.workers=2"])
        demo.reset(cls.desk)
        cls.before = cls.desk.counts()
        cls.rest = cls.desk.resident_kilobytes()

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def refused(self, body, path="/tickets.json", what=None, status=range(400, 500)):
        answer = self.desk.request("POST", path, body=body, key=demo.KEY)
        self.assertIn(answer.status, status, "%s: %s" % (what or body[:80], answer))
        self.assertTrue(answer.text.strip(), what)
        return answer

    def tearDown(self):
        self.assertEqual(self.before, self.desk.counts(), "something was written")
        grown = until(lambda: self.desk.resident_kilobytes() - self.rest < GROWTH, 2)
        self.assertTrue(grown, "%d KiB more than at rest" % (self.desk.resident_kilobytes() - self.rest))

    def test_entities_are_never_expanded(self):
        laughs = "".join('<!ENTITY l%d "%s">' % (n, "&l%d;" % (n - 1) * 10) for n in range(1, 10))
        heads = {"billion laughs": '<!DOCTYPE ticket [<!ENTITY l0 "lol">%s]>' % laughs,
                 "a file": '<!DOCTYPE ticket [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
                 "another host": '<!DOCTYPE ticket [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
                 "a parameter entity": '<!DOCTYPE ticket [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>',
                 "a quadratic one": '<!DOCTYPE ticket [<!ENTITY l9 "%s">]>' % ("x" * 100000)}
        for what, head in heads.items():
            answer = self.refused(xml("<message>%s</message>" % ("&l9;" * 1000), head), "/tickets.xml", what)
            self.assertNotIn("root:", answer.text)

    def test_deep_and_wide_documents(self):
        self.refused(xml("<a>" * 100000 + "</a>" * 100000), "/tickets.xml", "depth")
        self.refused(xml("<message " + " ".join('a%d="x"' % n for n in range(200000)) + "/>"), "/tickets.xml", "attributes")
        self.refused(b'{"a":' * 100000 + b"1" + b"}" * 100000, what="depth")
        self.refused(xml("<message>x</message>")[:-4], "/tickets.xml", "unclosed")
        self.refused(b"<not-a-ticket/>", "/tickets.xml", "another root")
        self.refused(b"", "/tickets.xml", "nothing")

    def test_bodies_over_the_ceiling(self):
        big = b'{"attachments":[{"a.bin":"data:;base64,' + b"QUFB" * (25 << 20) + b'"}]}'
        self.refused(big, what="100 MB of base64", status=(413,))

    def test_ten_thousand_attachments(self):
        answer = self.refused(json.dumps(ticket(attachments=[{"%d.txt" % n: "data:,x"} for n in range(10000)])), what="attachments")
        self.assertIn("attachments", answer.text)
        files = "".join('<file name="%d.txt" type="text/plain">x</file>' % n for n in range(10000))
        self.refused(xml("<message>x</message><attachments>%s</attachments>" % files), "/tickets.xml", "attachments")

    def test_attachments_of_the_wrong_kind(self):
        for wrong in (5, True, "x", ["x"], [5], [[]], [{}], [{"a": 5}], [{"a": None}], [{"a": {"b": "c"}}], {"a": []}, [None],
                      [{"": "data:,x"}], [{"a\u0001b": "data:,x"}], [{"name": "a", "data": "x", "encoding": "rot13"}]):
            self.refused(json.dumps(ticket(attachments=wrong)), what=repr(wrong))

    def test_invalid_utf_8_in_each_field(self):
        for field in FIELDS:
            for bytes_ in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"a\xe2\x82"):
                body = json.dumps(ticket(**{field: "BAD"})).encode().replace(b"BAD", bytes_)
                self.refused(body, what="%s %r" % (field, bytes_), status=(400,))
            self.refused(xml("<%s>\xff</%s>" % (field, field)).decode().encode("latin-1"), "/tickets.xml", field)

    def test_wrong_types_name_their_field(self):
        for field in ("email", "name", "subject", "message", "phone", "ip", "source", "topicId", "priorityId", "alert", "autorespond"):
            for wrong in (["x"], {"x": "y"}):
                answer = self.refused(json.dumps(ticket(**{field: wrong})), what="%s %r" % (field, wrong), status=(400,))
                if field in ("email", "message", "subject"):
                    self.assertIn(field, answer.text.lower().replace("in a few words", "subject"), answer.text)

    def test_not_an_object(self):
        for body in (b"[]", b"{}", b"5", b'"x"', b"null", b"[{}]", b"\xef\xbb\xbf{}", b"{'a':1}", b'{"a":1,}', b'{"a":NaN}'):
            self.refused(body, status=(400,))

    def test_a_subject_longer_than_its_column(self):
        self.refused(json.dumps(ticket(subject="x" * 70000)), what="long subject")

    def test_addresses_that_are_none(self):
        for address in ("a@b, c@d", "A <a@b.example>", '"a b"@c.example', "\u00e9@b.example", "a", "@", "a@localhost", "a@b\r\nBcc: c@d",
                        "x" * 300 + "@b.example", "a\u0000@b.example"):
            self.refused(json.dumps(ticket(email=address)), what=repr(address), status=(400,))


if __name__ == "__main__":
    unittest.main()
