// SPDX-License-Identifier: GPL-2.0-or-later
// Users and organizations with their answers.
#include "store/directory/directory_item.h"

#include "store/directory/viewer.h"
#include "store/row.h"
#include "store/statements.h"

struct reading {
    struct user_object *user; // NULL: an organization is read
    struct organization_object *organization;
    struct item_answers *answers;
    bool found;
};

static void take_item(const struct row *row, void *into) {
    struct reading *reading = into;
    const struct row part = row_part(row, reading->user ? (unsigned)USER_ITEM : (unsigned)ORGANIZATION_ITEM);
    reading->found = true;
    if (reading->user)
        user_object_take(&part, reading->user);
    else
        organization_object_take(&part, reading->organization);
}

static void take_answer(const struct row *row, void *into) {
    const struct reading *reading = into;
    const struct row part =
        row_part(row, reading->user ? (unsigned)USER_ITEM_ANSWER : (unsigned)ORGANIZATION_ITEM_ANSWER);
    struct item_answers *answers = reading->answers;
    struct answered_field *field = arena_append(row->arena, &answers->fields, &answers->count, sizeof *field);
    if (field) form_answer_take_shown(&part, field);
}

static void take(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {{"item", take_item}, {"answer", take_answer}};
    row_take_kind(row, USER_ITEM_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

static int read(struct db *db, int64_t id, struct view view, struct arena *arena, struct reading *reading,
                struct error *error) {
    struct directory_viewer viewer;
    *reading->answers = (struct item_answers){0};
    if (!directory_viewer_of(view, &viewer)) return 0;
    const struct db_value values[] = {DIRECTORY_VIEWER_VALUES(viewer), db_integer(id), db_integer(id)};
    unsigned of_all = reading->user ? STATEMENT_USER_ITEM : STATEMENT_ORGANIZATION_ITEM;
    unsigned of_staff = reading->user ? STATEMENT_USER_ITEM_OF_STAFF : STATEMENT_ORGANIZATION_ITEM_OF_STAFF;
    if (!row_each(db, QUERY_OF(viewer.is_staff ? of_staff : of_all, values), arena, take, reading, error))
        return -1;
    if (!arena->failed) return reading->found;
    error_too_large(error);
    return -1;
}

int user_item_read(struct db *db, int64_t user_id, struct view view, struct arena *arena,
                   struct user_object *user, struct item_answers *answers, struct error *error) {
    struct reading reading = {.user = user, .answers = answers};
    return read(db, user_id, view, arena, &reading, error);
}

int organization_item_read(struct db *db, int64_t id, struct view view, struct arena *arena,
                           struct organization_object *organization, struct item_answers *answers,
                           struct error *error) {
    struct reading reading = {.organization = organization, .answers = answers};
    return read(db, id, view, arena, &reading, error);
}
