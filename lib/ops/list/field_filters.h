// SPDX-License-Identifier: GPL-2.0-or-later
// field.<name>: tickets by the answers to their form. spec: operations.md 3.1.
#ifndef OPS_LIST_FIELD_FILTERS_H
#define OPS_LIST_FIELD_FILTERS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>

#define FIELD_FILTER "field."

// Reads all of them into the conditions; what they hold lies in the arena. A round trip where there is any,
// and one for each label of a custom list's item. ERROR_UNPROCESSABLE for a name that no column has, or that
// clients do not see where one asks, with the nearest; for what is none of a field's choices.
bool field_filters_read(const struct operation_context *context, struct arena *arena,
                        struct ticket_conditions *conditions, struct error *error) CHECKED;

// Appends them as they were sent, in the order of their names.
void field_filters_write(const struct operation_context *context, struct buffer *out);

#endif
