// SPDX-License-Identifier: GPL-2.0-or-later
// Several tickets, found by their numbers or ids.
#ifndef STORE_TICKET_TICKETS_FIND_H
#define STORE_TICKET_TICKETS_FIND_H

#include "base/error.h"
#include "base/text.h"
#include "store/ticket/tickets_lock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct sought_ticket {
    struct text number; // null: it is named by its id
    int64_t id;         // becomes that of the number's; 0: none is named, or there is none
    size_t count;       // found: how many; 2 for more
    int64_t parent_id;  // that it was merged into or linked to; 0: none
    int64_t flags;      // TICKET_FLAG_…, see ticket_lock.h
};

// Finds them, TICKETS_LOCK_MAX at most. One round trip.
bool tickets_find(struct db *db, struct sought_ticket *tickets, size_t count, struct error *error) CHECKED;

#endif
