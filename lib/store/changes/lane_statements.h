// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of lanes.c and seen_tickets.c. spec: operations.md 7.
#ifndef STORE_CHANGES_LANE_STATEMENTS_H
#define STORE_CHANGES_LANE_STATEMENTS_H

#include "store/columns.h"
#include "store/sql_parts.h"
#include "store/ticket_view_statements.h"
#include "store/uniform_text.h"

// clang-format off
// How many seconds ago a row was written, by the time that it has. In the hour that comes twice when summer ends a time means
// two moments, and in the other that is left out clocks jump: the younger of two ways to count is taken, so that a row never
// seems older than it is. A row without a time is as old as can be.
#define LANE_AGE(time) \
    "COALESCE(LEAST(TIMESTAMPDIFF(SECOND," time ",NOW())," \
    "CAST(UNIX_TIMESTAMP() AS SIGNED)-CAST(UNIX_TIMESTAMP(" time ") AS SIGNED)),2147483647)"

#define LANE_EVENT_TIME "v.timestamp"
// An edited text has the time of the first.
#define LANE_ENTRY_TIME "GREATEST(v.created,v.updated)"

#define CHANGE_COLUMNS_OF(FIRST, NEXT, PART, time, age, kind, flags, department, is_of_ticket, actor, actor_kind, actor_name, data, sees) \
    FIRST(CHANGE_ID, INTEGER, "v.id") \
    NEXT(CHANGE_AGE, INTEGER, LANE_AGE(age)) \
    NEXT(CHANGE_KIND, TEXT, kind) \
    NEXT(CHANGE_FLAGS, INTEGER, flags) \
    NEXT(CHANGE_AT, TIME, SQL_TIME(time)) \
    NEXT(CHANGE_IS_OF_TICKET, INTEGER, is_of_ticket) \
    NEXT(CHANGE_IS_SEEN, INTEGER, VIEW_ALLOWS(sees, "t")) \
    NEXT(CHANGE_THREAD, INTEGER, "v.thread_id") \
    NEXT(CHANGE_TICKET, INTEGER, "t.ticket_id") \
    NEXT(CHANGE_NUMBER, TEXT, "t.number") \
    NEXT(CHANGE_DEPARTMENT, INTEGER, department) \
    NEXT(CHANGE_ACTOR, INTEGER, actor) \
    NEXT(CHANGE_ACTOR_KIND, TEXT, actor_kind) \
    NEXT(CHANGE_ACTOR_NAME, TEXT, actor_name) \
    NEXT(CHANGE_DATA, TEXT, data)

// The thread of an event of a ticket that was deleted is gone, and it is one of a ticket by what it says itself. Tasks have
// events, too.
#define EVENT_CHANGE_COLUMNS(FIRST, NEXT, PART, sees) \
    CHANGE_COLUMNS_OF(FIRST, NEXT, PART, LANE_EVENT_TIME, LANE_EVENT_TIME, "n.name", "0", "COALESCE(t.dept_id,v.dept_id)", \
        "IF(y.id IS NULL,v.thread_type IN ('T','C'),t.ticket_id IS NOT NULL)", "v.uid", "v.uid_type", "v.username", "v.data", sees)

// Who wrote an entry is told by the name that he has in events: an agent's user name.
#define ENTRY_CHANGE_COLUMNS(FIRST, NEXT, PART, sees) \
    CHANGE_COLUMNS_OF(FIRST, NEXT, PART, "IF(v.flags&2," LANE_ENTRY_TIME ",v.created)", LANE_ENTRY_TIME, "v.type", "v.flags", "t.dept_id", \
        "t.ticket_id IS NOT NULL", "IF(v.staff_id,v.staff_id,NULLIF(v.user_id,0))", "IF(v.staff_id OR NOT v.user_id,'S','U')", \
        "COALESCE(" UNIFORM("s.username") "," UNIFORM("v.poster") ")", "NULL", sees)

// A list for each view: COLUMNS() takes its name alone.
#define EVENT_CHANGE_ALL(FIRST, NEXT, PART) EVENT_CHANGE_COLUMNS(FIRST, NEXT, PART, VIEW_ALL_SEES)
#define EVENT_CHANGE_STAFF(FIRST, NEXT, PART) EVENT_CHANGE_COLUMNS(FIRST, NEXT, PART, VIEW_STAFF_SEES)
#define ENTRY_CHANGE_ALL(FIRST, NEXT, PART) ENTRY_CHANGE_COLUMNS(FIRST, NEXT, PART, VIEW_ALL_SEES)
#define ENTRY_CHANGE_STAFF(FIRST, NEXT, PART) ENTRY_CHANGE_COLUMNS(FIRST, NEXT, PART, VIEW_STAFF_SEES)
COLUMN_NAMES(EVENT_CHANGE_ALL);

// What lies behind a position: in one class behind its id, in several behind each class's own.
#define LANE_IS_UNREAD(id) id ">? AND (?=1 OR " id ">ELT(" id " MOD ?+1,?,?,?,?,?,?,?,?))"
#define LANE_IS_UNREAD_TAKES "INTEGER lowest,INTEGER classes,INTEGER classes,8 INTEGER position,"

#define LANE_TAKES "INTEGER in UTC,INTEGER who,TEXT departments," LANE_IS_UNREAD_TAKES "INTEGER most,"
#define LANE_ROWS(columns, from) \
    "SELECT " COLUMNS(columns) " " \
    "FROM (SELECT ? AS utc,? AS who,? AS departments,NULL AS tickets) z " \
    from \
    "LEFT JOIN {thread} y ON y.id=v.thread_id " \
    "LEFT JOIN {ticket} t ON t.ticket_id=y.object_id AND y.object_type IN ('T','C') " \
    "WHERE " LANE_IS_UNREAD("v.id") " " \
    "ORDER BY v.id LIMIT ?"
#define LANE_FROM_EVENTS "JOIN {thread_event} v LEFT JOIN {event} n ON n.id=v.event_id "
#define LANE_FROM_ENTRIES "JOIN {thread_entry} v LEFT JOIN {staff} s ON s.staff_id=v.staff_id "

// The last ids, and how many servers write.
#define LANE_ENDS_PART(FIRST, NEXT, PART) \
    FIRST(LANE_END_OF_EVENTS, INTEGER, "(SELECT MAX(v.id) FROM {thread_event} v)") \
    NEXT(LANE_END_OF_ENTRIES, INTEGER, "(SELECT MAX(v.id) FROM {thread_entry} v)") \
    NEXT(LANE_STEP, INTEGER, "@@global.auto_increment_increment")
COLUMN_NAMES(LANE_ENDS_PART);

// The last id that is older than so many seconds.
#define LANE_SETTLED_OF(table, time) "(SELECT v.id FROM {" table "} v WHERE " LANE_AGE(time) ">z.gap ORDER BY v.id DESC LIMIT 1)"
#define LANE_SETTLED_COLUMNS(FIRST, NEXT, PART) \
    FIRST(LANE_SETTLED_EVENT, INTEGER, LANE_SETTLED_OF("thread_event", LANE_EVENT_TIME)) \
    NEXT(LANE_SETTLED_ENTRY, INTEGER, LANE_SETTLED_OF("thread_entry", LANE_ENTRY_TIME))
COLUMN_NAMES(LANE_SETTLED_COLUMNS);

// The same between the lowest and the highest of a position, before what is unread there.
#define LANE_READ_COLUMNS(FIRST, NEXT, PART) FIRST(LANE_READ, INTEGER, "MAX(v.id)")
COLUMN_NAMES(LANE_READ_COLUMNS);
#define LANE_READ_TAKES "INTEGER gap,INTEGER lowest,INTEGER highest," LANE_IS_UNREAD_TAKES "INTEGER highest,"
#define LANE_READ_OF(table, time) \
    "SELECT " COLUMNS(LANE_READ_COLUMNS) " " \
    "FROM (SELECT ? AS gap) z " \
    "JOIN {" table "} v " \
    "WHERE v.id>? AND v.id<=? AND " LANE_AGE(time) ">z.gap " \
    "AND v.id<COALESCE((SELECT w.id FROM {" table "} w WHERE " LANE_IS_UNREAD("w.id") " AND w.id<=? " \
    "ORDER BY w.id LIMIT 1),9223372036854775807)"

// The first row from an id on, and whether it is older than a time.
#define LANE_TIME_COLUMNS(FIRST, NEXT, PART) \
    FIRST(LANE_TIME_ID, INTEGER, "v.id") \
    NEXT(LANE_TIME_IS_BEFORE, INTEGER, "x.at<CONVERT_TZ(z.since,'+00:00',@@session.time_zone)")
#define LANE_TIME_OF(table, time) \
    "SELECT " COLUMNS(LANE_TIME_COLUMNS) " " \
    "FROM (SELECT ? AS since) z " \
    "JOIN (SELECT v.id," time " AS at FROM {" table "} v WHERE v.id>=? ORDER BY v.id LIMIT 1) x JOIN {" table "} v ON v.id=x.id"
COLUMN_NAMES(LANE_TIME_COLUMNS);

// What this server remembers of threads, for tickets that are deleted.
#define SEEN_TICKET_COLUMNS(FIRST, NEXT, PART) \
    FIRST(SEEN_TICKET_THREAD, INTEGER, "x.thread_id") \
    NEXT(SEEN_TICKET_ID, INTEGER, "x.ticket_id") \
    NEXT(SEEN_TICKET_NUMBER, TEXT, "x.number")
COLUMN_NAMES(SEEN_TICKET_COLUMNS);

#define SEEN_LAST_COLUMNS(FIRST, NEXT, PART) FIRST(SEEN_LAST_THREAD, INTEGER, "MAX(x.thread_id)")
COLUMN_NAMES(SEEN_LAST_COLUMNS);

// Read first, then written: an INSERT that reads the tables itself would lock their rows.
#define SEEN_NEW_COLUMNS(FIRST, NEXT, PART) \
    FIRST(SEEN_NEW_THREAD, INTEGER, "y.id") \
    NEXT(SEEN_NEW_TICKET, INTEGER, "t.ticket_id") \
    NEXT(SEEN_NEW_NUMBER, TEXT, "t.number")
COLUMN_NAMES(SEEN_NEW_COLUMNS);

#define SEEN_VALUES(FIRST, NEXT, PART) \
    FIRST(SEEN_VALUE_THREAD, INTEGER, "thread_id") \
    NEXT(SEEN_VALUE_TICKET, INTEGER, "ticket_id") \
    NEXT(SEEN_VALUE_NUMBER, TEXT, "number")
COLUMN_NAMES(SEEN_VALUES);

#define LANE_STATEMENTS(STATEMENT) \
    STATEMENT(LANE_ENDS, "", LANE_ENDS_PART, "SELECT " COLUMNS(LANE_ENDS_PART)) \
    STATEMENT(EVENT_CHANGES_OF_ALL, LANE_TAKES, EVENT_CHANGE_ALL, LANE_ROWS(EVENT_CHANGE_ALL, LANE_FROM_EVENTS)) \
    STATEMENT(ENTRY_CHANGES_OF_ALL, LANE_TAKES, ENTRY_CHANGE_ALL, LANE_ROWS(ENTRY_CHANGE_ALL, LANE_FROM_ENTRIES)) \
    STATEMENT(EVENT_CHANGES_OF_STAFF, LANE_TAKES, EVENT_CHANGE_STAFF, LANE_ROWS(EVENT_CHANGE_STAFF, LANE_FROM_EVENTS)) \
    STATEMENT(ENTRY_CHANGES_OF_STAFF, LANE_TAKES, ENTRY_CHANGE_STAFF, LANE_ROWS(ENTRY_CHANGE_STAFF, LANE_FROM_ENTRIES)) \
    STATEMENT(LANES_SETTLED, "INTEGER gap,", LANE_SETTLED_COLUMNS, \
        "SELECT " COLUMNS(LANE_SETTLED_COLUMNS) " FROM (SELECT ? AS gap) z") \
    STATEMENT(EVENTS_READ, LANE_READ_TAKES, LANE_READ_COLUMNS, LANE_READ_OF("thread_event", LANE_EVENT_TIME)) \
    STATEMENT(ENTRIES_READ, LANE_READ_TAKES, LANE_READ_COLUMNS, LANE_READ_OF("thread_entry", LANE_ENTRY_TIME)) \
    STATEMENT(EVENT_TIME, "TIME since in UTC,INTEGER from,", LANE_TIME_COLUMNS, LANE_TIME_OF("thread_event", LANE_EVENT_TIME)) \
    STATEMENT(ENTRY_TIME, "TIME since in UTC,INTEGER from,", LANE_TIME_COLUMNS, LANE_TIME_OF("thread_entry", LANE_ENTRY_TIME)) \
    STATEMENT(SEEN_TICKETS, "16 INTEGER thread,", SEEN_TICKET_COLUMNS, \
        "SELECT " COLUMNS(SEEN_TICKET_COLUMNS) " " \
        "FROM {fcgi:seen} x " \
        "WHERE x.thread_id IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    STATEMENT(SEEN_LAST, "", SEEN_LAST_COLUMNS, "SELECT " COLUMNS(SEEN_LAST_COLUMNS) " FROM {fcgi:seen} x") \
    STATEMENT(SEEN_NEW, "INTEGER behind,INTEGER most,", SEEN_NEW_COLUMNS, \
        "SELECT " COLUMNS(SEEN_NEW_COLUMNS) " " \
        "FROM {thread} y " \
        "JOIN {ticket} t ON t.ticket_id=y.object_id " \
        "WHERE y.id>? AND y.object_type IN ('T','C') AND NOT EXISTS(SELECT 1 FROM {fcgi:seen} s WHERE s.thread_id=y.id) " \
        "ORDER BY y.id LIMIT ?") \
    STATEMENT(SEE_TICKET, COLUMN_TYPES(SEEN_VALUES), NO_COLUMNS, \
        "INSERT IGNORE INTO {fcgi:seen}(" COLUMNS(SEEN_VALUES) ") VALUES(" PLACES(SEEN_VALUES) ")")
// clang-format on

#endif
