// SPDX-License-Identifier: GPL-2.0-or-later
// What a list of tickets is asked for beside its filters. spec: operations.md 1.4, 3.1.
#ifndef OPS_READ_TICKET_WISH_H
#define OPS_READ_TICKET_WISH_H

#include "ops/operation.h"
#include "store/read/ticket_page.h"

// Reads order, members, how times are shown; for tickets that fulfil the conditions.
void ticket_wish_read(const struct operation_context *context, const struct ticket_conditions *conditions,
                      struct ticket_page_wish *wish);

#endif
