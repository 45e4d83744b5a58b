// SPDX-License-Identifier: GPL-2.0-or-later
// All or nothing: what an operation writes between begin and commit.
#ifndef STORE_TRANSACTION_H
#define STORE_TRANSACTION_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// Errors as db/db.h has them. After ERROR_UNKNOWN from a commit nobody knows whether it took effect.
bool transaction_begin(struct db *db, struct error *error) CHECKED;
bool transaction_commit(struct db *db, struct error *error) CHECKED;
void transaction_rollback(struct db *db); // harmless outside a transaction

// From here on what is written waits until something is read, an id is wanted, or the COMMIT: then all of it
// goes to the database in two round trips. Errors of what is written may come with a later call.
void transaction_gather(struct db *db);

// The same, but what waits goes in two round trips only where it is many statements: for whom a round trip is
// cheap.
void transaction_gather_many(struct db *db);

// Whether a round trip to the database is a way.
bool transaction_is_far(const struct db *db);

// Writing statements so far, of all transactions, those that wait included: what wrote none in between has
// left nothing.
uint64_t transaction_writes(const struct db *db);

// Sends what waits.
bool transaction_send(struct db *db, struct error *error) CHECKED;

#endif
