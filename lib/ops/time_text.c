// SPDX-License-Identifier: GPL-2.0-or-later
// Times as clients give them.
#include "ops/time_text.h"

#include "calendar/civil.h"

#define DATE_LENGTH  10 // "2026-03-05"
#define CLOCK_LENGTH 8  // "10:20:30"
#define ZONE_LENGTH  6  // "+02:00"
#define SPAN_MAX     (INT64_C(200) * 366)
#define MINUTE       60
#define HOUR         3600

static struct text part(struct text text, size_t from, size_t length) {
    return (struct text){text.data + from, length};
}

static bool read_span(struct text text, struct time_text *time) {
    int64_t count, unit;
    if (text.length < 3 || (text.data[0] != '-' && text.data[0] != '+')) return false;
    switch (text.data[text.length - 1]) {
    case 'd': unit = CIVIL_DAY_SECONDS; break;
    case 'h': unit = HOUR; break;
    case 'm': unit = MINUTE; break;
    default: return false;
    }
    if (!text_to_int64(part(text, 1, text.length - 2), &count) || count < 0 ||
        count > SPAN_MAX * CIVIL_DAY_SECONDS / unit)
        return false;
    *time = (struct time_text){TIME_FROM_NOW, (text.data[0] == '-' ? -count : count) * unit};
    return true;
}

// "Z" or "+02:00" as seconds east of UTC.
static bool read_offset(struct text text, int64_t *offset) {
    int32_t seconds;
    char clock[CLOCK_LENGTH];
    *offset = 0;
    if (text.length == 1) return *text.data == 'Z' || *text.data == 'z';
    if (text.length != ZONE_LENGTH || (*text.data != '+' && *text.data != '-')) return false;
    for (size_t i = 0; i < CLOCK_LENGTH; i++)
        clock[i] = i < ZONE_LENGTH - 1 ? text.data[i + 1] : ":00"[i - 5];
    if (!civil_parse_time((struct text){clock, CLOCK_LENGTH}, &seconds)) return false;
    *offset = *text.data == '-' ? -(int64_t)seconds : seconds;
    return true;
}

static size_t fraction_length(struct text text) {
    size_t length = 1;
    if (!text.length || *text.data != '.') return 0;
    while (length < text.length && text.data[length] >= '0' && text.data[length] <= '9') length++;
    return length > 1 ? length : 0;
}

// "T10:20:30.5+02:00" behind a date.
static bool read_clock(struct text text, int64_t *seconds) {
    int32_t clock;
    int64_t offset;
    if (text.length < 1 + CLOCK_LENGTH || (*text.data != 'T' && *text.data != 't')) return false;
    struct text rest = part(text, 1 + CLOCK_LENGTH, text.length - 1 - CLOCK_LENGTH);
    size_t fraction = fraction_length(rest);
    if (!civil_parse_time(part(text, 1, CLOCK_LENGTH), &clock) ||
        !read_offset(part(rest, fraction, rest.length - fraction), &offset))
        return false;
    *seconds += clock - offset;
    return true;
}

bool time_text_read(struct text text, struct time_text *time) {
    int64_t days;
    if (read_span(text, time)) return true;
    if (text.length < DATE_LENGTH || !civil_parse_date(part(text, 0, DATE_LENGTH), &days)) return false;
    *time = (struct time_text){TIME_ON_DAY, days * CIVIL_DAY_SECONDS};
    if (text.length == DATE_LENGTH) return true;
    time->kind = TIME_AT;
    return read_clock(part(text, DATE_LENGTH, text.length - DATE_LENGTH), &time->seconds);
}
