# SPDX-License-Identifier: GPL-2.0-or-later
"""The page on the tickets: an agent notes, answers, assigns and closes; once, and over nobody's head."""
import subprocess
import unittest

import demo
import looks
from page_desk import PageDesk

SUBJECT = "Second key for the site container"  # 310101, ticket 1002: open, nobody's
NOTES = "SELECT COUNT(*) FROM ost_thread_entry WHERE thread_id=1002 AND type='%s'"


class Acts(PageDesk):
    dirty = True

    def acting(self, scopes="read notes catalog note reply assign status", agent="mvries", **looks_like):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='%s', any_staff=1" % scopes)
        tab = self.opened("/310101?state=open", **looks_like)
        self.ticket_comes(tab, SUBJECT)
        if agent:
            tab.fill("#agent", agent)
        return tab

    def act(self, tab, name, **values):
        tab.click("[aria-controls=act-%s]" % name)
        for control, value in values.items():
            tab.fill("#act-%s [name=%s]" % (name, control), value)
        tab.click("#act-%s .primary" % name)

    def done(self, tab, name):
        tab.wait("document.querySelector('#act-%s').hidden" % name)

    def test_a_note_stands_in_the_thread_and_in_the_database(self):
        tab = self.acting()
        self.act(tab, "note", note="The key hangs at the gate.", title="Key")
        tab.wait("document.querySelector('.entry.fresh.note')?.innerText.includes('The key hangs at the gate.')")
        self.done(tab, "note")
        self.assertEqual("act-note", tab.evaluate("document.activeElement.getAttribute('aria-controls')"))
        self.assertEqual(["1", "Key"], self.desk.sql("SELECT staff_id, title FROM ost_thread_entry WHERE thread_id=1002 AND type='N'")[0])
        self.assertEqual("", tab.evaluate("document.querySelector('#act-note [name=note]').value"))
        tab.quiet()

    def test_it_is_assigned_answered_and_closed_and_opened_again(self):
        tab = self.acting()
        self.act(tab, "assign", staff="mvries")
        tab.wait("document.querySelector('.facts').innerText.includes('Marieke de Vries')")
        self.act(tab, "answer", response="It is on its way.\n<b>Tomorrow</b>.")
        tab.wait("document.querySelector('.entry.fresh.response')?.innerText.includes('<b>Tomorrow</b>.')")
        self.assertEqual("1", self.desk.value(NOTES % "R"))
        self.act(tab, "close", comments="Sent.")
        tab.wait("document.querySelector('.badges .badge.closed') && !document.querySelector('#rows').innerText.includes(%r)" % SUBJECT)
        self.assertEqual("Open again", tab.text("[aria-controls=act-close]"))
        self.act(tab, "close")
        tab.wait("document.querySelector('.badges .badge.open')")
        self.assertEqual("1", self.desk.value("SELECT status_id FROM ost_ticket WHERE ticket_id=1002"))
        tab.quiet()

    def test_what_somebody_else_changed_is_shown_before_it_is_sent(self):
        tab = self.acting()
        tab.click("[aria-controls=act-note]")
        tab.fill("#act-note [name=note]", "Called back.")
        self.desk.sql("UPDATE ost_ticket SET status_id=6, updated=NOW() WHERE ticket_id=1002")
        tab.click("#act-note .primary")
        tab.wait("document.querySelector('#act-note .notice')?.innerText.includes('changed the ticket meanwhile')")
        self.assertEqual("0", self.desk.value(NOTES % "N"))
        tab.click("#act-note .notice button")
        tab.wait("document.querySelector('.badges .badge').textContent === 'Waiting for parts' && !document.querySelector('#act-note .notice')")
        self.assertEqual("Called back.", tab.evaluate("document.querySelector('#act-note [name=note]').value"))
        tab.press("Enter")
        self.done(tab, "note")
        self.assertEqual("1", self.desk.value(NOTES % "N"))
        tab.quiet("412")

    def test_an_answer_that_was_lost_is_not_written_twice(self):
        tab = self.acting()
        tab.answer("*/note.json", 0, late=True)
        self.act(tab, "note", note="Once.")
        tab.wait("document.querySelector('#act-note .notice')?.innerText.includes('carried out once')")
        self.assertEqual("1", self.desk.value(NOTES % "N"))
        tab.answer_no_more()
        tab.click("#act-note .primary")
        self.done(tab, "note")
        self.assertEqual("1", self.desk.value(NOTES % "N"))
        tab.quiet("ERR_")

    def test_what_is_refused_is_said_at_its_field_and_what_was_typed_stays(self):
        tab = self.acting()
        self.act(tab, "close", status="Clsoed", comments="Done.")
        tab.wait("document.querySelector('#act-close [name=status] ~ .error').innerText.includes('no such status')")
        self.assertEqual(["status", "true"], tab.evaluate("[document.activeElement.name, document.activeElement.getAttribute('aria-invalid')]"))
        tab.evaluate("location.hash = '#/310100?state=open'")
        tab.wait("document.querySelector('#ticket-title').textContent.includes('excavator')")
        tab.evaluate("history.back()")
        self.ticket_comes(tab, SUBJECT)
        self.assertEqual("Done.", tab.evaluate("document.querySelector('#act-close [name=comments]').value"))
        tab.quiet("422")

    def test_only_what_the_key_may_is_offered(self):
        tab = self.acting("read note")
        self.assertEqual(["Note"], tab.texts(".act-bar button"))
        self.assertIsNone(self.without(tab, "read"))
        self.desk.sql("UPDATE fcgi_ost_key SET any_staff=0")
        self.assertIsNone(self.without(tab, "read note"))

    def without(self, tab, scopes):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='%s'" % scopes)
        tab.reload()
        self.ticket_comes(tab, SUBJECT)
        return tab.evaluate("document.querySelector('.acts')")

    def test_the_call_is_shown_before_it_is_made_and_does_the_same_in_a_shell(self):
        tab = self.acting()
        tab.click("[aria-controls=act-note]")
        tab.click("#act-note summary")
        tab.fill("#act-note [name=note]", "It's \"quoted\" & $HOME")
        command = tab.text("#act-note .command code")
        for part in ("-X POST", "Idempotency-Key: ", "If-Match: ", "X-Act-As: mvries"):
            self.assertIn(part, command)
        done = subprocess.run(command + " -sS -o /dev/null -w '%{http_code}'", shell=True, capture_output=True, text=True, timeout=60, check=False,
                              env={"KEY": demo.KEY, "PATH": "/usr/bin:/bin"})
        self.assertEqual("201", done.stdout, command + done.stderr)
        self.assertIn("\"quoted\" &amp; $HOME", self.desk.value("SELECT body FROM ost_thread_entry WHERE thread_id=1002 AND type='N'").replace("&quot;", '"'))
        tab.quiet()

    def test_the_forms_can_be_read_and_hit_narrow_and_wide_light_and_dark(self):
        for width, dark in ((375, False), (1280, True)):
            tab = self.acting(width=width, dark=dark)
            for name in ("answer", "note", "assign", "close"):
                tab.click("[aria-controls=act-%s]" % name)
                for check in (looks.faint, looks.wide, looks.small, looks.nameless):
                    self.assertEqual([], check(tab), "%s, %d: %s" % (name, width, check.__name__))
            tab.quiet()


if __name__ == "__main__":
    unittest.main()
