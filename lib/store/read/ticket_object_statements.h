// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket with the names of all that it points at: the columns and joins of ticket_object.c.
// spec: operations.md 1.5.
#ifndef STORE_READ_TICKET_OBJECT_STATEMENTS_H
#define STORE_READ_TICKET_OBJECT_STATEMENTS_H

#include "store/columns.h"
#include "store/sql_parts.h"
#include "store/uniform_text.h"

// clang-format off
// Agents, by the row `s` of each.
#define AGENT_COLUMNS(FIRST, NEXT, PART, s) \
    FIRST(AGENT_ID, INTEGER, s ".staff_id") \
    NEXT(AGENT_USERNAME, TEXT, s ".username") \
    NEXT(AGENT_FIRST_NAME, TEXT, s ".firstname") \
    NEXT(AGENT_LAST_NAME, TEXT, s ".lastname")
#define AGENT_PART(FIRST, NEXT, PART) AGENT_COLUMNS(FIRST, NEXT, PART, "s")
COLUMN_NAMES(AGENT_PART);

// Users u with their address a.
#define PERSON_COLUMNS(FIRST, NEXT, PART, u, a) \
    FIRST(PERSON_ID, INTEGER, u ".id") \
    NEXT(PERSON_NAME, TEXT, u ".name") \
    NEXT(PERSON_ADDRESS, TEXT, a ".address")
#define PERSON_PART(FIRST, NEXT, PART) PERSON_COLUMNS(FIRST, NEXT, PART, "u", "a")
COLUMN_NAMES(PERSON_PART);

#define OBJECT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(OBJECT_ID, INTEGER, "t.ticket_id") \
    NEXT(OBJECT_NUMBER, TEXT, "t.number") \
    NEXT(OBJECT_SUBJECT, TEXT, "c.subject") \
    NEXT(OBJECT_STATUS, INTEGER, "st.id") \
    NEXT(OBJECT_STATUS_NAME, TEXT, "st.name") \
    NEXT(OBJECT_STATUS_STATE, TEXT, "st.state") \
    NEXT(OBJECT_PRIORITY, INTEGER, "pr.priority_id") \
    NEXT(OBJECT_PRIORITY_NAME, TEXT, "pr.priority_desc") \
    NEXT(OBJECT_DEPARTMENT, INTEGER, "d.id") \
    NEXT(OBJECT_DEPARTMENT_NAME, TEXT, "d.name") \
    NEXT(OBJECT_TOPIC, INTEGER, "ht.topic_id") \
    NEXT(OBJECT_TOPIC_NAME, TEXT, "ht.topic") \
    PART(OBJECT_STAFF, AGENT_PART) \
    NEXT(OBJECT_TEAM, INTEGER, "g.team_id") \
    NEXT(OBJECT_TEAM_NAME, TEXT, "g.name") \
    NEXT(OBJECT_SLA, INTEGER, "l.id") \
    NEXT(OBJECT_SLA_NAME, TEXT, "l.name") \
    PART(OBJECT_USER, PERSON_PART) \
    NEXT(OBJECT_ORGANIZATION, INTEGER, "o.id") \
    NEXT(OBJECT_ORGANIZATION_NAME, TEXT, "o.name") \
    NEXT(OBJECT_SOURCE, TEXT, "t.source") \
    NEXT(OBJECT_CREATED, TIME, SQL_TIME("t.created")) \
    NEXT(OBJECT_UPDATED, TIME, SQL_TIME("t.updated")) \
    NEXT(OBJECT_LAST_UPDATE, TIME, SQL_TIME("t.lastupdate")) \
    NEXT(OBJECT_LAST_MESSAGE, TIME, SQL_TIME("h.lastmessage")) \
    NEXT(OBJECT_LAST_RESPONSE, TIME, SQL_TIME("h.lastresponse")) \
    NEXT(OBJECT_CLOSED, TIME, SQL_TIME("t.closed")) \
    NEXT(OBJECT_REOPENED, TIME, SQL_TIME("t.reopened")) \
    NEXT(OBJECT_DUE, TIME, SQL_TIME("t.duedate")) \
    NEXT(OBJECT_ESTIMATED_DUE, TIME, SQL_TIME("t.est_duedate")) \
    NEXT(OBJECT_IS_OVERDUE, INTEGER, "t.isoverdue") \
    NEXT(OBJECT_IS_ANSWERED, INTEGER, "t.isanswered") \
    NEXT(OBJECT_PARENT, INTEGER, "tp.ticket_id") \
    NEXT(OBJECT_PARENT_NUMBER, TEXT, "tp.number") \
    NEXT(OBJECT_ENTRIES, INTEGER, OBJECT_COUNT_OF_ENTRIES) \
    NEXT(OBJECT_ATTACHMENTS, INTEGER, OBJECT_COUNT_OF_ATTACHMENTS) \
    NEXT(OBJECT_OPEN_TASKS, INTEGER, OBJECT_COUNT_OF_OPEN_TASKS)

// Entries that are shown, notes only where z.notes says so; and those that went over to the ticket above it.
#define OBJECT_ENTRY_IS_SHOWN "e.flags&4=0 AND (z.notes OR e.type<>'N')"
#define OBJECT_ENTRIES_OF(of, is_shown) "FROM {thread_entry} e " of "WHERE e.thread_id=h.id AND " is_shown
#define OBJECT_MOVED_ENTRIES_OF(of, is_shown) \
    "FROM {thread_entry} e " of "JOIN {thread_entry_merge} m ON m.thread_entry_id=e.id " \
    "WHERE e.thread_id=" SQL_THREAD_OF("t.ticket_pid") " AND e.flags&1024 AND " SQL_FORMER_THREAD "=h.id " \
    "AND " is_shown
#define OBJECT_COUNT(of, is_shown) \
    "(SELECT COUNT(*) " OBJECT_ENTRIES_OF(of, is_shown) ")" \
    "+IF(t.ticket_pid IS NULL,0,(SELECT COUNT(*) " OBJECT_MOVED_ENTRIES_OF(of, is_shown) "))"
#define OBJECT_WITH_ATTACHMENTS "JOIN {attachment} b ON b.object_id=e.id AND b.type='H' AND b.inline=0 "
#define OBJECT_COUNT_OF_ENTRIES OBJECT_COUNT("", OBJECT_ENTRY_IS_SHOWN)
#define OBJECT_COUNT_OF_ATTACHMENTS OBJECT_COUNT(OBJECT_WITH_ATTACHMENTS, OBJECT_ENTRY_IS_SHOWN)
#define OBJECT_COUNT_OF_OPEN_TASKS \
    "(SELECT COUNT(*) FROM {task} k WHERE k.object_id=t.ticket_id AND k.object_type='T' AND k.flags&1)"
COLUMN_NAMES(OBJECT_COLUMNS);

// A ticket without a priority has the help desk's.
#define OBJECT_DEFAULT_PRIORITY \
    "(SELECT CAST(f.value AS UNSIGNED) FROM {config} f WHERE f.namespace='core' AND f.`key`='default_priority_id')"
#define OBJECT_PRIORITY_JOIN \
    "LEFT JOIN {ticket_priority} pr ON pr.priority_id=" \
    "COALESCE(NULLIF(CAST(c.priority AS UNSIGNED),0)," OBJECT_DEFAULT_PRIORITY ") "
#define OBJECT_JOINS \
    "LEFT JOIN {ticket__cdata} c ON c.ticket_id=t.ticket_id " \
    "LEFT JOIN {ticket_status} st ON st.id=t.status_id " \
    OBJECT_PRIORITY_JOIN \
    "LEFT JOIN {department} d ON d.id=t.dept_id " \
    "LEFT JOIN {help_topic} ht ON ht.topic_id=t.topic_id " \
    "LEFT JOIN {staff} s ON s.staff_id=t.staff_id " \
    "LEFT JOIN {team} g ON g.team_id=t.team_id " \
    "LEFT JOIN {sla} l ON l.id=t.sla_id " \
    "LEFT JOIN {user} u ON u.id=t.user_id " \
    "LEFT JOIN {user_email} a ON a.id=u.default_email_id " \
    "LEFT JOIN {organization} o ON o.id=u.org_id " \
    "LEFT JOIN {thread} h ON h.id=" SQL_THREAD " " \
    "LEFT JOIN {ticket} tp ON tp.ticket_id=t.ticket_pid "

#define TICKET_OBJECT_STATEMENTS(STATEMENT) \
    STATEMENT(TICKET_OBJECT, "INTEGER in UTC,INTEGER notes,INTEGER ticket,", OBJECT_COLUMNS, \
        "SELECT " COLUMNS(OBJECT_COLUMNS) " " \
        "FROM (SELECT ? AS utc,? AS notes) z " \
        "JOIN {ticket} t " OBJECT_JOINS \
        "WHERE t.ticket_id=?")
// clang-format on

#endif
