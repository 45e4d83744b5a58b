// SPDX-License-Identifier: GPL-2.0-or-later
// From the master's child to the metrics server's program.
#include "metrics/role.h"

#include "pool/handover.h"

unsigned metrics_count(const struct settings *settings) {
    (void)settings;
    return 1;
}

int metrics_start(const struct child_start *start) {
    struct child_start own = *start;
    own.mail_wake = own.cron_wake = -1;
    own.holding[1] = -1;
    return handover_start(&own, METRICS_PROGRAM, "nothing can be asked for its state, no metrics");
}
