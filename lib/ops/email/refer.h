// SPDX-License-Identifier: GPL-2.0-or-later
// Referral: who writes to further mailboxes of the help desk lets their departments see the ticket. spec:
// piping.md 4.6.
#ifndef OPS_EMAIL_REFER_H
#define OPS_EMAIL_REFER_H

#include "base/error.h"
#include "ops/change/change.h"
#include "ops/email/incoming.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Departments to which this mail refers a thread.
struct email_referrals {
    int64_t *departments;
    size_t count;
};

// Fills email->take.departments: of the mailboxes that were written to beside the new ticket's own.
bool email_refer_new(struct incoming_email *email, struct error *error) CHECKED;

// Decides it for the locked ticket: not its own department, none that it is referred to or was transferred
// from, and not for the mailbox by which it came. Adds the events. No round trip.
bool email_refer(const struct incoming_email *email, const struct email_thread *thread, struct change *change,
                 struct email_referrals *referrals, struct error *error) CHECKED;

// Writes the rows, one round trip each.
bool email_refer_write(const struct email_referrals *referrals, struct change *change,
                       struct error *error) CHECKED;

// All of it for a mail that was here before, whose entry is `seen`, in a transaction of its own.
bool email_refer_again(struct incoming_email *email, const struct email_seen *seen,
                       struct error *error) CHECKED;

#endif
