# SPDX-License-Identifier: GPL-2.0-or-later
"""osticket-fcgi hook: webhooks from the command line; and what -t and the metrics say of them."""
import os
import re
import subprocess
import unittest

import demo
from desk import ROOT, until
from hook_desk import HOOK_KEY, HookDesk, event
from webhook_receiver import answer


class Command(HookDesk):
    NAME = "hook_command"

    def hook(self, *words, status=0):
        done = subprocess.run([self.desk.env["PROGRAM"], "hook", *words, "-c", self.desk.env["CONFIG"]], capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual(status, done.returncode, (words, done.stdout, done.stderr))
        return done.stdout + done.stderr

    def check(self):
        return subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True, text=True,
                              timeout=60, check=False).stdout

    def test_a_webhook_is_added_tested_changed_and_dropped(self):
        receiver = self.receiver()
        self.assertIn("There are no webhooks.", self.hook())
        said = self.hook("add", receiver.url(), "--key", str(self.key_id), "--types", "ticket.closed,ticket.reopened")
        secret = re.search(r"whsec_\S+", said).group(0)
        number = re.search(r"webhook (\d+)", said).group(1)
        self.assertIn(receiver.url(), self.hook("list"))
        self.assertIn("sent", self.hook("test", number))
        self.assertTrue(self.calls(receiver, 1)[0].signed_by(secret))
        self.assertNotIn("whsec_", self.hook("show", number))
        fresh = re.search(r"whsec_\S+", self.hook("set", number, "--new-secret", "--types", "all")).group(0)
        self.hook("test", number)
        call = self.calls(receiver, 2)[1]
        self.assertTrue(call.signed_by(secret) and call.signed_by(fresh))
        delivery = re.search(r"^ *(\d+) .*\btest\b", self.hook("deliveries", number), re.M).group(1)
        self.hook("replay", number, delivery)
        self.calls(receiver, 3)
        self.hook("set", number, "--off")
        self.assertIn("off: switched off by hand", self.hook("show", number))
        self.assertIn("webhook %s is off: switched off by hand" % number, self.check())
        self.hook("set", number, "--on")
        self.assertIn("no more", self.hook("drop", number))
        self.assertIn("There are no webhooks.", self.hook())

    def test_one_that_is_never_taken_is_skipped(self):
        receiver = self.receiver(lambda call, connection: answer(200 if call.json["type"] == "ticket.reopened" else 500))
        number = re.search(r"webhook (\d+)", self.hook("add", receiver.url(), "--key", str(self.key_id))).group(1)
        self.write(event("closed"), event("reopened"))
        self.assertTrue(until(lambda: "it answers 500" in self.hook("deliveries", number), 30), self.hook("deliveries", number))
        first = re.findall(r"^ *(\d+)  seq", self.hook("deliveries", number), re.M)[-1]
        self.hook("skip", number, first)
        self.assertTrue(until(lambda: "sent" in self.hook("deliveries", number), 30))
        self.assertIn("dropped by hand", self.hook("deliveries", number))

    def test_without_the_tables_all_else_works(self):
        self.desk.sql("DROP TABLE fcgi_ost_webhook, fcgi_ost_delivery, fcgi_ost_position")
        try:
            for method, body in (("GET", None), ("POST", {"url": "https://a.example/"})):
                got = self.desk.request(method, "/webhooks.json", body=body, key=HOOK_KEY)
                self.assertEqual(503, got.status, got)
            self.assertEqual(200, demo.post_reply(self.desk).status)
            self.assertEqual(200, self.desk.get("/tickets/ticketInfo?ticketNumber=310042", key=demo.KEY).status)
            self.assertIn("fcgi-webhook.sql", self.hook("list", status=1))
            for table in ("webhook", "delivery", "position"):
                self.assertRegex(self.check(), "fcgi_ost_%s" % table)
        finally:
            self.desk.load(os.path.join(ROOT, "schema", "fcgi-webhook.sql"))

    def test_what_is_wrong_is_said(self):
        self.hook("add", "http://10.0.0.1/", "--key", str(self.key_id), status=2)
        self.hook("add", "https://a.example/", status=2)
        self.hook("add", "https://a.example/", "--key", "999", status=1)
        self.hook("add", "https://a.example/", "--key", str(self.key_id), "--types", "x", status=2)
        self.hook("show", "x", status=2)
        self.hook("show", "999", status=1)
        self.hook("nonsense", status=2)


if __name__ == "__main__":
    unittest.main()
