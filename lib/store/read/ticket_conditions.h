// SPDX-License-Identifier: GPL-2.0-or-later
// From conditions to the text of a statement about tickets t, and its values. Private to this room.
#ifndef STORE_READ_TICKET_CONDITIONS_H
#define STORE_READ_TICKET_CONDITIONS_H

#include "base/error.h"
#include "store/read/ticket_page.h"
#include "store/read/ticket_page_statements.h"
#include "store/view/composed.h"

#include <stdbool.h>
#include <stddef.h>

// The joins of ticket_page_statements.h as bits.
#define PAGE_JOIN_BIT(name, needs, text) PAGE_JOIN_##name = 1u << PAGE_JOIN_NUMBER_##name,
enum { PAGE_JOINS(PAGE_JOIN_BIT) };

// Whether there are places q of a search beside the tickets.
bool ticket_conditions_search(const struct ticket_search *search);

// Which joins the conditions need.
unsigned ticket_conditions_joins(const struct ticket_conditions *conditions);

// Who sees what the conditions let through, for joins that conditions alone need.
struct view ticket_conditions_view(const struct ticket_conditions *conditions);

// How many branches there are of what is seen of the tickets, each a source of its own; none where nothing
// is. Of those that are found by a search one is enough.
size_t ticket_conditions_branches(const struct ticket_conditions *conditions);

// Adds joins, and those that they need, as the view has them.
void ticket_conditions_add_joins(struct composed *composed, unsigned joins, struct view view);

// Adds what follows FROM: the tickets, or the places of a search and their tickets, the joins, "WHERE …" with
// what is seen in the branch, and the conditions.
void ticket_conditions_add_source(struct composed *composed, const struct ticket_conditions *conditions,
                                  unsigned joins, struct view view, size_t branch);

// Adds a text that counts the places of a search, which has to be one.
void ticket_conditions_add_count(struct composed *composed, const struct ticket_search *search);

// Whether some condition has an index that finds tickets by it; whether there is one that has none.
void ticket_conditions_weigh(const struct ticket_conditions *conditions, bool *some_narrow, bool *some_wide);

// Runs it and hands its rows on; frees its text. ERROR_UNPROCESSABLE where it is a search and takes longer
// than the database may. One round trip.
typedef void composed_take(const struct row *row, void *into);
bool composed_run(struct db *db, struct composed *composed, bool is_search, struct arena *arena,
                  composed_take *take, void *into, struct error *error) CHECKED;

#endif
