// SPDX-License-Identifier: GPL-2.0-or-later
// Day numbers of the proleptic Gregorian calendar.
#include "calendar/civil.h"

#include <stdio.h>

// Years begin in March here, so that the leap day is a year's last; 400 years have 146,097 days.
int64_t civil_days(int64_t year, int month, int day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468 + day - 1;
}

struct civil_date civil_date(int64_t days) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (int)((5 * day_of_year + 2) / 153);
    struct civil_date date = {
        .month = month < 10 ? month + 3 : month - 9,
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
    };
    date.year = year_of_era + era * 400 + (date.month <= 2);
    return date;
}

int64_t civil_day_of(int64_t seconds) {
    return (seconds >= 0 ? seconds : seconds - (CIVIL_DAY_SECONDS - 1)) / CIVIL_DAY_SECONDS;
}

int civil_weekday(int64_t days) {
    int64_t weekday = (days + 3) % 7; // day 0 was a Thursday
    return (int)(weekday < 0 ? weekday + 7 : weekday) + 1;
}

int civil_month_length(int64_t year, int month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return lengths[month - 1] + (month == 2 && leap);
}

// Reads exactly `length` digits at `*offset`, which moves behind them.
static bool digits(struct text text, size_t *offset, size_t length, int *value) {
    *value = 0;
    for (size_t end = *offset + length; *offset < end; (*offset)++) {
        if (*offset >= text.length || text.data[*offset] < '0' || text.data[*offset] > '9') return false;
        *value = *value * 10 + (text.data[*offset] - '0');
    }
    return true;
}

static bool mark(struct text text, size_t *offset, char expected) {
    return *offset < text.length && text.data[(*offset)++] == expected;
}

bool civil_parse_date(struct text text, int64_t *days) {
    size_t at = 0;
    int year, month, day;
    if (!digits(text, &at, 4, &year) || !mark(text, &at, '-') || !digits(text, &at, 2, &month) ||
        !mark(text, &at, '-') || !digits(text, &at, 2, &day) || at != text.length)
        return false;
    if (month < 1 || month > 12 || day < 1 || day > civil_month_length(year, month)) return false;
    *days = civil_days(year, month, day);
    return true;
}

bool civil_parse_time(struct text text, int32_t *seconds) {
    size_t at = 0;
    int hour, minute, second;
    if (!digits(text, &at, 2, &hour) || !mark(text, &at, ':') || !digits(text, &at, 2, &minute) ||
        !mark(text, &at, ':') || !digits(text, &at, 2, &second) || at != text.length)
        return false;
    if (hour > 23 || minute > 59 || second > 59) return false;
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

bool civil_parse_stamp(struct text text, int64_t *seconds) {
    const size_t date_length = 10, time_length = 8;
    int64_t days;
    int32_t time = 0;
    ptrdiff_t fraction = text_find(text, TEXT("."), 0);
    if (fraction >= 0) text.length = (size_t)fraction;
    if (text.length < date_length || !civil_parse_date((struct text){text.data, date_length}, &days))
        return false;
    if (text.length > date_length) {
        if (text.length != date_length + 1 + time_length || text.data[date_length] != ' ') return false;
        if (!civil_parse_time((struct text){text.data + date_length + 1, time_length}, &time)) return false;
    }
    *seconds = days * CIVIL_DAY_SECONDS + time;
    return true;
}

void civil_stamp(int64_t seconds, char stamp[CIVIL_STAMP_SIZE]) {
    const int64_t least = -62167219200, most = 253402300799; // 0000-01-01 00:00:00, 9999-12-31 23:59:59
    if (seconds < least) seconds = least;
    if (seconds > most) seconds = most;
    int64_t days = civil_day_of(seconds);
    unsigned time = (unsigned)(seconds - days * CIVIL_DAY_SECONDS);
    struct civil_date date = civil_date(days);
    snprintf(stamp, CIVIL_STAMP_SIZE, "%04u-%02u-%02u %02u:%02u:%02u", (unsigned)date.year % 10000,
             (unsigned)date.month % 100, (unsigned)date.day % 100, time / 3600 % 100, time / 60 % 60,
             time % 60);
}
