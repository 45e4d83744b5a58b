// SPDX-License-Identifier: GPL-2.0-or-later
// What was made with the help desk's SECRET_SALT.
#include "store/check/salt_rows.h"

#include "db/db.h"
#include "store/uniform_text.h"

#include <string.h>

// Message-IDs of osTicket's own have the form <B......-.....-...: in what customers answered.
static const char *const asks[] = {
    "(SELECT 'headers' AS kind,CONCAT(" UNIFORM("e.mid") ",'\\n'," UNIFORM(
        "COALESCE(e.headers,'')") ") AS first," NO_TEXT " AS second," NO_TEXT " AS third "
                                  "FROM {thread_entry_email} e WHERE e.headers LIKE '%<B______-_____-%' OR "
                                  "e.mid LIKE '<B______-_____-%' "
                                  "ORDER BY e.id DESC LIMIT 50) UNION ALL "
                                  "(SELECT 'password',p.namespace,(SELECT u.value FROM {config} u WHERE "
                                  "u.namespace=p.namespace AND "
                                  "u.`key`='username'),p.value FROM {config} p JOIN {email_account} a ON "
                                  "p.namespace=CONCAT('email.',a.email_id,'.account.',a.id) WHERE "
                                  "p.`key`='passwd' AND a.active=1 LIMIT "
                                  "50)",
};

static void take(struct db_rows *row, struct arena *arena, struct salt_rows *rows) {
    if (text_equal(db_rows_text(row, 0), TEXT("headers"))) {
        struct text *text = arena_append(arena, &rows->headers, &rows->header_count, sizeof *text);
        if (text) *text = arena_copy(arena, db_rows_text(row, 1));
        return;
    }
    struct salt_password *password =
        arena_append(arena, &rows->passwords, &rows->password_count, sizeof *password);
    if (!password) return;
    password->namespace = arena_copy(arena, db_rows_text(row, 1));
    password->username = arena_copy(arena, db_rows_text(row, 2));
    password->stored = arena_copy(arena, db_rows_text(row, 3));
}

bool salt_rows_load(const struct db_settings *settings, struct arena *arena, struct salt_rows *rows,
                    struct error *error) {
    struct db_rows *row = NULL;
    struct db *db = db_new(settings, asks, 1);
    *rows = (struct salt_rows){0};
    if (!db) return error_set(error, ERROR_INTERNAL, "no connection can be set up");
    int more = db_query(db, 0, NULL, 0, &row, error) ? 1 : -1;
    while (more > 0 && (more = db_rows_next(row, error)) > 0) take(row, arena, rows);
    db_rows_close(&row);
    db_free(&db);
    return more == 0 && (!arena->failed || error_set(error, ERROR_TOO_LARGE, "too many rows"));
}
