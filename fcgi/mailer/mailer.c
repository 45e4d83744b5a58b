// SPDX-License-Identifier: GPL-2.0-or-later
// The mailer's loop.
#include "mailer/mailer.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/wake.h"
#include "db/db.h"
#include "delivery/mailer.h"
#include "pool/database_settings.h"
#include "pool/helper.h"
#include "pool/signals.h"
#include "store/idempotency.h"
#include "store/statements.h"

#include <stdlib.h>

#define LOOK_MS        1000 // another host's workers cannot wake us
#define TIDY_MS        3600000
#define PURGED_AT_ONCE 1000

struct mailer_process {
    struct helper helper;
    struct db *db;
    struct mailer *mailer;
    struct statistics *statistics;
    struct mailer_counts published;
    int wake;
    bool recovered;
    int64_t tidied_ms;
};

// Asked between two mails and in the midst of a transfer.
static bool is_stopping(void *context) {
    struct mailer_process *process = context;
    return helper_is_stopping(&process->helper);
}

// Requests remembered for their Idempotency-Key. Without the table there is nothing to forget.
static void forget_requests(struct mailer_process *process) {
    struct error error = {0};
    uint64_t purged = PURGED_AT_ONCE;
    while (purged == PURGED_AT_ONCE && !is_stopping(process))
        if (!idempotency_purge(process->db, PURGED_AT_ONCE, &purged, &error)) {
            log_write(process->helper.log, LOG_LEVEL_NOTICE, "old Idempotency-Keys are not forgotten: %s",
                      *error.detail ? error.detail : error.message);
            return;
        }
}

// Adds what was counted since the last time to what the slot's earlier mailers counted.
static void publish(struct mailer_process *process) {
    const struct mailer_counts *now = mailer_counts(process->mailer);
    struct statistics *all = process->statistics;
    statistics_count(&all->mails_sent, now->sent - process->published.sent);
    statistics_count(&all->mails_failed, now->failed - process->published.failed);
    statistics_count(&all->mails_postponed, now->postponed - process->published.postponed);
    process->published = *now;
}

// What is to be done now; how long to wait then, in milliseconds.
static int work(struct mailer_process *process) {
    struct error error = {0};
    size_t taken = 0;
    int64_t now = clock_monotonic_ms();
    if (!process->recovered) process->recovered = mailer_recover(process->mailer, &error);
    bool good = process->recovered && mailer_round(process->mailer, &taken, &error);
    publish(process);
    if (good && (!process->tidied_ms || now - process->tidied_ms > TIDY_MS)) {
        good = mailer_tidy(process->mailer, &error);
        forget_requests(process);
        process->tidied_ms = now;
    }
    if (good) {
        helper_is_well(&process->helper);
        return taken ? 0 : LOOK_MS;
    }
    process->recovered = false;
    helper_complain(&process->helper, &error);
    return error.code == ERROR_RETRYABLE ? LOOK_MS : HELPER_TROUBLE_MS;
}

static void keep(struct mailer_process *process) {
    while (!is_stopping(process)) {
        helper_mind_log(&process->helper);
        // Cleared before the queue is read: what is queued meanwhile wakes us again.
        wake_clear(process->wake);
        int wait = work(process);
        if (!process->helper.stopping && wait) signals_wait(wait == LOOK_MS ? process->wake : -1, wait);
    }
}

static bool prepare(struct mailer_process *process, const struct child_start *start) {
    const struct settings *settings = start->settings;
    struct db_settings database = database_settings(settings);
    struct transport_settings transport = {
        .sendmail = settings->mail.sendmail,
        .verify = settings->mail.verify,
        .tls_ca = settings->mail.tls_ca,
        .timeout = settings->mail.timeout,
        .secret_salt = text_of(settings->osticket.secret_salt),
        .is_stopping = is_stopping,
        .context = process,
    };
    process->helper =
        (struct helper){.log = start->log, .waits = "mail waits, since the queue cannot be read"};
    process->wake = start->mail_wake;
    process->statistics = &start->slot->statistics;
    process->db = db_new(&database, statements, STATEMENT_COUNT);
    if (process->db) process->mailer = mailer_new(&transport, process->db, start->log);
    if (!process->mailer) log_write(start->log, LOG_LEVEL_ERROR, "the mailer cannot start: out of memory");
    return process->mailer != NULL;
}

int mailer_run(const struct child_start *start) {
    struct mailer_process *process = calloc(1, sizeof *process);
    bool good = process && prepare(process, start);
    if (good) {
        slot_idle(start->slot);
        keep(process);
    }
    if (process) {
        mailer_free(&process->mailer);
        db_free(&process->db);
    }
    free(process);
    return good ? 0 : 1;
}
