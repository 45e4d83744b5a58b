// SPDX-License-Identifier: GPL-2.0-or-later
// Several rows of one table in one round trip.
#include "store/row_batch.h"

#include "base/buffer.h"

#include <string.h>

#define ROWS_MAX 16 // in one statement: each number of rows is a text of its own that stays prepared
#define SQL_MAX  16384

static bool insert(struct db *db, unsigned statement, const struct db_value *values, size_t columns,
                   size_t rows, struct error *error) {
    const char *text = db_statement(db, statement), *row = strstr(text, "VALUES");
    if (rows == 1) return db_execute(db, statement, values, columns, NULL, NULL, error);
    if (!row) return error_set(error, ERROR_INTERNAL, "a statement has no VALUES to repeat");
    row += strlen("VALUES");
    const char *behind = strstr(row, " ON DUPLICATE KEY ");
    if (!behind) behind = row + strlen(row);
    struct buffer sql = buffer_new(SQL_MAX);
    buffer_add(&sql, text, (size_t)(behind - text));
    for (size_t i = 1; i < rows; i++) buffer_add_format(&sql, ",%.*s", (int)(behind - row), row);
    buffer_add_string(&sql, behind);
    bool done = !sql.failed && db_execute_text(db, sql.data, values, columns * rows, error);
    if (sql.failed) error_set(error, ERROR_INTERNAL, "a statement with many rows is too long");
    buffer_free(&sql);
    return done;
}

bool row_batch_insert(struct db *db, unsigned statement, const struct db_value *values, size_t columns,
                      size_t rows, struct error *error) {
    for (size_t first = 0; first < rows; first += ROWS_MAX) {
        size_t count = rows - first < ROWS_MAX ? rows - first : ROWS_MAX;
        if (!insert(db, statement, values + first * columns, columns, count, error)) return false;
    }
    return true;
}
