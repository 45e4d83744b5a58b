// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets that become overdue: marked, noted in their history, made known to search and, by the mail queue,
// to agents; all of one ticket or nothing.
#include "store/cron/overdue.h"
#include "base/arena.h"
#include "base/log.h"
#include "cron/jobs.h"
#include "mail/ticket_mail.h"
#include "ops/ticket/search_index.h"
#include "store/transaction.h"
#include "store/work.h"

#include <inttypes.h>

#define ARENA_MAX (32 << 20)

static bool write_rest(struct cron *cron, int64_t id, const struct overdue_ticket *ticket,
                       struct arena *arena, struct error *error) {
    struct search_row row;
    struct ticket_mail mail = {.ticket_id = id, .secret_salt = cron->secret_salt};
    struct work work = {.db = cron->db, .arena = arena, .help_desk = cron->help_desk};
    if (!ticket_search_make(&work, ticket->answers, ticket->answer_count, id, ticket->number, &row, error) ||
        !search_replace(&work, &row, 1, error))
        return false;
    return !cron->mail_enabled || !ticket->alerts ||
           ticket_mail_alert_overdue(cron->db, &mail, ticket->email_id, error);
}

static bool mark(struct cron *cron, int64_t id, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct overdue_ticket ticket;
    bool done = transaction_begin(cron->db, error);
    int marked = done ? cron_overdue_mark(cron->db, id, &arena, &ticket, error) : -1;
    done = marked > 0 && write_rest(cron, id, &ticket, &arena, error) && transaction_commit(cron->db, error);
    if (!done) transaction_rollback(cron->db);
    if (done && cron->mail_enabled && ticket.alerts) cron->mailed = true;
    arena_free(&arena);
    return done || marked == 0;
}

bool cron_overdue(struct cron *cron, struct error *error) {
    int64_t ids[CRON_OVERDUE_MAX];
    size_t count;
    bool done = cron_overdue_find(cron->db, ids, &count, error);
    for (size_t i = 0; done && i < count && cron_goes_on(cron); i++) {
        bool marked = mark(cron, ids[i], error);
        // One that cannot be marked keeps none of the others from it.
        if (!marked && error->code != ERROR_TOO_LARGE && error->code != ERROR_INTERNAL) done = false;
        if (!marked && done)
            log_write(cron->log, LOG_LEVEL_WARNING,
                      "cron: ticket id %" PRId64 " cannot be marked as overdue: %s", ids[i],
                      *error->detail ? error->detail : error->message);
    }
    return done;
}
