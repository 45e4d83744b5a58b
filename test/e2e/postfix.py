# SPDX-License-Identifier: GPL-2.0-or-later
"""A Postfix for tests: an instance of its own in a folder, on loopback only. What is for here goes to one command, by an
alias; everything else to one SMTP server."""
import os
import shutil
import smtplib
import subprocess

from desk import free_port

POSTFIX = shutil.which("postfix", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
DOMAIN = "harbour-tools.example"  # of schema/demo.sql's mailboxes
USER = "nobody"                   # as whom it runs commands, as Debian's does
GROUP = "nogroup"

MAIN = """
compatibility_level = 3.6
queue_directory = %(folder)s/queue
data_directory = %(folder)s/data
maillog_file = %(folder)s/log
maillog_file_prefixes = %(folder)s
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.%(domain)s
myorigin = %(domain)s
mydestination = %(domain)s
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
relayhost = [127.0.0.1]:%(relay)d
alias_maps = hash:%(folder)s/aliases
local_recipient_maps =
local_header_rewrite_clients =
default_privs = %(user)s
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtputf8_enable = no
biff = no
notify_classes =
message_size_limit = 33554432
queue_run_delay = 1s
minimal_backoff_time = 3s
maximal_backoff_time = 4s
"""
MASTER = """
127.0.0.1:%(port)d inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """`folder` is one that USER may enter; mail for support@DOMAIN and its other `names` goes to `command`."""

    def __init__(self, folder, relay, command, names=()):
        self.folder, self.port = folder, free_port()
        values = {"folder": folder, "domain": DOMAIN, "user": USER, "relay": relay, "port": self.port}
        for name in ("etc", "queue", "data"):
            os.makedirs(os.path.join(folder, name))
        shutil.chown(os.path.join(folder, "data"), "postfix")
        self._write("etc/main.cf", MAIN % values)
        self._write("etc/master.cf", MASTER % values)
        self._write("aliases", 'support: "|%s"\n' % command + "".join("%s: support\n" % name for name in names))
        self._run("postalias", "hash:" + os.path.join(folder, "aliases"))
        self._run("postfix", "start")

    def _write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="ascii") as file:
            file.write(text)

    def _run(self, name, *words):
        command = [os.path.join(os.path.dirname(POSTFIX), name), "-c", os.path.join(self.folder, "etc"), *words]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise RuntimeError("%s: %s%s" % (" ".join(command), done.stderr, self.log()))
        return done.stdout

    def stop(self):
        self._run("postfix", "stop")

    def log(self):
        try:
            with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def queue(self):
        """What waits, a line a mail."""
        return [line for line in self._run("postqueue", "-j").splitlines() if line]

    def take(self, mail, sender, to="support@" + DOMAIN):
        """Hands it a mail (bytes), as another mail server does."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            client.sendmail(sender, [to], mail)
