# SPDX-License-Identifier: GPL-2.0-or-later
"""SMTP servers for tests: certificates, accounts in the help desk, passwords as osTicket stores them."""
import base64
import contextlib
import glob
import hashlib
import hmac
import json
import os
import socket
import subprocess

from post import Mail

HERE = os.path.dirname(os.path.abspath(__file__))
SALT = "0123456789abcdefghijklmnopqrstuv"  # of test/stack


def certificates(folder):
    """authority.pem, and signed by it server.pem (.key) for localhost and 127.0.0.1, other.pem for somewhere else."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
    os.makedirs(folder, exist_ok=True)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Test authority",
            "-keyout", "authority.key", "-out", "authority.pem")
    for name, hosts in (("server", "DNS:localhost,IP:127.0.0.1"), ("other", "DNS:elsewhere.example")):
        with open(os.path.join(folder, "names"), "w", encoding="utf-8") as file:
            file.write("subjectAltName=%s\n" % hosts)
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + name, "-keyout", name + ".key",
                "-out", name + ".csr")
        openssl("x509", "-req", "-in", name + ".csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                "-CAcreateserial", "-days", "30", "-extfile", "names", "-out", name + ".pem")
    return folder


class Server:
    """A running smtp_server.py."""

    def __init__(self, folder, *arguments, certificates_in=None, certificate="server"):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.clear()
        command = ["/usr/bin/python3", os.path.join(HERE, "smtp_server.py"), folder, *arguments]
        if certificates_in:
            command += ["--certificate", os.path.join(certificates_in, certificate + ".pem"),
                        "--key", os.path.join(certificates_in, certificate + ".key")]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def clear(self):
        for path in glob.glob(os.path.join(self.folder, "*")):
            os.remove(path)

    def behave(self, **behaviour):
        part = os.path.join(self.folder, "behave.part")
        with open(part, "w", encoding="utf-8") as file:
            json.dump(behaviour, file)
        os.rename(part, os.path.join(self.folder, "behave"))

    def count(self):
        return len(glob.glob(os.path.join(self.folder, "*.json")))

    def mails(self):
        """(Mail, facts) of each, in the order in which they came."""
        result = []
        for path in sorted(glob.glob(os.path.join(self.folder, "*.json"))):
            with open(path, encoding="utf-8") as file:
                facts = json.load(file)
            with open(path[:-4] + "eml", "rb") as file:
                result.append((Mail(file.read()), facts))
        return result

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@contextlib.contextmanager
def hanging():
    """The port of a server that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield listener.getsockname()[1]


@contextlib.contextmanager
def nobody():
    """A port at which nobody listens, nor will: it is taken."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def encrypted(password, user, namespace, salt=SALT):
    """As osTicket's Crypto class: spec: creating.md D.4."""
    def md5(text):
        return hashlib.md5(text.encode()).hexdigest()
    vector = os.urandom(16)
    key = hmac.new(vector, (salt + md5(md5(user + namespace))).encode(), hashlib.sha512).digest()[:16]
    done = subprocess.run(["openssl", "enc", "-aes-128-cbc", "-K", key.hex(), "-iv", vector.hex()],
                          input=password.encode(), capture_output=True, check=True)
    return "$2$" + base64.b64encode(b"$1$" + vector + done.stdout).decode()


def account(desk, port, host="localhost", email_id=1, account_id=50, user=None, password="", **columns):
    """An SMTP account of a mailbox, with its credentials."""
    values = {"id": account_id, "email_id": email_id, "type": "smtp", "auth_bk": "basic" if user else "none",
              "active": 1, "host": host, "port": port, "protocol": "SMTP", "encryption": "AUTO",
              "allow_spoofing": 0, **columns}
    desk.sql("INSERT INTO ost_email_account(%s,created) VALUES(%s,NOW())" % (
        ",".join(values), ",".join("'%s'" % v for v in values.values())))
    namespace = "email.%d.account.%d" % (email_id, account_id)
    if user:
        desk.sql("INSERT INTO ost_config(namespace,`key`,value) VALUES('%s','username','%s'),('%s','passwd','%s')" % (
            namespace, user, namespace, encrypted(password, user, namespace)))
