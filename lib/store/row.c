// SPDX-License-Identifier: GPL-2.0-or-later
// What a row says, and loops over rows.
#include "store/row.h"

struct row row_part(const struct row *row, unsigned column) {
    return (struct row){row->rows, row->first + column, row->arena};
}

int64_t row_integer(const struct row *row, unsigned column) {
    return db_rows_integer(row->rows, row->first + column);
}

bool row_is_true(const struct row *row, unsigned column) {
    return row_integer(row, column) != 0;
}

bool row_is_null(const struct row *row, unsigned column) {
    return db_rows_is_null(row->rows, row->first + column);
}

struct text row_text(const struct row *row, unsigned column) {
    return db_rows_text(row->rows, row->first + column);
}

struct text row_copy(const struct row *row, unsigned column) {
    struct text text = row_text(row, column);
    return row->arena ? arena_copy(row->arena, text) : text;
}

bool row_take_kind(const struct row *row, unsigned column, const struct row_kind *kinds, size_t count,
                   void *into) {
    struct text kind = row_text(row, column);
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(kind, text_of(kinds[i].kind))) continue;
        kinds[i].take(row, into);
        return true;
    }
    return false;
}

int row_first(struct db *db, struct query query, struct arena *arena, row_take *take, void *into,
              struct error *error) {
    struct row row = {.arena = arena};
    if (!db_query(db, query.statement, query.values, query.count, &row.rows, error)) return -1;
    int found = db_rows_next(row.rows, error);
    if (found > 0) take(&row, into);
    db_rows_close(&row.rows);
    return found;
}

bool row_each(struct db *db, struct query query, struct arena *arena, row_take *take, void *into,
              struct error *error) {
    struct row row = {.arena = arena};
    int more;
    if (!db_query(db, query.statement, query.values, query.count, &row.rows, error)) return false;
    while ((more = db_rows_next(row.rows, error)) > 0) take(&row, into);
    db_rows_close(&row.rows);
    return more == 0;
}

struct appending {
    row_take *take;
    struct row_list list;
};

static void append(const struct row *row, void *into) {
    const struct appending *appending = into;
    void *item = arena_append(row->arena, appending->list.items, appending->list.count, appending->list.size);
    if (item) appending->take(row, item);
}

bool row_all(struct db *db, struct query query, struct arena *arena, row_take *take, struct row_list list,
             struct error *error) {
    struct appending appending = {take, list};
    *(void **)list.items = NULL;
    *list.count = 0;
    return row_each(db, query, arena, append, &appending, error);
}

// Of a statement that asks one thing only.
enum { ANSWER };

static void take_answer(const struct row *row, void *into) {
    *(bool *)into = row_is_true(row, ANSWER);
}

int row_answer(struct db *db, struct query query, struct error *error) {
    bool answer = false;
    return row_first(db, query, NULL, take_answer, &answer, error) < 0 ? -1 : answer;
}
