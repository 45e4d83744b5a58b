// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of tickets_find.c.
#ifndef STORE_TICKET_TICKETS_FIND_STATEMENTS_H
#define STORE_TICKET_TICKETS_FIND_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define FOUND_TICKET_PART(FIRST, NEXT, PART) \
    FIRST(FOUND_TICKET_ID, INTEGER, "t.ticket_id") \
    NEXT(FOUND_TICKET_PARENT, INTEGER, "t.ticket_pid") \
    NEXT(FOUND_TICKET_FLAGS, INTEGER, "t.flags")
COLUMN_NAMES(FOUND_TICKET_PART);
// Which number it was found by, or FOUND_BY_ID.
#define FOUND_TICKET_COLUMNS(FIRST, NEXT, PART) \
    FIRST(FOUND_TICKET_PLACE, INTEGER, ) \
    PART(FOUND_TICKET, FOUND_TICKET_PART)
COLUMN_NAMES(FOUND_TICKET_COLUMNS);
#define FOUND_BY_ID (-1)

#define FOUND_BY_NUMBER(place) \
    "(SELECT " place "," COLUMNS(FOUND_TICKET_PART) " FROM {ticket} t WHERE t.number=? LIMIT 2) UNION ALL "
// As many numbers and ids as TICKETS_LOCK_MAX; NULL and 0 where fewer are wanted. Each number is compared by itself: a table
// of them would have a collation of its own.
#define TICKETS_FIND_STATEMENTS(STATEMENT) \
    STATEMENT(TICKETS_FIND, "20 TEXT number,20 INTEGER ticket,", FOUND_TICKET_COLUMNS, \
        FOUND_BY_NUMBER("0") FOUND_BY_NUMBER("1") FOUND_BY_NUMBER("2") FOUND_BY_NUMBER("3") FOUND_BY_NUMBER("4") \
        FOUND_BY_NUMBER("5") FOUND_BY_NUMBER("6") FOUND_BY_NUMBER("7") FOUND_BY_NUMBER("8") FOUND_BY_NUMBER("9") \
        FOUND_BY_NUMBER("10") FOUND_BY_NUMBER("11") FOUND_BY_NUMBER("12") FOUND_BY_NUMBER("13") FOUND_BY_NUMBER("14") \
        FOUND_BY_NUMBER("15") FOUND_BY_NUMBER("16") FOUND_BY_NUMBER("17") FOUND_BY_NUMBER("18") FOUND_BY_NUMBER("19") \
        "SELECT -1," COLUMNS(FOUND_TICKET_PART) " FROM {ticket} t " \
        "WHERE t.ticket_id IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
// clang-format on

#endif
