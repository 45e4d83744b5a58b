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

// Who sends it, which decides where the lines of a plain text are broken.
enum canned_by {
    CANNED_BY_AGENT, // behind the values
    CANNED_BY_FILTER // behind the variables
};

// `response` with the ticket's values filled in: HTML where the help desk has rich text on, else plain text.
// Lies in the arena. Costs no round trip when the response holds no variable.
bool canned_text_fill(const struct operation_context *context, struct work *work, int64_t ticket_id,
                      enum canned_by by, struct text response, struct text *text,
                      struct error *error) CHECKED;

#endif
