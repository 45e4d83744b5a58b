// SPDX-License-Identifier: GPL-2.0-or-later
// Whether anything of a plugin is switched on.
#include "store/plugin_instances.h"

#include "store/row.h"
#include "store/statements.h"

static void take_count(const struct row *row, void *into) {
    *(bool *)into = row_is_true(row, PLUGIN_INSTANCES) && !row_is_true(row, PLUGIN_INSTANCES_ON);
}

int plugin_is_switched_off(struct db *db, int64_t plugin_id, struct error *error) {
    bool off = false;
    struct query query = QUERY(STATEMENT_PLUGIN_INSTANCES, db_integer(plugin_id));
    return row_first(db, query, NULL, take_count, &off, error) < 0 ? -1 : off;
}
