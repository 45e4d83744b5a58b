// SPDX-License-Identifier: GPL-2.0-or-later
// The canned response that an agent chose for a ticket.
#include "store/ticket/canned_choice.h"

#include "store/row.h"
#include "store/statements.h"

static void take_choice(const struct row *row, void *into) {
    *(struct canned_choice *)into =
        (struct canned_choice){row_integer(row, CANNED_CHOICE_ID), row_copy(row, CANNED_CHOICE_TEXT)};
}

int canned_choice_find(struct db *db, int64_t ticket_id, struct reference reference, struct arena *arena,
                       struct canned_choice *choice, struct error *error) {
    struct query query = QUERY(STATEMENT_CANNED_CHOICE, db_integer(ticket_id), db_integer(reference.id),
                               db_key(reference.name));
    return row_first(db, query, arena, take_choice, choice, error);
}
