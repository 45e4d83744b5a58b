// SPDX-License-Identifier: GPL-2.0-or-later
// What a child of the master's takes with it when it becomes a program of its own: descriptors, and their
// numbers as the program's arguments.
#ifndef FCGI_POOL_HANDOVER_H
#define FCGI_POOL_HANDOVER_H

#include "pool/role.h"

#include <stdbool.h>

// Runs the program `name` (own_program.h) in this process' place, with the settings as they are here, the
// log, the slot, and those of the start's descriptors that are not -1. Comes back only when that failed: says
// in the log `what` follows from it, and why; the exit code.
int handover_start(const struct child_start *start, const char *name, const char *what);

// What main() got of it. False with `error` set when that is not what this version's
// handover_start() gives.
struct handover {
    struct settings settings;
    struct scoreboard scoreboard;
    struct child_start start; // into these two
};
bool handover_take(int count, char **arguments, struct handover *handover, struct error *error) CHECKED;
void handover_free(struct handover *handover);

#endif
