// SPDX-License-Identifier: GPL-2.0-or-later
// The tickets of an agent or a user: first the tickets, which are kept, then their entries as they come.
#ifndef STORE_READ_TICKET_LIST_H
#define STORE_READ_TICKET_LIST_H

#include "base/error.h"
#include "store/read/ticket_rows.h"

struct db;
struct kept_desk;
struct ticket_list;

// What a list is made by.
struct ticket_list_query {
    unsigned tickets, entries;       // statements
    bool of_user;                    // whose phone is asked for once; else each ticket's owner's
    struct kept_desk *kept;          // whose names wish->help_desk has; NULL: read for this list
    const struct owner_phone *phone; // of a user, see client_desk.h; NULL: comes with the tickets
};

// Reads the tickets and opens the rows of their entries, two round trips; three when a due date needs the
// help desk's times. 1: open; 0: the kept names are of another version; -1: failure, ERROR_INTERNAL when the
// server does not take the statements (the index of schema/fcgi-indexes.sql is missing), or when there are
// more tickets than are kept (over a hundred thousand).
int ticket_list_open(struct db *db, const struct ticket_list_wish *wish,
                     const struct ticket_list_query *query, struct ticket_list **opened,
                     struct error *error) CHECKED;

// As ticket_rows_next(). A ticket that came or went between the two statements is in no row. -1, too, when
// the rows are not in the order that was asked for.
int ticket_list_next(struct ticket_list *list, struct ticket_row *row, struct error *error) CHECKED;

// Closes the rows, frees. NULL is fine.
void ticket_list_close(struct ticket_list **list);

#endif
