// SPDX-License-Identifier: GPL-2.0-or-later
// Which mailboxes an agent's reply may be sent from.
#ifndef STORE_TICKET_MAILBOX_CHOICE_H
#define STORE_TICKET_MAILBOX_CHOICE_H

#include "base/error.h"
#include "base/text.h"

#include <stdint.h>

struct db;

struct mailbox_choice {
    int64_t department_id;         // the ticket's, whose mailbox, or without one the default one, is offered
    int64_t default_department_id; // which has the mailboxes that are no department's
    int64_t default_id;            // of a mailbox
    struct text departments;       // "1,5,7": the agent's, whose mailboxes are offered, too
};

// Whether there is such a mailbox, and it is among them. 1, 0, -1: failure. One round trip.
int mailbox_is_offered(struct db *db, int64_t email_id, const struct mailbox_choice *choice,
                       struct error *error) CHECKED;

#endif
