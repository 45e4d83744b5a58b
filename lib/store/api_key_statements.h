// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of api_key.c. Whether the address is the key's is a column, because a second condition would
// have the optimiser weigh the index on it. Each is there three times: with whether the key has rules in this
// server's own table, with these rules, and for a help desk that has not got the table.
#ifndef STORE_API_KEY_STATEMENTS_H
#define STORE_API_KEY_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define API_KEY_COLUMNS(FIRST, NEXT, PART) \
    FIRST(API_KEY_ID, INTEGER, "a.id") \
    NEXT(API_KEY_IS_ACTIVE, INTEGER, "a.isactive") \
    NEXT(API_KEY_CREATES_TICKETS, INTEGER, "a.can_create_tickets") \
    NEXT(API_KEY_RUNS_CRON, INTEGER, "a.can_exec_cron") \
    NEXT(API_KEY_IS_OF_ADDRESS, INTEGER, "a.ipaddr=?") \
    NEXT(API_KEY_TEXT, TEXT, "a.apikey")

// With the id of what the request is about; a row for each that bears the name. Of several tickets of a number the first.
#define API_KEY_AND(FIRST, NEXT, PART, id) \
    API_KEY_COLUMNS(FIRST, NEXT, PART) \
    NEXT(API_KEY_SUBJECT, INTEGER, id)
#define API_KEY_ALONE(FIRST, NEXT, PART) API_KEY_AND(FIRST, NEXT, PART, "0")
#define API_KEY_AND_TICKET(FIRST, NEXT, PART) \
    API_KEY_AND(FIRST, NEXT, PART, "(SELECT MIN(t.ticket_id) FROM {ticket} t WHERE t.number=?)")
#define API_KEY_AND_STAFF(FIRST, NEXT, PART) API_KEY_AND(FIRST, NEXT, PART, "s.staff_id")
#define API_KEY_AND_USER(FIRST, NEXT, PART) API_KEY_AND(FIRST, NEXT, PART, "u.id")

// Three numbers between blanks.
#define API_KEY_LANES \
    "CONCAT_WS(' ',COALESCE((SELECT MAX(v.id) FROM {thread_event} v),0)," \
    "COALESCE((SELECT MAX(v.id) FROM {thread_entry} v),0),@@global.auto_increment_increment)"
#define API_KEY_AND_LANES(FIRST, NEXT, PART) \
    API_KEY_COLUMNS(FIRST, NEXT, PART) \
    NEXT(API_KEY_SUBJECT, TEXT, API_KEY_LANES)

#define KEY_RULE_OF_COLUMN(FIRST, NEXT, PART) NEXT(KEY_RULE_OF, INTEGER, "k.key_id")
#define KNOWN_KEY_ALONE(FIRST, NEXT, PART) API_KEY_ALONE(FIRST, NEXT, PART) KEY_RULE_OF_COLUMN(FIRST, NEXT, PART)
#define KNOWN_KEY_AND_TICKET(FIRST, NEXT, PART) API_KEY_AND_TICKET(FIRST, NEXT, PART) KEY_RULE_OF_COLUMN(FIRST, NEXT, PART)
#define KNOWN_KEY_AND_STAFF(FIRST, NEXT, PART) API_KEY_AND_STAFF(FIRST, NEXT, PART) KEY_RULE_OF_COLUMN(FIRST, NEXT, PART)
#define KNOWN_KEY_AND_USER(FIRST, NEXT, PART) API_KEY_AND_USER(FIRST, NEXT, PART) KEY_RULE_OF_COLUMN(FIRST, NEXT, PART)
#define KNOWN_KEY_AND_LANES(FIRST, NEXT, PART) API_KEY_AND_LANES(FIRST, NEXT, PART) KEY_RULE_OF_COLUMN(FIRST, NEXT, PART)

#define KEY_RULE_COLUMNS(FIRST, NEXT, PART) \
    KEY_RULE_OF_COLUMN(FIRST, NEXT, PART) \
    NEXT(KEY_RULE_NETWORKS, TEXT, "k.networks") \
    NEXT(KEY_RULE_SCOPES, TEXT, "k.scopes") \
    NEXT(KEY_RULE_STAFF, INTEGER, "k.staff_id") \
    NEXT(KEY_RULE_ANY_STAFF, INTEGER, "k.any_staff") \
    NEXT(KEY_RULE_SYSTEM, INTEGER, "k.system") \
    NEXT(KEY_RULE_VIEW, TEXT, "k.view") \
    NEXT(KEY_RULE_VIEW_ID, INTEGER, "k.view_id") \
    NEXT(KEY_RULE_DEPARTMENTS, TEXT, "k.depts") \
    NEXT(KEY_RULE_RATE, INTEGER, "k.rate") \
    NEXT(KEY_RULE_BURST, INTEGER, "k.burst") \
    NEXT(KEY_RULE_EXPIRED, INTEGER, "k.expires<=UTC_TIMESTAMP()") \
    NEXT(KEY_RULE_EXPIRES, TIME, "k.expires")
#define RULED_KEY_ALONE(FIRST, NEXT, PART) API_KEY_ALONE(FIRST, NEXT, PART) KEY_RULE_COLUMNS(FIRST, NEXT, PART)
#define RULED_KEY_AND_TICKET(FIRST, NEXT, PART) API_KEY_AND_TICKET(FIRST, NEXT, PART) KEY_RULE_COLUMNS(FIRST, NEXT, PART)
#define RULED_KEY_AND_STAFF(FIRST, NEXT, PART) API_KEY_AND_STAFF(FIRST, NEXT, PART) KEY_RULE_COLUMNS(FIRST, NEXT, PART)
#define RULED_KEY_AND_USER(FIRST, NEXT, PART) API_KEY_AND_USER(FIRST, NEXT, PART) KEY_RULE_COLUMNS(FIRST, NEXT, PART)
#define RULED_KEY_AND_LANES(FIRST, NEXT, PART) API_KEY_AND_LANES(FIRST, NEXT, PART) KEY_RULE_COLUMNS(FIRST, NEXT, PART)
COLUMN_NAMES(RULED_KEY_AND_STAFF);

// What a plugin of others lets a key do, in columns that it adds to osTicket's table. A name that the inner table has not
// is that of the outer one, n, which has nothing in it.
#define KEY_GRANT(column) "(SELECT " column " FROM {api_key} b WHERE b.id=a.id)"
#define KEY_GRANT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(KEY_GRANT_READ, INTEGER, KEY_GRANT("can_read_tickets")) \
    NEXT(KEY_GRANT_SEARCH, INTEGER, KEY_GRANT("can_search_tickets")) \
    NEXT(KEY_GRANT_UPDATE, INTEGER, KEY_GRANT("can_update_tickets")) \
    NEXT(KEY_GRANT_DELETE, INTEGER, KEY_GRANT("can_delete_tickets")) \
    NEXT(KEY_GRANT_STATS, INTEGER, KEY_GRANT("can_read_stats"))
COLUMN_NAMES(KEY_GRANT_COLUMNS);
#define KEY_GRANTS_NONE \
    "(SELECT NULLIF(1,1) AS can_read_tickets,NULLIF(1,1) AS can_search_tickets,NULLIF(1,1) AS can_update_tickets," \
    "NULLIF(1,1) AS can_delete_tickets,NULLIF(1,1) AS can_read_stats) n "

#define KEY_RULES "LEFT JOIN {fcgi:key} k ON k.key_id=a.id "
#define KEY_STAFF "LEFT JOIN {staff} s ON s.username=? "
#define KEY_USER "LEFT JOIN {user_email} m ON m.address=? LEFT JOIN {user} u ON u.id=m.user_id "

#define API_KEY_STATEMENT_BY(STATEMENT, name, takes, columns, joins, column) \
    STATEMENT(name, takes, columns, \
        "SELECT " COLUMNS(columns) " " \
        "FROM {api_key} a " \
        joins \
        "WHERE " column "=?")
#define API_KEY_STATEMENT(STATEMENT, name, takes, columns, joins) \
    API_KEY_STATEMENT_BY(STATEMENT, name, takes, columns, joins, "a.apikey")

#define API_KEY_TAKES_NAME(name) "TEXT address,TEXT " name ",TEXT key,"

// What most requests of most help desks run.
#define API_KEY_STATEMENTS(STATEMENT) \
    API_KEY_STATEMENT(STATEMENT, KNOWN_KEY, "TEXT address,TEXT key,", KNOWN_KEY_ALONE, KEY_RULES) \
    API_KEY_STATEMENT(STATEMENT, KNOWN_KEY_AND_TICKET, API_KEY_TAKES_NAME("number"), KNOWN_KEY_AND_TICKET, KEY_RULES) \
    API_KEY_STATEMENT(STATEMENT, KNOWN_KEY_AND_STAFF, API_KEY_TAKES_NAME("username"), KNOWN_KEY_AND_STAFF, \
        KEY_STAFF KEY_RULES) \
    API_KEY_STATEMENT(STATEMENT, KNOWN_KEY_AND_USER, API_KEY_TAKES_NAME("address of the user"), KNOWN_KEY_AND_USER, \
        KEY_USER KEY_RULES)

// Where a key has rules, and without the table; and what readers of changes ask.
#define API_KEY_RARE_STATEMENTS(STATEMENT) \
    API_KEY_STATEMENT(STATEMENT, KNOWN_KEY_AND_LANES, "TEXT address,TEXT key,", KNOWN_KEY_AND_LANES, KEY_RULES) \
    API_KEY_STATEMENT(STATEMENT, RULED_KEY_AND_LANES, "TEXT address,TEXT key,", RULED_KEY_AND_LANES, KEY_RULES) \
    API_KEY_STATEMENT(STATEMENT, KEY_AND_LANES, "TEXT address,TEXT key,", API_KEY_AND_LANES, "") \
    API_KEY_STATEMENT(STATEMENT, RULED_KEY, "TEXT address,TEXT key,", RULED_KEY_ALONE, KEY_RULES) \
    API_KEY_STATEMENT(STATEMENT, RULED_KEY_AND_TICKET, API_KEY_TAKES_NAME("number"), RULED_KEY_AND_TICKET, KEY_RULES) \
    API_KEY_STATEMENT(STATEMENT, RULED_KEY_AND_STAFF, API_KEY_TAKES_NAME("username"), RULED_KEY_AND_STAFF, \
        KEY_STAFF KEY_RULES) \
    API_KEY_STATEMENT(STATEMENT, RULED_KEY_AND_USER, API_KEY_TAKES_NAME("address of the user"), RULED_KEY_AND_USER, \
        KEY_USER KEY_RULES) \
    API_KEY_STATEMENT_BY(STATEMENT, RULED_KEY_OF_ID, "TEXT address,INTEGER id,", RULED_KEY_ALONE, KEY_RULES, "a.id") \
    API_KEY_STATEMENT_BY(STATEMENT, KEY_OF_ID, "TEXT address,INTEGER id,", API_KEY_ALONE, "", "a.id") \
    API_KEY_STATEMENT(STATEMENT, API_KEY, "TEXT address,TEXT key,", API_KEY_ALONE, "") \
    API_KEY_STATEMENT(STATEMENT, KEY_AND_TICKET, API_KEY_TAKES_NAME("number"), API_KEY_AND_TICKET, "") \
    API_KEY_STATEMENT(STATEMENT, KEY_AND_STAFF, API_KEY_TAKES_NAME("username"), API_KEY_AND_STAFF, KEY_STAFF) \
    API_KEY_STATEMENT(STATEMENT, KEY_AND_USER, API_KEY_TAKES_NAME("address of the user"), API_KEY_AND_USER, KEY_USER) \
    STATEMENT(KEY_GRANTS, "INTEGER key,", KEY_GRANT_COLUMNS, \
        "SELECT " COLUMNS(KEY_GRANT_COLUMNS) " " \
        "FROM " KEY_GRANTS_NONE \
        "JOIN {api_key} a " \
        "WHERE a.id=?")
// clang-format on

#endif
