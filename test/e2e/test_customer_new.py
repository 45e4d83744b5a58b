# SPDX-License-Identifier: GPL-2.0-or-later
"""The customers' page: a new ticket, by the form that the administrator made for its topic, with every kind of field."""
import json
import os
import unittest

import looks
from customer_desk import CustomerDesk
from test_customer_page import attach

# The kinds of fields in the form of topic 3: id, type, label, configuration.
KINDS = (
    (50, "text", "IP address", {"validator": "ip"}), (51, "memo", "How it began", {"rows": 4, "html": True}), (52, "bool", "Danger", {"desc": "Somebody could be hurt"}),
    (53, "phone", "Call back", {"ext": True, "digits": 5}), (54, "choices", "Colour", {"choices": "r:Red\r\nb:Blue", "default": "b", "prompt": "Which?"}),
    (55, "choices", "Parts", {"choices": "p:Pump\r\nh:Hose\r\ns:Seal", "multiselect": True}), (56, "list-7", "Pier", {}), (57, "list-7", "Other piers", {"multiselect": True}),
    (58, "datetime", "Since", {"time": True, "gmt": False, "future": True}), (59, "datetime", "Needed by", {"time": False, "future": True}), (60, "priority", "How urgent", {}),
    (61, "files", "Pictures", {"extensions": ".png"}), (62, "info", "Mind", {"content": "<b>Switch it off</b> first<script>alert(1)</script>"}), (63, "break", "At last", {}))


class NewTicket(CustomerDesk):
    def setUp(self):
        super().setUp()
        self.desk.sql("INSERT INTO ost_list(id,name,sort_mode,created,updated) VALUES(7,'Pier','Alpha',NOW(),NOW());"
                      "INSERT INTO ost_list_items(id,list_id,status,value,sort) VALUES(1,7,1,'Süd',1),(2,7,1,'Nord',2),(3,7,1,'West',3)")

    def fields(self, *kinds):
        for place, (number, kind, label, configuration) in enumerate(kinds or KINDS):
            self.desk.sql("INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES(%d,5,(SELECT flags FROM ost_form_field a WHERE a.id=40),'%s','%s','f%d','%s',%d,NOW(),NOW())" % (
                number, kind, label, number, json.dumps(configuration).replace("\\", "\\\\").replace("'", "''"), place + 2))

    def form(self, topic="3", **look):
        return self.opened("new" + ("?topic=%s" % topic if topic else ""), "document.querySelector('.new-form')", **look)

    def control(self, tab, label):
        """The selector of the control that bears the label."""
        return "#" + tab.evaluate("[...document.querySelectorAll('.new-form label[for]')].find(one => one.innerText.replace(' *', '') === %s).htmlFor" % json.dumps(label))

    def value(self, name, number):
        return self.desk.value("SELECT v.value FROM ost_form_entry_values v JOIN ost_form_entry e ON e.id=v.entry_id JOIN ost_ticket t ON t.ticket_id=e.object_id AND e.object_type='T' "
                               "WHERE t.number='%s' AND v.field_id=%d" % (number, name))

    def write(self, tab, subject="The pump is loud", message="Since this morning.\n<b>Really</b> loud."):
        tab.fill(self.control(tab, "In a few words"), subject)
        tab.fill(self.control(tab, "What it is about"), message)

    def sent(self, tab):
        tab.click(".new-form .primary")
        tab.wait("document.querySelector('.thread') && document.querySelector('#ticket-title').textContent")
        return tab.text("#ticket .number").split()[-1]

    # ---- what is asked ---------------------------------------------------------------------------------------------------------
    def test_a_topic_is_chosen_and_its_form_is_drawn(self):
        tab = self.opened("new", "document.querySelector('#topic')")
        self.assertEqual(["Please choose", "Hiring", "Repairs", "Repairs / Machine stands still"], tab.texts("#topic option"))
        self.assertIsNone(tab.evaluate("document.querySelector('.new-form')"))
        self.desk.sql("UPDATE ost_help_topic SET ispublic=0 WHERE topic_id=1")
        tab.evaluate("(select => { select.value = '2'; select.dispatchEvent(new Event('change')); })(document.querySelector('#topic'))")
        tab.wait("document.querySelector('.new-form')")
        self.assertNotIn("Plate number", tab.text(".new-form"))
        tab.fill(self.control(tab, "In a few words"), "It < stays")
        tab.evaluate("(select => { select.value = '3'; select.dispatchEvent(new Event('change')); })(document.querySelector('#topic'))")
        tab.wait("document.querySelector('.new-form').innerText.includes('Plate number') && document.activeElement.id === 'topic'")
        self.assertEqual("It < stays", tab.evaluate("document.querySelector(%r).value" % self.control(tab, "In a few words")))
        for label in ("Mail address", "Telephone"):
            self.assertNotIn(label, tab.text(".new-form"), "who he is is known")
        tab.quiet()

    def test_a_ticket_with_every_kind_of_field(self):
        self.fields()
        tab = self.form()
        self.write(tab)
        for label, text in (("Plate number", "HT-1"), ("IP address", "192.0.2.9"), ("How it began", "a < b\nand c"), ("Call back", "3125550142"), ("Ext.", "7")):
            tab.fill(self.control(tab, label), text)
        for label, value in (("Colour", "r"), ("Pier", "2"), ("How urgent", "3"), ("Since", "2026-03-05T10:20"), ("Needed by", "2027-01-31")):
            tab.evaluate("(control => { control.value = %s; control.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector(%s))" % (json.dumps(value), json.dumps(self.control(tab, label))))
        for label in ("Somebody could be hurt", "Pump", "Seal", "Süd", "West"):
            tab.evaluate("[...document.querySelectorAll('.new-form label.check')].find(one => one.innerText === %s).querySelector('input').click()" % json.dumps(label))
        text = tab.text(".new-form")
        self.assertIn("Switch it off first", text)
        self.assertEqual("b", tab.evaluate("document.querySelector('.said b').tagName.toLowerCase()"))
        content, picture = os.urandom(50000), b"\x89PNG\r\n\x1a\n rest"
        attach(tab, self.control(tab, "What it is about") + "-files", {"log.bin": content})
        attach(tab, ".new-form .field:not(:has(textarea)) input[type=file]", {"pump.png": picture})
        number = self.sent(tab)
        self.assertIn("<b>Really</b> loud.", tab.text(".thread .body"))
        self.assertEqual(["log.bin", "pump.png"], sorted(self.desk.sql("SELECT f.name FROM ost_attachment a JOIN ost_file f ON f.id=a.file_id JOIN ost_thread_entry e ON e.id=a.object_id "
                                                                       "JOIN ost_thread t ON t.id=e.thread_id JOIN ost_ticket k ON k.ticket_id=t.object_id WHERE k.number='%s'" % number)[i][0] for i in range(2)))
        values = {name: self.value(name, number) for name in (40, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60)}
        self.assertEqual(("HT-1", "192.0.2.9", "1", "3125550142X7", "High"), tuple(values[name] for name in (40, 50, 52, 53, 60)))
        self.assertIn("a &lt; b", values[51])
        self.assertEqual([{"r": "Red"}, {"p": "Pump", "s": "Seal"}, {"2": "Nord"}, {"1": "Süd", "3": "West"}], [json.loads(values[name]) for name in (54, 55, 56, 57)])
        self.assertTrue(values[58].startswith("2026-03-05 ") and values[59].startswith("2027-01-31"), values)
        self.assertEqual([["1", "3"]], self.desk.sql("SELECT user_id, topic_id FROM ost_ticket WHERE number='%s'" % number))
        tab.quiet()

    def test_a_form_that_only_the_help_desks_own_page_can_draw_is_not_offered(self):
        self.fields((64, "signature-pad", "Signature", {}))
        tab = self.opened("new?topic=3", "document.querySelector('#new .notice')")
        self.assertIn("“Signature” can be filled in there only", tab.text("#new .notice"))
        self.assertIsNone(tab.evaluate("document.querySelector('.new-form')"))
        tab.quiet()

    def test_it_stands_in_his_list_afterwards_and_the_form_is_empty_again(self):
        tab = self.form("2")
        self.write(tab, "Blade for tiles")
        self.sent(tab)
        tab.click("#home")
        tab.wait("document.querySelector('.my-ticket a')?.textContent === 'Blade for tiles'")
        tab.click("#write")
        tab.wait("document.querySelector('#topic')")
        tab.evaluate("location.hash = '#new?topic=2'")
        tab.wait("document.querySelector('.new-form')")
        self.assertEqual("", tab.evaluate("document.querySelector('.new-form input').value"))
        tab.quiet()

    # ---- what is wrong ---------------------------------------------------------------------------------------------------------
    def test_what_has_to_be_filled_in_is_said_at_each_field_before_it_is_sent(self):
        self.fields((50, "choices", "Parts", {"choices": "p:Pump", "multiselect": True}), (51, "bool", "Danger", {"desc": "Yes"}), (52, "phone", "Call back", {}))
        self.desk.sql("UPDATE ost_form_field SET flags=flags|0x4400 WHERE id IN (50,51,52)")
        tab = self.form()
        required = tab.evaluate("document.querySelectorAll('.needed').length")
        tab.click(".new-form .primary")
        tab.wait("document.querySelector('.new-form .error').innerText")
        wrong = [text for text in tab.texts(".new-form .error") if text]
        self.assertEqual((required, 2 + 3), (len(wrong), len(wrong)), wrong)
        self.assertTrue(tab.evaluate("document.activeElement === document.querySelector('.new-form input') && document.activeElement.getAttribute('aria-invalid') === 'true'"))
        self.assertEqual("Please fill this in.", tab.evaluate("document.querySelector('.new-form textarea').nextElementSibling.innerText"), "below the text, not the files")
        self.assertFalse([url for url in tab.requests if url.endswith("/tickets.json")])
        tab.quiet()

    def test_what_is_wrong_with_files_is_said_below_them_before_they_are_sent(self):
        self.desk.sql("UPDATE ost_form_field SET configuration='{\"attachments\":true,\"extensions\":\".txt\"}' WHERE type='thread'")
        tab = self.form()
        self.write(tab)
        attach(tab, ".new-form input[type=file]", {"x.exe": b"x"})
        tab.click(".new-form .primary")
        tab.wait("document.querySelector('.chooser + .error').innerText.includes('x.exe is not one of .txt')")
        self.assertEqual(["file", 1], tab.evaluate("[document.activeElement.type, [...document.querySelectorAll('.new-form .error')].filter(error => error.innerText).length]"))
        tab.click(".chosen button")
        self.sent(tab)
        tab.quiet()

    def test_what_the_server_refuses_is_said_at_its_field_and_what_was_typed_stays(self):
        self.fields((50, "text", "IP address", {"validator": "ip"}), (53, "phone", "Call back", {"ext": True, "digits": 9}))
        tab = self.form()
        before = self.desk.value("SELECT COUNT(*) FROM ost_ticket")
        self.write(tab)
        tab.fill(self.control(tab, "IP address"), "not one")
        tab.fill(self.control(tab, "Call back"), "12")
        tab.click(".new-form .primary")
        for label in ("IP address", "Call back"):
            tab.wait("document.querySelector('%s-wrong').innerText" % self.control(tab, label))
        self.assertEqual([self.control(tab, "IP address")[1:], "true", ""], tab.evaluate("[document.activeElement.id, document.activeElement.getAttribute('aria-invalid'), document.querySelector('.new-form .notice')?.innerText ?? '']"))
        self.assertEqual(before, self.desk.value("SELECT COUNT(*) FROM ost_ticket"))
        tab.fill(self.control(tab, "IP address"), "192.0.2.1")
        tab.fill(self.control(tab, "Call back"), "3125550142")
        self.sent(tab)
        self.assertEqual(int(before) + 1, int(self.desk.value("SELECT COUNT(*) FROM ost_ticket")))
        tab.quiet("422")

    def test_an_answer_that_was_lost_makes_no_second_ticket(self):
        tab = self.form("2")
        self.write(tab)
        before = int(self.desk.value("SELECT COUNT(*) FROM ost_ticket"))
        tab.answer("*/tickets.json", 0, late=True)
        tab.click(".new-form .primary")
        tab.wait("document.querySelector('.new-form .notice')?.innerText.includes('carried out once')")
        tab.answer_no_more()
        self.sent(tab)
        self.assertEqual(before + 1, int(self.desk.value("SELECT COUNT(*) FROM ost_ticket")))
        tab.quiet("ERR_")

    def test_who_is_banned_is_told_and_keeps_what_he_wrote(self):
        tab = self.form("2")
        self.write(tab)
        tab.answer("*/tickets.json", 403, '{"status_code":"FAILURE","error":"refused","status_msg":"Ticket denied","errors":{}}', Content_Type="application/json")
        tab.click(".new-form .primary")
        tab.wait("document.querySelector('.new-form .notice')?.innerText.includes('Ticket denied')")
        self.assertEqual("The pump is loud", tab.evaluate("document.querySelector('.new-form input').value"))
        tab.quiet("403")

    def test_a_token_that_may_not_write_is_offered_none_of_it(self):
        self.back_end.more = {"scope": "read files"}
        tab = self.opened("/310104?", "document.querySelector('.thread')")
        self.assertEqual([True, None], tab.evaluate("[document.querySelector('#write').hidden, document.querySelector('.answer')]"))
        tab.quiet()

    # ---- for everybody ---------------------------------------------------------------------------------------------------------
    def test_every_kind_can_be_read_and_hit_narrow_and_wide_light_and_dark(self):
        self.fields()
        for width, dark in ((375, False), (1280, True)):
            tab = self.form(width=width, height=900, dark=dark)
            tab.click(".new-form .primary")
            for check in (looks.faint, looks.wide, looks.small, looks.nameless):
                self.assertEqual([], check(tab), "%d: %s" % (width, check.__name__))
            tab.quiet()
            tab.close()


if __name__ == "__main__":
    unittest.main()
