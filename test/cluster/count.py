# SPDX-License-Identifier: GPL-2.0-or-later
"""What is in the database and the mailboxes at the end, held against what the clients were told."""
import email
import email.policy
import re
import time

import listen

# Events that a reader of changes is told.
TOLD = ("created", "closed", "reopened", "assigned", "released", "transferred", "referred", "overdue", "edited", "collab", "deleted", "merged", "linked",
        "unlinked")
TABLES = ("ticket", "thread", "thread_entry", "thread_event", "ticket__cdata", "form_entry", "form_entry_values", "user", "user_email", "_search")
EXPLAINED = 10  # of each kind of trouble
# Rows that stand for half a thing.
HALVES = {
    "tickets without a thread": "SELECT COUNT(*) FROM ost_ticket t WHERE NOT EXISTS(SELECT 1 FROM ost_thread h WHERE h.object_type='T' AND h.object_id=t.ticket_id)",
    "tickets without a message": "SELECT COUNT(*) FROM ost_ticket t JOIN ost_thread h ON h.object_type='T' AND h.object_id=t.ticket_id "
                                 "WHERE t.ticket_id>%(first)s AND NOT EXISTS(SELECT 1 FROM ost_thread_entry e WHERE e.thread_id=h.id AND e.type='M')",
    "tickets without answers": "SELECT COUNT(*) FROM ost_ticket t WHERE t.ticket_id>%(first)s AND NOT EXISTS(SELECT 1 FROM ost_form_entry o WHERE o.object_type='T' AND o.object_id=t.ticket_id)",
    "tickets without a row of values": "SELECT COUNT(*) FROM ost_ticket t WHERE t.ticket_id>%(first)s AND NOT EXISTS(SELECT 1 FROM ost_ticket__cdata c WHERE c.ticket_id=t.ticket_id)",
    "tickets without an event": "SELECT COUNT(*) FROM ost_ticket t JOIN ost_thread h ON h.object_type='T' AND h.object_id=t.ticket_id "
                                "WHERE t.ticket_id>%(first)s AND NOT EXISTS(SELECT 1 FROM ost_thread_event v WHERE v.thread_id=h.id)",
    "tickets that no search finds": "SELECT COUNT(*) FROM ost_ticket t WHERE t.ticket_id>%(first)s AND NOT EXISTS(SELECT 1 FROM ost__search s WHERE s.object_type='T' AND s.object_id=t.ticket_id)",
    "entries without a thread": "SELECT COUNT(*) FROM ost_thread_entry e WHERE NOT EXISTS(SELECT 1 FROM ost_thread h WHERE h.id=e.thread_id)",
    "entries that no search finds": "SELECT COUNT(*) FROM ost_thread_entry e WHERE e.id>%(entry)s AND NOT EXISTS(SELECT 1 FROM ost__search s WHERE s.object_type='H' AND s.object_id=e.id)",
    "users without an address": "SELECT COUNT(*) FROM ost_user u WHERE NOT EXISTS(SELECT 1 FROM ost_user_email m WHERE m.user_id=u.id)",
}


def before(node):
    return {"first": node.sql("SELECT MAX(ticket_id) FROM ost_ticket")[0][0], "entry": node.sql("SELECT MAX(id) FROM ost_thread_entry")[0][0],
            "event": node.sql("SELECT MAX(id) FROM ost_thread_event")[0][0]}


def text_of(mail):
    data = mail.partition(b"\n")[2] if mail.startswith(b"ARGS: ") else mail
    body = email.message_from_bytes(data, policy=email.policy.default).get_body(preferencelist=("plain", "html"))
    return body.get_content() if body else ""


COLUMNS = ("asked", "acknowledged", "stored once", "doubled", "lost", "refused", "unwritten", "unknown")


class Explainer:
    """Says of one thing that is not as it should be what was asked when, what was going on, what the logs and the databases have of it."""

    def __init__(self, nodes, hosts, faults):
        self.nodes, self.hosts, self.faults, self.lines = nodes, hosts, faults, []

    @staticmethod
    def clock(at):
        return time.strftime("%H:%M:%S", time.gmtime(at)) + ("%.3f" % (at % 1))[1:]

    def what(self, what, told):
        key = ", %s" % ("Message-ID" if told.kind == "mail" else "Idempotency-Key") if told.keyed else ", no key"
        self.lines.append("%s: %s %s%s" % (what, told.kind, told.mark, key))
        for a_try in told.tries[-8:]:
            self.asked(a_try)
        for node in self.nodes:
            rows = node.sql("SELECT created,is_created FROM fcgi_ost_idempotency WHERE idempotency_key='%s'" % told.mark) + \
                node.sql("SELECT id,thread_id,type,created FROM ost_thread_entry WHERE body LIKE '%%%s%%'" % told.mark)
            self.lines.append("    %s has %s" % (node.name, "; ".join(" ".join(row) for row in rows) or "nothing of it"))

    def asked(self, a_try):
        self.lines.append("    %s to %s: %s, request %s %r" % (self.clock(a_try.began), self.clock(a_try.ended), a_try.status or "no answer",
                                                              a_try.request, a_try.text))
        self.lines.append("        " + self.faults.during(a_try.began, a_try.ended))
        for host in self.hosts:
            self.lines += ["        " + line.rstrip() for line in host.logged(a_try.request)[:6]]

    def at(self, what, when):
        """Something whose time alone is known."""
        self.lines.append("%s, %s: %s" % (what, self.clock(when), self.faults.during(when - 1, when + 1)))


class Count:
    """The table at the end. `bad` says what must not be."""

    def __init__(self, world, told, start, reader, receiver, faults):
        self.node, self.nodes, self.hosts = world
        self.kinds, self.rows, self.bad, self.start = [], [], [], start
        self.explainer = Explainer(self.nodes, self.hosts, faults)
        self.stored = self.marks_stored()
        self.kind("mail", True, [t for t in told if t.kind == "mail"])
        for kind in ("create", "reply", "note", "status", "assign"):
            for keyed in (True, False):
                self.kind(kind, keyed, [t for t in told if t.kind == kind and t.keyed == keyed])
        halves = {what: int(self.node.sql(statement % start)[0][0]) for what, statement in HALVES.items()}
        self.line("half", sum(halves.values()))
        for what, number in halves.items():
            if number:
                self.must_be_none("half: " + what, number)
        self.must_be_none("numbers doubled", len(self.node.sql("SELECT number FROM ost_ticket GROUP BY number HAVING COUNT(*)>1")))
        self.must_be_none("marks that nobody sent", len(set(self.stored) - {t.mark for t in told}))
        self.mails(told)
        self.changes(reader, receiver)
        self.alike()

    def marks_stored(self):
        stored = {}
        for (body,) in self.node.sql("SELECT REPLACE(REPLACE(body,'\\n',' '),'\\t',' ') FROM ost_thread_entry WHERE id>%s" % self.start["entry"], timeout=120):
            for mark in set(re.findall("mark[0-9a-f]{32}", body)):
                stored[mark] = stored.get(mark, 0) + 1
        return stored

    def changes(self, reader, receiver):
        """Events, and entries in the lane n."""
        since = {"e" + row[0]: float(row[1]) for row in self.node.sql(
            "SELECT v.id,UNIX_TIMESTAMP(v.timestamp) FROM ost_thread_event v JOIN ost_event k ON k.id=v.event_id WHERE v.id>%s AND k.name IN "
            "('%s')" % (self.start["event"], "','".join(TOLD)))}
        since |= {"n" + row[0]: float(row[1]) for row in self.node.sql(
            "SELECT id,UNIX_TIMESTAMP(created) FROM ost_thread_entry WHERE id>%s" % self.start["entry"])}
        wanted = set(since)
        self.line("changes", len(wanted))
        self.line("polls for changes, of them not answered %d" % reader.failed, reader.polls)
        self.missing("changes that the reader did not get", wanted - set(reader.ids), since)
        self.must_be_none("changes that the reader got twice", len(reader.ids) - len(set(reader.ids)))
        # Each node numbers its own: they come in order node by node.
        self.line("changes that the reader got behind a later one", listen.out_of_order(reader.ids))
        self.must_be_none("changes that nobody wrote", len((set(reader.ids) | set(receiver.ids)) - wanted))
        self.missing("changes that the webhook was not told", wanted - set(receiver.ids), since)
        self.line("changes that the webhook was told twice", sum(n > 1 for n in receiver.times.values()))
        self.line("changes that the webhook was told behind a later one", listen.out_of_order(receiver.ids))
        self.line("calls of the webhook that broke off, their caller being killed", len(receiver.broken))

    def missing(self, what, names, since):
        self.must_be_none(what, len(names))
        for name in sorted(names)[:EXPLAINED]:
            self.explainer.at("%s: %s" % (what, name), since[name])

    def line(self, what, number, bad=False):
        self.rows.append((what, number))
        if bad and number:
            self.bad.append("%s: %s" % (what, number))

    def must_be_none(self, what, number):
        self.line(what, number, True)

    def explain(self, what, told):
        if told:
            self.bad.append("%s: %d" % (what, len(told)))
        for t in told[:EXPLAINED]:
            self.explainer.what(what, t)

    def kind(self, kind, keyed, told):
        """A line of the table: `lost` was acknowledged and is not there, `unwritten` was not acknowledged and refused each time."""
        name = "%s %s" % (kind, "by its Message-ID" if kind == "mail" else "with a key" if keyed else "without")
        acknowledged = [t for t in told if t.acknowledged]
        lost = [t for t in acknowledged if not self.stored.get(t.mark)]
        doubled = [t for t in told if self.stored.get(t.mark, 0) > 1]
        unwritten = [t for t in told if not t.acknowledged and not t.unsure and not t.refused]
        self.explain(name + ", acknowledged and lost", lost)
        self.explain(name + ", doubled", doubled)
        self.explain(name + ", said to be unwritten and stored", [t for t in told if not t.acknowledged and (t.refused or not t.unsure) and t.mark in self.stored])
        if keyed:
            self.explain(name + ", never answered", [t for t in told if not t.acknowledged and not t.refused])
        self.kinds.append((name, len(told), len(acknowledged), sum(self.stored.get(t.mark) == 1 for t in told), len(doubled), len(lost),
                           sum(t.refused for t in told), len(unwritten), sum(not t.acknowledged and t.unsure > 0 for t in told)))

    def mails(self, told):
        found, marks = {}, set()
        for host in self.hosts:
            for mail in host.mails():
                name = re.search(rb"(?im)^message-id:\s*(\S+)", mail)
                found.setdefault(name.group(1) if name else mail[:60], []).append(mail)
        for mails in found.values():
            marks.update(re.findall("mark[0-9a-f]{32}", text_of(mails[0])))
        replies = [t for t in told if t.kind == "reply" and t.acknowledged]
        self.line("mailed: replies", sum(t.mark in marks for t in replies))
        self.line("mailed: all", sum(map(len, found.values())))
        self.must_be_none("replies that were acknowledged and not mailed", sum(t.mark not in marks for t in replies))
        self.explain("reply, acknowledged and not mailed", [t for t in replies if t.mark not in marks])
        self.line("mails sent twice, their mailer being killed", sum(len(mails) > 1 for mails in found.values()))
        self.must_be_none("mails that still wait", int(self.node.sql("SELECT COUNT(*) FROM fcgi_ost_mail WHERE state IN ('waiting','sending')")[0][0]))

    def read_at_once(self, clients, all_there):
        """Of Galera's nodes another one may be some milliseconds behind."""
        self.line("entries that were read as soon as they were acknowledged", clients.looked_at)
        self.line("of these not there yet", len(clients.not_there), all_there)
        for mark, ticket, a_try in clients.not_there[:EXPLAINED] if all_there else ():
            self.explainer.lines.append("acknowledged and not read: %s on ticket %s" % (mark, ticket))
            self.explainer.asked(a_try)

    def alike(self):
        sums = [node.sql("CHECKSUM TABLE " + ",".join("ost_" + t for t in TABLES), timeout=120) for node in self.nodes]
        self.must_be_none("tables in which two nodes differ", sum(any(s[i] != sums[0][i] for s in sums) for i in range(len(TABLES))))

    def print(self):
        print("%-28s" % "" + "".join("%14s" % name for name in COLUMNS))
        for row in [*self.kinds, ("all", *map(sum, zip(*(row[1:] for row in self.kinds))))]:
            print("%-28s" % row[0] + "".join("%14d" % number for number in row[1:]))
        print()
        for what, number in self.rows:
            print("%-70s %8d" % (what, number))
        for line in self.explainer.lines:
            print(line)
        print("FAILED: " + "; ".join(self.bad) if self.bad else "nothing lost, doubled or half")
