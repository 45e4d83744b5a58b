# SPDX-License-Identifier: GPL-2.0-or-later
"""osticket-fcgi -t: every mistake that an installation can have, made on purpose, is named with a mend that can be followed."""
import base64
import grp
import hashlib
import hmac
import json
import os
import pwd
import re
import shutil
import struct
import subprocess
import tempfile
import unittest

import demo
from fake_php_fpm import FakePhpFpm

SALT = "0123456789abcdefghijklmnopqrstuv"


def message_id(salt):
    """A Message-ID as osTicket makes them."""
    system = base64.b64encode(hashlib.md5(b"mail" + salt.encode()).digest())[:6].replace(b"+", b"=")
    tag = b"\1\0\0\0\2\0\0\0\3\0\0\0U"
    signature = hmac.new(salt.encode(), tag + b"abcde" + system, hashlib.sha1).digest()[-5:]
    return "B%s-abcde-%s-desk@quay.example" % (system.decode(), base64.b64encode(tag + signature).decode())


class Check(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()

    def setUp(self):
        demo.reset(self.desk)
        self.folder = tempfile.mkdtemp(prefix="check.", dir="/tmp")
        os.chmod(self.folder, 0o755)
        self.root = os.path.join(self.folder, "root")
        self.config = os.path.join(self.folder, "desk.ini")
        with open(self.desk.env["CONFIG"], encoding="utf-8") as file:
            self.text = file.read()
        # Where the tests run says nothing of an installation: below /tmp the database's socket would be warned of.
        self.socket = "/." + self.desk.env["SOCK"]
        # The web server of the machine that runs the tests is none of ours.
        self.web("user %s;" % pwd.getpwuid(os.geteuid()).pw_name)

    def tearDown(self):
        shutil.rmtree(self.folder)
        demo.reset(self.desk)

    def web(self, nginx):
        os.makedirs(os.path.join(self.root, "etc/nginx"), exist_ok=True)
        with open(os.path.join(self.root, "etc/nginx/nginx.conf"), "w", encoding="utf-8") as file:
            file.write(nginx)

    def write(self, mode=0o600, **settings):
        """The desk's settings with others, "section__key"."""
        text = self.text
        for name, value in {"database__socket": self.socket, **settings}.items():
            section, key = name.split("__")
            text = re.sub(r'(?m)^(\[%s\]\n(?:[^\[]*\n)??)%s = .*\n' % (section, key), r"\1", text)
            line = '%s = "%s"\n' % (key, value)
            text = text.replace("[%s]\n" % section, "[%s]\n%s" % (section, line)) if "[%s]\n" % section in text \
                else text + "[%s]\n%s" % (section, line)
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(self.config, mode)

    def run_check(self, *words):
        done = subprocess.run([self.desk.env["PROGRAM"], "-t", "-c", self.config, "--root", self.root, *words],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        self.assertNotIn("Sanitizer", done.stderr)
        return done

    def assert_found(self, grade, finding, mend, code=None, words=("--quick",)):
        done = self.run_check(*words)
        self.assertRegex(done.stdout, r"(?m)^%s: .*%s.*; mend: .*%s" % (grade, finding, mend))
        self.assertEqual(1 if grade == "error" else 0 if code is None else code, done.returncode, done.stdout)

    def test_nothing_is_wrong(self):
        self.write()
        done = self.run_check("--quick", "--strict")
        self.assertEqual((0, "ok: configuration file %s\n" % self.config), (done.returncode, done.stdout))
        done = self.run_check()
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertNotIn("error:", done.stdout)

    def test_there_is_no_settings_file(self):
        done = self.run_check()
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, r"^error: %s: there is no such file; make one: osticket-fcgi setup, or osticket-fcgi --import "
                                      r"\S+/include/ost-config.php > %s\n$" % (self.config, self.config))

    def test_who_may_write_the_settings_file(self):
        self.write(mode=0o602)
        self.assert_found("error", "can be changed by everybody", "chmod 640 " + self.config)
        self.write(mode=0o644)
        self.assert_found("warning", "can be read by everybody", "chmod 640 " + self.config)
        self.write()
        os.chmod(self.folder, 0o757)
        self.assert_found("warning", "everybody may write in " + self.folder, "chmod o-w " + self.folder)

    def test_what_of_php_s_way_with_e_mails_comes_back(self):
        self.write(email__as_php="agent-spoof, list-join")
        self.assert_found("warning", "agent-spoof: who holds a mail that went to an agent writes internal notes in that agent's name",
                          "take agent-spoof out of .email. as_php")
        self.assert_found("warning", "list-join: mailing lists, agents and no-reply addresses",
                          "take list-join out of .email. as_php")
        self.assertNotIn("owner-spoof", self.run_check("--quick").stdout)
        self.write(email__as_php="agentspoof")
        done = self.run_check("--quick")
        self.assertEqual(1, done.returncode)
        self.assertIn('"agentspoof" is not known; right would be some of agent-spoof, ', done.stdout)

    @unittest.skipUnless(os.geteuid() == 0, "only root gives files away")
    def test_whose_the_settings_file_is(self):
        self.write(mode=0o660)
        os.chown(self.config, -1, 1)
        self.assert_found("warning", "can be changed by its group", "chmod 640 " + self.config)
        os.chown(self.config, -1, 0)
        os.chmod(self.config, 0o660)
        self.assertNotIn("warning", self.run_check("--quick").stdout)
        os.chown(self.config, 1, 0)
        self.assert_found("warning", "belongs to user 1", "chown root " + self.config)

    def test_users_and_groups_that_do_not_exist(self):
        for key, command in (("user", "useradd --system "), ("socket_owner", "useradd --system "), ("group", "groupadd --system "),
                             ("socket_group", "groupadd --system ")):
            with self.subTest(key):
                self.write(**{"server__" + key: "nobody-of-that-name"})
                self.assert_found("error", r"\[server\] %s: there is no (user|group) nobody-of-that-name" % key,
                                  command + ".*nobody-of-that-name")

    def test_a_web_server_that_may_not_reach_the_socket(self):
        self.web("user www-data;")
        self.write(server__socket_group="root", server__socket_mode="0660")
        self.assert_found("warning", "web server runs as www-data, who may not write to the socket",
                          r"in %s set \[server\] socket_group = www-data" % self.config)
        self.write(server__socket="/run/osticket-fcgi/x.sock", server__socket_group="root")
        self.assert_found("error", "may not write to the socket /run/osticket-fcgi/x.sock",
                          r"socket_group = www-data and socket_mode = 0660, then: systemctl restart osticket-fcgi")
        self.web("user www-data www-data;\nhttp { }")
        self.write(server__socket="/run/x.sock", server__socket_group="www-data")
        self.assertNotIn("may not write", self.run_check("--quick").stdout)
        self.write(server__socket="/run/x.sock", server__socket_group="www-data", server__socket_mode="0640")
        self.assert_found("error", "may not write to the socket", "socket_mode = 0660")
        self.write(server__socket="/run/x.sock", server__socket_mode="0666")
        self.assert_found("warning", "every user of this machine may write to the socket", "socket_mode = 0660")

    def test_the_socket_s_folder(self):
        self.write(server__socket=self.folder + "/none/x.sock")
        self.assert_found("error", r"the folder of \[server\] socket, %s/none: No such" % self.folder,
                          "install -d -m 755 %s/none" % self.folder)
        os.mkdir(self.folder + "/none", 0o700)
        self.web("user www-data;")
        self.write(server__socket=self.folder + "/none/x.sock", server__socket_group="www-data")
        self.assert_found("warning", "www-data, who may not enter %s/none" % self.folder, "chmod o.x %s/none" % self.folder)
        os.chmod(self.folder + "/none", 0o777)
        self.assert_found("warning", "everybody may write in %s/none: any user may put a socket" % self.folder,
                          "chmod o-w %s/none" % self.folder)
        os.chmod(self.folder + "/none", 0o1777)
        self.assertNotIn("everybody may write", self.run_check("--quick").stdout)

    def test_a_port_that_others_may_reach(self):
        self.write(server__listen="*:9100")
        self.assert_found("warning", r"whoever reaches \*:9100 can say that he is any client", r"set \[server\] listen")
        self.write(server__listen="127.0.0.1:9100")
        self.assertNotIn("whoever reaches", self.run_check().stdout)

    def test_the_log_s_folder(self):
        self.write(log__file=self.folder + "/none/x.log")
        self.assert_found("error", r"the folder of \[log\] file, %s/none: No such" % self.folder,
                          "install -d -m 755 %s/none" % self.folder)
        os.mkdir(self.folder + "/real", 0o757)
        os.chmod(self.folder + "/real", 0o757)
        self.write(log__file=self.folder + "/real/x.log")
        self.assert_found("warning", "everybody may write in %s/real" % self.folder, "chmod o-w %s/real" % self.folder)
        os.chmod(self.folder + "/real", 0o755)
        os.symlink("/etc/passwd", self.folder + "/real/x.log")
        self.assert_found("error", "x.log is a symbolic link", "rm %s/real/x.log" % self.folder)
        os.symlink(self.folder + "/real", self.folder + "/link")
        self.write(log__file=self.folder + "/link/y.log")
        self.assert_found("warning", "%s/link, is a symbolic link" % self.folder, r"in %s set \[log\] file" % self.config)

    def test_a_database_socket_below_tmp(self):
        for key, value in (("socket", "/tmp/a/mysql.sock"), ("socket", "/var/tmp/mysql.sock")):
            self.write(**{"database__" + key: value})
            self.assert_found("warning", value + " lies below /tmp", r"\[Service\] PrivateTmp=no")

    def test_a_salt_that_is_another_help_desk_s(self):
        self.write()
        self.assertIn("nothing in the database tells whether it is the right one", self.run_check().stdout)
        self.desk.sql("INSERT INTO ost_thread_entry_email(thread_entry_id,mid,headers) VALUES(1,'<x@y>','From: a\nIn-Reply-To: <%s>\n')"
                      % message_id(SALT))
        self.assertIn("ok: secret_salt is the help desk's own", self.run_check().stdout)
        self.write(osticket__secret_salt="another")
        self.assert_found("error", r"secret_salt is not the help desk's own: the Message-ID B\S+",
                          r"in %s set \[osticket\] secret_salt to SECRET_SALT" % self.config, words=())

    def test_a_password_that_the_salt_does_not_open(self):
        self.desk.sql("UPDATE ost_email_account SET active=1; INSERT INTO ost_config(namespace,`key`,value) VALUES"
                      "('email.1.account.1','username','desk'),('email.1.account.1','passwd','$2$%s')"
                      % base64.b64encode(b"$1$" + bytes(16) + bytes(range(32))).decode())
        self.write()
        self.assert_found("error", "secret_salt is not the help desk's own: the password of the mail account desk",
                          r"set \[osticket\] secret_salt", words=())

    def test_more_workers_than_connections(self):
        self.write(server__workers="500")
        self.assert_found("error", "want 504 connections; the database server allows 200", "SET GLOBAL max_connections = 1008",
                          words=())
        self.write(server__workers="150")
        self.assert_found("warning", "want 154 connections", "SET GLOBAL max_connections = 308", words=())

    def test_rights_that_are_missing(self):
        self.write()
        self.desk.sql("REVOKE DELETE ON `%s`.* FROM 'osticket'@'localhost'" % self.desk.env["DB"])
        self.addCleanup(self.desk.sql, "GRANT SELECT, INSERT, UPDATE, DELETE ON `%s`.* TO 'osticket'@'localhost'" % self.desk.env["DB"])
        done = self.run_check()
        mend = re.search(r"(?m)^error: .*DELETE command denied.*; mend: (GRANT .*)$", done.stdout).group(1)
        self.desk.sql(mend)  # as it is printed
        self.assertEqual(0, self.run_check().returncode)

    def test_a_table_that_is_missing(self):
        self.write()
        self.desk.sql("DROP TABLE fcgi_ost_idempotency")
        self.addCleanup(self.desk.load, os.path.join(demo.ROOT, "schema", "fcgi-idempotency.sql"))
        done = self.run_check()
        mend = re.search(r"(?m)^warning: .*fcgi_ost_idempotency .* is missing; mend: .*: osticket-fcgi (schema .*) \| mariadb$", done.stdout)
        sql = subprocess.run([self.desk.env["PROGRAM"], *mend.group(1).split()], capture_output=True, text=True, check=True, timeout=30)
        self.desk.sql(sql.stdout)
        self.assertNotIn("is missing", self.run_check().stdout)

    def test_an_index_of_words_that_is_missing(self):
        self.write()
        self.assertNotIn("full-text", self.run_check().stdout)
        self.desk.sql("ALTER TABLE ost__search DROP INDEX search")
        done = self.run_check()
        mend = re.search(r"(?m)^warning: .*no full-text index on ost__search\.title.*; mend: (ALTER TABLE .*)$", done.stdout)
        self.desk.sql(mend.group(1))  # as it is printed
        self.assertNotIn("full-text", self.run_check().stdout)

    def test_the_answers_table_that_osticket_makes_anew(self):
        self.write()
        self.desk.sql("RENAME TABLE ost_ticket__cdata TO away")
        try:
            self.assert_found("warning", "ost_ticket__cdata is not there", "any page of the help desk", words=())
        finally:
            self.desk.sql("RENAME TABLE away TO ost_ticket__cdata")

    def php_fpm(self, status, complaint=b""):
        """The path of something that answers as PHP-FPM does."""
        php = FakePhpFpm(self.root + "/fpm.sock", status, complaint)
        self.addCleanup(php.stop)
        return "/fpm.sock"

    def test_a_fallback_that_does_not_answer(self):
        self.write(fallback__php_fpm="/none.sock", fallback__script="/srv/desk/api/http.php")
        self.assert_found("error", "PHP-FPM at %s/none.sock does not answer" % self.root,
                          r"set \[fallback\] php_fpm to where it listens", words=())
        self.write(fallback__php_fpm=self.php_fpm(b"404 Not Found", b"Primary script unknown"), fallback__script="/srv/x/http.php")
        self.assert_found("error", "answers, and finds no script /srv/x/http.php", r"set \[fallback\] script to the path", words=())
        self.doCleanups()
        self.write(fallback__php_fpm=self.php_fpm(b"400 Bad Request"), fallback__script="/srv/x/http.php")
        done = self.run_check()
        self.assertIn("ok: PHP-FPM at %s/fpm.sock answers" % self.root, done.stdout)
        self.assertNotIn("no fallback", done.stdout)

    @unittest.skipUnless(os.geteuid() == 0, "only root runs workers as another user")
    def test_a_fallback_that_the_workers_may_not_reach(self):
        path = self.php_fpm(b"400 Bad Request")
        os.chmod(self.root + path, 0o660)
        self.write(server__user="nobody", fallback__php_fpm=path, fallback__script="/srv/x/http.php")
        os.chmod(self.root + path, 0o666)
        os.chmod(self.root, 0o700)
        self.assert_found("error", "may not write to PHP-FPM's socket", "let nobody enter each folder on the way", words=())
        os.chmod(self.root, 0o755)
        os.chmod(self.root + path, 0o660)
        # Nobody is told to join root's group.
        self.assert_found("error", "may not write to PHP-FPM's socket", "listen.group to the web server's group", words=())
        os.chown(self.root + path, -1, grp.getgrnam("www-data").gr_gid)
        self.assert_found("error", "workers run as nobody, who may not write to PHP-FPM's socket", "usermod -a -G www-data nobody", words=())
        os.chmod(self.root + path, 0o600)
        self.assert_found("error", "may not write to PHP-FPM's socket", "set listen.mode = 0660", words=())
        self.assertEqual(1, self.run_check().returncode)
        # As Fedora's pool opens it: to users by name. Entries of the list: its version, then kind, rights, whose.
        nobody, anyone = pwd.getpwnam("nobody").pw_uid, 0xffffffff
        entries = ((1, 6, anyone), (2, 6, nobody), (4, 0, anyone), (16, 6, anyone), (32, 0, anyone))
        try:
            os.setxattr(self.root + path, "system.posix_acl_access", struct.pack("<I", 2) + b"".join(
                struct.pack("<HHI", *entry) for entry in entries))
        except OSError:
            self.skipTest("no access control lists here")
        self.assertIn("ok: PHP-FPM at %s%s answers" % (self.root, path), self.run_check().stdout)
        self.assertEqual(0, self.run_check().returncode)

    def test_json(self):
        self.write(mode=0o644)
        for words, usable in ((("--json", "--quick"), True), (("--json", "--quick", "--strict"), False)):
            done = self.run_check(*words)
            found = json.loads(done.stdout)
            self.assertEqual((self.config, usable, 0, 1), (found["file"], found["usable"], found["errors"], found["warnings"]))
            self.assertEqual(0 if usable else 1, done.returncode)
            self.assertEqual({"grade": "warning", "finding": self.config + " can be read by everybody and holds a password",
                              "mend": "chmod 640 " + self.config}, found["findings"][1])
        with open(self.config, "a", encoding="utf-8") as file:
            file.write("[cron]\nenabled = no\n")
        found = json.loads(self.run_check("--json").stdout)
        self.assertIn("php", {finding["grade"] for finding in found["findings"]})
        with open(self.config, "a", encoding="utf-8") as file:
            file.write("[x]\n")
        found = json.loads(self.run_check("--json").stdout)
        self.assertEqual((False, 1), (found["usable"], found["errors"]))
        self.assertIn("unknown section", found["findings"][0]["finding"])

    def test_options_that_need_t(self):
        done = subprocess.run([self.desk.env["PROGRAM"], "--json"], capture_output=True, text=True, check=False, timeout=30)
        self.assertEqual(2, done.returncode)
        self.assertIn("go with -t", done.stderr)


if __name__ == "__main__":
    unittest.main()
