# SPDX-License-Identifier: GPL-2.0-or-later
"""The calls that the documents show are done when somebody copies them."""
import os
import re
import subprocess
import unittest

import demo
from desk import ROOT

TICKET = '{"email":"anna@quay.example","name":"Anna","subject":"Crane","message":"It is stuck."}'


def calls(page):
    """The curl commands of a page, each whole, without the prompt of its block."""
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        text = file.read().replace("\\\n", " ")
    return re.findall(r"(?m)^    (curl .*)$", text)


class Documents(demo.FreshDesk):
    def call(self, command):
        """(status, body) of a command, with this help desk's key and address."""
        command = re.sub(r"https?://[\w.:]+/api(?:/http\.php)?/", self.desk.base + "/", command)
        command = command.replace("X-API-Key: KEY", "X-API-Key: $KEY").replace("@ticket.json", "@-")
        command = re.sub(r"-H 'X-API-Key: \$KEY'", '-H "X-API-Key: $KEY"', command)
        done = subprocess.run(command + " -sS -w ' %{http_code}'", shell=True, input=TICKET, capture_output=True, text=True,
                              env={**os.environ, "KEY": demo.KEY}, timeout=60, check=False)
        body, _, status = done.stdout.rpartition(" ")
        return status + done.stderr, body

    def test_the_calls_of_the_readme_are_done(self):
        shown = calls("README.md")
        self.assertEqual(5, len(shown), shown)
        answers = [self.call(command) for command in shown]
        self.assertEqual(["200", "200", "200", "200", "201"], [status for status, _ in answers], answers)

    def test_the_calls_that_read_are_answered(self):
        shown = [command for command in calls("lib/ops/README.md") if "--data" not in command]
        self.assertTrue(shown)
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes) VALUES(1,'*')")
        for command in shown:
            self.assertEqual("200", self.call(command)[0], command)

    def test_the_call_that_may_be_repeated_is_done_once(self):
        shown = [command for command in calls("lib/ops/README.md") if "Idempotency-Key" in command]
        self.assertEqual(1, len(shown), shown)
        first, second = self.call(shown[0]), self.call(shown[0])
        self.assertEqual("201", first[0], first)
        self.assertEqual(first, second)

    def test_the_fields_of_a_ticket_are_those_of_the_page(self):
        with open(os.path.join(ROOT, "lib/ops/README.md"), encoding="utf-8") as file:
            page = file.read()
        rows = re.findall(r"(?m)^\| ((?:`\w+`(?:, )?)+) \|", page[page.index("A ticket's fields"):page.index("An entry: ")])
        entry = page[page.index("An entry: "):page.index("`has_attachments` counts")]
        ticket = self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY).json["ticket"]
        self.assertEqual(set(ticket), set(re.findall(r"`(\w+)`", " ".join(rows))))
        self.assertLessEqual(set(ticket["thread_entries"][0]["model"]), set(re.findall(r"`(\w+)`", entry)))


if __name__ == "__main__":
    unittest.main()
