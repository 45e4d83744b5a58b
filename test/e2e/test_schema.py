# SPDX-License-Identifier: GPL-2.0-or-later
"""osticket-fcgi schema on a help desk whose table prefix has a hyphen in it: what it prints can be run as it stands."""
import subprocess
import unittest

import demo

TICKET = {"email": "anna@quay.example", "name": "Anna", "subject": "Crane", "message": "It is stuck."}


class HyphenPrefix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("schema", PREFIX="os-t_")

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def run_program(self, *words):
        return subprocess.run([self.desk.env["PROGRAM"], *words, "-c", self.desk.env["CONFIG"]], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=60, check=False)

    def schema(self, *words):
        done = self.run_program("schema", *words)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return done.stdout

    def own(self):
        """Our tables, indexes and triggers that the database has."""
        return [row[0] for row in self.desk.sql(
            "SELECT table_name FROM information_schema.tables WHERE table_schema=DATABASE() AND table_name LIKE 'fcgi%' UNION ALL "
            "SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema=DATABASE() AND index_name LIKE 'fcgi%' UNION ALL "
            "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema=DATABASE() ORDER BY 1")]

    def test_every_operation_works_under_it(self):
        number = self.desk.request("POST", "/tickets.json", body=TICKET, key=demo.KEY)
        self.assertEqual(201, number.status, number)
        reply = demo.post_reply(self.desk, ticketNumber=number.text)
        self.assertEqual(200, reply.status, reply)
        for path, held in (("/tickets/ticketInfo?ticketNumber=" + number.text, number.text),
                           ("/tickets/staffTickets?staffUserName=tokafor", "310042"),
                           ("/tickets/clientTickets?clientUserMail=anna@quay.example", number.text), ("/tickets", number.text)):
            answer = self.desk.get(path, key=demo.KEY)
            self.assertEqual(200, answer.status, answer)
            self.assertIn(held, answer.text)
        remembered = self.desk.request("POST", "/tickets.json", body=TICKET, key=demo.KEY, headers={"Idempotency-Key": "one"})
        again = self.desk.request("POST", "/tickets.json", body=TICKET, key=demo.KEY, headers={"Idempotency-Key": "one"})
        self.assertEqual((201, remembered.text), (again.status, again.text))

    def test_what_it_drops_it_makes_again(self):
        self.desk.sql(self.schema("--keep-names"))
        before = self.own()
        self.assertTrue({"fcgi_os-t_mail", "fcgi_os-t_idempotency", "fcgi_number", "fcgi_entries", "fcgi_os-t_department_changed"} <= set(before),
                        before)
        self.desk.sql(self.schema("--keep-names"))  # once more does no harm
        self.assertEqual(before, self.own())
        self.assertIn("names are kept by the workers", self.run_program("-t").stdout)
        self.desk.sql(self.schema("--drop"))
        self.assertEqual([], self.own())
        self.desk.sql(self.schema("--drop"))
        self.desk.sql("REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'osticket'@'localhost'")
        self.assertEqual(1, self.run_program("-t").returncode)
        self.desk.sql(self.schema())
        self.assertEqual([name for name in before if "_version" not in name and not name.endswith(("_added", "_changed", "_deleted"))], self.own())
        self.desk.sql(self.schema("--keep-names"))
        self.assertEqual(before, self.own())
        done = self.run_program("-t")
        self.assertEqual(0, done.returncode, done.stdout)

    def test_words_that_it_does_not_know(self):
        done = self.run_program("schema", "drop")
        self.assertEqual((2, ""), (done.returncode, done.stdout))
        self.assertIn("osticket-fcgi schema --drop", done.stderr)


if __name__ == "__main__":
    unittest.main()
