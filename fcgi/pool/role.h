// SPDX-License-Identifier: GPL-2.0-or-later
// The kinds of children that the master keeps.
#ifndef FCGI_POOL_ROLE_H
#define FCGI_POOL_ROLE_H

#include "config/settings.h"
#include "pool/scoreboard.h"

struct log;
struct rate_table;
struct replica_board;

// What a child is born with. All of it is the child's own copy, but for the slot, which the master reads.
struct child_start {
    const struct settings *settings;
    struct log *log;
    int listener;
    int mail_wake;                  // see base/wake.h; -1: none
    int cron_wake;                  // the same for the cron process
    struct rate_table *rates;       // of keys, shared by the workers; of no use to a program of its own
    struct replica_board *replicas; // the same
    int program;                    // the role's own, see own_program.h; -1: none was found
    int reading;                    // the whole scoreboard, to be read alone
    int status_listener;            // where "osticket-fcgi status" asks; -1: nowhere
    int metrics_listener;           // [metrics] listen; -1: nowhere
    int holding[2];                 // see holding.h; -1: none
    bool hands_listener;            // a program of its own gets the listener, too: to ask workers itself
    const struct scoreboard *scoreboard;
    struct scoreboard_slot *slot; // of the scoreboard's
};

struct role {
    const char *name;                                    // "worker", in the log
    unsigned (*wanted)(const struct settings *settings); // how many there shall be
    // The child's life, signals blocked: SIGQUIT ends it after what is in hand, SIGTERM after what waits at
    // the listener, too; SIGUSR1 opens the log anew. It calls slot_idle() when it is ready. Returns the exit
    // code; 0 is a wanted end.
    int (*run)(const struct child_start *start);
    const char *program; // that run() becomes, which is handed the scoreboard; NULL: it stays what it is
};

#endif
