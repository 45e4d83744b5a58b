# SPDX-License-Identifier: GPL-2.0-or-later
"""A help desk with plugins, or of a version that nobody knows: what goes to PHP, what -t says, and what stays here."""
import os
import subprocess
import unittest

import backend
import demo
from desk import ROOT, Desk

TICKET = {"email": "anna@quay.example", "name": "Anna", "subject": "Crane", "message": "It is stuck."}


class Plugins(unittest.TestCase):
    """Two desks' worth on one: PHP stands by or does not."""

    @classmethod
    def setUpClass(cls):
        cls.server, port = backend.start()
        folder = os.path.join(os.environ["STACKS"], "plugins")
        os.makedirs(folder, exist_ok=True)
        php = "    location @php_here {\n        proxy_pass http://127.0.0.1:%d;\n    }\n    location / {\n" % port
        says = "    fastcgi_param OSTICKET_FCGI_HANDS_ON 1;\n    fastcgi_param HTTP_PROXY"
        files = {"SITE": cls.changed("osticket-fcgi.conf", "    location / {\n", php),
                 "SNIPPET": cls.changed("snippet.conf", "    fastcgi_param HTTP_PROXY", says)}
        cls.desk = Desk.up(folder, ["fallback.php=@php_here", "server.workers=2"], **files)

    @staticmethod
    def changed(name, before, after):
        """A copy of a file of nginx/ with one place changed: its path."""
        path = os.path.join(os.environ["STACKS"], "plugins-" + name)
        with open(os.path.join(ROOT, "nginx", name), encoding="utf-8") as file:
            text = file.read()
        assert before in text, name
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(before, after))
        return path

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()
        cls.server.shutdown()
        cls.server.server_close()

    def setUp(self):
        demo.reset(self.desk)
        self.settings(php="@php_here", replies="no", ignore="")

    def settings(self, php, replies, ignore):
        self.desk.setting("fallback", "php", php)
        self.desk.setting("fallback", "replies", replies)
        self.desk.setting("create", "ignore_plugins", ignore)
        self.desk.reload()

    def plugin(self, folder, instances=(1,), name="Chat"):
        self.desk.sql("INSERT INTO ost_plugin(id,name,install_path,isphar,isactive,installed) VALUES(7,'%s','plugins/%s',0,1,NOW());" %
                      (name, folder) +
                      "".join("INSERT INTO ost_plugin_instance(plugin_id,flags,name,created) VALUES(7,%d,'',NOW());" % flags
                              for flags in instances))

    def create(self):
        return self.desk.request("POST", "/tickets.json", body=TICKET, key=demo.KEY)

    def assert_here(self, answer):
        self.assertIn(answer.status, (200, 201), answer)
        self.assertNotIn('"method"', answer.text)

    def assert_php(self, answer):
        self.assertEqual(201, answer.status, answer)
        self.assertEqual("POST", answer.json["method"])

    def check(self):
        done = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.desk.env["CONFIG"]], capture_output=True, text=True,
                              timeout=60, check=False)
        return done.returncode, done.stdout

    def test_one_that_listens_sends_new_tickets_to_php_and_replies_when_they_shall(self):
        self.plugin("chat")
        before = self.desk.counts()
        self.assert_php(self.create())
        self.assertEqual(before, self.desk.counts())
        code, said = self.check()
        self.assertEqual(0, code, said)
        self.assertRegex(said, r'(?m)^warning: the plugin "Chat" \(plugins/chat\) is active: new tickets go to PHP; it does not hear of '
                               r"replies that are written here; mend: .*set \[create\] ignore_plugins = chat; .*replies = yes")
        self.assert_here(demo.post_reply(self.desk))
        self.settings(php="@php_here", replies="yes", ignore="")
        before = self.desk.counts()
        self.assert_php(demo.post_reply(self.desk))
        self.assertEqual(before, self.desk.counts())
        self.assertIn("new tickets go to PHP; replies go to PHP, too", self.check()[1])

    def test_without_php_it_is_an_error(self):
        self.settings(php="", replies="yes", ignore="")
        self.plugin("audit.phar", name="Help Desk Audit")
        answer = self.create()
        self.assertEqual(501, answer.status, answer)
        self.assertIn('"Help Desk Audit"', answer.text)
        self.assert_here(demo.post_reply(self.desk))
        code, said = self.check()
        self.assertEqual(1, code)
        self.assertRegex(said, r'(?m)^error: the plugin "Help Desk Audit" \(plugins/audit.phar\) is active: new tickets are answered with '
                               r"501, as there is no fallback; .*mend: .*set \[create\] ignore_plugins = audit; else set \[fallback\]")

    def note(self):
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1)")
        return self.desk.request("POST", "/tickets/310042/note.json", body={"note": "x"}, key=demo.KEY)

    def test_under_the_audit_plugin_tickets_are_changed_only_where_they_shall(self):
        self.addCleanup(self.desk.setting, "api", "write_despite_audit", "no")
        self.plugin("audit.phar", name="Help Desk Audit")
        entries = lambda: self.desk.value("SELECT COUNT(*) FROM ost_thread_entry")
        before = entries()
        answer = self.note()
        self.assertEqual((501, "php"), (answer.status, answer.json["error"]), answer)
        self.assertIn('"Help Desk Audit"', answer.json["status_msg"])
        self.assertEqual(before, entries())
        self.assertRegex(self.check()[1], r"(?m)^warning: .*Audit.* is answered with 501; mend: .*write_despite_audit = yes")
        self.desk.setting("api", "write_despite_audit", "yes")
        self.desk.reload()
        self.assertEqual(201, self.note().status)
        self.assertRegex(self.check()[1], r"(?m)^warning: .*Audit.* it does not hear of it; mend: ")
        self.desk.setting("api", "write_despite_audit", "no")
        self.desk.reload()
        self.desk.sql("UPDATE ost_plugin_instance SET flags=0")
        self.assertEqual(201, self.note().status)
        self.desk.sql("DELETE FROM ost_plugin_instance")
        self.settings(php="", replies="no", ignore="audit")
        self.assertEqual(201, self.note().status)

    def test_those_that_do_not_count(self):
        self.settings(php="", replies="no", ignore="other, chat")
        for folder, instances, said in (("auth-oauth2.phar", (1,), "known to be harmless"), ("storage-fs", (1,), "known to be harmless"),
                                        ("auth-ldap", (), "known to be harmless"), ("chat", (1,), "ignore_plugins"),
                                        ("thing", (0, 2), None)):
            with self.subTest(folder):
                self.desk.sql("DELETE FROM ost_plugin; DELETE FROM ost_plugin_instance")
                self.plugin(folder, instances)
                self.assert_here(self.create())
                code, text = self.check()
                self.assertEqual(0, code, text)
                if said:
                    self.assertRegex(text, r"(?m)^ok: the plugin .*plugins/%s\) is active, .*%s" % (folder, said))
                else:
                    self.assertNotIn("the plugin", text)

    def test_one_instance_that_is_on_is_enough(self):
        self.plugin("thing", (0, 3))
        self.assert_php(self.create())

    def test_a_version_that_nobody_knows_is_read_and_not_written(self):
        self.desk.sql("UPDATE ost_config SET value='00000000000000000000000000000000' WHERE `key`='schema_signature'")
        before = self.desk.counts()
        self.assert_php(self.create())
        self.assert_php(demo.post_reply(self.desk))
        self.settings(php="", replies="no", ignore="")
        for answer in (self.create(), demo.post_reply(self.desk)):
            self.assertEqual(501, answer.status, answer)
            self.assertIn("version of osTicket", answer.text)
        self.assertEqual(before, self.desk.counts())
        for path in ("/tickets/ticketInfo?ticketNumber=310042", "/tickets/staffTickets?staffUserName=tokafor", "/tickets"):
            self.assert_here(self.desk.get(path, key=demo.KEY))

    def test_a_reply_on_a_known_version_costs_no_more_round_trips(self):
        _, fields = demo.traced(self.desk, "POST", "/tickets/reply.json", "plugins1", body=demo.reply(), prefix=None)
        answer, fields = demo.traced(self.desk, "POST", "/tickets/reply.json", "plugins2", body=demo.reply())
        self.assert_here(answer)
        self.assertLessEqual(int(fields["round_trips"]), 11)


if __name__ == "__main__":
    unittest.main()
