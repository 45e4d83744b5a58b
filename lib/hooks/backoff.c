// SPDX-License-Identifier: GPL-2.0-or-later
// When a call of a webhook that failed is made again.
#include "hooks/backoff.h"

#include "store/outbox/retry.h"

#define SPREAD_PERCENT 20

int64_t backoff(int64_t attempts, int64_t asked_for, uint64_t chance) {
    static const int64_t waits[] = {10, 60, 300, 1800, 7200, 21600, 43200, 86400};
    static const struct retry_plan plan = {waits, sizeof waits / sizeof *waits, 1};
    int64_t wait = retry_wait(&plan, attempts);
    if (wait < 0) return -1;
    wait = retry_spread(wait, SPREAD_PERCENT, chance);
    return wait < asked_for ? asked_for : wait;
}
