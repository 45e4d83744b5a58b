// SPDX-License-Identifier: GPL-2.0-or-later
// What was made with the help desk's SECRET_SALT.
#include "store/check/salt_rows.h"

#include "store/row.h"
#include "store/statements.h"

static void take_headers(const struct row *row, void *into) {
    struct salt_rows *rows = into;
    struct text *headers = arena_append(row->arena, &rows->headers, &rows->header_count, sizeof *headers);
    if (headers) *headers = row_copy(row, SALT_HEADERS_TEXT);
}

static void take_password(const struct row *row, void *into) {
    struct salt_rows *rows = into;
    struct salt_password *password =
        arena_append(row->arena, &rows->passwords, &rows->password_count, sizeof *password);
    if (!password) return;
    password->namespace = row_copy(row, SALT_PASSWORD_NAMESPACE);
    password->username = row_copy(row, SALT_PASSWORD_USERNAME);
    password->stored = row_copy(row, SALT_PASSWORD_STORED);
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {{"headers", take_headers}, {"password", take_password}};
    row_take_kind(row, SALT_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

bool salt_rows_load(const struct db_settings *settings, struct arena *arena, struct salt_rows *rows,
                    struct error *error) {
    struct db *db = db_new(settings, statements, STATEMENT_COUNT);
    *rows = (struct salt_rows){0};
    if (!db) return error_set(error, ERROR_INTERNAL, "no connection can be set up");
    bool done = row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_CHECK_SALT), arena, take_row, rows, error);
    db_free(&db);
    return done && (!arena->failed || error_set(error, ERROR_TOO_LARGE, "too many rows"));
}
