// SPDX-License-Identifier: GPL-2.0-or-later
// Claims of numbers and Message-IDs.
#include "store/claims.h"

#include "store/row.h"
#include "store/statements.h"

void claims_release(struct db *db, struct text number, struct text message_id) {
    struct error ignored = {0};
    if (row_answer(db, QUERY(STATEMENT_CLAIMS_RELEASE, db_text(number), db_text(message_id)), &ignored) < 0)
        error_clear(&ignored);
}

static struct text or_none(struct text text) {
    return text.data ? text : TEXT("");
}

bool claims_release_behind(struct db *db, const struct claims *claims, struct error *error) {
    const struct db_value values[] = {db_text(or_none(claims->number)), db_text(or_none(claims->message_id))};
    return db_run_behind(db, STATEMENT_CLAIMS_RELEASE, values, 2, error);
}
