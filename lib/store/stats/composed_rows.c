// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of statements that were put together.
#include "store/stats/composed_rows.h"

bool composed_rows_each(struct db *db, struct composed *composed, struct arena *arena, row_take *take,
                        void *into, struct error *error) {
    struct row row = {.arena = arena};
    int more = 0;
    bool done = !composed->sql.failed || error_set(error, ERROR_TOO_LARGE, "too many conditions");
    done = done && db_query_text(db, composed->sql.data, composed->values, composed->count, &row.rows, error);
    if (done) {
        while ((more = db_rows_next(row.rows, error)) > 0) take(&row, into);
        db_rows_close(&row.rows);
    }
    buffer_free(&composed->sql);
    return done && more == 0;
}
