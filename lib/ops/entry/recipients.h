// SPDX-License-Identifier: GPL-2.0-or-later
// To whom a thread entry went, as thread_entry.recipients keeps it.
#ifndef OPS_ENTRY_RECIPIENTS_H
#define OPS_ENTRY_RECIPIENTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "mail/reply_mail.h"

#include <stdbool.h>

// {"to":{"1":"Jane <jane@example.org>"},"cc":{"4":"…"}} in the arena; null without any recipient.
bool entry_recipients_json(const struct reply_mail_recipients *recipients, struct arena *arena,
                           struct text *json, struct error *error) CHECKED;

#endif
