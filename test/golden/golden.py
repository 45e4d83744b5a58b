#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts recorded answers of the PHP implementation through the contract and compares a running server with them.

    golden.py FOLDER SHAPE FILE...    FOLDER is where test/stack is up, SHAPE is documented, current
    or object

A FILE of recorded/ is a list of {name, method, path, headers, body?, sql?, reset?, answer}. A case with `reset` starts
from the rows of data.sql, and the rows that it changes are compared too, in the tables that it names under `watch` even
where no client sees them. skipped.json lists what is not compared yet,
each with its reason. ONLY=text in the environment takes the cases whose name contains it.
"""
import fnmatch
import json
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "e2e"))

# pylint: disable=wrong-import-position
import mails
from contract import ANY, Contract, media_type
from data_set import DataSet
from desk import Desk, until
from difference import differences
from rows import Tables, comparable, shared

DATA = os.path.join(HERE, "data.sql")
LINES = 8  # of a case that differs


class Golden:
    def __init__(self, desk, shape):
        self.desk, self.shape = desk, shape
        self.tables, self.data = Tables(desk), DataSet(desk, DATA)
        with open(os.path.join(HERE, "skipped.json"), encoding="utf-8") as file:
            self.skipped = json.load(file)

    def reset(self):
        self.data.lay()
        mails.clear(self.desk.env["MAILS"])

    def reason_to_skip(self, what, file, name):
        for entry in self.skipped:
            if entry["what"] == what and fnmatch.fnmatchcase(file, entry["file"]):
                if fnmatch.fnmatchcase(name, entry["name"]):
                    return entry["reason"]
        return None

    # ---- one case --------------------------------------------------------------------------------------------------
    def run(self, file, case):
        """The lines that say where it differs; none when it does not."""
        if case.get("reset"):
            self.reset()
        for statement in case.get("sql", []):
            self.desk.sql(statement)
        wanted = Contract(self.shape, self.attachments()).wanted(case)
        before = self.tables.snapshot(case.get("watch", ())) if case.get("reset") else None
        got = self.send(case)
        lines = []
        for part in ("status", "type"):
            lines += differences(part, wanted[part], got[part])
        number = self.new_number(case, got)
        lines += self.content_differences(wanted, got, number)
        if before is not None:
            lines += self.effect_differences(file, case, wanted, got, before, number)
        return lines

    def attachments(self):
        rows = self.desk.sql("SELECT object_id, COUNT(*) FROM ost_attachment WHERE type = 'H' AND inline = 0 GROUP BY 1")
        return {int(entry): int(count) for entry, count in rows}

    def send(self, case, body=None):
        answer = self.desk.request(case["method"], case["path"], body=body or case.get("body"), headers=case["headers"], timeout=120)
        got = {"status": answer.status, "type": media_type(answer.header("content-type"))}
        text = answer.body.decode("utf-8", "replace")
        try:
            got["json"] = json.loads(text)
        except ValueError:
            got["body"] = text
        return got

    @staticmethod
    def new_number(case, got):
        if case["path"].startswith("/tickets.") and got["status"] == 201:
            return got.get("json", got.get("body"))
        return None

    @staticmethod
    def content_differences(wanted, got, number):
        if number is not None:
            if not re.fullmatch(r"\S+", str(number)):
                return ["body: wanted a bare ticket number, got %r" % number]
            return []
        if "json" in wanted:
            return list(differences("json", wanted["json"], got.get("json", got.get("body"))))
        text = got.get("body", json.dumps(got.get("json")))
        return list(differences("body", ANY if wanted.get("body") == ANY else wanted.get("body"), text))

    def effect_differences(self, file, case, wanted, got, before, number):
        recorded = case["answer"]
        php_number = recorded.get("json", recorded.get("body")) if number is not None else None
        changed = self.tables.changes(before, self.tables.snapshot(case.get("watch", ())))
        left, right = comparable(wanted.get("rows", {}), shared(php_number)), comparable(changed, shared(number))
        lines = self.row_differences(left, right)
        if case["method"] == "POST" and not self.reason_to_skip("mails", file, case["name"]):
            lines += self.mail_differences(case, got, php_number, number)
        return lines

    @staticmethod
    def row_differences(wanted, got):
        return [line for table in sorted(set(wanted) | set(got))
                for line in differences("rows." + table, wanted.get(table, []), got.get(table, []))]

    def mail_differences(self, case, got, php_number, number):
        if case["path"].startswith("/tickets/reply"):
            wanted = mails.of_reply(self.desk, json.loads(case["body"])) if got["status"] == 200 else []
        else:
            wanted = [mails.summary(text) for text in case["answer"].get("mails", [])]
        folder = self.desk.env["MAILS"]
        # Mail goes out after the answer, and one too many would come a little later.
        until(lambda: len(os.listdir(folder)) >= len(wanted), 30)
        time.sleep(0.2)
        return list(differences("mails", mails.listing(wanted, php_number), mails.listing(mails.sent(folder), number)))

    # ---- all cases -------------------------------------------------------------------------------------------------
    def run_file(self, path):
        """(passed, failed, {reason: skipped})"""
        name = os.path.basename(path)
        with open(path, encoding="utf-8") as file:
            cases = [case for case in json.load(file) if os.environ.get("ONLY", "") in case["name"]]
        passed = failed = 0
        skipped = {}
        self.reset()
        for case in cases:
            reason = self.reason_to_skip("case", name, case["name"])
            if reason:
                skipped[reason] = skipped.get(reason, 0) + 1
                continue
            lines = self.run(name, case)
            if lines:
                failed += 1
                print("DIFFERS %s: %s" % (name, case["name"]))
                for line in lines[:LINES]:
                    print("    " + line)
            else:
                passed += 1
        self.reset()
        return passed, failed, skipped


def run_files(golden, paths):
    passed = failed = left_out = 0
    for path in paths:
        good, bad, skipped = golden.run_file(path)
        passed, failed = passed + good, failed + bad
        for reason, count in skipped.items():
            left_out += count
            print("%d cases of %s skipped: %s" % (count, os.path.basename(path), reason))
    for entry in golden.skipped:
        if entry["what"] == "mails":
            print("mails of %s not compared: %s" % (entry["file"], entry["reason"]))
    print("%d passed, %d failed, %d skipped" % (passed, failed, left_out))
    sys.exit(1 if failed or not passed + left_out else 0)


def main():
    if len(sys.argv) < 4 or sys.argv[2] not in ("documented", "current", "object"):
        sys.exit(__doc__)
    run_files(Golden(Desk(sys.argv[1]), sys.argv[2]), sys.argv[3:])


if __name__ == "__main__":
    main()
