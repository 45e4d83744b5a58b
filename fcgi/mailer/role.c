// SPDX-License-Identifier: GPL-2.0-or-later
// From the master's child to the mailer's program.
#include "mailer/role.h"

#include "pool/handover.h"

unsigned mailer_count(const struct settings *settings) {
    return settings->mail.enabled ? 1 : 0;
}

int mailer_start(const struct child_start *start) {
    struct child_start own = *start;
    own.cron_wake = own.reading = own.status_listener = own.metrics_listener = -1;
    own.holding[1] = -1;
    return handover_start(&own, MAILER_PROGRAM, "mail waits in the queue, since the mailer cannot start");
}
