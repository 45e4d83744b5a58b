// SPDX-License-Identifier: GPL-2.0-or-later
// The tickets that fulfil conditions, as statements: a page of them, their number, a part of others'
// statements.
#ifndef STORE_READ_TICKET_SOURCE_H
#define STORE_READ_TICKET_SOURCE_H

#include "store/read/ticket_conditions.h"
#include "store/read/ticket_page.h"
#include "store/view/composed.h"

// Adds " FROM …" with each of the tickets t once, and these joins. `also` is a further condition, " AND …";
// NULL: none. Nothing but GROUP BY, ORDER BY or LIMIT may follow.
void ticket_source_add(struct composed *composed, const struct ticket_conditions *conditions, unsigned joins,
                       const char *also);

// A page of them: those with a value to sort by, or, with `nulls`, those without. To be run, which frees it.
void ticket_source_page(const struct ticket_page_wish *wish, bool nulls, int64_t offset, int64_t most,
                        struct composed *composed);

// How many there are, counted to `most`; of those with a value of `sort` alone, where it is given.
void ticket_source_count(const struct ticket_conditions *conditions, const enum ticket_sort *sort,
                         int64_t most, struct composed *composed);

// Whether an index has the order, and whether a ticket may have no value of it.
bool ticket_sort_is_indexed(enum ticket_sort sort);
bool ticket_sort_may_be_null(enum ticket_sort sort);

#endif
