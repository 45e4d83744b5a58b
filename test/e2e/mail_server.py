# SPDX-License-Identifier: GPL-2.0-or-later
"""A dovecot for tests, on loopback only: IMAP and POP3, with and without TLS, mailboxes that are filled by IMAP."""
import imaplib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

DOVECOT = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
PASSWORD = "Mail-box-1"
OTHER = "127.0.0.3"  # where the certificate is for another name

CONFIGURATION = """
base_dir = %(folder)s/run
state_dir = %(folder)s/state
log_path = %(folder)s/log
protocols = imap pop3
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0 secs
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:%(folder)s/mail/%%u
mail_max_userip_connections = 100
ssl = yes
ssl_cert = <%(folder)s/server.pem
ssl_key = <%(folder)s/server.key
ssl_dh =
%(more)s
local 127.0.0.3 {
  ssl_cert = <%(folder)s/other.pem
  ssl_key = <%(folder)s/other.key
}
passdb {
  driver = static
  args = password=Mail-box-1
}
userdb {
  driver = static
  args = uid=%(uid)s gid=%(gid)s home=%(folder)s/mail/%%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = %(imap)d
  }
  inet_listener imaps {
    port = %(imaps)d
    ssl = yes
  }
  inet_listener imaps_other {
    address = 127.0.0.3
    port = %(imaps)d
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = %(pop3)d
  }
  inet_listener pop3s {
    port = %(pop3s)d
    ssl = yes
  }
}
"""


def _free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class MailServer:
    def __init__(self, more=""):
        self.folder = tempfile.mkdtemp(prefix="dovecot.", dir="/tmp")
        os.chmod(self.folder, 0o755)
        for name in ("run", "state", "mail"):
            os.mkdir(os.path.join(self.folder, name))
        self.imap, self.imaps, self.pop3, self.pop3s = _free_ports(4)
        # Mail processes never run as root.
        uid, gid = ("nobody", "nogroup") if os.geteuid() == 0 else (str(os.geteuid()), str(os.getegid()))
        if os.geteuid() == 0:
            shutil.chown(os.path.join(self.folder, "mail"), uid, gid)
        self._certificates()
        with open(self.path("dovecot.conf"), "w", encoding="utf-8") as file:
            file.write(CONFIGURATION % {"folder": self.folder, "uid": uid, "gid": gid, "more": more, "imap": self.imap,
                                        "imaps": self.imaps, "pop3": self.pop3, "pop3s": self.pop3s})
        subprocess.run([DOVECOT, "-c", self.path("dovecot.conf")], check=True)
        self._await()

    def path(self, name):
        return os.path.join(self.folder, name)

    def _certificates(self):
        def openssl(*words):
            subprocess.run(["openssl", *words], check=True, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-keyout", "ca.key", "-out", "ca.pem", "-subj",
                "/CN=Private test CA", "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
        for name, names in (("server", "DNS:localhost,IP:127.0.0.1"), ("other", "DNS:elsewhere.example.net")):
            with open(self.path(name + ".ext"), "w", encoding="ascii") as file:
                file.write("subjectAltName=%s\n" % names)
            openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name)
            openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650",
                    "-out", name + ".pem", "-extfile", name + ".ext")

    def _await(self):
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.imap), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        with open(self.path("log"), encoding="utf-8") as file:
            raise RuntimeError("dovecot does not start: " + file.read())

    def stop(self):
        with open(self.path("run/master.pid"), encoding="ascii") as file:
            pid = int(file.read())
        os.kill(pid, signal.SIGTERM)
        for _ in range(100):
            try:
                os.kill(pid, 0)
            except OSError:
                break
            time.sleep(0.05)
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- mailboxes ---------------------------------------------------------------------------------------------------
    def login(self, user):
        client = imaplib.IMAP4("127.0.0.1", self.imap)
        client.login(user, PASSWORD)
        return client

    @staticmethod
    def _folders(client):
        return [re.search(rb' "?([^"]+)"?$', line).group(1).decode() for line in client.list()[1] if b"\\noselect" not in line.lower()]

    def fill(self, user, mails, folder="INBOX", flags=""):
        """Empties the user's mailboxes, then puts the mails (bytes) into one."""
        client = self.login(user)
        for name in sorted(self._folders(client), reverse=True):
            client.select('"%s"' % name)
            if client.search(None, "ALL")[1][0]:
                client.store("1:*", "+FLAGS.SILENT", "(\\Deleted)")
                client.expunge()
            client.close()
            if name != "INBOX":
                client.delete('"%s"' % name)
        if folder != "INBOX":
            client.create('"%s"' % folder)
        for mail in mails:
            self.append(client, mail, folder, flags)
        client.logout()

    @staticmethod
    def append(client, mail, folder="INBOX", flags=""):
        assert client.append('"%s"' % folder, flags, None, mail)[0] == "OK"

    def content(self, user):
        """{folder: [[subject, flags]]}"""
        client, found = self.login(user), {}
        for name in self._folders(client):
            client.select('"%s"' % name, readonly=True)
            found[name] = []
            if client.search(None, "ALL")[1][0]:
                for item in client.fetch("1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1]:
                    if isinstance(item, tuple):
                        subject = re.search(r"(?im)^subject:[ \t]*(.*?)\r?$", item[1].decode("utf-8", "replace"))
                        flags = sorted(f.decode() for f in imaplib.ParseFlags(item[0]) if f != b"\\Recent")
                        found[name].append([subject.group(1) if subject else None, flags])
        client.logout()
        return found


def mail(subject, text="Text.", size=0, **headers):
    """A mail as bytes."""
    fields = {"From": "Jane Doe <jane@example.org>", "To": "support@example.com", "Subject": subject,
              "Message-ID": "<%s@mail.example.org>" % re.sub(r"\W+", "-", subject), **headers}
    body = text + "\r\n" + ("x" * 70 + "\r\n") * (size // 72)
    return ("".join("%s: %s\r\n" % pair for pair in fields.items()) + "\r\n" + body).encode()
