// SPDX-License-Identifier: GPL-2.0-or-later
// From the master's child to the program that calls webhooks.
#include "hooks/role.h"

#include "pool/handover.h"

unsigned hooks_count(const struct settings *settings) {
    return settings->webhooks.enabled ? 1 : 0;
}

int hooks_start(const struct child_start *start) {
    struct child_start own = *start;
    own.mail_wake = own.cron_wake = own.reading = own.status_listener = own.metrics_listener = -1;
    return handover_start(&own, HOOKS_PROGRAM, "webhooks are not called, since their process cannot start");
}
