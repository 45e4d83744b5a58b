// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of ticket_numbers.c.
#ifndef STORE_CREATE_NUMBER_STATEMENTS_H
#define STORE_CREATE_NUMBER_STATEMENTS_H

#include "store/claim_statements.h"
#include "store/columns.h"

// clang-format off
// Whether a ticket has the number, and the mark of its claim.
#define NUMBER_LOOKED(FIRST, NEXT, PART) \
    FIRST(NUMBER_LOOK_TAKEN, INTEGER, "EXISTS(SELECT 1 FROM {ticket} t WHERE t.number=?)") \
    NEXT(NUMBER_LOOK_MARK, TEXT, \
         "(SELECT i.request FROM {fcgi:idempotency} i WHERE i.api_key_id=0 AND i.idempotency_key=" CLAIM_ROW_KEY ")")
COLUMN_NAMES(NUMBER_LOOKED);

// Without a row for claims. 0: somebody else has the claim; 1: it is ours, and no ticket has the number; 2: a ticket has it. IF() looks for the
// ticket when the claim is ours, not before.
#define NUMBER_CLAIMED(FIRST, NEXT, PART) \
    FIRST(NUMBER_CLAIM_STATE, INTEGER, \
          "IF(GET_LOCK(" CLAIM_OF_NUMBER ",0),IF(EXISTS(SELECT 1 FROM {ticket} t WHERE t.number=?),2,1),0)")
COLUMN_NAMES(NUMBER_CLAIMED);

#define NUMBER_STATEMENTS(STATEMENT) \
    /* The value that is used comes back as the insert id. */ \
    STATEMENT(SEQUENCE_NEXT, "INTEGER sequence,", NO_COLUMNS, \
        "UPDATE {sequence} " \
        "SET next=LAST_INSERT_ID(next)+COALESCE(increment,1),updated=NOW() " \
        "WHERE id=?") \
    STATEMENT(NUMBER_LOOK, "TEXT number,TEXT kind,TEXT number,", NUMBER_LOOKED, \
        "SELECT " COLUMNS(NUMBER_LOOKED)) \
    STATEMENT(NUMBER_CLAIM, "TEXT number,TEXT number,", NUMBER_CLAIMED, \
        "SELECT " COLUMNS(NUMBER_CLAIMED))
// clang-format on

#endif
