// SPDX-License-Identifier: GPL-2.0-or-later
// Time as this process measures it.
#include "base/clock.h"

#include "base/digits.h"

#include <time.h>

int64_t clock_monotonic_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void) {
    return clock_monotonic_us() / 1000;
}

void clock_stamp(char stamp[CLOCK_STAMP_SIZE]) {
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    char *to = digits_put(stamp, (unsigned)utc.tm_year + 1900, 4, '-');
    to = digits_put(to, (unsigned)utc.tm_mon + 1, 2, '-');
    to = digits_put(to, (unsigned)utc.tm_mday, 2, 'T');
    to = digits_put(to, (unsigned)utc.tm_hour, 2, ':');
    to = digits_put(to, (unsigned)utc.tm_min, 2, ':');
    to = digits_put(to, (unsigned)utc.tm_sec, 2, '.');
    to = digits_put(to, (unsigned)(now.tv_nsec / 1000000), 3, 'Z');
    *to = '\0';
}
