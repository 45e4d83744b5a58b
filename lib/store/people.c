// SPDX-License-Identifier: GPL-2.0-or-later
// Agents and users by what clients call them.
#include "store/people.h"

#include "store/row.h"
#include "store/statements.h"

void staff_take(const struct row *row, unsigned id, unsigned staff_part, struct staff *staff) {
    const struct row part = row_part(row, staff_part);
    staff->id = row_integer(row, id);
    staff->username = row_copy(&part, STAFF_USERNAME);
    staff->first_name = row_copy(&part, STAFF_FIRST_NAME);
    staff->last_name = row_copy(&part, STAFF_LAST_NAME);
    staff->email = row_copy(&part, STAFF_EMAIL);
    staff->signature = row_copy(&part, STAFF_SIGNATURE);
}

static void take_staff(const struct row *row, void *into) {
    staff_take(row, STAFF_ROW_ID, STAFF_ROW_STAFF, into);
}

int staff_by_username(struct db *db, struct text username, struct arena *arena, struct staff *staff,
                      struct error *error) {
    return row_first(db, QUERY(STATEMENT_STAFF_BY_USERNAME, db_key(username)), arena, take_staff, staff,
                     error);
}

int staff_by_id(struct db *db, int64_t id, struct arena *arena, struct staff *staff, struct error *error) {
    return row_first(db, QUERY(STATEMENT_STAFF_BY_ID, db_integer(id)), arena, take_staff, staff, error);
}

static void take_user_id(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, USER_ID);
}

int user_by_address(struct db *db, struct text address, int64_t *user_id, struct error *error) {
    return row_first(db, QUERY(STATEMENT_USER_BY_ADDRESS, db_key(address)), NULL, take_user_id, user_id,
                     error);
}
