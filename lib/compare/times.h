// SPDX-License-Identifier: GPL-2.0-or-later
// How long answers took.
#ifndef COMPARE_TIMES_H
#define COMPARE_TIMES_H

#include <stddef.h>
#include <stdint.h>

struct times {
    int64_t *us;
    size_t count, capacity;
};

void times_add(struct times *times, int64_t us); // one that finds no memory is left out
void times_free(struct times *times);

// The time that `percent` of the answers did not exceed, in microseconds; 0 when there are none. Sorts.
int64_t times_percentile(struct times *times, unsigned percent);

#endif
