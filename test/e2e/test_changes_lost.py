# SPDX-License-Identifier: GPL-2.0-or-later
"""No change is lost, whenever it is committed: fifty writers, each with transactions of its own that take a while and that it may
call off, a reader who is killed now and then and goes on by the cursor that it last wrote down, and a webhook that is told all of it."""
import random
import time
import unittest

import demo
import hook_desk
from change_reader import changes, entry_sql, event_sql, writer
from desk import until
from webhook_receiver import Receiver

WRITERS = 50
GAP = 8  # seconds: request_timeout and a little
SETTINGS = ("changes.gap=%d" % GAP, "server.request_timeout=3", "database.connect_timeout=2", "database.read_timeout=2",
            "database.write_timeout=2", *hook_desk.SETTINGS)


class Lost(unittest.TestCase):
    """One desk a kind of ids, since a lane has one kind."""

    def script(self, generator, number, step):
        """What one writer does: some transactions, of which one in six is rolled back."""
        lines = []
        if step > 1:
            lines.append("SET SESSION auto_increment_increment=%d, auto_increment_offset=%d;" % (step, number % step + 1))
        for _ in range(8):
            lines.append("START TRANSACTION;")
            for _ in range(generator.randint(1, 3)):
                thread = generator.randint(1, 8)
                lines.append(generator.choice((event_sql("edited", thread=thread), entry_sql("M", thread=thread))))
                lines.append("DO SLEEP(%.3f);" % generator.choice((0, 0, 0.01, 0.1, generator.uniform(0, 1))))
            lines.append("ROLLBACK;" if generator.random() < 1 / 6 else "COMMIT;")
            lines.append("DO SLEEP(%.3f);" % generator.uniform(0, 0.3))
        return "".join(lines)

    def committed(self, desk, behind):
        events = desk.sql("SELECT CONCAT('e',id) FROM ost_thread_event WHERE id>%d ORDER BY id" % behind[0])
        entries = desk.sql("SELECT CONCAT('n',id) FROM ost_thread_entry WHERE id>%d ORDER BY id" % behind[1])
        return [row[0] for row in events + entries]

    def read(self, desk, generator, after, writers):
        """Ids in the order in which they came, those of answers that a killed reader forgot left out."""
        found, deaths, until = [], 0, None
        while until is None or time.monotonic() < until:
            if until is None and all(process.poll() is not None for process in writers):
                until = time.monotonic() + GAP + 4
            part, cursor, end = changes(desk, after=after, limit=generator.choice((1, 7, 50, 500)))
            if generator.random() < 0.1:
                deaths += 1  # before it has written down what it got
                continue
            found += [change["id"] for change in part]
            after = cursor
            if end:
                time.sleep(0.05)
        return found, deaths

    def check(self, found, committed, step):
        """Each once, those of a lane and of a server that writes in the order of their ids."""
        self.assertEqual(sorted(committed), sorted(found))
        for lane in "en":
            for offset in range(step):
                ids = [int(change[1:]) for change in found if change[0] == lane and int(change[1:]) % step == offset]
                self.assertEqual(sorted(ids), ids)

    def told(self, desk):
        """A receiver of all that happens."""
        receiver = Receiver()
        self.addCleanup(receiver.close)
        answer = desk.request("POST", "/webhooks.json", body={"url": receiver.url()}, key=demo.KEY)
        self.assertEqual(201, answer.status, answer)
        return receiver

    def play(self, name, step):
        desk = demo.own_desk(name, SETTINGS)
        self.addCleanup(desk.down)
        generator = random.Random(step)
        desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(1,'*')")
        if step > 1:
            desk.sql("SET GLOBAL auto_increment_increment=%d" % step)
        behind = [int(desk.value("SELECT COALESCE(MAX(id),0) FROM " + table)) for table in ("ost_thread_event", "ost_thread_entry")]
        after, receiver = changes(desk)[1], self.told(desk)
        writers = [writer(desk, self.script(generator, number, step)) for number in range(WRITERS)]
        found, deaths = self.read(desk, generator, after, writers)
        for process in writers:
            self.assertEqual((0, b""), (process.returncode, process.stderr.read()))
            process.stderr.close()
        committed = self.committed(desk, behind)
        self.assertGreater(deaths, 3)
        self.assertGreater(len(committed), 400)
        self.check(found, committed, step)
        until(lambda: len(receiver.calls) >= len(committed), 30)
        self.check([call.json["change"]["id"] for call in receiver.calls], committed, step)
        self.assertEqual(list(range(1, len(committed) + 1)), [call.json["seq"] for call in receiver.calls])
        missing = int(desk.value("SELECT MAX(id)-%d-COUNT(*) FROM ost_thread_event WHERE id>%d" % (behind[0], behind[0])))
        print("%s: %d changes of %d writers, each read once and told once; %d ids of events were never used; the reader died %d times" % (
            name, len(found), WRITERS, missing, deaths))

    def test_one_server_writes(self):
        self.play("lost-one", 1)

    def test_three_servers_write_by_turns(self):
        self.play("lost-three", 3)


if __name__ == "__main__":
    unittest.main()
