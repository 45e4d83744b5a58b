#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares what becomes of e-mails with what the PHP implementation made of them.

    golden_email.py FOLDER FILE...    FOLDER is where test/stack is up, with the salt of SALT

A case is as golden.py has it, and further: `body_base64` (raw bytes, whose marks {{…}} are filled in when they are sent), `before`
(requests that are sent first), the method PIPE (the mail goes to `osticket-fcgi pipe`, whose exit status is compared), and, where
`fault` names what is wrong with PHP's answer (spec: piping.md 9), `proposed`: what is wanted instead, a whole answer or wishes. AS_PHP=words in
the environment, those of [email] as_php that the server runs with: there PHP's own answers are wanted.
"""
import base64
import hashlib
import hmac
import html
import json
import os
import re
import struct
import subprocess
import sys
import time

# pylint: disable=wrong-import-position
import mails
from contract import media_type
from difference import differences
from golden import Golden, run_files
from rows import comparable, is_now, without_key
from desk import Desk, until
import post  # of test/e2e, as desk is

SALT = b"ReferenceSaltReferenceSalt012345"
LONG = 20000  # characters; longer values were recorded as their length and digest
OUR_ID = re.compile(r"B[\w+/=]{6}-[\w=]{5}-[\w+/]{24}-[\w.+-]+@[\w.-]+")
MADE_NAME = re.compile(r"^(image-?\w{4}\.\w+|email-message-\w{4}\.eml|[0-9a-f]{32}\.txt)$")  # with random letters
AS_PHP = set(os.environ.get("AS_PHP", "").split(","))


def as_departs(case):
    """The case with `fault` only where PHP's way is not wanted."""
    return {**case, "fault": None if case.get("fault") in AS_PHP else case.get("fault")}


def our_id(kind, user, entry, thread):
    """A Message-ID of the help desk's: spec: creating.md D.3."""
    system = base64.b64encode(hashlib.md5(b"mail" + SALT).digest()).decode().replace("+", "=")[:6]
    tag = struct.pack("<III", int(user), int(entry), int(thread)) + kind.encode()
    tag += hmac.new(SALT, tag + ("refer" + system).encode(), hashlib.sha1).digest()[-5:]
    return "B%s-refer-%s-support@example.com" % (system, base64.b64encode(tag).decode().rstrip("="))


def number_of(answer):
    """Of a ticket; None where there is none."""
    return str(answer.get("json", answer.get("body"))) if answer.get("status") == 201 else None


def new_numbers(rows):
    return [str(row["number"]) for row in rows.get("ost_ticket", {}).get("inserted", [])]


def in_order(answers, rows):
    """The ticket numbers that came up, each once."""
    return list(dict.fromkeys([number for number in map(number_of, answers) if number] + new_numbers(rows)))


class Steady:
    """Values without what is random in them."""

    def __init__(self, numbers):
        self.numbers = numbers

    def text(self, text):
        for i, number in enumerate(self.numbers):
            text = re.sub(r"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" % re.escape(number), "NUMBER%d" % i, text)
        text = OUR_ID.sub("OURMID", without_key(text))
        if len(text) > LONG and not text.startswith("long:"):
            return "long:%d:%s" % (len(text), hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        return text

    def value(self, table, column, found):
        random = (table, column) == ("ost_file", "key") or (
            (table, column) in (("ost_file", "name"), ("ost_attachment", "name")) and found and MADE_NAME.match(found))
        if random or not isinstance(found, str):
            return "*" if random else found
        return "now" if is_now(found) else self.text(found)

    def mail(self, text):
        summary = {**mails.summary(text), **mails.threading(text)}
        return json.dumps({name: self.text(value) if isinstance(value, str) else value for name, value in summary.items()}, sort_keys=True)


class GoldenEmail(Golden):
    # ---- what is sent ----------------------------------------------------------------------------------------------------
    def fill(self, body, earlier):
        """{{number}}: of the ticket before. {{mid:ADDRESS}}: Message-ID of the last mail to it. {{ours:KIND:USER:ENTRY:THREAD}}: one of
        the help desk's. {{repeat:TIMES:TEXT}}."""
        def one(match):
            what, _, rest = match.group(1).decode().partition(":")
            if what == "number":
                return number_of(earlier[-1]).encode()
            if what == "mid":
                return self.last_mail_to(rest)["Message-ID"].strip("<> ").encode()
            if what == "ours":
                return our_id(*rest.split(":")).encode()
            times, _, text = rest.partition(":")
            return text.encode() * int(times)
        return re.sub(rb"\{\{((?:number|mid|ours|repeat)(?::[^{}]*)?)\}\}", one, body)

    def last_mail_to(self, address):
        def found():
            texts = mails.texts(self.desk.env["MAILS"])
            return [mails.message_of(texts[path]) for path in sorted(texts) if address in mails.summary(texts[path])["to"]]
        return until(found, 10)[-1]

    def post(self, case, earlier=()):
        body = base64.b64decode(case["body_base64"]) if "body_base64" in case else case["body"].encode()
        body = self.fill(body, earlier)
        if case["method"] != "PIPE":
            return self.send(case, body)
        command = [self.desk.env["PROGRAM"], "pipe", "-c", self.desk.env["CONFIG"]]
        return {"exit": subprocess.run(command, input=body, capture_output=True, check=False).returncode}

    def prepare(self, case):
        """The answers of `before`."""
        self.reset()
        for statement in case.get("sql", []):
            self.desk.sql(statement)
        earlier = []
        for request in case.get("before", []):
            earlier.append(self.post(request, earlier))
        if earlier:
            time.sleep(1.1)  # into another second, so that times that change are seen to
            until(lambda: post.queue_is_empty(self.desk), 10)
        return earlier

    # ---- what is compared ------------------------------------------------------------------------------------------------
    @staticmethod
    def wanted(case):
        wanted = dict(case["proposed"] if case.get("fault") else case["answer"])
        if wanted.get("status") == 500:
            wanted["status"] = 400  # PHP's 500 is a refusal
        if wanted.get("status", 201) != 201 or wanted.get("exit"):
            wanted["rows"] = {}  # and leaves nothing
        return wanted

    def run(self, file, case):
        case = as_departs(case)
        earlier, wanted = self.prepare(case), self.wanted(case)
        known = {row[0] for row in self.desk.sql("SELECT number FROM ost_ticket")} - set(map(number_of, earlier))
        folder, before = self.desk.env["MAILS"], self.tables.snapshot()
        mails_before = set(mails.texts(folder))
        got = self.post(case, earlier)
        expected = wanted.get("mails", [])
        until(lambda: len(mails.texts(folder)) - len(mails_before) >= (expected if isinstance(expected, int) else len(expected)), 5)
        time.sleep(0.2)  # for one too many
        got["rows"] = self.tables.changes(before, self.tables.snapshot())
        got["mails"] = [text for path, text in mails.texts(folder).items() if path not in mails_before]
        lines = [line for part in ("status", "exit") if part in wanted for line in differences(part, wanted[part], got.get(part))]
        if case.get("fault") and "type" not in wanted:
            return lines + list(self.wish_differences(wanted, got, earlier))
        return lines + list(self.answer_differences(wanted, got, earlier, known))

    def answer_differences(self, wanted, got, earlier, known):
        if "status" in wanted:
            yield from differences("type", media_type(wanted["type"]), got["type"])
        left, right = in_order(wanted.get("before", []) + [wanted], wanted["rows"]), in_order(earlier + [got], got["rows"])
        if wanted.get("status") == 201:
            yield from self.number_differences(number_of(wanted), number_of(got), left, right, known)
        elif "status" in wanted:
            yield from differences("body", wanted.get("body", json.dumps(wanted.get("json"))), got.get("body", json.dumps(got.get("json"))))
        yield from self.row_differences(comparable(wanted["rows"], Steady(left).value), comparable(got["rows"], Steady(right).value))
        yield from differences("mails", sorted(map(Steady(left).mail, wanted.get("mails", []))), sorted(map(Steady(right).mail, got["mails"])))

    @staticmethod
    def number_differences(wanted, got, left, right, known):
        """The same ticket as PHP's: a known one by its number, another by when it came up."""
        if not re.fullmatch(r"\S+", got or ""):
            yield "body: wanted a bare ticket number, got %r" % got
        elif wanted != got if wanted in known else left.index(wanted) != right.index(got):
            yield "body: wanted %s of %s, got %s of %s" % (wanted, left, got, right)

    # ---- wishes, which leave the how open --------------------------------------------------------------------------------
    def attached(self, rows):
        """(name, type, size) of the files that are not shown in the text."""
        ids = ["0"] + [str(row["id"]) for row in rows.get("ost_attachment", {}).get("inserted", [])]
        return self.desk.sql("SELECT COALESCE(NULLIF(a.name, ''), f.name), f.type, f.size FROM ost_attachment a JOIN ost_file f ON f.id = a.file_id "
                             "WHERE a.type = 'H' AND a.inline = 0 AND a.id IN (%s)" % ",".join(ids))

    def wish_differences(self, wanted, got, earlier):
        """ticket: "new", "before" (that of `before`), "none", or a number. keeps, lacks: texts that the new entries hold or do not hold. files:
        [[name, type, size]…], null for any. entry: columns of one of the new entries. mails: how many. collaborators: their addresses."""
        entries = got["rows"].get("ost_thread_entry", {}).get("inserted", [])
        read = [" ".join(html.unescape(re.sub(r"<(?=[a-z/!])[^>@]*>", " ", entry["body"] or "")).split()) for entry in entries]
        fresh, number = new_numbers(got["rows"]), number_of(got)
        tickets = {"new": number in fresh, "before": not fresh and bool(earlier) and number == number_of(earlier[-1]), "none": not got["rows"]}
        if "ticket" in wanted and not tickets.get(wanted["ticket"], not fresh and number == wanted["ticket"]):
            yield "ticket: wanted %s, got %s, new are %s" % (wanted["ticket"], number, fresh)
        for text in wanted.get("keeps", []):
            if not any(text in entry for entry in read):
                yield "keeps: %r is in none of %r" % (text, [entry[:120] for entry in read])
        for text in wanted.get("lacks", []):
            if any(text in entry for entry in read):
                yield "lacks: %r is in %r" % (text, [entry[:120] for entry in read])
        if "files" in wanted:
            yield from self.file_differences(wanted["files"], self.attached(got["rows"]))
        if "entry" in wanted and not any(wanted["entry"].items() <= entry.items() for entry in entries):
            yield "entry: none has %s" % wanted["entry"]
        if "mails" in wanted:
            yield from differences("mails", wanted["mails"], len(got["mails"]))
        if "collaborators" in wanted:
            yield from differences("collaborators", wanted["collaborators"], self.collaborators(number))

    def collaborators(self, number):
        return [row[0] for row in self.desk.sql(
            "SELECT e.address FROM ost_ticket t JOIN ost_thread h ON h.object_type = 'T' AND h.object_id = t.ticket_id "
            "JOIN ost_thread_collaborator c ON c.thread_id = h.id JOIN ost_user u ON u.id = c.user_id "
            "JOIN ost_user_email e ON e.id = u.default_email_id WHERE t.number = '%s' ORDER BY 1" % number)]

    @staticmethod
    def file_differences(wanted, have):
        left = list(have)
        for file in wanted:
            hits = [each for each in left if all(part is None or str(part) == found for part, found in zip(file, each))]
            if hits:
                left.remove(hits[0])
            else:
                yield "files: no %s among %s" % (file, have)
        if left:
            yield "files: extra %s" % left


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    run_files(GoldenEmail(Desk(sys.argv[1]), "documented"), sys.argv[2:])
