# SPDX-License-Identifier: GPL-2.0-or-later
"""The customers' page: his tickets and nobody else's, with a token that his site signed; files, answers, and a token that ends."""
import json
import os
import tempfile
import time

import client_tokens
import looks
import nginx_alone
from customer_desk import CustomerDesk

GAUGE = "Pressure gauge reads zero"
MESSAGES = "SELECT id FROM ost_thread_entry WHERE thread_id=1005 AND type='M' AND id>1008 ORDER BY id"


def attach(tab, selector, files):
    """Chooses files, given as {name: bytes}, in a field for files."""
    folder = tempfile.mkdtemp(dir=tab.downloads)
    for name, content in files.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
    node = tab.call("Runtime.evaluate", expression="document.querySelector(%s)" % json.dumps(selector))["result"]["objectId"]
    tab.call("DOM.setFileInputFiles", files=[os.path.join(folder, name) for name in files], objectId=node)


class CustomerPage(CustomerDesk):
    subjects = staticmethod(lambda tab: tab.texts(".my-ticket .subject a"))

    # ---- his tickets ---------------------------------------------------------------------------------------------------------
    def test_his_tickets_by_state_and_pages_and_nobody_elses(self):
        own = {state: [row[0] for row in self.desk.sql("SELECT c.subject FROM ost_ticket t JOIN ost_ticket__cdata c USING(ticket_id) JOIN ost_ticket_status s ON s.id=t.status_id "
                                                       "WHERE t.user_id=1 AND s.state='%s'" % state)] for state in ("open", "closed")}
        tab = self.opened()
        self.assertEqual(sorted(own["open"]), sorted(self.subjects(tab)))
        self.assertIn("Answered", tab.texts(".my-ticket .badge"))
        tab.click("input[name=state][value=closed]")
        tab.wait("document.querySelector('.my-ticket .badge.closed')")
        self.assertEqual(sorted(own["closed"]), sorted(self.subjects(tab)))
        tab.evaluate("history.back()")
        tab.wait("document.querySelector('.my-ticket .badge.open')")
        self.assertEqual("true", tab.evaluate("String(document.querySelector('input[name=state][value=open]').checked)"))
        tab.quiet()

    def test_pages_forward_and_back(self):
        self.desk.sql("UPDATE ost_ticket SET user_id=1")
        tab = self.opened("/?")
        pages = []
        while True:
            pages.append(self.subjects(tab))
            if not tab.evaluate("Boolean(document.querySelector('a[rel=next]'))"):
                break
            first = pages[-1][0]
            tab.click("a[rel=next]")
            tab.wait("document.querySelector('.my-ticket .subject a').textContent !== %r && document.activeElement.id === 'list-title'" % first)
        self.assertEqual((3, 57), (len(pages), len({subject for page in pages for subject in page})))  # of 58 one is archived
        self.assertIn("41–57 of 57", tab.text("#pages"))
        tab.click("a[rel=prev]")
        tab.wait("document.querySelector('.my-ticket .subject a').textContent === %s" % json.dumps(pages[1][0]))
        tab.quiet()

    def test_the_list_shows_by_itself_what_has_changed(self):
        tab = self.opened()
        tab.evaluate("window.stood = document.querySelector('.my-tickets')")
        look = "document.dispatchEvent(new Event('visibilitychange'))"
        tab.evaluate(look)
        tab.wait("document.querySelector('#rows').getAttribute('aria-busy') === 'false'")
        self.assertTrue(tab.evaluate("stood.isConnected"), "nothing was another")
        self.desk.sql("UPDATE ost_ticket SET status_id=6, updated=NOW() WHERE ticket_id=1005")
        tab.evaluate(look)
        tab.wait("document.querySelector('.my-ticket').innerText.includes('Waiting for parts')")
        self.assertEqual(GAUGE, self.subjects(tab)[0])
        tab.quiet()

    # ---- a ticket ------------------------------------------------------------------------------------------------------------
    def test_a_ticket_with_its_thread_a_picture_and_a_file(self):
        wanted = bytes(range(256)) * 3000
        self.desk.sql("UPDATE ost_file SET size=%d, name='réçu & 1.bin' WHERE name='log of the pump.txt'; "
                      "UPDATE ost_file_chunk SET filedata=X'%s' WHERE file_id=(SELECT id FROM ost_file WHERE name='réçu & 1.bin');"
                      "INSERT INTO ost_thread_entry(thread_id,staff_id,type,poster,body,format,ip_address,created,updated,flags,source,user_id,pid) "
                      "VALUES(1005,2,'N','Tobenna Okafor','he is a difficult one','text','',NOW(),NOW(),0,'',0,0)" % (len(wanted), wanted.hex()))
        tab = self.ticket(310104)
        self.assertEqual([GAUGE, ["Anna Lindqvist", "Tobenna Okafor"]], [tab.text("#ticket-title"), tab.texts(".thread header b")])
        self.assertNotIn("difficult", tab.text())
        tab.wait("document.querySelector('.body img')?.complete && document.querySelector('.body img').naturalWidth")
        self.assertEqual([340, 220, "A gauge at zero"], tab.evaluate("(({naturalWidth, naturalHeight, alt}) => [naturalWidth, naturalHeight, alt])(document.querySelector('.body img'))"))
        facts = tab.text(".facts")
        self.assertIn("Hire desk", facts)
        self.assertNotIn("Assigned", facts)
        tab.click(".entry button.file")
        self.assertEqual(("réçu & 1.bin", wanted), tab.download())
        tab.press("Escape")
        tab.wait("document.querySelector('#ticket').hidden && !document.querySelector('#list').hidden")
        tab.quiet()

    def test_somebody_elses_ticket_is_as_one_that_is_not_there(self):
        said = set()
        for number in ("310045", "999999", "id:4"):
            tab = self.opened("/%s?state=open" % number, "document.querySelector('#ticket .notice')")
            said.add(tab.text("#ticket .notice p"))
            self.assertNotIn("crane", tab.text().lower())
            tab.quiet("404")
        self.assertEqual({"There is no such ticket among yours."}, said)

    def test_what_is_new_comes_by_itself(self):
        tab = self.ticket(310104)
        self.desk.sql("INSERT INTO ost_thread_entry(thread_id,user_id,staff_id,type,poster,body,format,ip_address,created,updated,pid,flags,source) VALUES"
                      "(1005,0,2,'R','Tobenna Okafor','We come at three.','text','',NOW(),NOW(),0,0,''); UPDATE ost_ticket SET updated=NOW() WHERE ticket_id=1005")
        tab.click("#checked button")
        tab.wait("document.querySelector('.entry.fresh')?.innerText.includes('We come at three.')")
        self.look_again(tab)
        tab.wait("codes.length")
        self.assertEqual([304], tab.evaluate("codes"))
        tab.quiet()

    @staticmethod
    def look_again(tab):
        """Has the ticket asked for now; `codes` are what the calls are answered by."""
        tab.evaluate("window.codes = [], void document.addEventListener('call', ({detail}) => codes.push(detail.status))")
        tab.click("#checked button")

    def test_a_hostile_ticket_runs_nothing(self):
        evil = "<img src=x onerror=alert(1)><script>alert(2)</script>\"''><svg onload=alert(3)>"
        self.desk.sql("UPDATE ost_ticket__cdata SET subject='{0}' WHERE ticket_id=1005; UPDATE ost_user SET name='{0}' WHERE id=1; UPDATE ost_file SET name='{0}';"
                      "UPDATE ost_thread_entry SET poster='{0}', title='{0}', body='{0}<p>behind</p>' WHERE thread_id=1005;"
                      "UPDATE ost_help_topic SET topic='{0}' WHERE topic_id=3; UPDATE ost_form_field SET label='{0}', hint='{0}'; UPDATE ost_form SET title='{0}', instructions='{0}'".format(evil))
        tab = self.ticket(310104)
        self.assertIn("behind", tab.text(".thread"))
        tab.evaluate("location.hash = '#/'")
        tab.wait("document.querySelector('.my-ticket')")
        tab.evaluate("location.hash = '#new?topic=3'")
        tab.wait("document.querySelector('.new-form')")
        self.assertIn("<script>alert(2)</script>", tab.text(".new-form"))
        self.assertEqual(0, tab.evaluate("document.querySelectorAll('main script, main iframe, main [onerror], main [onload]').length"))
        tab.quiet("Content Security Policy")  # the wall behind it speaks up, and nothing else

    # ---- his answer ----------------------------------------------------------------------------------------------------------
    def test_he_answers_with_files(self):
        content = os.urandom(300000)
        tab = self.ticket(310104)
        tab.fill("#message", "It shows 2 bar now.\n<b>Good</b>.")
        attach(tab, "#message-files", {"gauge – now.bin": content, "second.txt": b"two"})
        tab.wait("document.querySelectorAll('.chosen li').length === 2")
        tab.click(".chosen li:nth-child(2) button")
        tab.wait("document.querySelectorAll('.chosen li').length === 1 && document.activeElement.id === 'message-files'")
        tab.click(".answer .primary")
        tab.wait("document.querySelector('.entry.fresh.message')?.innerText.includes('<b>Good</b>.')")
        self.assertEqual(["", 0, "message"], tab.evaluate("[document.querySelector('#message').value, document.querySelectorAll('.chosen li').length, document.activeElement.id]"))
        self.assertEqual(1, len(self.desk.sql(MESSAGES)))
        tab.click(".entry.fresh button.file")
        self.assertEqual(("gauge – now.bin", content), tab.download())
        tab.quiet()

    def test_an_answer_that_was_lost_is_not_written_twice(self):
        tab = self.ticket(310104)
        tab.answer("*/message.json", 0, late=True)
        tab.fill("#message", "Once.")
        tab.click(".answer .primary")
        tab.wait("document.querySelector('.answer .notice')?.innerText.includes('carried out once')")
        tab.answer_no_more()
        tab.click(".answer .primary")
        tab.wait("document.querySelector('.entry.fresh.message')?.innerText.includes('Once.')")
        self.assertEqual(1, len(self.desk.sql(MESSAGES)))
        tab.quiet("ERR_")

    def test_what_cannot_be_sent_is_said_at_its_field_and_stays(self):
        self.desk.sql("UPDATE ost_form_field SET configuration='{\"attachments\":true,\"size\":1000,\"extensions\":\".txt\"}' WHERE type='thread'")
        tab = self.ticket(310104)
        tab.click(".answer .primary")
        tab.wait("document.querySelector('#message-wrong').innerText && document.activeElement.id === 'message'")
        tab.fill("#message", "See the file.")
        for name, content, words in (("large.txt", b"x" * 1001, "larger than"), ("x.exe", b"x", "is not one of .txt")):
            attach(tab, "#message-files", {name: content})
            tab.click(".answer .primary")
            tab.wait("document.querySelector('#message-files-wrong').innerText.includes(%r)" % words)
            tab.click(".chosen button")
        self.assertEqual("See the file.", tab.evaluate("document.querySelector('#message').value"))
        self.assertEqual([], self.desk.sql(MESSAGES))
        tab.quiet()

    def test_the_server_has_the_last_word_about_files(self):
        tab = self.ticket(310104)
        self.desk.sql("UPDATE ost_form_field SET configuration='{\"attachments\":true,\"extensions\":\".txt\"}' WHERE type='thread'")
        tab.fill("#message", "See the file.")
        attach(tab, "#message-files", {"x.exe": b"x"})
        tab.click(".answer .primary")
        tab.wait("document.querySelector('#message-files-wrong').innerText")
        self.assertEqual("message-files", tab.evaluate("document.activeElement.id"))
        tab.quiet("422")

    # ---- the token -------------------------------------------------------------------------------------------------------------
    def test_the_token_is_in_no_address_and_no_storage_and_there_is_no_key(self):
        tab = self.ticket(310104)
        tab.evaluate("void (location.hash = '#/?state=open')")
        tab.wait("document.querySelector('.my-ticket')")
        secret = self.back_end.token().split(".")[0]
        self.assertFalse([url for url in tab.requests if secret in url])
        self.assertEqual("", tab.evaluate("JSON.stringify(localStorage) + document.cookie").replace("{}", ""))
        self.assertNotIn(secret, tab.evaluate("JSON.stringify(sessionStorage) + location.href + document.documentElement.outerHTML"))
        self.assertEqual(1, self.back_end.asked)
        tab.quiet()

    def test_it_is_renewed_before_it_ends_and_once_where_it_is_refused(self):
        self.back_end.life = 5
        tab = self.ticket(310104)
        time.sleep(4.2)  # four fifths of it are over
        self.look_again(tab)
        tab.wait("codes.length && codes[0] === 304")
        self.assertEqual(2, self.back_end.asked)
        self.back_end.life = 600
        time.sleep(4.2)
        self.look_again(tab)
        tab.wait("codes.length && codes[0] === 304")
        self.assertEqual(3, self.back_end.asked)
        tab.quiet()
        self.desk.sql("UPDATE fcgi_ost_token SET epoch=%d" % (time.time() + 1))  # the one it has is revoked
        time.sleep(2)
        tab.fill("#message", "Still there.")
        tab.click(".answer .primary")
        tab.wait("document.querySelector('.entry.fresh.message')?.innerText.includes('Still there.')")
        self.assertEqual((4, 1), (self.back_end.asked, len(self.desk.sql(MESSAGES))))
        tab.quiet("401")

    def test_who_is_not_signed_in_is_shown_where_to(self):
        self.back_end.customer = None
        tab = self.opened("/310104?", "document.querySelector('#door .button')")
        self.assertIn("not signed in", tab.text("#door"))
        self.assertEqual([True, True], tab.evaluate("['#mine', '#write'].map(what => document.querySelector(what).hidden)"))
        tab.click("#door .button")
        tab.wait("document.querySelector('h1')?.textContent === 'Who are you?'")
        tab.quiet("401")

    def test_somebody_else_who_signs_in_sees_and_says_nothing_of_the_first(self):
        self.back_end.life = 5
        tab = self.ticket(310104)
        tab.fill("#message", "a draft of Anna's")
        self.back_end.customer = "cher@stage.example"
        self.desk.sql("UPDATE ost_ticket SET user_id=3 WHERE ticket_id=1005; INSERT INTO ost_thread_collaborator(thread_id,user_id,role,flags,created,updated) VALUES(1005,1,'M',1,NOW(),NOW())")
        time.sleep(4.2)
        loads = tab.loads
        tab.click(".answer .primary")  # which Cher could have said
        self.assertTrue(self.browser.until(lambda: tab.loads > loads))
        tab.wait("document.querySelector('#message-files')")
        self.assertNotIn("draft", tab.evaluate("document.body.outerHTML + document.querySelector('#message').value + JSON.stringify(sessionStorage)"))
        self.assertEqual([], self.desk.sql(MESSAGES))
        tab.quiet()

    def test_a_page_that_the_key_does_not_name_says_what_is_missing(self):
        self.desk.sql("UPDATE fcgi_ost_token SET origins='https://elsewhere.example'")
        tab = self.ticket(310104)  # a browser names its page with what changes something only
        tab.fill("#message", "x")
        tab.click(".answer .primary")
        tab.wait("document.querySelector('.answer .notice')")
        self.assertIn("does not take what this site signed", tab.text(".answer .notice"))
        tab.click(".answer summary")
        self.assertIn("--origins %s" % self.origin, tab.text(".answer .notice"))
        self.assertEqual("x", tab.evaluate("document.querySelector('#message').value"))
        tab.quiet("401")

    def test_a_back_end_that_fails_is_told_to_who_runs_the_site(self):
        for instead, words in (((500, "oops"), "answers 500"), ((200, "<html>"), "answers without a token"), ((200, '{"token":"x"}'), "answers without a token")):
            self.back_end.instead = instead
            tab = self.opened("", "document.querySelector('#door .notice')")
            tab.click("#door summary")
            self.assertIn(words, tab.text("#door"))
            self.back_end.instead = None
            tab.click("#door button")
            tab.wait("document.querySelector('.my-ticket')")
            tab.quiet("500")
        self.back_end.more = {"aud": "another"}
        tab = self.opened("", "document.querySelector('#door .notice')")
        self.assertIn("does not take what this site signed", tab.text("#door"))
        tab.quiet("401")

    # ---- where the help desk has a host of its own -----------------------------------------------------------------------------
    def test_a_page_of_another_host_does_all_of_it(self):
        there = "http://127.0.0.1:%d" % self.desk.port
        page = nginx_alone.page_snippet("customer").replace("connect-src 'self'", "connect-src 'self' " + there)
        shop = nginx_alone.Nginx("include snippets/osticket-fcgi-customer.conf; sub_filter 'content=\"../api\"' 'content=\"%s/api\"'; location = /my/token { proxy_pass http://127.0.0.1:%d; }"
                                 % (there, self.back_end.server_port), {"osticket-fcgi-customer": page})
        self.addCleanup(shop.stop)
        origin = "http://127.0.0.1:%d" % shop.port
        client_tokens.let_sign(self.desk, origins=origin)
        tab = self.browser.tab()
        self.addCleanup(tab.close)
        tab.go(origin + "/my/#/310104?state=open")
        tab.wait("document.querySelector('.body img')?.naturalWidth && document.querySelector('#message-files')")
        tab.fill("#message", "From the shop.")
        attach(tab, "#message-files", {"a.txt": b"from the shop"})
        tab.click(".answer .primary")
        tab.wait("document.querySelector('.entry.fresh.message')?.innerText.includes('From the shop.')")
        tab.click(".entry.fresh button.file")
        self.assertEqual(("a.txt", b"from the shop"), tab.download())
        self.look_again(tab)
        tab.wait("codes.length")
        self.assertEqual([304], tab.evaluate("codes"))
        tab.evaluate("void (location.hash = '#new?topic=2')")
        tab.wait("document.querySelector('.new-form')")
        self.assertEqual([], tab.console)
        self.desk.sql("UPDATE fcgi_ost_token SET origins='https://elsewhere.example'")
        tab.reload()
        tab.wait("document.querySelector('#door .notice')")
        tab.click("#door summary")
        self.assertIn('"--origins %s"' % origin, tab.text("#door"))

    # ---- for everybody -------------------------------------------------------------------------------------------------------
    def test_all_of_it_goes_by_keyboard(self):
        tab = self.opened()
        self.assertEqual([], looks.way_to(tab, ".my-ticket a"))
        subject = tab.evaluate("document.activeElement.textContent")
        tab.press("Enter")
        tab.wait("document.querySelector('#message-files') && document.activeElement.id === 'ticket-title'")
        self.assertEqual(subject, tab.text("#ticket-title"))
        self.assertEqual([], looks.way_to(tab, "#message"))
        tab.type("By keyboard.")
        self.assertEqual([], looks.way_to(tab, "#message-files"))
        self.assertEqual([], looks.way_to(tab, ".answer .primary"))
        tab.press("Enter")
        tab.wait("document.querySelector('.entry.fresh.message')?.innerText.includes('By keyboard.')")
        tab.quiet()

    def test_narrow_and_wide_light_and_dark_all_of_it_can_be_read_and_hit(self):
        for width, dark in ((375, False), (375, True), (1280, False), (1280, True)):
            tab = self.opened(width=width, height=800, dark=dark)
            self.everything_is_well(tab, "list, %d, dark %s" % (width, dark))
            tab.evaluate("location.hash = '#/310104?state=open'")
            tab.wait("document.querySelector('.thread img') && document.querySelector('#message-files')")
            tab.click(".answer .primary")
            self.everything_is_well(tab, "ticket, %d, dark %s" % (width, dark))
            tab.evaluate("location.hash = '#new?topic=3'")
            tab.wait("document.querySelector('.new-form')")
            tab.click(".new-form .primary")
            self.everything_is_well(tab, "new, %d, dark %s" % (width, dark))
            self.back_end.customer = None
            tab.reload()
            tab.wait("document.querySelector('#door .button')")
            self.everything_is_well(tab, "door, %d, dark %s" % (width, dark))
            tab.quiet("401")
            tab.close()
            self.back_end.begin()

    def everything_is_well(self, tab, where):
        for check in (looks.faint, looks.wide, looks.small, looks.nameless):
            self.assertEqual([], check(tab), "%s: %s" % (where, check.__name__))

    def test_it_is_served_under_the_desks_policy_and_nothing_else_is_served_beside_it(self):
        policy = self.nginx.request("GET", "/my/").header("Content-Security-Policy")
        self.assertEqual(policy, self.desk.request("GET", "/desk/", prefix="").header("Content-Security-Policy"))
        self.assertEqual([200, 301, 404, 404, 404, 403], [self.nginx.request(*asked).status for asked in (
            ("GET", "/my/js/my/page.js"), ("GET", "/my"), ("GET", "/my/index.html"), ("GET", "/my/docs/"), ("GET", "/my/none"), ("POST", "/my/"))])
        self.assertEqual(404, self.desk.request("GET", "/desk/my.html", prefix="").status)


if __name__ == "__main__":
    import unittest
    unittest.main()
