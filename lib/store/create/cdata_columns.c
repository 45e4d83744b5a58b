// SPDX-License-Identifier: GPL-2.0-or-later
// The columns of cdata tables.
#include "store/create/cdata_columns.h"

#include "db/db.h"

#include <inttypes.h>
#include <stdio.h>

bool cdata_trust_use(struct cdata_trust *trust) {
    if (!trust || trust->is_lost) return false;
    trust->is_used = true;
    return true;
}

bool cdata_trust_lose(struct cdata_trust *trust, struct error *error) {
    *trust = (struct cdata_trust){.is_lost = true};
    error->code = ERROR_RETRYABLE;
    return false;
}

void cdata_trust_explain(struct cdata_trust *trust, const struct db *db, struct error *error) {
    if (!trust || !trust->is_used || !db_lacks_what_was_named(db, error)) return;
    cdata_trust_lose(trust, error);
}

static const struct cdata_column *find(const struct cdata_columns *columns, bool of_user, struct text name) {
    for (size_t i = 0; i < columns->count; i++)
        if (columns->items[i].of_user == of_user && text_equal_ignoring_case(columns->items[i].name, name))
            return &columns->items[i];
    return NULL;
}

bool cdata_column_of(const struct cdata_columns *columns, bool of_user, int64_t field_id,
                     struct text field_name, struct arena *arena, struct cdata_column *column) {
    char nameless[32];
    snprintf(nameless, sizeof nameless, "field_%" PRId64, field_id);
    struct text name = field_name.length ? field_name : arena_copy(arena, text_of(nameless));
    const struct cdata_column *read = find(columns, of_user, name);
    *column = read ? *read : (struct cdata_column){.of_user = of_user, .name = name, .trusted = true};
    return read || columns->trusted;
}
