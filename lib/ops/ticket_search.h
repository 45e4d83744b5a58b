// SPDX-License-Identifier: GPL-2.0-or-later
// The row that search finds a ticket by.
#ifndef OPS_TICKET_SEARCH_H
#define OPS_TICKET_SEARCH_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/thread.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// Composes the ticket's row: "NUMBER SUBJECT" as title, the searchable answers of its forms as content. One
// round trip. The texts of `row` lie in the arena. spec: creating.md C.6.
bool ticket_search_compose(struct db *db, struct arena *arena, int64_t ticket_id, struct text number,
                           struct search_row *row, struct error *error) CHECKED;

#endif
