// SPDX-License-Identifier: GPL-2.0-or-later
// Names of processes that hold a row of the database for a while: others of the same machine can tell whether
// such a process still lives, those of other machines wait until its time is over.
#ifndef STORE_LEASE_H
#define STORE_LEASE_H

#include <stdbool.h>

struct lease {
    char host[20]; // this machine and process namespace, then a slash; every name of theirs begins so
    char name[64]; // of this process
};

// The lease of the calling process.
struct lease lease_of_process(void);

// Whether `name` is of a process of this machine that is no more, or of this one before it forgot. Where a
// dead one's number was given to another process its lease runs out.
bool lease_is_dead(const struct lease *lease, const char *name);

#endif
