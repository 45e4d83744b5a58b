# SPDX-License-Identifier: GPL-2.0-or-later
"""Tokens of clients as a site's back end makes them: JSON Web Tokens by nothing but Python's own library."""
import base64
import hashlib
import hmac
import json
import time

SECRET = "an-example-of-a-secret-of-at-least-32-characters"
PAGE = "https://shop.example.org"
SCOPES = "tokens read search files message create update catalog"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(user="user:1", **more):
    """What a token says; None takes a claim out."""
    now = int(time.time())
    said = {"sub": user, "aud": "osticket-fcgi", "iat": now, "exp": now + 600, **more}
    return {name: value for name, value in said.items() if value is not None}


def signed(said, header=None, secret=SECRET, digest=hashlib.sha256):
    """The token of these claims (or bytes in their place)."""
    head = encoded(json.dumps({"alg": "HS256", "kid": "1"} if header is None else header).encode())
    body = encoded(said if isinstance(said, bytes) else json.dumps(said).encode())
    text = "%s.%s" % (head, body)
    return "%s.%s" % (text, encoded(hmac.new(secret.encode(), text.encode(), digest).digest()))


def token(user="user:1", **more):
    return signed(claims(user, **more))


def bearer(text):
    return {"Authorization": "Bearer " + text}


def let_sign(desk, key=1, scopes=SCOPES, origins=PAGE, **rules):
    """Lets a key sign tokens. `rules` are further columns of its row."""
    names, values = "".join("," + name for name in rules), "".join(",'%s'" % value for value in rules.values())
    desk.sql("REPLACE INTO fcgi_ost_key(key_id,networks,scopes%s) VALUES(%d,'198.51.100.1','%s'%s);"
             "REPLACE INTO fcgi_ost_token(key_id,secret,origins) VALUES(%d,'%s','%s')" % (names, key, scopes, values, key, SECRET, origins))
