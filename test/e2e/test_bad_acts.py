# SPDX-License-Identifier: GPL-2.0-or-later
"""What nobody honest sends, to every operation that there is (bad_requests.py): a clear 4xx that names what is wrong, in the form that the
server describes, and nothing is written. What was sent is printed as a table; an operation without a good request of its own fails."""
import collections
import concurrent.futures
import os
import re
import subprocess
import threading
import time
import unittest

import bad_requests
import client_tokens
import demo
import described
from bad_requests import AGENT, CLIENTS, ELSEWHERE, NOT_HERE, TEXTS, TICKET, WRITES, Good, Operation
from desk import until

WORDS = {400: ("malformed",), 401: ("key",), 403: ("scope", "role"), 404: ("not_found",), 405: ("method",), 409: ("conflict", "ambiguous"), 412: ("changed",),
         413: ("too_large",), 415: ("type",), 422: ("invalid",), 501: ("php",)}
INSIDE = re.compile(rb"(?i)\bselect\b.*\bfrom\b|ost_ticket|/tmp/|mysql|mariadb|backtrace|\.c:\d|" + demo.KEY.encode())
AT_ONCE = 4
STATES = ("310044", "310049", "MERGED", "LINKED", "ABOVE", "GONE", "nobody", "id:73", "id:75")  # closed, archived, merged, linked, above others, deleted


class Bad(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.description = described.of(cls.desk)
        cls.operations = [Operation(cls.description, good) for good in WRITES]
        cls.pids = cls.desk.workers()
        cls.prepare()

    @classmethod
    def tearDownClass(cls):
        demo.reset(cls.desk)

    @classmethod
    def prepare(cls):
        demo.reset(cls.desk)
        cls.desk.sql(bad_requests.PREPARED)
        cls.versions = {kind: cls.desk.get(path, key=demo.KEY).json["version"] for kind, path in (
            ("tickets", "/tickets/310043.json"), ("users", "/users/2.json"), ("organizations", "/organizations/71.json"))}
        cls.before = cls.desk.counts()

    def tearDown(self):
        for pid in set(self.pids) - set(self.desk.workers()):  # unless its time was over
            self.assertTrue(any("worker %d ended after" % pid in line for line in self.desk.log()), "worker %d died" % pid)

    # ---- sending and judging
    def send(self, case):
        """What is answered, whatever it is."""
        if isinstance(case.body, tuple):
            return self.send_raw(case)
        other = self.versions.get(case.path.split("/")[1].split(".")[0], "")
        headers = [(name, value.replace("$other", other)) for name, value in case.headers]
        key = demo.KEY
        if case.of_client:
            key, headers = None, headers + list(client_tokens.bearer(client_tokens.token()).items())
        return self.desk.request(case.method, case.path, body=case.body, key=key, headers=headers)

    def send_raw(self, case):
        lines, body = case.body
        head = "%s %s%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: %s\r\n%s\r\n\r\n" % (
            case.method, self.desk.path, case.path, demo.KEY, "\r\n".join(["%s: %s" % header for header in case.headers] + lines))
        got = self.desk.raw(head.encode() + body, end=False)
        match = re.match(rb"HTTP/1\.[01] (\d\d\d) ", got)
        return int(match.group(1)) if match else 0

    def complaints(self, case):
        """What is wrong with the answer, one a line."""
        try:
            answer = self.send(case)
        except Exception as error:  # pylint: disable=broad-except
            return ["%s: %s" % (type(error).__name__, str(error)[:300])]
        if isinstance(answer, int):
            return [] if answer in case.statuses else ["answered %d" % answer]
        return list(self.judged(case, answer))

    @staticmethod
    def judged(case, answer):
        ours = answer.header("content-security-policy").startswith(described.OURS)
        if answer.status >= 500 and (answer.status != 501 or 501 not in case.statuses):
            yield "a 5xx: " + str(answer)
        if answer.status < 300 and (not case.refused or Bad.refuses_each(case, answer)):
            return
        if not 400 <= answer.status < 500 and answer.status not in case.statuses:
            yield "is no refusal: " + str(answer)
        elif case.statuses and answer.status not in case.statuses:
            yield "another status than %s: %s" % (case.statuses, answer)
        if not answer.body:
            yield "no text"
        shown = INSIDE.search(answer.body)
        if shown and shown.group(0) not in str(case.body).encode() + case.path.encode():
            yield "shows what is inside: " + str(answer)
        if ours and answer.header("content-type").startswith("application/json") and answer.status >= 400:
            yield from Bad.judged_body(case, answer)

    @staticmethod
    def refuses_each(case, answer):
        """A bulk is answered for each of its tickets."""
        return case.path.startswith("/tickets/bulk") and all(result["status"] >= 400 for result in answer.json["results"])

    @staticmethod
    def judged_body(case, answer):
        told = answer.json
        if told["error"] not in WORDS.get(answer.status, ()):
            yield "the word %s with %d" % (told["error"], answer.status)
        if not 5 < len(told["status_msg"]) <= 600:
            yield "no sentence: %r" % told["status_msg"]
        if case.member and answer.status in (400, 409, 422) and case.member not in told["errors"]:
            yield "%s is not named in errors: %s" % (case.member, answer)

    def tried(self, cases):
        """Complaints of all, by several clients at once."""
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            found = list(pool.map(self.complaints, cases))
        return ["%s\n    %s" % (case, line) for case, lines in zip(cases, found) for line in lines]

    def writers(self, cases):
        """Which of the requests write something."""
        self.prepare()
        before = self.desk.counts()
        for case in cases:
            self.complaints(case)
        if before == self.desk.counts():
            return []
        half = len(cases) // 2
        return cases if not half else self.writers(cases[:half]) + self.writers(cases[half:])

    def check(self, cases):
        wrong = self.tried(cases)
        if self.before != self.desk.counts():
            wrong += ["%s\n    wrote something" % (case,) for case in self.writers(cases)] or ["something was written, by all together"]
            self.prepare()
        return wrong

    def report(self, wrong):
        if wrong:
            self.fail("%d complaints:\n%s" % (len(wrong), "\n".join(wrong)))

    # ---- the test of the test
    def test_no_operation_is_left_out(self):
        paths = {"%s %s" % (method.upper(), path) for path, item in self.description.document["paths"].items() for method in item
                 if method in ("post", "put", "patch", "delete")}
        self.assertEqual(paths - NOT_HERE - ELSEWHERE, {good.name for good in WRITES}, "give it a row in WRITES")

    def test_what_the_bad_ones_are_made_of_is_good(self):
        for operation in self.operations + [Operation(self.description, good) for good in CLIENTS]:
            with self.subTest(operation.good.name):
                answer = self.send(operation.sound())
                self.assertIn(answer.status, (200, 201), str(answer))
                if operation.good.rehearsed:
                    self.assertTrue(answer.json["dry_run"])
                else:
                    self.prepare()
        self.assertEqual(self.before, self.desk.counts())

    def test_a_row_that_is_written_would_be_seen(self):
        note = Good("POST", bad_requests.TICKET + "/note.json", {**bad_requests.AGENT, "note": "x"}, rehearsed=False)
        operation = Operation(self.description, note)
        wrong = self.check([operation.case("good", statuses=(422,)), operation.case("other", body='{"note":[]}', member="title", statuses=(404,))])
        self.assertEqual(4, len(wrong), wrong)
        for part, line in zip(("is no refusal", "another status", "title is not named", "wrote something"), wrong):
            self.assertIn(part, line)

    def test_what_is_described_is_known(self):
        """Whatever is said of a parameter or a member that the description has, it is not that there is none."""
        reads = [Operation(self.description, good) for good in bad_requests.reads(self.description)]
        for operation in self.operations + [Operation(self.description, good) for good in CLIENTS] + reads:
            for case in operation.described():
                with self.subTest(str(case)):
                    self.assertNotRegex(self.send(case).body, b"is no member|here is no parameter")
        self.prepare()

    # ---- all of them
    def test_nothing_bad_is_taken_or_harms(self):
        operations = self.operations + [Operation(self.description, good) for good in CLIENTS] + [
            Operation(self.description, good) for good in bad_requests.reads(self.description)]
        table, wrong, some, seen = {}, [], [], frozenset()
        wanted = tuple(os.environ.get("ONLY", "").split(","))  # how their names begin: "PATCH /users,GET /stats"
        share = bad_requests.SHARE * (3 if self.desk.is_sanitized() else 1)
        for place, operation in enumerate(each for each in operations if each.good.name.startswith(wanted)):
            operation.seen = seen
            cases = list(operation.all_cases())[place % share::share]
            seen = operation.seen
            table[operation.good.name] = collections.Counter(case.item for case in cases)
            some += cases[::7]
            found = self.check(cases)
            wrong += found
            print("%s: %s" % (operation.good.name, ", ".join("%s %d" % item for item in sorted(table[operation.good.name].items()))), *found, sep="\n    ", flush=True)
        print("%d requests to %d operations" % (sum(sum(items.values()) for items in table.values()), len(table)))
        self.report(wrong)
        self.check_memory(some)

    def check_memory(self, cases):
        """Whoever sends the same once more gets no byte of a worker that he has not had."""
        before = self.resident()
        self.tried(cases)
        after = self.resident()
        grown = {pid: after[pid] - kilobytes for pid, kilobytes in before.items() if pid in after} or {0: 0}
        print("%d requests once more: workers grew by %s kB" % (len(cases), list(grown.values())))
        if not self.desk.is_sanitized():
            self.assertLess(max(grown.values()), 1024, before)

    def resident(self):
        sizes = {}
        for pid in self.desk.workers():
            with open("/proc/%d/statm" % pid, encoding="ascii") as file:
                sizes[pid] = int(file.read().split()[1]) * 4
        return sizes

    # ---- tickets that take it no more
    def test_no_state_of_a_ticket_does_harm(self):
        cases = [operation.case("states", path=operation.path({"number": number}).replace("confirm=310042", "confirm=" + number), refused=False)
                 for operation in self.operations if operation.good.path.startswith(TICKET) for number in STATES]
        self.report(self.check(cases))

    # ---- who lost the ticket meanwhile
    def test_the_lock_decides_whose_ticket_it_is(self):
        """The ticket leaves the departments that the agent sees, while the request waits for its lock."""
        self.desk.sql("INSERT INTO ost_department(id,pid,tpl_id,sla_id,schedule_id,email_id,autoresp_email_id,manager_id,flags,name,signature,ispublic,group_membership,path,"
                      "updated,created) VALUES(73,NULL,0,0,0,0,0,0,4,'Elsewhere','',1,1,'/73/',NOW(),NOW()); DELETE FROM ost_thread_referral")
        self.addCleanup(self.prepare)
        for good in WRITES:
            if not (good.path.startswith(TICKET) and AGENT.items() <= good.body.items()):
                continue
            with self.subTest(good.name):
                operation = Operation(self.description, good._replace(rehearsed=False))
                number = good.fills.get("number", "310042")
                row = self.desk.sql("SELECT dept_id, staff_id, team_id, ticket_id FROM ost_ticket WHERE number='%s'" % number)[0]
                before = self.all_but_departments()
                answer = self.meanwhile("UPDATE ost_ticket SET dept_id=73, staff_id=0, team_id=0 WHERE ticket_id=%s" % row[3], operation.sound())
                self.assertEqual(404, answer.status, str(answer))
                self.desk.sql("UPDATE ost_ticket SET dept_id=%s, staff_id=%s, team_id=%s WHERE ticket_id=%s" % tuple(row))
                self.assertEqual(before, self.all_but_departments())

    def all_but_departments(self):
        return self.desk.counts()

    def meanwhile(self, sql, case):
        """The answer to a request that waits for a row which another transaction changes."""
        with subprocess.Popen(["mariadb", "--no-defaults", "-n", "-N", "-S", self.desk.env["SOCK"], "-u", "root", self.desk.env["DB"]],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            other.stdin.write("BEGIN; %s; SELECT 'locked';\n" % sql)
            other.stdin.flush()
            self.assertEqual("locked", other.stdout.readline().strip())
            answers = []
            thread = threading.Thread(target=lambda: answers.append(self.send(case)))
            thread.start()
            # innodb_trx stays as it is while it is asked more often than ten times a second.
            waits = until(lambda: time.sleep(0.2) or self.desk.value("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state='LOCK WAIT'") != "0", 15)
            other.stdin.write("COMMIT;\n")
            other.stdin.close()
            thread.join()
        self.assertTrue(waits, "nobody waited")
        return answers[0]

    # ---- texts that are kept
    KEPT = "".join(TEXTS[:10]) + " $ \u0e01 end"

    def test_texts_are_kept_as_they_are_and_never_run(self):
        """What is text comes back to the letter; what is HTML without whatever runs."""
        rows = self.desk.sql("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema=DATABASE()")
        for path, member in (("note", "note"), ("reply", "response"), ("message", "message"), ("status", "comments"), ("assign", "comments"), ("transfer", "comments"),
                             ("release", "comments"), ("refer", "comments"), ("", "comments")):
            for form in ("text", "html"):
                with self.subTest(path=path, form=form):
                    self.prepare()
                    good = next(g for g in WRITES if g.path == TICKET + ("/" + path if path else "") + ".json" and g.method in ("POST", "PATCH") and (path or g.method == "PATCH"))
                    answer = self.desk.request(good.method, "/tickets/310042" + ("/" + path if path else "") + ".json", key=demo.KEY, body={**good.body, member: self.KEPT, "format": form})
                    self.assertIn(answer.status, (200, 201), str(answer))
                    entry = self.desk.get("/tickets/310042/entries/%d.json" % answer.json["entry_id"], key=demo.KEY).json["entry"]
                    self.assertEqual(rows, self.desk.sql("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema=DATABASE()"))
                    if form == "text":
                        self.assertEqual(("text", self.KEPT), (entry["format"], entry["body"]))
                    else:
                        self.assertNotRegex(entry["body"], r"(?i)<script|onerror")
        self.prepare()

    def test_names_are_kept_as_they_are_and_never_run(self):
        text = "' \" \\ % _ <b>x</b> <script>alert(1)</script> -- "
        for method, path, body, read in (
                ("PATCH", "/tickets/310042.json", {**AGENT, "subject": text[:40]}, lambda a: a["ticket"]["subject"]),
                ("POST", "/users.json", {**AGENT, "email": "n@nowhere.example", "name": text}, lambda a: a["user"]["name"]),
                ("PATCH", "/users/1.json", {**AGENT, "name": text}, lambda a: a["user"]["name"]),
                ("POST", "/organizations.json", {**AGENT, "name": text, "fields": {"notes": text}}, lambda a: a["organization"]["name"]),
                ("PATCH", "/organizations/1.json", {**AGENT, "name": text, "fields": {"notes": text}}, lambda a: a["organization"]["name"]),
                ("POST", "/tickets/310042/collaborators.json", {**AGENT, "email": "n@nowhere.example", "name": text}, lambda a: a["collaborator"]["user"]["name"])):
            with self.subTest(method + " " + path):
                self.prepare()
                answer = self.desk.request(method, path, key=demo.KEY, body=body)
                self.assertIn(answer.status, (200, 201), str(answer))
                name = read(answer.json)
                self.assertIn("' \" \\ % _", name)
                if path.startswith(("/users", "/organizations")):  # as the panel keeps them; the others are text
                    self.assertNotIn("<", name)
        self.assertEqual("0", self.desk.value("SELECT COUNT(*) FROM ost_form_entry_values WHERE value LIKE '%<script%'"))
        self.prepare()


if __name__ == "__main__":
    unittest.main()
