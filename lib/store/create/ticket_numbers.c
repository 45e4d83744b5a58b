// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket numbers.
#include "store/create/ticket_numbers.h"

#include "store/claims.h"
#include "store/row.h"
#include "store/statements.h"

int sequence_next(struct db *db, int64_t sequence_id, int64_t *value, struct error *error) {
    uint64_t found = 0, next = 0;
    struct db_value id = db_integer(sequence_id);
    if (!db_execute(db, STATEMENT_SEQUENCE_NEXT, &id, 1, &found, &next, error)) return -1;
    *value = (int64_t)next;
    return found > 0;
}

static void take_state(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, NUMBER_CLAIM_STATE);
}

int ticket_number_claim(struct db *db, struct text number, struct error *error) {
    int64_t state = 0;
    struct query query = QUERY(STATEMENT_NUMBER_CLAIM, db_text(number), db_text(number));
    if (row_first(db, query, NULL, take_state, &state, error) < 0) return -1;
    if (state == 2) ticket_number_release(db, number);
    return state == 1;
}

void ticket_number_release(struct db *db, struct text number) {
    claims_release(db, number, TEXT(""));
}
