// SPDX-License-Identifier: GPL-2.0-or-later
// Time as this process measures it.
#include "base/clock.h"

#include <stdio.h>
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
    size_t length = strftime(stamp, CLOCK_STAMP_SIZE, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(stamp + length, CLOCK_STAMP_SIZE - length, ".%03dZ", (int)(now.tv_nsec / 1000000 % 1000));
}
