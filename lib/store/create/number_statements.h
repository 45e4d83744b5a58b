// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of ticket_numbers.c.
#ifndef STORE_CREATE_NUMBER_STATEMENTS_H
#define STORE_CREATE_NUMBER_STATEMENTS_H

#include "store/columns.h"

// clang-format off
// The name of a number's lock: this help desk's alone, and no longer than a lock's name may be.
#define NUMBER_LOCK_NAME "SHA2(CONCAT(DATABASE(),'{ticket}',?),256)"
#define NUMBER_IS_TAKEN(FIRST, NEXT, PART) FIRST(, INTEGER, "EXISTS(SELECT 1 FROM {ticket} t WHERE t.number=?)")
#define NUMBER_CLAIMED(FIRST, NEXT, PART) FIRST(, INTEGER, "GET_LOCK(" NUMBER_LOCK_NAME ",0)")
#define NUMBER_RELEASED(FIRST, NEXT, PART) FIRST(, INTEGER, "RELEASE_LOCK(" NUMBER_LOCK_NAME ")")

#define NUMBER_STATEMENTS(STATEMENT) \
    /* The value that is used comes back as the insert id. */ \
    STATEMENT(SEQUENCE_NEXT, "INTEGER sequence,", NO_COLUMNS, \
        "UPDATE {sequence} " \
        "SET next=LAST_INSERT_ID(next)+COALESCE(increment,1),updated=NOW() " \
        "WHERE id=?") \
    STATEMENT(NUMBER_TAKEN, "TEXT number,", NUMBER_IS_TAKEN, \
        "SELECT " COLUMNS(NUMBER_IS_TAKEN)) \
    STATEMENT(NUMBER_CLAIM, "TEXT number,", NUMBER_CLAIMED, \
        "SELECT " COLUMNS(NUMBER_CLAIMED)) \
    STATEMENT(NUMBER_RELEASE, "TEXT number,", NUMBER_RELEASED, \
        "SELECT " COLUMNS(NUMBER_RELEASED))
// clang-format on

#endif
