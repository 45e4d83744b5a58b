// SPDX-License-Identifier: GPL-2.0-or-later
// Times of the day, and zones behind them.
#include "calendar/moment_reading.h"

#include "calendar/abbreviation.h"

#include <string.h>

static bool is_half(const char *at, char letter) {
    return (*at | 0x20) == letter;
}

// "am", "p.m.": the hour on a clock of twelve hours. False when there is none, or the hour is not of such
// one.
static bool read_half(struct moment_reading *reading) {
    struct moment_reading ahead = *reading;
    moment_skip_blanks(&ahead);
    bool afternoon = is_half(ahead.at, 'p');
    if (!afternoon && !is_half(ahead.at, 'a')) return false;
    ahead.at++;
    bool dotted = *ahead.at == '.';
    if (dotted) ahead.at++;
    if (!is_half(ahead.at, 'm')) return false;
    ahead.at++;
    if (dotted && *ahead.at == '.') ahead.at++;
    if (moment_is_letter(*ahead.at) || reading->hour < 1 || reading->hour > 12) return false;
    reading->at = ahead.at;
    reading->hour = reading->hour % 12 + (afternoon ? 12 : 0);
    return true;
}

// ":30", ":30:15.5"
static bool read_minutes(struct moment_reading *reading) {
    reading->at++;
    reading->minute = moment_digits(reading, 2);
    if (*reading->at == ':') {
        reading->at++;
        reading->second = moment_digits(reading, 2);
        if (*reading->at == '.' && moment_is_digit(reading->at[1]))
            reading->at += 1 + strspn(reading->at + 1, "0123456789");
    }
    return reading->minute >= 0 && reading->minute < 60 && reading->second >= 0 && reading->second < 60;
}

// "T1500", "T150030"
static bool read_compact(struct moment_reading *reading) {
    size_t count = strspn(reading->at + 1, "0123456789");
    if (!is_half(reading->at, 't') || (count != 4 && count != 6)) return false;
    reading->at++;
    int number = moment_digits(reading, 6) * (count == 4 ? 100 : 1);
    reading->hour = number / 10000;
    reading->minute = number / 100 % 100;
    reading->second = number % 100;
    reading->clock = MOMENT_CLOCK_GIVEN;
    return reading->hour <= 24 && reading->minute < 60 && reading->second < 60;
}

// "15:00", "15:00:30.5", "3pm", "3:30 PM", "T15:00"
bool moment_read_time(struct moment_reading *reading) {
    if (reading->clock == MOMENT_CLOCK_GIVEN) return false;
    struct moment_reading ahead = *reading;
    if (read_compact(&ahead)) {
        *reading = ahead;
        return true;
    }
    ahead = *reading;
    if (is_half(ahead.at, 't') && moment_is_digit(ahead.at[1])) ahead.at++;
    if (!moment_is_digit(*ahead.at)) return false;
    ahead.minute = ahead.second = 0;
    ahead.hour = moment_digits(&ahead, 2);
    bool colon = *ahead.at == ':';
    if (ahead.hour < 0 || (colon && !read_minutes(&ahead))) return false;
    if (!read_half(&ahead) && (!colon || ahead.hour > 24)) return false;
    ahead.clock = MOMENT_CLOCK_GIVEN;
    *reading = ahead;
    return true;
}

// "+02:00", "+0200", "+2"
static bool read_offset(struct moment_reading *reading) {
    int sign = *reading->at == '-' ? -1 : 1;
    reading->at++;
    const char *start = reading->at;
    int hours = moment_digits(reading, 4), minutes = 0;
    if (hours < 0) return false;
    if (reading->at - start > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (*reading->at == ':') {
        reading->at++;
        minutes = moment_digits(reading, 2);
    }
    reading->offset = sign * (hours * 3600 + minutes * 60);
    return minutes >= 0 && hours <= 14;
}

// "UTC", "CEST", "GMT+2", "Europe/Berlin"
static bool read_name(struct moment_reading *reading) {
    size_t length = strspn(reading->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_/-");
    struct text name = {reading->at, length};
    struct error ignored = {0};
    int32_t seconds;
    reading->at += length;
    if (abbreviation_offset(name, &seconds)) {
        reading->offset = seconds;
        bool more = *reading->at == '+' || *reading->at == '-';
        return !more || !text_equal_ignoring_case(name, TEXT("GMT")) || read_offset(reading);
    }
    // PHP knows "Europe/Berlin" and neither "europe/berlin" nor "EUROPE/BERLIN".
    bool title = length > 1 && name.data[0] <= 'Z' && name.data[1] >= 'a';
    if (title && memchr(name.data, '/', length)) reading->zone = zone_open(name, &ignored);
    return reading->zone != NULL;
}

bool moment_read_zone(struct moment_reading *reading) {
    struct moment_reading ahead = *reading;
    if (reading->has_zone) return false;
    bool sign = *ahead.at == '+' || *ahead.at == '-';
    if (!(sign ? read_offset(&ahead) : read_name(&ahead))) return false;
    ahead.has_zone = true;
    *reading = ahead;
    return true;
}
