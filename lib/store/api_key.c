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

// The columns of KEY in store/read/statements.h.
enum column { ID, ACTIVE, CREATES, CRON, IS_OF_ADDRESS, KEY, SUBJECT };

static struct text without_last_blanks(struct text key) {
    while (key.length && key.data[key.length - 1] == ' ') key.length--;
    return key;
}

// To the database É is E, too, and more under some collations. A key opens what it is the key of.
static bool is_key(struct db_rows *rows, struct text key) {
    return text_equal_ignoring_case(without_last_blanks(db_rows_text(rows, KEY)), without_last_blanks(key));
}

int api_key_find(struct db *db, struct text key, const char *address, struct subject *subject,
                 struct api_key *api_key, struct error *error) {
    struct db_rows *rows;
    int found = 0, more;
    if (subject) subject->id = 0;
    if (!ask(db, key, address, subject, &rows, error)) return -1;
    while ((more = db_rows_next(rows, error)) > 0) {
        if (!is_key(rows, key) || db_rows_integer(rows, IS_OF_ADDRESS) != 1) continue;
        found = 1;
        api_key->id = db_rows_integer(rows, ID);
        api_key->active = db_rows_integer(rows, ACTIVE) != 0;
        api_key->can_create_tickets = db_rows_integer(rows, CREATES) != 0;
        api_key->can_exec_cron = db_rows_integer(rows, CRON) != 0;
        int64_t id = subject && subject->kind != SUBJECT_NONE ? db_rows_integer(rows, SUBJECT) : 0;
        if (id && (!subject->id || id < subject->id)) subject->id = id;
    }
    db_rows_close(&rows);
    return more < 0 ? -1 : found;
}
