// SPDX-License-Identifier: GPL-2.0-or-later
// What the processes beside the workers do alike in their loops.
#include "pool/helper.h"

#include "base/clock.h"
#include "base/log.h"
#include "pool/signals.h"

#include <signal.h>

#define COMPLAIN_MS 60000

bool helper_is_stopping(struct helper *helper) {
    signals_deliver();
    bool terminated = signals_take(SIGTERM), quit = signals_take(SIGQUIT);
    if (terminated || quit) helper->stopping = true;
    return helper->stopping;
}

void helper_mind_log(struct helper *helper) {
    if (signals_take(SIGUSR1)) log_reopen_or_tell(helper->log);
}

void helper_complain(struct helper *helper, const struct error *error) {
    int64_t now = clock_monotonic_ms();
    if (helper->complained_ms && now - helper->complained_ms < COMPLAIN_MS) return;
    helper->complained_ms = now;
    log_write(helper->log, LOG_LEVEL_ERROR, "%s: %s", helper->waits,
              *error->detail ? error->detail : error->message);
}

void helper_is_well(struct helper *helper) {
    helper->complained_ms = 0;
}
