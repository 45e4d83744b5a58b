// SPDX-License-Identifier: GPL-2.0-or-later
// Users as they are listed and kept: the columns, joins and conditions that user_object.c and
// directory_page.c share, and the statements of the former. spec: operations.md 5.1, 5.2.
#ifndef STORE_DIRECTORY_USER_STATEMENTS_H
#define STORE_DIRECTORY_USER_STATEMENTS_H

#include "store/columns.h"
#include "store/sql_parts.h"
#include "store/ticket_view_statements.h"

// clang-format off
// Who asks: z. `everybody` for those who see all tickets, else `who` and `departments` of the view.
// No token is taken here, so that no list of tickets narrows it.
#define DIRECTORY_VIEWER "(SELECT ? AS utc,? AS everybody,? AS who,? AS departments,NULL AS tickets) z "
// No token is taken here, so that no list of tickets narrows it.
#define DIRECTORY_VIEWER_TYPES "INTEGER in UTC,INTEGER everybody,INTEGER who,TEXT departments,"

// Those of a user's tickets t, or of an organization's members, that whoever asks sees.
#define DIRECTORY_TICKETS(sees, whose) "FROM {ticket} t WHERE " whose " AND " VIEW_ALLOWS(sees, "t")
#define DIRECTORY_COUNT(sees, whose, states) \
    "(SELECT COUNT(*) " DIRECTORY_TICKETS(sees, whose) \
    " AND t.status_id IN (SELECT ts.id FROM {ticket_status} ts WHERE ts.state IN (" states ")))"
#define USER_OBJECT_TICKETS "t.user_id=u.id"

// A user u with his default address a, his organization o, his account k.
#define USER_OBJECT(FIRST, NEXT, PART, sees) \
    FIRST(USER_OBJECT_ID, INTEGER, "u.id") \
    NEXT(USER_OBJECT_NAME, TEXT, "u.name") \
    NEXT(USER_OBJECT_ADDRESS, TEXT, "a.address") \
    NEXT(USER_OBJECT_ADDRESSES, TEXT, \
        "(SELECT GROUP_CONCAT(m.address ORDER BY m.id SEPARATOR '\\n') FROM {user_email} m WHERE m.user_id=u.id)") \
    NEXT(USER_OBJECT_STATUS, INTEGER, "u.status") \
    NEXT(USER_OBJECT_ORGANIZATION, INTEGER, "o.id") \
    NEXT(USER_OBJECT_ORGANIZATION_NAME, TEXT, "o.name") \
    NEXT(USER_OBJECT_ACCOUNT, INTEGER, "k.id") \
    NEXT(USER_OBJECT_ACCOUNT_STATUS, INTEGER, "k.status") \
    NEXT(USER_OBJECT_CREATED, TIME, SQL_TIME("u.created")) \
    NEXT(USER_OBJECT_UPDATED, TIME, SQL_TIME("u.updated")) \
    NEXT(USER_OBJECT_OPEN, INTEGER, DIRECTORY_COUNT(sees, USER_OBJECT_TICKETS, "'open'")) \
    NEXT(USER_OBJECT_CLOSED, INTEGER, DIRECTORY_COUNT(sees, USER_OBJECT_TICKETS, "'closed','archived'"))
#define USER_OBJECT_ALL(FIRST, NEXT, PART) USER_OBJECT(FIRST, NEXT, PART, VIEW_ALL_SEES)
#define USER_OBJECT_STAFF(FIRST, NEXT, PART) USER_OBJECT(FIRST, NEXT, PART, VIEW_STAFF_SEES)
COLUMN_NAMES(USER_OBJECT_ALL);

#define USER_OBJECT_JOINS \
    "LEFT JOIN {user_email} a ON a.id=u.default_email_id " \
    "LEFT JOIN {organization} o ON o.id=u.org_id " \
    "LEFT JOIN {user_account} k ON k.id=(SELECT MIN(ka.id) FROM {user_account} ka WHERE ka.user_id=u.id) "
// Whoever sees some tickets only sees the users whose they are.
#define USER_OBJECT_IS_SEEN(sees) "(z.everybody OR EXISTS(SELECT 1 " DIRECTORY_TICKETS(sees, USER_OBJECT_TICKETS) "))"

#define USER_SAVE_VALUES(FIRST, NEXT, PART) \
    FIRST(USER_SAVE_NAME, TEXT, ) \
    NEXT(USER_SAVE_ORGANIZATION, INTEGER, ) \
    NEXT(USER_SAVE_STATUS, INTEGER, ) \
    NEXT(USER_SAVE_USER, INTEGER, )
COLUMN_NAMES(USER_SAVE_VALUES);

#define LOCKED_USER_COLUMNS(FIRST, NEXT, PART) FIRST(LOCKED_USER, INTEGER, "u.id")
#define LOCKED_ADDRESS_COLUMNS(FIRST, NEXT, PART) FIRST(LOCKED_ADDRESS_USER, INTEGER, "m.user_id")
COLUMN_NAMES(LOCKED_USER_COLUMNS);
COLUMN_NAMES(LOCKED_ADDRESS_COLUMNS);

#define USER_OBJECT_ONE(LIST, sees) \
    "SELECT " COLUMNS(LIST) " " USER_OBJECT_FROM(sees)
#define USER_OBJECT_FROM(sees) \
    "FROM " DIRECTORY_VIEWER \
    "JOIN {user} u " USER_OBJECT_JOINS \
    "WHERE u.id=? AND " USER_OBJECT_IS_SEEN(sees)
#define USER_STATEMENTS(STATEMENT) \
    STATEMENT(USER_OBJECT, DIRECTORY_VIEWER_TYPES "INTEGER user,", USER_OBJECT_ALL, \
        USER_OBJECT_ONE(USER_OBJECT_ALL, VIEW_ALL_SEES)) \
    STATEMENT(USER_OBJECT_OF_STAFF, DIRECTORY_VIEWER_TYPES "INTEGER user,", USER_OBJECT_STAFF, \
        USER_OBJECT_ONE(USER_OBJECT_STAFF, VIEW_STAFF_SEES)) \
    STATEMENT(USER_LOCK, "INTEGER user,", LOCKED_USER_COLUMNS, \
        "SELECT " COLUMNS(LOCKED_USER_COLUMNS) " " \
        "FROM {user} u " \
        "WHERE u.id=? FOR UPDATE") \
    STATEMENT(USER_ADDRESS_LOCK, "TEXT address,", LOCKED_ADDRESS_COLUMNS, \
        "SELECT " COLUMNS(LOCKED_ADDRESS_COLUMNS) " " \
        "FROM {user_email} m " \
        "WHERE m.address=? FOR UPDATE") \
    /* One that has lost its user stands in the way of nobody. */ \
    STATEMENT(USER_ADDRESS_FREE, "TEXT address,", NO_COLUMNS, \
        "DELETE FROM {user_email} " \
        "WHERE address=? AND user_id=0") \
    STATEMENT(USER_ADDRESS_SET, "TEXT address,INTEGER user,", NO_COLUMNS, \
        "UPDATE {user_email} m " \
        "JOIN {user} u ON u.default_email_id=m.id " \
        "SET m.address=? " \
        "WHERE u.id=?") \
    STATEMENT(USER_SAVE, COLUMN_TYPES(USER_SAVE_VALUES), NO_COLUMNS, \
        "UPDATE {user} " \
        "SET name=?,org_id=?,status=?,updated=NOW() " \
        "WHERE id=?") \
    /* No ticket of his comes while it is looked for one. */ \
    STATEMENT(USER_TICKETS, "INTEGER user,", LOCKED_TICKET_COLUMNS, \
        "SELECT " COLUMNS(LOCKED_TICKET_COLUMNS) " " \
        "FROM {ticket} t " \
        "WHERE t.user_id=? LIMIT 1 LOCK IN SHARE MODE") \
    STATEMENT(USER_DELETE, "INTEGER user,", NO_COLUMNS, \
        "DELETE u,m,k,p,s,o,v FROM {user} u " \
        "LEFT JOIN {user_email} m ON m.user_id=u.id " \
        "LEFT JOIN {user_account} k ON k.user_id=u.id " \
        "LEFT JOIN {thread_collaborator} p ON p.user_id=u.id " \
        "LEFT JOIN {_search} s ON s.object_type='U' AND s.object_id=u.id " \
        "LEFT JOIN {form_entry} o ON o.object_type='U' AND o.object_id=u.id " \
        "LEFT JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "WHERE u.id=?") \
    STATEMENT(USER_CDATA_DELETE, "INTEGER user,", NO_COLUMNS, \
        "DELETE FROM {user__cdata} " \
        "WHERE user_id=?") \
    STATEMENT(CDATA_TABLE, "INTEGER organization,", CDATA_TABLE_COLUMNS, \
        "SELECT " COLUMNS(CDATA_TABLE_COLUMNS) " " \
        "FROM information_schema.tables c " \
        "WHERE c.table_schema=DATABASE() " \
        "AND c.table_name=REPLACE(IF(?,'{organization__cdata}','{user__cdata}'),'`','')")
#define LOCKED_TICKET_COLUMNS(FIRST, NEXT, PART) FIRST(LOCKED_TICKET, INTEGER, "t.ticket_id")
#define CDATA_TABLE_COLUMNS(FIRST, NEXT, PART) FIRST(CDATA_TABLES, INTEGER, "COUNT(*)")
// clang-format on

#endif
