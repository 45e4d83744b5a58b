// SPDX-License-Identifier: GPL-2.0-or-later
// What of a ticket's columns and joins depends on who sees it: agents, or a client. spec: operations.md 9.3.
#ifndef STORE_READ_SHOWN_TICKET_H
#define STORE_READ_SHOWN_TICKET_H

#include "store/read/ticket_object.h"
#include "store/view/composed.h"

// A column of OBJECT_COLUMNS, and a join of PAGE_JOINS by its number.
const char *shown_column(struct view view, unsigned column);
const char *shown_join(struct view view, unsigned join);

// Adds one of these, with what the view is in the places of z.utc, z.notes, z.who and the others: a table z
// would part the tickets from the order of their index.
void shown_add(struct composed *composed, const char *text, struct view view);

#endif
