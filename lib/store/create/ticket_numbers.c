// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket numbers.
#include "store/create/ticket_numbers.h"

#include "store/claims.h"
#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

int sequence_next(struct db *db, int64_t sequence_id, int64_t *value, struct error *error) {
    uint64_t found = 0, next = 0;
    struct db_value id = db_integer(sequence_id);
    if (!db_execute(db, STATEMENT_SEQUENCE_NEXT, &id, 1, &found, &next, error)) return -1;
    *value = (int64_t)next;
    return found > 0;
}

// What is known of a number.
struct number_look {
    bool taken;
    struct claim *claim;
};

static void take_look(const struct row *row, void *into) {
    struct number_look *look = into;
    look->taken = row_is_true(row, NUMBER_LOOK_TAKEN);
    claim_take_mark(look->claim, row_text(row, NUMBER_LOOK_MARK));
}

static void take_state(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, NUMBER_CLAIM_STATE);
}

static int lock(struct db *db, struct text number, struct claim *claim, struct error *error) {
    int64_t state = 0;
    struct query query = QUERY(STATEMENT_NUMBER_CLAIM, db_text(number), db_text(number));
    if (row_first(db, query, NULL, take_state, &state, error) < 0) return -1;
    claim->locked = state != 0;
    return state == 1;
}

static void unlock(struct db *db, struct text number, struct claim *claim) {
    const struct claims claims = {.number = {.name = number, .locked = claim->locked}};
    claims_release(db, &claims);
    claim->locked = false;
}

int ticket_number_claim(struct db *db, struct text number, struct claims *claims, struct error *error) {
    struct claim *claim = &claims->number;
    struct number_look look = {false, claim};
    *claim = (struct claim){.name = TEXT_NULL};
    struct query query =
        QUERY(STATEMENT_NUMBER_LOOK, db_text(number), db_string(CLAIM_KIND_OF_NUMBER), db_text(number));
    int found = claims->by_lock ? 0 : row_first(db, query, NULL, take_look, &look, error);
    if (found > 0) return !look.taken;
    claims->by_lock = claims->by_lock || own_table_is_missing(error);
    if (!claims->by_lock) return -1;
    error_clear(error);
    int locked = lock(db, number, claim, error);
    if (locked == 0) unlock(db, number, claim);
    return locked;
}
