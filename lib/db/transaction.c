// SPDX-License-Identifier: GPL-2.0-or-later
// Transactions: from BEGIN to COMMIT, and whether the server still knows of one.
#include "db/transaction.h"

#include "db/sending.h"

bool transaction_is_still_open(const struct db *db) {
    return !db->in_transaction || (db->mysql && db->mysql->server_status & SERVER_STATUS_IN_TRANS);
}

bool transaction_fail_as_ended(struct db *db, bool wrote_alone, struct error *error) {
    db->in_transaction = db->wrote = db->gathers = false;
    error_set(error, wrote_alone ? ERROR_UNKNOWN : ERROR_RETRYABLE, "the database took the transaction back");
    error_detail(error, "database: the transaction was open here and not at the server%s",
                 wrote_alone ? "; one statement was stored by itself" : "");
    return false;
}

void db_gather(struct db *db, size_t few) {
    db->few = few;
    db->gathers = db->in_transaction;
}

static bool send(struct db *db, const char *sql, bool commit, struct error *error) {
    db->trips++;
    return mysql_query(db->mysql, sql) == 0 || db_fail(db, false, commit, error);
}

// Of a transaction that has ended in either way.
static void forget(struct db *db) {
    db->in_transaction = db->wrote = db->gathers = false;
    batch_clear(&db->batch);
    batch_clear(&db->behind);
}

bool db_begin(struct db *db, struct error *error) {
    db_leave_unfit(db);
    bool again = db->mysql != NULL;
    if (!db_connect(db, error)) return false;
    if (!send(db, "START TRANSACTION", false, error)) {
        // Nothing was sent but this: a connection that died idle is opened anew.
        if (!again || db->mysql || error->code != ERROR_RETRYABLE) return false;
        if (!db_connect(db, error) || !send(db, "START TRANSACTION", false, error)) return false;
    }
    forget(db);
    db->in_transaction = true;
    return true;
}

// What runs behind a COMMIT that was sent alone; nobody asks what came of it.
static void run_behind(struct db *db) {
    struct error ignored = {0};
    struct db_rows *rows = NULL;
    const struct batch_statement *behind = &db->behind.items[0];
    if (db->behind.count && db->mysql &&
        db_query(db, behind->number, behind->values, behind->count, &rows, &ignored))
        db_rows_close(&rows);
}

bool db_commit(struct db *db, struct error *error) {
    bool committed;
    if (!db->in_transaction) return error_set(error, ERROR_INTERNAL, "no transaction is open");
    if (!transaction_is_still_open(db)) return transaction_fail_as_ended(db, false, error);
    if (!sending_do(db, true, &committed, error)) return false;
    if (!committed && !transaction_is_still_open(db)) return transaction_fail_as_ended(db, false, error);
    if (!committed && !send(db, "COMMIT", db->wrote, error)) {
        // One that the database refuses has not ended the transaction for sure: db_rollback() does.
        db->in_transaction = db->mysql != NULL;
        return false;
    }
    db->in_transaction = db->wrote = db->gathers = false;
    if (!committed) run_behind(db);
    forget(db);
    return true;
}

void db_rollback(struct db *db) {
    bool ends = db->in_transaction && db->mysql;
    if (db->rows.statement) {
        struct db_rows *open = &db->rows;
        db_rows_close(&open);
    }
    struct error ignored = {0};
    if (ends && db->mysql && !send(db, "ROLLBACK", false, &ignored) && db->mysql) db_disconnect(db);
    forget(db);
}
