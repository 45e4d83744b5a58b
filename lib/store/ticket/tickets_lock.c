// SPDX-License-Identifier: GPL-2.0-or-later
// Several tickets, locked.
#include "store/ticket/tickets_lock.h"

#include "store/row.h"
#include "store/statements.h"

static void pass(const struct row *row, void *into) {
    (void)row, (void)into;
}

bool tickets_lock(struct db *db, const int64_t *ids, size_t count, struct error *error) {
    struct db_value values[TICKETS_LOCK_MAX];
    for (size_t i = 0; i < TICKETS_LOCK_MAX; i++) values[i] = i < count ? db_integer(ids[i]) : db_integer(0);
    const struct query query = {STATEMENT_TICKETS_LOCK, values, TICKETS_LOCK_MAX};
    return row_each(db, query, NULL, pass, NULL, error);
}
