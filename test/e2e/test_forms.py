# SPDX-License-Identifier: GPL-2.0-or-later
"""Files beside the JSON, as multipart/form-data: the same rows as of base64, in less memory, and whatever is no form is
refused before anything is written."""
import base64
import hashlib
import json
import os
import subprocess
import tempfile

from acting import ActingDesk
import demo

TICKET = {"email": "anna@quay.example", "name": "Anna Lindqvist", "subject": "Crane", "message": "It leaks."}
BOUNDARY = "----WebKitFormBoundaryAaBb0123456789Cc"
# What creation and reading have of a file, but for times, ids and random keys.
FILE = "SELECT f.ft, f.bk, f.type, f.size, f.signature, f.name, f.attrs, (SELECT COUNT(*) FROM ost_file_chunk c " \
       "WHERE c.file_id = f.id), (SELECT MD5(GROUP_CONCAT(c.filedata ORDER BY c.chunk_id SEPARATOR '')) FROM ost_file_chunk c " \
       "WHERE c.file_id = f.id), a.type, a.name, a.inline FROM ost_attachment a JOIN ost_file f ON f.id = a.file_id " \
       "JOIN ost_thread_entry e ON e.id = a.object_id AND a.type = 'H' WHERE e.thread_id = %s AND e.id > %s ORDER BY a.id"
NOTES = "SELECT title, body FROM ost_thread_entry WHERE type = 'N' AND thread_id = %s AND id > %s ORDER BY id"


def part(name, content, file_name=None, kind=None):
    """A part of a form, as a browser writes it."""
    head = 'Content-Disposition: form-data; name="%s"' % name
    if file_name is not None:
        head += '; filename="%s"' % file_name
    if kind:
        head += "\r\nContent-Type: " + kind
    return head.encode() + b"\r\n\r\n" + (content if isinstance(content, bytes) else content.encode())


def body(*parts, boundary=BOUNDARY):
    """The form of these parts."""
    between = b"\r\n--" + boundary.encode()
    return (between + b"".join(b"\r\n" + each + between for each in parts) + b"--\r\n")[2:]


def form_type(boundary=BOUNDARY):
    return {"Content-Type": "multipart/form-data; boundary=" + boundary}


class Forms(ActingDesk):
    def send(self, path, form, status=201, headers=(), **more):
        answer = self.desk.request("POST", path, body=form, key=demo.KEY, headers={**form_type(), **dict(headers)}, **more)
        self.assertEqual(status, answer.status, str(answer))
        return answer

    def thread_of(self, number):
        return self.desk.value("SELECT t.id FROM ost_thread t JOIN ost_ticket k ON k.ticket_id = t.object_id AND "
                               "t.object_type = 'T' WHERE k.number = '%s'" % number)

    def left(self, thread, after=0):
        """The files and the remarks about files that an entry brought."""
        return self.desk.sql("SET SESSION group_concat_max_len = 1 << 28;" + FILE % (thread, after)), self.desk.sql(NOTES % (thread, after))

    def last_entry(self):
        return self.desk.value("SELECT MAX(id) FROM ost_thread_entry")

    # ---- the same as base64 ----------------------------------------------------------------------------------------
    FILES = [("a.txt", "text/plain", b"abc"), ("R\u00e4umung \u20ac.pdf", "application/pdf", b"%PDF-1.4 x"),
             ("chunks.bin", "application/octet-stream", os.urandom(512000 * 2 + 17)), ("empty.txt", "text/plain", b""),
             ("same.txt", "text/plain", b"abc"), ("no type", None, b"\x89PNG\r\n\x1a\n rest"), ("odd", "text/html;image/", b"<p>"),
             ("base64.txt", "text/plain", base64.b64encode(b"is what is in it")), ("lines.txt", "Text/Plain; charset=x", b"\r\n--\r\n")]

    @staticmethod
    def described(files):
        return [{"name": name, "data": base64.b64encode(data).decode(), "encoding": "base64", **({"type": kind} if kind else {})}
                for name, kind, data in files]

    @staticmethod
    def parts(files):
        return [part("files[]", data, name, kind) for name, kind, data in files]

    def both_ways(self, path, name, document, thread):
        """What the same request leaves by base64 and by a form; the help desk begins anew in between."""
        first = []
        for way in ("base64", "form"):
            self.setUp()
            after = self.last_entry()
            if way == "base64":
                answer = self.desk.request("POST", path, body={**document, "attachments": self.described(self.FILES)}, key=demo.KEY)
                self.assertEqual(201, answer.status, str(answer))
            else:
                answer = self.send(path, body(part(name, json.dumps(document)), *self.parts(self.FILES)))
            first.append(self.left(thread or self.thread_of(answer.text), after))
        return first

    def test_the_same_rows_as_of_base64(self):
        for path, name, document, thread in (
                ("/tickets.json", "ticket", TICKET, None),
                ("/tickets/310042/note.json", "note", {"note": "Files", "staffUserName": "tokafor"}, "1"),
                ("/tickets/310042/reply.json", "reply", {"response": "Files", "staffUserName": "tokafor"}, "1"),
                ("/tickets/310042/message.json", "message", {"message": "Files"}, "1")):
            with self.subTest(path=path):
                if name == "message":
                    self.FILES = [each for each in Forms.FILES if each[2]]
                by_base64, by_form = self.both_ways(path, name, document, thread)
                self.assertGreaterEqual(len(by_base64[0]), 5, by_base64)
                self.assertEqual(by_base64, by_form)

    def test_bytes_that_are_there_already_are_stored_once(self):
        content = os.urandom(700000)
        for _ in range(2):
            self.send("/tickets.json", body(part("ticket", json.dumps(TICKET)), part("f", content, "once.bin")))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_file WHERE size = 700000"))
        self.assertEqual("2", self.desk.value("SELECT COUNT(*) FROM ost_attachment a JOIN ost_file f ON f.id = a.file_id WHERE f.size = 700000"))

    def test_what_the_help_desk_does_not_take_is_noted(self):
        self.desk.sql("UPDATE ost_form_field SET configuration = '{\"attachments\":true,\"size\":4,\"extensions\":\".txt\"}' WHERE type = 'thread'")
        files = [part("f", b"123", "good.txt"), part("f", b"12345", "long.txt"), part("f", b"1", "bad.exe")]
        number = self.send("/tickets.json", body(part("ticket", json.dumps(TICKET)), *files)).text
        stored, notes = self.left(self.thread_of(number))
        self.assertEqual(["good.txt"], [row[5] for row in stored])
        self.assertEqual(2, len([row for row in notes if row[0] == "File Import Error"]), notes)
        before = self.rows()
        answer = self.send("/tickets/310042/message.json", body(part("message", '{"message":"x"}'), files[1]), 422)
        self.assertEqual(["attachments"], list(answer.json["errors"]))
        self.assertEqual(before, self.rows())

    def test_files_of_both_ways_come_together(self):
        ticket = {**TICKET, "attachments": [{"a.txt": "data:text/plain,one"}]}
        number = self.send("/tickets.json", body(part("f", b"two", "b.txt"), part("ticket", json.dumps(ticket)))).text
        self.assertEqual(["a.txt", "b.txt"], [row[5] for row in self.left(self.thread_of(number))[0]])

    def test_what_browsers_and_curl_send(self):
        # A Blob is a file to a browser, an input without a choice has no name.
        form = body(part("ticket", json.dumps(TICKET), "blob", "application/json"), part("f", b"", "", "application/octet-stream"))
        self.assertEqual([], self.left(self.thread_of(self.send("/tickets.json", form).text))[0])
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'a "b".txt'), "wb") as file:
                file.write(b"quoted")
            done = subprocess.run(["curl", "-s", "-H", "X-API-Key: " + demo.KEY, "-F", "ticket=%s;type=application/json" % json.dumps(TICKET),
                                   "-F", 'files=@"%s/a \\"b\\".txt"' % folder, "http://%s:%s%s/tickets.json" %
                                   (self.desk.host, self.desk.port, self.desk.path)], capture_output=True, check=True, timeout=60)
        names = [row[5] for row in self.left(self.thread_of(done.stdout.decode()))[0]]
        self.assertIn(names, (['a "b".txt'], ["a %22b%22.txt"]), done.stdout)  # curl 7.81 and later write %22

    # ---- the rules of every write ----------------------------------------------------------------------------------
    def test_a_key_is_of_the_files_too_and_not_of_the_boundary(self):
        key = {"Idempotency-Key": "form-1"}
        files = [part("f", b"one", "a.txt")]
        first = self.send("/tickets.json", body(part("ticket", json.dumps(TICKET)), *files), headers=key)
        again = self.send("/tickets.json", body(part("ticket", json.dumps(TICKET)), *files, boundary="another"),
                          headers={**key, **form_type("another")})
        self.assertEqual(first.text, again.text)
        before = self.rows()
        for other in ([part("f", b"two", "a.txt")], [part("f", b"one", "b.txt")], [part("f", b"one", "a.txt", "a/b")], [],
                      files + files):
            self.send("/tickets.json", body(part("ticket", json.dumps(TICKET)), *other), 422, headers=key)
        self.assertEqual(before, self.rows())

    def test_a_rehearsal_keeps_no_file(self):
        before = self.rows()
        answer = self.send("/tickets/310042/note.json?dry_run=1", body(part("note", '{"note":"x","staffUserName":"tokafor"}'),
                                                                      part("f", b"one", "a.txt")))
        self.assertTrue(answer.json["dry_run"])
        self.assertEqual(before, self.rows())

    def test_filters_see_what_the_form_says(self):
        self.desk.sql("INSERT INTO ost_filter(id,execorder,isactive,flags,status,match_all_rules,stop_onmatch,target,email_id,name,"
                      "created,updated) VALUES(90,1,1,0,0,1,0,'API',0,'Forms',NOW(),NOW())")
        self.desk.sql("INSERT INTO ost_filter_rule(filter_id,what,how,val,isactive,notes,created,updated) "
                      "VALUES(90,'body','contains','By form',1,'',NOW(),NOW())")
        self.desk.sql("INSERT INTO ost_filter_action(filter_id,sort,type,configuration,updated) VALUES(90,1,'reject','[]',NOW())")
        before = self.rows()
        self.send("/tickets.json", body(part("ticket", json.dumps({**TICKET, "message": "By form"})), part("f", b"1", "a")), 403)
        self.assertEqual(before, self.rows())

    # ---- what is no form -------------------------------------------------------------------------------------------
    def refused_form(self, form, sentence, status=400, path="/tickets.json", headers=()):
        before = self.rows()
        answer = self.send(path, form, status, headers)
        self.assertIn(sentence, answer.json["status_msg"] if path != "/tickets.json" else answer.text)
        self.assertEqual(before, self.rows(), "something was written")

    def test_what_is_no_form_is_refused_whole(self):
        good = part("ticket", json.dumps(TICKET))
        file = part("f", b"abc", "a.txt")
        for form, sentence in (
                (body(file), "no part ticket"),
                (body(), "no part ticket"),
                (body(good, good), "two parts ticket"),
                (body(good, part("email", "x@quay.example")), "neither the JSON nor a file"),
                (body(good, part("files", "x", kind="multipart/mixed; boundary=b")), "parts of its own"),
                (body(good, part("f", b"x", "")), "no file name"),
                (body(good, part("f", b"x", "dir/")), "no file name"),
                (body(good, part("f", b"x", "a\x01.txt")), "a header line that is none"),
                (body(good, part("f", b"x", "a.txt").replace(b'filename="a.txt"', b"filename*=utf-8''a%0d%0ab")), "control characters"),
                (body(part("ticket", json.dumps(TICKET), kind="image/png"), file), "has to be JSON"),
                (body(part("ticket", "{"), file), "Syntax error"),
                (body(good, file)[:-3], "followed by something else"),
                (body(good, file)[:-6], "cut off"),
                (body(good, file)[:-60], "cut off"),
                (b"--" + body(good, file), "does not begin"),
                (b"junk\r\n" + body(good, file), "does not begin"),
                (body(good, file) + b"junk", "followed by something else"),
                (body(good, file, boundary=BOUNDARY + "x"), "followed by something else"),
                (json.dumps(TICKET).encode(), "does not begin"),
                (b"", "does not begin")):
            with self.subTest(form=form[:300]):
                self.refused_form(form, sentence)
        self.refused_form(body(*[good] + [file] * 257), "more than 257 parts", 413)
        self.refused_form(body(*[file] * 257), "more than 256 files", 413)
        for kind in ("multipart/form-data", "multipart/form-data; boundary=" + "x" * 71, 'multipart/form-data; boundary="a b'):
            self.refused_form(body(good, file), "boundary", headers={"Content-Type": kind})
        for name in ("note", "reply", "message"):
            self.refused_form(body(part("ticket", "{}")), "neither the JSON nor a file", path="/tickets/310042/%s.json" % name)
            self.refused_form(body(file), "no part " + name, path="/tickets/310042/%s.json" % name)

    def test_lengths_that_lie(self):
        form = body(part("ticket", json.dumps(TICKET)), part("f", b"abc", "a.txt"))
        head = "POST %s/tickets.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: %s\r\nContent-Type: %s\r\nContent-Length: %%d\r\n\r\n" % (
            self.desk.path, demo.KEY, form_type()["Content-Type"])
        before = self.rows()
        for length in (len(form) - 3, len(form) - 40, len(form) // 2, 10):
            self.assertRegex(self.desk.raw((head % length).encode() + form[:length], end=False), rb"\AHTTP/1.1 400", length)
            self.desk.raw((head % length).encode() + form)
            self.desk.raw((head % (len(form) + length)).encode() + form)
        self.assertEqual(before, self.rows())

    def test_php_is_not_asked_what_it_cannot_read(self):
        self.desk.sql("INSERT INTO ost_config(namespace,`key`,value,updated) VALUES('core','default_storage_bk','F',NOW()) "
                      "ON DUPLICATE KEY UPDATE value = 'F'")
        self.send("/tickets.json", body(part("ticket", json.dumps(TICKET)), part("f", b"abc", "a.txt")), 501)

    # ---- memory ----------------------------------------------------------------------------------------------------
    @staticmethod
    def peak(worker):
        with open("/proc/%d/status" % worker, encoding="ascii") as file:
            return max(int(line.split()[1]) for line in file if line.startswith("VmHWM"))

    def test_twenty_megabytes_are_held_once(self):
        if self.desk.is_sanitized():
            self.skipTest("sanitizers keep what was freed")
        self.setting("max_file_size", str(64 << 20))
        size = 20 << 20
        content = os.urandom(size)
        form = body(part("ticket", json.dumps(TICKET)), part("f", content, "large.bin"))
        before = {}
        for worker in self.desk.workers():
            with open("/proc/%d/clear_refs" % worker, "w", encoding="ascii") as file:
                file.write("5")  # the peak begins anew: proc(5)
            before[worker] = self.peak(worker)
        number = self.send("/tickets.json", form, timeout=120).text
        row = self.left(self.thread_of(number))[0][0]
        self.assertEqual([str(size), hashlib.md5(content).hexdigest()], [row[3], row[8]])
        more = max(self.peak(worker) - before[worker] for worker in before)
        self.assertLess(more, size / 1024 * 1.4, "kB")


if __name__ == "__main__":
    import unittest
    unittest.main()
