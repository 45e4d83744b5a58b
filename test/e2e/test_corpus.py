# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails of other programs' tests, each through the running pool: a ticket or an entry with what is to be read, or a refusal with a
sentence; never a fault.

CORPUS=FOLDER[:FOLDER…] in the environment takes these folders, a file a mail or an mbox, in the place of what Debian's packages
bring. What is said at the end are the numbers."""
import collections
import email
import email.policy
import glob
import html
import os
import re
import unittest

import demo
from desk import until

DEBIAN = ("/usr/share/gocode/src/github.com/jhillyerd/enmime/testdata", "/usr/lib/python3*/test/test_email/data")
LARGEST = 30 << 20
ENOUGH = 0.9  # of the words, but for one: the rest may be what one reader takes for text and another for a file


def folders():
    named = os.environ.get("CORPUS", "")
    return named.split(":") if named else [path for pattern in DEBIAN for path in glob.glob(pattern)]


def mails():
    """(name, bytes) of each, mboxes taken apart."""
    for folder in folders():
        for path in sorted(glob.glob(os.path.join(folder, "**"), recursive=True)):
            if os.path.isfile(path) and os.path.getsize(path) < LARGEST:
                with open(path, "rb") as file:
                    data = file.read()
                several = re.split(rb"(?m)^(?=From \S+ +\w{3} \w{3} .*\d{4}\r?$)", data) if data.startswith(b"From ") else [data]
                for i, mail in enumerate(each for each in several if each):
                    yield "%s %d" % (os.path.relpath(path, folder), i), mail


def words(text):
    text = re.sub(r"(?is)<(style|script|head)\b.*?</\1>|<!--.*?-->|<[^>]*>", " ", text)
    return set(re.findall(r"[A-Za-z]{4,20}", html.unescape(text)))


def parts(message):
    """Without what lies in attached mails."""
    yield message
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            yield from parts(part)


def readable(mail):
    """The words of its plain texts and of its texts in HTML, as Python's reader finds them; none where it is at a loss."""
    found = {"plain": set(), "html": set()}
    for part in parts(email.message_from_bytes(mail, policy=email.policy.compat32)):
        if part.defects or len(part.get_all("Content-Type", [])) > 1:
            return []
        if part.get_content_maintype() == "text" and part.get_content_subtype() in found and not part.get_filename():
            found[part.get_content_subtype()] |= words((part.get_payload(decode=True) or b"").decode("ascii", "replace"))
    return [each for each in found.values() if each]


@unittest.skipUnless(folders(), "no package with mails is installed, and there is no CORPUS")
class Corpus(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        self.setting("max_open_tickets", "0")
        self.setting("strip_quoted_reply", "0")

    def newest(self):
        return int(self.desk.value("SELECT COALESCE(MAX(id), 0) FROM ost_thread_entry"))

    def everything(self, entry):
        """What an agent can read of it, files included."""
        rows = self.desk.sql("SELECT HEX(body) FROM ost_thread_entry WHERE id = %d UNION ALL SELECT HEX(c.filedata) FROM ost_attachment a JOIN "
                             "ost_file_chunk c ON c.file_id = a.file_id WHERE a.type = 'H' AND a.object_id = %d" % (entry, entry))
        return "\n".join(bytes.fromhex(row[0]).decode("utf-8", "replace") for row in rows)

    def post(self, mail):
        answer = self.desk.request("POST", "/tickets.email", body=mail, key=demo.KEY)
        self.assertIn(answer.status, (201, 400, 403), str(answer))
        return answer

    def outcome(self, mail):
        """What became of it; fails where that is none of what may be."""
        before = self.newest()
        tickets = self.desk.value("SELECT COUNT(*) FROM ost_ticket")
        answer = self.post(mail)
        if answer.status != 201:
            self.assertRegex(answer.text, "[a-z] [a-z]")
            self.assertEqual(before, self.newest())
            return "refused: " + answer.text.replace("\n", " ")
        entry = self.newest()
        if entry == before:  # many have the same Message-ID and sender
            self.desk.sql("DELETE FROM ost_thread_entry_email")
            self.post(mail)
            entry = self.newest()
            self.assertGreater(entry, before)
        wanted = readable(mail)
        there = words(self.everything(entry))
        shares = [(len(each & there) + 1) / len(each) for each in wanted]
        self.assertTrue(not shares or max(shares) >= ENOUGH, (shares, [sorted(each - there)[:20] for each in wanted]))
        return "ticket" if self.desk.value("SELECT COUNT(*) FROM ost_ticket") != tickets else "entry"

    def test_each_of_them(self):
        numbers = collections.Counter()
        for name, mail in mails():
            with self.subTest(name):
                numbers[self.outcome(mail)] += 1
        print("\n%d mails: %s" % (sum(numbers.values()), ", ".join("%d %s" % (n, what) for what, n in numbers.most_common())))
        self.assertTrue(numbers)
        self.assertTrue(until(lambda: len(self.desk.workers()) == int(self.desk.configured("server", "workers")), 20))


if __name__ == "__main__":
    unittest.main()
