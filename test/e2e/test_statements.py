# SPDX-License-Identifier: GPL-2.0-or-later
"""Every SQL statement runs on the real tables, takes the values and gives the columns that its list says."""
import os
import subprocess
import unittest

import demo


class Statements(unittest.TestCase):
    def test_each_takes_and_gives_what_its_list_says(self):
        done = subprocess.run([os.environ["STATEMENT_DRIVER"], demo.shared_desk().env["CONFIG"], "run"], capture_output=True,
                              text=True, timeout=120, check=False)
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, done.stderr))


if __name__ == "__main__":
    unittest.main()
