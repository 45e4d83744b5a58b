// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of thread_party.c.
#ifndef STORE_TICKET_THREAD_PARTY_STATEMENTS_H
#define STORE_TICKET_THREAD_PARTY_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
#define PARTY_COLUMNS(FIRST, NEXT, PART, id, flags) \
    FIRST(THREAD_PARTY_ID, INTEGER, id) \
    NEXT(THREAD_PARTY_USER, INTEGER, "u.id") \
    NEXT(THREAD_PARTY_FLAGS, INTEGER, flags) \
    NEXT(THREAD_PARTY_NAME, TEXT, "u.name") \
    NEXT(THREAD_PARTY_ADDRESS, TEXT, "m.address")
#define THREAD_PARTY(FIRST, NEXT, PART) PARTY_COLUMNS(FIRST, NEXT, PART, "c.id", "c.flags")
#define THREAD_PARTY_TO_BE(FIRST, NEXT, PART) PARTY_COLUMNS(FIRST, NEXT, PART, "0", "0")
COLUMN_NAMES(THREAD_PARTY);

#define USER_BANNED_COLUMNS(FIRST, NEXT, PART) FIRST(, INTEGER, "1")

#define THREAD_PARTY_STATEMENTS(STATEMENT) \
    STATEMENT(USER_IS_BANNED, "INTEGER user,", USER_BANNED_COLUMNS, \
        "SELECT " COLUMNS(USER_BANNED_COLUMNS) " " \
        "FROM {filter_rule} r " \
        "JOIN {filter} f ON f.id=r.filter_id AND f.isactive=1 AND f.name='SYSTEM BAN LIST' " \
        "WHERE r.isactive=1 AND r.what='email' " \
        "AND r.val IN (SELECT " UNIFORM("m.address") " FROM {user_email} m WHERE m.user_id=?) LIMIT 1") \
    STATEMENT(THREAD_PARTIES, "INTEGER thread,", THREAD_PARTY, \
        "SELECT " COLUMNS(THREAD_PARTY) " " \
        "FROM {thread_collaborator} c " \
        "JOIN {user} u ON u.id=c.user_id " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE c.thread_id=? " \
        "ORDER BY u.name,c.id") \
    STATEMENT(THREAD_PARTY_FIND, "INTEGER user,TEXT address,", THREAD_PARTY_TO_BE, \
        "SELECT " COLUMNS(THREAD_PARTY_TO_BE) " " \
        "FROM {user} u " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE u.id=? OR u.id=(SELECT x.user_id FROM {user_email} x WHERE x.address=? LIMIT 1) LIMIT 1") \
    STATEMENT(THREAD_PARTY_SWITCH, "INTEGER active,INTEGER row,", NO_COLUMNS, \
        "UPDATE {thread_collaborator} " \
        "SET flags=IF(?,flags|1,flags&~1),updated=NOW() " \
        "WHERE id=?") \
    STATEMENT(THREAD_PARTY_INSERT, "INTEGER thread,INTEGER user,", NO_COLUMNS, \
        "INSERT INTO {thread_collaborator}(thread_id,user_id,flags,role,created,updated) " \
        "VALUES(?,?,3,'M',NOW(),NOW())")
// clang-format on

#endif
