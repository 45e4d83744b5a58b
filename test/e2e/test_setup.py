# SPDX-License-Identifier: GPL-2.0-or-later
"""osticket-fcgi setup beside a help desk, in a folder that stands for a machine: forward, again, and back."""
import grp
import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest

import demo
from fake_php_fpm import FakePhpFpm

OWN = ("SELECT table_name FROM information_schema.tables WHERE table_schema=DATABASE() AND table_name LIKE 'fcgi%' UNION ALL "
       "SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema=DATABASE() AND index_name LIKE 'fcgi%' "
       "ORDER BY 1")
TABLES = [["fcgi_ost_" + name] for name in ("cron", "delivery", "idempotency", "key", "mail", "mailbox", "position", "seen", "token",
                                            "webhook")]
INDEXES = [["fcgi_" + name] for name in ("entries", "lastupdate", "number", "staff", "updated")]
NGINX = """user www-data;
http {
    include /etc/nginx/sites-enabled/*;
}
"""
SITE = """server {
    listen 80;
    server_name old.example;
    return 301 https://desk.example$request_uri;
}
server {
    listen 443 ssl;
    server_name desk.example;
    root /var/www/html;
    location ~ \\.php$ { fastcgi_pass unix:/run/php/php-fpm.sock; }
}
"""
# The account that it changes is not of this machine's: the socket opens in its place.
USERMOD = """#!/bin/sh
echo "usermod $*" >>"$CALLS"
chmod 666 "$2/run/php/php-fpm.sock"
"""
SYSTEMCTL = """#!/bin/sh
echo "$*" >>"$CALLS"
case $1 in is-active) test -e "$CALLS.active" ;; enable) : >"$CALLS.active" ;; disable) rm "$CALLS.active" ;; esac
"""


class SetUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.own_desk("setup")

    @classmethod
    def tearDownClass(cls):
        cls.desk.down()

    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="setup.", dir="/tmp")
        os.chmod(self.root, 0o755)  # the workers' user comes in here, too
        self.calls = os.path.join(self.root, "calls")
        self.drop_own()
        self.write("etc/nginx/nginx.conf", NGINX)
        self.write("etc/nginx/sites-enabled/desk", SITE)
        self.write_desk("var/www/html/support")
        self.php = FakePhpFpm(os.path.join(self.root, "run/php/php-fpm.sock"))
        self.write("bin/systemctl", SYSTEMCTL)
        os.chmod(os.path.join(self.root, "bin/systemctl"), 0o755)
        os.makedirs(os.path.join(self.root, "run/systemd/system"))

    def tearDown(self):
        self.php.stop()
        shutil.rmtree(self.root)
        # The desk as it was, for the next.
        for name in ("mail", "cron", "key"):
            self.desk.load(os.path.join(demo.ROOT, "schema", "fcgi-%s.sql" % name))

    def drop_own(self):
        for name in [row[0] for row in self.desk.sql(OWN)]:
            table = {"fcgi_number": "ost_ticket", "fcgi_updated": "ost_ticket", "fcgi_lastupdate": "ost_ticket", "fcgi_staff": "ost_ticket",
                     "fcgi_entries": "ost_thread_entry"}.get(name)
            self.desk.sql("DROP INDEX %s ON %s" % (name, table) if table else "DROP TABLE %s" % name)

    def write(self, path, text):
        whole = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)

    def write_desk(self, folder, prefix="ost_"):
        self.write(folder + "/include/ost-config.php",
                   "<?php\ndefine('DBHOST','localhost:%s');\ndefine('DBUSER','osticket');\ndefine('DBPASS','%s');\n"
                   "define('DBNAME','%s');\ndefine('TABLE_PREFIX','%s');\n"
                   "define('SECRET_SALT','0123456789abcdefghijklmnopqrstuv');\n"
                   % (self.desk.env["SOCK"], self.desk.configured("database", "password"), self.desk.env["DB"], prefix))

    def write_settings_for(self, user):
        """The settings of a first run, with workers of another user, kept as somebody's own."""
        self.set_up()
        name = self.files()[0]
        with open(os.path.join(self.root, name), encoding="utf-8") as file:
            text = file.read()
        self.done("--undo", "--yes", "--admin-user", "root")
        self.write(name, re.sub(r"(?s)(\[server\].*?\nuser = )[^\n]*", r"\g<1>" + user, text, count=1))
        return name

    def run_setup(self, *words, config=()):
        environment = {**os.environ, "PATH": self.root + "/bin:" + os.environ["PATH"], "CALLS": self.calls}
        return subprocess.run([self.desk.env["PROGRAM"], *config, "setup", "--root", self.root, *words], env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)

    def done(self, *words):
        done = self.run_setup(*words)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done.stdout

    def set_up(self, *words):
        return self.done("--yes", "--admin-user", "root", *words)

    def files(self):
        """All that lies below the root but what the tests put there."""
        found = []
        for folder, _, names in os.walk(self.root):
            found += [os.path.relpath(os.path.join(folder, name), self.root) for name in names]
        return sorted(name for name in found if name.endswith((".ini", ".undone", ".setup")))

    def systemctl_calls(self):
        try:
            with open(self.calls, encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def test_forward_again_and_back(self):
        said = self.set_up()
        self.assertRegex(said, r"site: nginx, desk.example, the server \{ \} that begins in line 6 of "
                               r"/etc/nginx/sites-enabled/desk, API under /support/api\n")
        for title in ("settings", "access", "database", "check", "server"):
            self.assertRegex(said, r"(?m)^%s: .*\(\d+\.\d\d s\)$" % title)
        self.assertRegex(said, r'put this line into /etc/nginx/sites-enabled/desk, into the "server \{" of line 6 \(desk.example\), .*:'
                               r"\n\n    include /\S+/nginx/snippet.conf;\n")
        self.assertEqual(sorted(TABLES + INDEXES), self.desk.sql(OWN))
        self.assertIn("enable --now osticket-fcgi.service", self.systemctl_calls())
        settings, journal = self.files()
        self.assertEqual("var/lib/osticket-fcgi/osticket-fcgi.setup", journal)
        status = os.stat(os.path.join(self.root, settings))
        self.assertEqual(0o640 if os.geteuid() == 0 else 0o600, stat.S_IMODE(status.st_mode))
        with open(os.path.join(self.root, settings), encoding="utf-8") as file:
            self.assertRegex(file.read(), '(?m)^socket_group = "?www-data"?$')

        before = self.systemctl_calls()
        again = self.set_up()
        self.assertIn("is there already and stays as it is", again)
        self.assertIn("tables and indexes are all there", again)
        self.assertEqual(before + ["is-active --quiet osticket-fcgi.service"], self.systemctl_calls())

        self.done("--undo", "--yes", "--admin-user", "root")
        self.assertEqual([], self.files())
        self.assertEqual([], self.desk.sql(OWN))
        self.assertEqual("disable --now osticket-fcgi.service", self.systemctl_calls()[-1])
        self.assertIn("Nothing to undo", self.done("--undo", "--yes"))

    @unittest.skipUnless(os.geteuid() == 0, "only root may give a socket away")
    def test_a_socket_of_php_for_its_group_alone(self):
        path = os.path.join(self.root, "run/php/php-fpm.sock")
        settings = self.write_settings_for("nobody")
        self.write("bin/usermod", USERMOD)
        os.chmod(os.path.join(self.root, "bin/usermod"), 0o755)
        os.chmod(path, 0o660)
        os.chown(path, 0, grp.getgrnam("www-data").gr_gid)
        self.assertIn("access: usermod -a -G www-data nobody, for PHP-FPM's socket", self.done("--dry-run"))
        self.assertNotIn("usermod", " ".join(self.systemctl_calls()))
        said = self.set_up()
        self.assertIn("access: nobody is a member of www-data now", said)
        self.assertIn("usermod -R %s -a -G www-data nobody" % self.root, self.systemctl_calls())
        again = self.set_up()
        self.assertIn("access: the workers may write to PHP-FPM's socket", again)
        self.assertIn("nobody is no member of www-data any more", self.done("--undo", "--yes", "--admin-user", "root"))
        self.assertEqual([settings], self.files())

        # Nobody joins root's group, nor one that may not write.
        for group, mode in ((0, 0o660), (grp.getgrnam("www-data").gr_gid, 0o600)):
            os.chown(path, 0, group)
            os.chmod(path, mode)
            done = self.run_setup("--yes", "--admin-user", "root")
            self.assertEqual(1, done.returncode, done.stdout)
            self.assertIn("error: the workers run as nobody, who may not write to PHP-FPM's socket", done.stdout)
            self.done("--undo", "--yes", "--admin-user", "root")

    def test_a_dry_run_writes_nothing(self):
        before = self.desk.counts()
        said = self.done("--dry-run")
        self.assertRegex(said, "database: make table fcgi_ost_cron, table fcgi_ost_idempotency, index fcgi_number on ost_ticket, .*table fcgi_ost_mail, table fcgi_ost_mailbox")
        self.assertIn("server: systemctl enable --now osticket-fcgi.service", said)
        self.assertEqual(([], [], before), (self.files(), self.systemctl_calls(), self.desk.counts()))

    def test_nobody_to_ask(self):
        done = self.run_setup()
        self.assertEqual(1, done.returncode)
        self.assertIn("--yes does it, --dry-run only says what it is", done.stderr)
        self.assertEqual([], self.files())

    def test_a_user_who_may_not_make_tables(self):
        done = self.run_setup("--yes")
        self.assertEqual(1, done.returncode, done.stdout)
        self.assertRegex(done.stderr, r"CREATE command denied .*--admin-user USER .*osticket-fcgi schema -c /\S+\.ini")
        self.assertNotIn("server:", done.stdout.split("What will be done:")[1].split("(")[-1])
        self.done("--undo", "--yes")
        self.assertEqual([], self.files())

    def triggers(self):
        return int(self.desk.value("SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema=DATABASE()"))

    def test_names_are_kept_where_that_is_wanted(self):
        self.set_up()
        self.assertEqual((sorted(TABLES + INDEXES), 0), (self.desk.sql(OWN), self.triggers()))
        self.assertRegex(self.done("--dry-run", "--keep-names"), r"database: make table fcgi_ost_version, 21 triggers as")
        denied = self.run_setup("--yes", "--keep-names")
        self.assertEqual(1, denied.returncode, denied.stdout)
        self.assertRegex(denied.stderr, r"command denied .*osticket-fcgi schema --keep-names -c /\S+\.ini")
        self.assertIn("made table fcgi_ost_version, 21 triggers, as the database's administrator", self.set_up("--keep-names"))
        self.assertEqual((sorted(TABLES + INDEXES + [["fcgi_ost_version"]]), 21), (self.desk.sql(OWN), self.triggers()))
        version = "SELECT COALESCE(MAX(version),0) FROM fcgi_ost_version"
        before = int(self.desk.value(version))
        self.desk.sql("UPDATE ost_department SET name=CONCAT(name,'.')")
        self.assertGreater(int(self.desk.value(version)), before)

        # A table whose triggers this user may not see stays: the help desk could save no department without it.
        denied = self.run_setup("--undo", "--yes")
        self.assertEqual(1, denied.returncode, denied.stdout)
        self.assertRegex(denied.stderr, "TRIGGER command denied .*schema --drop")
        self.assertIn(["fcgi_ost_version"], self.desk.sql(OWN))
        self.assertEqual(21, self.triggers())
        self.done("--undo", "--yes", "--admin-user", "root")
        self.assertEqual(([], 0), (self.desk.sql(OWN), self.triggers()))
        self.desk.sql("UPDATE ost_department SET name=TRIM(TRAILING '.' FROM name)")

    def test_what_schema_prints_is_made_and_taken_away(self):
        self.set_up()
        settings = os.path.join(self.root, self.files()[0])
        printed = {words: subprocess.run([self.desk.env["PROGRAM"], "-c", settings, "schema", words], capture_output=True, text=True, timeout=30,
                                         check=True).stdout for words in ("--keep-names", "--drop")}
        for _ in range(2):
            self.desk.sql(printed["--keep-names"])
        self.assertEqual(21, self.triggers())
        self.desk.sql("UPDATE ost_department SET name=CONCAT(name,'.')")
        for _ in range(2):
            self.desk.sql(printed["--drop"])
            self.assertEqual(([], 0), (self.desk.sql(OWN), self.triggers()))
        self.desk.sql("UPDATE ost_department SET name=TRIM(TRAILING '.' FROM name)")
        self.done("--undo", "--yes", "--admin-user", "root")

    def test_only_what_it_made_is_taken_away(self):
        self.desk.load(os.path.join(demo.ROOT, "schema", "fcgi-indexes.sql"))
        self.set_up()
        self.done("--undo", "--yes", "--admin-user", "root")
        self.assertEqual(INDEXES, self.desk.sql(OWN))

    def test_mail_that_waits_keeps_the_queue(self):
        self.set_up()
        self.desk.sql("INSERT INTO fcgi_ost_mail(kind,state,created) VALUES('ticket.reply','waiting',UTC_TIMESTAMP())")
        done = self.run_setup("--undo", "--yes", "--admin-user", "root")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stderr, "1 mails still wait: .*--force")
        self.assertEqual(sorted(TABLES + INDEXES), self.desk.sql(OWN))
        self.assertNotIn("disable --now osticket-fcgi.service", self.systemctl_calls())
        self.done("--undo", "--yes", "--admin-user", "root", "--force")
        self.assertEqual([], self.desk.sql(OWN))

    def test_why_it_cannot_be_told_whether_mail_waits(self):
        self.set_up()
        self.desk.sql("REVOKE SELECT ON `%s`.* FROM 'osticket'@'localhost'" % self.desk.env["DB"])
        try:
            done = self.run_setup("--undo", "--yes", "--admin-user", "root")
        finally:
            self.desk.sql("GRANT SELECT ON `%s`.* TO 'osticket'@'localhost'" % self.desk.env["DB"])
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stderr, "whether mail still waits cannot be told: .*SELECT command denied .*--force")
        self.done("--undo", "--yes", "--admin-user", "root")

    def test_changes_that_wait_for_a_webhook_keep_its_tables(self):
        self.set_up()
        self.desk.sql("INSERT INTO fcgi_ost_delivery(webhook_id,seq,change_id,type,body,created) "
                      "VALUES(1,1,'e1','ticket.created','{}',UTC_TIMESTAMP())")
        done = self.run_setup("--undo", "--yes", "--admin-user", "root")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stderr, "1 changes still wait to be told to webhooks: .*--force")
        self.assertEqual(sorted(TABLES + INDEXES), self.desk.sql(OWN))
        self.desk.sql("UPDATE fcgi_ost_delivery SET state='sent',due=NULL")
        self.done("--undo", "--yes", "--admin-user", "root")
        self.assertEqual([], self.desk.sql(OWN))

    def test_settings_that_somebody_changed_are_kept(self):
        self.set_up()
        settings = self.files()[0]
        with open(os.path.join(self.root, settings), "a", encoding="utf-8") as file:
            file.write("# mine\n")
        self.done("--undo", "--yes", "--admin-user", "root")
        self.assertEqual([settings + ".undone"], self.files())

    def test_a_second_help_desk(self):
        self.write_desk("srv/second")
        done = self.run_setup("--yes")
        self.assertEqual(1, done.returncode)
        self.assertIn("osticket-fcgi setup /srv/second/include/ost-config.php", done.stderr)
        said = self.set_up("/srv/second/include/ost-config.php", "--name", "second")
        self.assertIn("no site that shows the help desk was found", said)
        self.assertIn("enable --now osticket-fcgi@second.service", self.systemctl_calls())
        settings, journal = self.files()
        self.assertTrue(settings.endswith("/osticket-fcgi/second.ini"), settings)
        self.assertTrue(journal.endswith("/second.setup"), journal)
        with open(os.path.join(self.root, settings), encoding="utf-8") as file:
            self.assertRegex(file.read(), '(?m)^socket = "?/run/osticket-fcgi/second.sock"?$')

    def test_apache_without_systemd(self):
        shutil.rmtree(os.path.join(self.root, "etc/nginx"))
        shutil.rmtree(os.path.join(self.root, "run/systemd"))
        self.write("etc/apache2/apache2.conf", "User www-data\nIncludeOptional sites-enabled/*.conf\n")
        self.write("etc/apache2/sites-enabled/desk.conf",
                   "<VirtualHost *:80>\nServerName desk.example\nDocumentRoot /var/www/html/support\n"
                   "<FilesMatch \\.php$>\nSetHandler \"proxy:unix:/run/php/php-fpm.sock|fcgi://localhost\"\n</FilesMatch>\n"
                   "</VirtualHost>\n")
        said = self.set_up()
        self.assertRegex(said, r"put these lines into /etc/apache2/sites-enabled/desk.conf, inside its <VirtualHost>:\n\n"
                               r"    Include /\S+/nginx/apache.conf\n")
        self.assertIn("start the server yourself: osticket-fcgi -c /", said)
        self.assertIn("API is then served here under http://desk.example/api/http.php", said)

    def test_what_is_wrong_is_named(self):
        for words, problem in ((["--yes", "/nowhere/include/ost-config.php"], "/nowhere/include/ost-config.php: No such file"),
                               (["--yes", "/etc/nginx/nginx.conf"], "ends in /include/ost-config.php")):
            done = self.run_setup(*words)
            self.assertEqual(1, done.returncode)
            self.assertIn(problem, done.stderr)
        for words in (["--bogus"], ["--name", "a/b"], ["--name", "-"], ["--undo", "x"], ["a", "b"]):
            self.assertEqual(2, self.run_setup(*words).returncode, words)
        shutil.rmtree(os.path.join(self.root, "var"))
        self.assertIn("no help desk was found", self.run_setup("--yes").stderr)
        self.write("var/lib/osticket-fcgi/osticket-fcgi.setup", "something else\n")
        self.assertIn("is no journal", self.run_setup("--undo", "--yes").stderr)


if __name__ == "__main__":
    unittest.main()
