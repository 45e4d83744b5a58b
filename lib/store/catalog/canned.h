// SPDX-License-Identifier: GPL-2.0-or-later
// Canned responses, and the queues that agents see tickets by. spec: operations.md 3.7.
#ifndef STORE_CATALOG_CANNED_H
#define STORE_CATALOG_CANNED_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_object.h"

#include <stddef.h>
#include <stdint.h>

struct db;

struct catalog_canned {
    int64_t id;
    struct text title, language;
    struct named department; // id 0: any
    struct text text;        // HTML with variables; null where a list was read
};

struct catalog_queue {
    int64_t id, parent; // 0: none
    struct text title;
    int64_t owner_id; // an agent's own; 0: for all agents
};

// Those that are enabled, by their titles, without their texts. One round trip.
bool catalog_canned_read(struct db *db, struct arena *arena, struct catalog_canned **canned, size_t *count,
                         struct error *error) CHECKED;

// The one with its text: 1, 0: there is none that is enabled, -1: failure. One round trip.
int catalog_canned_text_read(struct db *db, int64_t id, struct arena *arena, struct catalog_canned *canned,
                             struct error *error) CHECKED;

// Those of tickets that are enabled and stand in the navigation, in its order. One round trip.
bool catalog_queues_read(struct db *db, struct arena *arena, struct catalog_queue **queues, size_t *count,
                         struct error *error) CHECKED;

#endif
