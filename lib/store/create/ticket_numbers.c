// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket numbers.
#include "store/create/ticket_numbers.h"

#include "store/row.h"
#include "store/statements.h"

int sequence_next(struct db *db, int64_t sequence_id, int64_t *value, struct error *error) {
    uint64_t found = 0, next = 0;
    struct db_value id = db_integer(sequence_id);
    if (!db_execute(db, STATEMENT_SEQUENCE_NEXT, &id, 1, &found, &next, error)) return -1;
    *value = (int64_t)next;
    return found > 0;
}

static int ask(struct db *db, unsigned statement, struct text number, struct error *error) {
    return row_answer(db, QUERY(statement, db_text(number)), error);
}

int ticket_number_claim(struct db *db, struct text number, struct error *error) {
    int claimed = ask(db, STATEMENT_NUMBER_CLAIM, number, error);
    if (claimed <= 0) return claimed;
    int taken = ask(db, STATEMENT_NUMBER_TAKEN, number, error);
    if (taken == 0) return 1;
    ticket_number_release(db, number);
    return taken < 0 ? -1 : 0;
}

void ticket_number_release(struct db *db, struct text number) {
    struct error ignored = {0};
    if (ask(db, STATEMENT_NUMBER_RELEASE, number, &ignored) < 0) error_clear(&ignored);
}
