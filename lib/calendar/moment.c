// SPDX-License-Identifier: GPL-2.0-or-later
// Dates and times as people and programs type them.
#include "calendar/moment.h"

#include "calendar/abbreviation.h"
#include "calendar/civil.h"
#include "calendar/moment_reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH_MAX  80
#define SECONDS_MAX ((int64_t)1 << 40)

static bool parse_seconds(struct text text, int64_t *utc) {
    return text_to_int64(text.length && text.data[0] == '@' ? (struct text){text.data + 1, text.length - 1}
                                                            : text,
                         utc) &&
           *utc > -SECONDS_MAX && *utc < SECONDS_MAX;
}

// Its parts in any order.
static bool read_all(struct moment_reading *reading) {
    for (moment_skip_blanks(reading); *reading->at; moment_skip_blanks(reading)) {
        if (moment_read_words(reading) || (!reading->has_date && moment_read_date(reading)) ||
            moment_read_time(reading) || moment_read_zone(reading))
            continue;
        return false;
    }
    // "monday" and "last day of" together mean nothing that anybody could foresee.
    return !reading->shift.edge || (!reading->shift.weekday && !reading->shift.has_working_days);
}

// The day and the time of day before anything is counted from them. `now` is what the clock of a named zone
// shows; beside an offset PHP takes that of UTC.
static int64_t start(const struct moment_reading *reading, int64_t now, int64_t *day) {
    int64_t local = reading->zone ? zone_local(reading->zone, now) : now;
    int64_t today = civil_day_of(local);
    struct civil_date date = civil_date(today);
    if (reading->has_date && reading->year) date.year = reading->year;
    if (reading->has_date && reading->month) date.month = reading->month;
    if (reading->has_date && reading->day) date.day = reading->day;
    if (reading->shift.edge != MOMENT_NO_EDGE) date.day = 1;
    *day = civil_days(date.year, date.month, date.day);
    if (reading->clock == MOMENT_CLOCK_OF_NOW) return local - today * CIVIL_DAY_SECONDS;
    return reading->hour * 3600 + reading->minute * 60 + reading->second;
}

static int64_t instant(const struct moment_reading *reading, int64_t local) {
    return reading->zone ? zone_utc(reading->zone, local) : local - reading->offset;
}

static bool resolve(const struct moment_reading *reading, int64_t now, int64_t *utc) {
    const struct moment_shift *shift = &reading->shift;
    int64_t day;
    int64_t clock = start(reading, now, &day);
    *utc = instant(reading, moment_shift_day(shift, day) * CIVIL_DAY_SECONDS + clock) + shift->seconds;
    if (shift->has_working_days) {
        int64_t local = reading->zone ? zone_local(reading->zone, *utc) : *utc + reading->offset;
        day = civil_day_of(local);
        local += (moment_working_day(shift->working_days, day) - day) * CIVIL_DAY_SECONDS;
        *utc = instant(reading, local);
    }
    return *utc > -SECONDS_MAX && *utc < SECONDS_MAX;
}

bool moment_parse(struct text text, int64_t now, int64_t *utc) {
    char copy[LENGTH_MAX];
    text = text_trim(text);
    if (!text.length || text.length >= sizeof copy || memchr(text.data, '\0', text.length)) return false;
    if (parse_seconds(text, utc)) return true;
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    struct moment_reading reading = {.at = copy};
    bool done = read_all(&reading) && resolve(&reading, now, utc);
    if (reading.zone) zone_close(&reading.zone);
    return done;
}

void moment_stamp(struct zone *zone, int64_t utc, char stamp[MOMENT_STAMP_SIZE]) {
    char clock[CIVIL_STAMP_SIZE], abbreviation[ABBREVIATION_SIZE];
    int32_t offset = zone_offset(zone, utc);
    zone_stamp(zone, utc, clock);
    if (!abbreviation_of(zone, utc, abbreviation))
        snprintf(abbreviation, sizeof abbreviation, "%c%02d:%02d", offset < 0 ? '-' : '+',
                 abs(offset) / 3600 % 100, abs(offset) / 60 % 60);
    snprintf(stamp, MOMENT_STAMP_SIZE, "%s %s", clock, abbreviation);
}
