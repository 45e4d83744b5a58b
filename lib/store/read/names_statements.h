// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of names.c.
#ifndef STORE_READ_NAMES_STATEMENTS_H
#define STORE_READ_NAMES_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define NAME_COLUMNS(FIRST, NEXT, PART, id, parent, name, other) \
    FIRST(NAME_ID, INTEGER, id) \
    NEXT(NAME_PARENT, INTEGER, parent) \
    NEXT(NAME_TEXT, TEXT, name) \
    NEXT(NAME_OTHER, TEXT, other)
#define NAME_OF_STATUS(FIRST, NEXT, PART) NAME_COLUMNS(FIRST, NEXT, PART, "s.id", "0", "s.name", "s.state")
#define NAME_OF_PRIORITY(FIRST, NEXT, PART) \
    NAME_COLUMNS(FIRST, NEXT, PART, "p.priority_id", "0", "p.priority_desc", "p.priority")
#define NAME_OF_DEPARTMENT(FIRST, NEXT, PART) NAME_COLUMNS(FIRST, NEXT, PART, "d.id", "d.pid", "d.name", "d.path")
#define NAME_OF_TOPIC(FIRST, NEXT, PART) \
    NAME_COLUMNS(FIRST, NEXT, PART, "h.topic_id", "h.topic_pid", "h.topic", "''")
COLUMN_NAMES(NAME_OF_STATUS);

#define NAMED_ID(FIRST, NEXT, PART, id) FIRST(NAMED_ID_ID, INTEGER, id)
#define NAMED_STAFF_ID(FIRST, NEXT, PART) NAMED_ID(FIRST, NEXT, PART, "s.staff_id")
#define NAMED_TEAM_ID(FIRST, NEXT, PART) NAMED_ID(FIRST, NEXT, PART, "g.team_id")
#define NAMED_SLA_ID(FIRST, NEXT, PART) NAMED_ID(FIRST, NEXT, PART, "l.id")
#define NAMED_ORGANIZATION_ID(FIRST, NEXT, PART) NAMED_ID(FIRST, NEXT, PART, "o.id")
#define NAMED_USER_ID(FIRST, NEXT, PART) NAMED_ID(FIRST, NEXT, PART, "a.user_id")
#define NAMED_TICKET_ID(FIRST, NEXT, PART) NAMED_ID(FIRST, NEXT, PART, "t.ticket_id")
COLUMN_NAMES(NAMED_TICKET_ID);

#define NAMES_STATEMENTS(STATEMENT) \
    STATEMENT(NAMES_OF_STATUSES, "", NAME_OF_STATUS, \
        "SELECT " COLUMNS(NAME_OF_STATUS) " FROM {ticket_status} s") \
    STATEMENT(NAMES_OF_PRIORITIES, "", NAME_OF_PRIORITY, \
        "SELECT " COLUMNS(NAME_OF_PRIORITY) " FROM {ticket_priority} p") \
    STATEMENT(NAMES_OF_DEPARTMENTS, "", NAME_OF_DEPARTMENT, \
        "SELECT " COLUMNS(NAME_OF_DEPARTMENT) " FROM {department} d") \
    STATEMENT(NAMES_OF_TOPICS, "", NAME_OF_TOPIC, \
        "SELECT " COLUMNS(NAME_OF_TOPIC) " FROM {help_topic} h") \
    STATEMENT(NAMED_STAFF, "TEXT user name,TEXT address,", NAMED_STAFF_ID, \
        "SELECT " COLUMNS(NAMED_STAFF_ID) " FROM {staff} s WHERE s.username=? OR s.email=?") \
    STATEMENT(NAMED_TEAM, "TEXT name,", NAMED_TEAM_ID, \
        "SELECT " COLUMNS(NAMED_TEAM_ID) " FROM {team} g WHERE g.name=?") \
    STATEMENT(NAMED_SLA, "TEXT name,", NAMED_SLA_ID, \
        "SELECT " COLUMNS(NAMED_SLA_ID) " FROM {sla} l WHERE l.name=?") \
    STATEMENT(NAMED_ORGANIZATION, "TEXT name,", NAMED_ORGANIZATION_ID, \
        "SELECT " COLUMNS(NAMED_ORGANIZATION_ID) " FROM {organization} o WHERE o.name=?") \
    STATEMENT(NAMED_USER, "TEXT address,", NAMED_USER_ID, \
        "SELECT " COLUMNS(NAMED_USER_ID) " FROM {user_email} a WHERE a.address=?") \
    STATEMENT(NAMED_TICKET, "TEXT number,", NAMED_TICKET_ID, \
        "SELECT " COLUMNS(NAMED_TICKET_ID) " FROM {ticket} t WHERE t.number=? LIMIT 2")
// clang-format on

#endif
