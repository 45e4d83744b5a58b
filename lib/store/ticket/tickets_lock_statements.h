// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of tickets_lock.c.
#ifndef STORE_TICKET_TICKETS_LOCK_STATEMENTS_H
#define STORE_TICKET_TICKETS_LOCK_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define TICKETS_LOCK_COLUMNS(FIRST, NEXT, PART) \
    FIRST(TICKETS_LOCK_ID, INTEGER, "t.ticket_id")
COLUMN_NAMES(TICKETS_LOCK_COLUMNS);

// As many ids as TICKETS_LOCK_MAX; 0 where fewer are wanted.
#define TICKETS_LOCK_STATEMENTS(STATEMENT) \
    STATEMENT(TICKETS_LOCK, "20 INTEGER ticket,", TICKETS_LOCK_COLUMNS, \
        "SELECT " COLUMNS(TICKETS_LOCK_COLUMNS) " " \
        "FROM {ticket} t FORCE INDEX(PRIMARY) " \
        "WHERE t.ticket_id IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) " \
        "ORDER BY t.ticket_id FOR UPDATE")
// clang-format on

#endif
