// SPDX-License-Identifier: GPL-2.0-or-later
// The loop of the process that calls webhooks.
#include "hooks/process.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/db.h"
#include "hooks/hooks.h"
#include "pool/database_settings.h"
#include "pool/helper.h"
#include "pool/signals.h"
#include "store/own_table.h"
#include "store/statements.h"

#include <stdlib.h>

#define NO_TABLE_MS 30000
#define STOP_MS     10500 // what is under way takes ten seconds at most

struct process {
    struct helper helper;
    struct db *db;
    struct hooks *hooks;
    struct statistics *statistics;
    struct hooks_counts published;
    bool told_no_table;
};

// Adds what was counted since the last time to what the slot's earlier processes counted.
static void publish(struct process *process) {
    const struct hooks_counts now = hooks_counts(process->hooks);
    struct statistics *all = process->statistics;
    statistics_count(&all->webhooks_sent, now.sent - process->published.sent);
    statistics_count(&all->webhooks_failed, now.failed - process->published.failed);
    statistics_count(&all->webhooks_postponed, now.postponed - process->published.postponed);
    statistics_count(&all->webhooks_switched_off, now.switched_off - process->published.switched_off);
    process->published = now;
}

// Without the tables nobody has a webhook: said once, and looked for again from time to time.
static int wait_after(struct process *process, const struct error *error) {
    if (error->code != ERROR_NOT_NATIVE) {
        helper_complain(&process->helper, error);
        return error->code == ERROR_RETRYABLE ? 1000 : HELPER_TROUBLE_MS;
    }
    if (!process->told_no_table)
        log_write(process->helper.log, LOG_LEVEL_NOTICE, "there are no webhooks: %s", error->detail);
    process->told_no_table = true;
    return NO_TABLE_MS;
}

static void keep(struct process *process) {
    while (!helper_is_stopping(&process->helper)) {
        struct error error = {0};
        helper_mind_log(&process->helper);
        int wait = hooks_work(process->hooks, &error);
        publish(process);
        if (wait >= 0) {
            helper_is_well(&process->helper);
            process->told_no_table = false;
        } else {
            wait = wait_after(process, &error);
        }
        if (wait && !process->helper.stopping) signals_wait(-1, wait);
    }
}

static void finish(struct process *process) {
    int64_t end = clock_monotonic_ms() + STOP_MS;
    struct error error = {0};
    while (clock_monotonic_ms() < end && hooks_finish(process->hooks, &error)) continue;
    publish(process);
}

static bool prepare(struct process *process, const struct child_start *start) {
    const struct settings *settings = start->settings;
    struct db_settings database = database_settings(settings);
    struct hooks_settings hooks = {
        .log = start->log,
        .http = settings->webhooks.http,
        .allow = settings->webhooks.allow,
        .tls_ca = settings->webhooks.tls_ca,
        .backlog = settings->webhooks.backlog,
        .gap = settings_changes_gap(settings),
        .stock_scopes = settings->api.stock_scopes,
    };
    process->helper = (struct helper){.log = start->log, .waits = "webhooks wait"};
    process->statistics = &start->slot->statistics;
    process->db = db_new(&database, statements, STATEMENT_COUNT);
    hooks.db = process->db;
    if (process->db) process->hooks = hooks_new(&hooks);
    if (!process->hooks) log_write(start->log, LOG_LEVEL_ERROR, "webhooks cannot be called: out of memory");
    return process->hooks != NULL;
}

int hooks_process_run(const struct child_start *start) {
    struct process *process = calloc(1, sizeof *process);
    bool good = process && prepare(process, start);
    if (good) {
        slot_idle(start->slot);
        keep(process);
        finish(process);
    }
    if (process) {
        hooks_free(&process->hooks);
        db_free(&process->db);
    }
    free(process);
    return good ? 0 : 1;
}
