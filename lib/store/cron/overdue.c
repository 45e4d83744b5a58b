// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets that become overdue.
#include "store/cron/overdue.h"

#include "db/db.h"
#include "store/cron/index.h"
#include "store/row.h"
#include "store/statements.h"

#define SLA_FLAG_NO_ALERTS 4

struct found_tickets {
    int64_t *ids;
    size_t *count;
};

static void take_id(const struct row *row, void *into) {
    struct found_tickets *found = into;
    if (*found->count < CRON_OVERDUE_MAX) found->ids[(*found->count)++] = row_integer(row, OVERDUE_ID);
}

bool cron_overdue_find(struct db *db, int64_t ids[CRON_OVERDUE_MAX], size_t *count, struct error *error) {
    struct found_tickets found = {ids, count};
    *count = 0;
    return row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_CRON_OVERDUE), NULL, take_id, &found, error);
}

static void take_ticket(const struct row *row, void *into) {
    struct overdue_ticket *ticket = into;
    ticket->number = row_copy(row, OVERDUE_NUMBER);
    ticket->alerts = !(row_integer(row, OVERDUE_SLA_FLAGS) & SLA_FLAG_NO_ALERTS);
    ticket->email_id = row_integer(row, OVERDUE_MAILBOX);
}

int cron_overdue_mark(struct db *db, int64_t ticket_id, struct arena *arena, struct overdue_ticket *ticket,
                      struct error *error) {
    const struct db_value value = db_integer(ticket_id);
    uint64_t marked = 0;
    *ticket = (struct overdue_ticket){0};
    if (!db_execute(db, STATEMENT_CRON_OVERDUE_MARK, &value, 1, &marked, NULL, error)) return -1;
    if (!marked) return 0;
    return db_execute(db, STATEMENT_CRON_OVERDUE_EVENT, &value, 1, NULL, NULL, error) &&
                   row_first(db, QUERY(STATEMENT_CRON_OVERDUE_TICKET, value), arena, take_ticket, ticket,
                             error) >= 0 &&
                   cron_answers(db, "T", ticket_id, arena, &ticket->answers, &ticket->answer_count, error)
               ? 1
               : -1;
}
