// SPDX-License-Identifier: GPL-2.0-or-later
// Time as this process measures it.
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#define CLOCK_STAMP_SIZE 32

// Milliseconds since some fixed point; never goes back.
int64_t clock_monotonic_ms(void);

// The same in microseconds.
int64_t clock_monotonic_us(void);

// The wall clock in UTC as RFC 3339 with milliseconds, "2026-11-24T04:02:29.123Z", terminated.
void clock_stamp(char stamp[CLOCK_STAMP_SIZE]);

#endif
