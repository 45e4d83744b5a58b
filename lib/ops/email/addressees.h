// SPDX-License-Identifier: GPL-2.0-or-later
// To whom a mail went: which of the help desk's mailboxes, and who else.
#ifndef OPS_EMAIL_ADDRESSEES_H
#define OPS_EMAIL_ADDRESSEES_H

#include "base/error.h"
#include "base/text.h"
#include "ops/email/incoming.h"

#include <stdbool.h>

// Fills email->mailbox_id, mailboxes, and of email->take recipients, entry_flags and addressees. Who may
// become a collaborator has a valid address, is no mailbox, no list that sends the mail on, nobody whom the
// mail was delivered to, and no machine that takes no answers. spec: piping.md 3, 4.4, bcc, list-join.
bool email_addressees(struct incoming_email *email, struct error *error) CHECKED;

// The mailbox with this address; NULL: none of ours.
const struct email_mailbox *email_mailbox_at(const struct email_facts *facts, struct text address);

#endif
