// SPDX-License-Identifier: GPL-2.0-or-later
// The filters of a list of tickets: from parameters to conditions. spec: operations.md 1.4, 3.1.
#ifndef OPS_READ_TICKET_FILTERS_H
#define OPS_READ_TICKET_FILTERS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>

// Reads all filters of the request; what they hold lies in the arena. A queue's order becomes the wish's
// where the request has none. Names are looked up, a round trip for each kind or name, ids are not; queues
// and fields: see ops/list/. Without a wish tickets are counted, not listed: they have no order, and may all
// be read for it. ERROR_UNPROCESSABLE where a name is nobody's, or of several, and where the database would
// have to read every ticket for a page; ERROR_SCOPE for a text to search for without that scope.
bool ticket_filters_read(const struct operation_context *context, struct arena *arena,
                         struct ticket_conditions *conditions, struct ticket_page_wish *wish,
                         struct error *error) CHECKED;

// Appends the filters as they were sent, in an order of their own: equal for equal filters.
void ticket_filters_write(const struct operation_context *context, struct buffer *out);

#endif
