// SPDX-License-Identifier: GPL-2.0-or-later
// Which columns hold every character.
#include "store/wide_columns.h"

#include "db/db.h"
#include "store/statements.h"

#include <string.h>

bool wide_columns_load(struct db *db, struct arena *arena, struct wide_columns *columns,
                       struct error *error) {
    struct db_rows *rows;
    int more;
    memset(columns, 0, sizeof *columns);
    if (!db_query(db, STATEMENT_WIDE_COLUMNS, NULL, 0, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) {
        struct wide_column *column = arena_append(arena, &columns->items, &columns->count, sizeof *column);
        if (!column) continue;
        column->table = arena_copy(arena, db_rows_text(rows, 0));
        column->column = arena_copy(arena, db_rows_text(rows, 1));
    }
    db_rows_close(&rows);
    return more == 0;
}

bool wide_columns_have(const struct wide_columns *columns, const char *table, const char *column) {
    for (size_t i = 0; i < columns->count; i++)
        if (text_equal(columns->items[i].table, text_of(table)) &&
            text_equal_ignoring_case(columns->items[i].column, text_of(column)))
            return true;
    return false;
}
