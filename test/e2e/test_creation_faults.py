# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever statement of a new ticket the database refuses, whoever opens it in whatever way, and behind whatever statement nothing is heard
of the database any more: the ticket is there whole, or nothing of it; and once, where it is sent again."""
import json
import unittest

import client_tokens
import test_forms
from faulted_desk import AGENT, FILE, Action, FaultedDesk

NEW = {"email": "new@nowhere.example", "name": "New", "subject": "Crane", "message": "It leaks.", "attachments": FILE}
MAIL = ("From: %s\r\nTo: <%s>\r\nCc: Piet <piet.vandam@quay.example>\r\nSubject: %s\r\nMessage-ID: <%s@mail.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nIt is dark.\r\n--b\r\n"
        "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nhello\r\n--b--\r\n")
MAILBOX = "support@quay.example"
XML = ("<ticket><email>new@nowhere.example</email><name>New</name><subject>Crane</subject><message>It leaks.</message>"
       "<attachments><file name='a.txt' type='text/plain' encoding='base64'>aGVsbG8=</file></attachments></ticket>")
FORM = test_forms.body(test_forms.part("ticket", json.dumps({name: value for name, value in NEW.items() if name != "attachments"}), kind="application/json"),
                       test_forms.part("file", b"hello", "a.txt", "text/plain"))
CREATIONS = (
    Action("a new ticket", "POST", "/tickets.json", NEW),
    Action("a new ticket as agents open it", "POST", "/tickets.json",
           {**NEW, **AGENT, "department": 2, "staff": "mvries", "priority": "High", "note": "She will ring.", "cc": ["bo@nowhere.example"]},
           headers={"Accept": "application/json; profile=ticket"}),
    Action("a new ticket in a form", "POST", "/tickets.json", FORM, headers=test_forms.form_type()),
    Action("a new ticket in XML", "POST", "/tickets.xml", XML, headers={"Content-Type": "text/xml"}),
    Action("a new ticket of a client's token", "POST", "/tickets.json", {**NEW, "topicId": 1}, key=None, of_client=True,
           sql="UPDATE fcgi_ost_key SET scopes='%s'; REPLACE INTO fcgi_ost_token(key_id,secret) VALUES(1,'%s')" % (client_tokens.SCOPES, client_tokens.SECRET)),
    Action("a new ticket by mail", "POST", "/tickets.email", MAIL % ("New <new@nowhere.example>", MAILBOX, "Crane", "$mid")),
    Action("an answer by mail", "POST", "/tickets.email", MAIL % ("Anna <anna@quay.example>", MAILBOX, "Re: [#310044]", "$mid")),
)


class CreationFaults(FaultedDesk):
    name = "creation_faults"

    def test_a_statement_that_fails_leaves_nothing(self):
        self.leaves_nothing(CREATIONS)

    def test_what_is_rolled_back_at_any_statement_is_done_again_and_once(self):
        self.is_done_again_and_once(CREATIONS, 2)

    def test_what_the_link_ends_behind_is_there_whole_or_not_at_all_and_by_a_retry_once(self):
        self.is_done_whole_or_not_at_all(CREATIONS, 1)


if __name__ == "__main__":
    unittest.main()
