// SPDX-License-Identifier: GPL-2.0-or-later
// An organization's rows.
#include "store/directory/organization_object.h"

#include "store/directory/viewer.h"
#include "store/row.h"
#include "store/statements.h"
#include "store/text_fit.h"

void organization_object_take(const struct row *row, struct organization_object *organization) {
    *organization = (struct organization_object){
        .id = row_integer(row, ORGANIZATION_OBJECT_ID),
        .name = row_copy(row, ORGANIZATION_OBJECT_NAME),
        .domain = row_copy(row, ORGANIZATION_OBJECT_DOMAIN),
        .manager = row_copy(row, ORGANIZATION_OBJECT_MANAGER),
        .first_name = row_copy(row, ORGANIZATION_OBJECT_FIRST_NAME),
        .last_name = row_copy(row, ORGANIZATION_OBJECT_LAST_NAME),
        .team_name = row_copy(row, ORGANIZATION_OBJECT_TEAM),
        .status = row_integer(row, ORGANIZATION_OBJECT_STATUS),
        .created = row_copy(row, ORGANIZATION_OBJECT_CREATED),
        .updated = row_copy(row, ORGANIZATION_OBJECT_UPDATED),
        .users = row_integer(row, ORGANIZATION_OBJECT_USERS),
        .open_tickets = row_integer(row, ORGANIZATION_OBJECT_OPEN),
        .closed_tickets = row_integer(row, ORGANIZATION_OBJECT_CLOSED),
    };
}

static void take(const struct row *row, void *into) {
    organization_object_take(row, into);
}

int organization_object_read(struct db *db, int64_t id, struct view view, struct arena *arena,
                             struct organization_object *organization, struct error *error) {
    struct directory_viewer viewer;
    if (!directory_viewer_of(view, &viewer)) return 0;
    const struct db_value values[] = {DIRECTORY_VIEWER_VALUES(viewer), db_integer(id)};
    unsigned statement =
        viewer.is_staff ? STATEMENT_ORGANIZATION_OBJECT_OF_STAFF : STATEMENT_ORGANIZATION_OBJECT;
    int found = row_first(db, QUERY_OF(statement, values), arena, take, organization, error);
    if (found <= 0 || !arena->failed) return found;
    error_too_large(error);
    return -1;
}

static void take_id(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, LOCKED_ORGANIZATION);
}

int organization_lock(struct db *db, int64_t id, struct error *error) {
    int64_t locked;
    return row_first(db, QUERY(STATEMENT_ORGANIZATION_LOCK, db_integer(id)), NULL, take_id, &locked, error);
}

bool organization_names_lock(struct db *db, struct error *error) {
    int64_t first;
    return row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_ORGANIZATION_FIRST), NULL, take_id, &first, error) >=
           0;
}

int organization_is_named(struct db *db, struct text name, int64_t id, struct error *error) {
    return row_answer(db, QUERY(STATEMENT_ORGANIZATION_NAMESAKE, db_key(name), db_integer(id)), error);
}

bool organization_insert(struct work *work, struct text name, int64_t status, int64_t *id,
                         struct error *error) {
    uint64_t inserted = 0;
    if (!text_fit(work, "organization", TEXT("name"), false, &name, error)) return false;
    const struct db_value values[] = {db_text(text_cut(name, ORGANIZATION_NAME_MAX)), db_integer(status)};
    bool done = db_execute(work->db, STATEMENT_ORGANIZATION_INSERT, values, 2, NULL, &inserted, error);
    *id = (int64_t)inserted;
    return done;
}

bool organization_save(struct work *work, int64_t id, const struct organization_saving *saving,
                       struct error *error) {
    struct text name = saving->name, domain = saving->domain;
    if (!text_fit(work, "organization", TEXT("name"), false, &name, error) ||
        !text_fit(work, "organization", TEXT("domain"), false, &domain, error))
        return false;
    const struct db_value values[ORGANIZATION_SAVE_VALUES_COUNT] = {
        [ORGANIZATION_SAVE_NAME] = db_text(text_cut(name, ORGANIZATION_NAME_MAX)),
        [ORGANIZATION_SAVE_MANAGER] = db_text(saving->manager.data ? saving->manager : TEXT("")),
        [ORGANIZATION_SAVE_STATUS] = db_integer(saving->status),
        [ORGANIZATION_SAVE_DOMAIN] = db_text(domain.data ? domain : TEXT("")),
        [ORGANIZATION_SAVE_ID] = db_integer(id),
    };
    return db_execute(work->db, STATEMENT_ORGANIZATION_SAVE, values, ORGANIZATION_SAVE_VALUES_COUNT, NULL,
                      NULL, error);
}

bool organization_delete(struct db *db, int64_t id, struct error *error) {
    const struct db_value organization = db_integer(id);
    int has_table = row_answer(db, QUERY(STATEMENT_CDATA_TABLE, db_integer(1)), error);
    return has_table >= 0 &&
           db_execute(db, STATEMENT_ORGANIZATION_DELETE, &organization, 1, NULL, NULL, error) &&
           db_execute(db, STATEMENT_ORGANIZATION_RELEASE, &organization, 1, NULL, NULL, error) &&
           (!has_table ||
            db_execute(db, STATEMENT_ORGANIZATION_CDATA_DELETE, &organization, 1, NULL, NULL, error));
}
