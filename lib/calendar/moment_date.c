// SPDX-License-Identifier: GPL-2.0-or-later
// Dates in digits and with names of months.
#include "calendar/moment_reading.h"

#include <string.h>

struct date {
    int64_t year;
    int month, day;
};

static int month_named(struct moment_reading *reading) {
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    struct text word = moment_word(reading->at);
    for (int i = 0; i < 12; i++) {
        struct text name = text_of(months[i]), brief = {months[i], 3};
        if (!text_equal_ignoring_case(word, name) && !text_equal_ignoring_case(word, brief)) continue;
        reading->at += word.length;
        return i + 1;
    }
    return 0;
}

// Two digits are a year from 1970 to 2069. False for one or three.
static bool read_year(struct moment_reading *reading, int64_t *year) {
    const char *start = reading->at;
    int number = moment_digits(reading, 4);
    ptrdiff_t length = reading->at - start;
    *year = number + (length != 2 ? 0 : number < 70 ? 2000 : 1900);
    return number >= 0 && (length == 2 || (length == 4 && number > 0));
}

// One or two digits, also "1st".
static bool read_day(struct moment_reading *reading, int *day) {
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    *day = moment_digits(reading, 2);
    struct text word = moment_word(reading->at);
    for (int i = 0; *day > 0 && i < 4; i++)
        if (text_equal(word, text_of(endings[i]))) reading->at += word.length;
    return *day > 0 && *day <= 31 && !moment_is_letter(*reading->at);
}

static void skip_dashes(struct moment_reading *reading) {
    while (*reading->at && strchr(" \t.,-", *reading->at)) reading->at++;
}

// Four digits that stand alone; a time behind the date is none.
static bool read_named_year(struct moment_reading *reading, int64_t *year) {
    struct moment_reading ahead = *reading;
    const char *start;
    skip_dashes(&ahead);
    start = ahead.at;
    if (!read_year(&ahead, year) || ahead.at - start != 4 || (*ahead.at && strchr(":/", *ahead.at))) {
        *year = 0;
        return false;
    }
    reading->at = ahead.at;
    return true;
}

// Digits behind a day are the year, but before a colon they may be the hour. False when they are neither.
static bool read_year_behind(struct moment_reading *reading, bool hour_may_follow, int64_t *year) {
    struct moment_reading ahead = *reading;
    if (hour_may_follow)
        moment_skip_blanks(&ahead); // a dash would be that of a zone
    else
        skip_dashes(&ahead);
    if (!moment_is_digit(*ahead.at)) return true;
    bool read = read_year(&ahead, year) && *ahead.at != ':';
    if (read)
        reading->at = ahead.at;
    else
        *year = 0;
    return read || (hour_may_follow && *ahead.at == ':');
}

// "May 1, 2024", "May 1st", "May 2024", "May"
static bool read_named_first(struct moment_reading *reading, struct date *date) {
    date->month = month_named(reading);
    if (!date->month) return false;
    if (read_named_year(reading, &date->year)) {
        date->day = 1;
        return true;
    }
    struct moment_reading ahead = *reading;
    skip_dashes(&ahead);
    if (!read_day(&ahead, &date->day) || *ahead.at == ':') {
        date->day = 0;
        return true;
    }
    reading->at = ahead.at;
    return read_year_behind(reading, true, &date->year);
}

// "1 May 2024", "1-May-24", "1st May"; "1 May 10:00" is no date to PHP either.
static bool read_named_second(struct moment_reading *reading, struct date *date) {
    if (!read_day(reading, &date->day)) return false;
    skip_dashes(reading);
    date->month = month_named(reading);
    return date->month > 0 && read_year_behind(reading, false, &date->year);
}

// "2024-05-01", "2024/5/1", "2024-05"
static bool read_year_first(struct moment_reading *reading, struct date *date) {
    if (!read_year(reading, &date->year) || (*reading->at != '-' && *reading->at != '/')) return false;
    char mark = *reading->at++;
    date->month = moment_digits(reading, 2);
    date->day = 1;
    if (*reading->at != mark) return mark == '-' && date->month > 0;
    reading->at++;
    date->day = moment_digits(reading, 2);
    return date->month > 0 && date->day > 0;
}

// "5/1/2024", "5/1/24", "5/1"
static bool read_american(struct moment_reading *reading, struct date *date) {
    date->month = moment_digits(reading, 2);
    if (date->month < 0 || *reading->at++ != '/') return false;
    date->day = moment_digits(reading, 2);
    if (*reading->at != '/') return date->day > 0;
    reading->at++;
    return date->day > 0 && read_year(reading, &date->year);
}

// "1.5.2024", "1-5-2024"
static bool read_day_first(struct moment_reading *reading, struct date *date) {
    date->day = moment_digits(reading, 2);
    char mark = *reading->at;
    if (date->day < 0 || (mark != '.' && mark != '-')) return false;
    reading->at++;
    date->month = moment_digits(reading, 2);
    if (date->month < 0 || *reading->at != mark) return false;
    const char *start = ++reading->at;
    return read_year(reading, &date->year) && reading->at - start == 4;
}

// "20240501"
static bool read_compact(struct moment_reading *reading, struct date *date) {
    const char *start = reading->at;
    if (strspn(start, "0123456789") != 8) return false;
    int number = moment_digits(reading, 8);
    date->year = number / 10000;
    date->month = number / 100 % 100;
    date->day = number % 100;
    return date->year > 0 && date->day > 0;
}

bool moment_read_date(struct moment_reading *reading) {
    static bool (*const forms[])(struct moment_reading *, struct date *) = {
        read_named_first, read_named_second, read_day_first, read_american, read_year_first, read_compact};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct moment_reading ahead = *reading;
        struct date date = {0};
        if (!forms[i](&ahead, &date) || moment_is_digit(*ahead.at)) continue;
        if (date.month < 1 || date.month > 12 || date.day < 0 || date.day > 31) continue;
        *reading = ahead;
        reading->has_date = true;
        reading->year = date.year, reading->month = date.month, reading->day = date.day;
        if (reading->clock == MOMENT_CLOCK_OF_NOW) reading->clock = MOMENT_CLOCK_MIDNIGHT;
        return true;
    }
    return false;
}
