// SPDX-License-Identifier: GPL-2.0-or-later
// What search does not know yet.
#include "store/cron/index.h"

#include "db/db.h"
#include "store/row.h"
#include "store/slots.h"
#include "store/statements.h"
#include "store/text_fit.h"

#define INDEX_COLUMNS 4
#define TEXT_COLUMN   65535 // bytes
#define COUNT(list)   (sizeof(list) / sizeof *(list))

static void take_switch(const struct row *row, void *into) {
    struct text value = row_text(row, REINDEX_VALUE);
    *(bool *)into = value.length && !text_equal(value, TEXT("0"));
}

int cron_index_is_wanted(struct db *db, struct error *error) {
    bool wanted = true;
    int found =
        row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_CRON_REINDEX), NULL, take_switch, &wanted, error);
    return found < 0 ? -1 : wanted;
}

bool cron_index_is_full(struct db *db, struct error *error) {
    return db_execute(db, STATEMENT_CRON_REINDEXED, NULL, 0, NULL, NULL, error);
}

struct found_rows {
    struct unindexed *rows;
    size_t *count;
};

static void take_unindexed(const struct row *row, void *into) {
    struct found_rows *found = into;
    if (*found->count == CRON_INDEX_ROWS) return;
    found->rows[(*found->count)++] =
        (struct unindexed){row_integer(row, UNINDEXED_ID), row_copy(row, UNINDEXED_FIRST),
                           row_copy(row, UNINDEXED_SECOND), row_copy(row, UNINDEXED_THIRD)};
}

bool cron_index_next(struct db *db, enum cron_index_kind kind, int64_t from, struct arena *arena,
                     struct unindexed rows[CRON_INDEX_ROWS], size_t *count, struct error *error) {
    static const unsigned statements_of[] = {
        [INDEX_ENTRIES] = STATEMENT_CRON_INDEX_ENTRIES,
        [INDEX_TICKETS] = STATEMENT_CRON_INDEX_TICKETS,
        [INDEX_USERS] = STATEMENT_CRON_INDEX_USERS,
        [INDEX_ORGANIZATIONS] = STATEMENT_CRON_INDEX_ORGANIZATIONS,
        [INDEX_FAQS] = STATEMENT_CRON_INDEX_FAQS,
    };
    struct found_rows found = {rows, count};
    *count = 0;
    return row_each(db, QUERY(statements_of[kind], db_integer(from)), arena, take_unindexed, &found, error) &&
           (!arena->failed || error_set(error, ERROR_TOO_LARGE, "texts for search do not fit into memory"));
}

bool cron_answers(struct db *db, const char *object_type, int64_t object_id, struct arena *arena,
                  struct form_answer **answers, size_t *count, struct error *error) {
    unsigned statement = *object_type == 'T' ? STATEMENT_CRON_TICKET_ANSWERS : STATEMENT_CRON_ANSWERS;
    struct query query = QUERY(statement, db_string(object_type), db_integer(object_id));
    return row_all(db, query, arena, form_answer_take, ROW_LIST(answers, count), error) &&
           (!arena->failed || error_set(error, ERROR_TOO_LARGE, "the answers do not fit into memory"));
}

// Whole characters of at most so many bytes.
static struct text fitting(struct text text) {
    size_t length = TEXT_COLUMN;
    if (text.length <= length) return text;
    while (length && ((unsigned char)text.data[length] & 0xC0) == 0x80) length--;
    return (struct text){text.data, length};
}

bool cron_index_add(struct work *work, const struct search_row *rows, size_t count, struct error *error) {
    struct db_value values[SLOT_COUNT * INDEX_COLUMNS + 1];
    for (size_t i = 0; i < COUNT(values); i++) values[i] = db_text(TEXT_NULL);
    for (size_t i = 0; i < count && i < SLOT_COUNT; i++) {
        struct search_row row = rows[i];
        if (!text_fit(work, "_search", TEXT("title"), false, &row.title, error) ||
            !text_fit(work, "_search", TEXT("content"), false, &row.content, error))
            return false;
        values[i] = db_string(rows[i].object_type);
        values[SLOT_COUNT + i] = db_integer(rows[i].object_id);
        values[2 * SLOT_COUNT + i] = db_text(fitting(row.title));
        values[3 * SLOT_COUNT + i] = db_text(fitting(row.content));
    }
    values[SLOT_COUNT * INDEX_COLUMNS] = db_integer((int64_t)count);
    return !count || db_execute(work->db, STATEMENT_CRON_INDEX, values, COUNT(values), NULL, NULL, error);
}
