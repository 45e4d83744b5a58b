// SPDX-License-Identifier: GPL-2.0-or-later
// The tickets of an agent or a user: first the tickets, which are kept, then their entries as they come.
#ifndef STORE_READ_TICKET_LIST_H
#define STORE_READ_TICKET_LIST_H

#include "base/error.h"
#include "store/read/ticket_rows.h"

struct db;
struct ticket_list;

// The two statements that a list is made by.
struct ticket_list_statements {
    unsigned tickets, entries;
};

// Reads the tickets and opens the rows of their entries, two round trips; three when a due date needs the
// help desk's times. ERROR_INTERNAL when the server does not take the statements (the index of
// schema/fcgi-indexes.sql is missing), or when there are more tickets than are kept (over a hundred
// thousand).
bool ticket_list_open(struct db *db, const struct ticket_list_wish *wish, struct ticket_list_statements run,
                      struct ticket_list **list, struct error *error) CHECKED;

// As ticket_rows_next(). A ticket that came or went between the two statements is in no row. -1, too, when
// the rows are not in the order that was asked for.
int ticket_list_next(struct ticket_list *list, struct ticket_row *row, struct error *error) CHECKED;

// Closes the rows, frees. NULL is fine.
void ticket_list_close(struct ticket_list **list);

#endif
