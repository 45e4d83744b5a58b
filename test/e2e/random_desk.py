# SPDX-License-Identifier: GPL-2.0-or-later
"""Random tickets over the rows of schema/demo.sql, as rows of the database and as objects beside them: what a list of
tickets should be is reckoned from the objects, slowly and by nobody's index."""
import datetime

EPOCH = datetime.datetime(2025, 6, 1)
STATUSES = {1: ("Open", "open"), 2: ("Resolved", "closed"), 3: ("Closed", "closed"), 4: ("Archived", "archived"),
            6: ("Waiting for parts", "open")}
DEPARTMENTS = {1: ("Rental", 0), 2: ("Workshop", 0), 3: ("Field service", 2)}
ORGANIZATION_OF = {1: 1, 2: 1, 3: 0, 4: 0, 5: 0, 6: 0}
URGENCY = {1: 4, 2: 3, 3: 2, 4: 1}
SOURCES = ("Web", "Email", "Phone", "API", "Other")
# What tickets and entries are about. Neither a stop word of MySQL's full text search nor the beginning of another one.
WORDS = ("anchor", "barrel", "crane", "derrick", "engine", "flange", "gasket", "hoist", "impeller", "jackscrew", "keel", "ladder",
         "mooring", "nozzle", "oilcan", "pump", "quoin", "rotor", "seal", "turbine", "umbrella", "valve", "winch", "yoke", "zinc",
         "bollard", "capstan", "dredger", "fender", "gantry", "hatch", "kelson", "lanyard", "mast", "oakum", "pulley", "rudder",
         "shackle", "tackle", "windlass")
SITES = ("Pier 4", "Pier 5", "Dry dock", "100% north")
KINDS = {"b": "Broken", "l": "Leaks; and noisy", "n": "New"}
# What a user is found by, beside his tickets' own words.
USER_WORDS = {1: "lindqvist", 2: "vandam", 3: "stagehand", 4: "yamada", 5: "ohara", 6: "nobody"}


def stamp(time):
    return "NULL" if time is None else "'%s'" % time.strftime("%Y-%m-%d %H:%M:%S")


class Ticket:
    """One with everything about it chosen at random; few values each, so that many are equal, or, `spread`, many."""

    def __init__(self, random, ticket_id, spread=False):
        def time(none=0.3):
            minutes = random.randrange(400000 if spread else 400)
            return None if random.random() < none else EPOCH + datetime.timedelta(minutes=minutes)
        self.id, self.number = ticket_id, "R%05d" % random.randrange(100000)
        self.status = random.choice(list(STATUSES))
        self.department, self.topic = random.choice((1, 2, 3)), random.choice((0, 1, 2, 3))
        self.staff, self.team, self.sla = random.choice((0, 0, 1, 2)), random.choice((0, 0, 1)), random.choice((0, 1, 2))
        self.user, self.parent = random.randrange(1, 7), random.choice((None,) * 9 + (1, 2))
        self.source = random.choice(SOURCES)
        self.overdue, self.answered = random.choice((0, 0, 1)), random.choice((0, 1))
        self.created, self.updated = time(0), time(0)
        self.last_update, self.closed, self.duedate, self.estimated = time(), time(), time(0.7), time(0.5)
        self.last_message, self.last_response = time(), time(0.6)
        self.priority = random.choice((None, "", "1", "2", "3", "4"))
        self.words = frozenset(random.sample(WORDS, random.randrange(1, 4)))
        self.entries = [(random.choice("MMRN"), frozenset(random.sample(WORDS, random.randrange(1, 4))))
                        for _ in range(random.choice((0, 0, 0, 1) if spread else (0, 1, 2)))]
        self.site = random.choice((None, "") + SITES)
        self.kinds = random.sample(sorted(KINDS), random.choice((0, 1, 1, 2)))
        self.kinds_form = random.choice(("keys", "crosstab", "json"))
        self.collaborators = {user for user in range(1, 7) if random.random() < (0.001 if spread else 0.1)}
        if spread:
            self.status = random.choice((3,) * 20 + (1, 6))
            self.department, self.topic, self.sla = random.randrange(1, 90), random.randrange(90), random.randrange(60)
            self.staff, self.team, self.user = random.randrange(90), random.randrange(60), random.randrange(1, 900)

    @property
    def due(self):
        return self.duedate or self.estimated

    @property
    def priority_id(self):
        return int(self.priority) if self.priority else 2

    @property
    def urgency(self):
        return URGENCY[self.priority_id]

    def texts(self, notes=True):
        """The words of each row of the index that it is found by."""
        return [self.words, {USER_WORDS.get(self.user)}] + [words for type, words in self.entries if notes or type != "N"]

    @property
    def kinds_text(self):
        """As osTicket writes it with an answer, as it makes the table anew, and as an old one did."""
        if self.kinds_form == "keys":
            return ", ".join(self.kinds)
        if self.kinds_form == "crosstab":
            return ",".join("%s,%s" % (kind, KINDS[kind]) for kind in self.kinds)
        return "{%s}" % ",".join('"%s":"%s"' % (kind, KINDS[kind]) for kind in self.kinds)

    def rows(self):
        yield "ost_ticket", ("(%d,%s,'%s',%d,%d,%d,%d,%d,%d,%d,'%s',%d,%d,%s,%s,%s,%s,%s,%s)" % (
            self.id, self.parent or "NULL", self.number, self.user, self.status, self.department, self.sla, self.topic,
            self.staff, self.team, self.source, self.overdue, self.answered, stamp(self.duedate), stamp(self.estimated),
            stamp(self.closed), stamp(self.last_update), stamp(self.created), stamp(self.updated)))
        priority = "NULL" if self.priority is None else "'%s'" % self.priority
        site = "NULL" if self.site is None else "'%s'" % self.site
        yield "ost_ticket__cdata", "(%d,'Subject %d',%s,%s,'%s')" % (self.id, self.id, priority, site, self.kinds_text)
        yield "ost_thread", "(%d,%d,'T',%s,%s,NOW())" % (self.id, self.id, stamp(self.last_response), stamp(self.last_message))
        yield "ost__search", "('T',%d,'%s %s','')" % (self.id, self.number, " ".join(sorted(self.words)))
        for i, (type, words) in enumerate(self.entries):
            entry_id, text = 10 * self.id + i, " ".join(sorted(words))
            yield "ost_thread_entry", "(%d,%d,'%s','x','%s','text',NOW(),NOW())" % (entry_id, self.id, type, text)
            yield "ost__search", "('H',%d,'','%s')" % (entry_id, text)
        for user in self.collaborators:
            yield "ost_thread_collaborator", "(%d,%d,1,NOW(),NOW())" % (self.id, user)


COLUMNS = {
    "ost_ticket": "ticket_id,ticket_pid,number,user_id,status_id,dept_id,sla_id,topic_id,staff_id,team_id,source,isoverdue,"
                  "isanswered,duedate,est_duedate,closed,lastupdate,created,updated",
    "ost_ticket__cdata": "ticket_id,subject,priority,site,kind",
    "ost_thread": "id,object_id,object_type,lastresponse,lastmessage,created",
    "ost_thread_collaborator": "thread_id,user_id,flags,created,updated",
    "ost_thread_entry": "id,thread_id,type,poster,body,format,created,updated",
    "ost__search": "object_type,object_id,title,content",
}


def insert(desk, tickets):
    rows = {table: [] for table in COLUMNS}
    for ticket in tickets:
        for table, row in ticket.rows():
            rows[table].append(row)
    desk.sql("BEGIN;" + "".join("INSERT INTO %s(%s) VALUES %s;" % (table, COLUMNS[table], ",".join(rows[table][i:i + 500]))
                                for table in COLUMNS for i in range(0, len(rows[table]), 500)) + "COMMIT;")


def remove(desk, first):
    """The tickets from an id on."""
    desk.sql("DELETE FROM ost_ticket WHERE ticket_id>=%d; DELETE FROM ost_ticket__cdata WHERE ticket_id>=%d;"
             "DELETE FROM ost_thread WHERE id>=%d; DELETE FROM ost_thread_collaborator WHERE thread_id>=%d;"
             "DELETE FROM ost_thread_entry WHERE thread_id>=%d; DELETE FROM ost__search WHERE object_type='T' AND object_id>=%d;"
             "DELETE FROM ost__search WHERE object_type='H' AND object_id>=10*%d" % ((first,) * 7))


def add_fields(desk):
    """Two more fields of the ticket's form, with the columns that osTicket gives them: a text and choices."""
    desk.sql("ALTER TABLE ost_ticket__cdata ADD COLUMN IF NOT EXISTS site mediumtext, ADD COLUMN IF NOT EXISTS kind mediumtext;"
             "INSERT INTO ost_form_field(id,form_id,flags,type,label,name,configuration,sort,created,updated) VALUES"
             "(60,2,13057,'text','Site','site',NULL,8,NOW(),NOW()),"
             "(61,2,13057,'choices','Kind','kind','{\"choices\":\"b: Broken\\\\nl:Leaks; and noisy\\\\nn:New\"}',9,NOW(),NOW())")


def drop_fields(desk):
    desk.sql("ALTER TABLE ost_ticket__cdata DROP COLUMN IF EXISTS site, DROP COLUMN IF EXISTS kind;"
             "DELETE FROM ost_form_field WHERE id IN (60,61)")


def fill(desk, random, count, first=101, spread=False):
    """In the place of the demo's tickets."""
    desk.sql("DELETE FROM ost_ticket; DELETE FROM ost_ticket__cdata; DELETE FROM ost_thread; DELETE FROM ost_thread_collaborator;"
             "DELETE FROM ost_thread_entry; DELETE FROM ost_thread_event; DELETE FROM ost_form_entry WHERE object_type='T';"
             "DELETE FROM ost__search")
    add_fields(desk)
    desk.sql("INSERT INTO ost__search(object_type,object_id,title,content) VALUES" +
             ",".join("('U',%d,'%s','')" % item for item in USER_WORDS.items()))
    tickets = [Ticket(random, first + i, spread) for i in range(count)]
    insert(desk, tickets)
    return tickets
