# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail accounts of a help desk, with their passwords as osTicket stores them."""
import base64
import hashlib
import hmac
import os
import subprocess

from mail_server import PASSWORD


def encrypted(text, owner, namespace, salt):
    """spec: creating.md D.4"""
    iv = os.urandom(16)
    subkey = hashlib.md5((owner + namespace).encode()).hexdigest()
    message = salt + hashlib.md5(subkey.encode()).hexdigest()
    key = hmac.new(iv, message.encode(), hashlib.sha512).digest()[:16]
    cipher = subprocess.run(["openssl", "enc", "-aes-128-cbc", "-K", key.hex(), "-iv", iv.hex()], input=text.encode(),
                            capture_output=True, check=True).stdout
    return "$2$" + base64.b64encode(b"$1$" + iv + cipher).decode()


def _quoted(value):
    return "NULL" if value is None else "'%s'" % str(value).replace("\\", "\\\\").replace("'", "''")


def setting(desk, key, value):
    desk.sql("INSERT INTO ost_config(namespace,`key`,value) VALUES('core',%s,%s) ON DUPLICATE KEY UPDATE value=VALUES(value)"
             % (_quoted(key), _quoted(value)))


def add(desk, port, user="box", password=PASSWORD, credentials=None, **columns):
    """A mailbox account; `credentials` instead of user name and password. Returns its id."""
    row = {"email_id": 1, "type": "mailbox", "auth_bk": "basic", "active": 1, "host": "127.0.0.1", "port": port, "folder": None,
           "protocol": "IMAP", "fetchfreq": 5, "fetchmax": 30, "postfetch": "nothing", "archivefolder": None, **columns}
    account = desk.sql("INSERT INTO ost_email_account(%s,created) VALUES(%s,NOW()); SELECT LAST_INSERT_ID()"
                       % (",".join(row), ",".join(map(_quoted, row.values()))))[0][0]
    namespace = "email.%s.account.%s" % (row["email_id"], account)
    if credentials is None:
        salt = desk.configured("osticket", "secret_salt")
        credentials = {"username": user, "passwd": encrypted(password, user, namespace, salt)}
    elif "access_token" in credentials:
        salt = desk.configured("osticket", "secret_salt")
        token = encrypted(credentials["access_token"], credentials["resource_owner_email"], namespace, salt)
        credentials = {**credentials, "access_token": token}
    for key, value in credentials.items():
        desk.sql("INSERT INTO ost_config(namespace,`key`,value) VALUES(%s,%s,%s)" % (_quoted(namespace), _quoted(key), _quoted(value)))
    return account


def make_due(desk):
    desk.sql("UPDATE ost_email_account SET last_activity=NULL")
