// SPDX-License-Identifier: GPL-2.0-or-later
// Organizations as they are listed and kept: the columns, joins and conditions that organization_object.c and
// directory_page.c share, and the statements of the former. spec: operations.md 5.3.
#ifndef STORE_DIRECTORY_ORGANIZATION_STATEMENTS_H
#define STORE_DIRECTORY_ORGANIZATION_STATEMENTS_H

#include "store/columns.h"
#include "store/directory/user_statements.h"

// clang-format off
#define ORGANIZATION_TICKETS "t.user_id IN (SELECT w.id FROM {user} w WHERE w.org_id=o.id)"
// Of whoever sees some tickets only a member is who has one of these.
#define ORGANIZATION_USERS(sees) \
    "(SELECT COUNT(*) FROM {user} u WHERE u.org_id=o.id AND " USER_OBJECT_IS_SEEN(sees) ")"

// An organization o, its manager an agent s or a team g.
#define ORGANIZATION_OBJECT(FIRST, NEXT, PART, sees) \
    FIRST(ORGANIZATION_OBJECT_ID, INTEGER, "o.id") \
    NEXT(ORGANIZATION_OBJECT_NAME, TEXT, "o.name") \
    NEXT(ORGANIZATION_OBJECT_DOMAIN, TEXT, "o.domain") \
    NEXT(ORGANIZATION_OBJECT_MANAGER, TEXT, "o.manager") \
    NEXT(ORGANIZATION_OBJECT_FIRST_NAME, TEXT, "s.firstname") \
    NEXT(ORGANIZATION_OBJECT_LAST_NAME, TEXT, "s.lastname") \
    NEXT(ORGANIZATION_OBJECT_TEAM, TEXT, "g.name") \
    NEXT(ORGANIZATION_OBJECT_STATUS, INTEGER, "o.status") \
    NEXT(ORGANIZATION_OBJECT_CREATED, TIME, SQL_TIME("o.created")) \
    NEXT(ORGANIZATION_OBJECT_UPDATED, TIME, SQL_TIME("o.updated")) \
    NEXT(ORGANIZATION_OBJECT_USERS, INTEGER, ORGANIZATION_USERS(sees)) \
    NEXT(ORGANIZATION_OBJECT_OPEN, INTEGER, DIRECTORY_COUNT(sees, ORGANIZATION_TICKETS, "'open'")) \
    NEXT(ORGANIZATION_OBJECT_CLOSED, INTEGER, DIRECTORY_COUNT(sees, ORGANIZATION_TICKETS, "'closed','archived'"))
#define ORGANIZATION_OBJECT_ALL(FIRST, NEXT, PART) ORGANIZATION_OBJECT(FIRST, NEXT, PART, VIEW_ALL_SEES)
#define ORGANIZATION_OBJECT_STAFF(FIRST, NEXT, PART) ORGANIZATION_OBJECT(FIRST, NEXT, PART, VIEW_STAFF_SEES)
COLUMN_NAMES(ORGANIZATION_OBJECT_ALL);

#define ORGANIZATION_MANAGER_ID(letter) "IF(o.manager LIKE '" letter "%',CAST(SUBSTR(o.manager,2) AS UNSIGNED),NULL)"
#define ORGANIZATION_OBJECT_JOINS \
    "LEFT JOIN {staff} s ON s.staff_id=" ORGANIZATION_MANAGER_ID("s") " " \
    "LEFT JOIN {team} g ON g.team_id=" ORGANIZATION_MANAGER_ID("t") " "
#define ORGANIZATION_OBJECT_IS_SEEN(sees) \
    "(z.everybody OR EXISTS(SELECT 1 " DIRECTORY_TICKETS(sees, ORGANIZATION_TICKETS) "))"

#define ORGANIZATION_SAVE_VALUES(FIRST, NEXT, PART) \
    FIRST(ORGANIZATION_SAVE_NAME, TEXT, ) \
    NEXT(ORGANIZATION_SAVE_MANAGER, TEXT, ) \
    NEXT(ORGANIZATION_SAVE_STATUS, INTEGER, ) \
    NEXT(ORGANIZATION_SAVE_DOMAIN, TEXT, ) \
    NEXT(ORGANIZATION_SAVE_ID, INTEGER, )
COLUMN_NAMES(ORGANIZATION_SAVE_VALUES);

#define LOCKED_ORGANIZATION_COLUMNS(FIRST, NEXT, PART) FIRST(LOCKED_ORGANIZATION, INTEGER, "o.id")
COLUMN_NAMES(LOCKED_ORGANIZATION_COLUMNS);

#define ORGANIZATION_OBJECT_ONE(LIST, sees) \
    "SELECT " COLUMNS(LIST) " " ORGANIZATION_OBJECT_FROM(sees)
#define ORGANIZATION_OBJECT_FROM(sees) \
    "FROM " DIRECTORY_VIEWER \
    "JOIN {organization} o " ORGANIZATION_OBJECT_JOINS \
    "WHERE o.id=? AND " ORGANIZATION_OBJECT_IS_SEEN(sees)
#define ORGANIZATION_STATEMENTS(STATEMENT) \
    STATEMENT(ORGANIZATION_OBJECT, DIRECTORY_VIEWER_TYPES "INTEGER organization,", ORGANIZATION_OBJECT_ALL, \
        ORGANIZATION_OBJECT_ONE(ORGANIZATION_OBJECT_ALL, VIEW_ALL_SEES)) \
    STATEMENT(ORGANIZATION_OBJECT_OF_STAFF, DIRECTORY_VIEWER_TYPES "INTEGER organization,", ORGANIZATION_OBJECT_STAFF, \
        ORGANIZATION_OBJECT_ONE(ORGANIZATION_OBJECT_STAFF, VIEW_STAFF_SEES)) \
    STATEMENT(ORGANIZATION_LOCK, "INTEGER organization,", LOCKED_ORGANIZATION_COLUMNS, \
        "SELECT " COLUMNS(LOCKED_ORGANIZATION_COLUMNS) " " \
        "FROM {organization} o " \
        "WHERE o.id=? FOR UPDATE") \
    /* Whoever names one takes the first of them before all else: no two wait for each other's. */ \
    STATEMENT(ORGANIZATION_FIRST, "", LOCKED_ORGANIZATION_COLUMNS, \
        "SELECT " COLUMNS(LOCKED_ORGANIZATION_COLUMNS) " " \
        "FROM {organization} o " \
        "ORDER BY o.id LIMIT 1 FOR UPDATE") \
    /* Others of this name; none can come while it is looked for them. */ \
    STATEMENT(ORGANIZATION_NAMESAKE, "TEXT name,INTEGER organization,", LOCKED_ORGANIZATION_COLUMNS, \
        "SELECT " COLUMNS(LOCKED_ORGANIZATION_COLUMNS) " " \
        "FROM {organization} o " \
        "WHERE o.name=? AND o.id<>? LIMIT 1 FOR UPDATE") \
    STATEMENT(ORGANIZATION_INSERT, "TEXT name,INTEGER status,", NO_COLUMNS, \
        "INSERT INTO {organization}(name,manager,status,domain,extra,created,updated) " \
        "VALUES(?,'',?,'',NULL,NOW(),NOW())") \
    STATEMENT(ORGANIZATION_SAVE, COLUMN_TYPES(ORGANIZATION_SAVE_VALUES), NO_COLUMNS, \
        "UPDATE {organization} " \
        "SET name=?,manager=?,status=?,domain=?,updated=NOW() " \
        "WHERE id=?") \
    STATEMENT(ORGANIZATION_RELEASE, "INTEGER organization,", NO_COLUMNS, \
        "UPDATE {user} " \
        "SET org_id=0 " \
        "WHERE org_id=?") \
    STATEMENT(ORGANIZATION_DELETE, "INTEGER organization,", NO_COLUMNS, \
        "DELETE g,s,o,v FROM {organization} g " \
        "LEFT JOIN {_search} s ON s.object_type='O' AND s.object_id=g.id " \
        "LEFT JOIN {form_entry} o ON o.object_type='O' AND o.object_id=g.id " \
        "LEFT JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "WHERE g.id=?") \
    STATEMENT(ORGANIZATION_CDATA_DELETE, "INTEGER organization,", NO_COLUMNS, \
        "DELETE FROM {organization__cdata} " \
        "WHERE org_id=?")
// clang-format on

#endif
