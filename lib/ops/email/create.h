// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as a new ticket. spec: piping.md 5, 6.
#ifndef OPS_EMAIL_CREATE_H
#define OPS_EMAIL_CREATE_H

#include "base/error.h"
#include "ops/email.h"
#include "ops/email/incoming.h"

#include <stdbool.h>

// By the same way as a ticket that comes by the API (ops/create/draft.h), with what mails alone bring:
// filters that look at addressees and Reply-To, the mailbox's department, priority and topic, addressees as
// collaborators. Errors as there.
bool email_create(struct incoming_email *email, struct email_outcome *outcome, struct error *error) CHECKED;

// ERROR_DENIED, and a row in the system log: the ban list names the sender. Returns false.
bool email_refuse_banned(struct incoming_email *email, struct error *error) CHECKED;

#endif
