# SPDX-License-Identifier: GPL-2.0-or-later
"""A help desk made at random for keys that see some of it only, and what each of them sees, reckoned from objects, slowly and
by nobody's statements. Every text has a word of its own, a letter of its kind and a number ("tkE12"), so that whoever reads
an answer knows what it tells of. spec: operations.md 1.11, 9.3."""
import datetime
import json

EPOCH = datetime.datetime(2025, 6, 1)
OPEN, CLOSED, ARCHIVED = 1, 3, 4
STATES = {OPEN: "open", CLOSED: "closed", ARCHIVED: "archived", 6: "open"}
FLAG_SUPERSEDED, FLAG_OF_CHILD = 4, 1024
COMBINED, SEPARATE, LINKED, PARENT = 1, 2, 8, 16
FIELDS = {900: (256, "open"), 901: (1, "hidden"), 902: (256 + 1, "both"), 903: (0x3001, "agents")}  # flags


def stamp(minutes):
    return (EPOCH + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M:%S")


class Thing:
    def __init__(self, **members):
        self.__dict__.update(members)


class World:
    """20 users in organizations of each kind of sharing, 8 agents in departments below each other, tickets of theirs."""

    def __init__(self, random, tickets):
        self.random, self.collaborator_lists, self.hides_staff = random, True, False
        self.departments = {i: Thing(id=i, parent=0, public=True, manager=0) for i in range(1, 10)}
        for i in range(2, 10):
            department = self.departments[i]
            department.parent = random.choice([0] + list(range(1, i)))
            department.public, department.manager = random.random() < 0.5, random.choice((0, 0, 21, 22, 23, 24))
        self.organizations = {i: status for i, status in enumerate((0, 8, 16, 24, 4), 1)}
        self.users = {i: Thing(id=i, organization=(i - 1) % 6, primary=i > 6 and i <= 12) for i in range(1, 21)}
        self.staff = {i: Thing(id=i, department=random.randrange(1, 10), access=set(random.sample(range(1, 10), random.choice((0, 1, 2)))),
                               assigned_only=i in (23, 26), active=i != 25, teams={t for t in (1, 2, 3) if random.random() < 0.3})
                      for i in range(21, 29)}
        self.tickets, self.entries, self.files = {}, {}, {}
        for i in range(1, tickets + 1):
            self.tickets[i] = self.ticket(i)
        self.merge(tickets)
        for ticket in self.tickets.values():
            self.write(ticket)

    def ticket(self, i):
        random = self.random
        return Thing(id=i, thread=1000 + i, user=random.randrange(1, 21), status=random.choice((OPEN, OPEN, 6, CLOSED, ARCHIVED)),
                     department=random.randrange(1, 10), topic=random.choice((0, 1, 2, 3)), staff=random.choice((0, 0, *range(21, 29))),
                     team=random.choice((0, 0, 1, 2, 3)), parent=None, flags=0, created=random.randrange(40000),
                     updated=random.randrange(40000), closed=None, collaborators={u for u in range(1, 21) if random.random() < 0.03},
                     referrals={(kind, random.choice(ids)) for kind, ids in (("S", list(range(21, 29))), ("E", [1, 2, 3]),
                                ("D", list(range(1, 10)))) if random.random() < 0.06})

    def merge(self, count):
        """Parents with one thread, with several, and of links; whose children are whose does not matter."""
        ids = self.random.sample(range(1, count + 1), min(count, 60))
        for i, kind in enumerate((COMBINED, SEPARATE, LINKED) * 5):
            parent, *children = (self.tickets[n] for n in ids[4 * i:4 * i + 3])
            if not children:
                return
            parent.flags = kind | PARENT
            for child in children:
                child.parent, child.flags = parent.id, kind

    def write(self, ticket):
        random = self.random
        for _ in range(random.choice((1, 2, 3, 4))):
            kind = random.choice("MMRRNN")
            writers = [ticket.user, *ticket.collaborators]
            by_user = kind == "M" or (kind == "N" and random.random() < 0.2)
            entry = Thing(id=len(self.entries) + 1, ticket=ticket.id, thread=ticket.thread, type=kind, flags=0,
                          user=random.choice(writers) if by_user else 0, staff=0 if by_user else random.randrange(21, 29))
            if kind == "N" and by_user and random.random() < 0.3:
                entry.staff = 22  # an agent's, whoever else stands in it
            if random.random() < 0.15:
                entry.flags |= FLAG_SUPERSEDED
            if ticket.parent and ticket.flags & COMBINED:
                entry.thread, entry.flags = 1000 + ticket.parent, entry.flags | FLAG_OF_CHILD
            self.entries[entry.id] = entry
            for _ in range(random.choice((0, 0, 0, 1, 2))):
                i = len(self.files) + 1
                self.files[i] = Thing(id=i, entry=entry.id)

    # ---- what is seen ----------------------------------------------------------------------------------------------
    def shares(self, viewer, owner):
        user, status = self.users[viewer], self.organizations.get(self.users[viewer].organization, 0)
        return bool(user.organization and user.organization == self.users[owner].organization
                    and (status & 16 or (status & 8 and user.primary)))

    def is_of_user(self, viewer, ticket, taking_part=True):
        return ticket.user == viewer or (taking_part and viewer in ticket.collaborators) or self.shares(viewer, ticket.user)

    def children(self, ticket):
        return [t for t in self.tickets.values() if t.parent == ticket.id]

    def user_sees(self, viewer, ticket, taking_part=True):
        merged = ticket.flags & PARENT and ticket.flags & (COMBINED | SEPARATE)
        return self.is_of_user(viewer, ticket, taking_part) or bool(
            merged and any(self.is_of_user(viewer, child, taking_part) for child in self.children(ticket)))

    def organization_sees(self, organization, ticket):
        return self.users[ticket.user].organization == organization

    def departments_of(self, staff):
        def line(i):
            while i:
                yield i
                i = self.departments[i].parent
        mine = {staff.department} | staff.access
        return {i for i, d in self.departments.items() if d.manager == staff.id or mine & set(line(i))}

    def staff_sees(self, staff_id, ticket):
        staff = self.staff[staff_id]
        if not staff.active:
            return False
        mine = set() if staff.assigned_only else self.departments_of(staff)
        assigned = STATES[ticket.status] == "open" and (ticket.staff == staff_id or ticket.team in staff.teams)
        referred = any(i == staff_id if kind == "S" else i in staff.teams if kind == "E" else i in mine for kind, i in ticket.referrals)
        return ticket.department in mine or assigned or referred

    def sees(self, view, ticket):
        kind, i = view
        return {"user": self.user_sees, "org": self.organization_sees, "staff": self.staff_sees}[kind](i, ticket)

    def lists(self, view, ticket):
        if view[0] == "staff":
            return self.sees(view, ticket)
        if STATES[ticket.status] not in ("open", "closed"):
            return False
        return self.user_sees(view[1], ticket, self.collaborator_lists) if view[0] == "user" else self.sees(view, ticket)

    def entries_of(self, ticket):
        """Of its thread, and those that went from it into the thread of the ticket above it."""
        return [e for e in self.entries.values() if e.thread == ticket.thread or e.ticket == ticket.id]

    def shows_entry(self, view, entry):
        return not entry.flags & FLAG_SUPERSEDED and (entry.type in "MR" or (
            view[0] == "user" and entry.user == view[1] and not entry.staff))

    def shown_entries(self, view, ticket):
        return [e for e in self.entries_of(ticket) if self.shows_entry(view, e)]

    def files_of(self, entries):
        ids = {e.id for e in entries}
        return [f for f in self.files.values() if f.entry in ids]

    def words(self, view):
        """All words that a client may read."""
        words = {"tkU%d" % view[1], "tkA%d" % view[1]} if view[0] == "user" else set()
        organization = view[1] if view[0] == "org" else self.users[view[1]].organization
        tickets = [t for t in self.tickets.values() if self.sees(view, t)]
        for ticket in tickets:
            words |= {"tkT%d" % ticket.id, "tkS%d" % ticket.id, "tkU%d" % ticket.user}
            words |= {"tkU%d" % user for user in ticket.collaborators}
            words.add("tkD%d" % (ticket.department if self.departments[ticket.department].public else 1))
            if ticket.topic in (1, 2):
                words.add("tkH%d" % ticket.topic)
            if organization and self.users[ticket.user].organization == organization:
                words.add("tkO%d" % organization)
            words |= {"tkV%d" % (ticket.id * 1000 + field) for field in (900, 902)} | {"tkB900", "tkB902"}
            entries = self.shown_entries(view, ticket)
            for entry in entries:
                words |= {"tkE%d" % entry.id, "tkI%d" % entry.id}
                if entry.user:
                    words.add("tkU%d" % entry.user)
                if entry.staff and not self.hides_staff:
                    words.add("tkW%d" % entry.staff)
            words |= {"tk%s%d" % (letter, f.id) for f in self.files_of(entries) for letter in "FC"}
        return words

    # ---- rows ------------------------------------------------------------------------------------------------------
    def path(self, department):
        return (self.path(self.departments[department.parent]) if department.parent else "/") + "%d/" % department.id

    def rows(self):
        """(table, columns, values) of all."""
        everybody = json.dumps({"to": {str(u): "tkU%d <tkA%d@mail.example>" % (u, u) for u in self.users}})
        for d in self.departments.values():
            yield "department", "id,pid,manager_id,name,signature,ispublic,path,updated,created", (
                d.id, d.parent or None, d.manager, "tkD%d" % d.id, "", int(d.public), self.path(d), stamp(0), stamp(0))
        for i, public in ((1, 1), (2, 1), (3, 0)):
            yield "help_topic", "topic_id,ispublic,topic,created,updated", (i, public, "tkH%d" % i, stamp(0), stamp(0))
            yield "team", "team_id,name,created,updated", (i, "tkG%d" % i, stamp(0), stamp(0))
        yield "sla", "id,name,created,updated", (1, "tkQ1", stamp(0), stamp(0))
        for i, status in self.organizations.items():
            yield "organization", "id,name,status,domain", (i, "tkO%d" % i, status, "tkO%d.example" % i)
        for u in self.users.values():
            yield "user", "id,org_id,default_email_id,status,name,created,updated", (
                u.id, u.organization, u.id, int(u.primary), "tkU%d" % u.id + ("@tkA%d.example" % u.id if u.id % 5 == 0 else ""), stamp(0), stamp(0))
            yield "user_email", "id,user_id,address", (u.id, u.id, "tkA%d@mail.example" % u.id)
        for s in self.staff.values():
            yield "staff", "staff_id,dept_id,username,firstname,lastname,email,signature,isactive,assigned_only,created,updated", (
                s.id, s.department, "tkL%d" % s.id, "tkW%d" % s.id, "", "tkM%d@desk.example" % s.id, "", int(s.active), int(s.assigned_only),
                stamp(0), stamp(0))
            for department in s.access:
                yield "staff_dept_access", "staff_id,dept_id,role_id", (s.id, department, 1)
            for team in s.teams:
                yield "team_member", "team_id,staff_id", (team, s.id)
        yield "form", "id,type,title,name,created,updated", (90, "G", "More", "", stamp(0), stamp(0))
        for i, (flags, name) in FIELDS.items():
            yield "form_field", "id,form_id,flags,type,label,name,sort,created,updated", (
                i, 90, flags, "text", "tkB%d" % i, name, i, stamp(0), stamp(0))
        for t in self.tickets.values():
            yield from self.rows_of_ticket(t)
        for e in self.entries.values():
            poster = "tkU%d" % e.user + ("@tkA%d.example" % e.user if e.id % 4 == 0 else "") if e.user and not e.staff else "tkW%d" % e.staff
            yield "thread_entry", "id,thread_id,staff_id,user_id,type,flags,poster,title,body,format,ip_address,recipients,created,updated", (
                e.id, e.thread, e.staff, e.user, e.type, e.flags, poster, "tkI%d" % e.id, "<p>tkE%d</p>" % e.id, "html",
                "203.0.113.%d" % (e.id % 250), everybody, stamp(e.id), stamp(e.id))
            if e.flags & FLAG_OF_CHILD:
                yield "thread_entry_merge", "thread_entry_id,data", (e.id, json.dumps({"thread": 1000 + e.ticket}))
        for f in self.files.values():
            content = "tkC%d" % f.id
            yield "file", "id,type,size,`key`,signature,name,created", (f.id, "text/csv", len(content), "key%d" % f.id, "sig%d" % f.id,
                                                                        "tkF%d.csv" % f.id, stamp(0))
            yield "file_chunk", "file_id,chunk_id,filedata", (f.id, 0, content)
            yield "attachment", "id,object_id,type,file_id", (f.id, f.entry, "H", f.id)

    def rows_of_ticket(self, t):
        yield "ticket", ("ticket_id,ticket_pid,number,user_id,status_id,dept_id,sla_id,topic_id,staff_id,team_id,flags,ip_address,isoverdue,"
                         "est_duedate,created,updated,lastupdate"), (
            t.id, t.parent, "tkT%d" % t.id, t.user, t.status, t.department, 1, t.topic, t.staff, t.team, t.flags, "203.0.113.9", t.id % 2,
            stamp(90000 + t.id), stamp(t.created), stamp(t.updated), stamp(t.updated))
        yield "ticket__cdata", "ticket_id,subject,priority", (t.id, "tkS%d" % t.id, "4")
        merged = t.parent and t.flags & COMBINED
        yield "thread", "id,object_id,object_type,lastmessage,created", (t.thread, t.id, "C" if merged else "T", stamp(t.created), stamp(0))
        for user in sorted(t.collaborators):
            yield "thread_collaborator", "thread_id,user_id,flags,created,updated", (t.thread, user, 3, stamp(0), stamp(0))
        for kind, i in sorted(t.referrals):
            yield "thread_referral", "thread_id,object_id,object_type,created", (t.thread, i, kind, stamp(0))
        yield "thread_event", "thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,data,username,uid,timestamp", (
            t.thread, "T", 4, t.staff, t.team, t.department, t.topic, json.dumps({"staff": "tkZ%d" % t.id}), "tkL21", 21, stamp(t.created))
        yield "task", "id,object_id,object_type,number,dept_id,flags,created,updated", (t.id, t.id, "T", "tkK%d" % t.id, 1, 1, stamp(0), stamp(0))
        yield "form_entry", "id,form_id,object_id,object_type,created,updated", (t.id, 90, t.id, "T", stamp(0), stamp(0))
        for field, (flags, _) in FIELDS.items():
            letter = "V" if flags & 256 else "X"
            yield "form_entry_values", "entry_id,field_id,value", (t.id, field, "tk%s%d" % (letter, t.id * 1000 + field))


CLEARED = ("ticket", "ticket__cdata", "thread", "thread_entry", "thread_entry_merge", "thread_entry_email", "thread_event", "thread_collaborator",
           "thread_referral", "task", "form_entry", "form_entry_values", "user", "user_email", "user_account", "user__cdata", "organization",
           "organization__cdata", "department", "staff", "staff_dept_access", "team", "team_member", "help_topic", "help_topic_form", "sla",
           "file", "file_chunk", "attachment")


def text_of(value):
    return "NULL" if value is None else str(value) if isinstance(value, int) else "'%s'" % str(value).replace("\\", "\\\\").replace("'", "''")


def fill(desk, world):
    """In the place of what was there; statuses, priorities, keys and settings stay."""
    rows = {}
    for table, columns, values in world.rows():
        rows.setdefault((table, columns), []).append("(%s)" % ",".join(text_of(value) for value in values))
    desk.sql("BEGIN;" + "".join("DELETE FROM ost_%s;" % table for table in CLEARED) +
             "".join("INSERT INTO ost_%s(%s) VALUES %s;" % (table, columns, ",".join(values[i:i + 300]))
                     for (table, columns), values in rows.items() for i in range(0, len(values), 300)) + "COMMIT;")
