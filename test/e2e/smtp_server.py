#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""An SMTP server for tests (Debian's python3-aiosmtpd, hence the system's Python): leaves each mail it takes in FOLDER as
NUMBER.eml, what it knows of it as NUMBER.json, and prints the port it listens at, on 127.0.0.1 only.

FOLDER/behave, when it is there, is JSON that makes it difficult:
    {"refuse": {"address": "550 text"}, "data": "451 text", "delay": SECONDS, "close_after": MAILS}
A server that hangs needs no program: see hanging() in smtp.py.
"""
import argparse
import asyncio
import json
import logging
import os
import ssl
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    def __init__(self, options):
        self.options = options
        self.mails = 0
        self.connections = 0

    def behaviour(self):
        try:
            with open(os.path.join(self.options.folder, "behave"), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        refusal = self.behaviour().get("refuse", {}).get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        behaviour = self.behaviour()
        await asyncio.sleep(behaviour.get("delay", 0))
        if "data" in behaviour:
            return behaviour["data"]
        self.mails += 1
        server.taken += 1
        facts = {"connection": server.number, "tls": server.transport.get_extra_info("ssl_object") is not None, "from": envelope.mail_from,
                 "to": envelope.rcpt_tos, "user": (session.auth_data or {}).get("user"),
                 "mechanism": (session.auth_data or {}).get("mechanism"), "peer": session.host_name}
        self.keep("%06d.eml" % self.mails, envelope.original_content)
        self.keep("%06d.json" % self.mails, json.dumps(facts).encode())
        if server.taken == behaviour.get("close_after"):
            asyncio.get_running_loop().call_soon(server.transport.close)
        return "250 taken"

    def keep(self, name, data):
        part = os.path.join(self.options.folder, "part")
        with open(part, "wb") as file:
            file.write(data)
        os.rename(part, os.path.join(self.options.folder, name))


class Server(SMTP):
    """One a connection."""

    def __init__(self, handler, **arguments):
        super().__init__(handler, **arguments)
        handler.connections += 1
        self.number, self.taken = handler.connections, 0


def authenticator(options):
    def check(server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (
            options.user.encode(), options.password.encode())
        return AuthResult(success=good, auth_data={"user": options.user, "mechanism": mechanism})
    return check


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--security", choices=("plain", "starttls", "tls"), default="plain")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    parser.add_argument("--mechanism", choices=("PLAIN", "LOGIN"))
    return parser.parse_args()


async def serve(options):
    context = None
    if options.security != "plain":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    arguments = {"hostname": "mail.test", "data_size_limit": 64 << 20, "timeout": 600}
    if options.security == "starttls":
        arguments.update(tls_context=context, require_starttls=True)
    if options.user:
        arguments.update(authenticator=authenticator(options), auth_required=True, auth_require_tls=False)
    if options.mechanism:
        arguments["auth_exclude_mechanism"] = {"PLAIN", "LOGIN"} - {options.mechanism}
    handler = Handler(options)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(handler, loop=loop, **arguments), "127.0.0.1", 0,
                                      ssl=context if options.security == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")  # logins without TLS are wanted here
    asyncio.run(serve(read_options()))
