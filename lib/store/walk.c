// SPDX-License-Identifier: GPL-2.0-or-later
// What a help desk holds that reads can be about.
#include "store/walk.h"

#include "db/db.h"
#include "store/statements.h"

static bool walk(struct db *db, unsigned statement, size_t most, walk_take *take, void *context,
                 struct error *error) {
    struct db_value value = db_integer((int64_t)most);
    struct db_rows *rows;
    int more;
    if (!db_query(db, statement, &value, 1, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0)
        if (!db_rows_is_null(rows, 0)) take(context, db_rows_text(rows, 0));
    db_rows_close(&rows);
    return more == 0;
}

bool walk_tickets(struct db *db, size_t most, walk_take *take, void *context, struct error *error) {
    return walk(db, STATEMENT_WALK_TICKETS, most, take, context, error);
}

bool walk_agents(struct db *db, size_t most, walk_take *take, void *context, struct error *error) {
    return walk(db, STATEMENT_WALK_AGENTS, most, take, context, error);
}

bool walk_clients(struct db *db, size_t most, walk_take *take, void *context, struct error *error) {
    return walk(db, STATEMENT_WALK_CLIENTS, most, take, context, error);
}
