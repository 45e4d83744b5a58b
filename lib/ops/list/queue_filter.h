// SPDX-License-Identifier: GPL-2.0-or-later
// queue=<id>: the tickets that an agent sees in a queue, in its order. spec: operations.md 3.1.
#ifndef OPS_LIST_QUEUE_FILTER_H
#define OPS_LIST_QUEUE_FILTER_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>

// Adds the criteria of the queue, of those above it, and of what the key's agent made of it; nothing where no
// queue is asked for. A round trip for each queue, and those of queue_criteria_add(). ERROR_UNPROCESSABLE for
// a queue that is not there, switched off, or another agent's own.
bool queue_filter_read(const struct operation_context *context, struct arena *arena,
                       struct ticket_conditions *conditions, struct text *order, struct error *error) CHECKED;

// The order of a queue, as queue_filter_read() gave it, where a list can be sorted so: by one column. Else
// what is in `wish` stays.
void queue_filter_sort(struct text order, struct ticket_page_wish *wish);

#endif
