// SPDX-License-Identifier: GPL-2.0-or-later
// From the master's child to the program that holds requests.
#include "feed/role.h"

#include "pool/handover.h"

unsigned feed_count(const struct settings *settings) {
    return settings->changes.waiters ? 1 : 0;
}

int feed_start(const struct child_start *start) {
    struct child_start own = *start;
    own.mail_wake = own.cron_wake = own.reading = own.status_listener = own.metrics_listener = -1;
    own.holding[0] = -1;
    own.hands_listener = true;
    return handover_start(&own, FEED_PROGRAM,
                          "no request waits for changes, since their process cannot start");
}
