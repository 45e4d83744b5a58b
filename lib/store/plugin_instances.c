// SPDX-License-Identifier: GPL-2.0-or-later
// Whether anything of a plugin is switched on.
#include "store/plugin_instances.h"

#include "db/db.h"
#include "store/statements.h"

int plugin_is_switched_off(struct db *db, int64_t plugin_id, struct error *error) {
    const struct db_value values[] = {db_integer(plugin_id)};
    struct db_rows *rows = NULL;
    bool asked = db_query(db, STATEMENT_PLUGIN_INSTANCES, values, 1, &rows, error);
    int found = asked ? db_rows_next(rows, error) : -1;
    bool off = found > 0 && db_rows_integer(rows, 0) > 0 && db_rows_integer(rows, 1) == 0;
    db_rows_close(&rows);
    return found < 0 ? -1 : off;
}
