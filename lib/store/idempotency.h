// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests were answered already: the table fcgi_PREFIXidempotency, and a lock for those under way.
#ifndef STORE_IDEMPOTENCY_H
#define STORE_IDEMPOTENCY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IDEMPOTENCY_REQUEST_SIZE 65 // 64 hexadecimal digits and a NUL
#define IDEMPOTENCY_ANSWER_MAX   4096
#define IDEMPOTENCY_HOURS        24

struct db;

// Whose request: the API key's row, and the value of the header (visible ASCII, 255 characters at most).
struct idempotency_name {
    int64_t api_key_id;
    struct text key;
};

// What was answered.
struct idempotency_record {
    bool expired;        // older than 24 hours
    struct text request; // digest of what was asked
    bool is_json, is_created;
    struct text answer;
};

// Takes the name for this connection until idempotency_unlock() or its end, however it comes. 1: taken; 0:
// another connection has it; -1: failure.
int idempotency_lock(struct db *db, const struct idempotency_name *name, struct error *error) CHECKED;
void idempotency_unlock(struct db *db, const struct idempotency_name *name);

// 1: there is a record, copied into the arena; 0: none; -1: failure.
int idempotency_find(struct db *db, const struct idempotency_name *name, struct arena *arena,
                     struct idempotency_record *record, struct error *error) CHECKED;

// Which of several names of one API key have a record, expired ones included. One round trip.
#define IDEMPOTENCY_KNOWN_MAX 20
bool idempotency_known(struct db *db, int64_t api_key_id, const struct text *keys, size_t count, bool *known,
                       struct error *error) CHECKED;

// Whether the table is there: asked when a statement failed. 1, 0, -1.
int idempotency_table_exists(struct db *db, struct error *error) CHECKED;

// Writes the record, which must not be there, as a part of the transaction at hand. ERROR_RETRYABLE when
// somebody else has just written it, or where there is no transaction any more: a node of a Galera cluster
// may have taken it back unheard, and a record that is stored by itself would answer for what is not there.
// (Only MariaDB knows whether it is in a transaction.)
bool idempotency_insert(struct db *db, const struct idempotency_name *name,
                        const struct idempotency_record *record, struct error *error) CHECKED;

// Takes a record away that is expired: not one that came in its place meanwhile, on another node of a
// cluster.
bool idempotency_delete(struct db *db, const struct idempotency_name *name, struct error *error) CHECKED;

// Takes expired records away, `most` at a time. False also when there is no table.
bool idempotency_purge(struct db *db, int64_t most, uint64_t *purged, struct error *error) CHECKED;

#endif
