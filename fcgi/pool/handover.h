// SPDX-License-Identifier: GPL-2.0-or-later
// What a child of the master's takes with it when it becomes a program of its own: descriptors, and their
// numbers as the program's arguments.
#ifndef FCGI_POOL_HANDOVER_H
#define FCGI_POOL_HANDOVER_H

#include "pool/role.h"

// Runs the program `name` (own_program.h) in this process' place, with the settings as they are here, the
// log, the slot, and those of the start's descriptors that are not -1. Comes back only when that failed: says
// in the log `what` follows from it, and why; the exit code.
int handover_start(const struct child_start *start, const char *name, const char *what);

// The program's main(): answers --version, or runs `run` with what handover_start() of the same version gave.
// `program` is its name, `process_name` what ps shows (the kernel keeps 15 bytes). The exit code is `run`'s,
// or 2 with a sentence on stderr where the arguments are not handover_start()'s.
struct handover_role {
    const char *program, *process_name;
    int (*run)(const struct child_start *start);
};
int handover_main(int count, char **arguments, const struct handover_role *role);

#endif
