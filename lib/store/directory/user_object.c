// SPDX-License-Identifier: GPL-2.0-or-later
// A user's rows.
#include "store/directory/user_object.h"

#include "store/directory/viewer.h"
#include "store/row.h"
#include "store/statements.h"
#include "store/text_fit.h"

#define NAME_MAX_CHARACTERS 128

void user_object_take(const struct row *row, struct user_object *user) {
    *user = (struct user_object){
        .id = row_integer(row, USER_OBJECT_ID),
        .name = row_copy(row, USER_OBJECT_NAME),
        .address = row_copy(row, USER_OBJECT_ADDRESS),
        .addresses = row_copy(row, USER_OBJECT_ADDRESSES),
        .status = row_integer(row, USER_OBJECT_STATUS),
        .organization = named_of(row, USER_OBJECT_ORGANIZATION, USER_OBJECT_ORGANIZATION_NAME),
        .has_account = !row_is_null(row, USER_OBJECT_ACCOUNT),
        .account_status = row_integer(row, USER_OBJECT_ACCOUNT_STATUS),
        .created = row_copy(row, USER_OBJECT_CREATED),
        .updated = row_copy(row, USER_OBJECT_UPDATED),
        .open_tickets = row_integer(row, USER_OBJECT_OPEN),
        .closed_tickets = row_integer(row, USER_OBJECT_CLOSED),
    };
}

static void take(const struct row *row, void *into) {
    user_object_take(row, into);
}

int user_object_read(struct db *db, int64_t user_id, struct view view, struct arena *arena,
                     struct user_object *user, struct error *error) {
    struct directory_viewer viewer;
    if (!directory_viewer_of(view, &viewer)) return 0;
    const struct db_value values[] = {DIRECTORY_VIEWER_VALUES(viewer), db_integer(user_id)};
    unsigned statement = viewer.is_staff ? STATEMENT_USER_OBJECT_OF_STAFF : STATEMENT_USER_OBJECT;
    int found = row_first(db, QUERY_OF(statement, values), arena, take, user, error);
    if (found <= 0 || !arena->failed) return found;
    error_too_large(error);
    return -1;
}

static void take_id(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, LOCKED_USER);
}

int user_lock(struct db *db, int64_t user_id, struct error *error) {
    int64_t id;
    return row_first(db, QUERY(STATEMENT_USER_LOCK, db_integer(user_id)), NULL, take_id, &id, error);
}

bool user_save(struct work *work, int64_t user_id, const struct user_saving *saving, struct error *error) {
    struct text name = saving->name;
    if (!text_fit(work, "user", TEXT("name"), false, &name, error)) return false;
    const struct db_value values[USER_SAVE_VALUES_COUNT] = {
        [USER_SAVE_NAME] = db_text(text_cut(name, NAME_MAX_CHARACTERS)),
        [USER_SAVE_ORGANIZATION] = db_integer(saving->organization_id),
        [USER_SAVE_STATUS] = db_integer(saving->status),
        [USER_SAVE_USER] = db_integer(user_id),
    };
    return db_execute(work->db, STATEMENT_USER_SAVE, values, USER_SAVE_VALUES_COUNT, NULL, NULL, error);
}

bool user_address_set(struct work *work, int64_t user_id, struct text address, int64_t *other,
                      struct error *error) {
    struct text fitted = address;
    const struct db_value key = db_key(address);
    *other = 0;
    int found = row_first(work->db, QUERY(STATEMENT_USER_ADDRESS_LOCK, key), NULL, take_id, other, error);
    if (found < 0) return false;
    // Another way to write his own, in capitals perhaps, is no other address.
    if (*other && *other != user_id) return true;
    *other = 0;
    if (!text_fit(work, "user_email", TEXT("address"), false, &fitted, error)) return false;
    const struct db_value values[] = {db_text(fitted), db_integer(user_id)};
    return db_execute(work->db, STATEMENT_USER_ADDRESS_FREE, &key, 1, NULL, NULL, error) &&
           db_execute(work->db, STATEMENT_USER_ADDRESS_SET, values, 2, NULL, NULL, error);
}

int user_has_tickets(struct db *db, int64_t user_id, struct error *error) {
    return row_answer(db, QUERY(STATEMENT_USER_TICKETS, db_integer(user_id)), error);
}

bool user_delete(struct db *db, int64_t user_id, struct error *error) {
    const struct db_value user = db_integer(user_id);
    int has_table = row_answer(db, QUERY(STATEMENT_CDATA_TABLE, db_integer(0)), error);
    return has_table >= 0 && db_execute(db, STATEMENT_USER_DELETE, &user, 1, NULL, NULL, error) &&
           (!has_table || db_execute(db, STATEMENT_USER_CDATA_DELETE, &user, 1, NULL, NULL, error));
}
