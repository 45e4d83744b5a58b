# SPDX-License-Identifier: GPL-2.0-or-later
"""What a client writes to a ticket, as the portal takes it."""
import base64
import unittest

import acting
import demo

FILE = [{"note.txt": "data:text/plain;base64," + base64.b64encode(b"hello").decode()}]


class Message(acting.ActingDesk):
    def write(self, body, status=201, ticket="310042", **more):
        return self.act("POST", ticket + "/message.json", {"message": "Still stuck", **body}, status, **more)

    def not_written(self, body, status, field=None, ticket="310042", **more):
        return self.refused("POST", ticket + "/message.json", {"message": "Still stuck", **body}, status, field, **more)

    def entry(self, answer, columns="type, user_id, staff_id, poster, body, flags, recipients"):
        return self.desk.sql("SELECT %s FROM ost_thread_entry WHERE id=%d" % (columns, answer["entry_id"]))[0]

    def test_the_owners_message_goes_to_those_who_take_part(self):
        answer = self.write({})
        self.assertEqual(["M", "1", "0", "Anna Lindqvist", "Still stuck", "512", '{"cc":{"1":"Dr. Piet Jan van Dam Jr. <Piet.vanDam@quay.example>"}}'],
                         self.entry(answer))
        self.assertEqual(["0", "1"], self.desk.sql("SELECT isanswered, TIMESTAMPDIFF(SECOND,lastupdate,updated) IN (0,1) FROM ost_ticket WHERE ticket_id=1")[0])
        self.assertGreater(self.desk.value("SELECT lastmessage FROM ost_thread WHERE id=1"), "2025-03-04")
        self.assertEqual(["ticket.activity.notice", "message.alert"], self.mails())
        self.assertEqual((2, []), (answer["mails"], answer["events"]))

    def test_a_collaborators_message_goes_to_the_owner(self):
        answer = self.write({"user": "piet.vandam@quay.example", "message": "<p>I see it <b>too</b></p>", "format": "html"})
        self.assertEqual(["M", "2", "0", "Dr. Piet Jan van Dam Jr.", "<p>I see it <b>too</b></p>", str(64 + 32 + 512),
                          '{"to":{"1":"Anna Lindqvist <anna@quay.example>"}}'], self.entry(answer))

    def test_what_the_author_hears(self):
        self.setting("message_autoresponder", "1")
        self.desk.sql("UPDATE ost_department SET message_auto_response=1")
        self.write({"autorespond": True, "alert": False})
        self.assertEqual(["message.autoresp", "ticket.activity.notice"], self.mails())
        self.desk.sql_again("DELETE FROM fcgi_ost_mail")
        self.write({"autorespond": False})
        self.assertEqual(["message.alert"], self.mails())
        self.desk.sql("DELETE FROM fcgi_ost_mail; UPDATE ost_department SET message_auto_response=0")
        self.setting("message_autoresponder_collabs", "0")
        self.write({})
        self.assertEqual(["message.alert"], self.mails())

    def test_a_stranger_does_not_learn_that_the_ticket_is_there(self):
        self.assertEqual("There is no such ticket", self.not_written({"user": "cher@stage.example"}, 404))
        for nobody in ("nobody@nowhere.example", "\U0001F600", "\U0001F600@quay.example"):  # also what no column compares
            self.not_written({"user": nobody}, 422, "user")
        before = self.last_event()
        answer = self.write({"user": 3, "add_collaborator": True})
        self.assertEqual([["collab", '{"add":{"3":{"name":"Cher"}}}', "cher@stage.example"]], self.events(before))
        self.assertEqual([["3", "3"]], self.desk.sql("SELECT user_id, flags FROM ost_thread_collaborator WHERE thread_id=1 AND user_id=3"))
        self.assertEqual("3", self.entry(answer, "user_id")[0])

    def test_colleagues_write_where_the_organization_shares_its_tickets(self):
        self.desk.sql("DELETE FROM ost_thread_collaborator")
        self.not_written({"user": 2}, 404)
        self.desk.sql("UPDATE ost_organization SET status=16")
        self.write({"user": 2})
        self.assertEqual([["2", "3"]], self.desk.sql("SELECT user_id, flags FROM ost_thread_collaborator"))

    def test_it_opens_a_closed_ticket_that_may_be_opened(self):
        before = self.last_event()
        answer = self.write({}, ticket="310044")
        self.assertEqual(["reopened"], answer["events"])
        self.assertEqual("open", answer["ticket"]["status"]["state"])
        self.assertEqual([["2", "U"]], self.desk.sql("SELECT uid, uid_type FROM ost_thread_event WHERE id>%s" % before))

    def test_a_ticket_that_stays_closed_takes_none(self):
        self.assertEqual("This ticket is marked as closed and cannot be reopened.", self.not_written({}, 409, ticket="310049"))
        for properties in ("{}", '{"allowreopen":false,"reopenstatus":6}', '{"allowreopen":true}', '{"allowreopen":true,"reopenstatus":null}'):
            self.desk.sql("UPDATE ost_ticket_status SET properties='%s' WHERE id=3" % properties)
            self.not_written({}, 409, ticket="310044")

    def test_a_merged_ticket_hands_it_to_its_parent(self):
        self.desk.sql("UPDATE ost_ticket SET flags=17 WHERE ticket_id=2; UPDATE ost_ticket SET flags=1, ticket_pid=2, sort=1 WHERE ticket_id=7;"
                      "UPDATE ost_thread SET object_type='C' WHERE object_id=7")
        answer = self.write({}, ticket="HT-0007")
        self.assertEqual(["2", "1"], self.entry(answer, "thread_id, user_id"))
        self.assertEqual("310043", answer["ticket"]["number"])

    def test_the_version_is_of_the_ticket_in_the_path(self):
        self.desk.sql("UPDATE ost_ticket SET flags=17 WHERE ticket_id=2; UPDATE ost_ticket SET flags=1, ticket_pid=2, sort=1 WHERE ticket_id=7;"
                      "UPDATE ost_thread SET object_type='C' WHERE object_id=7")
        versions = [self.desk.get("/tickets/%s.json" % number, key=demo.KEY).json["version"] for number in ("HT-0007", "310043")]
        self.not_written({}, 412, ticket="HT-0007", headers=[("If-Match", '"%s"' % versions[1])])
        self.write({}, ticket="HT-0007", headers=[("If-Match", '"%s"' % versions[0])])

    def test_a_key_that_does_not_see_the_parent_learns_nothing_of_it(self):
        self.desk.sql("UPDATE ost_ticket SET flags=17 WHERE ticket_id=2; UPDATE ost_ticket SET flags=1, ticket_pid=2, sort=1 WHERE ticket_id=7;"
                      "UPDATE fcgi_ost_key SET depts='1'")
        self.not_written({}, 404, ticket="HT-0007")

    def test_files_come_with_it_as_the_form_lets_them(self):
        answer = self.write({"attachments": FILE})
        self.assertEqual("note.txt", self.desk.value("SELECT f.name FROM ost_attachment a JOIN ost_file f ON f.id=a.file_id WHERE a.object_id=%d AND a.type='H'" % answer["entry_id"]))
        self.desk.sql("UPDATE ost_form_field SET configuration='{\"attachments\":true,\"size\":3}' WHERE id=21")
        self.not_written({"attachments": FILE}, 422, "attachments")
        self.desk.sql("UPDATE ost_form_field SET configuration='{\"attachments\":true,\"extensions\":\".pdf\"}' WHERE id=21")
        self.not_written({"attachments": FILE}, 422, "attachments")
        self.desk.sql("UPDATE ost_form_field SET configuration='{\"attachments\":false}' WHERE id=21")
        self.write({"attachments": FILE})

    def test_bodies_that_are_none(self):
        for body, status, field in (({"message": ""}, 422, "message"), ({"message": None}, 422, "message"), ({"message": "<br>", "format": "html"}, 422, "message"),
                                    ({"message": ["x"]}, 400, "message"), ({"message": "a\0b"}, 400, "message"), ({"format": "rtf"}, 422, "format"),
                                    ({"staffUserName": "tokafor"}, 422, "staffUserName"), ({"comments": "x"}, 422, "comments"),
                                    ({"attachments": "x"}, 400, "attachments"), ({"nosuch": 1}, 422, "nosuch"), ({"user": {}}, 400, "user")):
            with self.subTest(body=body):
                self.not_written(body, status, field)
        self.not_written({}, 404, ticket="999999")

    def test_a_key_with_a_users_view_writes_as_him_alone(self):
        self.desk.sql("UPDATE fcgi_ost_key SET scopes='message', any_staff=0, `system`=0, view='user', view_id=2")
        answer = self.write({})
        self.assertEqual("2", self.entry(answer, "user_id")[0])
        self.not_written({"user": 1}, 404)
        self.not_written({}, 404, ticket="310045")
        self.desk.sql("UPDATE fcgi_ost_key SET view='org', view_id=1")
        self.not_written({}, 403)

    def test_rehearsal_version_and_repetition(self):
        before = self.rows()
        self.write({"dry_run": True}, ticket="310044")
        self.assertEqual(before, self.rows())
        self.not_written({}, 412, headers=[("If-Match", '"0000000000000000"')])
        first = self.write({}, headers=[("Idempotency-Key", "m-1")])
        self.assertEqual(first, self.write({}, headers=[("Idempotency-Key", "m-1")]))
        self.assertEqual("1", self.desk.value("SELECT COUNT(*) FROM ost_thread_entry WHERE body='Still stuck'"))


if __name__ == "__main__":
    unittest.main()
