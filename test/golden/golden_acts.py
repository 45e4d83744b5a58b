#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""golden.py for what agents do to tickets: what osTicket's panel left in rows and mails. spec: acting.md 12.

    golden_acts.py FOLDER FILE...    FOLDER is where test/stack is up

A case's path and body are a proposal; request() has them in the shape that they have here. answer.json.kind says what came of it in
the panel: ok; who, denied, unknown, invalid were refused and left nothing. A case with `php_harm` is one in which the panel does
harm: HARM says what is wanted instead. An operation that is none of OPERATIONS is left out.
"""
import copy
import json
import os
import re
import sys
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "e2e"))

# pylint: disable=wrong-import-position
import mails
from desk import Desk, until
from difference import differences
from golden import Golden, run_files
from rows import RANDOM, comparable, is_now, without_key

STATUSES = {"ok": (200, 201), "who": (403, 404, 422), "denied": (403, 404), "unknown": (404, 422), "invalid": (409, 413, 415, 422)}
# Statuses of refusals that PHP does not make; 0: as PHP does, but for what mails of user text expand.
HARM = {
    "status silently unchanged": 422,
    "ticket deleted by a note": 422,
    "invisible department taken": 0,  # as in "transfer limited role", which is none
    "empty reply is mailed": 422,
    "variables expand in user text": 0,
    "agents' files are not checked": 0,
    "client's events name nobody": 0,
    "message to a ticket that stays closed": 409,
    "success without change": 422,
    "bare time read as UTC": 422,
    "404 although done": 0,
    "half changed": 422,
    "event claims what was not": 0,
    "collab event without user id": 0,
}
# Names of members: here and in the cases.
MEMBERS = {
    "note": {"note_status_id": "status"},
    "assign": {"assignee": "staff"},
    "release": {"agent": "staff"},
    "refer": {"agent": "staff", "dept": "department"},
    "unrefer": {"agent": "staff", "dept": "department"},
    "transfer": {"dept": "department"},
    "reply": {"ccs": "cc", "reply-to": "to", "from_email_id": "from", "reply_status_id": "status"},
}
OPERATIONS = {"note", "status", "assign", "claim", "release", "refer", "unrefer", "transfer", "delete", "reply",
              "message", "field", "owner", "mark", "collaborators", "link", "unlink", "edit", "merge", "users"}


def edit(case, number, body):
    """A PATCH that refuses what is so already, as the panel does."""
    body.setdefault("format", "html")
    case.update(method="PATCH", path="/tickets/%s.json?strict=1" % number, body=json.dumps(body))
    return case


def edit_field(case, number, body):
    parts, name, value = {"sla": "sla", "topic": "topic", "source": "source", "duedate": "due"}, body.pop("field"), body.pop("value")
    if name in parts:
        body[parts[name]] = None if value == "" and name == "duedate" else value
    else:
        body["fields"] = {name: value}
    return edit(case, number, body)


def edit_page(case, number, body):
    """The page of an agent, or the owner's in the portal."""
    names = {"duedate": "due", "user": "owner", "note": "comments", "clientUserMail": "user"}
    body = {names.get(name, name): value for name, value in body.items()}
    body["format"] = "html"
    page = "" if "user" in body else "?page=1"
    case.update(method="PATCH", path="/tickets/%s.json%s" % (number, page), body=json.dumps(body))
    return case


def merge(case, number, body):
    body = {"staffUserName": body["staffUserName"], "tickets": body["tickets"], "child_status": body.get("childStatus", 3),
            "threads": "combine" if body.get("combine", True) else "separate", "parent_status": body.get("parentStatus"),
            "participants": {"user": "owners"}.get(body.get("participants"), "all"), "delete_children": body.get("deleteChild", False),
            "move_tasks": body.get("moveTasks", False)}
    case.update(body=json.dumps(body))
    return case


def edit_owner(case, number, body):
    body["owner"] = body.pop("user")
    return edit(case, number, body)


def edit_mark(case, number, body):
    word = body.pop("as")
    body[{"unanswered": "answered"}.get(word, word)] = word != "unanswered"
    return edit(case, number, body)


def write_message(case, number, body):
    body["user"] = body.pop("clientUserMail")
    case.update(body=json.dumps(body))
    return case


def add_collaborator(case, number, body):
    del body["format"]
    if "add" in body:
        body["email"] = body.pop("add")
    else:
        case["method"] = "PATCH"
    case.update(body=json.dumps(body))
    return case


def user_request(case):
    """What is done to users: their number is asked for by their address, as whoever works in the panel clicks them."""
    body = json.loads(case["body"])
    if case["path"].endswith("/search.json"):
        case.update(method="GET", path=case["path"].replace("/search.json", ".json?") + urllib.parse.urlencode({"q": body["q"]}))
        del case["body"]
        return case
    fields = {name: body.pop(name) for name in list(body) if name not in ("staffUserName", "clientUserMail", "name", "email")}
    if fields:
        body["fields"] = fields
    if case["path"] == "/users/update.json":
        case.update(method="PATCH", path="/users/{%s}.json" % body.pop("clientUserMail"))
    case.update(body=json.dumps(body))
    return case


EDITS = {"edit": edit_page, "merge": merge, "field": edit_field, "owner": edit_owner, "mark": edit_mark, "message": write_message, "collaborators": add_collaborator}


def operation_of(case):
    parts = case["path"].split("/")
    return "users" if parts[1].partition(".")[0] == "users" or case["path"] == "/organizations/search.json" else parts[-1].partition(".")[0]


def request(case):
    """The case as it is asked for here."""
    case = copy.deepcopy(case)
    if case["path"].startswith(("/users", "/organizations")):
        return user_request(case)
    operation, number = operation_of(case), case["path"].split("/")[2]
    body = {MEMBERS.get(operation, {}).get(name, name): value for name, value in json.loads(case["body"]).items()}
    body["format"] = "html"
    if operation == "release" and not {"staff", "team"} & set(body):
        body.update(staff=False, team=False)  # without both it is both here
    if operation == "status" and body.get("status") in (5, "5"):
        operation = "delete"  # a ticket is not deleted by a status
        del body["status"]
    case["path"] = "/tickets/%s/%s.json" % (number, operation)
    if operation in EDITS:
        return EDITS[operation](case, number, body)
    case["body"] = json.dumps(body)
    if operation in ("unrefer", "delete"):
        return without_body(case, operation, number, body)
    return case


def without_body(case, operation, number, body):
    query = {"confirm": number} if operation == "delete" else {name: body[name] for name in ("staff", "team", "department") if name in body}
    path = "/tickets/%s.json" if operation == "delete" else "/tickets/%s/refer.json"
    case["method"], case["path"] = "DELETE", path % number + "?" + urllib.parse.urlencode(query)
    case["headers"]["X-Act-As"] = str(body["staffUserName"]).encode()
    del case["body"]
    return case


def sign_events(rows):
    """A client's events are his: PHP leaves them to nobody."""
    for event in rows.get("ost_thread_event", {}).get("inserted", []):
        event.update(uid=rows["ost_thread_entry"]["inserted"][0]["user_id"], uid_type="U")


def as_stored(data):
    """JSON as PHP encodes it."""
    return json.dumps(data, separators=(",", ":")).replace("/", "\\/")


def only_what_changed(rows):
    """A client's edit tells of no fields that he does not see: PHP says that they became null."""
    for event in rows.get("ost_thread_event", {}).get("inserted", []):
        fields = json.loads(event["data"])["fields"]
        event["data"] = as_stored({"fields": {name: sides for name, sides in fields.items() if sides is not None and sides[1] is not None}})


def name_participants(rows):
    """Whoever takes part from a merge on has an id in its event: PHP leaves it out of the owner's."""
    joined = [row["user_id"] for row in rows["ost_thread_collaborator"]["inserted"]]
    events = [event for event in rows["ost_thread_event"]["inserted"] if (event["data"] or "").startswith('{"add":')]
    for user, event in zip(joined, events):
        event["data"] = as_stored({"add": {str(user): list(json.loads(event["data"])["add"].values())[0]}})


def value(table, column, found):
    """Of a value what two runs can share."""
    if (table, column) in RANDOM and found is not None:
        return "*"
    if (table, column) == ("ost_ticket", "est_duedate") and isinstance(found, str) and found > "2026":
        return "due"  # counted from now, in working hours
    if not isinstance(found, str):
        return found
    return "now" if is_now(found) else without_key(found)


class Acts(Golden):
    fresh = None  # the rows of the data set, while nothing has been done to them

    def reset(self):
        super().reset()
        self.desk.sql("REPLACE INTO fcgi_ost_key(key_id, scopes, any_staff) SELECT id, '*', 1 FROM ost_api_key")

    def begin(self, case):
        """The rows before the case. A case that left everything as it was needs no data set laid anew behind it."""
        if not self.fresh:
            self.reset()
        before = self.fresh
        for statement in case.get("sql", []):
            self.desk.sql(statement)
        if not before or case.get("sql"):
            before = self.tables.snapshot()
        self.fresh = None if case.get("sql") else before
        return before

    def send(self, case):
        """{address} of a path is the user's id, 0 where nobody has it."""
        address = re.search(r"\{(.*)\}", case["path"])
        if address:
            found = self.desk.sql("SELECT user_id FROM ost_user_email WHERE address='%s'" % address.group(1).replace("'", "''"))
            case["path"] = case["path"].replace(address.group(0), found[0][0] if found else "999999")
        return super().send(case)

    @staticmethod
    def found_differences(case, got):
        """Whom a search finds."""
        if case["path"] != "/users/search.json" or got["status"] != 200:
            return []
        wanted = sorted(user["id"] for user in case["answer"]["json"]["users"])
        found = sorted(user["id"] for user in got["json"]["users"])
        return [] if wanted == found else ["users: wanted %s, got %s" % (wanted, found)]

    def wanted(self, case):
        """(statuses, rows, mails)"""
        kind, answer = case["answer"]["json"]["kind"], case["answer"]
        status = HARM.get(case.get("php_harm"))
        if status:
            return (status,), {}, []
        if kind != "ok":
            return STATUSES[kind], {}, []
        if operation_of(case) == "message":
            sign_events(answer["rows"])
        if case.get("php_harm") == "event claims what was not":
            only_what_changed(answer["rows"])
        if case.get("php_harm") == "collab event without user id":
            name_participants(answer["rows"])
        return STATUSES[kind], answer["rows"], [mails.summary(text) for text in answer.get("mails", [])]

    def run(self, file, case):
        statuses, rows, expected = self.wanted(case)
        before, folder = self.begin(case), self.desk.env["MAILS"]
        got = self.send(request(case))
        lines = [] if got["status"] in statuses else ["status: wanted %s, got %s: %s" % (statuses, got["status"], got.get("json", got.get("body")))]
        lines += self.found_differences(case, got)
        until(lambda: len(os.listdir(folder)) >= len(expected), 5)
        time.sleep(0.2)  # for one too many
        changed = self.tables.changes(before, self.tables.snapshot())
        if changed or os.listdir(folder):
            self.fresh = None
        lines += self.row_differences(comparable(rows, value), comparable(changed, value))
        lines += differences("mails", mails.listing(expected, None), mails.listing(mails.sent(folder), None))
        return lines

    def reason_to_skip(self, what, file, name):
        return self.not_here.get(name)

    def run_file(self, path):
        with open(path, encoding="utf-8") as file:
            self.not_here = {case["name"]: "%s.json is not here yet" % operation_of(case) for case in json.load(file)
                             if operation_of(case) not in OPERATIONS}
        return super().run_file(path)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    run_files(Acts(Desk(sys.argv[1]), "documented"), sys.argv[2:])


if __name__ == "__main__":
    main()
