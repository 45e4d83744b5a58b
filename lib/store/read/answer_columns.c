// SPDX-License-Identifier: GPL-2.0-or-later
// Columns of answers, items of lists.
#include "store/read/answer_columns.h"

#include "store/row.h"
#include "store/statements.h"

#define FIELD_FLAG_CLIENT_VIEW 0x100

// The name becomes part of a statement: anything but a word is left alone.
static bool is_word(struct text name) {
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        if (!is_letter && !(c >= '0' && c <= '9') && c != '_') return false;
    }
    return name.length != 0;
}

struct columns {
    struct answer_column *items;
    size_t count;
};

// Of several fields of one name the first counts.
static void take_column(const struct row *row, void *into) {
    struct columns *columns = into;
    struct text name = row_text(row, ANSWER_COLUMN_NAME);
    struct answer_column *last = columns->count ? &columns->items[columns->count - 1] : NULL;
    bool is_again = last && text_equal(last->name, name);
    if (!is_word(name) || (is_again && (last->type.data || row_is_null(row, ANSWER_COLUMN_TYPE)))) return;
    struct answer_column *column =
        is_again ? last : arena_append(row->arena, &columns->items, &columns->count, sizeof *column);
    if (!column) return;
    *column = (struct answer_column){
        .name = row_copy(row, ANSWER_COLUMN_NAME),
        .type = row_copy(row, ANSWER_COLUMN_TYPE),
        .clients_see = (row_integer(row, ANSWER_COLUMN_FLAGS) & FIELD_FLAG_CLIENT_VIEW) != 0,
        .choices = row_copy(row, ANSWER_COLUMN_CHOICES),
    };
}

bool answer_columns_read(struct db *db, struct arena *arena, struct answer_column **columns, size_t *count,
                         struct error *error) {
    struct columns read = {0};
    if (!row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_ANSWER_COLUMNS), arena, take_column, &read, error))
        return false;
    *columns = read.items;
    *count = read.count;
    return !arena->failed || error_too_large(error);
}

static void take_item(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, LISTED_ITEM_ID);
}

bool listed_items_find(struct db *db, int64_t list_id, struct text label, struct arena *arena, int64_t **ids,
                       size_t *count, struct error *error) {
    struct query query = QUERY(STATEMENT_LISTED_ITEMS, db_integer(list_id), db_key(label));
    return row_all(db, query, arena, take_item, ROW_LIST(ids, count), error) &&
           (!arena->failed || error_too_large(error));
}
