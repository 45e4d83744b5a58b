// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of ticket_parts.c: what hangs on a ticket beside its thread. spec: operations.md 3.2, 3.6.
#ifndef STORE_READ_TICKET_PART_STATEMENTS_H
#define STORE_READ_TICKET_PART_STATEMENTS_H

#include "store/columns.h"
#include "store/read/shown_ticket_statements.h"
#include "store/read/ticket_object_statements.h"
#include "store/sql_parts.h"
#include "store/uniform_text.h"

// clang-format off
// The answers to its forms; what only lays a form out has none.
#define ANSWERED_COLUMNS(FIRST, NEXT, PART) \
    FIRST(ANSWERED_FIELD, INTEGER, "f.id") \
    NEXT(ANSWERED_NAME, TEXT, "f.name") \
    NEXT(ANSWERED_LABEL, TEXT, "f.label") \
    NEXT(ANSWERED_TYPE, TEXT, "f.type") \
    NEXT(ANSWERED_VALUE, TEXT, "v.value") \
    NEXT(ANSWERED_VALUE_ID, INTEGER, "v.value_id") \
    NEXT(ANSWERED_FORM, TEXT, "m.title")
COLUMN_NAMES(ANSWERED_COLUMNS);
#define ANSWERED_FROM \
    "FROM {form_entry} o " \
    "JOIN {form_entry_values} v ON v.entry_id=o.id " \
    "JOIN {form_field} f ON f.id=v.field_id " \
    "LEFT JOIN {form} m ON m.id=o.form_id "
#define ANSWERED_IS_ANSWER "f.type NOT IN ('thread','break','info')"
#define ANSWERED_ORDER "ORDER BY o.sort,o.id,f.sort,f.id"

// Tickets k that it is related to.
#define RELATIVE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(RELATIVE_ID, INTEGER, "k.ticket_id") \
    NEXT(RELATIVE_NUMBER, TEXT, "k.number") \
    NEXT(RELATIVE_SUBJECT, TEXT, "c.subject") \
    NEXT(RELATIVE_STATE, TEXT, "st.state") \
    NEXT(RELATIVE_FLAGS, INTEGER, "k.flags")
COLUMN_NAMES(RELATIVE_COLUMNS);
// Above it and below it; of those who see some tickets only, a statement for each kind of view.
#define RELATIVE_ABOVE "{ticket} t JOIN {ticket} k ON k.ticket_id=t.ticket_pid"
#define RELATIVE_SEEN(STATEMENT, name, sees) \
    STATEMENT(UPPER_TICKET_OF_##name, "INTEGER who,TEXT departments,TEXT tickets,INTEGER ticket,", RELATIVE_COLUMNS, \
        RELATIVES("(SELECT ? AS who,? AS departments,? AS tickets) z JOIN " RELATIVE_ABOVE) \
        "WHERE t.ticket_id=? AND " VIEW_ALLOWS(sees, "k")) \
    STATEMENT(LOWER_TICKETS_OF_##name, "INTEGER who,TEXT departments,TEXT tickets,INTEGER ticket,", RELATIVE_COLUMNS, \
        RELATIVES("(SELECT ? AS who,? AS departments,? AS tickets) z JOIN {ticket} k") \
        "WHERE k.ticket_pid=? AND " VIEW_ALLOWS(sees, "k") " " \
        "ORDER BY k.sort,k.ticket_id")
#define RELATIVES(from) \
    "SELECT " COLUMNS(RELATIVE_COLUMNS) " " \
    "FROM " from " " \
    "LEFT JOIN {ticket__cdata} c ON c.ticket_id=k.ticket_id " \
    "LEFT JOIN {ticket_status} st ON st.id=k.status_id "

#define REFERRAL_COLUMNS(FIRST, NEXT, PART) \
    FIRST(REFERRAL_ID, INTEGER, "r.id") \
    NEXT(REFERRAL_TYPE, TEXT, "r.object_type") \
    NEXT(REFERRAL_SINCE, TIME, SQL_TIME("r.created")) \
    PART(REFERRAL_STAFF, AGENT_PART) \
    NEXT(REFERRAL_TEAM, INTEGER, "g.team_id") \
    NEXT(REFERRAL_TEAM_NAME, TEXT, "g.name") \
    NEXT(REFERRAL_DEPARTMENT, INTEGER, "d.id") \
    NEXT(REFERRAL_DEPARTMENT_NAME, TEXT, "d.name")
COLUMN_NAMES(REFERRAL_COLUMNS);

// Tasks k.
#define TASK_COLUMNS(FIRST, NEXT, PART) \
    FIRST(TASK_ID, INTEGER, "k.id") \
    NEXT(TASK_NUMBER, TEXT, "k.number") \
    NEXT(TASK_TITLE, TEXT, \
        "(SELECT v.value FROM {form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "JOIN {form_field} f ON f.id=v.field_id " \
        "WHERE o.object_type='A' AND o.object_id=k.id AND f.name='title' ORDER BY f.sort DESC,f.id DESC LIMIT 1)") \
    NEXT(TASK_FLAGS, INTEGER, "k.flags") \
    NEXT(TASK_DEPARTMENT, INTEGER, "d.id") \
    NEXT(TASK_DEPARTMENT_NAME, TEXT, "d.name") \
    PART(TASK_STAFF, AGENT_PART) \
    NEXT(TASK_TEAM, INTEGER, "g.team_id") \
    NEXT(TASK_TEAM_NAME, TEXT, "g.name") \
    NEXT(TASK_DUE, TIME, SQL_TIME("k.duedate")) \
    NEXT(TASK_CREATED, TIME, SQL_TIME("k.created")) \
    NEXT(TASK_CLOSED, TIME, SQL_TIME("k.closed"))
COLUMN_NAMES(TASK_COLUMNS);

#define HELD_LOCK_COLUMNS(FIRST, NEXT, PART) \
    FIRST(HELD_LOCK_EXPIRES, TIME, SQL_TIME("k.expire")) \
    PART(HELD_LOCK_STAFF, AGENT_PART)
COLUMN_NAMES(HELD_LOCK_COLUMNS);

#define ORGANIZATION_COLUMNS(FIRST, NEXT, PART) \
    FIRST(ORGANIZATION_ID, INTEGER, "o.id") \
    NEXT(ORGANIZATION_NAME, TEXT, "o.name") \
    NEXT(ORGANIZATION_DOMAIN, TEXT, "o.domain") \
    NEXT(ORGANIZATION_CREATED, TIME, SQL_TIME("o.created")) \
    NEXT(ORGANIZATION_UPDATED, TIME, SQL_TIME("o.updated"))
COLUMN_NAMES(ORGANIZATION_COLUMNS);

#define TICKET_PART_STATEMENTS(STATEMENT) \
    VIEW_KINDS(RELATIVE_SEEN, STATEMENT) \
    STATEMENT(ANSWERED_FIELDS, "TEXT type,INTEGER object,INTEGER all,", ANSWERED_COLUMNS, \
        "SELECT " COLUMNS(ANSWERED_COLUMNS) " " ANSWERED_FROM \
        "WHERE o.object_type=? AND o.object_id=? AND " ANSWERED_IS_ANSWER " " \
        "AND (? OR f.flags&256) " ANSWERED_ORDER) \
    STATEMENT(UPPER_TICKET, "INTEGER ticket,", RELATIVE_COLUMNS, \
        RELATIVES(RELATIVE_ABOVE) \
        "WHERE t.ticket_id=?") \
    STATEMENT(LOWER_TICKETS, "INTEGER ticket,", RELATIVE_COLUMNS, \
        RELATIVES("{ticket} k") \
        "WHERE k.ticket_pid=? " \
        "ORDER BY k.sort,k.ticket_id") \
    STATEMENT(REFERRALS, "INTEGER in UTC,INTEGER thread,", REFERRAL_COLUMNS, \
        "SELECT " COLUMNS(REFERRAL_COLUMNS) " " \
        "FROM (SELECT ? AS utc) z " \
        "JOIN {thread_referral} r " \
        "LEFT JOIN {staff} s ON s.staff_id=IF(r.object_type='S',r.object_id,NULL) " \
        "LEFT JOIN {team} g ON g.team_id=IF(r.object_type='E',r.object_id,NULL) " \
        "LEFT JOIN {department} d ON d.id=IF(r.object_type='D',r.object_id,NULL) " \
        "WHERE r.thread_id=? " \
        "ORDER BY r.id") \
    STATEMENT(TASKS, "INTEGER in UTC,INTEGER ticket,", TASK_COLUMNS, \
        "SELECT " COLUMNS(TASK_COLUMNS) " " \
        "FROM (SELECT ? AS utc) z " \
        "JOIN {task} k " \
        "LEFT JOIN {department} d ON d.id=k.dept_id " \
        "LEFT JOIN {staff} s ON s.staff_id=k.staff_id " \
        "LEFT JOIN {team} g ON g.team_id=k.team_id " \
        "WHERE k.object_id=? AND k.object_type='T' " \
        "ORDER BY k.id") \
    STATEMENT(HELD_LOCK, "INTEGER in UTC,INTEGER ticket,", HELD_LOCK_COLUMNS, \
        "SELECT " COLUMNS(HELD_LOCK_COLUMNS) " " \
        "FROM (SELECT ? AS utc) z " \
        "JOIN {ticket} t " \
        "JOIN {lock} k ON k.lock_id=t.lock_id AND k.expire>NOW() " \
        "LEFT JOIN {staff} s ON s.staff_id=k.staff_id " \
        "WHERE t.ticket_id=?") \
    STATEMENT(TICKET_ORGANIZATION, "INTEGER in UTC,INTEGER all,INTEGER user,INTEGER organization,INTEGER ticket,", \
        ORGANIZATION_COLUMNS, \
        "SELECT " COLUMNS(ORGANIZATION_COLUMNS) " " \
        "FROM (SELECT ? AS utc,? AS everybody,? AS viewer,? AS organization) z " \
        "JOIN {ticket} t " \
        "JOIN {user} u ON u.id=t.user_id " \
        "JOIN {organization} o ON o.id=u.org_id AND (z.everybody OR o.id=" SHOWN_OWN_ORGANIZATION ") " \
        "WHERE t.ticket_id=?")
// clang-format on

#endif
