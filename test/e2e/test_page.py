# SPDX-License-Identifier: GPL-2.0-or-later
"""The page on the tickets: key, list, pages, ticket, files, by mouse and by keyboard."""
import subprocess
import unittest

import demo
import looks
from page_desk import PageDesk

GAUGE = "Pressure gauge reads zero"


class Page(PageDesk):
    # ---- the key -------------------------------------------------------------------------------------------------------
    def test_the_key_is_typed_once_stays_in_the_tab_and_is_in_no_address(self):
        tab = self.browser.tab()
        self.addCleanup(tab.close)
        tab.go(self.url)
        tab.wait("document.activeElement.id === 'key-text'")
        tab.type("WRONG")
        tab.press("Enter")
        tab.wait("document.querySelector('#key-error').textContent.includes('not taken')")
        tab.fill("#key-text", demo.KEY)
        tab.press("Enter")
        tab.wait("document.querySelectorAll('#rows tbody tr').length")
        tab.reload()
        tab.wait("document.querySelectorAll('#rows tbody tr').length")
        self.assertFalse([url for url in tab.requests if demo.KEY in url])
        self.assertNotIn(demo.KEY, tab.evaluate("location.href + document.documentElement.outerHTML"))
        self.assertEqual([0, ""], tab.evaluate("[localStorage.length, document.cookie]"))
        tab.click("#forget")
        tab.wait("!document.querySelector('#door').hidden")
        self.assertIsNone(tab.evaluate("sessionStorage.getItem('osticket-fcgi-key')"))
        self.assertEqual("", tab.text("#rows"))
        tab.quiet("401")

    # ---- the list --------------------------------------------------------------------------------------------------------
    def test_filters_narrow_the_list_and_the_way_back_widens_it(self):
        tab = self.opened()
        self.assertIn("of 29", tab.text("#pages"))
        self.rows_come(tab, lambda: tab.click("input[name=state][value=closed]"))
        self.assertEqual({"Closed", "Resolved"}, set(tab.texts("#rows .status .badge")))
        tab.click("button[aria-controls=more-filters]")
        tab.click("#filter-department")
        tab.type("Workshop")
        self.rows_come(tab, lambda: tab.press("Enter"))
        self.assertEqual({"Workshop"}, set(tab.texts("#rows td.department")))
        self.assertEqual(["Department: Workshop"], tab.texts(".chip"))
        self.rows_come(tab, lambda: tab.click(".chip"))
        self.assertIn("Hire desk", tab.texts("#rows td.department"))
        self.rows_come(tab, lambda: tab.evaluate("history.back()"))
        self.assertEqual({"Workshop"}, set(tab.texts("#rows td.department")))
        tab.quiet()

    def test_what_the_server_does_not_know_is_said_at_the_field(self):
        tab = self.opened("/?state=open&priority=Hihg")
        self.assertIn("Hihg", tab.text("#list-notice"))
        self.assertIn("Hihg", tab.text("#filter-priority-wrong"))
        self.assertEqual("true", tab.evaluate("document.querySelector('#filter-priority').getAttribute('aria-invalid')"))
        tab.fill("#filter-priority", "High")
        tab.press("Enter")
        tab.wait("document.querySelectorAll('#rows tbody tr').length")
        self.assertEqual(["", ""], [tab.text("#list-notice"), tab.text("#filter-priority-wrong")])
        tab.quiet("422")

    def test_pages_forward_and_back_lose_and_double_nothing(self):
        self.dirty = True
        tab = self.opened("/?")
        pages = [self.subjects(tab)]
        self.desk.sql("INSERT INTO ost_ticket(ticket_id,number,user_id,status_id,dept_id,staff_id,ip_address,lastupdate,created,updated) "
                      "VALUES(9001,'399001',1,1,1,1,'',NOW(),NOW(),NOW())")
        while tab.evaluate("Boolean(document.querySelector('a[rel=next]'))"):
            self.rows_come(tab, lambda: tab.click("a[rel=next]"))
            self.assertEqual("list-title", tab.evaluate("document.activeElement.id"))
            pages.append(self.subjects(tab))
        self.assertEqual((3, 58), (len(pages), len({subject for page in pages for subject in page})))
        self.assertIn("51–58 of 58", tab.text("#pages"))
        for page in reversed(pages[1:-1]):
            self.rows_come(tab, lambda: tab.click("a[rel=prev]"))
            self.assertEqual(page, self.subjects(tab))
        self.rows_come(tab, lambda: tab.click("a[rel=prev]"))
        self.assertEqual(["(no subject)", *pages[0][:-1]], self.subjects(tab))
        tab.quiet()

    # ---- a ticket ----------------------------------------------------------------------------------------------------------
    def test_a_ticket_opens_beside_the_list_with_thread_events_and_facts(self):
        tab = self.opened()
        tab.evaluate("[...document.querySelectorAll('#rows a')].find(a => a.textContent === %r).click()" % GAUGE)
        self.ticket_comes(tab, GAUGE)
        self.assertEqual("ticket-title", tab.evaluate("document.activeElement.id"))
        self.assertEqual(["Anna Lindqvist"], tab.texts(".thread .message header b"))
        self.assertIn("Here is what it shows while the pump runs:", tab.text(".thread .message"))
        self.assertIn("opened the ticket", tab.text(".thread .event"))
        facts = tab.text(".facts")
        for text in ("anna@quay.example", "Quay Builders", "Tobenna Okafor", "Machine stands still", "log of the pump.txt"):
            self.assertIn(text, facts)
        self.assertTrue(tab.evaluate("document.querySelector('#list').checkVisibility()"))
        tab.quiet()

    def test_a_picture_is_shown_where_it_stands_in_the_text(self):
        tab = self.opened("/310104?")
        self.ticket_comes(tab, GAUGE)
        tab.wait("document.querySelector('.body img')?.complete && document.querySelector('.body img').naturalWidth")
        self.assertEqual([340, 220, "A gauge at zero"], tab.evaluate("(({naturalWidth, naturalHeight, alt}) => [naturalWidth, naturalHeight, alt])(document.querySelector('.body img'))"))
        self.assertEqual(1, tab.evaluate("document.querySelectorAll('.thread img').length"))
        tab.quiet()

    def test_a_file_is_saved_with_its_name_and_every_byte(self):
        wanted = bytes(range(256)) * 3000
        self.dirty = True
        self.desk.sql("UPDATE ost_file SET size=%d, name='réçu & 1.bin', type='application/x-thing' WHERE name='log of the pump.txt'; "
                      "UPDATE ost_file_chunk SET filedata=X'%s' WHERE file_id=(SELECT id FROM ost_file WHERE name='réçu & 1.bin')" % (len(wanted), wanted.hex()))
        tab = self.opened("/310104?")
        self.ticket_comes(tab, GAUGE)
        tab.click(".entry button.file")
        self.assertEqual(("réçu & 1.bin", wanted), tab.download())
        tab.quiet()

    def test_without_the_scope_files_are_named_and_not_asked_for(self):
        self.dirty = True
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='read'")
        tab = self.opened("/310104?")
        self.ticket_comes(tab, GAUGE)
        self.assertIn("lacks the scope files", tab.text(".body"))
        self.assertTrue(tab.evaluate("document.querySelector('.entry button.file').disabled"))
        self.assertFalse([url for url in tab.requests if "/attachments/" in url])
        tab.quiet()

    def test_what_is_new_comes_without_a_reload_and_moves_nothing(self):
        self.dirty = True
        tab = self.opened("/310104?")
        self.ticket_comes(tab, GAUGE)
        tab.evaluate("window.stood = document.querySelector('.thread .message')")
        tab.click("#checked button")
        tab.wait("document.querySelector('.latest .code')?.textContent === '304'")
        self.desk.sql("INSERT INTO ost_thread_entry(thread_id,user_id,staff_id,type,poster,body,format,ip_address,created,updated,pid,flags,source) VALUES"
                      "(1005,1,0,'M','Anna Lindqvist','It runs again.','text','',NOW(),NOW(),0,0,''); UPDATE ost_ticket SET status_id=6 WHERE ticket_id=1005")
        tab.evaluate("document.querySelector('.entry button.file').focus()")
        tab.evaluate("document.querySelector('#checked button').click()")
        tab.wait("document.querySelector('.entry.fresh')?.innerText.includes('It runs again.')")
        self.assertEqual("Waiting for parts", tab.text(".badges .badge"))
        self.assertTrue(tab.evaluate("stood.isConnected && document.activeElement.matches('.entry button.file')"))
        tab.wait("document.querySelector('#said').textContent.includes('1 new')")
        tab.quiet()

    # ---- without a mouse -----------------------------------------------------------------------------------------------------
    def test_all_of_it_goes_by_keyboard(self):
        tab = self.browser.tab()
        self.addCleanup(tab.close)
        tab.go(self.url)
        tab.wait("document.activeElement.id === 'key-text'")
        tab.type(demo.KEY)
        tab.press("Enter")
        tab.wait("document.querySelectorAll('#rows tbody tr').length")
        tab.press("/")
        self.assertEqual("search-text", tab.evaluate("document.activeElement.id"))
        self.assertEqual([], looks.way_to(tab, "input[name=state]:checked"))
        self.rows_come(tab, lambda: tab.press("ArrowRight"))
        self.assertEqual("closed", tab.evaluate("document.querySelector('[name=state]:checked').value"))
        self.rows_come(tab, lambda: tab.press("ArrowLeft"))
        self.assertEqual([], looks.way_to(tab, "#rows a"))
        for _ in range(4):
            tab.press("ArrowDown")
        subject = tab.evaluate("document.activeElement.textContent")
        tab.press("Enter")
        self.ticket_comes(tab, subject)
        self.assertEqual(GAUGE, subject)
        self.assertEqual([], looks.way_to(tab, ".entry button.file"))
        tab.press("Enter")
        self.assertEqual("log of the pump.txt", tab.download()[0])
        tab.press("Escape")
        tab.wait("document.querySelector('#ticket').hidden")
        self.assertEqual(subject, tab.evaluate("document.activeElement.textContent"))
        self.assertEqual([], looks.way_to(tab, "a[rel=next]"))
        self.rows_come(tab, lambda: tab.press("Enter"))
        tab.quiet()

    def test_a_table_wider_than_the_window_is_moved_by_the_keyboard(self):
        self.dirty = True
        self.desk.sql("UPDATE ost_thread_entry SET format='html', body='<table><tr>%s</tr></table>' WHERE thread_id=1005 AND type='M'" % ("<td>cell&nbsp;cell</td>" * 5))
        tab = self.opened("/310104?", width=375)
        self.ticket_comes(tab, GAUGE)
        self.assertEqual([], looks.way_to(tab, ".entry .body"))
        tab.press("ArrowRight")
        tab.wait("document.activeElement.scrollLeft > 0")
        tab.look(width=1600)
        tab.wait("!document.querySelector('.entry .body[tabindex]')")
        tab.quiet()

    # ---- the calls ------------------------------------------------------------------------------------------------------------
    def test_each_call_can_be_copied_as_a_command_that_gives_the_same(self):
        tab = self.opened("/310104?state=open")
        self.ticket_comes(tab, GAUGE)
        tab.click("[aria-controls=call-log]")
        commands = tab.texts(".command code")
        self.assertEqual(3, len([c for c in commands if "/key.json" in c or "/tickets" in c and "attachments/" not in c]), commands)
        for command in commands:
            self.assertNotIn(demo.KEY, command)
            done = subprocess.run(command + " -sS -w '%{http_code}' -o /dev/null" if " -OJ" not in command else "printf 200", shell=True, capture_output=True,
                                  text=True, env={"KEY": demo.KEY, "PATH": "/usr/bin:/bin"}, timeout=60, check=False)
            self.assertEqual("200", done.stdout, command + done.stderr)
        tab.press("Escape")
        tab.wait("document.querySelector('#call-log').hidden")
        tab.quiet()


if __name__ == "__main__":
    unittest.main()
