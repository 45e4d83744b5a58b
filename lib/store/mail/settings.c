// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk says about its mail.
#include "store/mail/settings.h"

#include "db/db.h"
#include "store/statements.h"

#include <string.h>

static void take_setting(struct db_rows *rows, struct arena *arena, struct help_desk *help_desk) {
    if (db_rows_is_null(rows, 0)) {
        bool system = text_equal_ignoring_case(db_rows_text(rows, 1), TEXT("SYSTEM"));
        help_desk->zone_name = arena_copy(arena, db_rows_text(rows, system ? 2 : 1));
        help_desk->zone_offset = db_rows_integer(rows, 3);
        help_desk->now = arena_copy(arena, db_rows_text(rows, 4));
        return;
    }
    struct config_row *row = arena_append(arena, &help_desk->config, &help_desk->config_count, sizeof *row);
    if (!row) return;
    row->key = arena_copy(arena, db_rows_text(rows, 0));
    row->value = arena_copy(arena, db_rows_text(rows, 1));
}

bool mail_settings_load(struct db *db, struct arena *arena, struct help_desk *help_desk,
                        struct error *error) {
    struct db_rows *rows;
    int more;
    memset(help_desk, 0, sizeof *help_desk);
    if (!db_query(db, STATEMENT_MAIL_SETTINGS, NULL, 0, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) take_setting(rows, arena, help_desk);
    db_rows_close(&rows);
    if (more < 0) return false;
    return !arena->failed ||
           error_set(error, ERROR_INTERNAL, "the help desk's settings do not fit into memory");
}

int mailbox_load(struct db *db, int64_t email_id, struct arena *arena, struct mailbox *mailbox,
                 struct error *error) {
    struct db_value value = db_integer(email_id);
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_MAIL_MAILBOX, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) {
        mailbox->email_id = db_rows_integer(rows, 0);
        mailbox->address = arena_copy(arena, db_rows_text(rows, 1));
        mailbox->name = arena_copy(arena, db_rows_text(rows, 2));
    }
    db_rows_close(&rows);
    return found;
}

static void take_account(struct db_rows *rows, struct arena *arena, struct smtp_account *account) {
    account->id = db_rows_integer(rows, 0);
    account->email_id = db_rows_integer(rows, 1);
    account->address = arena_copy(arena, db_rows_text(rows, 2));
    account->authentication = arena_copy(arena, db_rows_text(rows, 3));
    account->host = arena_copy(arena, db_rows_text(rows, 4));
    account->port = db_rows_integer(rows, 5);
    account->allow_spoofing = db_rows_integer(rows, 6) != 0;
    account->namespace = arena_copy(arena, db_rows_text(rows, 7));
    account->username = arena_copy(arena, db_rows_text(rows, 8));
    account->password = arena_copy(arena, db_rows_text(rows, 9));
}

bool smtp_accounts_load(struct db *db, int64_t email_id, int64_t default_smtp_id, struct arena *arena,
                        struct smtp_account **accounts, size_t *count, struct error *error) {
    const struct db_value values[] = {db_integer(email_id), db_integer(email_id),
                                      db_integer(default_smtp_id)};
    struct db_rows *rows;
    int more;
    *accounts = NULL;
    *count = 0;
    if (!db_query(db, STATEMENT_MAIL_ACCOUNTS, values, 3, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) {
        struct smtp_account *account = arena_append(arena, accounts, count, sizeof *account);
        if (account) take_account(rows, arena, account);
    }
    db_rows_close(&rows);
    return more >= 0;
}

int mail_template_load(struct db *db, int64_t group, int64_t fallback, struct text code, struct arena *arena,
                       struct text *subject, struct text *body, struct error *error) {
    const struct db_value values[] = {db_integer(group), db_integer(fallback), db_text(code),
                                      db_integer(group)};
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_MAIL_TEMPLATE, values, 4, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) {
        *subject = arena_copy(arena, db_rows_text(rows, 0));
        *body = arena_copy(arena, db_rows_text(rows, 1));
    }
    db_rows_close(&rows);
    return found;
}
