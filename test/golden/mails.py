# SPDX-License-Identifier: GPL-2.0-or-later
"""The mails that a request sends, as far as two runs can share them: from whom, to whom, about what."""
import email
import email.policy
import glob
import json
import os
import re


def message_of(text):
    """A first line "ARGS: …" of the sendmail stand-in is not part of it."""
    if text.startswith("ARGS:"):
        text = text.partition("\n")[2]
    return email.message_from_string(text, policy=email.policy.default)


def summary(text):
    message = message_of(text)

    def addresses(name):
        return sorted(found.lower() for found in re.findall(r"[\w.+-]+@[\w.-]+", message[name] or ""))

    return {"to": addresses("to"), "cc": addresses("cc"), "from": addresses("from"),
            "subject": " ".join(str(message["subject"]).split())}


def threading(text):
    """What tells mail programs which mail it belongs to, and that nobody wrote it."""
    message = message_of(text)
    return {name.lower(): " ".join(str(message[name] or "").split()) for name in ("In-Reply-To", "References", "Auto-Submitted")}


def texts(folder):
    """By file."""
    result = {}
    for path in glob.glob(os.path.join(folder, "*")):
        with open(path, encoding="utf-8", errors="replace") as file:
            result[path] = file.read()
    return result


def sent(folder):
    return [summary(text) for text in texts(folder).values()]


def clear(folder):
    for path in glob.glob(os.path.join(folder, "*")):
        os.remove(path)


def of_reply(desk, body):
    """The one message of a documented reply: to the owner, the active collaborators in copy when asked for."""
    if str(body.get("emailreply", "1")) != "1":
        return []
    number = str(body["ticketNumber"]).replace("\\", "").replace("'", "")
    ticket, owner, subject = desk.sql(
        "SELECT t.ticket_id, e.address, COALESCE(c.subject, '') FROM ost_ticket t JOIN ost_user u ON u.id = t.user_id "
        "JOIN ost_user_email e ON e.id = u.default_email_id LEFT JOIN ost_ticket__cdata c USING (ticket_id) "
        "WHERE t.number = '%s' ORDER BY 1 LIMIT 1" % number)[0]
    copies = []
    if str(body.get("emailcollab", "0")) == "1":
        copies = [row[0].lower() for row in desk.sql(
            "SELECT e.address FROM ost_thread h JOIN ost_thread_collaborator k ON k.thread_id = h.id AND k.flags & 1 "
            "JOIN ost_user u ON u.id = k.user_id JOIN ost_user_email e ON e.id = u.default_email_id "
            "WHERE h.object_type = 'T' AND h.object_id = %s" % ticket)]
    return [{"to": [owner.lower()], "cc": sorted(copies), "from": ["support@example.com"],
             "subject": " ".join(("Re: %s [#%s]" % (subject, number)).split())}]


def listing(mails, number):
    """Comparable as texts, whatever number the ticket got."""
    return sorted(json.dumps(mail).replace(str(number), "NUMBER") for mail in mails)
