// SPDX-License-Identifier: GPL-2.0-or-later
// What was read of a date as people type it: shared by the readers of its parts.
#ifndef CALENDAR_MOMENT_READING_H
#define CALENDAR_MOMENT_READING_H

#include "base/text.h"
#include "calendar/zone.h"

#include <stdbool.h>
#include <stdint.h>

// Where the time of day comes from.
enum moment_clock { MOMENT_CLOCK_OF_NOW, MOMENT_CLOCK_MIDNIGHT, MOMENT_CLOCK_GIVEN };

// Which of the days with a name is meant, counted from the day that was reached without it.
enum moment_weekday {
    MOMENT_DAY_OR_AFTER,   // "monday": that day itself, when it is one
    MOMENT_DAY_AFTER,      // "next monday"
    MOMENT_DAY_OF_WEEK,    // "monday next week"; weeks begin on Monday
    MOMENT_DAY_WEEK_BEFORE // "monday 2 weeks ago": of the week before, which begins on Sunday
};

enum moment_edge { MOMENT_NO_EDGE, MOMENT_FIRST_DAY, MOMENT_LAST_DAY, MOMENT_NTH_WEEKDAY };

// What is counted from the date.
struct moment_shift {
    int64_t seconds, days, months, years;
    bool has_working_days;
    int64_t working_days; // Monday to Friday
    int weekday;          // 1 Monday to 7 Sunday; 0: none is named
    enum moment_weekday which;
    enum moment_edge edge;      // of the month that was reached
    int edge_weekday, edge_nth; // "first monday of": 1, 1; "last friday of": 5, -1
};

struct moment_reading {
    const char *at; // what is to be read, terminated
    bool has_date;
    int64_t year;   // 0: this year's
    int month, day; // 0: this month's, today's
    enum moment_clock clock;
    int hour, minute, second;
    bool has_zone;
    int64_t offset;    // seconds east of UTC, where there is no `zone`
    struct zone *zone; // the owner of the reading closes it
    struct moment_shift shift;
};

// Each reads its part at reading->at and goes on behind it. False: what stands there is none; the reading is
// the same as before but for a part that is half there.
bool moment_read_date(struct moment_reading *reading);
bool moment_read_time(struct moment_reading *reading);
bool moment_read_zone(struct moment_reading *reading);
bool moment_read_words(struct moment_reading *reading); // "tomorrow", "+1 week", "last day of"

// The day number that days, months and years of `shift` make of a day number, the first of its month where an
// edge is asked for.
int64_t moment_shift_day(const struct moment_shift *shift, int64_t day);

// The day number so many days from Monday to Friday on, or back; 0: that day, or the Monday behind it.
int64_t moment_working_day(int64_t count, int64_t day);

// ---- for the readers

static inline bool moment_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool moment_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void moment_skip_blanks(struct moment_reading *reading);

// One to `most` digits; -1 when there are none, or more.
int moment_digits(struct moment_reading *reading, int most);

// The letters at `at`; none: an empty text.
struct text moment_word(const char *at);

#endif
