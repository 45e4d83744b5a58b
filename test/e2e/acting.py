# SPDX-License-Identifier: GPL-2.0-or-later
"""A desk on which a key may act as any agent, and what actions leave behind."""
import json

import demo


class ActingDesk(demo.FreshDesk):
    """Each test begins with the rows of schema/demo.sql and a key that may do everything."""

    def setUp(self):
        super().setUp()
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1)")

    def act(self, method, path, body, status=200, **more):
        """Sends a JSON body, and gives what is answered."""
        sent = body if body is None or isinstance(body, (str, bytes)) else json.dumps(body)
        answer = self.desk.request(method, "/tickets/" + path, body=sent, key=demo.KEY, **more)
        self.assertEqual(status, answer.status, str(answer))
        return answer.json

    def refused(self, method, path, body, status, field=None, **more):
        """The same of what is refused, which leaves nothing."""
        before = self.rows()
        answer = self.act(method, path, body, status, **more)
        self.assertEqual("FAILURE", answer["status_code"])
        self.assertEqual([field] if field else [], list(answer.get("errors", [])), answer)
        self.assertEqual(before, self.rows(), "something was written")
        return answer["status_msg"]

    def rows(self):
        """A number that is another once any row of the help desk's that actions touch is."""
        tables = ("ost_ticket", "ost_ticket__cdata", "ost_thread", "ost_thread_entry", "ost_thread_event", "ost_user",
                  "ost_thread_collaborator", "ost_form_entry_values", "ost__search", "ost_user_email", "ost_file",
                  "fcgi_ost_idempotency")
        return [row[1] for row in self.desk.sql("CHECKSUM TABLE " + ",".join(tables))] + [self.desk.value("SELECT COUNT(*) FROM fcgi_ost_mail")]

    def column(self, column, ticket=1, table="ost_ticket"):
        return self.desk.value("SELECT %s FROM %s WHERE ticket_id=%d" % (column, table, ticket))

    def events(self, after):
        """[name, data, username] of those behind the id."""
        return self.desk.sql("SELECT e.name, v.data, v.username FROM ost_thread_event v JOIN ost_event e ON e.id=v.event_id "
                             "WHERE v.id>%s ORDER BY v.id" % after)

    def last_event(self):
        return self.desk.value("SELECT MAX(id) FROM ost_thread_event")

    def mails(self):
        """The kinds of mails that were queued."""
        return [row[0] for row in self.desk.sql("SELECT kind FROM fcgi_ost_mail ORDER BY id")]
