// SPDX-License-Identifier: GPL-2.0-or-later
// The members of a ticket as a row of a table (RFC 4180). spec: operations.md 3.1.
#ifndef OPS_READ_TICKET_CELLS_H
#define OPS_READ_TICKET_CELLS_H

#include "base/output.h"
#include "base/text.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_object.h"

#include <stdbool.h>
#include <stdint.h>

// Writes the line of names, and the line of a ticket, of these members: objects by their names, a status with
// its state, a user with his address. A text that a spreadsheet would take for a formula begins with an
// apostrophe. With the last entry, behind them: its type, poster, time and body, which is given as plain text
// (NULL: without these cells); they are empty where there is no entry.
void ticket_cells_head(struct output *output, uint64_t fields, bool with_last_entry);
void ticket_cells_write(struct output *output, const struct ticket_object *object, uint64_t fields,
                        struct view view, const struct text *last_body);

#endif
