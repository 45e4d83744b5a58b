# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line, as somebody meets it who has just installed the program."""
import os
import re
import shutil
import subprocess
import unittest

import demo

FOLDER = os.path.join(os.environ["BUILD"], "fcgi")


def run(*words):
    return subprocess.run([os.path.join(FOLDER, "osticket-fcgi"), *words], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=60, check=False)


class Command(unittest.TestCase):
    def test_the_settings_are_looked_for_where_the_unit_has_them(self):
        with open(os.path.join(FOLDER, "osticket-fcgi.service"), encoding="utf-8") as file:
            path = re.search(r"(?m)^ExecStart=\S+ -c (\S+)$", file.read()).group(1)
        self.assertIn(path + " by default", run("--help").stdout)

    def test_the_manual_pages_name_every_command_and_every_setting(self):
        def plain(words):
            text = run(words).stdout.replace("\\-", "-")
            self.assertTrue(text.startswith(".TH OSTICKET-FCGI"), text[:80])
            if shutil.which("groff"):
                done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=run(words).stdout, capture_output=True,
                                      text=True, timeout=60, check=True)
                self.assertEqual("", done.stderr)
            return text
        page = plain("--help=man")
        commands = re.findall(r"(?m)^  osticket-fcgi ([a-z].*)$", run("--help").stdout)
        self.assertTrue(commands)
        for usage in commands:
            self.assertIn("\n.B %s\n" % usage, page)
        sections = re.split(r"(?m)^\.SH \[(\w+)\]$", plain("--sample=man"))
        pages = dict(zip(sections[1::2], sections[2::2]))
        sample = re.split(r"(?m)^\[(\w+)\]$", run("--sample").stdout)
        self.assertEqual(sample[1::2], sections[1::2])
        for name, text in zip(sample[1::2], sample[2::2]):
            self.assertEqual(re.findall(r"(?m)^(\w+) =", text), re.findall(r"(?m)^\.B (\w+) =", pages[name]), name)
        self.assertEqual(2, run("--help=woman").returncode)

    def test_what_is_wrong_is_named_and_the_help_follows(self):
        for words, problem in ((["--bogus"], "--bogus"), (["-c"], "-- 'c'"), (["-t", "extra"], '"extra"')):
            done = run(*words)
            self.assertEqual((2, ""), (done.returncode, done.stdout))
            self.assertIn(problem, done.stderr.splitlines()[0])
            self.assertIn("osticket-fcgi --import FILE", done.stderr)

    def test_the_commands_whose_options_the_manual_leaves_out_say_them(self):
        for command, option in (("compare", "--rate"), ("probe", "--origin"), ("setup", "--admin-user")):
            self.assertIn(command, re.search(r"\n\\fBcompare.*--help", run("--help=man").stdout.replace("\\-", "-")).group())
            done = run(command, "--help")
            self.assertEqual((0, ""), (done.returncode, done.stderr))
            self.assertIn(option, done.stdout)

    def test_a_database_user_who_may_not_write_is_told(self):
        desk = demo.shared_desk()
        path = os.path.join(desk.folder, "reader.ini")
        with open(desk.env["CONFIG"], encoding="utf-8") as file:
            text = re.sub(r'(?m)^user = "osticket"$', 'user = "reader"', file.read())
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(r'(?m)^password = .*$', 'password = "x"', text))
        os.chmod(path, 0o600)
        for rights, denied in (("SELECT", "(INSERT|UPDATE|DELETE) command denied"), ("SELECT, INSERT, UPDATE", "DELETE command denied"),
                               ("SELECT, INSERT, UPDATE, DELETE", None)):
            desk.sql("CREATE OR REPLACE USER 'reader'@'localhost' IDENTIFIED BY 'x'; GRANT %s ON %s.* TO 'reader'@'localhost'"
                     % (rights, desk.env["DB"]))
            try:
                done = run("-t", "-c", path)
            finally:
                desk.sql("DROP USER 'reader'@'localhost'")
            self.assertEqual(1 if denied else 0, done.returncode, done.stdout)
            if denied:
                self.assertRegex(done.stdout, "(?m)^error: .*%s .*; mend: GRANT SELECT, INSERT, UPDATE, DELETE " % denied)


if __name__ == "__main__":
    unittest.main()
