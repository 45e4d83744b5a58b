# SPDX-License-Identifier: GPL-2.0-or-later
"""The process that calls webhooks, the receiver, the database and the link to it are killed at each step of that process's work: before and
after each kind of statement that it sends, and at each phase of a call, while changes go on. CHANGES=2000 takes each step with each of
them; fewer (300) take each step once. What the steps are is looked at first, so that a new statement is a new step."""
import collections
import os
import re
import signal
import tempfile
import unittest
from typing import NamedTuple

from change_reader import entry_sql, event_sql
from desk import until
from halting_database import HaltingDatabase
from halting_receiver import PHASES, HaltingReceiver
from hook_crashes import CrashDesk
from hook_desk import HOOK_KEY, OTHER_KEY, add_key

CHANGES = int(os.environ.get("CHANGES", "300"))
IS_WHOLE = CHANGES >= 2000
HERE, ELSEWHERE = 3, 1  # threads: of a ticket in the department that the second key sees, and of another
VICTIMS = ("hooks", "receiver", "link", "database")
# What has to be among the statements, or nothing was looked at: the lease, the look, the page of changes, what is told, what became of it.
EXPECTED = ("GET_LOCK", "SET lease=?,until", "SET lease='',until=NULL", "FROM fcgi_ost_position", "auto_increment_increment", "START TRANSACTION",
            "FOR UPDATE", "INSERT INTO fcgi_ost_delivery", "SET w.seq=GREATEST", "SET position=?", "COMMIT", "ORDER BY d.seq LIMIT ?",
            "SET state='sent'", "SET attempts=attempts+?,status=?", "SET state='waiting',error=", "SET failing=COALESCE", "SET failing=NULL",
            "SET state=?,reason=?", "SET state=?,error=?", "WHERE finished<UTC_TIMESTAMP()", "WHERE webhook_id NOT IN")


class Step(NamedTuple):
    victim: str
    scene: str  # what brings it about
    where: str  # before or after a statement; a phase of a call
    kind: str = ""  # of a statement

    def __str__(self):
        return "%s %s (%s)" % (self.where, self.kind or "in a call", self.victim)


class Steps(CrashDesk):
    NAME = "hooks_steps"
    SETTINGS = (*CrashDesk.SETTINGS, "server.workers=1")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = os.path.join(tempfile.mkdtemp(prefix="ost"), "halting.sock")
        cls.database = HaltingDatabase(path, cls.desk.env["SOCK"], "osticket-hooks")
        cls.desk.setting("database", "socket", path)
        cls.desk.reload()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.database.close()

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.receiver = HaltingReceiver(folder.name)
        self.addCleanup(self.receiver.kill)
        add_key(self.desk, OTHER_KEY, "read notes webhooks", depts="1")
        self.everything = self.register(self.receiver.url("/everything"), types=self.types())
        self.some = self.register(self.receiver.url("/some"), key=OTHER_KEY, include=["ticket", "entry"], types=self.types())
        self.last = [int(self.desk.value("SELECT MAX(id) FROM ost_thread_" + table)) for table in ("event", "entry")]
        self.further, self.changes, self.kinds = [], 0, {}
        self.struck = collections.Counter()

    @staticmethod
    def types():
        return ["ticket.edited", "entry.message"]

    # ---- changes, and what else brings the steps about
    def change(self):
        """Five changes, of which three are the second webhook's."""
        self.desk.sql("SET sql_mode='';" + event_sql("edited", HERE) + entry_sql("M", HERE) + event_sql("edited", ELSEWHERE) +
                      entry_sql("M", ELSEWHERE) + event_sql("edited", HERE))
        self.changes += 5

    def begin(self):
        """Its end as an administrator's, and the beginning of the next."""
        pid = until(self.desk.hooks, 20)
        os.kill(pid, signal.SIGTERM)
        self.change()

    def fail_once(self):
        self.receiver.say("answer", "/everything", "500")
        self.change()

    def be_refused(self):
        """A webhook of its own, which is switched off."""
        self.further.append(self.register(self.receiver.url("/status/410"), types=self.types()))
        self.change()

    def give_up(self):
        """Another one, whose first change has had all its tries."""
        self.further.append(self.register(self.receiver.url("/status/500"), types=["ticket.edited"]))
        self.change()

    SCENES = {"a change": change, "a beginning": begin, "a failure": fail_once, "a refusal": be_refused, "the last try": give_up}

    def nudge(self):
        """Nothing waits that need not: neither the process for its next look nor a change for its next try."""
        last_tries = "".join("UPDATE fcgi_ost_delivery SET attempts=20 WHERE webhook_id=%d AND seq=1;" % hook["id"] for hook in self.further)
        try:
            self.desk.sql("SET innodb_lock_wait_timeout=1;" + last_tries + "UPDATE fcgi_ost_delivery SET due=UTC_TIMESTAMP() WHERE state='waiting'")
        except RuntimeError:
            pass  # of a transaction that was halted a moment ago
        pid = self.desk.hooks()
        if pid:
            os.kill(pid, signal.SIGUSR1)  # for its log; it ends any wait

    def nudged_until(self, condition, seconds):
        def asked():
            met = condition()
            if not met:
                self.nudge()
            return met
        return until(asked, seconds)

    # ---- which steps there are
    def look_at_steps(self):
        """Each kind of statement with what brings it about."""
        self.change()
        self.come_to_rest("before the first look")  # the first webhook is a beginning, too
        self.database.seen()
        for scene, play in self.SCENES.items():
            play(self)
            self.come_to_rest(scene)
            self.tidy()
            for kind in self.database.seen():
                if kind != "ROLLBACK":  # of two that were in each other's way, which no scene brings about
                    self.kinds.setdefault(kind, scene)
        for words in EXPECTED:
            self.assertTrue(any(words in kind for kind in self.kinds), (words, [kind[:200] for kind in self.kinds]))

    def all_steps(self):
        """By turns: a process that dies within its first second again and again is started late."""
        steps = []
        for i, (kind, scene) in enumerate(self.kinds.items()):
            sides = ("before", "after") if i % 2 else ("after", "before")
            for victim, where in (("hooks", sides[0]), ("link", sides[0]), ("receiver", sides[0]), ("hooks", sides[1]), ("link", sides[1]),
                                  ("database", sides[1])):
                steps.append(Step(victim, scene, where, kind))
        return steps + [Step(victim, "a change", phase) for phase in PHASES for victim in VICTIMS]

    def some_steps(self):
        statements = [(scene, kind) for kind, scene in self.kinds.items()]
        steps = [Step(("hooks", "link", "hooks", "link", "receiver")[i % 5], scene, ("before", "after")[i // 2 % 2], kind)
                 for i, (scene, kind) in enumerate(statements)]
        steps += [Step("database", *[step for step in steps if words in step.kind][0][1:]) for words in ("COMMIT", "SET state='sent'")]
        return steps + [Step(VICTIMS[i % 3], "a change", phase) for i, phase in enumerate(PHASES)] + [Step("database", "a change", "kept")]

    # ---- one of them
    def arm(self, step):
        """What tells whether it is reached."""
        if step.kind:
            halt = self.database.halt_at(step.kind, step.where)
            return halt, halt.reached.is_set
        # Whether the answer is read is not known; so it is not read before the strike.
        phase = "kept" if step.where == "answered" else step.where
        self.receiver.say("halt", phase)
        return None, lambda: self.receiver.heard(0.02) == phase

    def stop_before_answer(self):
        pid = self.desk.hooks()
        os.kill(pid, signal.SIGSTOP)
        self.receiver.say("halt", "answered")
        self.receiver.say("go")
        self.assertEqual("answered", self.receiver.heard(20))
        return pid

    def strike(self, step, halt):
        stopped = self.stop_before_answer() if step.where == "answered" else None
        if step.victim == "hooks":
            self.kill_hooks()
        elif step.victim == "receiver":
            self.receiver.kill()
        elif step.victim == "database":
            self.kill_database()
        if halt:
            halt.release(step.victim == "receiver")
        elif step.victim != "receiver":
            self.receiver.say("go")
        if step.victim == "link":
            self.database.cut()
        if stopped and step.victim != "hooks":
            os.kill(stopped, signal.SIGCONT)

    def heal(self, step):
        if step.victim == "receiver":
            self.receiver.start()
        if step.victim == "database":
            answered = self.database.answered
            self.assertTrue(until(lambda: self.desk.request("GET", "/webhooks.json", key=HOOK_KEY).status == 200, 30))
            self.assertTrue(self.nudged_until(lambda: self.database.answered > answered, 30))

    def take(self, step):
        halt, is_reached = self.arm(step)
        self.SCENES[step.scene](self)
        self.assertTrue(self.nudged_until(is_reached, 40), "never reached: %s" % (step,))
        self.strike(step, halt)
        self.change()  # while it is down
        self.heal(step)
        self.struck[step.victim, step.where, step.kind] += 1
        if step.scene != "a change":
            self.come_to_rest(step)
        self.tidy()

    # ---- how it ends
    def sent(self, webhook):
        return int(self.desk.value("SELECT COUNT(*) FROM fcgi_ost_delivery WHERE webhook_id=%d AND state='sent'" % webhook["id"]))

    def come_to_rest(self, what):
        """All is told, those that were to be switched off are, and what was to be given up is."""
        self.assertTrue(self.nudged_until(lambda: self.sent(self.everything) >= self.changes, 60), what)
        self.assertTrue(self.nudged_until(lambda: self.sent(self.some) >= self.changes * 3 // 5, 60), what)
        for hook in self.further:
            wanted = "SELECT 1 FROM fcgi_ost_webhook WHERE id=%d AND state='off'" if "410" in hook["url"] else \
                     "SELECT 1 FROM fcgi_ost_delivery WHERE webhook_id=%d AND seq=1 AND state='failed'"
            self.assertTrue(self.nudged_until(lambda sql=wanted % hook["id"]: self.desk.value(sql), 60), (what, hook["url"]))

    def tidy(self):
        for hook in self.further:
            self.assertEqual(200, self.desk.request("DELETE", "/webhooks/%d.json" % hook["id"], key=HOOK_KEY).status)
        self.further = []

    def written(self, threads):
        return {row[0] for row in self.desk.sql(" UNION ALL ".join(
            "SELECT CONCAT('%s',id) FROM ost_thread_%s WHERE id>%d AND thread_id IN (%s)" % (letter, table, last, threads)
            for letter, table, last in zip("en", ("event", "entry"), self.last)))}

    def told(self, webhook, path, threads):
        """How many calls there were of it, and repeats; its numbers are without gaps."""
        calls, written = self.receiver.calls(path), self.written(threads)
        repeats = self.check(calls, webhook, written)
        self.assertEqual(set(range(1, len(written) + 1)), {call.json["seq"] for call in calls})
        return len(written), len(calls), repeats

    def report(self):
        for victim in VICTIMS:
            kinds = {(where, kind) for one, where, kind in self.struck if one == victim}
            print("%d kills of the %s at %d steps" % (sum(count for (one, _, _), count in self.struck.items() if one == victim), victim, len(kinds)))
        for kind in [*self.kinds, ""]:
            for where in ("before", "after") if kind else PHASES:
                counts = {victim: self.struck[victim, where, kind] for victim in VICTIMS if self.struck[victim, where, kind]}
                if not counts:
                    continue
                short = re.sub(r"^SELECT .* FROM", "SELECT … FROM", kind) if len(kind) > 90 else kind
                print("  %-9s %s%s" % (where, "%s: " % short[:90] if kind else "", ", ".join("%d %s" % (n, v) for v, n in counts.items())))

    def test_each_step(self):
        self.look_at_steps()
        wanted = self.all_steps() if IS_WHOLE else self.some_steps()
        left = collections.deque(wanted)
        while left or self.changes < CHANGES:
            if not left:
                left.extend(wanted)
            self.take(left.popleft())
        self.come_to_rest("the end")
        everything = self.told(self.everything, "/everything", "%d,%d" % (HERE, ELSEWHERE))
        some = self.told(self.some, "/some", HERE)
        print("\n%d changes; told %d in %d calls, %d of them repeats, and %d in %d calls, %d of them repeats; %d kinds of statements, %d steps" % (
            self.changes, *everything, *some, len(self.kinds), len(set(wanted))))
        self.report()
        self.assertEqual(self.changes, everything[0])
        for step in wanted:
            self.assertTrue(self.struck[step.victim, step.where, step.kind], step)


if __name__ == "__main__":
    unittest.main()
