// SPDX-License-Identifier: GPL-2.0-or-later
// How many tickets fulfil conditions, by what they have in common. No ticket is read. spec: operations.md
// 3.8.
#ifndef STORE_STATS_TICKET_GROUPS_H
#define STORE_STATS_TICKET_GROUPS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_page.h"

#include <stddef.h>
#include <stdint.h>

struct db;
struct row;

enum ticket_grouping {
    TICKETS_BY_STATUS,
    TICKETS_BY_STATE,
    TICKETS_BY_DEPARTMENT,
    TICKETS_BY_STAFF,
    TICKETS_BY_TEAM,
    TICKETS_BY_TOPIC,
    TICKETS_BY_PRIORITY,
    TICKETS_BY_SOURCE,
    TICKETS_NOT_BY_MORE, // in the place of the second
};

#define TICKET_GROUPS_MAX 10000

// One side of a group. id 0: the tickets that have none. A name that is null is one that nobody bears any
// more.
struct group_side {
    int64_t id;
    struct text name;
    struct text word; // of a status its state, of an agent his user name; the state, the source
    struct text first_name, last_name;
};
struct ticket_group {
    struct group_side sides[2];
    int64_t count;
};

// Counts by one or two of what tickets have; the largest groups first, in the arena. One round trip.
// ERROR_UNPROCESSABLE where there are more than TICKET_GROUPS_MAX.
bool ticket_groups_read(struct db *db, const struct ticket_conditions *conditions,
                        const enum ticket_grouping by[2], struct arena *arena, struct ticket_group **groups,
                        size_t *count, struct error *error) CHECKED;

struct open_tickets {
    int64_t overdue, unassigned, unanswered;
};

// Counts of the open tickets that fulfil the conditions. One round trip.
bool open_tickets_count(struct db *db, const struct ticket_conditions *conditions,
                        struct open_tickets *counts, struct error *error) CHECKED;

// One side out of a row, from a column on.
void group_side_take(const struct row *row, unsigned first, struct group_side *side);

#endif
