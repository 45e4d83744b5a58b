// SPDX-License-Identifier: GPL-2.0-or-later
// Statements that are put together.
#include "store/view/composed.h"

#include <inttypes.h>

#define BOUND_IDS_MAX 32

struct composed composed_new(void) {
    return (struct composed){.sql = buffer_new(COMPOSED_MAX)};
}

void composed_bind(struct composed *composed, struct db_value value) {
    if (composed->count < DB_VALUES_MAX)
        composed->values[composed->count++] = value;
    else
        composed->sql.failed = true;
}

void composed_add_values(struct composed *composed, const struct db_value *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(&composed->sql, i ? ",?" : "?");
        composed_bind(composed, values[i]);
    }
}

void composed_add_ids(struct composed *composed, const int64_t *ids, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (count > BOUND_IDS_MAX) {
            buffer_add_format(&composed->sql, i ? ",%" PRId64 : "%" PRId64, ids[i]);
            continue;
        }
        buffer_add_string(&composed->sql, i ? ",?" : "?");
        composed_bind(composed, db_integer(ids[i]));
    }
}
