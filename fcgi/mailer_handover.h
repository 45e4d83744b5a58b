// SPDX-License-Identifier: GPL-2.0-or-later
// What a child of the master's takes with it when it becomes the mailer's program: descriptors, and their
// numbers as the program's arguments.
#ifndef FCGI_MAILER_HANDOVER_H
#define FCGI_MAILER_HANDOVER_H

#include "role.h"

#include <stdbool.h>

// Runs `program` (mailer_program.h) in this process' place, with the settings as they are here, the log, the
// wake descriptor and the slot. Comes back only when that failed, with `error` saying why.
void mailer_handover_give(const struct child_start *start, int program, struct error *error);

// What main() got of it. False with `error` set when that is not what this version's
// mailer_handover_give() gives.
struct mailer_handover {
    struct settings settings;
    struct scoreboard scoreboard;
    struct child_start start; // into these two
};
bool mailer_handover_take(int count, char **arguments, struct mailer_handover *handover,
                          struct error *error) CHECKED;
void mailer_handover_free(struct mailer_handover *handover);

#endif
