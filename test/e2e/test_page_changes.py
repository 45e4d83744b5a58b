# SPDX-License-Identifier: GPL-2.0-or-later
"""The page on the tickets shows what happens on the help desk, as it happens."""
import os
import unittest

import demo
import looks
from change_reader import entry_sql, event_sql
from page_desk import SCOPES, PageDesk


class PageChanges(PageDesk):
    dirty = True

    def may(self, scopes):
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes) VALUES(1,'%s')" % scopes)

    def write(self, sql):
        self.desk.sql("SET sql_mode='';" + sql)

    def live(self, place="", **looks):
        """A tab whose first request of changes was answered and whose next one waits."""
        self.may(SCOPES + " changes")
        tab = self.opened(place, **looks)
        tab.wait("!document.querySelector('#live').hidden")
        tab.wait("performance.getEntriesByType('resource').some(one => one.name.includes('/changes.json'))")
        return tab

    def test_changes_come_by_themselves_and_are_counted(self):
        tab = self.live()
        self.assertTrue(tab.evaluate("document.querySelector('#live-count').hidden"))
        self.write(event_sql("closed", data="'{\"status\":[3,\"Closed\"]}'") + entry_sql("M"))
        tab.wait("document.querySelector('#live-count').textContent.startsWith('2')")
        tab.click("#live")
        tab.wait("!document.querySelector('#changes').hidden")
        self.assertEqual(["310042", "310042"], tab.texts("#changes .number"))
        sentences = " | ".join(tab.texts("#changes .change"))
        self.assertIn("tokafor closed it as Closed", sentences)
        self.assertIn("Anna Lindqvist wrote a message", sentences)
        self.assertTrue(tab.evaluate("document.querySelector('#live-count').hidden"))  # they were looked at
        self.write(event_sql("assigned", data="'{\"staff\":[1,\"Marieke de Vries\"]}'", thread=2))
        tab.wait("document.querySelector('#changes .change').textContent.includes('gave it to Marieke de Vries')")
        tab.click("#changes a.number")
        tab.wait("document.querySelector('.thread') && location.hash.includes('310043')")
        tab.quiet()

    def test_the_list_and_the_open_ticket_are_renewed(self):
        tab = self.live("/310042?state=open&department=Field%20service")
        tab.wait("document.querySelector('.thread')")
        self.write("UPDATE ost_ticket__cdata SET subject='Pump runs again' WHERE ticket_id=1;UPDATE ost_ticket SET updated=NOW() WHERE ticket_id=1;" +
                   event_sql("edited"))
        tab.wait("[...document.querySelectorAll('#rows .subject a')].some(one => one.textContent === 'Pump runs again')")
        tab.wait("document.querySelector('#ticket-title').textContent === 'Pump runs again'")
        tab.quiet()

    def test_what_somebody_wrote_becomes_no_markup(self):
        tab = self.live()
        self.write(entry_sql("M", poster="<img src=x onerror=alert(1)>"))
        tab.wait("document.querySelector('#changes-list').textContent.includes('<img src=x')")
        self.assertEqual(0, tab.evaluate("document.querySelectorAll('#changes img').length"))
        tab.quiet()

    def test_a_key_without_the_scope_asks_for_none(self):
        self.may(SCOPES)
        tab = self.opened()
        self.assertTrue(tab.evaluate("document.querySelector('#live').hidden"))
        self.assertFalse([url for url in tab.requests if "changes.json" in url])
        tab.quiet()

    def test_escape_closes_the_list_and_the_door_ends_it(self):
        tab = self.live()
        tab.click("#live")
        tab.wait("!document.querySelector('#changes').hidden")
        self.assertIn("Nothing yet", tab.text("#changes"))
        tab.press("Escape")
        tab.wait("document.querySelector('#changes').hidden")
        tab.click("#forget")
        tab.wait("!document.querySelector('#door').hidden")
        self.assertTrue(tab.evaluate("document.querySelector('#live').hidden"))
        tab.quiet()

    def test_how_it_looks(self):
        for name, shape in (("wide", {"width": 1280, "height": 800}), ("narrow", {"width": 390, "height": 844}),
                            ("dark", {"width": 1280, "height": 800, "dark": True})):
            tab = self.live(**shape)
            self.write(event_sql("closed", data="'{\"status\":[3,\"Closed\"]}'") + entry_sql("R", staff=2, user=0) +
                       event_sql("transferred", data="'{\"dept\":\"Workshop\"}'", thread=4) + entry_sql("N", staff=1, user=0, thread=5))
            tab.wait("document.querySelectorAll('#changes .change').length >= 4")
            tab.click("#live")
            tab.wait("!document.querySelector('#changes').hidden")
            self.assertEqual([], looks.faint(tab) + looks.wide(tab) + looks.small(tab) + looks.nameless(tab), name)
            if "PICTURES" in os.environ:
                tab.screenshot(os.path.join(os.environ["PICTURES"], "changes-%s.png" % name))


if __name__ == "__main__":
    unittest.main()
