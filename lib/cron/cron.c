// SPDX-License-Identifier: GPL-2.0-or-later
// The order of the jobs.
#include "cron/cron.h"

#include "base/arena.h"
#include "base/log.h"
#include "cron/jobs.h"
#include "ops/native_version.h"
#include "store/cron/tidy.h"
#include "store/mail/settings.h"

#include <stdlib.h>
#include <string.h>

#define SETTINGS_MAX (16 << 20)
#define NUMBER_MAX   64
#define TRIES        3 // of a job that the database rolled back

// As osTicket has them.
static const struct {
    const char *name;
    cron_job *run;
} jobs[] = {
    {"fetching mail", cron_fetch},  {"overdue tickets", cron_overdue}, {"expired locks", cron_locks},
    {"the system log", cron_logs},  {"sessions", cron_sessions},       {"password-reset tokens", cron_tokens},
    {"orphan files", cron_orphans}, {"drafts", cron_drafts},           {"the search index", cron_index},
};

bool cron_goes_on(const struct cron *cron) {
    return cron->may_go_on(cron->context);
}

bool cron_take_bites(struct cron *cron, bool bite(struct cron *cron, uint64_t *count, struct error *error),
                     struct error *error) {
    uint64_t count = CRON_BITE_ROWS;
    while (count == CRON_BITE_ROWS && cron_goes_on(cron))
        if (!bite(cron, &count, error)) return false;
    return true;
}

// As PHP reads a number at the beginning of a text: blanks before it, a sign, digits, a fraction, an
// exponent; nothing of what else strtod() knows.
enum cron_number cron_number(const struct cron *cron, const char *key, double *value) {
    struct text text = help_desk_config(cron->help_desk, key);
    char number[NUMBER_MAX];
    *value = 0;
    if (text_is_null(text)) return NUMBER_MISSING;
    size_t length = text.length < NUMBER_MAX - 1 ? text.length : NUMBER_MAX - 1;
    memcpy(number, text.data, length);
    number[length] = '\0';
    const char *start = number + strspn(number, " \t\n\r\v\f"), *digits = start + strspn(start, "+-");
    if (digits - start > 1 || !*digits || !strchr("0123456789.", *digits)) return NUMBER_NONE;
    if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
        return NUMBER_READ; // it ends behind the 0
    char *end;
    *value = strtod(number, &end);
    return end == number ? NUMBER_NONE : NUMBER_READ;
}

static void run_job(struct cron *cron, size_t index) {
    struct error error = {0};
    for (int tries = 1;; tries++) {
        error_clear(&error);
        if (jobs[index].run(cron, &error)) return;
        if (error.code != ERROR_RETRYABLE || tries == TRIES || !cron_goes_on(cron)) break;
    }
    log_write(cron->log, LOG_LEVEL_WARNING, "cron: %s: %s", jobs[index].name,
              *error.detail ? error.detail : error.message);
}

static bool run_jobs(struct cron *cron, struct error *error) {
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        if (!cron_goes_on(cron)) return error_set(error, ERROR_ABORTED, "broken off");
        run_job(cron, i);
    }
    return cron_goes_on(cron) || error_set(error, ERROR_ABORTED, "broken off");
}

bool cron_run(struct cron *cron, struct error *error) {
    struct arena arena = arena_new(SETTINGS_MAX);
    struct help_desk help_desk;
    bool done = mail_settings_load(cron->db, &arena, &help_desk, error);
    if (done) {
        cron->help_desk = &help_desk;
        if (native_version_check(&help_desk, error)) {
            done = run_jobs(cron, error);
        } else {
            log_write(cron->log, LOG_LEVEL_WARNING,
                      "cron: nothing is done: the help desk's version is not one that this server writes to, "
                      "or its upgrade is not finished");
        }
        cron->help_desk = NULL;
    }
    arena_free(&arena);
    return done;
}
