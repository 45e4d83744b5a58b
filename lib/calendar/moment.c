// SPDX-License-Identifier: GPL-2.0-or-later
// Dates and times as people and programs type them.
#include "calendar/moment.h"

#include "calendar/abbreviation.h"
#include "calendar/civil.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LENGTH_MAX 80

struct reading {
    const char *at;
    int64_t year;
    int month, day, hour, minute, second;
    int64_t offset;
    bool has_time, has_zone;
};

static void skip_blanks(struct reading *reading) {
    while (*reading->at == ' ' || *reading->at == '\t' || *reading->at == ',') reading->at++;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// One to `most` digits; -1 when there are none.
static int digits(struct reading *reading, int most) {
    int number = 0, count = 0;
    for (; count < most && is_digit(*reading->at); count++) number = number * 10 + (*reading->at++ - '0');
    return count && !is_digit(*reading->at) ? number : -1;
}

static int month_named(struct reading *reading) {
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    size_t length = 0;
    while (is_letter(reading->at[length])) length++;
    for (int i = 0; length >= 3 && i < 12; i++)
        if (strncasecmp(reading->at, months[i], length) == 0 && length <= strlen(months[i]) &&
            (length == 3 || length == strlen(months[i]))) {
            reading->at += length;
            if (*reading->at == '.') reading->at++;
            return i + 1;
        }
    return 0;
}

// "May 1, 2024"
static bool read_named_first(struct reading *reading) {
    reading->month = month_named(reading);
    skip_blanks(reading);
    reading->day = digits(reading, 2);
    skip_blanks(reading);
    reading->year = digits(reading, 4);
    return reading->month && reading->day > 0 && reading->year > 99;
}

// "1 May 2024", "1-May-2024"
static bool read_named_second(struct reading *reading, int day) {
    reading->day = day;
    reading->month = month_named(reading);
    skip_blanks(reading);
    if (*reading->at == '-') reading->at++;
    reading->year = digits(reading, 4);
    return reading->month && reading->year > 99;
}

static bool read_date(struct reading *reading) {
    if (is_letter(*reading->at)) return read_named_first(reading);
    const char *start = reading->at;
    int first = digits(reading, 4);
    ptrdiff_t length = reading->at - start;
    char mark = *reading->at;
    if (first < 0 || length == 3 || !mark) return false;
    if (mark == ' ' || mark == '-') {
        reading->at++;
        skip_blanks(reading);
        if (is_letter(*reading->at)) return length <= 2 && read_named_second(reading, first);
    } else {
        reading->at++;
    }
    if (mark != '-' && mark != '/' && mark != '.') return false;
    int second = digits(reading, 2);
    if (second < 0 || *reading->at != mark) return false;
    reading->at++;
    int third = digits(reading, 4);
    if (third < 0) return false;
    if (length == 4 && mark != '.') {
        reading->year = first, reading->month = second, reading->day = third;
    } else if (mark == '/') {
        reading->month = first, reading->day = second, reading->year = third;
    } else {
        reading->day = first, reading->month = second, reading->year = third;
    }
    return reading->year > 99 && length != 3;
}

static bool read_half(struct reading *reading) {
    skip_blanks(reading);
    char letter = (char)(*reading->at | 0x20);
    if ((letter != 'a' && letter != 'p') || (reading->at[1] | 0x20) != 'm' || is_letter(reading->at[2]))
        return reading->hour <= 24;
    reading->at += 2;
    if (reading->hour < 1 || reading->hour > 12) return false;
    reading->hour = reading->hour % 12 + (letter == 'p' ? 12 : 0);
    return true;
}

// "15:00", "15:00:30.5", "3pm", "3:30 PM"
static bool read_time(struct reading *reading) {
    skip_blanks(reading);
    if ((*reading->at == 'T' || *reading->at == 't') && is_digit(reading->at[1])) reading->at++;
    if (!is_digit(*reading->at)) return true;
    reading->has_time = true;
    reading->hour = digits(reading, 2);
    bool colon = *reading->at == ':';
    if (colon) {
        reading->at++;
        reading->minute = digits(reading, 2);
        if (*reading->at == ':') {
            reading->at++;
            reading->second = digits(reading, 2);
        }
        if (*reading->at == '.' && is_digit(reading->at[1]))
            reading->at += 1 + strspn(reading->at + 1, "0123456789");
    }
    if (reading->hour < 0 || reading->minute < 0 || reading->second < 0) return false;
    const char *before = reading->at;
    return read_half(reading) && (colon || reading->at != before) && reading->minute < 60 &&
           reading->second < 60;
}

// "+02:00", "+0200", "+2"
static bool read_offset(struct reading *reading) {
    int sign = *reading->at == '-' ? -1 : 1;
    reading->at++;
    const char *start = reading->at;
    int hours = digits(reading, 4), minutes = 0;
    if (hours < 0) return false;
    if (reading->at - start > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (*reading->at == ':') {
        reading->at++;
        minutes = digits(reading, 2);
    }
    reading->offset = sign * (hours * 3600 + minutes * 60);
    return minutes >= 0 && hours <= 14;
}

// "Z", "UTC", "CEST", "Europe/Berlin", an offset. `local` is what the clock shows.
static bool read_zone(struct reading *reading, int64_t local) {
    skip_blanks(reading);
    if (!*reading->at) return true;
    if (*reading->at == '+' || *reading->at == '-') return read_offset(reading);
    size_t length = strspn(reading->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_/-");
    struct text name = {reading->at, length};
    struct error ignored = {0};
    int32_t seconds;
    reading->at += length;
    if (abbreviation_offset(name, &seconds)) {
        reading->offset = seconds;
        if ((*reading->at == '+' || *reading->at == '-') && text_equal_ignoring_case(name, TEXT("GMT")))
            return read_offset(reading);
        return true;
    }
    struct zone *zone = length && memchr(name.data, '/', length) ? zone_open(name, &ignored) : NULL;
    if (!zone) return false;
    reading->offset = local - zone_utc(zone, local);
    zone_close(&zone);
    return true;
}

static bool parse_seconds(struct text text, int64_t *utc) {
    return text_to_int64(text.length && text.data[0] == '@' ? (struct text){text.data + 1, text.length - 1}
                                                            : text,
                         utc) &&
           *utc > -((int64_t)1 << 40) && *utc < (int64_t)1 << 40;
}

bool moment_parse(struct text text, int64_t *utc) {
    char copy[LENGTH_MAX];
    text = text_trim(text);
    if (!text.length || text.length >= sizeof copy || memchr(text.data, '\0', text.length)) return false;
    if (parse_seconds(text, utc)) return true;
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    struct reading reading = {.at = copy};
    if (!read_date(&reading) || !read_time(&reading)) return false;
    if (reading.month < 1 || reading.month > 12 || reading.day < 1 || reading.day > 31) return false;
    int64_t local = civil_days(reading.year, reading.month, reading.day) * CIVIL_DAY_SECONDS +
                    reading.hour * 3600 + reading.minute * 60 + reading.second;
    if (!read_zone(&reading, local)) return false;
    skip_blanks(&reading);
    *utc = local - reading.offset;
    return !*reading.at;
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
