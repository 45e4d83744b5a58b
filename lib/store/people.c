// SPDX-License-Identifier: GPL-2.0-or-later
// Agents and users by what clients call them.
#include "store/people.h"

#include "db/db.h"
#include "store/statements.h"

void staff_take(struct db_rows *rows, unsigned first, struct arena *arena, struct staff *staff) {
    staff->id = db_rows_integer(rows, first);
    staff->username = arena_copy(arena, db_rows_text(rows, first + 1));
    staff->first_name = arena_copy(arena, db_rows_text(rows, first + 2));
    staff->last_name = arena_copy(arena, db_rows_text(rows, first + 3));
    staff->email = arena_copy(arena, db_rows_text(rows, first + 4));
    staff->signature = arena_copy(arena, db_rows_text(rows, first + 5));
}

int staff_by_username(struct db *db, struct text username, struct arena *arena, struct staff *staff,
                      struct error *error) {
    struct db_value value = db_key(username);
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_STAFF_BY_USERNAME, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) staff_take(rows, 0, arena, staff);
    db_rows_close(&rows);
    return found;
}

int user_by_address(struct db *db, struct text address, int64_t *user_id, struct error *error) {
    struct db_value value = db_key(address);
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_USER_BY_ADDRESS, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) *user_id = db_rows_integer(rows, 0);
    db_rows_close(&rows);
    return found;
}
