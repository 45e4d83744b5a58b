// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket numbers.
#include "store/create/ticket_numbers.h"

#include "db/db.h"
#include "store/statements.h"

int sequence_next(struct db *db, int64_t sequence_id, int64_t *value, struct error *error) {
    uint64_t found = 0, next = 0;
    struct db_value id = db_integer(sequence_id);
    if (!db_execute(db, STATEMENT_SEQUENCE_NEXT, &id, 1, &found, &next, error)) return -1;
    *value = (int64_t)next;
    return found > 0;
}

// The number in the first column, 0 without a row or for NULL.
static int ask(struct db *db, unsigned statement, struct text number, struct error *error) {
    struct db_value value = db_text(number);
    struct db_rows *rows;
    if (!db_query(db, statement, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    int answer = found > 0 ? db_rows_integer(rows, 0) != 0 : found;
    db_rows_close(&rows);
    return answer;
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
