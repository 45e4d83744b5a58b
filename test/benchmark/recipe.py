# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the statements of one request off the database's own log and writes them down for the null program."""
import os
import re
import signal
import time

from help_desk import THREAD_OFFSET

LINE = re.compile(r"^(?:\d{6}\s+\d+:\d\d:\d\d)?\s*(\d+) (Connect|Query|Prepare|Execute|Close stmt|Quit|Reset stmt|Init DB)\t(.*)$")
VALUE = r"(NULL|-?\d+|'(?:[^'\\]|\\.|'')*')"
# What sends several statements together (lib/db/batch.h); each of them stands in the log by itself, too.
TOGETHER = re.compile(r"(PREPARE fcgi_|EXECUTE fcgi_|SET @fcgi_)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "Z": "\x1a"}


def entries_of(path):
    """(connection, command, text) of each entry; a text may go over several lines."""
    entries = []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            match = LINE.match(line.rstrip("\n"))
            if match:
                entries.append([int(match.group(1)), match.group(2), match.group(3)])
            elif entries:
                entries[-1][2] += "\n" + line.rstrip("\n")
    return entries


def unquoted(value):
    text = value[1:-1].replace("''", "'")
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match.group(1), match.group(1)), text, flags=re.S)


def escaped(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


class Values:
    """What a literal of the logged request stands for."""

    def __init__(self, ticket, number, entry):
        self.names = {str(ticket): "ticket", str(ticket + THREAD_OFFSET): "thread", str(entry): "entry"}
        self.number = number

    def part(self, literal):
        if literal == "NULL":
            return ""
        if literal.startswith("'"):
            text = unquoted(literal)
            return "number" if text == self.number else "=" + text
        return self.names.get(literal, "#" + literal)


def steps_of(entries, connection, values):
    prepared = {text for _, command, text in entries if command == "Prepare"}
    patterns = {text: re.compile(VALUE.join(re.escape(piece) for piece in text.split("?")), re.S) for text in prepared}
    for number, command, text in entries:
        if number != connection or TOGETHER.match(text):
            continue
        if command == "Query":
            yield ["text", text]
        elif command == "Execute":
            matches = [(sql, pattern.fullmatch(text)) for sql, pattern in patterns.items()]
            matches = [(sql, match) for sql, match in matches if match]
            if not matches:
                raise ValueError("no prepared statement fits what was executed: " + text[:200])
            sql, match = max(matches, key=lambda pair: len(pair[0]))
            yield ["prepared", sql] + [values.part(literal) for literal in match.groups()]


def replaced_workers(desk):
    """Has the pool begin anew, so that its statements are prepared while the log looks on."""
    old = set(desk.workers())
    os.kill(desk.pid, signal.SIGHUP)
    for _ in range(200):
        time.sleep(0.05)
        if desk.workers() and not old & set(desk.workers()):
            time.sleep(0.5)
            return
    raise ValueError("the pool did not replace its workers")


def begin_of_last_request(entries):
    """(position, connection) of the last key that was asked for: every request begins so, and nobody else asks."""
    return max((i, connection) for i, (connection, command, text) in enumerate(entries)
               if command == "Execute" and "ost_api_key" in text)


def capture(desk, name, request, ticket, number):
    """Makes one request and leaves its statements in a file called after it, whose path is given back."""
    log = os.path.join(desk.folder, "general.log")
    desk.sql("SET GLOBAL log_output='FILE', general_log_file='%s', general_log=1" % log)
    try:
        replaced_workers(desk)
        request()
    finally:
        desk.sql("SET GLOBAL general_log=0")
    entry = desk.sql("SELECT MAX(id) FROM ost_thread_entry WHERE thread_id=%d" % (ticket + THREAD_OFFSET)).strip()
    entries = entries_of(log)
    begun, connection = begin_of_last_request(entries)
    path = os.path.join(desk.folder, "recipe." + name)
    own = [entry_ for i, entry_ in enumerate(entries) if entry_[1] == "Prepare" or i >= begun]
    with open(path, "w", encoding="utf-8") as file:
        for step in steps_of(own, connection, Values(ticket, number, entry)):
            file.write("\t".join(escaped(part) for part in step) + "\n")
    os.remove(log)
    return path
