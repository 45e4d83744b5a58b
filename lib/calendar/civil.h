// SPDX-License-Identifier: GPL-2.0-or-later
// Dates of the Gregorian calendar as day numbers; no zone, no library.
#ifndef CALENDAR_CIVIL_H
#define CALENDAR_CIVIL_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

#define CIVIL_DAY_SECONDS 86400
#define CIVIL_STAMP_SIZE  20 // "YYYY-MM-DD HH:MM:SS" and its NUL

struct civil_date {
    int64_t year;
    int month; // 1 to 12
    int day;   // 1 to 31
};

// The day's number, 0 being 1970-01-01. `month` must be 1 to 12; a `day` outside the month counts on, or
// back, from it.
int64_t civil_days(int64_t year, int month, int day);
struct civil_date civil_date(int64_t days);
// The day in which a number of seconds since 1970-01-01 00:00:00 on the same clock lies.
int64_t civil_day_of(int64_t seconds);
int civil_weekday(int64_t days); // 1 Monday to 7 Sunday
int civil_month_length(int64_t year, int month);

// "YYYY-MM-DD" as a day number. False when it is no date, as MySQL's zero dates.
bool civil_parse_date(struct text text, int64_t *days);

// "HH:MM:SS" (00:00:00 to 23:59:59) as seconds of the day.
bool civil_parse_time(struct text text, int32_t *seconds);

// "YYYY-MM-DD HH:MM:SS", also with fractions, which are dropped, or the date alone, as seconds since
// 1970-01-01 00:00:00 on the same clock.
bool civil_parse_stamp(struct text text, int64_t *seconds);

// The reverse, terminated. Years outside 0 to 9999 are cut to these.
void civil_stamp(int64_t seconds, char stamp[CIVIL_STAMP_SIZE]);

#endif
