// SPDX-License-Identifier: GPL-2.0-or-later
// The branches of a list.
#include "store/view/ticket_scope.h"

#include "store/row.h"
#include "store/statements.h"
#include "store/ticket_view.h"

#include <string.h>

#define BRANCH_ROW(name, view, ids, before, behind)                                                          \
    {KEY_VIEW_##view, offsetof(struct ticket_scope, ids), before, behind},
static const struct branch {
    enum key_view view;
    size_t ids;
    const char *before, *behind;
} branches[] = {SCOPE_BRANCHES(BRANCH_ROW)};
#define BRANCH_COUNT (sizeof branches / sizeof *branches)

static const struct ids *ids_of(const struct ticket_scope *scope, const struct branch *branch) {
    return (const struct ids *)(const void *)((const char *)scope + branch->ids);
}

static bool has_branch(const struct ticket_scope *scope, const struct branch *branch) {
    return branch->view == scope->rules->view && ids_of(scope, branch)->count;
}

// ---- what is there

struct reading {
    struct ticket_scope *scope;
    struct arena *arena;
};

static struct ids *ids_of_kind(struct ticket_scope *scope, struct text kind) {
    const struct {
        const char *kind;
        struct ids *ids;
    } kinds[] = {
        {"status", &scope->statuses},
        {"staff", &scope->who},
        {"user", &scope->who},
        {"department", &scope->departments},
        {"team", &scope->teams},
        {"organization", &scope->organizations},
        {"collaborator", &scope->collaborator},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_equal(kind, text_of(kinds[i].kind))) return kinds[i].ids;
    return NULL;
}

static void append(struct arena *arena, struct ids *ids, int64_t id) {
    void *items = ids->of;
    int64_t *next = arena_append(arena, &items, &ids->count, sizeof *next);
    ids->of = items;
    if (next) *next = id;
}

static void take_id(const struct row *row, void *into) {
    struct reading *reading = into;
    struct ids *ids = ids_of_kind(reading->scope, row_text(row, SCOPE_KIND));
    if (ids) append(reading->arena, ids, row_integer(row, SCOPE_ID));
}

static bool run(struct reading *reading, struct db *db, struct error *error) {
    struct db_value who = db_integer(reading->scope->rules->view_id);
    switch (reading->scope->rules->view) {
    case KEY_VIEW_STAFF:
        return row_each(db, QUERY(STATEMENT_SCOPE_OF_STAFF, who, who, who), NULL, take_id, reading, error);
    case KEY_VIEW_USER:
        return row_each(db, QUERY(STATEMENT_SCOPE_OF_USER, who, who), NULL, take_id, reading, error);
    case KEY_VIEW_ORGANIZATION:
        append(reading->arena, &reading->scope->who, reading->scope->rules->view_id);
        return row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_SCOPE_OF_ORGANIZATION), NULL, take_id, reading,
                        error);
    case KEY_VIEW_ALL:
    case KEY_VIEW_NOTHING: break;
    }
    return true;
}

bool ticket_scope_read(struct db *db, const struct key_rules *rules, struct arena *arena,
                       struct ticket_scope *scope, struct error *error) {
    struct reading reading = {scope, arena};
    *scope = (struct ticket_scope){.rules = rules};
    if (!rules || ticket_view_is_empty(rules)) return true;
    if (!run(&reading, db, error)) return false;
    // Of a user who takes part it is he who is looked for; of an agent or user who is gone nothing is left.
    if (scope->collaborator.count) scope->collaborator = scope->who;
    if (!scope->who.count) *scope = (struct ticket_scope){.rules = rules};
    return !arena->failed || error_too_large(error);
}

// ---- conditions

size_t ticket_scope_branches(const struct ticket_scope *scope) {
    size_t count = 0;
    if (!scope->rules) return 1;
    if (ticket_view_is_empty(scope->rules)) return 0;
    if (scope->rules->view == KEY_VIEW_ALL) return 1;
    for (size_t i = 0; i < BRANCH_COUNT; i++) count += has_branch(scope, &branches[i]);
    return count;
}

static void add_list(struct composed *composed, const char *before, const struct ids *ids) {
    buffer_add_string(&composed->sql, before);
    composed_add_ids(composed, ids->of, ids->count);
    buffer_add_char(&composed->sql, ')');
}

static void add_branch(struct composed *composed, const struct ticket_scope *scope,
                       const struct branch *branch) {
    const struct ids *ids = ids_of(scope, branch);
    const char *statuses = strchr(branch->behind, '%');
    buffer_add_string(&composed->sql, branch->before);
    composed_add_ids(composed, ids->of, ids->count);
    if (!statuses) {
        buffer_add_string(&composed->sql, branch->behind);
        return;
    }
    buffer_add(&composed->sql, branch->behind, (size_t)(statuses - branch->behind));
    if (scope->statuses.count)
        add_list(composed, SCOPE_OF_STATUS, &scope->statuses);
    else
        buffer_add_string(&composed->sql, "FALSE");
}

void ticket_scope_add(struct composed *composed, const struct ticket_scope *scope, size_t branch) {
    const struct key_rules *rules = scope->rules;
    size_t place = 0;
    buffer_add_string(&composed->sql, "TRUE");
    if (!rules) return;
    if (rules->has_departments) {
        buffer_add_string(&composed->sql, " AND " SCOPE_DEPARTMENTS);
        composed_add_ids(composed, rules->departments, rules->department_count);
        buffer_add_char(&composed->sql, ')');
    }
    if (rules->has_tickets) {
        buffer_add_string(&composed->sql, " AND " SCOPE_TICKETS);
        composed_add_ids(composed, rules->tickets, rules->ticket_count);
        buffer_add_char(&composed->sql, ')');
    }
    for (size_t i = 0; i < BRANCH_COUNT; i++) {
        if (!has_branch(scope, &branches[i]) || place++ != branch) continue;
        buffer_add_string(&composed->sql, " AND ");
        add_branch(composed, scope, &branches[i]);
    }
}
