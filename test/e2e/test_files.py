# SPDX-License-Identifier: GPL-2.0-or-later
"""What is in a ticket's files: whole, in parts, as it was, harmless, and nobody else's."""
import hashlib
import os
import unittest

import demo

CHUNK = 512000


class Files(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(1,'read notes files')")

    def test_a_key_needs_the_scope(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='read'")
        self.assertEqual("scope", self.get(self.store(), 403).json["error"])

    def store(self, content=b"abc", name="a.txt", kind="text/plain", entry=1, chunk=CHUNK, size=None, storage="D", inline=0):
        """A file in osTicket's storage, attached to an entry; the attachment's id."""
        quoted = name.encode().hex()
        self.desk.sql("INSERT INTO ost_file(ft,bk,type,size,`key`,signature,name,created) VALUES('T','%s','%s',%d,'k%s','s%s',"
                      "CONVERT(X'%s' USING utf8mb3),NOW())" % (storage, kind, len(content) if size is None else size,
                                                             hashlib.md5(content).hexdigest(), hashlib.md5(content).hexdigest(), quoted))
        file_id = self.desk.value("SELECT MAX(id) FROM ost_file")
        for i in range(0, len(content), chunk):
            self.desk.sql("INSERT INTO ost_file_chunk VALUES(%s,%d,X'%s')" % (file_id, i // chunk, content[i:i + chunk].hex()))
        self.desk.sql("INSERT INTO ost_attachment(object_id,type,file_id,inline) VALUES(%d,'H',%s,%d)" % (entry, file_id, inline))
        return self.desk.value("SELECT MAX(id) FROM ost_attachment")

    def get(self, attachment, status=200, number="310042", query="", **more):
        answer = self.desk.get("/tickets/%s/attachments/%s%s" % (number, attachment, query), key=demo.KEY, **more)
        self.assertEqual(status, answer.status, str(answer))
        return answer

    def test_a_file_as_it_was(self):
        answer = self.get(self.desk.value("SELECT id FROM ost_attachment WHERE object_id=3"))
        self.assertEqual(b"\x89PNG", answer.body[:4])
        self.assertEqual(("image/png", "attachment; filename*=UTF-8''gauge.png", "bytes", str(len(answer.body))),
                         tuple(answer.header(name) for name in ("Content-Type", "Content-Disposition", "Accept-Ranges",
                                                                "Content-Length")))
        self.assertEqual('"gauge0000000000000000000000000001"', answer.header("ETag"))
        self.assertIn("sandbox", answer.header("Content-Security-Policy"))
        self.assertEqual("nosniff", answer.header("X-Content-Type-Options"))

    def test_sizes_at_the_bounds_of_chunks(self):
        for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK):
            content = os.urandom(size)
            answer = self.get(self.store(content))
            self.assertEqual((str(size), content), (answer.header("Content-Length"), answer.body), size)

    def test_forty_megabytes_in_little_memory(self):
        worker = self.desk.workers()[0]
        def memory():
            with open("/proc/%d/status" % worker, encoding="ascii") as file:
                return max(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
        attachment = self.store(b"", size=40 * (1 << 20))
        file_id = self.desk.value("SELECT MAX(id) FROM ost_file")
        self.desk.sql("INSERT INTO ost_file_chunk SELECT %s,seq-1,REPEAT(CHAR(64+seq),524288) FROM %s n" % (file_id, demo.numbers(1, 80)))
        before = memory()
        for _ in range(4):
            answer = self.get(attachment)
            self.assertEqual((40 << 20, b"A", bytes([64 + 80])), (len(answer.body), answer.body[:1], answer.body[-1:]))
        self.assertLess(memory() - before, 4096, "KiB")

    def test_parts(self):
        content = bytes(range(256)) * 8000
        attachment = self.store(content)
        for header, first, last in (("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=511990-512010", 511990, 512010),
                                    ("bytes=-5", len(content) - 5, len(content) - 1), ("bytes=2000000-", 2000000, len(content) - 1),
                                    ("bytes=0-99999999", 0, len(content) - 1)):
            answer = self.get(attachment, 206, headers={"Range": header})
            self.assertEqual((content[first:last + 1], "bytes %d-%d/%d" % (first, last, len(content))),
                             (answer.body, answer.header("Content-Range")), header)
        for header in ("bytes=0-1,5-6", "bytes=x", "lines=1-2"):
            self.assertEqual(content, self.get(attachment, headers={"Range": header}).body)
        answer = self.get(attachment, 416, headers={"Range": "bytes=%d-" % len(content)})
        self.assertEqual(("bytes */%d" % len(content), "range"), (answer.header("Content-Range"), answer.json["error"]))

    def test_a_part_only_of_the_version_that_is_meant(self):
        attachment = self.store(b"0123456789")
        tag = self.get(attachment).header("ETag")
        self.assertEqual(b"12", self.get(attachment, 206, headers={"Range": "bytes=1-2", "If-Range": tag}).body)
        for other in ('"other"', "W/" + tag, "Wed, 21 Oct 2015 07:28:00 GMT"):
            self.assertEqual(b"0123456789", self.get(attachment, headers={"Range": "bytes=1-2", "If-Range": other}).body)

    def test_what_a_client_has_is_not_sent_again(self):
        attachment = self.store(b"abc")
        tag = self.get(attachment).header("ETag")
        answer = self.get(attachment, 304, headers={"If-None-Match": tag})
        self.assertEqual((b"", tag), (answer.body, answer.header("ETag")))

    def test_head(self):
        attachment = self.store(b"abc")
        answer = self.desk.request("HEAD", "/tickets/310042/attachments/" + attachment, key=demo.KEY)
        self.assertEqual((200, "3", b""), (answer.status, answer.header("Content-Length"), answer.body))

    def test_names_and_types_that_are_no_headers(self):
        for name, shown in (('a "b"\\c.txt', "a%20%22b%22%5Cc.txt"), ("a\r\nSet-Cookie: x.txt", "a%0D%0ASet-Cookie%3A%20x.txt"),
                            ("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd"), ("réçu €.pdf", "r%C3%A9%C3%A7u%20%E2%82%AC.pdf"),
                            ("", "file"), ("日" * 255, "%E6%97%A5" * 166)):
            answer = self.get(self.store(name.encode(), name=name))
            self.assertEqual("attachment; filename*=UTF-8''" + shown, answer.header("Content-Disposition"))
            self.assertEqual("", answer.header("Set-Cookie"))
        for kind, shown in (("text/html", "text/html"), ("text/plain; charset=x", "text/plain"), ("", "application/octet-stream"),
                            ("nothing", "application/octet-stream"), ("text/plain\r\nX: y", "application/octet-stream")):
            self.assertEqual(shown, self.get(self.store(b"x" + kind.encode(), kind=kind)).header("Content-Type"))

    def test_only_images_may_be_shown(self):
        for kind, how in (("image/png", "inline"), ("image/webp", "inline"), ("image/svg+xml", "attachment"), ("text/html", "attachment"),
                          ("application/pdf", "attachment")):
            answer = self.get(self.store(kind.encode(), kind=kind), query="?inline=1")
            self.assertEqual(how, answer.header("Content-Disposition").split(";")[0], kind)

    def test_a_file_of_another_ticket_is_not_there(self):
        attachment = self.store(entry=4)
        self.get(attachment, number="310043")
        for number, wanted in (("310042", attachment), ("310042", "999"), ("310043", self.desk.value("SELECT id FROM ost_attachment WHERE type='C'"))):
            self.assertEqual("The ticket has no such file", self.get(wanted, 404, number).json["status_msg"])
        self.get("x", 400)

    def test_chunks_that_are_not_of_the_files_size_are_no_answer(self):
        self.get(self.store(b"abcdef", size=7), 500)
        self.get(self.store(b"abcdefg", size=6), 500)
        attachment = self.store(os.urandom(3 * CHUNK), size=3 * CHUNK + 1)
        with self.assertRaises(Exception):
            self.get(attachment)

    def test_what_a_plugin_keeps_is_501(self):
        self.assertEqual("php", self.get(self.store(storage="F"), 501).json["error"])

    def test_a_superseded_text_has_no_files(self):
        attachment = self.store(entry=2)
        self.get(attachment)
        self.desk.sql("UPDATE ost_thread_entry SET flags=flags|4 WHERE id=2")
        self.get(attachment, 404)


if __name__ == "__main__":
    unittest.main()
