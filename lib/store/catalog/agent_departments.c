// SPDX-License-Identifier: GPL-2.0-or-later
// An agent's departments.
#include "store/catalog/agent_departments.h"

#include "store/row.h"
#include "store/statements.h"

struct reading {
    struct agent_departments *departments;
    bool found;
};

static void take_department(const struct row *row, void *into) {
    struct reading *reading = into;
    struct agent_departments *departments = reading->departments;
    if (!reading->found) {
        departments->is_active = row_is_true(row, CATALOG_AGENT_IS_ACTIVE);
        departments->permissions = row_copy(row, CATALOG_AGENT_PERMISSIONS);
    }
    reading->found = true;
    if (row_is_null(row, CATALOG_AGENT_DEPARTMENT)) return;
    int64_t *id = arena_append(row->arena, &departments->ids, &departments->count, sizeof *departments->ids);
    if (id) *id = row_integer(row, CATALOG_AGENT_DEPARTMENT);
}

int agent_departments_read(struct db *db, int64_t agent_id, struct arena *arena,
                           struct agent_departments *departments, struct error *error) {
    struct reading reading = {departments, false};
    *departments = (struct agent_departments){0};
    if (!row_each(db, QUERY(STATEMENT_CATALOG_AGENT, db_integer(agent_id)), arena, take_department, &reading,
                  error))
        return -1;
    if (!arena->failed) return reading.found;
    error_too_large(error);
    return -1;
}
