// SPDX-License-Identifier: GPL-2.0-or-later
// Agents, teams and members of organizations.
#include "store/create/assignees.h"

#include "db/db.h"
#include "store/statements.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void take_assignee(struct db_rows *rows, struct arena *arena, struct assignee_row *row) {
    row->is_team = text_equal(db_rows_text(rows, 0), TEXT("team"));
    row->id = db_rows_integer(rows, 1);
    row->available = db_rows_integer(rows, 2) != 0;
    row->first_name = arena_copy(arena, db_rows_text(rows, 3));
    row->last_name = arena_copy(arena, db_rows_text(rows, 4));
    row->username = arena_copy(arena, db_rows_text(rows, 5));
}

bool assignees_find(struct db *db, struct text staff_ids, struct text username, struct text team_ids,
                    struct arena *arena, struct assignee_row **rows, size_t *count, struct error *error) {
    struct db_value values[] = {db_text(staff_ids), db_key(username), db_text(team_ids)};
    struct db_rows *found;
    int more;
    *rows = NULL;
    *count = 0;
    if (!db_query(db, STATEMENT_CREATE_ASSIGNEES, values, COUNT(values), &found, error)) return false;
    while ((more = db_rows_next(found, error)) > 0) {
        struct assignee_row *row = arena_append(arena, rows, count, sizeof *row);
        if (row) take_assignee(found, arena, row);
    }
    db_rows_close(&found);
    return more == 0;
}

static void take_member(struct db_rows *rows, struct arena *arena, struct member_row *row) {
    row->id = db_rows_integer(rows, 0);
    row->name = arena_copy(arena, db_rows_text(rows, 1));
    row->address = arena_copy(arena, db_rows_text(rows, 2));
    row->is_agent = db_rows_integer(rows, 3) != 0;
}

bool organization_members(struct db *db, int64_t organization_id, int64_t without, bool all,
                          struct arena *arena, struct member_row **rows, size_t *count, struct error *error) {
    struct db_value values[] = {db_integer(organization_id), db_integer(without), db_integer(all)};
    struct db_rows *found;
    int more;
    *rows = NULL;
    *count = 0;
    if (!db_query(db, STATEMENT_CREATE_MEMBERS, values, COUNT(values), &found, error)) return false;
    while ((more = db_rows_next(found, error)) > 0) {
        struct member_row *row = arena_append(arena, rows, count, sizeof *row);
        if (row) take_member(found, arena, row);
    }
    db_rows_close(&found);
    return more == 0;
}

int member_by_id(struct db *db, int64_t user_id, struct arena *arena, struct member_row *row,
                 struct error *error) {
    struct db_value value = db_integer(user_id);
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_CREATE_USER, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) take_member(rows, arena, row);
    db_rows_close(&rows);
    return found;
}
