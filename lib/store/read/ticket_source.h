// SPDX-License-Identifier: GPL-2.0-or-later
// The tickets that fulfil conditions, as a part of statements that count them.
#ifndef STORE_READ_TICKET_SOURCE_H
#define STORE_READ_TICKET_SOURCE_H

#include "store/read/ticket_conditions.h"
#include "store/read/ticket_page.h"
#include "store/view/composed.h"

// Adds " FROM …" with each of the tickets t once, and these joins. `also` is a further condition, " AND …";
// NULL: none. Nothing but GROUP BY, ORDER BY or LIMIT may follow.
void ticket_source_add(struct composed *composed, const struct ticket_conditions *conditions, unsigned joins,
                       const char *also);

#endif
