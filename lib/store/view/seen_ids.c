// SPDX-License-Identifier: GPL-2.0-or-later
// Which of some tickets somebody sees who sees some only.
#include "store/view/seen_ids.h"

#include "base/arena.h"
#include "store/row.h"
#include "store/view/composed.h"
#include "store/view/ticket_scope.h"
#include "store/view/ticket_scope_statements.h"

#include <string.h>

#define ARENA_MAX (1 << 20)

struct seeing {
    const int64_t *ids;
    size_t count;
    bool *seen;
};

static void mark(const struct row *row, struct seeing *seeing) {
    int64_t id = row_integer(row, SCOPE_SEEN);
    for (size_t i = 0; i < seeing->count; i++)
        if (seeing->ids[i] == id) seeing->seen[i] = true;
}

static bool read(struct db *db, const struct composed *composed, struct seeing *seeing, struct error *error) {
    struct row row = {0};
    int more = 1;
    if (!db_query_text(db, composed->sql.data, composed->values, composed->count, &row.rows, error))
        return false;
    while ((more = db_rows_next(row.rows, error)) > 0) mark(&row, seeing);
    db_rows_close(&row.rows);
    return more == 0;
}

static bool ask(struct db *db, const struct ticket_scope *scope, struct seeing *seeing, struct error *error) {
    struct composed composed = composed_new();
    size_t branches = ticket_scope_branches(scope);
    buffer_add_string(&composed.sql, SCOPE_SEEN_OF);
    composed_add_ids(&composed, seeing->ids, seeing->count);
    buffer_add_string(&composed.sql, ") AND (");
    for (size_t i = 0; i < branches; i++) {
        buffer_add_string(&composed.sql, i ? " OR (" : "(");
        ticket_scope_add(&composed, scope, i);
        buffer_add_char(&composed.sql, ')');
    }
    buffer_add_char(&composed.sql, ')');
    bool done = !composed.sql.failed || error_too_large(error);
    done = done && (!branches || read(db, &composed, seeing, error));
    buffer_free(&composed.sql);
    return done;
}

bool seen_ids(struct db *db, const struct key_rules *rules, const int64_t *ids, size_t count, bool *seen,
              struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct ticket_scope scope;
    struct seeing seeing = {ids, count, seen};
    memset(seen, !rules, count * sizeof *seen);
    bool done = !rules || !count ||
                (ticket_scope_read(db, rules, &arena, &scope, error) && ask(db, &scope, &seeing, error));
    arena_free(&arena);
    return done;
}
