// SPDX-License-Identifier: GPL-2.0-or-later
// API keys.
#include "store/api_key.h"

#include "db/db.h"
#include "store/statements.h"

static bool ask(struct db *db, struct text key, const char *address, const struct subject *subject,
                struct db_rows **rows, struct error *error) {
    static const unsigned statements_of[] = {
        [SUBJECT_TICKET] = STATEMENT_KEY_AND_TICKET,
        [SUBJECT_STAFF] = STATEMENT_KEY_AND_STAFF,
        [SUBJECT_USER] = STATEMENT_KEY_AND_USER,
    };
    if (!subject || subject->kind == SUBJECT_NONE) {
        struct db_value values[] = {db_string(address), db_key(key)};
        return db_query(db, STATEMENT_API_KEY, values, 2, rows, error);
    }
    struct db_value values[] = {db_string(address), db_key(subject->name), db_key(key)};
    return db_query(db, statements_of[subject->kind], values, 3, rows, error);
}

int api_key_find(struct db *db, struct text key, const char *address, struct subject *subject,
                 struct api_key *api_key, struct error *error) {
    struct db_rows *rows;
    int found = 0, more;
    if (subject) subject->id = 0;
    if (!ask(db, key, address, subject, &rows, error)) return -1;
    while ((more = db_rows_next(rows, error)) > 0) {
        if (db_rows_integer(rows, 4) != 1) continue; // the key of another address
        found = 1;
        api_key->id = db_rows_integer(rows, 0);
        api_key->active = db_rows_integer(rows, 1) != 0;
        api_key->can_create_tickets = db_rows_integer(rows, 2) != 0;
        api_key->can_exec_cron = db_rows_integer(rows, 3) != 0;
        int64_t id = subject && subject->kind != SUBJECT_NONE ? db_rows_integer(rows, 5) : 0;
        if (id && (!subject->id || id < subject->id)) subject->id = id;
    }
    db_rows_close(&rows);
    return more < 0 ? -1 : found;
}
