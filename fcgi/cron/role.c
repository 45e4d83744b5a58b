// SPDX-License-Identifier: GPL-2.0-or-later
// From the master's child to the program that runs cron.
#include "cron/role.h"

#include "pool/handover.h"

unsigned cron_count(const struct settings *settings) {
    return settings->cron.enabled ? 1 : 0;
}

int cron_start(const struct child_start *start) {
    struct child_start own = *start;
    own.reading = own.status_listener = own.metrics_listener = -1;
    own.holding[1] = -1;
    return handover_start(&own, CRON_PROGRAM, "cron's jobs are not done, since their process cannot start");
}
