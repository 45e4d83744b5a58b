# SPDX-License-Identifier: GPL-2.0-or-later
"""-t says whether this server answers as the help desk's own PHP does, by the files of its folder (made here in their image)."""
import os
import re
import subprocess
import tempfile
import unittest

import demo

PROGRAM = os.path.join(os.environ["BUILD"], "fcgi", "osticket-fcgi")
ROUTES = '<?php $d = patterns("", url_post("^/tickets\\.(?P<format>xml|json)$", "x")%s);'
CALLS = ', url_get("^/tickets/ticketInfo$", array("api.tickets.php:T", "getTicketInfo"))'
NEW, OLD = "static function wrap() {}", "var $model;"
TICKET = "<?php class Ticket { function jsonSerialize() { return ['priority' => %s, 'x' => 1]; } }"
PLAIN = "$this->getPriority()"


class PhpAnswers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        for name in ("api", "include"):
            os.mkdir(os.path.join(self.folder, name))
        self.osticket()

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def osticket(self, version="v1.18.1", calls=CALLS, model=NEW, priority=PLAIN):
        self.write("bootstrap.php", "<?php define('THIS_VERSION','%s');" % version)
        self.write("api/http.php", ROUTES % calls)
        self.write("include/class.orm.php", "<?php class AnnotatedModel { %s }" % model)
        self.write("include/class.ticket.php", TICKET % priority)

    def finding(self, shape="documented", priority="text", folder=None):
        with open(demo.shared_desk().env["CONFIG"], encoding="utf-8") as file:
            text = file.read()
        text = re.sub(r"(?m)^\[osticket\]$", '[osticket]\nfolder = "%s"' % (folder or self.folder), text)
        text = re.sub(r"(?m)^shape = .*\n|^priority = .*\n", "", text)
        text += '[api]\n' if "[api]" not in text else ""
        text = text.replace("[api]\n", "[api]\nshape = %s\npriority = %s\n" % (shape, priority))
        path = os.path.join(self.folder, "settings.ini")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o600)
        done = subprocess.run([PROGRAM, "-t", "-c", path], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                              check=False)
        lines = [line for line in done.stdout.splitlines() if "osTicket" in line and ("calls" in line or "cannot be told" in line)]
        self.assertEqual(1, len(lines), done.stdout + done.stderr)
        return lines[0]

    def test_other_answers_than_phps_are_named_with_the_settings_that_give_them(self):
        self.assertRegex(self.finding(), "^warning: osTicket v1.18.1 has the calls of pull request 4361; its PHP answers as "
                                         ".api. shape = current, priority = object, this server otherwise; mend: .*compare")
        self.assertRegex(self.finding("current"), "^warning: .*this server otherwise")
        self.assertRegex(self.finding("current", "object"), "^ok: .*shape = current, priority = object, and so does this server$")

    def test_osticket_1_10_answers_as_documented(self):
        self.osticket("v1.10.4", model=OLD)
        self.assertRegex(self.finding(), "^ok: osTicket v1.10.4 .*shape = documented, and so does this server$")
        # In the documented shape a priority is text whatever the setting.
        self.assertRegex(self.finding("documented", "object"), "^ok: ")
        self.assertRegex(self.finding("current"), "^warning: .*shape = documented, this server otherwise")

    def test_a_help_desk_without_the_calls_is_used_to_nothing(self):
        self.osticket(calls="")
        self.assertRegex(self.finding(), "^ok: osTicket v1.18.1 has no calls that read or reply of its own")

    def test_what_was_changed_is_not_guessed(self):
        self.osticket(priority="(string) " + PLAIN)
        self.assertRegex(self.finding(), "^warning: .*its files do not tell in which shape it answers; mend: osticket-fcgi compare")

    def test_a_folder_that_is_not_there_is_told(self):
        self.assertRegex(self.finding(folder="/nonexistent"), "^warning: what osTicket's PHP answers cannot be told: /nonexistent/.*; "
                                                              "mend: in .* set .osticket. folder")


if __name__ == "__main__":
    unittest.main()
