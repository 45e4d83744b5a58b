// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of ticket_version.c. spec: operations.md 1.6.
#ifndef STORE_READ_TICKET_VERSION_STATEMENTS_H
#define STORE_READ_TICKET_VERSION_STATEMENTS_H

#include "store/columns.h"
#include "store/read/ticket_object_statements.h"
#include "store/sql_parts.h"
#include "store/ticket_view_statements.h"

// clang-format off
// What a version is made of: all that an answer about a ticket shows but the names of what it points at. The answers to
// its forms stand for its row of ticket__cdata, which osTicket makes from them, with columns of its own choice.
// Of entries e and of tickets k below it those that are `shown` and `seen`: further conditions.
#define VERSION_MADE_OF(FIRST, NEXT, PART, moved_entries, shown, seen) \
    FIRST(VERSION_TICKET, INTEGER, "t.ticket_id") \
    NEXT(VERSION_PARENT, INTEGER, "t.ticket_pid") \
    NEXT(VERSION_NUMBER, TEXT, "t.number") \
    NEXT(VERSION_USER, INTEGER, "t.user_id") \
    NEXT(VERSION_ADDRESS, INTEGER, "t.user_email_id") \
    NEXT(VERSION_STATUS, INTEGER, "t.status_id") \
    NEXT(VERSION_DEPARTMENT, INTEGER, "t.dept_id") \
    NEXT(VERSION_SLA, INTEGER, "t.sla_id") \
    NEXT(VERSION_TOPIC, INTEGER, "t.topic_id") \
    NEXT(VERSION_STAFF, INTEGER, "t.staff_id") \
    NEXT(VERSION_TEAM, INTEGER, "t.team_id") \
    NEXT(VERSION_EMAIL, INTEGER, "t.email_id") \
    NEXT(VERSION_LOCK, INTEGER, "t.lock_id") \
    NEXT(VERSION_FLAGS, INTEGER, "t.flags") \
    NEXT(VERSION_SORT, INTEGER, "t.sort") \
    NEXT(VERSION_IP_ADDRESS, TEXT, "t.ip_address") \
    NEXT(VERSION_SOURCE, TEXT, "t.source") \
    NEXT(VERSION_SOURCE_EXTRA, TEXT, "t.source_extra") \
    NEXT(VERSION_IS_OVERDUE, INTEGER, "t.isoverdue") \
    NEXT(VERSION_IS_ANSWERED, INTEGER, "t.isanswered") \
    NEXT(VERSION_DUE, TIME, "t.duedate") \
    NEXT(VERSION_ESTIMATED_DUE, TIME, "t.est_duedate") \
    NEXT(VERSION_REOPENED, TIME, "t.reopened") \
    NEXT(VERSION_CLOSED, TIME, "t.closed") \
    NEXT(VERSION_LAST_UPDATE, TIME, "t.lastupdate") \
    NEXT(VERSION_CREATED, TIME, "t.created") \
    NEXT(VERSION_UPDATED, TIME, "t.updated") \
    NEXT(VERSION_SUBJECT, TEXT, "c.subject") \
    NEXT(VERSION_PRIORITY, TEXT, "c.priority") \
    NEXT(VERSION_LAST_MESSAGE, TIME, "h.lastmessage") \
    NEXT(VERSION_LAST_RESPONSE, TIME, "h.lastresponse") \
    NEXT(VERSION_USER_UPDATED, TIME, "u.updated") \
    NEXT(VERSION_USER_ADDRESS, TEXT, "ua.address") \
    NEXT(VERSION_ENTRIES, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),MAX(e.id),MAX(e.updated),SUM(e.flags)) FROM {thread_entry} e " \
        "WHERE e.thread_id=h.id" shown ")") \
    NEXT(VERSION_MOVED_ENTRIES, TEXT, moved_entries) \
    NEXT(VERSION_EVENT, INTEGER, "(SELECT MAX(v.id) FROM {thread_event} v WHERE v.thread_id=h.id)") \
    NEXT(VERSION_COLLABORATORS, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),MAX(k.updated),SUM(k.flags)) FROM {thread_collaborator} k " \
        "WHERE k.thread_id=h.id)") \
    NEXT(VERSION_REFERRALS, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),MAX(r.id)) FROM {thread_referral} r WHERE r.thread_id=h.id)") \
    NEXT(VERSION_CHILDREN, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),MAX(k.ticket_id),MAX(k.updated)) FROM {ticket} k " \
        "WHERE k.ticket_pid=t.ticket_id" seen ")") \
    NEXT(VERSION_TASKS, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),SUM(k.flags),MAX(k.updated)) FROM {task} k " \
        "WHERE k.object_id=t.ticket_id AND k.object_type='T')") \
    NEXT(VERSION_LOCKED, TIME, "(SELECT k.expire FROM {lock} k WHERE k.lock_id=t.lock_id AND k.expire>NOW())") \
    NEXT(VERSION_ANSWERS, INTEGER, \
        "(SELECT BIT_XOR(CAST(CONV(LEFT(SHA2(CONCAT_WS(' ',v.entry_id,v.field_id,v.value IS NULL,v.value,v.value_id)," \
        "256),15),16,10) AS UNSIGNED)) FROM {form_entry} o " \
        "JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "WHERE o.object_type='T' AND o.object_id=t.ticket_id)")

#define VERSION_OF_MOVED_ENTRIES(shown) \
    "(SELECT CONCAT_WS(' ',COUNT(*),MAX(e.id),MAX(e.updated),SUM(e.flags)) FROM {thread_entry} e " \
    "JOIN {thread_entry_merge} m ON m.thread_entry_id=e.id " \
    "WHERE e.thread_id=q.id AND e.flags&1024 AND " SQL_FORMER_THREAD "=h.id" shown ")"
#define VERSION_OF_NO_MOVED_ENTRIES "'0'"

// Behind it: its thread, that of the ticket above it, and the ids of all tickets of its number, where that is asked.
#define VERSION_COLUMNS_OF(FIRST, NEXT, PART, shown, seen, by_number) \
    VERSION_MADE_OF(FIRST, NEXT, PART, VERSION_OF_MOVED_ENTRIES(shown), shown, seen) \
    NEXT(VERSION_THREAD, INTEGER, "h.id") \
    NEXT(VERSION_UPPER_THREAD, INTEGER, "q.id") \
    NEXT(VERSION_NAMESAKES, TEXT, \
        "IF(" by_number ",(SELECT GROUP_CONCAT(n.ticket_id ORDER BY n.ticket_id) FROM {ticket} n WHERE n.number=t.number),NULL)")
#define VERSION_COLUMNS(FIRST, NEXT, PART) VERSION_COLUMNS_OF(FIRST, NEXT, PART, "", "", "?")
COLUMN_NAMES(VERSION_COLUMNS);

// To agents who are not shown notes, or do not see all tickets, neither of these tells by it.
#define VERSION_SEEN_COLUMNS(FIRST, NEXT, PART, sees) \
    VERSION_COLUMNS_OF(FIRST, NEXT, PART, " AND (z.notes OR e.type<>'N')", " AND " VIEW_ALLOWS(sees, "k"), "z.by_number")
#define VERSION_SEEN_COLUMNS_OF_ALL(FIRST, NEXT, PART) VERSION_SEEN_COLUMNS(FIRST, NEXT, PART, VIEW_ALL_SEES)
#define VERSION_SEEN_COLUMNS_OF_STAFF(FIRST, NEXT, PART) VERSION_SEEN_COLUMNS(FIRST, NEXT, PART, VIEW_STAFF_SEES)

// The same of a ticket that has none above it, without its namesakes: what lies beside a key in one statement.
#define VERSION_OF_TOP_COLUMNS(FIRST, NEXT, PART) \
    VERSION_MADE_OF(FIRST, NEXT, PART, VERSION_OF_NO_MOVED_ENTRIES, "", "") \
    NEXT(VERSION_THREAD, INTEGER, "h.id") \
    NEXT(VERSION_UPPER_THREAD, ANY, "NULL") \
    NEXT(VERSION_NAMESAKES, ANY, "NULL")
enum { VERSION_OF_TOP_COLUMNS_COUNT = VERSION_COLUMNS_COUNT };

// What is read beside the ticket t but its threads: h is its own, q that of the ticket above it.
#define VERSION_JOINS \
    "LEFT JOIN {ticket__cdata} c ON c.ticket_id=t.ticket_id " \
    "LEFT JOIN {user} u ON u.id=t.user_id " \
    "LEFT JOIN {user_email} ua ON ua.id=u.default_email_id "

#define VERSION_SEEN(STATEMENT, name, columns) \
    STATEMENT(name, "INTEGER notes,INTEGER who,TEXT departments,TEXT tickets,INTEGER by number,INTEGER ticket,", columns, \
        "SELECT " COLUMNS(columns) " " \
        "FROM (SELECT ? AS notes,? AS who,? AS departments,? AS tickets,? AS by_number) z " \
        "JOIN {ticket} t " VERSION_JOINS \
        "LEFT JOIN {thread} h ON h.id=" SQL_THREAD " " \
        "LEFT JOIN {thread} q ON q.id=" SQL_THREAD_OF("t.ticket_pid") " " \
        "WHERE t.ticket_id=?")
#define TICKET_VERSION_RARE_STATEMENTS(STATEMENT) \
    VERSION_SEEN(STATEMENT, VERSION_SEEN_OF_ALL, VERSION_SEEN_COLUMNS_OF_ALL) \
    VERSION_SEEN(STATEMENT, VERSION_SEEN_OF_STAFF, VERSION_SEEN_COLUMNS_OF_STAFF)
#define TICKET_VERSION_STATEMENTS(STATEMENT) \
    STATEMENT(TICKET_VERSION, "INTEGER by number,INTEGER ticket,", VERSION_COLUMNS, \
        "SELECT " COLUMNS(VERSION_COLUMNS) " " \
        "FROM {ticket} t " VERSION_JOINS \
        "LEFT JOIN {thread} h ON h.id=" SQL_THREAD " " \
        "LEFT JOIN {thread} q ON q.id=" SQL_THREAD_OF("t.ticket_pid") " " \
        "WHERE t.ticket_id=?")

// The ticket as it is shown, and behind it its version.
#define VERSION_OF_OBJECT(FIRST, NEXT, PART) \
    VERSION_MADE_OF(FIRST, NEXT, PART, VERSION_OF_MOVED_ENTRIES(""), "", "") \
    NEXT(VERSION_THREAD, INTEGER, "h.id") \
    NEXT(VERSION_UPPER_THREAD, INTEGER, "q.id") \
    NEXT(VERSION_NAMESAKES, ANY, "NULL")
enum { OBJECT_VERSION = OBJECT_COLUMNS_COUNT, VERSION_OF_OBJECT_COUNT = VERSION_COLUMNS_COUNT };
#define VERSIONED_TICKET_COLUMNS(FIRST, NEXT, PART) \
    OBJECT_COLUMNS(FIRST, NEXT, PART) \
    PART(OBJECT_VERSION, VERSION_OF_OBJECT)

#define VERSIONED_TICKET_STATEMENTS(STATEMENT) \
    /* As many ids as VERSIONS_MAX; 0 where fewer are wanted. */ \
    STATEMENT(TICKET_VERSIONS, "20 INTEGER ticket,", VERSION_OF_OBJECT, \
        "SELECT " COLUMNS(VERSION_OF_OBJECT) " " \
        "FROM {ticket} t " VERSION_JOINS \
        "LEFT JOIN {thread} h ON h.id=" SQL_THREAD " " \
        "LEFT JOIN {thread} q ON q.id=" SQL_THREAD_OF("t.ticket_pid") " " \
        "WHERE t.ticket_id IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    STATEMENT(VERSIONED_TICKET, "INTEGER in UTC,INTEGER notes,INTEGER ticket,", VERSIONED_TICKET_COLUMNS, \
        "SELECT " COLUMNS(VERSIONED_TICKET_COLUMNS) " " \
        "FROM (SELECT ? AS utc,? AS notes) z " \
        "JOIN {ticket} t " OBJECT_JOINS \
        "LEFT JOIN {user_email} ua ON ua.id=u.default_email_id " \
        "LEFT JOIN {thread} q ON q.id=" SQL_THREAD_OF("t.ticket_pid") " " \
        "WHERE t.ticket_id=?")
// clang-format on

#endif
