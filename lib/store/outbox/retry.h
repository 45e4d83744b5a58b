// SPDX-License-Identifier: GPL-2.0-or-later
// When something that was not taken is tried again.
#ifndef STORE_OUTBOX_RETRY_H
#define STORE_OUTBOX_RETRY_H

#include <stddef.h>
#include <stdint.h>

// The waits after the first, second, … failed try, in seconds; the last of them holds for so many tries.
struct retry_plan {
    const int64_t *waits;
    size_t count;
    int64_t last_ones;
};

// Seconds to wait after so many failed tries (below 1 counts as 1); -1: it is given up.
int64_t retry_wait(const struct retry_plan *plan, int64_t attempts);

// The wait, longer or shorter by `percent` of it at most, so that many who failed at once do not come back at
// once. `chance` is any number.
int64_t retry_spread(int64_t wait, unsigned percent, uint64_t chance);

#endif
