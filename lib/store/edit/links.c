// SPDX-License-Identifier: GPL-2.0-or-later
// Which tickets hang on which.
#include "store/edit/links.h"

#include "store/row.h"
#include "store/statements.h"

static void take_id(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, LINKED_CHILD_ID);
}

bool linked_children_read(struct db *db, int64_t ticket_id, struct arena *arena, int64_t **ids, size_t *count,
                          struct error *error) {
    *ids = NULL;
    *count = 0;
    return row_all(db, QUERY(STATEMENT_LINKED_CHILDREN, db_integer(ticket_id)), arena, take_id,
                   ROW_LIST(ids, count), error) &&
           (!arena->failed || error_too_large(error));
}

int linked_children_exist(struct db *db, int64_t ticket_id, struct error *error) {
    int64_t child;
    return row_first(db, QUERY(STATEMENT_LINKED_CHILD_NOW, db_integer(ticket_id)), NULL, take_id, &child,
                     error);
}

bool ticket_link_set(struct db *db, int64_t ticket_id, const struct ticket_link_row *link,
                     struct error *error) {
    const struct db_value values[LINK_VALUES_COUNT] = {
        [LINK_VALUE_PARENT] = db_integer(link->parent_id),
        [LINK_VALUE_FLAGS] = db_integer(link->flags),
        [LINK_VALUE_SORT] = db_integer(link->sort),
        [LINK_VALUE_TICKET] = db_integer(ticket_id),
    };
    return db_execute(db, STATEMENT_TICKET_LINK_SET, values, LINK_VALUES_COUNT, NULL, NULL, error);
}

bool ticket_flags_set(struct db *db, int64_t ticket_id, int64_t flags, struct error *error) {
    const struct db_value values[] = {db_integer(flags), db_integer(flags), db_integer(ticket_id)};
    return db_execute(db, STATEMENT_TICKET_FLAGS_SET, values, 3, NULL, NULL, error);
}

int subticket_plugin_is_there(struct db *db, struct error *error) {
    return row_answer(db, QUERY_WITHOUT_VALUES(STATEMENT_SUBTICKET_PLUGIN), error);
}

static void take_parent(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, TICKET_PARENT_ID);
}

int ticket_parent_read(struct db *db, int64_t ticket_id, int64_t *parent_id, struct error *error) {
    *parent_id = 0;
    return row_first(db, QUERY(STATEMENT_TICKET_PARENT, db_integer(ticket_id)), NULL, take_parent, parent_id,
                     error);
}

bool ticket_parent_set(struct db *db, int64_t ticket_id, int64_t parent_id, struct error *error) {
    const struct db_value values[] = {db_integer(parent_id), db_integer(ticket_id)};
    return db_execute(db, STATEMENT_TICKET_PARENT_SET, values, 2, NULL, NULL, error);
}
