// SPDX-License-Identifier: GPL-2.0-or-later
// The deletion of a ticket.
#include "store/ticket/deletion.h"

#include "store/row.h"
#include "store/statements.h"

static void take_deletion(const struct row *row, void *into) {
    struct deletion *deletion = into;
    deletion->linked = row_copy(row, DELETION_LINKED);
    deletion->merged_count = row_integer(row, DELETION_MERGED);
    deletion->task_count = row_integer(row, DELETION_TASKS);
    deletion->sibling_count = row_integer(row, DELETION_SIBLINGS);
}

bool deletion_look(struct db *db, int64_t ticket_id, struct arena *arena, struct deletion *deletion,
                   struct error *error) {
    return row_first(db, QUERY(STATEMENT_DELETION_LOOK, db_integer(ticket_id)), arena, take_deletion,
                     deletion, error) >= 0;
}

static bool execute(struct work *work, unsigned statement, int64_t id, struct error *error) {
    const struct db_value value = db_integer(id);
    return db_execute(work->db, statement, &value, 1, NULL, NULL, error);
}

// A merged ticket's thread is the parent's by now.
static bool keeps_thread(const struct locked_ticket *ticket) {
    return ticket->parent_id && !(ticket->flags & TICKET_FLAG_LINKED);
}

static bool delete_thread(struct work *work, const struct locked_ticket *ticket, struct error *error) {
    int64_t thread_id = ticket->thread_id;
    return keeps_thread(ticket) || (execute(work, STATEMENT_DELETION_EMAILS, thread_id, error) &&
                                    execute(work, STATEMENT_DELETION_ENTRIES, thread_id, error) &&
                                    execute(work, STATEMENT_DELETION_THREAD, thread_id, error));
}

static bool let_go(struct work *work, const struct locked_ticket *ticket, const struct deletion *deletion,
                   struct error *error) {
    bool last = ticket->parent_id && !deletion->sibling_count;
    return (!deletion->linked.length || execute(work, STATEMENT_DELETION_FREE_LINKED, ticket->id, error)) &&
           (!last || execute(work, STATEMENT_DELETION_FREE_PARENT, ticket->parent_id, error));
}

bool deletion_run(struct work *work, const struct locked_ticket *ticket, const struct deletion *deletion,
                  struct error *error) {
    return let_go(work, ticket, deletion, error) && delete_thread(work, ticket, error) &&
           (keeps_thread(ticket) || execute(work, STATEMENT_DELETION_EVENTS, ticket->thread_id, error)) &&
           execute(work, STATEMENT_DELETION_TICKET, ticket->id, error);
}
