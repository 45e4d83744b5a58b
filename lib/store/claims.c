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
