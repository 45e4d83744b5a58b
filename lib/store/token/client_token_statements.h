// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of client_token.c.
#ifndef STORE_TOKEN_CLIENT_TOKEN_STATEMENTS_H
#define STORE_TOKEN_CLIENT_TOKEN_STATEMENTS_H

#include "store/api_key_statements.h"
#include "store/columns.h"

// clang-format off
// Whether pages of an origin may show tokens of any key that is switched on.
#define TOKEN_ORIGIN_IS_KNOWN \
    "EXISTS(SELECT 1 FROM {fcgi:token} o JOIN {api_key} b ON b.id=o.key_id " \
    "WHERE b.isactive=1 AND FIND_IN_SET(?,REPLACE(o.origins,' ',',')))"

// A user may have no account.
#define TOKEN_ACCOUNT_IS_LOCKED "(SELECT MAX(c.status&2) FROM {user_account} c WHERE c.user_id=u.id)"

// All that a token names: the key with its rules, the user, and tickets by their numbers.
#define RULED_KEY_ALONE_COUNT RULED_KEY_AND_STAFF_COUNT
#define TOKEN_COLUMNS_WITH(FIRST, NEXT, PART, tickets) \
    FIRST(TOKEN_ORIGIN_KNOWN, INTEGER, TOKEN_ORIGIN_IS_KNOWN) \
    NEXT(TOKEN_SECRET, TEXT, "h.secret") \
    NEXT(TOKEN_EPOCH, INTEGER, "h.epoch") \
    NEXT(TOKEN_ORIGINS, TEXT, "h.origins") \
    NEXT(TOKEN_USER_RATE, INTEGER, "h.user_rate") \
    NEXT(TOKEN_USER, INTEGER, "u.id") \
    NEXT(TOKEN_ADDRESS, TEXT, "m.address") \
    NEXT(TOKEN_IS_LOCKED, INTEGER, TOKEN_ACCOUNT_IS_LOCKED) \
    NEXT(TOKEN_TICKETS, TEXT, tickets) \
    PART(TOKEN_KEY, RULED_KEY_ALONE)
#define TOKEN_COLUMNS(FIRST, NEXT, PART) TOKEN_COLUMNS_WITH(FIRST, NEXT, PART, "''")
#define TOKEN_COLUMNS_AND_TICKETS(FIRST, NEXT, PART) TOKEN_COLUMNS_WITH(FIRST, NEXT, PART, \
    "(SELECT GROUP_CONCAT(t.ticket_id) FROM {ticket} t WHERE t.number IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?))")
COLUMN_NAMES(TOKEN_COLUMNS);

#define TOKEN_STATEMENT(STATEMENT, name, takes, columns) \
    STATEMENT(name, "TEXT origin," takes "TEXT address,INTEGER key,TEXT address of the user,INTEGER user,", columns, \
        "SELECT " COLUMNS(columns) " " \
        "FROM (SELECT 1 AS one) z " \
        "LEFT JOIN {api_key} a ON a.id=? " \
        "LEFT JOIN {fcgi:key} k ON k.key_id=a.id " \
        "LEFT JOIN {fcgi:token} h ON h.key_id=a.id " \
        "LEFT JOIN {user_email} m ON m.address=? " \
        "LEFT JOIN {user} u ON u.id=COALESCE(m.user_id,?)")

#define TOKEN_4_NUMBERS "TEXT number,TEXT number,TEXT number,TEXT number,"

#define TOKEN_ORIGIN_COLUMNS(FIRST, NEXT, PART) FIRST(, INTEGER, TOKEN_ORIGIN_IS_KNOWN)

// What signs tokens.
#define SIGNING_COLUMNS(FIRST, NEXT, PART) \
    FIRST(SIGNING_KEY, INTEGER, "h.key_id") \
    NEXT(SIGNING_SECRET, TEXT, "h.secret") \
    NEXT(SIGNING_EPOCH, INTEGER, "h.epoch") \
    NEXT(SIGNING_ORIGINS, TEXT, "h.origins") \
    NEXT(SIGNING_USER_RATE, INTEGER, "h.user_rate")
COLUMN_NAMES(SIGNING_COLUMNS);
#define SIGNING_VALUES(FIRST, NEXT, PART) \
    FIRST(SIGNING_VALUE_KEY, INTEGER, "key_id") \
    NEXT(SIGNING_VALUE_SECRET, TEXT, "secret") \
    NEXT(SIGNING_VALUE_EPOCH, INTEGER, "epoch") \
    NEXT(SIGNING_VALUE_ORIGINS, TEXT, "origins") \
    NEXT(SIGNING_VALUE_USER_RATE, INTEGER, "user_rate")
COLUMN_NAMES(SIGNING_VALUES);

// Whom a token may be for.
#define TOKEN_SUBJECT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(TOKEN_SUBJECT_ID, INTEGER, "u.id") \
    NEXT(TOKEN_SUBJECT_ADDRESS, TEXT, "m.address") \
    NEXT(TOKEN_SUBJECT_IS_LOCKED, INTEGER, TOKEN_ACCOUNT_IS_LOCKED)
COLUMN_NAMES(TOKEN_SUBJECT_COLUMNS);

// What the link of a mail names. Without a row of its own the setting is on, as in osTicket.
#define MAIL_LINK_COLUMNS_WITH(FIRST, NEXT, PART, origin_is_known) \
    FIRST(MAIL_LINK_ORIGIN_KNOWN, INTEGER, origin_is_known) \
    NEXT(MAIL_LINK_IS_ON, INTEGER, "COALESCE((SELECT g.value FROM {config} g WHERE g.namespace='core' " \
                                   "AND g.`key`='allow_auth_tokens'),'1') NOT IN ('','0')") \
    NEXT(MAIL_LINK_CREATED, TEXT, "CAST(t.created AS CHAR)") \
    NEXT(MAIL_LINK_OWNER, INTEGER, "t.user_id") \
    NEXT(MAIL_LINK_COLLABORATOR, INTEGER, "c.user_id") \
    NEXT(MAIL_LINK_IS_LOCKED, INTEGER, TOKEN_ACCOUNT_IS_LOCKED)
#define MAIL_LINK_COLUMNS(FIRST, NEXT, PART) MAIL_LINK_COLUMNS_WITH(FIRST, NEXT, PART, TOKEN_ORIGIN_IS_KNOWN)
#define MAIL_LINK_COLUMNS_ALONE(FIRST, NEXT, PART) MAIL_LINK_COLUMNS_WITH(FIRST, NEXT, PART, "0")
COLUMN_NAMES(MAIL_LINK_COLUMNS);

#define MAIL_LINK_STATEMENT(STATEMENT, name, takes, columns) \
    STATEMENT(name, takes "INTEGER ticket,INTEGER collaborator,INTEGER collaborator,", columns, \
        "SELECT " COLUMNS(columns) " " \
        "FROM (SELECT 1 AS one) z " \
        "LEFT JOIN {ticket} t ON t.ticket_id=? " \
        "LEFT JOIN {thread} h ON h.object_id=t.ticket_id AND h.object_type='T' " \
        "LEFT JOIN {thread_collaborator} c ON c.id=? AND c.thread_id=h.id " \
        "LEFT JOIN {user} u ON u.id=IF(?,c.user_id,t.user_id)")

#define CLIENT_TOKEN_STATEMENTS(STATEMENT) \
    MAIL_LINK_STATEMENT(STATEMENT, MAIL_LINK, "TEXT origin,", MAIL_LINK_COLUMNS) \
    MAIL_LINK_STATEMENT(STATEMENT, MAIL_LINK_ALONE, "", MAIL_LINK_COLUMNS_ALONE) \
    TOKEN_STATEMENT(STATEMENT, CLIENT_TOKEN, "", TOKEN_COLUMNS) \
    TOKEN_STATEMENT(STATEMENT, CLIENT_TOKEN_OF_TICKETS, TOKEN_4_NUMBERS TOKEN_4_NUMBERS TOKEN_4_NUMBERS TOKEN_4_NUMBERS, \
        TOKEN_COLUMNS_AND_TICKETS) \
    STATEMENT(TOKEN_ORIGIN, "TEXT origin,", TOKEN_ORIGIN_COLUMNS, \
        "SELECT " COLUMNS(TOKEN_ORIGIN_COLUMNS)) \
    STATEMENT(SIGNING_READ, "INTEGER key,", SIGNING_COLUMNS, \
        "SELECT " COLUMNS(SIGNING_COLUMNS) " " \
        "FROM {fcgi:token} h " \
        "WHERE h.key_id=?") \
    STATEMENT(SIGNING_REPLACE, COLUMN_TYPES(SIGNING_VALUES), NO_COLUMNS, \
        "REPLACE INTO {fcgi:token}(" COLUMNS(SIGNING_VALUES) ") " \
        "VALUES(" PLACES(SIGNING_VALUES) ")") \
    STATEMENT(SIGNING_DELETE, "INTEGER key,", NO_COLUMNS, \
        "DELETE FROM {fcgi:token} WHERE key_id=?") \
    STATEMENT(TOKEN_SUBJECT, "TEXT address of the user,INTEGER user,", TOKEN_SUBJECT_COLUMNS, \
        "SELECT " COLUMNS(TOKEN_SUBJECT_COLUMNS) " " \
        "FROM (SELECT 1 AS one) z " \
        "LEFT JOIN {user_email} m ON m.address=? " \
        "JOIN {user} u ON u.id=COALESCE(m.user_id,?)")
// clang-format on

#endif
