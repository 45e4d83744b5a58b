// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket, an entry and an answer as the statements of reads have them: parts of their columns, see
// ticket_columns.c and answer_choice.c.
#ifndef STORE_READ_TICKET_COLUMN_STATEMENTS_H
#define STORE_READ_TICKET_COLUMN_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// The ticket t, each column within `as`.
#define SHOWN_TICKET_OF(FIRST, NEXT, PART, as) \
    FIRST(SHOWN_TICKET_ID, INTEGER, as("t.ticket_id")) \
    NEXT(SHOWN_TICKET_NUMBER, TEXT, as("t.number")) \
    NEXT(SHOWN_TICKET_STATUS, INTEGER, as("t.status_id")) \
    NEXT(SHOWN_TICKET_DEPARTMENT, INTEGER, as("t.dept_id")) \
    NEXT(SHOWN_TICKET_TOPIC, INTEGER, as("t.topic_id")) \
    NEXT(SHOWN_TICKET_SOURCE, TEXT, as("t.source")) \
    NEXT(SHOWN_TICKET_CREATED, TIME, as("t.created")) \
    NEXT(SHOWN_TICKET_CLOSED, TIME, as("t.closed")) \
    NEXT(SHOWN_TICKET_DUE, TIME, as("t.duedate")) \
    NEXT(SHOWN_TICKET_ESTIMATED_DUE, TIME, as("t.est_duedate")) \
    NEXT(SHOWN_TICKET_REOPENED, TIME, as("t.reopened")) \
    NEXT(SHOWN_TICKET_OWNER, INTEGER, as("u.id")) \
    NEXT(SHOWN_TICKET_OWNER_NAME, TEXT, as("u.name")) \
    NEXT(SHOWN_TICKET_OWNER_ADDRESS, TEXT, as("m.address")) \
    NEXT(SHOWN_TICKET_STAFF, INTEGER, as("s.staff_id")) \
    NEXT(SHOWN_TICKET_STAFF_FIRST_NAME, TEXT, as("s.firstname")) \
    NEXT(SHOWN_TICKET_STAFF_LAST_NAME, TEXT, as("s.lastname")) \
    NEXT(SHOWN_TICKET_TEAM, INTEGER, as("g.team_id")) \
    NEXT(SHOWN_TICKET_TEAM_NAME, TEXT, as("g.name"))
#define AS_IT_IS(column) column
#define SHOWN_TICKET_PART(FIRST, NEXT, PART) SHOWN_TICKET_OF(FIRST, NEXT, PART, AS_IT_IS)
COLUMN_NAMES(SHOWN_TICKET_PART);

// Its SLA l.
#define SHOWN_SLA_PART(FIRST, NEXT, PART) \
    FIRST(SHOWN_SLA_FLAGS, INTEGER, "l.flags") \
    NEXT(SHOWN_SLA_GRACE, INTEGER, "l.grace_period") \
    NEXT(SHOWN_SLA_SCHEDULE, INTEGER, "l.schedule_id")
COLUMN_NAMES(SHOWN_SLA_PART);

#define SHOWN_TICKET_JOINS \
    "LEFT JOIN {user} u ON u.id=t.user_id " \
    "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
    "LEFT JOIN {staff} s ON s.staff_id=t.staff_id " \
    "LEFT JOIN {team} g ON g.team_id=t.team_id "
#define SHOWN_SLA_JOIN "LEFT JOIN {sla} l ON l.id=t.sla_id "

// The entry e by the agent es or the user eu.
#define SHOWN_ENTRY_PART(FIRST, NEXT, PART) \
    FIRST(SHOWN_ENTRY_ID, INTEGER, "e.id") \
    NEXT(SHOWN_ENTRY_PARENT, INTEGER, "e.pid") \
    NEXT(SHOWN_ENTRY_THREAD, INTEGER, "e.thread_id") \
    NEXT(SHOWN_ENTRY_TYPE, TEXT, "e.type") \
    NEXT(SHOWN_ENTRY_POSTER, TEXT, "e.poster") \
    NEXT(SHOWN_ENTRY_SOURCE, TEXT, "e.source") \
    NEXT(SHOWN_ENTRY_TITLE, TEXT, "e.title") \
    NEXT(SHOWN_ENTRY_BODY, TEXT, "e.body") \
    NEXT(SHOWN_ENTRY_FORMAT, TEXT, "e.format") \
    NEXT(SHOWN_ENTRY_FLAGS, INTEGER, "e.flags") \
    NEXT(SHOWN_ENTRY_CREATED, TIME, "e.created") \
    NEXT(SHOWN_ENTRY_UPDATED, TIME, "e.updated") \
    NEXT(SHOWN_ENTRY_EDITOR, INTEGER, "e.editor") \
    NEXT(SHOWN_ENTRY_STAFF, INTEGER, "es.staff_id") \
    NEXT(SHOWN_ENTRY_STAFF_FIRST_NAME, TEXT, "es.firstname") \
    NEXT(SHOWN_ENTRY_STAFF_LAST_NAME, TEXT, "es.lastname") \
    NEXT(SHOWN_ENTRY_USER, INTEGER, "eu.id") \
    NEXT(SHOWN_ENTRY_USER_NAME, TEXT, "eu.name")
COLUMN_NAMES(SHOWN_ENTRY_PART);

// Who edited an entry, the agent ds or the user du.
#define SHOWN_EDITOR_NAME \
    "IF(ds.staff_id IS NULL," UNIFORM("du.name") ",TRIM(CONCAT_WS(' '," UNIFORM("ds.firstname") ",ds.lastname)))"

// The function around a type keeps the optimiser from weighing an index on it, which costs more than the row; NULL is
// not looked for, 0 would be. Takes the type of the notes ('N', or 'M' for none).
#define SHOWN_ENTRY_JOINS(index, thread) \
    "LEFT JOIN {thread_entry} e " index "ON e.thread_id=" thread \
    " AND CONCAT(e.type) IN ('M','R',?) AND e.flags&4=0 " \
    "LEFT JOIN {staff} es ON es.staff_id=NULLIF(e.staff_id,0) " \
    "LEFT JOIN {user} eu ON eu.id=NULLIF(e.user_id,0) " \
    "LEFT JOIN {attachment} b ON b.object_id=e.id AND CONCAT(b.type)='H' "

// An answer: the value of a form that was filled in.
#define FIELD_ANSWER_OF(FIRST, NEXT, PART, form, value) \
    FIRST(FIELD_ANSWER_FIELD, INTEGER, value ".field_id") \
    NEXT(FIELD_ANSWER_FORM_SORT, INTEGER, form ".sort") \
    NEXT(FIELD_ANSWER_FORM, INTEGER, form ".id") \
    NEXT(FIELD_ANSWER_VALUE, TEXT, value ".value") \
    NEXT(FIELD_ANSWER_VALUE_ID, INTEGER, value ".value_id")
#define FIELD_ANSWER_PART(FIRST, NEXT, PART) FIELD_ANSWER_OF(FIRST, NEXT, PART, "o", "v")
COLUMN_NAMES(FIELD_ANSWER_PART);
// clang-format on

#endif
