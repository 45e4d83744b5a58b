#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The demo's site, as far as the customers' page needs one: who is signed in gets a token that his browser shows to the API.

    SECRET=… test/demo_customers.py SOCKET KEY

Its sign-in is a stand-in: whoever asks may be any customer of schema/demo.sql. All that a real site needs is token().
"""
import base64
import hmac
import html
import http.cookies
import http.server
import json
import os
import socketserver
import sys
import time
import urllib.parse

CUSTOMERS = {"anna@quay.example": "Anna Lindqvist", "piet.vandam@quay.example": "Piet van Dam", "cher@stage.example": "Cher", "taro@yamada.example": "山田 太郎",
             "sean+tools@ohara.example": "Seán O'Hara"}
SIGN_IN = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Sign in</title><main><h1>Who are you?</h1><p>Your site's own sign-in would be here. In the demo anybody may be:</p><form method="post">%s</form></main></html>"""


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(address, key, secret):
    now = int(time.time())
    parts = {"alg": "HS256", "kid": key}, {"sub": address, "aud": "osticket-fcgi", "iat": now, "exp": now + 600}
    text = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    return text + "." + encoded(hmac.digest(secret.encode(), text.encode(), "sha256"))


class Site(http.server.BaseHTTPRequestHandler):
    def customer(self):
        cookie = http.cookies.SimpleCookie(self.headers.get("Cookie", "")).get("customer")
        address = urllib.parse.unquote(cookie.value) if cookie else ""
        return address if address in CUSTOMERS else None

    def do_POST(self):
        sent = urllib.parse.parse_qs(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
        if self.path == "/my/sign-in":
            address = urllib.parse.quote(sent.get("as", [""])[0])
            self.answer(303, "", "text/plain", Location="./", Set_Cookie="customer=%s; Path=/my/; HttpOnly; SameSite=Lax" % address)
        elif self.customer():
            self.answer(200, json.dumps({"token": token(self.customer(), *sys.argv[2:], os.environ["SECRET"]), "name": CUSTOMERS[self.customer()]}), "application/json")
        else:
            self.answer(401, "Sign in first", "text/plain")

    def do_GET(self):
        buttons = "".join('<p><button name="as" value="%s">%s</button></p>' % (address, html.escape(name)) for address, name in CUSTOMERS.items())
        self.answer(200, SIGN_IN % buttons, "text/html")

    def answer(self, status, text, kind, **headers):
        self.send_response(status)
        for name, value in {"Content_Type": kind + "; charset=utf-8", "Content_Length": len(text.encode()), "Cache_Control": "no-store", **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass


if __name__ == "__main__":
    socketserver.ThreadingUnixStreamServer(sys.argv[1], Site).serve_forever()
