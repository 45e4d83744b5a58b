# SPDX-License-Identifier: GPL-2.0-or-later
"""What is in the database and the mailboxes at the end, held against what the clients were told."""
import email
import email.policy
import re

import listen

# Events that a reader of changes is told.
TOLD = ("created", "closed", "reopened", "assigned", "released", "transferred", "referred", "overdue", "edited", "collab", "deleted", "merged", "linked",
        "unlinked")
TABLES = ("ticket", "thread", "thread_entry", "thread_event", "ticket__cdata", "form_entry", "form_entry_values", "user", "user_email", "_search")
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


class Count:
    """The table at the end. `bad` says what must not be."""

    def __init__(self, node, nodes, hosts, told, start, reader, receiver):
        self.rows, self.bad = [], []
        stored = {}
        for (body,) in node.sql("SELECT REPLACE(REPLACE(body,'\\n',' '),'\\t',' ') FROM ost_thread_entry WHERE id>%s" % start["entry"]):
            for mark in re.findall("mark[0-9a-f]{32}", body):
                stored[mark] = stored.get(mark, 0) + 1
        self.kind("mail", True, [t for t in told if t.kind == "mail"], stored)
        for kind in ("create", "reply", "note", "status"):
            for keyed in (True, False):
                self.kind(kind, keyed, [t for t in told if t.kind == kind and t.keyed == keyed], stored)
        for what, statement in HALVES.items():
            self.must_be_none(what, int(node.sql(statement % start)[0][0]))
        self.must_be_none("numbers that two tickets have", len(node.sql("SELECT number FROM ost_ticket GROUP BY number HAVING COUNT(*)>1")))
        self.must_be_none("marks that nobody sent", len(set(stored) - {t.mark for t in told}))
        self.mails(node, hosts, told)
        self.changes(node, start, reader, receiver)
        self.alike(nodes)

    def changes(self, node, start, reader, receiver):
        wanted = {"e" + row[0] for row in node.sql("SELECT v.id FROM ost_thread_event v JOIN ost_event k ON k.id=v.event_id WHERE v.id>%s AND k.name IN "
                                                   "('%s')" % (start["event"], "','".join(TOLD)))}
        wanted |= {"n" + row[0] for row in node.sql("SELECT id FROM ost_thread_entry WHERE id>%s" % start["entry"])}
        self.line("changes", len(wanted))
        self.line("polls for changes, of them not answered %d" % reader.failed, reader.polls)
        self.must_be_none("changes that the reader did not get", len(wanted - set(reader.ids)))
        self.must_be_none("changes that the reader got twice", len(reader.ids) - len(set(reader.ids)))
        # Each node numbers its own: they come in order node by node.
        self.line("changes that the reader got behind a later one", listen.out_of_order(reader.ids))
        self.must_be_none("changes that nobody wrote", len((set(reader.ids) | set(receiver.ids)) - wanted))
        self.must_be_none("changes that the webhook was not told", len(wanted - set(receiver.ids)))
        self.line("changes that the webhook was told twice", sum(n > 1 for n in receiver.times.values()))
        self.line("changes that the webhook was told behind a later one", listen.out_of_order(receiver.ids))

    def line(self, what, number, bad=False):
        self.rows.append((what, number))
        if bad and number:
            self.bad.append("%s: %s" % (what, number))

    def must_be_none(self, what, number):
        self.line(what, number, True)

    def kind(self, kind, keyed, told, stored):
        name = "%s %s" % (kind, "with a key" if keyed else "without")
        # The comment of a change of status that changed nothing is told as a success and stored all the same.
        acknowledged = [t for t in told if t.acknowledged]
        self.line(name + ", asked", len(told))
        self.line(name + ", acknowledged", len(acknowledged))
        lost = [t for t in acknowledged if not stored.get(t.mark)]
        self.must_be_none(name + ", acknowledged and lost", len(lost))
        for t in lost[:5]:
            self.bad.append("%s of %s, request %s" % (t.mark, t.when, t.request))
        self.must_be_none(name + ", doubled", sum(stored.get(t.mark, 0) > 1 for t in told))
        self.must_be_none(name + ", said to be unwritten and stored",
                          sum(not t.acknowledged and not t.unsure and stored.get(t.mark, 0) > 0 for t in told))
        self.line(name + ", unknown to the client", sum(not t.acknowledged and t.unsure > 0 for t in told))
        if keyed:
            self.line(name + ", refused for good", sum(t.refused for t in told))
            self.must_be_none(name + ", never answered", sum(not t.acknowledged and not t.refused for t in told))

    def mails(self, node, hosts, told):
        found = {}
        for host in hosts:
            for mail in host.mails():
                name = re.search(rb"(?im)^message-id:\s*(\S+)", mail)
                found.setdefault(name.group(1) if name else mail[:60], []).append(mail)
        texts = "".join(text_of(mail) for mails in found.values() for mail in mails)
        replies = [t for t in told if t.kind == "reply" and t.acknowledged]
        self.line("mails sent", sum(map(len, found.values())))
        self.must_be_none("replies that were acknowledged and not mailed", sum(t.mark not in texts for t in replies))
        self.line("mails sent twice", sum(len(mails) > 1 for mails in found.values()))
        self.must_be_none("mails that still wait", int(node.sql("SELECT COUNT(*) FROM fcgi_ost_mail WHERE state IN ('waiting','sending')")[0][0]))

    def alike(self, nodes):
        sums = [node.sql("CHECKSUM TABLE " + ",".join("ost_" + t for t in TABLES)) for node in nodes]
        self.must_be_none("tables in which two nodes differ", sum(any(s[i] != sums[0][i] for s in sums) for i in range(len(TABLES))))

    def print(self):
        for what, number in self.rows:
            print("%-70s %8d" % (what, number))
        print("FAILED: " + "; ".join(self.bad) if self.bad else "nothing lost, doubled or half")
