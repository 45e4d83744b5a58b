// SPDX-License-Identifier: GPL-2.0-or-later
// All or nothing.
#include "store/transaction.h"

#include "db/db.h"

#define FEW_TO_WIN  2 // two packets are as many round trips
#define FEW_TO_WAIT 3

bool transaction_begin(struct db *db, struct error *error) {
    return db_begin(db, error);
}

bool transaction_commit(struct db *db, struct error *error) {
    return db_commit(db, error);
}

void transaction_rollback(struct db *db) {
    db_rollback(db);
}

void transaction_gather(struct db *db) {
    db_gather(db, FEW_TO_WIN);
}

void transaction_gather_many(struct db *db) {
    db_gather(db, FEW_TO_WAIT);
}

bool transaction_is_far(const struct db *db) {
    return db_is_far(db);
}

uint64_t transaction_writes(const struct db *db) {
    return db_writes(db);
}

bool transaction_send(struct db *db, struct error *error) {
    return db_send(db, error);
}
