// SPDX-License-Identifier: GPL-2.0-or-later
// When something that was not taken is tried again.
#include "store/outbox/retry.h"

int64_t retry_wait(const struct retry_plan *plan, int64_t attempts) {
    int64_t count = (int64_t)plan->count;
    if (attempts < 1) attempts = 1;
    if (attempts <= count) return plan->waits[attempts - 1];
    return attempts < count + plan->last_ones ? plan->waits[count - 1] : -1;
}

int64_t retry_spread(int64_t wait, unsigned percent, uint64_t chance) {
    int64_t most = wait * (int64_t)percent / 100;
    return most > 0 ? wait - most + (int64_t)(chance % (uint64_t)(2 * most + 1)) : wait;
}
