// SPDX-License-Identifier: GPL-2.0-or-later
// How long answers took.
#include "compare/times.h"

#include <stdlib.h>

void times_add(struct times *times, int64_t us) {
    if (times->count == times->capacity) {
        size_t capacity = times->capacity ? 2 * times->capacity : 256;
        int64_t *larger = realloc(times->us, capacity * sizeof *larger);
        if (!larger) return;
        times->us = larger;
        times->capacity = capacity;
    }
    times->us[times->count++] = us;
}

void times_free(struct times *times) {
    free(times->us);
    *times = (struct times){0};
}

static int compare(const void *a, const void *b) {
    const int64_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

int64_t times_percentile(struct times *times, unsigned percent) {
    if (!times->count) return 0;
    qsort(times->us, times->count, sizeof *times->us, compare);
    size_t rank = (times->count * percent + 99) / 100;
    return times->us[rank ? rank - 1 : 0];
}
