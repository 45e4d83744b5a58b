// SPDX-License-Identifier: GPL-2.0-or-later
// When a mail that was not taken is tried again.
#include "delivery/retry.h"

#include "store/outbox/retry.h"

#define HOURLY_TRIES 48

int64_t retry_after(int64_t attempts) {
    static const int64_t waits[] = {60, 300, 900, 3600};
    static const struct retry_plan plan = {waits, sizeof waits / sizeof *waits, HOURLY_TRIES};
    return retry_wait(&plan, attempts);
}
