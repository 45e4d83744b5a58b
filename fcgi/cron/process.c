// SPDX-License-Identifier: GPL-2.0-or-later
// The cron process' loop.
#include "cron/process.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/wake.h"
#include "cron/cron.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "pool/helper.h"
#include "pool/signals.h"
#include "store/cron/runs.h"
#include "store/lease.h"
#include "store/statements.h"

#include <stdlib.h>

#define LEASE_S   120 // for one step of a job
#define KEEP_MS   10000
#define HELD_MS   300   // another process has the jobs, and a run is asked for
#define LOOK_MS   60000 // another host's workers cannot wake us
#define STATE_MAX (64 << 10)

struct process {
    struct helper helper;
    struct db *db;
    const struct settings *settings;
    struct lease lease;
    int wake, mail_wake;
    bool seeded;
    bool lost; // the lease of the present run
    int64_t kept_ms;
};

// Between two steps the lease is kept; one that cannot be kept belongs to somebody else soon.
static bool may_go_on(void *context) {
    struct process *process = context;
    struct error error = {0};
    int64_t now = clock_monotonic_ms();
    if (process->lost || helper_is_stopping(&process->helper)) return false;
    if (now - process->kept_ms < KEEP_MS) return true;
    if (cron_runs_keep(process->db, process->lease.name, LEASE_S, &error)) {
        process->kept_ms = now;
        return true;
    }
    process->lost = error.code == ERROR_CONFLICT || now - process->kept_ms > (LEASE_S - 20) * 1000;
    helper_complain(&process->helper, &error);
    return !process->lost;
}

static bool run(struct process *process, const struct cron_state *state, struct error *error) {
    struct cron cron = {
        .db = process->db,
        .log = process->helper.log,
        .secret_salt = text_of(process->settings->osticket.secret_salt),
        .caller = state->asked > state->done ? state->caller : TEXT(""),
        .mail_enabled = process->settings->mail.enabled,
        .fetch = {.verify = process->settings->mail.verify,
                  .tls_ca = process->settings->mail.tls_ca,
                  .max_mail = process->settings->cron.max_mail,
                  .email_as_php = process->settings->email.as_php,
                  .ignored_plugins = process->settings->create.ignore_plugins},
        .may_go_on = may_go_on,
        .context = process,
    };
    int64_t begun = clock_monotonic_ms();
    process->kept_ms = begun;
    process->lost = false;
    bool done = cron_run(&cron, error);
    if (cron.mailed) wake_send(process->mail_wake);
    if (!done) return false;
    log_write(process->helper.log, LOG_LEVEL_INFO, "cron: the jobs are done in %lld ms, %s",
              (long long)(clock_monotonic_ms() - begun),
              cron.caller.length ? "as asked for" : "as it was time");
    return cron_runs_end(process->db, process->lease.name, error);
}

// A process of this machine that died with the jobs in its hands has them no longer.
static bool free_of_dead(struct process *process, struct cron_state *state, struct error *error) {
    if (!state->lease.length || !lease_is_dead(&process->lease, state->lease.data)) return true;
    state->held = false;
    return cron_runs_free(process->db, state->lease.data, error);
}

static int milliseconds_until(const struct process *process, const struct cron_state *state) {
    int64_t every = process->settings->cron.every, left = LOOK_MS;
    if (state->asked > state->done) return state->held ? HELD_MS : 0;
    if (every && state->age >= 0 && (every - state->age) * 1000 < left) left = (every - state->age) * 1000;
    return left > HELD_MS ? (int)left : HELD_MS;
}

// Runs the jobs that are taken. What was asked for is left to whoever comes next when that fails.
static bool run_taken(struct process *process, const struct cron_state *state, struct error *error) {
    struct error second = {0};
    if (run(process, state, error)) return true;
    if (!process->lost && !cron_runs_free(process->db, process->lease.name, &second)) *error = second;
    return false;
}

// What is to be done now; how long to wait then, in milliseconds, -1 when something failed.
static int work(struct process *process, struct arena *arena, struct error *error) {
    struct cron_state state;
    if (!process->seeded) process->seeded = cron_runs_seed(process->db, error);
    if (!process->seeded) return -1;
    int claimed =
        cron_runs_claim(process->db, process->lease.name, LEASE_S, process->settings->cron.every, error);
    int found = claimed < 0 ? -1 : cron_runs_look(process->db, arena, &state, error);
    if (found < 0) return -1;
    if (!found) process->seeded = false; // somebody emptied the table
    if (claimed) return run_taken(process, &state, error) ? 0 : -1;
    return free_of_dead(process, &state, error) ? milliseconds_until(process, &state) : -1;
}

static void keep(struct process *process) {
    while (!helper_is_stopping(&process->helper)) {
        struct error error = {0};
        struct arena arena = arena_new(STATE_MAX);
        helper_mind_log(&process->helper);
        // Cleared before the table is read: who asks meanwhile wakes us again.
        wake_clear(process->wake);
        int wait = work(process, &arena, &error);
        arena_free(&arena);
        if (wait >= 0) helper_is_well(&process->helper);
        if (wait < 0 && !process->helper.stopping) helper_complain(&process->helper, &error);
        if (wait && !process->helper.stopping)
            signals_wait(wait < 0 ? -1 : process->wake, wait < 0 ? HELPER_TROUBLE_MS : wait);
    }
}

static bool prepare(struct process *process, const struct child_start *start) {
    struct db_settings database = database_settings(start->settings);
    process->helper = (struct helper){.log = start->log, .waits = "cron's jobs wait"};
    process->settings = start->settings;
    process->wake = start->cron_wake;
    process->mail_wake = start->mail_wake;
    process->lease = lease_of_process();
    process->db = db_new(&database, statements, STATEMENT_COUNT);
    if (!process->db) log_write(start->log, LOG_LEVEL_ERROR, "cron cannot start: out of memory");
    return process->db != NULL;
}

int cron_process_run(const struct child_start *start) {
    struct process *process = calloc(1, sizeof *process);
    bool good = process && prepare(process, start);
    if (good) {
        slot_idle(start->slot);
        keep(process);
    }
    if (process) db_free(&process->db);
    free(process);
    return good ? 0 : 1;
}
