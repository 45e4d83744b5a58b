// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of queues.c.
#ifndef STORE_READ_QUEUE_STATEMENTS_H
#define STORE_READ_QUEUE_STATEMENTS_H

#include "store/columns.h"

// clang-format off
// A queue q with its usual order o, and what an agent made of it for himself.
#define QUEUE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(QUEUE_ID, INTEGER, "q.id") \
    NEXT(QUEUE_PARENT, INTEGER, "q.parent_id") \
    NEXT(QUEUE_FLAGS, INTEGER, "q.flags") \
    NEXT(QUEUE_STAFF, INTEGER, "q.staff_id") \
    NEXT(QUEUE_CONFIG, TEXT, "q.config") \
    NEXT(QUEUE_ORDER, TEXT, "o.columns") \
    NEXT(QUEUE_SETTING, TEXT, "g.setting")
COLUMN_NAMES(QUEUE_COLUMNS);

#define QUEUE_ORDER_COLUMNS(FIRST, NEXT, PART) FIRST(QUEUE_ORDER_BY, TEXT, "o.columns")
COLUMN_NAMES(QUEUE_ORDER_COLUMNS);

#define QUEUE_TEAM_COLUMNS(FIRST, NEXT, PART) FIRST(QUEUE_TEAM, INTEGER, "m.team_id")
COLUMN_NAMES(QUEUE_TEAM_COLUMNS);

#define QUEUE_STATEMENTS(STATEMENT) \
    STATEMENT(QUEUE_BY_ID, "INTEGER agent,INTEGER queue,", QUEUE_COLUMNS, \
        "SELECT " COLUMNS(QUEUE_COLUMNS) " " \
        "FROM {queue} q " \
        "LEFT JOIN {queue_sort} o ON o.id=q.sort_id " \
        "LEFT JOIN {queue_config} g ON g.queue_id=q.id AND g.staff_id=? " \
        "WHERE q.id=? AND COALESCE(q.root,'T')='T'") \
    STATEMENT(QUEUE_ORDER_OF, "INTEGER order,", QUEUE_ORDER_COLUMNS, \
        "SELECT " COLUMNS(QUEUE_ORDER_COLUMNS) " " \
        "FROM {queue_sort} o " \
        "WHERE o.id=?") \
    STATEMENT(QUEUE_TEAMS, "INTEGER agent,", QUEUE_TEAM_COLUMNS, \
        "SELECT " COLUMNS(QUEUE_TEAM_COLUMNS) " " \
        "FROM {team_member} m " \
        "WHERE m.staff_id=? LIMIT 50")
// clang-format on

#endif
