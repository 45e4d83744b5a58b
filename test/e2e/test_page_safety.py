# SPDX-License-Identifier: GPL-2.0-or-later
"""The page on the tickets: what somebody wrote does not run, failures are sentences, and it can be read by everybody."""
import glob
import json
import os
import re
import unittest

import demo
import looks
from desk import ROOT
from page_desk import PageDesk

WWW = os.path.join(ROOT, "nginx", "www")
EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>"
# What a cleaner has been fooled by, elsewhere: each has to leave nothing that runs, loads or leads.
MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg onload=alert(1)>", "<math><mtext><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", "<a href='javascript:alert(1)'>x</a>", "<a href='java\nscript:alert(1)'>x</a>", "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<a href='vbscript:x'>x</a>", "<a href='//evil.example/x'>x</a>", "<a href='/api/key.json'>x</a>", "<a href='#/?'>x</a>",
    "<style>@import url(http://evil.example/x.css);*{background:url(http://evil.example/y)}</style>", "<p style='background:url(http://evil.example/z);position:fixed;inset:0'>x</p>",
    "<img src='http://evil.example/i.png'>", "<img srcset='http://evil.example/i.png 1x'>", "<picture><source srcset='http://evil.example/i.png'></picture>", "<video src='http://evil.example/v' autoplay></video>",
    "<link rel=stylesheet href=http://evil.example/x.css>", "<meta http-equiv=refresh content='0;url=http://evil.example/'>", "<base href='http://evil.example/'>", "<form action='http://evil.example/'><input name=x><button>send</button></form>",
    "<object data='http://evil.example/o'></object>", "<embed src='http://evil.example/e'>", "<body onload=alert(1) background='http://evil.example/b'>", "<table background='http://evil.example/t'><td>x</td></table>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>", "<template><img src=x onerror=alert(1)></template>", "<p id=ticket name=cookie class='notice bad' onclick=alert(1) tabindex=0>x</p>",
    "<img src='cid:x\" onerror=alert(1)//'>", "<a href='mailto:x@y.example' onmouseover=alert(1)>x</a>", "<x-y is=z onfocus=alert(1) autofocus>x</x-y>", "<plaintext>x", "<textarea><script>alert(1)</script></textarea>",
    "<b" * 300 + ">x", "<div>" * 3000 + "deep" + "</div>" * 3000,
)
# What of a page's elements may stand in a body, with which attributes.
LEFT = """(made) => [...made.querySelectorAll('*')].flatMap((element) => {
    const faults = [...element.attributes].filter(({name}) => !['class', 'title', 'href', 'target', 'rel', 'colspan', 'rowspan', 'start', 'dir', 'style', 'aria-hidden'].includes(name)).map(({name}) => name);
    if (element.hasAttribute('href') && element.tagName === 'A' && !/^(https?|mailto|tel):/.test(element.getAttribute('href'))) faults.push(element.getAttribute('href'));
    if (/SCRIPT|STYLE|IFRAME|OBJECT|EMBED|FORM|INPUT|BUTTON|LINK|META|BASE|VIDEO|SOURCE|IMG|TEMPLATE|NOSCRIPT/i.test(element.tagName)) faults.push(element.tagName);
    if (/url|fixed|expression/.test(element.getAttribute('style') ?? '')) faults.push(element.getAttribute('style'));
    return faults;
})"""


class Safety(PageDesk):
    def test_the_page_is_served_under_a_strict_policy_and_has_no_script_in_its_markup(self):
        for path, kind in (("", "text/html"), ("index.html", "text/html"), ("js/page.js", "text/javascript"), ("css/look.css", "text/css"), ("icon.svg", "image/svg+xml")):
            answer = self.desk.request("GET", "/desk/" + path, prefix="")
            self.assertEqual((200, kind), (answer.status, answer.header("Content-Type").split(";")[0]))
            policy = answer.header("Content-Security-Policy")
            for part in ("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "require-trusted-types-for 'script'"):
                self.assertIn(part, policy)
            self.assertNotIn("unsafe", policy)
        self.assertEqual([301, 403, 404], [self.desk.request(*asked, prefix="").status for asked in
                                           (("GET", "/desk"), ("POST", "/desk/"), ("GET", "/desk/none"))])
        for path in glob.glob(WWW + "/*.html") + glob.glob(WWW + "/js/*.js"):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            self.assertIsNone(re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bon\w+=\"|style=\"|<script>|https?://(?!www\.w3\.org)", text), path)

    # ---- what somebody wrote -------------------------------------------------------------------------------------------------
    def test_a_hostile_ticket_is_shown_and_runs_nothing(self):
        self.dirty = True
        self.desk.sql("UPDATE ost_ticket__cdata SET subject={0} WHERE ticket_id=1005; UPDATE ost_user SET name={0} WHERE id=1; UPDATE ost_file SET name={0};"
                      "UPDATE ost_thread_entry SET poster={0}, title={0} WHERE thread_id=1005; UPDATE ost_thread_event SET username={0} WHERE thread_id=1005; UPDATE ost_department SET name={0} WHERE id=3;"
                      "UPDATE ost_thread_entry SET body={1}, format='html' WHERE id=(SELECT * FROM (SELECT MIN(id) FROM ost_thread_entry WHERE thread_id=1005) a)".format(
                          self.quoted(EVIL), self.quoted("<p>before</p>" + "".join(MARKUP[:-2]) + "<p>behind</p>")))
        tab = self.opened("/310104?")
        tab.wait("document.querySelector('.thread .entry')")
        self.assertEqual(EVIL, tab.evaluate("document.querySelector('#ticket-title').textContent"))
        self.assertIn("<script>alert(2)</script>", tab.text("#rows"))
        self.assertIn("before", tab.text(".thread .body"))
        tab.click("[aria-controls=call-log]")
        for place in ("#search-text", ".entry button.file", ".thread"):
            tab.click(place)
        self.assertEqual(0, tab.evaluate("document.querySelectorAll('#desk script, #desk iframe, #desk [onerror], #desk [onload]').length"))
        tab.quiet()

    def test_whatever_the_server_would_let_through_the_page_builds_nothing_of_it(self):
        tab = self.opened()
        for markup in MARKUP:
            faults = tab.evaluate("""import('./js/body.js').then(({bodyOf}) => {
                const made = bodyOf({format: 'html', body: %s}, () => null);
                document.querySelector('#list-notice').append(made);
                return (%s)(made);
            })""" % (json.dumps(markup), LEFT))
            self.assertEqual([], faults, markup[:200])
        self.assertIn("deep", tab.text("#list-notice"))
        tab.quiet("Content Security Policy")  # the wall behind it speaks up, and nothing else

    def test_text_that_is_none_of_markup_stays_text(self):
        tab = self.opened("/310042?")
        tab.wait("document.querySelector('.thread')")
        self.assertIn("from 6 to < 1 bar & stays there.", tab.text(".thread .body"))
        self.assertIn("Seal kit SK-9 is in the van.", tab.text(".thread .note .body"))
        tab.quiet()

    def test_the_policy_itself_stops_what_the_page_would_let_through(self):
        tab = self.opened()
        self.assertRaises(RuntimeError, tab.evaluate, "void (document.querySelector('#rows').innerHTML = '<b>x</b>')")
        tab.evaluate("void document.body.append(Object.assign(document.createElement('img'), {src: 'http://evil.example/x.png'}))")
        tab.wait("true")
        self.assertTrue(any("Content Security Policy" in line for line in tab.console), tab.console)

    @staticmethod
    def quoted(text):
        return "'%s'" % text.replace("\\", "\\\\").replace("'", "''")

    # ---- when something is wrong ------------------------------------------------------------------------------------------------
    def test_failures_are_sentences_with_a_way_on(self):
        tab = self.opened()
        for number, words in (("999999", "no such ticket"), ("%00", "")):
            tab.evaluate("location.hash = '#/%s?state=open'" % number)
            tab.wait("document.querySelector('#ticket .notice')?.innerText.toLowerCase().includes(%r)" % words)
        self.desk.sql("UPDATE ost_ticket SET number='310104' WHERE ticket_id IN (1004, 1005)")
        self.dirty = True
        tab.evaluate("location.hash = '#/310104?state=open'")
        tab.wait("document.querySelectorAll('#ticket .notice a').length === 2")
        tab.evaluate("document.querySelectorAll('#ticket .notice a')[1].click()")
        self.ticket_comes(tab, "Pressure gauge reads zero")
        tab.quiet("404", "409", "422", "400")

    def test_a_key_that_lacks_the_scope_or_is_switched_off_is_told_what_it_lacks(self):
        self.dirty = True
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='files'")
        tab = self.opened()
        self.assertIn("lacks the scope read", tab.text("#list-notice"))
        self.desk.sql("UPDATE ost_api_key SET isactive=0 WHERE id=1")
        tab.click("#list-notice button")
        tab.wait("document.querySelector('#key-error').textContent.includes('switched off')")
        self.assertIsNone(tab.evaluate("sessionStorage.getItem('osticket-fcgi-key')"))
        tab.quiet("403", "401")

    def test_it_asks_again_by_itself_when_the_server_says_when(self):
        tab = self.opened()
        away = '{"status_code":"FAILURE","error":"database","status_msg":"The database is not available at the moment. Nothing was written; try again later.","errors":{}}'
        for status, body, headers, words in ((503, away, {"Content_Type": "application/json", "Retry_After": "2"}, "database is away"),
                                             (429, "Too many requests from this address: try again in a moment", {"Content_Type": "text/plain", "Retry_After": "1"}, "Too many requests"),
                                             (0, "", {}, "cannot be reached")):
            tab.answer("*/tickets.json*", status, body, **headers)
            tab.evaluate("document.querySelector('#pages button')?.click()")
            tab.wait("document.querySelector('#list-notice').innerText.includes(%r)" % words)
            if status:
                tab.wait("/again in \\d+ s/.test(document.querySelector('#list-notice').innerText)")
            tab.answer_no_more()
            if not status:
                tab.click("#list-notice button")
            tab.wait("document.querySelectorAll('#rows tbody tr').length && !document.querySelector('#list-notice').innerText")
        tab.quiet("503", "429", "ERR_CONNECTION_REFUSED")

    # ---- for everybody --------------------------------------------------------------------------------------------------------
    def test_narrow_and_wide_light_and_dark_all_of_it_can_be_read_and_hit(self):
        for width, height, grounds in ((375, 740, 2), (820, 1100, 1), (1280, 800, 2), (1920, 1080, 1)):
            for dark in (False, True)[:grounds]:
                tab = self.opened(width=width, height=height, dark=dark)
                self.everything_is_well(tab, "list, %d, dark %s" % (width, dark))
                tab.click("button[aria-controls=more-filters]")
                self.everything_is_well(tab, "filters, %d, dark %s" % (width, dark))
                tab.evaluate("location.hash = '#/310104?state=open'")
                self.ticket_comes(tab, "Pressure gauge reads zero")
                tab.click("[aria-controls=call-log]")
                self.everything_is_well(tab, "ticket, %d, dark %s" % (width, dark))
                self.assertEqual(width > 992, tab.evaluate("document.querySelector('#list').checkVisibility()"))
                tab.click("#forget")
                tab.wait("!document.querySelector('#door').hidden")
                self.everything_is_well(tab, "door, %d, dark %s" % (width, dark))
                tab.quiet()
                tab.close()

    def everything_is_well(self, tab, where):
        for check in (looks.faint, looks.wide, looks.small, looks.nameless):
            self.assertEqual([], check(tab), "%s: %s" % (where, check.__name__))

    def test_who_wants_no_movement_sees_none(self):
        tab = self.opened(calm=True)
        self.assertEqual(0, tab.evaluate("document.getAnimations().length + [...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"))
        tab.quiet()


if __name__ == "__main__":
    unittest.main()
