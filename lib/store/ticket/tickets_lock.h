// SPDX-License-Identifier: GPL-2.0-or-later
// Several tickets, locked for the transaction at hand.
#ifndef STORE_TICKET_TICKETS_LOCK_H
#define STORE_TICKET_TICKETS_LOCK_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

#define TICKETS_LOCK_MAX 20

// Locks them in the order of their ids, in which everybody who locks several is to take them; those that are
// not there are passed over. One round trip.
bool tickets_lock(struct db *db, const int64_t *ids, size_t count, struct error *error) CHECKED;

#endif
