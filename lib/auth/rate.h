// SPDX-License-Identifier: GPL-2.0-or-later
// How often a key may ask: a bucket a key, counted in memory that the workers of a pool share. Each request
// takes one out; it is filled evenly, `rate` a minute, up to `burst`. No locks, and nothing for a key without
// a rate. spec: operations.md 2.
#ifndef AUTH_RATE_H
#define AUTH_RATE_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RATE_KEYS 4096 // that can have a rate; a request of one that is left over is refused

// What a bucket holds after a request.
struct rate_state {
    int64_t limit;       // `burst`; 0: no rate is set
    int64_t remaining;   // requests that may come at once
    int64_t reset;       // seconds until it is full
    int64_t retry_after; // seconds until the next may come; 0 where this one may
};

struct rate_table;

// Memory for all workers, to be opened before they are forked. NULL with `error` set on failure.
struct rate_table *rate_table_open(struct error *error);
void rate_table_close(struct rate_table **table);

// So many come at once where only the rate is set: those of ten seconds, one at least.
int64_t rate_usual_burst(int64_t rate);

// Whether a request of the key may be served now. `now_us` is monotonic; `rate` is above 0, `burst` 0 is the
// usual one. A request that may not be served takes nothing.
bool rate_take(struct rate_table *table, int64_t key_id, int64_t rate, int64_t burst, int64_t now_us,
               struct rate_state *state);

// The same for one of the users for whom a key signs tokens. There may be any number of them: two in
// RATE_USERS share a bucket by chance.
#define RATE_USERS 16384
bool rate_take_of_user(struct rate_table *table, int64_t key_id, int64_t user_id, int64_t rate,
                       int64_t now_us, struct rate_state *state);

// Tries of an address (of IPv6 its /64) that were wrong: RATE_TRIES a minute, RATE_TRIES_AT_ONCE at once.
// Whether there is one left, which takes nothing; else seconds until there is. Two in RATE_ADDRESSES share
// them by chance.
#define RATE_TRIES         30
#define RATE_TRIES_AT_ONCE 10
#define RATE_ADDRESSES     4096
bool rate_may_try(const struct rate_table *table, struct text address, int64_t now_us, int64_t *retry_after);

// One more was wrong.
void rate_tried(struct rate_table *table, struct text address, int64_t now_us);

#endif
