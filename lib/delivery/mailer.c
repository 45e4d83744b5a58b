// SPDX-License-Identifier: GPL-2.0-or-later
// Works the queue off.
#include "delivery/mailer.h"

#include "base/log.h"
#include "delivery/alerts.h"
#include "delivery/compose.h"
#include "delivery/retry.h"
#include "store/lease.h"
#include "store/mail/queue.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUND_MAX   50
#define MEMORY_MAX  (96 * 1024 * 1024)
#define LEASE_SPARE 60 // seconds for reading and writing
#define KEPT_DAYS   7
#define LEASES_MAX  32

struct mailer {
    struct db *db;
    struct log *log;
    struct transport *transport;
    struct transport_settings settings;
    struct unknown_variables unknown;
    struct mailer_counts counts;
    int64_t sent_id; // a mail that was sent and is not booked as sent yet; 0: none
    struct lease lease;
};

struct mailer *mailer_new(const struct transport_settings *settings, struct db *db, struct log *log) {
    struct mailer *mailer = calloc(1, sizeof *mailer);
    if (!mailer) return NULL;
    message_library_start();
    mailer->db = db;
    mailer->log = log;
    mailer->settings = *settings;
    mailer->lease = lease_of_process();
    mailer->transport = transport_new(settings, log);
    if (!mailer->transport) mailer_free(&mailer);
    return mailer;
}

void mailer_free(struct mailer **mailer) {
    if (!*mailer) return;
    transport_free(&(*mailer)->transport);
    free(*mailer);
    *mailer = NULL;
}

const struct mailer_counts *mailer_counts(const struct mailer *mailer) {
    return &mailer->counts;
}

// What is sent is booked before anything else, so that a database that went away in between makes no repeat.
static bool book_sent(struct mailer *mailer, struct error *error) {
    if (mailer->sent_id &&
        !mail_queue_finish(mailer->db, mailer->sent_id, mailer->lease.name, "sent", TEXT_NULL, error))
        return false;
    mailer->sent_id = 0;
    return true;
}

bool mailer_recover(struct mailer *mailer, struct error *error) {
    struct mail_lease leases[LEASES_MAX];
    size_t count;
    if (!book_sent(mailer, error)) return false;
    if (!mail_queue_leases(mailer->db, mailer->lease.host, leases, LEASES_MAX, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (lease_is_dead(&mailer->lease, leases[i].name) &&
            !mail_queue_free(mailer->db, leases[i].name, error))
            return false;
    return true;
}

bool mailer_tidy(struct mailer *mailer, struct error *error) {
    return mail_queue_purge(mailer->db, KEPT_DAYS, error);
}

static bool is_stopping(const struct mailer *mailer) {
    return mailer->settings.is_stopping && mailer->settings.is_stopping(mailer->settings.context);
}

// After the last try: said where an administrator looks.
static bool give_up(struct mailer *mailer, const struct mail_row *row, struct text reason,
                    struct error *error) {
    struct buffer words = buffer_new(4096);
    buffer_add_format(&words, "Unable to send mail %" PRId64 " (%.*s of ticket #", row->id,
                      (int)row->kind.length, row->kind.data);
    buffer_add_text(&words, row->ticket_number);
    buffer_add_string(&words, "): ");
    buffer_add_text(&words, reason);
    log_write(mailer->log, LOG_LEVEL_ERROR, "mail: %" PRId64 " is given up after %" PRId64 " tries: %.*s",
              row->id, row->attempts + 1, (int)reason.length, reason.data);
    mailer->counts.failed++;
    bool done = mail_queue_syslog(mailer->db, buffer_text(&words), error) &&
                mail_queue_finish(mailer->db, row->id, mailer->lease.name, "failed", reason, error);
    buffer_free(&words);
    return done;
}

static bool failed(struct mailer *mailer, const struct mail_row *row, const struct error *why,
                   struct error *error) {
    struct text reason = text_of(why->detail[0] ? why->detail : why->message);
    int64_t wait = retry_after(row->attempts + 1);
    if (why->code == ERROR_ABORTED)
        return mail_queue_postpone(mailer->db, row->id, mailer->lease.name, 0, TEXT_NULL, false, error);
    if (wait < 0) return give_up(mailer, row, reason, error);
    mailer->counts.postponed++;
    log_write(mailer->log, LOG_LEVEL_WARNING,
              "mail: %" PRId64 " was not sent (try %" PRId64 "), again in %" PRId64 " s: %.*s", row->id,
              row->attempts + 1, wait, (int)reason.length, reason.data);
    return mail_queue_postpone(mailer->db, row->id, mailer->lease.name, wait, reason, true, error);
}

static bool dropped(struct mailer *mailer, const struct mail_row *row, const struct error *why,
                    struct error *error) {
    log_write(mailer->log, LOG_LEVEL_NOTICE, "mail: %" PRId64 " is dropped: %s", row->id, why->message);
    return mail_queue_finish(mailer->db, row->id, mailer->lease.name, "dropped", text_of(why->message),
                             error);
}

// Whether it was the database that failed: then nothing can be booked either.
static bool is_database(const struct error *error) {
    return error->code == ERROR_RETRYABLE || error->code == ERROR_UNKNOWN || error->code == ERROR_UNAVAILABLE;
}

static bool book_failure(struct mailer *mailer, const struct mail_row *row, const struct error *why,
                         struct error *error) {
    if (!is_database(why)) return failed(mailer, row, why, error);
    *error = *why;
    return false;
}

static bool deliver(struct mailer *mailer, const struct compose_settings *settings,
                    const struct mail_row *row, struct arena *arena, struct error *error) {
    struct composition mail;
    struct error why = {0};
    enum compose_result result = compose(settings, row, arena, &mail, &why);
    bool sent = result == COMPOSE_DONE && transport_send(mailer->transport, mailer->db, settings->help_desk,
                                                         &mail, row->attempts, arena, &why);
    composition_free(&mail);
    if (sent) {
        log_write(mailer->log, LOG_LEVEL_INFO, "mail: %" PRId64 " sent, %.*s of ticket #%.*s", row->id,
                  (int)row->kind.length, row->kind.data, (int)row->ticket_number.length,
                  row->ticket_number.data ? row->ticket_number.data : "");
        mailer->sent_id = row->id;
        mailer->counts.sent++;
        return book_sent(mailer, error);
    }
    if (result == COMPOSE_GONE) return dropped(mailer, row, &why, error);
    return book_failure(mailer, row, &why, error);
}

static bool spread(struct mailer *mailer, const struct compose_settings *settings, const struct mail_row *row,
                   struct arena *arena, struct error *error) {
    struct error why = {0};
    if (alerts_spread(settings, row, mailer->lease.name, arena, &why) || why.code == ERROR_CONFLICT)
        return true;
    return book_failure(mailer, row, &why, error);
}

// One due mail. 1: taken, 0: somebody else has it, -1: the database failed.
static int work(struct mailer *mailer, const struct help_desk *help_desk, int64_t id, struct error *error) {
    struct arena arena = arena_new(MEMORY_MAX);
    struct mail_row row;
    struct compose_settings settings = {mailer->db, mailer->log, help_desk, mailer->settings.secret_salt,
                                        &mailer->unknown};
    int taken = mail_queue_take(mailer->db, id, mailer->lease.name,
                                transport_longest(mailer->transport) + LEASE_SPARE, &arena, &row, error);
    if (taken > 0) {
        bool done = row.spread ? spread(mailer, &settings, &row, &arena, error)
                               : deliver(mailer, &settings, &row, &arena, error);
        if (!done) taken = -1;
    }
    arena_free(&arena);
    return taken;
}

bool mailer_round(struct mailer *mailer, size_t *taken, struct error *error) {
    int64_t ids[ROUND_MAX];
    size_t count;
    struct arena arena = arena_new(MEMORY_MAX);
    struct help_desk help_desk;
    *taken = 0;
    bool done = mail_queue_due(mailer->db, ids, ROUND_MAX, &count, error) &&
                (!count || mail_settings_load(mailer->db, &arena, &help_desk, error));
    for (size_t i = 0; done && i < count && !is_stopping(mailer); i++) {
        int result = work(mailer, &help_desk, ids[i], error);
        done = result >= 0;
        *taken += result > 0;
    }
    if (done && !count) transport_rest(mailer->transport);
    arena_free(&arena);
    return done;
}
