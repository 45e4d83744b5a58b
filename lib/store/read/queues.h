// SPDX-License-Identifier: GPL-2.0-or-later
// Queues of tickets, which agents see as lists. spec: operations.md 3.1.
#ifndef STORE_READ_QUEUES_H
#define STORE_READ_QUEUES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

#define QUEUE_FLAG_PUBLIC         0x01
#define QUEUE_FLAG_QUEUE          0x02
#define QUEUE_FLAG_DISABLED       0x04
#define QUEUE_FLAG_INHERITS_ORDER 0x40

struct queue_row {
    int64_t id, parent_id, flags;
    int64_t staff_id;   // whose it is
    struct text config; // JSON: its criteria
    struct text order;  // JSON: columns that it is usually sorted by; null: none
    struct text own;    // JSON: what the agent made of it for himself; null: nothing
};

// One, as an agent has it (0: none). 1: read, 0: there is none, -1: failure. One round trip.
int queue_read(struct db *db, int64_t id, int64_t staff_id, struct arena *arena, struct queue_row *queue,
               struct error *error) CHECKED;

// The columns of an order; null where there is none. One round trip.
bool queue_order_read(struct db *db, int64_t id, struct arena *arena, struct text *columns,
                      struct error *error) CHECKED;

// The teams of an agent. One round trip.
bool queue_teams_read(struct db *db, int64_t staff_id, struct arena *arena, int64_t **ids, size_t *count,
                      struct error *error) CHECKED;

#endif
