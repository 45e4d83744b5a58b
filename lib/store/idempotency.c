// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests were answered already.
#include "store/idempotency.h"

#include "store/row.h"
#include "store/statements.h"

int idempotency_lock(struct db *db, const struct idempotency_name *name, struct error *error) {
    return row_answer(db, QUERY(STATEMENT_IDEMPOTENCY_LOCK, db_integer(name->api_key_id), db_text(name->key)),
                      error);
}

void idempotency_unlock(struct db *db, const struct idempotency_name *name) {
    struct error ignored = {0};
    struct query query =
        QUERY(STATEMENT_IDEMPOTENCY_UNLOCK, db_integer(name->api_key_id), db_text(name->key));
    // A connection that is lost has lost the lock, too.
    if (row_answer(db, query, &ignored) < 0) error_clear(&ignored);
}

static void take_record(const struct row *row, void *into) {
    struct idempotency_record *record = into;
    record->request = row_copy(row, IDEMPOTENCY_REQUEST);
    record->is_json = row_is_true(row, IDEMPOTENCY_IS_JSON);
    record->is_created = row_is_true(row, IDEMPOTENCY_IS_CREATED);
    record->answer = row_copy(row, IDEMPOTENCY_ANSWER);
    record->expired = row_is_true(row, IDEMPOTENCY_IS_EXPIRED);
}

int idempotency_find(struct db *db, const struct idempotency_name *name, struct arena *arena,
                     struct idempotency_record *record, struct error *error) {
    return row_first(db, QUERY(STATEMENT_IDEMPOTENCY_FIND, db_integer(name->api_key_id), db_text(name->key)),
                     arena, take_record, record, error);
}

struct knowing {
    const struct text *keys;
    size_t count;
    bool *known;
};

static void take_known(const struct row *row, void *into) {
    const struct knowing *knowing = into;
    struct text key = row_text(row, IDEMPOTENCY_KNOWN_KEY);
    for (size_t i = 0; i < knowing->count; i++)
        if (text_equal(key, knowing->keys[i])) knowing->known[i] = true;
}

bool idempotency_known(struct db *db, int64_t api_key_id, const struct text *keys, size_t count, bool *known,
                       struct error *error) {
    struct db_value values[1 + IDEMPOTENCY_KNOWN_MAX] = {db_integer(api_key_id)};
    struct knowing knowing = {keys, count, known};
    for (size_t i = 0; i < IDEMPOTENCY_KNOWN_MAX; i++) {
        values[1 + i] = db_text(i < count ? keys[i] : TEXT_NULL);
        if (i < count) known[i] = false;
    }
    return row_each(db, QUERY_OF(STATEMENT_IDEMPOTENCY_KNOWN, values), NULL, take_known, &knowing, error);
}

int idempotency_table_exists(struct db *db, struct error *error) {
    return row_answer(db, QUERY_WITHOUT_VALUES(STATEMENT_IDEMPOTENCY_TABLE), error);
}

bool idempotency_insert(struct db *db, const struct idempotency_name *name,
                        const struct idempotency_record *record, struct error *error) {
    const struct db_value values[IDEMPOTENCY_VALUES_COUNT] = {
        [IDEMPOTENCY_VALUE_API_KEY] = db_integer(name->api_key_id),
        [IDEMPOTENCY_VALUE_KEY] = db_text(name->key),
        [IDEMPOTENCY_VALUE_REQUEST] = db_text(record->request),
        [IDEMPOTENCY_VALUE_IS_JSON] = db_integer(record->is_json),
        [IDEMPOTENCY_VALUE_IS_CREATED] = db_integer(record->is_created),
        [IDEMPOTENCY_VALUE_ANSWER] = db_text(record->answer),
    };
    uint64_t affected = 0;
    if (!db_execute(db, STATEMENT_IDEMPOTENCY_INSERT, values, IDEMPOTENCY_VALUES_COUNT, &affected, NULL,
                    error))
        return false;
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
