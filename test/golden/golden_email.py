#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks a running server against what the PHP implementation made of e-mails.

    golden_email.py FOLDER RECORDED.json...    FOLDER is where test/stack is up, with the salt of SALT; prints a line per case
                                               that differs, then 'N passed, M failed'

A case is as in golden.py, with `body_base64` (raw bytes; marks {{…}} are filled in when they are sent), `before` (requests that
are sent first), the method PIPE (the mail goes to `osticket-fcgi pipe`, whose exit code is compared), and, where `fault` names
what is wrong with PHP's answer (spec: piping.md 9), `proposed`: what is wanted instead, a whole answer or only some of it.
ONLY=text in the environment takes the cases whose name contains it; AS_PHP=words, those of [email] as_php that the server runs
with: there PHP's own answers are wanted.
"""
import base64
import email
import email.policy
import glob
import hashlib
import hmac
import html
import json
import os
import re
import shlex
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request

SALT = b"ReferenceSaltReferenceSalt012345"
HERE = os.path.dirname(os.path.abspath(__file__))
RESET = os.path.join(HERE, "data.sql")
ENV = {}
with open(os.path.join(sys.argv[1], "env"), encoding="utf-8") as file:
    for line in file:
        name, _, value = line.rstrip("\n").partition("=")
        ENV[name] = " ".join(shlex.split(value))
BASE, DB, SOCK, MAILS = ENV["BASE"], ENV["DB"], ENV["SOCK"], ENV["MAILS"]
PIPE = "%s pipe -c %s" % (shlex.quote(ENV["PROGRAM"]), shlex.quote(ENV["CONFIG"]))
AS_PHP = set(os.environ.get("AS_PHP", "").split(","))
# Cases in which this server goes another way than PHP, by piping.md 9, though they were recorded as sound.
DEPARTS = {"mail Cc: known, new, agent, mailbox, owner, broken":
           ("list-join", {"status": 201, "ticket": "new", "collaborators": ["hans@example.org", "lena.ober@example.net"]})}
UNSEEN = {"ost_session", "ost_syslog"}  # rows that no client sees
LONG = 20000  # longer values are kept as their length and sha256


# --- the database ---------------------------------------------------------------------------------------------------
def sql(text):
    p = subprocess.run(["mariadb", "-S", SOCK, "--default-character-set=utf8mb4", "-Nr", DB], input=text.encode(), capture_output=True)
    if p.returncode: sys.exit("database: " + p.stderr.decode() + text[:300])
    return p.stdout.decode("utf-8", "replace")

def schema():
    cols = {}
    for line in sql("select table_name,column_name,data_type from information_schema.columns where table_schema='%s' and table_name like 'ost\\_%%' order by 1,ordinal_position" % DB).splitlines():
        t, c, ty = line.split("\t")
        if t != "ost__search_tmp": cols.setdefault(t, []).append((c, "hex(`%s`)" % c if "blob" in ty else "`%s`" % c))
    return cols

def snapshot(cols):
    out = sql("".join("select '%s',json_object(%s) from `%s`;" % (t, ",".join("'%s',%s" % c for c in cs), t) for t, cs in cols.items() if t not in UNSEEN))
    rows = {}
    for line in out.split("\n"):
        t, _, j = line.partition("\t")
        if t: rows.setdefault(t, set()).add(j)
    return rows

KEYS = {"ost_form_entry_values": 2, "ost_file_chunk": 2, "ost__search": 2, "ost_team_member": 2}
def changes(cols, a, b):
    out = {}
    for t in sorted(set(a) | set(b)):
        gone, come = a.get(t, set()) - b.get(t, set()), b.get(t, set()) - a.get(t, set())
        if not gone and not come: continue
        key = lambda r: json.dumps([r[c] for c, _ in cols[t][:KEYS.get(t, 1)]])
        old, new = ({key(r): r for r in map(json.loads, s)} for s in (gone, come))
        d = out[t] = {}
        for k in sorted(set(old) | set(new), key=lambda k: [str(x).zfill(12) for x in json.loads(k)]):
            if k not in old: d.setdefault("inserted", []).append(new[k])
            elif k not in new: d.setdefault("deleted", []).append(old[k])
            else: d.setdefault("updated", []).append({"key": json.loads(k), **{c: [old[k][c], new[k][c]] for c in new[k] if old[k][c] != new[k][c]}})
    return out

# --- one request ------------------------------------------------------------------------------------------------------
def sysid(): return base64.b64encode(hashlib.md5(b"mail" + SALT).digest()).decode().replace("+", "=")[:6]
def ours(kind, uid, entry, thread, rand="refer"):
    tag = struct.pack("<III", int(uid), int(entry), int(thread)) + kind.encode()
    tag += hmac.new(SALT, tag + (rand + sysid()).encode(), hashlib.sha1).digest()[-5:]
    return "B%s-%s-%s-%s" % (sysid(), rand, base64.b64encode(tag).decode().rstrip("="), "support@example.com")

def mails(): return [open(f, errors="surrogateescape", newline="").read() for f in sorted(glob.glob(MAILS + "/*"))] if MAILS else []
def mail_header(text, name):
    text = text.partition("\n")[2] if text.startswith("ARGS:") else text
    m = re.search(r"(?im)^%s:[ \t]*(.*?)\r?$" % re.escape(name), re.sub(r"\r?\n[ \t]+", " ", re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]))
    return m.group(1) if m else ""

def fill(data, earlier):
    """The marks {{…}} of a body; golden.py lists them."""
    def one(m):
        what, _, rest = m.group(1).decode().partition(":")
        if what == "number":
            a = earlier[int(rest) if rest else -1]; return str(a.get("json", a.get("body"))).encode()
        if what == "mid":
            until = time.time() + 10
            while True:
                found = [x for x in mails() if rest.lower() in mail_header(x, "To").lower()]
                if found or time.time() > until: break
                time.sleep(0.1)
            return mail_header(found[-1], "Message-ID").strip("<> ").encode() if found else b"no-mail-to-%s" % rest.encode()
        if what == "ours": return ours(*rest.split(":")).encode()
        if what == "sysid": return sysid().encode()
        n, _, text = rest.partition(":"); return text.encode() * int(n)
    return re.sub(rb"\{\{((?:number|mid|ours|sysid|repeat)(?::[^{}]*)?)\}\}", one, data)

def body_of(case, earlier=()):
    if "body_base64" in case: return fill(base64.b64decode(case["body_base64"]), earlier)
    body = case.get("body")
    if body is None: return None
    body = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return fill(body, earlier) if earlier else body

def send(case, earlier=()):
    if case["method"] == "PIPE":
        return {"exit": subprocess.run(PIPE, shell=True, input=body_of(case, earlier), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode}
    req = urllib.request.Request(BASE + case["path"], data=body_of(case, earlier), method=case["method"], headers=case["headers"])
    try: r = urllib.request.urlopen(req, timeout=120)
    except urllib.error.HTTPError as e: r = e
    text = r.read().decode("utf-8", "replace")
    ans = {"status": r.code, "type": (r.headers.get("Content-Type") or "")}
    try: ans["json"] = json.loads(text)
    except ValueError: ans["body"] = text
    return ans

def prepare(case):
    """Puts the data set back, runs `sql`, sends `before`; returns the answers of `before`."""
    if case.get("reset"):
        sql(open(RESET, encoding="utf-8").read())
        if MAILS: [os.remove(f) for f in glob.glob(MAILS + "/*")]
    for s in case.get("sql", []): sql(s)
    earlier = []
    for b in case.get("before", []):
        for s in b.get("sql", []): sql(s)
        earlier.append(send(b, earlier))
    if earlier: time.sleep(max(1.1, case.get("settle", 0)))      # into another second, so that times that change are seen to
    return earlier

ANY = "<any text>"
def departs(case): return case.get("fault") and case["fault"] not in AS_PHP
def expect(case):
    wanted = json.loads(json.dumps(case["proposed"] if departs(case) else case["answer"]))
    wanted["type"] = wanted.get("type", "").lower().replace(" ", "")
    if wanted.get("status") == 500: wanted["status"] = 400  # PHP's 500 is a refusal, and leaves nothing
    if "status" in wanted and wanted["status"] != 201 and "rows" in wanted: wanted["rows"] = {}
    if wanted.get("exit"): wanted["rows"] = {}
    return wanted

STAMP = re.compile(r"^(\d{4})-\d\d-\d\d \d\d:\d\d:\d\d$")
def differ(path, want, got, out):
    if want == ANY: 
        if not isinstance(got, str) or not got: out.append("%s: wanted some text, got %r" % (path, got))
    elif isinstance(want, dict) and isinstance(got, dict):
        for k in want:
            if k not in got: out.append("%s.%s is missing" % (path, k))
            else: differ("%s.%s" % (path, k), want[k], got[k], out)
        for k in got:
            if k not in want and not path.endswith("user_email"): out.append("%s.%s is extra: %s" % (path, k, json.dumps(got[k])[:80]))
    elif isinstance(want, list) and isinstance(got, list):
        if path.endswith(".tickets") or path == "json" : # the order of a list is ours to choose
            k = lambda x: json.dumps(x, sort_keys=True); want, got = sorted(want, key=k), sorted(got, key=k)
        if len(want) != len(got): out.append("%s: wanted %d items, got %d" % (path, len(want), len(got)))
        for i, (x, y) in enumerate(zip(want, got)): differ("%s[%d]" % (path, i), x, y, out)
    elif want == "*" and isinstance(got, str): pass
    elif want != got or type(want) is not type(got): out.append("%s: wanted %s, got %s" % (path, json.dumps(want, ensure_ascii=False)[:160], json.dumps(got, ensure_ascii=False)[:160]))

def listed(rows, value):
    out = {}
    for t, d in rows.items():
        for what, rs in d.items():
            for r in rs:
                out.setdefault(t, []).append({"what": what, **{c: [value(t, c, x) for x in v] if isinstance(v, list) and c != "key" else value(t, c, v) for c, v in r.items()}})
    for t in out: out[t].sort(key=lambda r: json.dumps([r["object_type"], r["object_id"]] if t == "ost__search" and "object_id" in r else r, sort_keys=True))
    return out

OURMID = re.compile(r"B[\w+/=]{6}-[\w=]{5}-[\w+/]{24}-[\w.+-]+@[\w.-]+")
NAME = re.compile(r"^(image-?\w{4}\.\w+|email-message-\w{4}\.eml|[0-9a-f]{32}\.txt)$")
def steady(v, numbers=()):
    """Text without random numbers, keys and Message-IDs; long text as its sha256."""
    if not isinstance(v, str): return v
    for i, n in enumerate(numbers): v = re.sub(r"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" % re.escape(str(n)), "NUMBER%d" % i, v)
    v = re.sub(r"cid:[\w-]{32}", "cid:KEY", v)
    v = OURMID.sub("OURMID", v)
    if len(v) > LONG: v = "long:%d:%s" % (len(v), hashlib.sha256(v.encode("utf-8", "surrogatepass")).hexdigest())
    return v

def numbers_of(earlier, ans):
    """The ticket numbers that came up, each once, in order."""
    out = []
    for a in list(earlier) + [ans]:
        n = str(a.get("json", a.get("body"))) if a.get("status") == 201 else None
        if n and n not in out: out.append(n)
    return out

def new_numbers(rows): return [str(r["number"]) for r in rows.get("ost_ticket", {}).get("inserted", [])]
def exact(rows, numbers):
    def value(t, c, v):
        if (t, c) == ("ost_file", "key"): return "*"
        if (t, c) in (("ost_file", "name"), ("ost_attachment", "name")) and v and NAME.match(v): return "*"
        if isinstance(v, str):
            m = STAMP.match(v)
            if m and int(m.group(1)) >= 2026: return "now"
            return steady(v, numbers)
        return v
    return listed(rows, value)

def mail(text, numbers=None):
    if text.startswith("ARGS:"): text = text.partition("\n")[2]
    m = email.message_from_string(text, policy=email.policy.default)
    who = lambda h: sorted(x.lower() for x in re.findall(r"[\w.+-]+@[\w.-]+", m[h] or ""))
    out = {"to": who("to"), "cc": who("cc"), "from": who("from"), "subject": " ".join(str(m["subject"]).split())}
    if numbers is not None:
        more = {"in-reply-to": mail_header(text, "In-Reply-To"), "references": mail_header(text, "References"), "auto-submitted": str(m["Auto-Submitted"] or "")}
        out = {k: steady(v, numbers) for k, v in {**out, **more}.items()}
    return out

def texts(rows):
    """What the request wrote that people read: bodies of new entries, and those of bodies kept as files."""
    return [e["body"] or "" for e in rows.get("ost_thread_entry", {}).get("inserted", [])] + kept_files(rows, inline=1)
def kept_files(rows, inline=None):
    ids = [a["file_id"] for a in rows.get("ost_attachment", {}).get("inserted", []) if inline is None or a["inline"] == inline]
    return ["".join(bytes.fromhex(x).decode("utf-8", "replace") for x in sql("select hex(filedata) from ost_file_chunk where file_id=%d order by chunk_id" % i).split()) for i in ids]

def proposed(want, got, rows, earlier, sent, out):
    """A wish that leaves the how open. status, exit: as they are. ticket: new, before (the one of `before`), none, a number,
    or 'any of A B'. owner: the new ticket's address. subject: its subject. mailbox: its email_id. keeps, lacks: texts that the new entries hold or
    do not hold. reaches: a text in an entry or an attached file. files: [[name, type, size]…] of attachments that are not
    inline, None for any; files_at_least: there may be more. entry: columns of the entry that holds `keeps`. entries, mails:
    how many. collaborators: their addresses. rows: as they are."""
    for k in ("status", "exit"):
        if k in want: differ(k, want[k], got.get(k), out)
    if "rows" in want: differ("rows", want["rows"], rows, out)
    number, fresh, t = str(got.get("json", got.get("body"))), new_numbers(rows), want.get("ticket")
    if t == "new" and number not in fresh: out.append("ticket: wanted a new one, got %s" % number)
    elif t == "before" and (fresh or number != str(earlier[-1].get("json", earlier[-1].get("body")))): out.append("ticket: wanted the one from before, got %s %s" % (number, fresh))
    elif t == "none" and rows: out.append("rows: wanted none, got %s" % sorted(rows))
    elif t and t.startswith("any of ") and (fresh or number not in t.split()[2:]): out.append("ticket: wanted %s, got %s %s" % (t, number, fresh))
    elif t and t[0].isdigit() and (fresh or number != t): out.append("ticket: wanted %s, got %s %s" % (t, number, fresh))
    read = [" ".join(html.unescape(re.sub(r"<(?=[a-z/!])[^>@]*>", " ", x)).split()) for x in texts(rows)]
    for k in want.get("keeps", []):
        if not any(" ".join(k.split()) in x for x in read): out.append("keeps: %r is in none of %r" % (k, [x[:120] for x in read]))
    for k in want.get("lacks", []):
        if any(k in x for x in read): out.append("lacks: %r is in %r" % (k, [x[:120] for x in read]))
    if "reaches" in want and not any(want["reaches"] in x for x in texts(rows) + kept_files(rows)): out.append("reaches: %r is nowhere" % want["reaches"])
    if "owner" in want:
        who = sql("select e.address from ost_ticket t join ost_user u on u.id=t.user_id join ost_user_email e on e.id=u.default_email_id where t.number='%s'" % number.replace("'", "")).strip()
        if who.lower() != want["owner"]: out.append("owner: wanted %s, got %s" % (want["owner"], who))
    if "collaborators" in want:
        differ("collaborators", want["collaborators"], sql("select e.address from ost_ticket t join ost_thread h on h.object_type='T' and h.object_id=t.ticket_id join ost_thread_collaborator c on c.thread_id=h.id join ost_user u on u.id=c.user_id join ost_user_email e on e.id=u.default_email_id where t.number='%s' order by 1" % number.replace("'", "")).split(), out)
    if "mailbox" in want: differ("mailbox", [want["mailbox"]], [r["email_id"] for r in rows.get("ost_ticket", {}).get("inserted", [])], out)
    if "subject" in want: differ("subject", want["subject"], sql("select c.subject from ost_ticket t join ost_ticket__cdata c using(ticket_id) where t.number='%s'" % number.replace("'", "")).strip("\n"), out)
    if "files" in want:
        have = [tuple(l.split("\t")) for l in sql("select coalesce(nullif(a.name,''),f.name),f.type,f.size from ost_attachment a join ost_file f on f.id=a.file_id where a.type='H' and a.inline=0 and a.id in (%s)" % ",".join(["0"] + [str(a["id"]) for a in rows.get("ost_attachment", {}).get("inserted", [])])).splitlines()]
        left = list(have)
        for w in want["files"]:
            hit = next((x for x in left if all(p is None or str(p) == y for p, y in zip(w, x))), None)
            if hit: left.remove(hit)
            else: out.append("files: no %s among %s" % (w, have))
        if left and not want.get("files_at_least"): out.append("files: extra %s" % left)
    new = rows.get("ost_thread_entry", {}).get("inserted", [])
    if "entries" in want: differ("entries", want["entries"], len(new), out)
    if "entry" in want and not any(all(e.get(k) == v for k, v in want["entry"].items()) for e in new): out.append("entry: none has %s" % want["entry"])
    if "mails" in want and MAILS: differ("mails", want["mails"], len(sent), out)

def run_mail(case, cols):
    earlier = prepare(case)
    fixed = set(sql("select number from ost_ticket union select number from ost_task").split())
    fixed -= {str(a.get("json", a.get("body"))) for a in earlier if a.get("status") == 201}
    want, out = expect(case), []
    before, mail0 = snapshot(cols), len(mails())
    got = send(case, earlier)
    time.sleep(case.get("settle", 0.2))
    if MAILS and want.get("mails"):
        until = time.time() + 5
        while len(mails()) - mail0 < len(want["mails"] if isinstance(want["mails"], list) else []) and time.time() < until: time.sleep(0.1)
    rows = {t: d for t, d in changes(cols, before, snapshot(cols)).items() if t.startswith("ost_")}
    sent = mails()[mail0:]
    if "rows" not in want or (departs(case) and "type" not in case.get("proposed", {})):
        want.pop("type", None); proposed(want, got, rows, earlier, sent, out); return out
    for k in ("status", "exit"): differ(k, want.get(k), got.get(k), out)
    if "status" in want: differ("type", want["type"], got["type"].lower().replace(" ", ""), out)
    x, y = numbers_of(want.get("before", []), want), numbers_of(earlier, got)
    if want.get("status") == 201 and got.get("status") == 201:
        a, b = str(want.get("json", want.get("body"))), str(got.get("json", got.get("body")))
        if not re.fullmatch(r"\S+", b): out.append("body: wanted a bare ticket number, got %r" % b)
        if a in fixed and a != b: out.append("body: wanted %s, got %s" % (a, b))
        if a in x and (x.index(a) != y.index(b) or (a in new_numbers(want["rows"])) != (b in new_numbers(rows))): out.append("body: another ticket: wanted like %s of %s, got %s of %s" % (a, x, b, y))
    elif "status" in want: differ("body", want.get("body", json.dumps(want.get("json"))), got.get("body", json.dumps(got.get("json"))), out)
    x, y = x + [n for n in new_numbers(want["rows"]) if n not in x], y + [n for n in new_numbers(rows) if n not in y]
    p, q = exact(want["rows"], x), exact(rows, y)
    for t in sorted(set(p) | set(q)): differ("rows." + t, p.get(t, []), q.get(t, []), out)
    if MAILS:
        k = lambda m: json.dumps(m, sort_keys=True)
        differ("mails", sorted((mail(m, x) for m in want.get("mails", [])), key=k), sorted((mail(m, y) for m in sent), key=k), out)
    return out

def main():
    cols, passed, failed = schema(), 0, 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as cases:
            for case in json.load(cases):
                if os.environ.get("ONLY", "") not in case["name"]: continue
                if case["name"] in DEPARTS: case["fault"], case["proposed"] = DEPARTS[case["name"]]
                lines = run_mail(case, cols)
                passed, failed = passed + (not lines), failed + bool(lines)
                if lines: print("DIFFERS %s\n    %s" % (case["name"], "\n    ".join(lines[:8])))
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
