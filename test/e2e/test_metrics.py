# SPDX-License-Identifier: GPL-2.0-or-later
"""What the server tells of itself: metrics, health, readiness, status; and that dashboard and rules ask for what is there."""
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest
import uuid

import demo
from desk import ROOT, free_port, until

MONITORING = os.path.join(ROOT, "fcgi", "package", "monitoring")
SAMPLE = re.compile(r'^(\w+)(?:\{(.*)\})? (\S+)$')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.desk = demo.own_desk("metrics", ["server.workers=2", "metrics.listen=127.0.0.1:%d" % cls.port])

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def ask(self, path, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def scrape(self):
        """Values by name and labels."""
        status, text = self.ask("/metrics")
        self.assertEqual(200, status)
        samples = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                name, labels, value = SAMPLE.match(line).groups()
                samples[name, frozenset(LABEL.findall(labels or ""))] = float(value)
        return samples

    def value(self, name, samples=None, **labels):
        return (samples or self.scrape()).get(("osticket_fcgi_" + name, frozenset(labels.items())), 0)

    def command(self, *words, config=None):
        done = subprocess.run([self.desk.env["PROGRAM"], "status", *words, "-c", config or self.desk.env["CONFIG"]],
                              capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    def get(self, path="/tickets", **more):
        return self.desk.get(path, key=demo.KEY, **more).status

    def wait_for_rest(self):
        """Until what was answered is counted, which is done behind the answer."""
        self.assertTrue(until(lambda: self.value("workers", state="idle") == 2, 40))

    # ---- counters

    def test_requests_are_counted_by_operation_and_status(self):
        before = self.scrape()
        for _ in range(5):
            self.get()
        self.desk.get("/tickets")
        self.get("/tickets/ticketInfo?ticketNumber=none")
        self.get("/nothing")
        self.wait_for_rest()
        after = self.scrape()
        for more, operation, status in ((5, "tickets", "200"), (1, "tickets", "401"), (1, "ticketInfo", "404"), (1, "-", "400")):
            labels = {"operation": operation, "status": status}
            self.assertEqual(more, self.value("requests_total", after, **labels) - self.value("requests_total", before, **labels),
                             labels)
        self.assertGreater(self.value("database_round_trips_total", after, operation="tickets"),
                           self.value("database_round_trips_total", before, operation="tickets") + 4)

    def test_the_buckets_are_cumulative_and_end_in_the_count(self):
        self.get()
        self.wait_for_rest()
        samples = self.scrape()
        buckets = sorted((float(dict(labels)["le"]), value) for (name, labels), value in samples.items()
                         if name.endswith("_bucket") and ("operation", "tickets") in labels)
        self.assertEqual(sorted(value for _, value in buckets), [value for _, value in buckets])
        self.assertEqual(float("inf"), buckets[-1][0])
        self.assertEqual(self.value("request_duration_seconds_count", samples, operation="tickets"), buckets[-1][1])
        self.assertGreater(self.value("request_duration_seconds_sum", samples, operation="tickets"), 0)

    def test_counts_outlive_workers_and_reloads(self):
        self.get()
        # Nobody is on the way out any more.
        self.assertTrue(until(lambda: len(self.desk.workers()) == 2, 40))
        self.wait_for_rest()
        before = self.scrape()
        killed = self.desk.workers()
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        died = self.value("children_died_total", before, role="worker") + len(killed)
        until(lambda: self.value("children_died_total", role="worker") >= died, 30)
        self.assertEqual(died, self.value("children_died_total", role="worker"))
        self.assertTrue(until(lambda: self.value("workers", state="idle") == 2, 20))
        self.desk.reload()
        self.desk.reload()
        after = self.scrape()
        for key, value in before.items():
            if key[0].endswith("_total"):
                self.assertGreaterEqual(after.get(key, 0), value, key)
        self.assertEqual(self.value("reloads_total", before) + 2, self.value("reloads_total", after))
        self.assertEqual(0, self.command()[0])

    def test_idempotent_repeats_are_counted(self):
        before = self.value("idempotent_repeats_total", operation="reply")
        key = str(uuid.uuid4())
        for _ in range(3):
            answer = self.desk.request("POST", "/tickets/reply.json", body=demo.reply(), key=demo.KEY,
                                       headers=[("Idempotency-Key", key)])
            self.assertEqual(200, answer.status, str(answer))
        self.wait_for_rest()
        self.assertEqual(before + 2, self.value("idempotent_repeats_total", operation="reply"))
        demo.reset(self.desk)

    def test_mails_are_counted(self):
        before = self.value("mails_sent_total")
        self.assertEqual(200, demo.post_reply(self.desk).status)
        self.assertTrue(until(lambda: self.value("mails_sent_total") > before, 30))
        samples = self.scrape()
        self.assertIn(("osticket_fcgi_mail_queue", frozenset({("state", "waiting")})), samples)
        demo.reset(self.desk)

    # ---- no worker is used

    def test_it_answers_while_no_worker_can(self):
        workers = self.desk.workers()
        for pid in workers:
            os.kill(pid, signal.SIGSTOP)
        thread = threading.Thread(target=self.get)
        try:
            thread.start()
            self.assertEqual((200, "ok\n"), self.ask("/health"))
            self.assertEqual(200, self.ask("/metrics")[0])
            self.assertEqual(0, self.command()[0])
        finally:
            for pid in workers:
                os.kill(pid, signal.SIGCONT)
            thread.join(60)

    def test_a_busy_worker_is_seen(self):
        # A request whose parameters never come, sent past nginx.
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.desk.env["SOCKET"])
            connection.sendall(bytes([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
            self.assertTrue(until(lambda: self.value("workers", state="busy") == 1, 20))
            self.assertIn("(reading the request)", self.command()[1])
        self.assertTrue(until(lambda: self.value("workers", state="busy") == 0, 40))

    # ---- health and readiness

    def test_health_lives_without_the_database_and_readiness_does_not(self):
        self.assertEqual((200, "ready\n"), self.ask("/ready"))
        self.assertEqual((200, "ready\n"), self.through_nginx("/ready"))
        self.desk.database("stop")
        try:
            self.assertTrue(until(lambda: self.ask("/ready")[0] == 503, 20))
            self.assertEqual((503, "the database does not answer\n"), self.ask("/ready"))
            begun = time.monotonic()
            self.assertEqual((200, "ok\n"), self.ask("/health"))
            self.assertLess(time.monotonic() - begun, 5)
            self.assertEqual(503, self.through_nginx("/ready")[0])
            self.assertEqual((200, "ok\n"), self.through_nginx("/health"))
            self.assertEqual(0, self.value("database_up"))
            code, text, _ = self.command()
            self.assertEqual(0, code)
            self.assertIn("NOT READY: the database does not answer", text)
        finally:
            self.desk.database("start")
        self.assertTrue(until(lambda: self.ask("/ready")[0] == 200, 30))
        self.assertTrue(until(lambda: self.through_nginx("/ready")[0] == 200, 30))

    def through_nginx(self, path):
        answer = self.desk.get(path)
        return answer.status, answer.text

    def with_setting(self, section, key, value):
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            before = file.read()

        def back():
            with open(self.desk.env["CONFIG"], "w", encoding="utf-8") as file:
                file.write(before)
            self.desk.reload()
        self.addCleanup(back)
        self.desk.setting(section, key, value)
        self.desk.reload()

    def test_health_is_unknown_to_other_networks(self):
        for networks in ("192.0.2.0/24", ""):
            self.with_setting("api", "health_networks", networks)
            for path in ("/health", "/ready"):
                self.assertEqual((400, "URL not supported"), self.through_nginx(path))
        self.with_setting("api", "health_networks", "192.0.2.0/24, 127.0.0.1")
        self.assertEqual((200, "ok\n"), self.through_nginx("/health"))

    def test_metrics_are_for_allowed_networks(self):
        self.with_setting("metrics", "allow", "192.0.2.0/24")
        with self.assertRaises(OSError):
            self.ask("/metrics")
        self.assertEqual(0, self.command()[0])

    def test_what_is_no_page_and_no_get(self):
        self.assertEqual(404, self.ask("/")[0])
        self.assertEqual(404, self.ask("/metrics/../status")[0])
        self.assertEqual(405, self.ask("/metrics", "POST")[0])
        self.assertEqual((200, ""), self.ask("/health", "HEAD"))

    # ---- status

    def test_status_as_json(self):
        code, text, _ = self.command("--json")
        self.assertEqual(0, code)
        status = json.loads(text)
        self.assertEqual((self.desk.pid, True, None), (status["pid"], status["ready"], status["trouble"]))
        self.assertEqual(set(self.desk.workers()) | {self.desk.mailer(), self.desk.cron(), self.desk.feed(),
                                                     self.desk.hooks()},
                         {child["pid"] for child in status["processes"] if child["role"] != "metrics"})
        self.assertEqual(2, status["workers"]["configured"])
        self.assertEqual(status, {**status, **json.loads(self.ask("/status")[1]), "uptime": status["uptime"],
                                  "processes": status["processes"], "requests": status["requests"],
                                  "errors": status["errors"]})

    def test_the_last_errors_are_shown(self):
        self.desk.sql("RENAME TABLE ost_ticket_priority TO hidden")
        try:
            request = "error-" + str(uuid.uuid4())
            self.assertEqual(500, self.get("/tickets/ticketInfo?ticketNumber=310042", headers={"X-Request-Id": request}))
        finally:
            self.desk.sql("RENAME TABLE hidden TO ost_ticket_priority")
        # It is noted once the answer is sent.
        self.assertTrue(until(lambda: request in self.command()[1], 20))
        errors = json.loads(self.command("--json")[1])["errors"]
        self.assertTrue([error for error in errors if request in error["text"]])
        self.assertRegex(errors[0]["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_a_lost_status_socket_is_made_anew(self):
        path, before = self.desk.env["SOCKET"] + ".status", set(self.desk.workers())
        self.assertEqual(0o660, os.stat(path).st_mode & 0o777)
        os.remove(path)
        self.assertTrue(until(lambda: self.command()[0] == 0, 20))
        # All children are replaced for it; the next test finds nobody on the way out.
        self.assertTrue(until(lambda: len(self.desk.workers()) == 2 and not before & set(self.desk.workers()), 40))

    def test_nothing_runs_is_a_sentence_and_a_status(self):
        config = self.desk.env["CONFIG"] + ".other"
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            text = file.read()
        with open(config, "w", encoding="utf-8") as file:
            file.write(text.replace("osticket-fcgi.sock", "nobody.sock"))
        code, out, complaint = self.command(config=config)
        os.remove(config)
        self.assertEqual((1, ""), (code, out))
        self.assertIn("osticket-fcgi does not run", complaint)
        self.assertEqual(2, self.command("--yaml")[0])

    # ---- what is delivered for Prometheus and Grafana

    def names(self):
        return {name for name, _ in self.scrape()}

    def asked_for(self, file):
        with open(os.path.join(MONITORING, file), encoding="utf-8") as opened:
            return set(re.findall(r"osticket_fcgi_\w+", opened.read()))

    def test_rules_and_dashboard_ask_for_what_there_is(self):
        self.get()
        self.wait_for_rest()
        names = self.names()
        for file in ("alerts.yml", "grafana-dashboard.json"):
            asked = self.asked_for(file)
            self.assertGreater(len(asked), 5)
            self.assertEqual(set(), asked - names, file)

    def test_the_dashboard_is_json_whose_panels_do_not_overlap(self):
        with open(os.path.join(MONITORING, "grafana-dashboard.json"), encoding="utf-8") as file:
            panels = json.load(file)["panels"]
        cells = [(x, y) for grid in (panel["gridPos"] for panel in panels)
                 for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])]
        self.assertEqual(len(cells), len(set(cells)))
        self.assertLess(max(x for x, _ in cells), 24)

    @unittest.skipUnless(shutil.which("promtool"), "no promtool here")
    def test_promtool_takes_the_metrics_and_the_rules(self):
        self.get()
        done = subprocess.run(["promtool", "check", "metrics"], input=self.ask("/metrics")[1], capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, done.stderr))
        done = subprocess.run(["promtool", "check", "rules", os.path.join(MONITORING, "alerts.yml")], capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
