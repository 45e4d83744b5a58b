# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line, as somebody meets it who has just installed the program."""
import os
import re
import subprocess
import unittest

FOLDER = os.path.join(os.environ["BUILD"], "fcgi")


def run(*words):
    return subprocess.run([os.path.join(FOLDER, "osticket-fcgi"), *words], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=60, check=False)


class Command(unittest.TestCase):
    def test_the_settings_are_looked_for_where_the_unit_has_them(self):
        with open(os.path.join(FOLDER, "osticket-fcgi.service"), encoding="utf-8") as file:
            path = re.search(r"(?m)^ExecStart=\S+ -c (\S+)$", file.read()).group(1)
        self.assertIn(path + " by default", run("--help").stdout)

    def test_what_is_wrong_is_named_and_the_help_follows(self):
        for words, problem in ((["--bogus"], "--bogus"), (["-c"], "-- 'c'"), (["-t", "extra"], '"extra"')):
            done = run(*words)
            self.assertEqual((2, ""), (done.returncode, done.stdout))
            self.assertIn(problem, done.stderr.splitlines()[0])
            self.assertIn("osticket-fcgi --import FILE", done.stderr)


if __name__ == "__main__":
    unittest.main()
