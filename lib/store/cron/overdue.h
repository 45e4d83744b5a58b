// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets that become overdue. spec: cron.md 4.
#ifndef STORE_CRON_OVERDUE_H
#define STORE_CRON_OVERDUE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/answers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

#define CRON_OVERDUE_MAX 100

// The open tickets that are overdue and not marked so, by id.
bool cron_overdue_find(struct db *db, int64_t ids[CRON_OVERDUE_MAX], size_t *count,
                       struct error *error) CHECKED;

struct overdue_ticket {
    struct text number;
    bool alerts;      // its SLA does not forbid them
    int64_t email_id; // its department's mailbox; 0: none
    struct form_answer *answers;
    size_t answer_count;
};

// Inside a transaction: marks the ticket, unless it was closed, put off or marked meanwhile; notes it in its
// history; and reads what else is to be done for it. 1: marked, 0: no longer to be marked, -1: failure. Four
// round trips.
int cron_overdue_mark(struct db *db, int64_t ticket_id, struct arena *arena, struct overdue_ticket *ticket,
                      struct error *error) CHECKED;

#endif
