// SPDX-License-Identifier: GPL-2.0-or-later
// The text of a canned response for a ticket.
#ifndef OPS_ENTRY_CANNED_TEXT_H
#define OPS_ENTRY_CANNED_TEXT_H

#include "base/error.h"
#include "base/text.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

struct operation_context;

// `response` with the ticket's values filled in: HTML where the help desk has rich text on, else plain text.
// Lies in the arena. Costs no round trip when the response holds no variable.
bool canned_text_fill(const struct operation_context *context, struct work *work, int64_t ticket_id,
                      struct text response, struct text *text, struct error *error) CHECKED;

#endif
