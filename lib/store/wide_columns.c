// SPDX-License-Identifier: GPL-2.0-or-later
// Which columns hold every character.
#include "store/wide_columns.h"

#include "store/row.h"
#include "store/statements.h"

static void take_column(const struct row *row, void *into) {
    struct wide_column *column = into;
    column->table = row_copy(row, WIDE_TABLE);
    column->column = row_copy(row, WIDE_COLUMN);
}

bool wide_columns_load(struct db *db, struct arena *arena, struct wide_columns *columns,
                       struct error *error) {
    return row_all(db, QUERY_WITHOUT_VALUES(STATEMENT_WIDE_COLUMNS), arena, take_column,
                   ROW_LIST(&columns->items, &columns->count), error);
}

bool wide_columns_have(const struct wide_columns *columns, const char *table, struct text column) {
    for (size_t i = 0; i < columns->count; i++)
        if (text_equal(columns->items[i].table, text_of(table)) &&
            text_equal_ignoring_case(columns->items[i].column, column))
            return true;
    return false;
}
