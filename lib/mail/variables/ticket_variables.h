// SPDX-License-Identifier: GPL-2.0-or-later
// %{…} in a canned response, filled in for a ticket.
#ifndef MAIL_VARIABLES_TICKET_VARIABLES_H
#define MAIL_VARIABLES_TICKET_VARIABLES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct log;

// Appends `text` with every variable of the ticket filled in: %{ticket.…}, %{url}, %{company.…} and
// %{recipient.…} (the owner). Values are data: they are not expanded again, and with `html` they are escaped.
// What is no variable of these stays empty and is logged. Costs no round trip when the text holds no "%{",
// else a few. `log` may be NULL. spec: creating.md D.2.
bool ticket_variables_expand(struct db *db, struct arena *arena, struct log *log, int64_t ticket_id,
                             struct text secret_salt, struct text text, bool html, struct buffer *out,
                             struct error *error) CHECKED;

#endif
