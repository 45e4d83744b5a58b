# SPDX-License-Identifier: GPL-2.0-or-later
"""Who reads changes as a client does, and who writes them as neighbours do."""
import subprocess
import urllib.parse

import demo

EVENTS = {"created": 1, "closed": 2, "reopened": 3, "assigned": 4, "released": 5, "transferred": 6, "referred": 7, "overdue": 8,
          "edited": 9, "viewed": 10, "collab": 12, "deleted": 14, "merged": 15, "unlinked": 16, "linked": 17}


def poll(desk, key=demo.KEY, timeout=60, **parameters):
    """The answer to one request."""
    return desk.get("/changes.json?" + urllib.parse.urlencode(parameters), key=key, timeout=timeout)


def changes(desk, **parameters):
    """(changes, cursor, end) of a good one."""
    answer = poll(desk, **parameters)
    assert answer.status == 200, answer
    return answer.json["changes"], answer.json["next"], answer.json["end"]


def walk(desk, after=None, **parameters):
    """All changes from a cursor (or a time) on, and the cursor behind them."""
    found, more = [], {} if after is None else {"after": after}
    while True:
        part, after, end = changes(desk, **parameters, **more)
        found += part
        if end:
            return found, after
        more = {"after": after}
        parameters.pop("since", None)


def event_sql(name, thread=1, data="NULL", uid=2, uid_type="S", username="tokafor", department=3, at="NOW()"):
    return ("INSERT INTO ost_thread_event(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,data,username,uid,uid_type,"
            "timestamp) VALUES(%d,'T',%d,0,0,%d,0,%s,'%s',%s,'%s',%s);" % (
                thread, EVENTS[name], department, data, username, uid, uid_type, at))


def entry_sql(kind, thread=1, flags=0, staff=0, user=1, poster="Anna Lindqvist", at="NOW()", updated="'0000-00-00'"):
    return ("INSERT INTO ost_thread_entry(thread_id,staff_id,user_id,type,flags,poster,body,created,updated) "
            "VALUES(%d,%d,%d,'%s',%d,'%s','x',%s,%s);" % (thread, staff, user, kind, flags, poster, at, updated))


def writer(desk, script):
    """A connection of its own that runs the statements one after another; "osTicket without strict mode"."""
    process = subprocess.Popen(["mariadb", "--no-defaults", "-S", desk.env["SOCK"], "-u", "root", "-n", desk.env["DB"]],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    process.stdin.write(("SET sql_mode='';" + script).encode())
    process.stdin.close()
    return process
