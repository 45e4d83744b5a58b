// SPDX-License-Identifier: GPL-2.0-or-later
// Who replies to what.
#include "store/reply_target.h"

#include "db/db.h"
#include "store/statements.h"

#include <string.h>

bool reply_target_find(struct db *db, struct text number, struct text username, struct arena *arena,
                       struct reply_target *target, struct error *error) {
    struct db_value values[] = {db_key(number), db_key(username)};
    struct db_rows *rows;
    memset(target, 0, sizeof *target);
    if (!db_query(db, STATEMENT_REPLY_TARGET, values, 2, &rows, error)) return false;
    int found = db_rows_next(rows, error);
    if (found > 0) {
        target->ticket_id = db_rows_integer(rows, 0);
        staff_take(rows, 1, arena, &target->staff);
    }
    db_rows_close(&rows);
    return found >= 0;
}
