// SPDX-License-Identifier: GPL-2.0-or-later
// Who runs the cron jobs, and for whom: this server's own table ({fcgi:cron}, schema/fcgi-cron.sql). Over all
// hosts one process at a time holds the lease; calls are counted, and a run covers those that came before it.
//
// A caller:  cron_runs_ask(), then cron_runs_look() until `done` has reached the number it got.
// A runner:  cron_runs_claim(), cron_runs_keep() while it works, cron_runs_end().
//
// One round trip each. Errors: those of the database; without the table ERROR_NOT_NATIVE with a detail that
// names schema/fcgi-cron.sql.
#ifndef STORE_CRON_RUNS_H
#define STORE_CRON_RUNS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct cron_state {
    int64_t asked, taken, done;
    int64_t age; // seconds since the last run began; -1: there was none
    bool held;   // somebody runs the jobs now
    struct text lease, caller;
};

// Asks for a run; `*call` is the caller's number.
bool cron_runs_ask(struct db *db, struct text caller, int64_t *call, struct error *error) CHECKED;

// What there is. 1: read, 0: nobody has asked yet, -1: failure.
int cron_runs_look(struct db *db, struct arena *arena, struct cron_state *state, struct error *error) CHECKED;

// Makes the row that claiming takes; again does no harm.
bool cron_runs_seed(struct db *db, struct error *error) CHECKED;

// Takes the lease for `seconds` where a run is asked for or `every` seconds have passed since the last one
// (0: does not matter). 1: taken, 0: nothing to do or somebody else has it, -1: failure.
int cron_runs_claim(struct db *db, const char *lease, int64_t seconds, int64_t every,
                    struct error *error) CHECKED;

// Holds it for `seconds` more. ERROR_CONFLICT when it ran out and somebody else has it.
bool cron_runs_keep(struct db *db, const char *lease, int64_t seconds, struct error *error) CHECKED;

// The run came to its end: whoever waits for it is told so.
bool cron_runs_end(struct db *db, const char *lease, struct error *error) CHECKED;

// Gives the lease up (or back, for one that is dead): what was asked for is still to be done.
bool cron_runs_free(struct db *db, const char *lease, struct error *error) CHECKED;

#endif
