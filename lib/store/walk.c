// SPDX-License-Identifier: GPL-2.0-or-later
// What a help desk holds that reads can be about.
#include "store/walk.h"

#include "store/row.h"
#include "store/statements.h"

struct walk {
    walk_take *take;
    void *context;
};

static void take_name(const struct row *row, void *into) {
    const struct walk *walk = into;
    if (!row_is_null(row, WALK_NAME)) walk->take(walk->context, row_text(row, WALK_NAME));
}

static bool walk(struct db *db, unsigned statement, size_t most, walk_take *take, void *context,
                 struct error *error) {
    struct walk walk = {take, context};
    return row_each(db, QUERY(statement, db_integer((int64_t)most)), NULL, take_name, &walk, error);
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
