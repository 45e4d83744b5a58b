# SPDX-License-Identifier: GPL-2.0-or-later
"""Which rows a request changed, and what of them two runs can share."""
import json
import re

# Rows that no client sees and that PHP fills with noise.
UNSEEN = {"ost_session", "ost_syslog"}
# Columns that make a row's key, where it is not the first alone.
KEY_COLUMNS = {"ost_form_entry_values": 2, "ost_file_chunk": 2, "ost__search": 2, "ost_team_member": 2}
# Random in PHP and here.
RANDOM = {("ost_ticket", "number"), ("ost_file", "key"), ("ost_file", "name"), ("ost_thread_entry_email", "mid"),
          ("ost_attachment", "name")}
# PHP books what a reply does on SYSTEM; here the agent is named. `recipients` is filled when a mail goes out, and PHP
# sends none for the documented body.
OURS = {("ost_thread_event", "username"), ("ost_thread_event", "uid"), ("ost_thread_event", "uid_type"),
        ("ost_thread_entry", "recipients")}
REPLY_TO_SOMEBODY = 512 | 256  # flags that say who got the mail
NOW = re.compile(r"^(\d{4})-\d\d-\d\d \d\d:\d\d:\d\d$")
RECORDED_IN = 2026  # the rows of data.sql are older


class Tables:
    """The columns of osTicket's tables."""

    def __init__(self, desk):
        self.desk = desk
        self.columns = {}
        for table, column, kind in desk.sql(
                "SELECT table_name, column_name, data_type FROM information_schema.columns "
                "WHERE table_schema = DATABASE() AND table_name LIKE 'ost\\_%' ORDER BY 1, ordinal_position"):
            self.columns.setdefault(table, []).append((column, "blob" in kind))

    def snapshot(self, watched=()):
        """{table: {row as JSON text, ...}}; of those that no client sees only the watched ones."""
        statements = []
        for table, columns in self.columns.items():
            if table not in UNSEEN or table in watched:
                pairs = ",".join("'%s',%s" % (c, "hex(`%s`)" % c if blob else "`%s`" % c) for c, blob in columns)
                statements.append("SELECT '%s', json_object(%s) FROM `%s`;" % (table, pairs, table))
        rows = {}
        for line in self.desk.sql("".join(statements)):
            rows.setdefault(line[0], set()).add("\t".join(line[1:]))
        return rows

    def key(self, table, row):
        return json.dumps([row[column] for column, _ in self.columns[table][:KEY_COLUMNS.get(table, 1)]])

    def changes(self, before, after):
        """{table: {inserted: [row], deleted: [row], updated: [{key, column: [old, new]}]}}"""
        result = {}
        for table in set(before) | set(after):
            gone = before.get(table, set()) - after.get(table, set())
            come = after.get(table, set()) - before.get(table, set())
            if gone or come:
                result[table] = self.table_changes(table, gone, come)
        return result

    def table_changes(self, table, gone, come):
        old = {self.key(table, row): row for row in map(json.loads, gone)}
        new = {self.key(table, row): row for row in map(json.loads, come)}
        result = {}
        for key in sorted(set(old) | set(new)):
            if key not in old:
                result.setdefault("inserted", []).append(new[key])
            elif key not in new:
                result.setdefault("deleted", []).append(old[key])
            else:
                changed = {c: [old[key][c], new[key][c]] for c in new[key] if old[key][c] != new[key][c]}
                result.setdefault("updated", []).append({"key": json.loads(key), **changed})
        return result


def comparable(changes, value):
    """The changes as a sorted list a table; value(table, column, value) is what of a value two runs can share."""
    result = {}
    for table, kinds in changes.items():
        rows = result[table] = []
        for kind, changed in kinds.items():
            for row in changed:
                rows.append({"what": kind, **{c: _values(table, c, v, value) for c, v in row.items()}})
        rows.sort(key=lambda row: json.dumps([row.get("object_type"), row.get("object_id"), row], sort_keys=True))
    return result


def _values(table, column, found, value):
    if isinstance(found, list) and column != "key":
        return [value(table, column, each) for each in found]
    return value(table, column, found)


def is_now(value):
    stamp = NOW.match(value)
    return bool(stamp) and int(stamp.group(1)) >= RECORDED_IN


def without_key(text):
    """Keys of files that a text shows are random."""
    return re.sub(r"cid:[\w-]{32}", "cid:KEY", text)


def shared(number):
    """Of an answer to a JSON request: without the hour, random texts and the number of a new ticket."""
    def value(table, column, found):
        if (table, column) in OURS or ((table, column) in RANDOM and found is not None):
            return "*"
        if (table, column) == ("ost_thread_entry", "flags") and isinstance(found, int):
            return found & ~REPLY_TO_SOMEBODY
        if not isinstance(found, str):
            return found
        if number is not None:
            found = found.replace(str(number), "NUMBER")
        return "now" if is_now(found) else without_key(found)
    return value
