// SPDX-License-Identifier: GPL-2.0-or-later
// Which tickets a narrowed key sees.
#include "store/ticket_view.h"

#include "store/row.h"
#include "store/statements.h"

struct look {
    const struct key_rules *rules;
    bool sees;
};

static bool has_department(const struct key_rules *rules, int64_t id) {
    for (size_t i = 0; i < rules->department_count; i++)
        if (rules->departments[i] == id) return true;
    return !rules->has_departments;
}

static void take_look(const struct row *row, void *into) {
    struct look *look = into;
    look->sees =
        row_is_true(row, VIEW_SEES) && has_department(look->rules, row_integer(row, VIEW_DEPARTMENT));
}

int ticket_view_has(struct db *db, const struct key_rules *rules, int64_t ticket_id, struct error *error) {
    static const unsigned statements_of[] = {
        [KEY_VIEW_ALL] = STATEMENT_VIEW_ALL,
        [KEY_VIEW_STAFF] = STATEMENT_VIEW_STAFF,
        [KEY_VIEW_USER] = STATEMENT_VIEW_USER,
        [KEY_VIEW_ORGANIZATION] = STATEMENT_VIEW_ORGANIZATION,
    };
    const struct db_value values[] = {db_integer(rules->view_id), db_integer(ticket_id)};
    struct look look = {rules, false};
    if (rules->view == KEY_VIEW_NOTHING || (rules->view != KEY_VIEW_ALL && rules->view_id <= 0)) return 0;
    size_t first = rules->view == KEY_VIEW_ALL;
    struct query query = {statements_of[rules->view], values + first, 2 - first};
    return row_first(db, query, NULL, take_look, &look, error) < 0 ? -1 : look.sees;
}
