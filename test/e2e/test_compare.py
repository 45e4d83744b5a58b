# SPDX-License-Identifier: GPL-2.0-or-later
"""osticket-fcgi compare: what it asks, what it explains, what it finds, and what it says to scripts."""
import json
import os
import subprocess
import tempfile
import unittest

import demo
import recorded_php
from recorded_php import KEY, Php, encoded

PROGRAM = os.path.join(os.environ["BUILD"], "fcgi", "osticket-fcgi")
FIRST = "/tickets/ticketInfo?ticketNumber=849510"


def run(*words, key=KEY, **environment):
    environment = {**{k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}, **environment}
    if key:
        environment["OSTICKET_API_KEY"] = key
    return subprocess.run([PROGRAM, "compare", *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300,
                          env=environment, check=False)


class Compare(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("compare", DATA=recorded_php.DATA)
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()
        cls.desk.down()

    def setUp(self):
        self.php = Php()
        self.addCleanup(self.php.stop)

    def file(self, lines):
        path = os.path.join(self.folder.name, self.id())
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def compare(self, *words, **more):
        return run(self.php.url, self.desk.base, "--rate", "0", "-c", self.desk.env["CONFIG"], *words, **more)

    def report(self, *words, code=0, **more):
        done = self.compare("--json", *words, **more)
        self.assertEqual(code, done.returncode, done.stderr + done.stdout)
        return json.loads(done.stdout)

    def everything_recorded(self):
        return self.file(self.php.answers)

    # ---- what it finds ---------------------------------------------------------------------------------------------
    def test_what_was_recorded_from_php_departs_in_known_ways_alone(self):
        report = self.report("--list", self.everything_recorded())
        self.assertEqual(len(self.php.answers), report["asked"])
        self.assertEqual((0, 0), (report["unknown"], report["unanswered"]))
        self.assertGreater(report["departing"], 20)
        self.assertLessEqual({"shape", "priority", "editor", "notes", "list-status", "unknown-person"},
                             {one["departure"] for one in report["departures"]})
        settings = {one["departure"]: one["setting"] for one in report["departures"]}
        self.assertEqual("[api] shape = current", settings["shape"])
        self.assertEqual("[api] notes = ticketInfo, staffTickets, clientTickets", settings["notes"])
        self.assertIsNone(settings["editor"])

    def test_a_difference_without_a_reason_is_named_and_asked_twice(self):
        status, kind, body = self.php.answers[FIRST]
        content = json.loads(body)
        content["ticket"]["subject"] = "another subject"
        self.php.answers[FIRST] = (status, kind, encoded(content))
        path = self.file([FIRST])
        report = self.report("--list", path, code=1)
        self.assertEqual(1, report["unknown"])
        self.assertEqual([FIRST, "ticket.subject", '"another subject"', '"issue subject"'],
                         [report["unknown_differences"][0][name] for name in ("request", "where", "php", "here")])
        self.assertEqual(2, self.php.asked.count(FIRST))
        done = self.compare("--list", path)
        self.assertEqual(1, done.returncode)
        self.assertIn("ticket.subject: PHP \"another subject\", here \"issue subject\"", done.stdout)

    def test_a_ticket_that_changed_between_the_answers_is_no_difference(self):
        right = self.php.answers[FIRST]
        status, kind, body = right
        self.php.answers[FIRST] = (status, kind, body.replace(b"issue subject", b"as it was"))
        answer = self.php.answer

        def heal(path, key):
            given = answer(path, key)
            self.php.answers[FIRST] = right
            return given
        self.php.answer = heal
        report = self.report("--list", self.file([FIRST]))
        self.assertEqual((0, 1), (report["unknown"], report["changed"]))

    def test_php_that_fails_on_the_way_is_counted_apart(self):
        self.php.answers["/tickets/ticketInfo?ticketNumber=1"] = (502, "text/html", b"<html>bad gateway</html>")
        report = self.report("--list", self.file([FIRST, "/tickets/ticketInfo?ticketNumber=1"]), code=1)
        self.assertEqual("status", report["unknown_differences"][0]["where"])
        self.assertEqual(("502", "404"), tuple(report["unknown_differences"][0][name] for name in ("php", "here")))

    def test_times_of_both_stand_side_by_side(self):
        done = self.compare("--list", self.file([FIRST]))
        self.assertRegex(done.stdout, r"(?m)^  PHP   p50 +[0-9.]+ ms   p99 +[0-9.]+ ms\n  here  p50 +[0-9.]+ ms")

    # ---- what it asks ----------------------------------------------------------------------------------------------
    def test_an_access_log_is_asked_without_what_writes(self):
        line = '192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] "%s HTTP/1.1" 200 12 "-" "x"'
        path = self.file([line % "GET /api/http.php/tickets/ticketInfo?ticketNumber=849510", line % "POST /api/tickets.json",
                          line % "GET /support/api/tickets/ticketInfo?ticketNumber=849510", line % "GET /scp/"])
        report = self.report("--log", path)
        self.assertEqual((1, 2), (report["asked"], report["passed_over"]))
        self.assertEqual([FIRST], self.php.asked)

    def test_a_walk_asks_for_tickets_agents_and_clients(self):
        done = self.compare("--json", "--limit", "60")
        asked = self.php.asked
        self.assertIn("/tickets", asked)
        for what in ("/tickets/ticketInfo?ticketNumber=", "/tickets/staffTickets?staffUserName=",
                     "/tickets/clientTickets?clientUserMail="):
            self.assertGreater(sum(path.startswith(what) for path in asked), 2, what)
        self.assertLessEqual(json.loads(done.stdout)["asked"], 60)

    def test_without_settings_a_walk_goes_by_the_list_of_tickets(self):
        done = run(self.php.url, self.desk.base, "--rate", "0", "-c", "/nonexistent.ini", "--limit", "30")
        self.assertIn("taken from GET /tickets", done.stderr)
        self.assertGreater(sum(path.startswith("/tickets/ticketInfo?") for path in self.php.asked), 15)
        self.assertGreater(sum(path.startswith("/tickets/clientTickets?") for path in self.php.asked), 1)

    def test_a_rate_is_kept(self):
        path = self.file(["/tickets/ticketInfo?ticketNumber=%d" % n for n in range(6)])
        import time  # pylint: disable=import-outside-toplevel
        begun = time.monotonic()
        self.compare("--list", path, "--rate", "10")
        self.assertGreaterEqual(time.monotonic() - begun, 0.45)

    # ---- what it says to scripts -----------------------------------------------------------------------------------
    def test_a_key_that_both_refuse_compares_nothing(self):
        done = self.compare("--list", self.file([FIRST]), key="0123456789ABCDEF")
        self.assertEqual((2, ""), (done.returncode, done.stdout))
        self.assertIn("both refuse the key (401)", done.stderr)

    def test_the_key_is_never_shown(self):
        self.php.refuses = True
        done = self.compare("--list", self.everything_recorded(), "--key", KEY, key=None)
        self.assertEqual(1, done.returncode)
        self.assertNotIn(KEY, done.stdout + done.stderr)

    def test_who_does_not_answer_is_named(self):
        done = run("http://127.0.0.1:1", self.desk.base, "--list", self.file([FIRST]))
        self.assertEqual(2, done.returncode)
        self.assertIn("no answer from http://127.0.0.1:1/api/http.php", done.stderr)

    def test_wrong_words_are_named_and_the_usage_follows(self):
        for words, problem in ((["http://a"], "two URLs are wanted"), (["http://a", "ftp://b"], "right would be a URL"),
                               (["http://a", "http://b", "--limit", "x"], '--limit is "x"'),
                               (["http://a", "http://b", "--log", "x", "--list", "y"], "not both"),
                               (["http://a", "http://u:p@b"], "without user")):
            done = run(*words)
            self.assertEqual((2, ""), (done.returncode, done.stdout), words)
            self.assertIn(problem, done.stderr)
            self.assertIn("osticket-fcgi compare PHP_URL OUR_URL", done.stderr)

    def test_help_is_asked_for(self):
        done = run("--help")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertIn("OSTICKET_API_KEY", done.stdout)

    def test_a_list_without_a_read_is_nothing_to_compare(self):
        done = self.compare("--list", self.file(["POST /tickets/reply.json"]))
        self.assertEqual(2, done.returncode)
        self.assertIn("nothing to ask", done.stderr)
        done = self.compare("--list", "/nonexistent/list")
        self.assertEqual(2, done.returncode)
        self.assertIn("/nonexistent/list", done.stderr)


if __name__ == "__main__":
    unittest.main()
