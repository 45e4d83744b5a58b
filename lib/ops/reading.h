// SPDX-License-Identifier: GPL-2.0-or-later
// What the reading operations share: a parameter that must be there, and the help desk's tables.
#ifndef OPS_READING_H
#define OPS_READING_H

#include "base/arena.h"
#include "ops/operation.h"
#include "store/help_desk.h"

#include <stdbool.h>

struct ticket_rows;

#define REQUEST_ARENA_MAX (64 << 20)

// The parameter `name`; ERROR_UNPROCESSABLE in PHP's words when it is absent, empty or "0".
bool reading_parameter(const struct operation_context *context, const char *name, struct text *value,
                       struct error *error) CHECKED;

// Whether internal notes stand in the answer: where the settings say so, and the key is not kept from them.
bool reading_shows_notes(const struct operation_context *context, enum notes_in where);

// Writes a whole list answer from an open stream of ticket rows, and closes the stream.
bool reading_write_list(struct operation_context *context, struct ticket_rows *rows,
                        const struct help_desk *help_desk, struct answer *answer,
                        struct error *error) CHECKED;

#endif
