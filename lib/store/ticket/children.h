// SPDX-License-Identifier: GPL-2.0-or-later
// The tickets that were merged into a ticket or linked to it.
#ifndef STORE_TICKET_CHILDREN_H
#define STORE_TICKET_CHILDREN_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct ticket_child {
    int64_t id;
    struct text number;
};

// By their ids. One round trip.
bool ticket_children(struct db *db, int64_t ticket_id, struct arena *arena, struct ticket_child **children,
                     size_t *count, struct error *error) CHECKED;

#endif
