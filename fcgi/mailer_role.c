// SPDX-License-Identifier: GPL-2.0-or-later
// From the master's child to the mailer's program.
#include "mailer_role.h"

#include "base/log.h"
#include "mailer_handover.h"
#include "mailer_program.h"

unsigned mailer_count(const struct settings *settings) {
    return settings->mail.enabled ? 1 : 0;
}

int mailer_start(const struct child_start *start) {
    struct error error = {0};
    // One that was missing when the master looked for it may be there by now.
    int program = start->mailer_program >= 0 ? start->mailer_program : mailer_program_open(&error);
    if (program >= 0) mailer_handover_give(start, program, &error);
    log_write(start->log, LOG_LEVEL_ERROR, "mail waits in the queue, since the mailer cannot start: %s",
              error.message);
    return 1;
}
