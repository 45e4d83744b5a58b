// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests were answered already.
#include "store/idempotency.h"

#include "db/db.h"
#include "store/statements.h"

// The first column of the first row. 1, 0 (also for NULL), -1.
static int ask(struct db *db, unsigned statement, const struct db_value *values, size_t count,
               struct error *error) {
    struct db_rows *rows;
    if (!db_query(db, statement, values, count, &rows, error)) return -1;
    int state = db_rows_next(rows, error);
    if (state > 0) state = db_rows_integer(rows, 0) != 0;
    db_rows_close(&rows);
    return state;
}

int idempotency_lock(struct db *db, const struct idempotency_name *name, struct error *error) {
    struct db_value values[] = {db_integer(name->api_key_id), db_text(name->key)};
    return ask(db, STATEMENT_IDEMPOTENCY_LOCK, values, 2, error);
}

void idempotency_unlock(struct db *db, const struct idempotency_name *name) {
    struct db_value values[] = {db_integer(name->api_key_id), db_text(name->key)};
    struct error ignored = {0};
    // A connection that is lost has lost the lock, too.
    if (ask(db, STATEMENT_IDEMPOTENCY_UNLOCK, values, 2, &ignored) < 0) error_clear(&ignored);
}

int idempotency_find(struct db *db, const struct idempotency_name *name, struct arena *arena,
                     struct idempotency_record *record, struct error *error) {
    struct db_value values[] = {db_integer(name->api_key_id), db_text(name->key)};
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_IDEMPOTENCY_FIND, values, 2, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) {
        record->request = arena_copy(arena, db_rows_text(rows, 0));
        record->is_json = db_rows_integer(rows, 1) != 0;
        record->is_created = db_rows_integer(rows, 2) != 0;
        record->answer = arena_copy(arena, db_rows_text(rows, 3));
        record->expired = db_rows_integer(rows, 4) != 0;
    }
    db_rows_close(&rows);
    return found;
}

int idempotency_table_exists(struct db *db, struct error *error) {
    return ask(db, STATEMENT_IDEMPOTENCY_TABLE, NULL, 0, error);
}

bool idempotency_insert(struct db *db, const struct idempotency_name *name,
                        const struct idempotency_record *record, struct error *error) {
    struct db_value values[] = {db_integer(name->api_key_id),   db_text(name->key),
                                db_text(record->request),       db_integer(record->is_json),
                                db_integer(record->is_created), db_text(record->answer)};
    uint64_t affected = 0;
    if (!db_execute(db, STATEMENT_IDEMPOTENCY_INSERT, values, 6, &affected, NULL, error)) return false;
    return affected || error_set(error, ERROR_RETRYABLE, "the same request was just answered elsewhere");
}

bool idempotency_delete(struct db *db, const struct idempotency_name *name, struct error *error) {
    struct db_value values[] = {db_integer(name->api_key_id), db_text(name->key)};
    return db_execute(db, STATEMENT_IDEMPOTENCY_DELETE, values, 2, NULL, NULL, error);
}

bool idempotency_purge(struct db *db, int64_t most, uint64_t *purged, struct error *error) {
    struct db_value value = db_integer(most);
    return db_execute(db, STATEMENT_IDEMPOTENCY_PURGE, &value, 1, purged, NULL, error);
}
