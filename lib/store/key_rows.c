// SPDX-License-Identifier: GPL-2.0-or-later
// API keys as an administrator sees and changes them.
#include "store/key_rows.h"

#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

static bool explain(struct db *db, struct error *error) {
    if (!own_table_is_missing(error)) return false;
    error_set(error, ERROR_NOT_NATIVE, "This server is not set up for keys of its own");
    return error_detail(error, "the table fcgi_%skey is missing: load schema/fcgi-key.sql", db_prefix(db));
}

static void take_row(const struct row *row, void *into) {
    struct key_row *key = into;
    *key = (struct key_row){
        .id = row_integer(row, KEY_ROW_ID),
        .active = row_is_true(row, KEY_ROW_ACTIVE),
        .creates_tickets = row_is_true(row, KEY_ROW_CREATES),
        .runs_cron = row_is_true(row, KEY_ROW_CRON),
        .address = row_copy(row, KEY_ROW_ADDRESS),
        .end = row_copy(row, KEY_ROW_END),
        .has_rules = !row_is_null(row, KEY_ROW_OF),
        .networks = row_copy(row, KEY_ROW_NETWORKS),
        .scopes = row_copy(row, KEY_ROW_SCOPES),
        .staff_id = row_integer(row, KEY_ROW_STAFF),
        .username = row_copy(row, KEY_ROW_USERNAME),
        .any_staff = row_is_true(row, KEY_ROW_ANY_STAFF),
        .is_system = row_is_true(row, KEY_ROW_SYSTEM),
        .view = row_copy(row, KEY_ROW_VIEW),
        .view_id = row_integer(row, KEY_ROW_VIEW_ID),
        .departments = row_copy(row, KEY_ROW_DEPARTMENTS),
        .rate = row_integer(row, KEY_ROW_RATE),
        .burst = row_integer(row, KEY_ROW_BURST),
        .expires = row_copy(row, KEY_ROW_EXPIRES),
        .expired = row_is_true(row, KEY_ROW_EXPIRED),
        .note = row_copy(row, KEY_ROW_NOTE),
    };
    if (!key->view.length) key->view = TEXT("all");
    if (text_is_null(key->note)) key->note = TEXT("");
}

bool key_rows_read(struct db *db, struct arena *arena, struct key_row **rows, size_t *count,
                   struct error *error) {
    *rows = NULL;
    *count = 0;
    return row_all(db, QUERY(STATEMENT_KEY_ROWS, db_integer(0), db_integer(0)), arena, take_row,
                   ROW_LIST(rows, count), error) ||
           explain(db, error);
}

int key_row_read(struct db *db, int64_t id, struct arena *arena, struct key_row *row, struct error *error) {
    int found =
        row_first(db, QUERY(STATEMENT_KEY_ROWS, db_integer(1), db_integer(id)), arena, take_row, row, error);
    return found < 0 ? explain(db, error) - 1 : found;
}

bool key_row_insert(struct db *db, struct text key, struct text address, bool creates_tickets, int64_t *id,
                    struct error *error) {
    const struct db_value values[] = {db_text(address), db_text(key), db_integer(creates_tickets)};
    uint64_t number = 0;
    if (!db_execute(db, STATEMENT_KEY_INSERT, values, 3, NULL, &number, error)) return false;
    *id = (int64_t)number;
    return true;
}

// 0 is none.
static struct db_value number_or_null(int64_t number) {
    return number > 0 ? db_integer(number) : db_text(TEXT_NULL);
}

bool key_row_write(struct db *db, const struct key_row *row, struct error *error) {
    const struct db_value switches[] = {db_integer(row->active), db_integer(row->creates_tickets),
                                        db_integer(row->runs_cron), db_integer(row->id)};
    const struct db_value values[KEY_RULE_VALUES_COUNT] = {
        [KEY_VALUE_ID] = db_integer(row->id),
        [KEY_VALUE_NETWORKS] = db_text(row->networks),
        [KEY_VALUE_SCOPES] = db_text(row->scopes),
        [KEY_VALUE_STAFF] = number_or_null(row->staff_id),
        [KEY_VALUE_ANY_STAFF] = db_integer(row->any_staff),
        [KEY_VALUE_SYSTEM] = db_integer(row->is_system),
        [KEY_VALUE_VIEW] = db_text(row->view),
        [KEY_VALUE_VIEW_ID] = number_or_null(row->view_id),
        [KEY_VALUE_DEPARTMENTS] = db_text(row->departments),
        [KEY_VALUE_RATE] = number_or_null(row->rate),
        [KEY_VALUE_BURST] = number_or_null(row->burst),
        [KEY_VALUE_EXPIRES] = db_text(row->expires),
        [KEY_VALUE_NOTE] = db_text(row->note),
    };
    // The rules first: where they cannot be written, the key is what it was.
    return (db_execute(db, STATEMENT_KEY_RULES_REPLACE, values, KEY_RULE_VALUES_COUNT, NULL, NULL, error) &&
            db_execute(db, STATEMENT_KEY_SWITCH, switches, 4, NULL, NULL, error)) ||
           explain(db, error);
}

static void take_id(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, KEY_FOUND_ID);
}

int organization_by_name(struct db *db, struct text name, int64_t *id, struct error *error) {
    return row_first(db, QUERY(STATEMENT_ORGANIZATION_BY_NAME, db_key(name)), NULL, take_id, id, error);
}

int department_by_name(struct db *db, struct text name, int64_t *id, struct error *error) {
    return row_first(db, QUERY(STATEMENT_DEPARTMENT_BY_NAME, db_key(name), db_key(name)), NULL, take_id, id,
                     error);
}
