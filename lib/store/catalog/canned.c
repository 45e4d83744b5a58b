// SPDX-License-Identifier: GPL-2.0-or-later
// Canned responses and queues out of rows.
#include "store/catalog/canned.h"

#include "store/row.h"
#include "store/statements.h"

static void take_canned(const struct row *row, void *into) {
    *(struct catalog_canned *)into = (struct catalog_canned){
        .id = row_integer(row, CATALOG_CANNED_ID),
        .title = row_copy(row, CATALOG_CANNED_TITLE),
        .language = row_copy(row, CATALOG_CANNED_LANGUAGE),
        .department = named_of(row, CATALOG_CANNED_DEPARTMENT, CATALOG_CANNED_DEPARTMENT_NAME),
    };
}

static void take_canned_text(const struct row *row, void *into) {
    take_canned(row, into);
    ((struct catalog_canned *)into)->text = row_copy(row, CATALOG_CANNED_TEXT);
}

bool catalog_canned_read(struct db *db, struct arena *arena, struct catalog_canned **canned, size_t *count,
                         struct error *error) {
    return row_all(db, QUERY_WITHOUT_VALUES(STATEMENT_CATALOG_CANNED), arena, take_canned,
                   ROW_LIST(canned, count), error) &&
           (!arena->failed || error_too_large(error));
}

int catalog_canned_text_read(struct db *db, int64_t id, struct arena *arena, struct catalog_canned *canned,
                             struct error *error) {
    return row_first(db, QUERY(STATEMENT_CATALOG_CANNED_TEXT, db_integer(id)), arena, take_canned_text,
                     canned, error);
}

static void take_queue(const struct row *row, void *into) {
    *(struct catalog_queue *)into = (struct catalog_queue){
        .id = row_integer(row, CATALOG_QUEUE_ID),
        .parent = row_integer(row, CATALOG_QUEUE_PARENT),
        .title = row_copy(row, CATALOG_QUEUE_TITLE),
        .owner_id = row_integer(row, CATALOG_QUEUE_OWNER),
    };
}

bool catalog_queues_read(struct db *db, struct arena *arena, struct catalog_queue **queues, size_t *count,
                         struct error *error) {
    return row_all(db, QUERY_WITHOUT_VALUES(STATEMENT_CATALOG_QUEUES), arena, take_queue,
                   ROW_LIST(queues, count), error) &&
           (!arena->failed || error_too_large(error));
}
