# SPDX-License-Identifier: GPL-2.0-or-later
"""The page on the tickets (nginx/www) in a browser, over the rows of schema/demo.sql and test/demo_tickets.py."""
import os
import subprocess
import unittest

import browser
import demo
from desk import ROOT

SCOPES = "read notes files search"


@unittest.skipUnless(browser.program(), "there is no Chromium")
class PageDesk(unittest.TestCase):
    """Tests that share a desk and a browser. A test that writes says so by `self.dirty = True`."""

    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.url = "http://%s:%d/desk/" % (cls.desk.host, cls.desk.port)
        cls.fill()
        cls.browser = browser.Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        demo.reset(cls.desk)

    @classmethod
    def fill(cls):
        demo.reset(cls.desk)
        more = subprocess.run([os.path.join(ROOT, "test", "demo_tickets.py")], capture_output=True, text=True, check=True)
        cls.desk.sql(more.stdout + "INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(1,'%s')" % SCOPES)

    def tearDown(self):
        if getattr(self, "dirty", False):
            self.fill()

    def opened(self, place="", key=demo.KEY, **looks):
        """A tab in which the key was typed; `place` is what stands behind the # of the address."""
        tab = self.browser.tab(**looks)
        self.addCleanup(tab.close)
        tab.go(self.url + ("#" + place if place else ""))
        tab.fill("#key-text", key)
        tab.press("Enter")
        tab.wait("!document.querySelector('#desk').hidden && document.querySelector('#rows').getAttribute('aria-busy') === 'false'")
        return tab

    @staticmethod
    def subjects(tab):
        return tab.texts("#rows .subject a")

    @staticmethod
    def rows_come(tab, act):
        """Does it, and waits for another list."""
        tab.evaluate("document.querySelector('#rows').firstElementChild.before(Object.assign(document.createElement('i'), {id: 'before'}))")
        act()
        tab.wait("!document.querySelector('#before') && document.querySelector('#rows').getAttribute('aria-busy') === 'false'")

    @staticmethod
    def ticket_comes(tab, subject):
        tab.wait("document.querySelector('.thread') && document.querySelector('#ticket-title').textContent === %s" % repr(subject))
