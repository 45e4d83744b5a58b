// SPDX-License-Identifier: GPL-2.0-or-later
// Agents and users by what clients call them.
#include "store/people.h"

#include "db/db.h"
#include "store/statements.h"

int staff_by_username(struct db *db, struct text username, struct arena *arena, struct staff *staff,
                      struct error *error) {
    struct db_value value = db_text(username);
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_STAFF_BY_USERNAME, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) {
        staff->id = db_rows_integer(rows, 0);
        staff->username = arena_copy(arena, db_rows_text(rows, 1));
        staff->first_name = arena_copy(arena, db_rows_text(rows, 2));
        staff->last_name = arena_copy(arena, db_rows_text(rows, 3));
        staff->email = arena_copy(arena, db_rows_text(rows, 4));
        staff->signature = arena_copy(arena, db_rows_text(rows, 5));
    }
    db_rows_close(&rows);
    return found;
}

int user_by_address(struct db *db, struct text address, int64_t *user_id, struct error *error) {
    struct db_value value = db_text(address);
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_USER_BY_ADDRESS, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) *user_id = db_rows_integer(rows, 0);
    db_rows_close(&rows);
    return found;
}
