# SPDX-License-Identifier: GPL-2.0-or-later
"""A sign-in as oauth2-proxy answers nginx's auth_request: who has its cookie is let in, and named."""
import http.cookies
import http.server
import threading
import urllib.parse

COOKIE = "_oauth2_proxy"


class SignIn(http.server.ThreadingHTTPServer):
    """`who` is the address that signs in next, None: nobody can; `sessions` are those that hold: {cookie: address}."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.who, self.sessions = "tobenna@harbour-tools.example", {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def session(self, who=None):
        """The Cookie header of somebody who is signed in."""
        value = "session%d" % len(self.sessions)
        self.sessions[value] = who or self.who
        return "%s=%s" % (COOKIE, value)

    def stop(self):
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        place = urllib.parse.urlsplit(self.path)
        if place.path == "/oauth2/auth":
            cookie = http.cookies.SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
            who = self.server.sessions.get(cookie.value) if cookie else None
            self.answer(202 if who else 401, **({"X_Auth_Request_Email": who} if who else {}))
        elif place.path == "/oauth2/start" and self.server.who:
            secure = "; Secure" if self.headers.get("X-Forwarded-Proto") == "https" else ""
            self.answer(302, Set_Cookie=self.server.session() + "; Path=/; HttpOnly; SameSite=Lax" + secure, Location=urllib.parse.parse_qs(place.query)["rd"][0])
        else:
            self.answer(404)

    def answer(self, status, **headers):
        self.send_response(status)
        for name, value in {"Content_Length": "0", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass
