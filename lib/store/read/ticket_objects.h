// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets that are known by their ids, in an order of the caller's: what of them is shown is read for these
// alone, once it is known which they are.
#ifndef STORE_READ_TICKET_OBJECTS_H
#define STORE_READ_TICKET_OBJECTS_H

#include "base/arena.h"
#include "base/error.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// A statement reads so many at most: a page and one more.
#define TICKET_OBJECTS_MAX 201

// Reads the tickets, `count` of TICKET_OBJECTS_MAX, with what the wish wants of them, into `objects`, each
// where its id stands; one that is gone has id 0. All of it lies in the arena. One round trip.
bool ticket_objects_read(struct db *db, const struct ticket_page_wish *wish, const int64_t *ids, size_t count,
                         struct arena *arena, struct ticket_object *objects, struct error *error) CHECKED;

// As ticket_page_read(), for TICKET_OBJECTS_MAX, with the last entries: which tickets, then what of them is
// shown, so that no more entries are looked for than are shown. A ticket may be gone by
// then. A round trip more.
bool ticket_page_read_entries(struct db *db, const struct ticket_page_wish *wish, struct arena *arena,
                              ticket_page_take *take, void *context, struct error *error) CHECKED;

#endif
