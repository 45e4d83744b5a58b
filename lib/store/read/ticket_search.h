// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets by a text: how it is searched for, and the tickets that it hits, best first. spec:
// operations.md 3.1, q.
#ifndef STORE_READ_TICKET_SEARCH_H
#define STORE_READ_TICKET_SEARCH_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// So many tickets are there to be paged through, best first.
#define TICKET_SEARCH_BEST_MAX 1000

// Whether the text is found in more places than are looked at: where no ticket tells. One round trip.
// ERROR_UNPROCESSABLE as ticket_page_read().
bool ticket_search_is_cut(struct db *db, const struct ticket_search *search, bool *is_cut,
                          struct error *error) CHECKED;

// As ticket_page_read(), best first whatever the wish's order, equally good ones newest first, to
// TICKET_SEARCH_BEST_MAX. The place of a ticket is its position with its id: a page begins behind that
// ticket, wherever it stands by now, and at the position where it is no hit any more. A ticket may be gone by
// then. `*has_more`: there are hits beyond these. Two round trips.
bool ticket_search_read(struct db *db, const struct ticket_page_wish *wish, struct arena *arena,
                        ticket_page_take *take, void *context, bool *has_more, struct error *error) CHECKED;

#endif
