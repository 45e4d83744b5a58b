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
// Which of those that are sought it is, or what else.
#define LOOKED_PARTY(FIRST, NEXT, PART) \
    FIRST(LOOKED_PARTY_PLACE, INTEGER, ) \
    PART(LOOKED_PARTY_PARTY, THREAD_PARTY)
COLUMN_NAMES(LOOKED_PARTY);
#define LOOKED_PARTY_KNOWN (-1)
#define LOOKED_PARTY_BAN (-2)
#define PARTIES_SOUGHT_AT_ONCE 16

#define PARTIES_KNOWN \
    "FROM {thread_collaborator} c " \
    "JOIN {user} u ON u.id=c.user_id " \
    "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
    "WHERE c.thread_id=? "
#define PARTIES_LOOK \
    "SELECT -1," COLUMNS(THREAD_PARTY) " " PARTIES_KNOWN \
    "UNION ALL (SELECT -2," NULLS(THREAD_PARTY) " " \
    "FROM {filter_rule} r " \
    "JOIN {filter} f ON f.id=r.filter_id AND f.isactive=1 AND f.name='SYSTEM BAN LIST' " \
    "WHERE r.isactive=1 AND r.what='email' " \
    "AND r.val IN (SELECT " UNIFORM("m.address") " FROM {user_email} m WHERE m.user_id=?) LIMIT 1) "
// By its place, then as THREAD_PARTIES has them.
#define PARTIES_LOOK_ORDER "ORDER BY 1,5,2"
#define PARTY_SOUGHT(place) \
    "UNION ALL (SELECT " place "," COLUMNS(THREAD_PARTY_TO_BE) " " \
    "FROM {user} u " \
    "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
    "WHERE u.id=? OR u.id=(SELECT x.user_id FROM {user_email} x WHERE x.address=? LIMIT 1) LIMIT 1) "
#define TYPE_OF_SOUGHT "INTEGER user,TEXT address,"
#define TYPES_OF_FOUR_SOUGHT TYPE_OF_SOUGHT TYPE_OF_SOUGHT TYPE_OF_SOUGHT TYPE_OF_SOUGHT

#define THREAD_PARTY_STATEMENTS(STATEMENT) \
    STATEMENT(THREAD_PARTIES, "INTEGER thread,", THREAD_PARTY, \
        "SELECT " COLUMNS(THREAD_PARTY) " " PARTIES_KNOWN \
        "ORDER BY u.name,c.id") \
    STATEMENT(THREAD_PARTIES_LOOK, "INTEGER thread,INTEGER owner,", LOOKED_PARTY, \
        PARTIES_LOOK PARTIES_LOOK_ORDER) \
    STATEMENT(THREAD_PARTIES_SEEK, "INTEGER thread,INTEGER owner," \
        TYPES_OF_FOUR_SOUGHT TYPES_OF_FOUR_SOUGHT TYPES_OF_FOUR_SOUGHT TYPES_OF_FOUR_SOUGHT, LOOKED_PARTY, \
        PARTIES_LOOK \
        PARTY_SOUGHT("0") PARTY_SOUGHT("1") PARTY_SOUGHT("2") PARTY_SOUGHT("3") \
        PARTY_SOUGHT("4") PARTY_SOUGHT("5") PARTY_SOUGHT("6") PARTY_SOUGHT("7") \
        PARTY_SOUGHT("8") PARTY_SOUGHT("9") PARTY_SOUGHT("10") PARTY_SOUGHT("11") \
        PARTY_SOUGHT("12") PARTY_SOUGHT("13") PARTY_SOUGHT("14") PARTY_SOUGHT("15") \
        PARTIES_LOOK_ORDER) \
    STATEMENT(THREAD_PARTY_SWITCH, "INTEGER active,INTEGER row,", NO_COLUMNS, \
        "UPDATE {thread_collaborator} " \
        "SET flags=IF(?,flags|1,flags&~1),updated=NOW() " \
        "WHERE id=?") \
    STATEMENT(THREAD_PARTY_INSERT, "INTEGER thread,INTEGER user,", NO_COLUMNS, \
        "INSERT INTO {thread_collaborator}(thread_id,user_id,flags,role,created,updated) " \
        "VALUES(?,?,3,'M',NOW(),NOW())")
// clang-format on

#endif
