// SPDX-License-Identifier: GPL-2.0-or-later
// How long tickets that fulfil conditions took. spec: operations.md 3.8.
#ifndef STORE_STATS_TICKET_TIMES_H
#define STORE_STATS_TICKET_TIMES_H

#include "base/arena.h"
#include "base/error.h"
#include "store/read/ticket_page.h"

#include <stddef.h>
#include <stdint.h>

struct db;

#define TICKET_TIMES_MAX 100000

// In seconds, in no order.
struct durations {
    int64_t *seconds;
    size_t count;
};
struct ticket_times {
    size_t tickets;
    struct durations to_response; // from its creation to an agent's first response, of those that have one
    struct durations to_end;      // to its end, of those that are closed
};

// Reads two numbers a ticket, into the arena; what lies before the creation counts for nothing. One round
// trip. ERROR_UNPROCESSABLE where more than TICKET_TIMES_MAX tickets fulfil the conditions.
bool ticket_times_read(struct db *db, const struct ticket_conditions *conditions, struct arena *arena,
                       struct ticket_times *times, struct error *error) CHECKED;

#endif
