// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of children.c.
#ifndef STORE_TICKET_CHILDREN_STATEMENTS_H
#define STORE_TICKET_CHILDREN_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define CHILD_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CHILD_ID, INTEGER, "n.ticket_id") \
    NEXT(CHILD_NUMBER, TEXT, "n.number")
COLUMN_NAMES(CHILD_COLUMNS);

#define CHILDREN_STATEMENTS(STATEMENT) \
    STATEMENT(TICKET_CHILDREN, "INTEGER ticket,", CHILD_COLUMNS, \
        "SELECT " COLUMNS(CHILD_COLUMNS) " " \
        "FROM {ticket} n " \
        "WHERE n.ticket_pid=? " \
        "ORDER BY n.ticket_id LIMIT 1000")
// clang-format on

#endif
