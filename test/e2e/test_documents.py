# SPDX-License-Identifier: GPL-2.0-or-later
"""The calls that the documents show are done when somebody copies them."""
import os
import re
import subprocess
import tempfile
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
    def call(self, command, folder=None):
        """(status, body) of a command, with this help desk's key and address, in a folder."""
        command = re.sub(r"https?://[\w.:]+/api(?:/http\.php)?/", self.desk.base + "/", command)
        command = command.replace("X-API-Key: KEY", "X-API-Key: $KEY").replace("@ticket.json", "@-")
        command = re.sub(r"-H 'X-API-Key: \$KEY'", '-H "X-API-Key: $KEY"', command)
        done = subprocess.run(command + " -sS -w ' %{http_code}'", shell=True, input=TICKET, capture_output=True, text=True,
                              env={**os.environ, "KEY": demo.KEY}, timeout=60, check=False, cwd=folder)
        body, _, status = done.stdout.rpartition(" ")
        return status + done.stderr, body

    def test_the_calls_of_the_readme_are_done(self):
        shown = calls("README.md")
        self.assertEqual(5, len(shown), shown)
        answers = [self.call(command) for command in shown]
        self.assertEqual(["200", "200", "200", "201", "200"], [status for status, _ in answers], answers)

    def test_the_calls_that_read_are_answered(self):
        shown = [command for command in calls("lib/ops/README.md") if not re.search(r" (--data|-d|-F) ?", command)]
        self.assertTrue(shown)
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes) VALUES(1,'*')")
        for command in shown:
            self.assertEqual("200", self.call(command)[0], command)

    def test_the_call_that_brings_files_does(self):
        shown = [command for command in calls("lib/ops/README.md") if "-F " in command]
        self.assertEqual(1, len(shown), shown)
        with tempfile.TemporaryDirectory() as folder:
            names = re.findall(r"=@(\w+\.(?!json)\w+)", shown[0])
            for name in names:
                with open(os.path.join(folder, name), "w", encoding="ascii") as file:
                    file.write(name)
            status, number = self.call(shown[0], folder)
        self.assertEqual("201", status, number)
        self.assertEqual(names, [row[0] for row in self.desk.sql(
            "SELECT f.name FROM ost_file f JOIN ost_attachment a ON a.file_id = f.id JOIN ost_thread_entry e ON e.id = a.object_id "
            "JOIN ost_thread t ON t.id = e.thread_id JOIN ost_ticket k ON k.ticket_id = t.object_id WHERE k.number = '%s' ORDER BY a.id"
            % number)])

    def test_the_call_that_may_be_repeated_is_done_once(self):
        shown = [command for command in calls("lib/ops/README.md") if "Idempotency-Key" in command and "X-API-Key" in command]
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
