// SPDX-License-Identifier: GPL-2.0-or-later
// How far changes have been read for webhooks, and by which process: the one row of {fcgi:position}. Whoever
// has its lease reads, writes deliveries and sends, and nobody beside, on whichever node of a cluster: each
// write asks for the lease again. spec: operations.md 8.2. Errors as in webhooks.h; one round trip each.
#ifndef STORE_WEBHOOK_DELIVERY_POSITION_H
#define STORE_WEBHOOK_DELIVERY_POSITION_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct delivery_position {
    struct text position; // as store/changes/lane_position.h prints it
    struct text lease;    // "": nobody has it
};

// 1: read, 0: there is none yet, -1: failure.
int delivery_position_look(struct db *db, struct arena *arena, struct delivery_position *position,
                           struct error *error) CHECKED;

// The first position, where there is none: changes count from now on. `gap` is [changes] gap in seconds. One
// round trip where there is one, else those of lanes_begin() and one.
bool delivery_position_begin(struct db *db, int64_t gap, struct error *error) CHECKED;

// Takes the lease where it is free, ours or run out, or keeps it: 1; 0: somebody else has it; -1: failure.
// Two round trips: a lock of the database's own keeps others of one server from asking all the time.
int delivery_position_claim(struct db *db, const char *lease, int64_t seconds, struct error *error) CHECKED;

// From one position to another, within the transaction of the deliveries. ERROR_CONFLICT when it is not ours
// any more.
bool delivery_position_advance(struct db *db, const char *lease, int64_t seconds, struct text from,
                               struct text to, struct error *error) CHECKED;

// Gives a lease back, our own or that of a process that died.
bool delivery_position_free(struct db *db, const char *lease, struct error *error) CHECKED;

#endif
