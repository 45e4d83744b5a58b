// SPDX-License-Identifier: GPL-2.0-or-later
// Schedules of business hours and holidays, and the days on which their entries fall.
#ifndef CALENDAR_SCHEDULE_H
#define CALENDAR_SCHEDULE_H

#include "base/error.h"
#include "base/text.h"
#include "calendar/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A row of ost_schedule_entry. Dates and times as the database writes them; numbers 0 where the column is
// NULL.
struct schedule_entry {
    struct text repeats;   // never, daily, weekdays, weekends, weekly, monthly, yearly
    struct text starts_on; // "YYYY-MM-DD"
    struct text starts_at; // "HH:MM:SS"
    struct text ends_on, ends_at;
    struct text stops_on; // "YYYY-MM-DD HH:MM:SS"; null or empty: never stops
    int day;              // 1 Monday to 7 Sunday with `week` and for weekly, else of the month
    int week;             // 1 to 5, -1 the last
    int month;
};

// A row of ost_schedule with its entries, in the order of their ids (the first that falls on a day counts).
struct schedule {
    struct zone *zone; // the schedule's, or the help desk's default_timezone where it has none
    const struct schedule_entry *entries;
    size_t count;
};

enum repeats {
    REPEATS_NEVER,
    REPEATS_DAILY,
    REPEATS_WEEKDAYS,
    REPEATS_WEEKENDS,
    REPEATS_WEEKLY,
    REPEATS_MONTHLY,
    REPEATS_YEARLY,
};

// An entry ready for reckoning.
struct occasion {
    struct zone *zone;
    enum repeats repeats;
    int day, week, month;
    int64_t starts, ends;       // instants of the first occurrence
    int64_t stops;              // instant after which there are no more; INT64_MAX: none
    int32_t starts_at, ends_at; // seconds of the day
    int64_t starts_on;          // day number
};

// Reads an entry of a schedule in `zone`. ERROR_INTERNAL when a column is not what osTicket writes.
bool occasion_read(const struct schedule_entry *entry, struct zone *zone, struct occasion *occasion,
                   struct error *error) CHECKED;

// What falls on one day.
struct occurrence {
    int64_t date; // day number
    const struct occasion *occasion;
};

// The most days that a window of 72 hours touches, with one to spare for zones that skip a day.
#define OCCURRENCES_MAX 8

struct occurrences {
    struct occurrence days[OCCURRENCES_MAX]; // ascending by date, one a date
    size_t count;
};

// Adds the days from that of `from` (an instant, in `zone`) to `last_date` on which `occasion` falls, five at
// most, where nothing falls on the day yet.
void occurrences_add(struct occurrences *occurrences, const struct occasion *occasion, struct zone *zone,
                     int64_t from, int64_t last_date);

// What falls on that date, or NULL.
const struct occasion *occurrences_on(const struct occurrences *occurrences, int64_t date);

#endif
