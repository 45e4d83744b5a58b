// SPDX-License-Identifier: GPL-2.0-or-later
// Writing statements: run at once, or left waiting to be sent together with others.
#include "db/sending.h"
#include "db/statement.h"

bool db_send(struct db *db, struct error *error) {
    bool committed;
    return sending_do(db, false, &committed, error);
}

// An id that is told already is a number like any other.
static void settle_ids(struct db *db, const struct db_value *values, size_t count,
                       struct db_value settled[DB_VALUES_MAX]) {
    for (size_t i = 0; i < count; i++) {
        settled[i] = values[i];
        if (values[i].kind == DB_INSERTED && !batch_giving(&db->batch, values[i].inserted))
            settled[i] = db_integer((int64_t)*values[i].inserted);
    }
}

static bool waits(struct db *db, const struct batch_statement *statement) {
    struct db_value settled[DB_VALUES_MAX];
    struct batch_statement added = *statement;
    if (statement->count > DB_VALUES_MAX) return false;
    settle_ids(db, statement->values, statement->count, settled);
    added.values = settled;
    return batch_add(&db->batch, &added);
}

// `later`: the outcome may be told later.
static bool execute(struct db *db, const struct batch_statement *statement, bool later, struct error *error) {
    if (db->rows.statement) return error_set(error, ERROR_INTERNAL, "a result is still open");
    later = later || (!statement->affected && !statement->insert_id);
    db->writes++;
    if (db->gathers && (later || db->batch.count)) {
        if (waits(db, statement)) return later || db_send(db, error);
        if (!db_send(db, error)) return false;
        if (later && waits(db, statement)) return true;
    }
    return statement_execute(db, statement, error);
}

bool db_execute(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                uint64_t *affected, uint64_t *insert_id, struct error *error) {
    const struct batch_statement wanted = {statement, NULL, values, count, affected, insert_id, false};
    return execute(db, &wanted, false, error);
}

bool db_execute_later(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                      uint64_t *affected, uint64_t *insert_id, struct error *error) {
    const struct batch_statement wanted = {statement, NULL, values, count, affected, insert_id, false};
    return execute(db, &wanted, true, error);
}

bool db_execute_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                     struct error *error) {
    const struct batch_statement wanted = {0, sql, values, count, NULL, NULL, false};
    return execute(db, &wanted, false, error);
}

bool db_run_behind(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                   struct error *error) {
    const struct batch_statement wanted = {statement, NULL, values, count, NULL, NULL, false};
    batch_clear(&db->behind);
    return batch_add(&db->behind, &wanted) ||
           error_set(error, ERROR_INTERNAL, "what is to run behind a transaction is too long");
}
