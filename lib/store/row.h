// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of a statement: what the one at hand says, and the loop over all of them.
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The row at hand, or a part of it: columns count from `first` on. Copies go into the arena.
struct row {
    struct db_rows *rows;
    unsigned first;
    struct arena *arena; // NULL: nothing is copied, texts are valid until the next row
};

// The part of the row that begins with a column.
struct row row_part(const struct row *row, unsigned column);

// By the columns' enumerations, see columns.h.
int64_t row_integer(const struct row *row, unsigned column); // 0 for NULL
bool row_is_true(const struct row *row, unsigned column);    // an integer that is not 0
bool row_is_null(const struct row *row, unsigned column);
struct text row_text(const struct row *row, unsigned column); // valid until the next row
struct text row_copy(const struct row *row, unsigned column); // in the arena, null for NULL

// What kind of row it is, and who takes that: by the text of a column. False for a kind that is not among
// them.
struct row_kind {
    const char *kind;
    void (*take)(const struct row *row, void *into);
};
bool row_take_kind(const struct row *row, unsigned column, const struct row_kind *kinds, size_t count,
                   void *into);

// A statement with its values.
struct query {
    unsigned statement;
    const struct db_value *values;
    size_t count;
};
#define QUERY(statement, ...)                                                                                \
    ((struct query){statement, (const struct db_value[]){__VA_ARGS__},                                       \
                    sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)})
#define QUERY_WITHOUT_VALUES(statement) ((struct query){statement, NULL, 0})
#define QUERY_OF(statement, values)     ((struct query){statement, values, sizeof(values) / sizeof *(values)})

// Takes what the row at hand says.
typedef void row_take(const struct row *row, void *into);

// Runs a reading statement and hands its first row on. 1: there is one; 0: none; -1: failure.
int row_first(struct db *db, struct query query, struct arena *arena, row_take *take, void *into,
              struct error *error) CHECKED;

// The same for each of its rows.
bool row_each(struct db *db, struct query query, struct arena *arena, row_take *take, void *into,
              struct error *error) CHECKED;

// The same, each with a new zeroed item at the end of an array in the arena, see arena_append(). An arena
// that is full stays so; rows without an item are left out.
struct row_list {
    void *items;
    size_t *count;
    size_t size; // of an item
};
#define ROW_LIST(items, count) ((struct row_list){items, count, sizeof **(items)})
bool row_all(struct db *db, struct query query, struct arena *arena, row_take *take, struct row_list list,
             struct error *error) CHECKED;

// The integer in the first column of the first row: 1 when it is not 0, 0 when it is, NULL, or without a row;
// -1: failure.
int row_answer(struct db *db, struct query query, struct error *error) CHECKED;

#endif
