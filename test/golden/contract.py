# SPDX-License-Identifier: GPL-2.0-or-later
"""From what PHP answered to what this server must answer: the departures of the contract, each as a function.

A recorded answer is {status, type, json or body, rows?, mails?}. wanted() gives the same shape; ANY stands for a text
that is ours to word.
"""
import copy
import json

ANY = "<any text>"


def media_type(text):
    return (text or "").lower().replace(" ", "")


class Contract:
    def __init__(self, shape, attachments):
        """`attachments`: the number of attachments that are not inline, by id of the entry. Of the shape "object" is
        the shape "current" with [api] priority = object."""
        self.shape = "current" if shape == "object" else shape
        self.priority_object = shape == "object"
        self.attachments = attachments

    def wanted(self, case):
        answer = copy.deepcopy(case["answer"])
        answer["type"] = media_type(answer["type"])
        path = case["path"].partition("?")[0]
        self.reshape_tickets(answer, "clientTickets" in path)
        self.unknown_people_are_not_found(answer)
        if path == "/tickets/reply.json":
            answer = self.missing_fields_are_named(case, answer)
            self.reply_message(answer)
        if path.startswith("/tickets."):
            self.refused_creation(answer)
        if answer.get("body") == "No errors":
            answer["body"] = ANY
        return answer

    # ---- the shape of tickets and entries --------------------------------------------------------------------------
    def reshape_tickets(self, answer, for_client):
        content = answer.get("json")
        if not isinstance(content, dict):
            return
        if isinstance(content.get("ticket"), dict):
            content["ticket"] = self.ticket(content["ticket"], with_notes=True)
        if content.get("tickets"):
            content["tickets"] = [self.listed(ticket, with_notes=not for_client) for ticket in content["tickets"]]

    def listed(self, ticket, with_notes):
        ticket = self.ticket(ticket, with_notes)
        if ticket is not None:
            ticket["status"] = ticket["ticket_status"]
        return ticket

    def ticket(self, ticket, with_notes):
        if ticket is None:
            return None
        result = dict(ticket)
        if isinstance(ticket["priority"], dict) and not self.priority_object:
            result["priority"] = ticket["priority"]["ht"]["priority_desc"]
        email = {key: "" if value == "@" else value for key, value in ticket["user_email"].items()}
        result["user_email"] = email if self.shape == "current" else {"address": email["email"]}
        entries = [e for e in ticket["thread_entries"] if with_notes or e["type"] != "N"]
        result["thread_entries"] = [self.entry(e) for e in entries]
        return result

    def entry(self, entry):
        model = dict(entry)
        if isinstance(entry["editor"], dict):
            row = entry["editor"].get("ht", {})
            names = [name for name in (row.get("firstname"), row.get("lastname")) if name]
            model["editor"] = " ".join(names) or row.get("name")
        if self.shape == "current":
            return model
        return {"model": model, "annotations": {"has_attachments": self.attachments.get(entry["id"], 0)}}

    # ---- other statuses and texts ----------------------------------------------------------------------------------
    @staticmethod
    def unknown_people_are_not_found(answer):
        content = answer.get("json")
        if isinstance(content, dict) and content.get("status_code") == "FAILURE":
            answer["status"] = 404
            content["status_msg"] = ANY

    @staticmethod
    def missing_fields_are_named(case, answer):
        try:
            sent = json.loads(case.get("body") or "")
        except ValueError:
            return answer
        if answer["status"] not in (404, 500) or not isinstance(sent, dict):
            return answer
        for name in ("ticketNumber", "staffUserName", "response"):
            if not sent.get(name):
                return {"status": 422, "type": "text/plain;charset=utf-8", "body": "missing %s parameter " % name,
                        "rows": {}}
        return answer

    def reply_message(self, answer):
        content = answer.get("json")
        if self.shape != "current" and isinstance(content, dict):
            if content.get("status_msg") == "reply posted successfully":
                content["status_msg"] = "success"

    @staticmethod
    def refused_creation(answer):
        if answer["status"] == 500:
            answer["status"] = 400
        if answer["status"] != 201 and "rows" in answer:
            answer["rows"] = {}
        if answer.get("body") == "":
            answer["body"], answer["type"] = ANY, "text/plain;charset=utf-8"
