// SPDX-License-Identifier: GPL-2.0-or-later
// The master's table of children: who lives, who is on the way out, when a new one may be started.
#ifndef FCGI_POOL_CHILDREN_H
#define FCGI_POOL_CHILDREN_H

#include "pool/role.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define CHILDREN_MAX SCOREBOARD_SLOTS

struct child {
    pid_t pid; // 0: the entry is free
    const struct role *role;
    int64_t started_ms;
    unsigned generation; // counts the reloads
    bool leaving;        // told to end
    int64_t kill_at_ms;  // told to end because of its request: when it is killed; 0: it was not
};

#define ROLES_MAX SCOREBOARD_ROLES

// The brake of a role: when its children die at once, the next waits, ever longer.
struct brake {
    const struct role *role; // NULL: the entry is free
    int program;             // a descriptor of the role's program; -1: none
    unsigned deaths;         // within a second of birth, in a row
    int64_t last_ms;
    int64_t not_before_ms;
};

struct children {
    struct child table[CHILDREN_MAX];
    struct scoreboard scoreboard; // a slot an entry
    struct brake brakes[ROLES_MAX];
    unsigned generation;
    // Set by the master, borrowed: what the next child is born with.
    const struct settings *settings;
    struct log *log;
    int listener;
    int holding[2];                 // see holding.h
    struct rate_table *rates;       // of keys; stays as long as the pool
    struct replica_board *replicas; // the same
    int mail_wake;
    int cron_wake;
    int status_listener;
    int metrics_listener;
};

bool children_open(struct children *children, struct error *error) CHECKED;
void children_close(struct children *children);

// Holds the program of the role, so that an upgrade of the files on the disk mixes no versions. Without one
// the child's start says what is missing.
void children_hold_program(struct children *children, const struct role *role);

// One step towards the wanted number of children of `role` in the present generation: a new one is started
// before an old one is told to end, one at a time. In a new child it returns false, with its exit code in
// `*code`. `*settled` is cleared while there is more to do.
bool children_balance(struct children *children, const struct role *role, int *code, bool *settled);

// Takes in who has died.
void children_reap(struct children *children);

// Ends who works on one request for longer than request_timeout, and says what it was.
void children_check_deadlines(struct children *children);

// Has all end once nobody waits at the present listener any more; others take their places at once.
void children_retire(struct children *children);

void children_signal(struct children *children, int number); // to all
bool children_any(const struct children *children);
bool children_any_ready(const struct children *children);

#endif
