// SPDX-License-Identifier: GPL-2.0-or-later
// The tickets that were merged into a ticket or linked to it.
#include "store/ticket/children.h"

#include "store/row.h"
#include "store/statements.h"

static void take_child(const struct row *row, void *into) {
    struct ticket_child *child = into;
    child->id = row_integer(row, CHILD_ID);
    child->number = row_copy(row, CHILD_NUMBER);
}

bool ticket_children(struct db *db, int64_t ticket_id, struct arena *arena, struct ticket_child **children,
                     size_t *count, struct error *error) {
    *children = NULL;
    *count = 0;
    return row_all(db, QUERY(STATEMENT_TICKET_CHILDREN, db_integer(ticket_id)), arena, take_child,
                   ROW_LIST(children, count), error);
}
