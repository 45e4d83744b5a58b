// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as an entry of a thread. spec: piping.md 4.2, 4.4-4.7.
#ifndef OPS_EMAIL_POST_H
#define OPS_EMAIL_POST_H

#include "base/error.h"
#include "ops/email.h"
#include "ops/email/author.h"
#include "ops/email/incoming.h"
#include "ops/email/match.h"
#include "store/email/thread.h"

#include <stdbool.h>

// Whether the mail may go there. Into a closed ticket that cannot be opened again, since its status does not
// allow it or its department or topic is archived, and into an archived or deleted one, agents' notes and
// delivery reports alone may.
bool email_may_post(const struct incoming_email *email, const struct email_thread *thread,
                    const struct email_author *author);

// Writes it: entry, files, the mail's row, who takes part now, referrals, what becomes of the ticket, mails.
// One transaction.
bool email_post(struct incoming_email *email, const struct email_match *match,
                const struct email_thread *thread, const struct email_author *author,
                struct email_outcome *outcome, struct error *error) CHECKED;

#endif
