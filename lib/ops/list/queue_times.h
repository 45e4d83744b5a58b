// SPDX-License-Identifier: GPL-2.0-or-later
// Times of a queue's criteria, which count from now: "this month", "the last 5 days". spec:
// operations.md 3.1.
#ifndef OPS_LIST_QUEUE_TIMES_H
#define OPS_LIST_QUEUE_TIMES_H

#include "base/text.h"
#include "calendar/zone.h"

#include <stdbool.h>
#include <stdint.h>

// From `since`, to before `before`; an end that is not there is no bound.
struct time_span {
    bool has_since, has_before;
    int64_t since, before; // seconds since 1970 in UTC
};

// A period by osTicket's name: td, yd, tw, tm, tq, ty (today, yesterday, this week, month, quarter, year),
// lw, lm, lq, ly (the last ones), by the clock of the zone; a week begins on Monday. False for another name.
bool queue_period(struct text name, struct zone *zone, int64_t now, struct time_span *span);

// `count` minutes (i), hours (h), days (d), weeks (w) or months (m) from now on, back where it is negative: a
// month is one of the calendar, its end where the day is not there. False for another unit, or a year beyond
// 9999.
bool queue_distance(int64_t count, char unit, int64_t now, int64_t *then);

#endif
