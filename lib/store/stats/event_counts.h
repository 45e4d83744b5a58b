// SPDX-License-Identifier: GPL-2.0-or-later
// How often what happened to tickets. spec: operations.md 3.8.
#ifndef STORE_STATS_EVENT_COUNTS_H
#define STORE_STATS_EVENT_COUNTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "db/db.h"
#include "store/stats/ticket_groups.h"

#include <stddef.h>
#include <stdint.h>

enum event_span { EVENTS_OF_ALL_TIME, EVENTS_BY_DAY, EVENTS_BY_WEEK, EVENTS_BY_MONTH };
enum event_grouping { EVENTS_OF_ALL, EVENTS_BY_DEPARTMENT, EVENTS_BY_STAFF, EVENTS_BY_TOPIC };

#define EVENT_COUNTS_MAX 10000
#define EVENT_NAMES_MAX  32

struct event_wish {
    struct text from, before; // UTC: not before, and before
    enum event_span span;
    enum event_grouping by;
    struct db_value names[EVENT_NAMES_MAX]; // texts: of events; none: all
    size_t name_count;
};

// `date` is a day, the Monday of a week, or "2026-03", on the database's clock; null where no span is asked
// for.
struct event_count {
    struct text date, name;
    struct group_side of;
    int64_t count;
};

// Counts events that were not annulled, by date, name and what they happened to, in this order. One round
// trip. ERROR_UNPROCESSABLE where there are more than EVENT_COUNTS_MAX counts.
bool event_counts_read(struct db *db, const struct event_wish *wish, struct arena *arena,
                       struct event_count **counts, size_t *count, struct error *error) CHECKED;

#endif
