// SPDX-License-Identifier: GPL-2.0-or-later
// Who sent a mail, and which mails, entries and tickets it names.
#ifndef OPS_EMAIL_IDENTIFY_H
#define OPS_EMAIL_IDENTIFY_H

#include "base/error.h"
#include "ops/email/incoming.h"

#include <stdbool.h>

// From the mail alone. ERROR_BAD_REQUEST where nobody can be found who sent it: From, else Sender, else
// Reply-To. Our own Message-IDs count wherever they stand: in its fields, in its text, and in the mail that a
// delivery report returns. spec: piping.md 2.3, 3, 4.1.
bool email_identify(struct incoming_email *email, struct error *error) CHECKED;

// The Message-ID of a mail that has none, from its header; `with_body`: from all of it, for devices that send
// the same header with each of their mails.
struct text email_made_message_id(struct incoming_email *email, bool with_body);

#endif
