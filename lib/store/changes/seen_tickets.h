// SPDX-License-Identifier: GPL-2.0-or-later
// Which ticket a thread was of, also when both are deleted: this server's own table ({fcgi:seen},
// schema/fcgi-seen.sql). spec: operations.md 7.2.
#ifndef STORE_CHANGES_SEEN_TICKETS_H
#define STORE_CHANGES_SEEN_TICKETS_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct change;

// Puts ticket and number into those of the changes whose ticket is gone. One round trip for each 16, none
// where there are none. Without the table nothing is known.
bool seen_tickets_find(struct db *db, struct arena *arena, struct change *changes, size_t count,
                       struct error *error) CHECKED;

// Adds the threads that are new, `most` at once: `*added` is how many were. Two round trips, where there are
// any two more and one for each 16. Without the table ERROR_NOT_NATIVE, with a detail that names
// schema/fcgi-seen.sql.
bool seen_tickets_fill(struct db *db, size_t most, size_t *added, struct error *error) CHECKED;

#endif
