# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests that nobody honest sends, for every operation that the server describes (osticket-fcgi --openapi): made of one good request each
by spoiling its path, its query, its headers, its body as a whole, and each member of it by what its schema does not take."""
import json
import os
import re
import sys
import urllib.parse
from typing import NamedTuple

sys.path.append("/usr/lib/python3/dist-packages")  # whichever Python runs the tests
import fastjsonschema  # noqa: E402  pylint: disable=wrong-import-position

import demo

AGENT = {"staffUserName": "tokafor"}
PROFILE = {"Accept": "application/json; profile=ticket", "Content-Type": "application/json"}
FILE = [{"a.txt": "data:text/plain;base64,aGVsbG8="}]
RIGHTS = ("ticket.assign", "ticket.close", "ticket.create", "ticket.delete", "ticket.edit", "ticket.reply", "ticket.refer", "ticket.release", "ticket.transfer",
          "ticket.link", "ticket.merge", "ticket.markanswered")
OF_PEOPLE = ("user.create", "user.edit", "user.delete", "org.create", "org.edit", "org.delete")
ALL = "{%s}"
# Everything that a good request needs, two things of each kind that may have one name, and fields of a form that nobody may fill in. Ids of one kind are
# none of another where OTHER_KIND says so.
PREPARED = """
    REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1);
    REPLACE INTO fcgi_ost_token(key_id,secret,origins) VALUES(1,'an-example-of-a-secret-of-at-least-32-characters','');
    UPDATE ost_role SET permissions='%s';
    UPDATE ost_staff SET onvacation=0, role_id=1, permissions='%s';
    UPDATE ost_staff_dept_access SET role_id=1;
    UPDATE ost_ticket SET dept_id=2, staff_id=2, team_id=1 WHERE ticket_id=1;
    UPDATE ost_ticket SET dept_id=2, staff_id=0, team_id=0 WHERE ticket_id IN (2,4);
    UPDATE ost_department SET manager_id=2 WHERE id=2;
    INSERT INTO ost_ticket(ticket_id,ticket_pid,number,user_id,status_id,dept_id,flags,created,updated,lastupdate) VALUES
        (71,NULL,'TWIN',1,1,2,0,NOW(),NOW(),NOW()), (72,NULL,'TWIN',1,1,2,0,NOW(),NOW(),NOW()),
        (73,74,'MERGED',1,3,2,1,NOW(),NOW(),NOW()), (74,NULL,'PARENT',1,1,2,17,NOW(),NOW(),NOW()), (75,NULL,'GONE',1,5,2,0,NOW(),NOW(),NOW()),
        (76,77,'LINKED',1,1,2,8,NOW(),NOW(),NOW()), (77,NULL,'ABOVE',1,1,2,24,NOW(),NOW(),NOW());
    INSERT INTO ost_ticket__cdata(ticket_id,subject) VALUES (71,'a'), (72,'b'), (73,'c'), (74,'d'), (75,'e'), (76,'f'), (77,'g');
    INSERT INTO ost_thread(id,object_id,object_type,created) VALUES
        (71,71,'T',NOW()), (72,72,'T',NOW()), (73,73,'C',NOW()), (74,74,'T',NOW()), (75,75,'T',NOW()), (76,76,'T',NOW()), (77,77,'T',NOW());
    INSERT INTO ost_thread_referral(thread_id,object_id,object_type,created) VALUES(1,1,'E',NOW());
    INSERT INTO ost_department(id,pid,tpl_id,sla_id,schedule_id,email_id,autoresp_email_id,manager_id,flags,name,signature,ispublic,group_membership,path,updated,created) VALUES
        (71,1,0,0,0,0,0,0,4,'Twin','',1,1,'/1/71/',NOW(),NOW()), (72,2,0,0,0,0,0,0,4,'Twin','',1,1,'/2/72/',NOW(),NOW());
    INSERT INTO ost_help_topic(topic_id,topic_pid,ispublic,noautoresp,flags,status_id,priority_id,dept_id,staff_id,team_id,sla_id,page_id,sequence_id,sort,topic,notes,created,updated) VALUES
        (71,1,1,0,2,0,2,1,0,0,0,0,0,1,'Twin','',NOW(),NOW()), (72,2,1,0,2,0,2,1,0,0,0,0,0,1,'Twin','',NOW(),NOW());
    INSERT INTO ost_ticket_priority(priority_id,priority,priority_desc,priority_color,priority_urgency,ispublic) VALUES
        (71,'first','Twin','#ffffff',1,1), (72,'second','Twin','#ffffff',1,1);
    INSERT INTO ost_organization(id,name,manager,status,domain,created,updated) VALUES(71,'Twin','',0,'',NOW(),NOW()), (72,'Twin','',0,'',NOW(),NOW());
    INSERT INTO ost_staff(staff_id,dept_id,role_id,username,firstname,lastname,email,signature,isactive,created,updated) VALUES
        (71,2,1,'twin1','A','B','Twin','',1,NOW(),NOW()), (72,2,1,'twin2','A','C','Twin','',1,NOW(),NOW());
    INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES
        (51,5,13057,'files','Plan','plan','{}',4,NOW(),NOW()), (52,5,13057,'flux','Odd','odd','{}',5,NOW(),NOW()),
        (53,5,4865,'text','Serial','serial','{}',6,NOW(),NOW()), (54,5,13057,'text','Same','same','{}',7,NOW(),NOW()),
        (55,5,13057,'text','Same','SAME','{}',8,NOW(),NOW()), (56,5,13057,'datetime','Since','since','{}',9,NOW(),NOW()),
        (61,1,13057,'files','Plan','plan','{}',14,NOW(),NOW()),
        (63,4,13057,'files','Plan','plan','{}',14,NOW(),NOW()), (64,4,13057,'flux','Odd','odd','{}',15,NOW(),NOW()),
        (65,4,13057,'memo','Notes','notes','{}',16,NOW(),NOW());
    INSERT INTO ost_form_entry_values(entry_id,field_id,value) SELECT 12,id,NULL FROM ost_form_field WHERE id BETWEEN 51 AND 56;
    INSERT INTO ost_attachment(id,object_id,type,file_id,inline) VALUES(900,1,'H',1,0);
    INSERT INTO ost_list(id,name,created,updated) VALUES(1,'Colours',NOW(),NOW());
    INSERT INTO fcgi_ost_webhook(id,key_id,url,secret,from_event,from_entry,created,updated) VALUES(1,1,'https://shop.example/hook','whsec_x',4000000000,4000000000,NOW(),NOW());
    INSERT INTO fcgi_ost_delivery(id,webhook_id,seq,change_id,type,body,state,created,finished) VALUES(1,1,1,'e1','ticket.closed','{}','sent',NOW(),NOW());
""" % tuple(ALL % ",".join('"%s":1' % right for right in rights) for rights in (RIGHTS, OF_PEOPLE))

TICKET = "/tickets/{number}"


class Good(NamedTuple):
    """A request that is answered with 2xx. `rehearsed`: it says dry_run in its query, so that nothing is written whatever else it says."""
    method: str
    path: str  # as it is described
    body: object = None
    fills: dict = {}  # parameters of the path; the usual ones stand in FILLS
    query: str = ""
    headers: dict = {"Content-Type": "application/json"}
    rehearsed: bool = True
    instead: dict = {}  # which members stand in the way of which: {"state": ["status"]}
    beside: dict = {}  # which members have to stand beside which: {"user": {"fields": {}}}
    of_client: bool = False  # with a client's token in the place of the key

    @property
    def name(self):
        return "%s %s%s" % (self.method, self.path, " of a client" if self.of_client else "")


FILLS = {"number": "310042", "id": "1", "user": "1", "delivery": "1"}
OTHERS = ["310045"]
# What writes, in the order of the operation table.
WRITES = (
    Good("POST", "/tickets/reply.json", {"ticketNumber": "310042", **AGENT, "response": "x"}, rehearsed=False),
    Good("POST", "/tickets.json", {"email": "anna@quay.example", "name": "Anna", "subject": "s", "message": "m"}, headers=PROFILE),
    Good("POST", TICKET + "/note.json", {**AGENT, "note": "x"}),
    Good("POST", TICKET + "/reply.json", {**AGENT, "response": "x"}),
    Good("POST", TICKET + "/status.json", {**AGENT, "status": "Closed"}, instead={"state": ["status"]}),
    Good("POST", TICKET + "/assign.json", {**AGENT, "staff": "mvries"}),
    Good("POST", TICKET + "/claim.json", AGENT, fills={"number": "310045"}),
    Good("POST", TICKET + "/release.json", AGENT),
    Good("POST", TICKET + "/transfer.json", {**AGENT, "department": 1}),
    Good("POST", TICKET + "/refer.json", {**AGENT, "staff": "mvries"}, instead={"team": ["staff"], "department": ["staff"]}),
    Good("DELETE", TICKET + "/refer.json", AGENT, query="team=1"),
    Good("DELETE", TICKET + ".json", AGENT, query="confirm=310042"),
    Good("POST", "/tickets/bulk.json", {"tickets": ["310042"], "action": "note", "body": {**AGENT, "note": "x", "dry_run": True}}, rehearsed=False),
    Good("POST", TICKET + "/merge.json", {**AGENT, "tickets": OTHERS}),
    Good("POST", TICKET + "/message.json", {"message": "x"}),
    Good("PATCH", TICKET + ".json", {**AGENT, "source": "Phone"}, instead={"user": ["staffUserName", "source"]},
         beside={"user": {"fields": {"subject": "Other"}}}),
    Good("POST", TICKET + "/collaborators.json", {**AGENT, "email": "new@nowhere.example", "name": "New"}),
    Good("PATCH", TICKET + "/collaborators.json", {**AGENT, "active": []}),
    Good("PATCH", TICKET + "/collaborators/{id}.json", {**AGENT, "active": False}, fills={"id": "2"}),
    Good("DELETE", TICKET + "/collaborators/{id}.json", AGENT, fills={"id": "2"}),
    Good("POST", TICKET + "/link.json", {**AGENT, "tickets": OTHERS}),
    Good("POST", TICKET + "/unlink.json", AGENT, fills={"number": "ABOVE"}),
    Good("POST", "/users.json", {**AGENT, "email": "new@nowhere.example", "name": "New"}),
    Good("PATCH", "/users/{id}.json", {**AGENT, "name": "Anna L"}),
    Good("DELETE", "/users/{id}.json", AGENT, fills={"id": "6"}),
    Good("POST", "/organizations.json", {**AGENT, "name": "Pier"}),
    Good("PATCH", "/organizations/{id}.json", {**AGENT, "name": "Pier"}),
    Good("DELETE", "/organizations/{id}.json", AGENT),
    Good("POST", "/organizations/{id}/users.json", {**AGENT, "user": "cher@stage.example"}),
    Good("DELETE", "/organizations/{id}/users/{user}.json", AGENT),
    Good("POST", "/tokens.json", {"user": "anna@quay.example"}, rehearsed=False),
    Good("POST", "/webhooks.json", {"url": "https://shop.example/hook"}, rehearsed=False),
    Good("PATCH", "/webhooks/{id}.json", {"active": False}, rehearsed=False),
    Good("DELETE", "/webhooks/{id}.json", rehearsed=False),
    Good("POST", "/webhooks/{id}/test.json", rehearsed=False),
    Good("POST", "/webhooks/{id}/secret.json", rehearsed=False),
    Good("POST", "/webhooks/{id}/deliveries/{delivery}/replay.json", rehearsed=False),
)
CLIENTS = (
    Good("POST", "/tickets.json", {"subject": "s", "message": "m", "topicId": 1}, headers=PROFILE, of_client=True),
    Good("POST", TICKET + "/message.json", {"message": "x"}, of_client=True),
    Good("PATCH", TICKET + ".json", {"fields": {"subject": "Other"}}, of_client=True),
)
# Where what the usual ids name is not there.
READ_FILLS = {TICKET + "/attachments/{id}": {"id": "900"}}
# Said to be not here: 501 in the place of 2xx.
NOT_HERE = {"POST /tickets/{number}/tasks.json", "POST /users/{id}/account.json"}
# What is no JSON has tests of its own: create_hostile, email and mail; cron takes nothing.
ELSEWHERE = {"POST /tickets.xml", "POST /tickets.email", "POST /tasks/cron"}


class Case(NamedTuple):
    item: str    # of the list in the test's table
    method: str
    path: str    # with its query
    body: object = None
    headers: tuple = ()
    refused: bool = True   # else it may be taken, too, since nothing of it is kept
    member: str = ""       # that `errors` has to name
    statuses: tuple = ()   # one of them; none: any of 400 to 499
    of_client: bool = False

    def __str__(self):
        return "%s: %s %s %s %s" % (self.item, self.method, self.path[:160], repr(self.body)[:200], repr(self.headers)[:120])


def reads(description):
    """Good requests that read, of our own operations."""
    for path, item in description.document["paths"].items():
        if "get" in item and "osTicket's own" not in item["get"]["tags"]:
            yield Good("GET", path, fills=READ_FILLS.get(path, {}), headers={}, rehearsed=False)


def quoted(text):
    return "".join("%%%02X" % byte for byte in (text if isinstance(text, bytes) else text.encode()))


# ---- values, as they stand in JSON
TEXTS = ("' OR 1=1 -- ", "\"; DROP TABLE ost_ticket; --", "1 UNION SELECT passwd FROM ost_staff", "\\", "%", "_", "<script>alert(1)</script>",
         "<img src=x onerror=alert(1)>", "%{ticket.name}", "{{7*7}}", "\u202e\ufeff", "\x1b[31m\x07", "\U0001F600", "=1+1", "a\nb", "\x7f")
INTEGERS = ("-1", "0", "9223372036854775807", "9223372036854775808", "18446744073709551616", "-9223372036854775809", "9" * 400)
FRACTIONS = ("1.5", "1e400", "-1e400", "1e-400", "1e3")
OTHER_TYPES = ("true", "[]", '["a"]', "[[]]", "[null]", "{}", '{"a":"b"}', '{"a":{}}')
BROKEN = (  # that stand in no text of JSON's, or in none that a column keeps
    ('"a\\u0000b"', "NUL"), ('"\\ud800"', "surrogate"), ('"x\\udc00"', "surrogate"), ("[" * 1000 + "]" * 1000, "nesting"), ('{"a":' * 1000 + "1" + "}" * 1000, "nesting"),
    ("NaN", "malformed"), ("'x'", "malformed"), ("01", "malformed"), ('"a\x01b"', "control"), ('"a\x00b"', "NUL"))
LONG = json.dumps("x" * 70000)
# An id of something else, which none of these has.
OTHER_KIND = {"staff": 5, "team": 3, "department": 6, "topic": 6, "sla": 4, "status": 44, "priority": 6, "organization": 3, "owner": 8, "user": 8, "canned": 4,
              "from": 5, "staffUserName": 5, "child_status": 44, "parent_status": 44}
LISTS = ("tickets", "cc", "remove", "active")  # whose elements name something
# Members that are read at one place: tried with all values in two operations, in the others with these.
COMMON, WITH_ALL_MEMBERS = ("staffUserName", "format", "comments", "dry_run", "heed_lock"), (TICKET + "/note.json", TICKET + ".json")
# Elsewhere every third value of each list is tried, other ones of each member; and of all requests so many a time, of each operation others:
# every twelfth, in a sanitized build every 36th. All with EVERY=1.
EVERY = int(os.environ.get("EVERY", "3"))
SHARE = 1 if EVERY == 1 else 12
# What a client has no say in is passed over, as in the portal and in what PHP takes from clients.
NOT_A_CLIENTS = ("user", "department", "staff", "team", "priority", "sla", "note", "cc", "phone_ext")
SHORT = ("true", '{"a":"b"}', "[]", "1.5", "-1")
FIELDS = ("nosuch", "plan", "odd", "message", "", "999999999999999999999", "x" * 300, "' OR 1=1 -- ", "<b>")
OF_TICKETS_FORMS = ("serial", "same", "SAME")
DUES = ("2001-01-01", "-2h", "soon", "2099-02-30", "2099-02-28 24:00", "2099-02-28 23:60", "0000-00-00", "0000-01-01T00:00:00Z", "10000-01-01", "99999999999999999999",
        "+99999999999999h", "2099-07-01T09:00:00+99:00", "2099-07-01T", "", " ")
DUES_OF_LATE = ("9999-12-31", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "+999999h")  # that a DATETIME has, or has no more


def member_of(good, name, raw):
    """The good request's body with the member as these bytes."""
    body = {key: value for key, value in {**good.body, **good.beside.get(name, {})}.items() if key != name and key not in good.instead.get(name, ())}
    whole = json.dumps(body)
    return whole[:-1] + ("," if body else "") + json.dumps(name) + ":" + raw + "}"


class Operation:
    """One that is described, with a good request of it."""

    def __init__(self, description, good, seen=frozenset()):
        """Of parameters of a query that were `seen` at another operation no more is tried."""
        self.description, self.good, self.seen = description, good, seen
        self.operation = description.document["paths"][good.path][good.method.lower()]
        self.parameters = [description.resolved(p, "parameters") for p in self.operation["parameters"]]
        self.own = "osTicket's own" not in self.operation["tags"]
        self.query = good.query + ("&" if good.query and good.rehearsed else "") + ("dry_run=1" if good.rehearsed else "")

    def named(self, place):
        return [p for p in self.parameters if p["in"] == place]

    def path(self, fills=None, query=None):
        path = re.sub(r"\{(\w+)\}", lambda m: {**FILLS, **self.good.fills, **(fills or {})}[m.group(1)], self.good.path)
        query = self.query if query is None else query
        return path + ("?" + query if query else "")

    def body(self):
        return None if self.good.body is None else json.dumps(self.good.body)

    def case(self, item, body=None, headers=(), path=None, **more):
        return Case(item, self.good.method, path or self.path(), self.body() if body is None else body, tuple(self.good.headers.items()) + tuple(headers),
                    of_client=self.good.of_client, **more)

    def sound(self):
        return self.case("good")

    def described(self):
        """The good request with each parameter and each member that it has not."""
        for parameter in self.named("query"):
            if parameter["name"] + "=" not in self.query and parameter["schema"]["type"] != "object":
                more = "%s=%s" % (parameter["name"], self.usual(parameter))
                yield self.case("described", path=self.path(query="&".join(filter(None, (self.query, more)))))
        for name in self.schema().get("properties", {}) if isinstance(self.good.body, dict) else ():
            yield self.case("described", body=member_of(self.good, name, "1"))

    # ---- paths
    def paths(self):
        for parameter in self.named("path"):
            name, kind = parameter["name"], parameter["schema"]["type"]
            if kind == "integer":
                values = ("0", "-1", "1.5", "1e3", "x", "9223372036854775808", "18446744073709551616", "9" * 400, "1%00", "1%0a", "%0d%0a1", "1%2f2", "..%2f1", "%2e%2e", "%FF",
                          "%C0%AF", "%31%zz", "%F0%9F%98%80", "%20", "id:1", quoted("' OR 1=1 -- "), quoted("<script>"), "7" * 7000, "9223372036854775807", "999999")
            else:
                values = ("nobody", "%00", "310042%00", "310042%0a", "%0a310042", "310042%0d%0aX:1", "310042%2f..", "..%2f310042", "%2e%2e", "%2e", "%20", "310042'", "%FF", "%C0%AF",
                          "%ED%A0%80", "%F0%9F%98%80", "id:0", "id:-1", "id:1.5", "id:", "id:x", "id:9223372036854775807", "id:9223372036854775808", "id:18446744073709551616",
                          "id:999999", "310042%zz", quoted("' OR 1=1 -- "), quoted("<script>alert(1)</script>"), "9" * 7000, "9" * 400, "1e5")
            for value in values:
                yield self.case("paths", path=self.path({name: value}))
            yield self.case("paths of 10 kB", path=self.path({name: "9" * 10000}), statuses=(400, 414))
            if kind != "integer":
                yield self.case("a number of two", path=self.path({name: "TWIN"}), statuses=(409, 422))

    def other_kinds(self):
        """Ids of something else in the path."""
        for parameter in self.named("path"):
            if parameter["schema"]["type"] == "integer":
                for value in ("8", "77"):
                    yield self.case("ids of another kind", path=self.path({parameter["name"]: value}), statuses=(404,))

    # ---- queries
    def queries(self):
        if not self.own:
            return
        known = self.named("query")
        for text in ("nosuch=1", "nosuch[]=1", "dryrun=1", quoted("' OR 1=1 --") + "=1", quoted("<b>") + "=1", "x" * 7000 + "=1"):
            yield self.case("unknown query parameters", path=self.path(query=self.query + "&" + text if self.query else text), statuses=(400, 422))
        for bad in ("%00", "%FF", "%C0%AF", "%0a", "%ED%A0%80"):
            yield self.case("query bytes", path=self.path(query=(self.query + "&" if self.query else "") + "a=" + bad), statuses=(400, 422))
        for parameter in known:
            name = parameter["name"]
            is_new, self.seen = json.dumps(parameter) not in self.seen, self.seen | {json.dumps(parameter)}
            if parameter["schema"]["type"] == "object" or not is_new:  # any number of names
                continue
            rest = "&".join(part for part in self.query.split("&") if part and part.split("=")[0] != name)
            rest = rest + "&" if rest else ""
            value = (dict(urllib.parse.parse_qsl(self.query)).get(name) or self.usual(parameter))
            for text in ("%s=%s&%s=%s" % (name, value, name, value), "%s=" % name, name, "%s[]=%s" % (name, value), "%s=%%00" % name):
                yield self.case("query parameters twice, empty, many", path=self.path(query=rest + text), member="" if "%00" in text else name, statuses=(400, 422))
            for text in self.wrong(parameter["schema"]):
                yield self.case("query values", path=self.path(query=rest + name + "=" + text), member=name, statuses=(400, 422))
            yield self.case("query parameters too long", path=self.path(query=rest + name + "=" + "9" * 7000), refused=False)

    @staticmethod
    def usual(parameter):
        schema = parameter["schema"]
        if "enum" in schema:
            return schema["enum"][-1]
        if schema["type"] == "array":
            return schema["items"]["enum"][0]
        return str(schema.get("minimum", 1)) if schema["type"] == "integer" else "1"

    @staticmethod
    def wrong(schema):
        """What the schema of a parameter does not take."""
        if schema["type"] == "integer":
            yield from ("x", "1.5", "1e3", "-1", "9223372036854775808", "18446744073709551616", "%27", "0x1", "%2B1", "2" if "enum" in schema else "%C2%B2")
            for name, step in (("minimum", -1), ("maximum", 1)):
                if name in schema:
                    yield str(schema[name] + step)
        elif "enum" in schema or schema["type"] == "array":
            yield from ("nosuch", quoted("' OR 1=1 --"), quoted("<b>"))
        elif "-7d" in schema.get("examples", ()):
            yield from ("soon", "2099-02-30", "2099-02-28T24:00:00Z", "0000-00-00", "99999999999999999999", "-99999999999999999999d", "2099-07-01T09:00:00%2B99:00", "%27")

    # ---- headers
    def headers(self):
        heeded = {p["name"] for p in self.named("header")}
        if "Idempotency-Key" in heeded:
            for value in ("", " ", "a b", "\u00e9", "a" * 256, "a" * 7000, "a\tb"):
                yield self.case("Idempotency-Key malformed", headers=[("Idempotency-Key", value)], statuses=(400,))
            yield self.case("Idempotency-Key malformed", headers=[("Idempotency-Key", "a"), ("Idempotency-Key", "b")], statuses=(400,))
        if "If-Match" in heeded:
            for value in ('"$other"', "$other", 'W/"$other.0"', "x", '"', '""', '"x"', "W/", "*x", "a" * 7000, '"' + "a," * 3000 + '"', "\u00e9", '"\u00ff"', '"0000000000000000"'):
                yield self.case("If-Match of another, malformed", headers=[("If-Match", value)], statuses=(400, 412, 422))
        if "X-Act-As" in heeded and self.good.method != "GET" and not self.good.of_client:
            for value in ("nobody", "Twin", "\u00ff", "tokafor, mvries", "a" * 7000, "5", "-1", "9223372036854775808", "' OR 1=1 -- ", "<b>"):
                yield self.case("X-Act-As of nobody", body="{}" if self.good.body is None else json.dumps({k: v for k, v in self.good.body.items() if k != "staffUserName"}),
                                headers=[("X-Act-As", value)], statuses=(400, 403, 404, 422))
            yield self.case("X-Act-As of nobody", headers=[("X-Act-As", "mvries")], statuses=(422,), member="staffUserName")
        for name in heeded & {"Idempotency-Key", "If-Match", "X-Act-As"}:
            yield self.case("headers of 10 kB", headers=[(name, "a" * 10000)], statuses=(400, 494))

    # ---- bodies
    def bodies(self):
        if self.good.body is None:
            return
        whole = self.body()
        empty_will_do = self.good.method == "DELETE" or not (set(self.good.body) - set(AGENT)) or "/collaborators/" in self.good.path
        for text in ("{", "}", "{]", "nonsense", "{'a':1}", '{"a":1,}', '{"a":NaN}', '{"a":01}', whole + "x", whole + whole, '{"a":"\n"}', '{"a":"\\x"}', "[]", "5", '"x"', "null", "true",
                     "[%s]" % whole, "/* c */" + whole, "<xml/>", "\ufeff" + whole, whole[:-1], whole[1:], "\x1f\x8b\x08gzip", "a=b&c=d", "{" * 1000, whole.encode("utf-16")):
            yield self.case("bodies that are no JSON object", body=text, statuses=(400, 422))
        if not empty_will_do:
            for text in ("", " ", "{}"):
                yield self.case("bodies that are empty", body=text, statuses=(400, 422))
        for bad in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xb8", b"\x00"):
            yield self.case("bytes that are no UTF-8, NUL", body=whole[:-1].encode() + b',"a":"' + bad + b'"}', statuses=(400, 422))
            yield self.case("bytes that are no UTF-8, NUL", body=whole[:-1].encode() + b',"a' + bad + b'":1}', statuses=(400, 422))
        yield self.case("NUL in names", body=whole[:-1] + ',"a\\u0000b":1}', statuses=(400, 422))
        for raw, what in BROKEN:
            if what != "NUL" or self.own:
                yield self.case("%s anywhere" % what, body=whole[:-1] + ',"a":%s}' % raw, statuses=(400, 422), refused=self.own or what != "NUL")
        for name in self.good.body:
            member = json.dumps(name)
            for again in (member, '"\\u%04x%s' % (ord(name[0]), member[2:])):
                yield self.case("names twice", body=whole[:-1] + ",%s:%s}" % (again, json.dumps(self.good.body[name])), statuses=(400,))
        if self.own:
            for name in ("nosuch", "Note", "staffusername", "' OR 1=1 -- ", "<b>", "x" * 300, "\U0001F600" * 30, "__proto__", ""):
                yield self.case("unknown members", body=whole[:-1] + ",%s:1}" % json.dumps(name), statuses=(422,), member=name if len(name.encode()) < 60 else "")
            yield self.case("10,000 members", body=whole[:-1] + "," + ",".join('"m%d":1' % i for i in range(10000)) + "}", statuses=(400, 413, 422))

    def lengths(self):
        """Bytes for nginx, past any library."""
        if self.good.body is None:
            return
        body = self.body().encode()
        short = body[:len(body) // 2]
        for item, lines, sent, statuses in (
                ("oversized", ["Content-Length: 99999999999"], b"{}", (413,)), ("oversized", ["Content-Length: 33554433"], b"{}", (413,)),
                ("Content-Length that is none", ["Content-Length: -1"], body, (400,)), ("Content-Length that is none", ["Content-Length: 1e1"], body, (400,)),
                ("Content-Length that is none", ["Content-Length: 0x10"], body, (400,)), ("two Content-Lengths", ["Content-Length: 2", "Content-Length: 3"], body, (400,)),
                ("a body longer than announced", ["Content-Length: %d" % len(short)], body, (400, 422)),
                ("chunks that are none", ["Transfer-Encoding: chunked"], b"zz\r\n" + body, (400,)),
                ("a length and chunks", ["Content-Length: 5", "Transfer-Encoding: chunked"], b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), (400,)),
                ("a length of blanks", ["Content-Length: "], body, (400,))):
            yield self.case(item, body=(lines, sent), statuses=statuses)

    # ---- members
    def schema(self):
        content = self.operation.get("requestBody", {}).get("content", {}).get("application/json")
        return self.description.resolved(content["schema"], "schemas") if content else {}

    def takes(self, schema):
        whole = {**schema, "components": {"schemas": self.description.document["components"]["schemas"]}, "$schema": "http://json-schema.org/draft-07/schema"}
        return fastjsonschema.compile(whole)

    @staticmethod
    def is_taken(check, raw):
        try:
            check(json.loads(raw))
        except fastjsonschema.JsonSchemaException:
            return False
        return True

    def named_by_answer(self, name, raw):
        """What the errors of an answer name where this member has this value."""
        if name == "priority" and self.good.path == "/tickets.json":
            return ""  # PHP's own words there
        return "a" if name == "filter" and raw.startswith('{"a"') else name

    def members(self):
        """What each member's schema does not take is refused and named; of what it takes nothing is known but that it does no harm."""
        if self.good.body is None:
            return
        for place, (name, schema) in enumerate(self.schema().get("properties", {}).items()):
            if self.good.of_client and name in NOT_A_CLIENTS:
                continue
            some = slice(None) if self.good.path in WITH_ALL_MEMBERS and not self.good.of_client else slice((place + len(self.good.name)) % EVERY, None, EVERY)
            check, short = self.takes(schema), name in COMMON and self.good.path not in WITH_ALL_MEMBERS
            resolved = self.description.resolved(schema, "schemas")
            kinds = json.dumps(resolved)
            is_text, is_free = '"string"' in kinds or "enum" in kinds, '"string"' in kinds
            for raw in SHORT if short else (OTHER_TYPES + FRACTIONS + INTEGERS)[some]:
                taken = self.is_taken(check, raw) or (is_text and self.is_tolerated(name, raw, is_free))
                if taken and (not self.good.rehearsed or name == "dry_run"):
                    continue
                yield self.case("wrong types" if raw in OTHER_TYPES else "numbers", body=member_of(self.good, name, raw), refused=not taken,
                                member="" if taken else self.named_by_answer(name, raw))
            for raw, what in BROKEN[:3] if short else BROKEN[some]:
                if what in ("malformed", "control"):
                    yield self.case("malformed members", body=member_of(self.good, name, raw), statuses=(400,))
                elif (what != "NUL" or self.own) and (what == "surrogate" or is_text or what == "nesting"):
                    yield self.case("%s in members" % what, body=member_of(self.good, name, raw), statuses=(400, 422))
            yield self.case("bytes in members", body=member_of(self.good, name, '"\udcff"').encode("utf-8", "surrogateescape"), statuses=(400,))
            if self.good.rehearsed and name != "dry_run":
                for raw in ([json.dumps(text) for text in TEXTS] + [LONG, '""', '" "', "null"])[some] if is_free and not short else ('""', '"nosuch"'):
                    yield self.case("texts", body=member_of(self.good, name, raw), refused=False)
            yield from self.meanings(name, resolved)

    def is_tolerated(self, name, raw, is_free):
        """A number stands for its digits where a text is wanted, and what is wanted may be called by an id in its digits. PHP takes more."""
        if not self.own:
            return raw in INTEGERS + FRACTIONS or raw in ("[]", "{}", "true") or name in ("alert", "autorespond", "staffUserName")
        return (is_free and raw in INTEGERS) or (name == "subject" and raw in ("1.5", "1e3", "1e-400")) or (not is_free and raw == "1e-400")

    def meanings(self, name, schema):
        good = self.good
        if name in OTHER_KIND and self.own and "type" in schema:
            for value in (OTHER_KIND[name], str(OTHER_KIND[name]), 999999, 9223372036854775807, "No such", "Twin", "' OR 1=1 -- ", "<b>", "\U0001F600", "x" * 70000, -1, 0):
                if (name in ("user", "owner") and value == "Twin") or (name == "priority" and value == 0):  # 0: none, as in osTicket
                    continue
                yield self.case("names of nobody, of two, of another kind", body=member_of(good, name, json.dumps(value)), member=name, statuses=(400, 403, 404, 409, 413, 422))
        if name in LISTS and self.own and schema.get("type") == "array" and "bulk" not in good.path:
            for value in (["no such"], [999999], ["310042", "no such"], [{}], [True], [1.5], [None], [""], ["\U0001F600"], ["' OR 1=1 -- "], [[]], ["x" * 70000], list(range(1, 10001)),
                          ["TWIN"], "310045", 5, True, {"a": 1}):
                yield self.case("lists", body=member_of(good, name, json.dumps(value)), member=name, statuses=(400, 403, 404, 409, 413, 422))
        if name == "attachments":
            for value in (5, True, "x", ["a"], [5], [None], [[]], [{}], [{"a": 5}], [{"a": ["x"]}], [{"": "x"}], [{"name": 5, "data": "x"}], [{"name": "a", "data": "x", "encoding": "zip"}],
                          [{"f%d" % i: "data:,x"} for i in range(10000)]):
                yield self.case("attachments that are none", body=member_of(good, name, json.dumps(value)), member=name if self.own else "", statuses=(400, 413, 422))
        if name == "fields":
            for field in FIELDS + (OF_TICKETS_FORMS if good.name == "PATCH " + TICKET + ".json" else ()):
                yield self.case("fields that are none, files, a plugin's, not to be edited", body=member_of(good, name, json.dumps({field: "x"})),
                                member=field if 0 < len(field) < 60 else "", statuses=(403, 422, 501))
            yield self.case("10,000 fields", body=member_of(good, name, json.dumps({"f%d" % i: "x" for i in range(10000)})), statuses=(413, 422))
        if name == "due":
            for due in DUES:
                yield self.case("due dates", body=member_of(good, name, json.dumps(due)), member=name, statuses=(422,))
            for due in DUES_OF_LATE:
                yield self.case("due dates", body=member_of(good, name, json.dumps(due)), refused=False)

    def all_cases(self):
        for cases in (self.members,) if self.good.of_client else (self.paths, self.other_kinds, self.queries, self.headers, self.bodies, self.lengths, self.members):
            yield from cases()
