// SPDX-License-Identifier: GPL-2.0-or-later
// Statements that count.
#include "store/stats/ticket_groups.h"

#include "store/read/ticket_source.h"
#include "store/row.h"
#include "store/stats/ticket_group_statements.h"

#define GROUPING_ROW(by, joins, value, names_a, join_a, names_b, join_b)                                     \
    [by] = {joins, value, {names_a, names_b}, {join_a, join_b}},
static const struct grouping {
    unsigned joins;
    const char *value;
    const char *names[2], *join[2];
} groupings[] = {GROUPINGS(GROUPING_ROW)};

void group_side_take(const struct row *row, unsigned first, struct group_side *side) {
    const struct row part = row_part(row, first);
    *side = (struct group_side){.id = row_integer(&part, GROUP_ID),
                                .name = row_copy(&part, GROUP_NAME),
                                .word = row_copy(&part, GROUP_WORD),
                                .first_name = row_copy(&part, GROUP_FIRST_NAME),
                                .last_name = row_copy(&part, GROUP_LAST_NAME)};
}

struct groups {
    struct ticket_group *items;
    size_t count;
};

static void take_group(const struct row *row, void *into) {
    struct groups *groups = into;
    struct ticket_group *group = arena_append(row->arena, &groups->items, &groups->count, sizeof *group);
    if (!group) return;
    group_side_take(row, 0 * GROUP_SIDE_COLUMNS, &group->sides[0]);
    group_side_take(row, 1 * GROUP_SIDE_COLUMNS, &group->sides[1]);
    group->count = row_integer(row, GROUP_COUNT);
}

// Groups are counted inside, and named outside, each once.
static void compose_groups(const struct ticket_conditions *conditions, const struct grouping *a,
                           const struct grouping *b, struct composed *composed) {
    unsigned joins = a->joins | (b ? b->joins : 0);
    buffer_add_format(&composed->sql, "SELECT %s,%s,x.n FROM (SELECT %s AS ga,", a->names[0],
                      b ? b->names[1] : GROUP_NO_SIDE, a->value);
    if (b) buffer_add_format(&composed->sql, "%s AS gb,", b->value);
    buffer_add_string(&composed->sql, "COUNT(*) AS n");
    ticket_source_add(composed, conditions, joins, NULL);
    buffer_add_format(&composed->sql, " GROUP BY ga%s) x %s%s", b ? ",gb" : "", a->join[0],
                      b ? b->join[1] : "");
    buffer_add_format(&composed->sql, "ORDER BY x.n DESC,x.ga%s LIMIT ?", b ? ",x.gb" : "");
    composed_bind(composed, db_integer(TICKET_GROUPS_MAX + 1));
}

bool ticket_groups_read(struct db *db, const struct ticket_conditions *conditions,
                        const enum ticket_grouping by[2], struct arena *arena, struct ticket_group **groups,
                        size_t *count, struct error *error) {
    struct composed composed = composed_new();
    struct groups read = {NULL, 0};
    compose_groups(conditions, &groupings[by[0]], by[1] == TICKETS_NOT_BY_MORE ? NULL : &groupings[by[1]],
                   &composed);
    if (!composed_run(db, &composed, ticket_conditions_search(&conditions->search), arena, take_group, &read,
                      error))
        return false;
    *groups = read.items;
    *count = read.count;
    if (arena->failed) return error_too_large(error);
    return read.count <= TICKET_GROUPS_MAX ||
           error_set(error, ERROR_UNPROCESSABLE, "These are more than %d groups: narrow them by filters",
                     TICKET_GROUPS_MAX);
}

static void take_open(const struct row *row, void *into) {
    *(struct open_tickets *)into = (struct open_tickets){
        row_integer(row, OPEN_OVERDUE), row_integer(row, OPEN_UNASSIGNED), row_integer(row, OPEN_UNANSWERED)};
}

bool open_tickets_count(struct db *db, const struct ticket_conditions *conditions,
                        struct open_tickets *counts, struct error *error) {
    struct composed composed = composed_new();
    buffer_add_string(&composed.sql, "SELECT " COLUMNS(OPEN_COLUMNS));
    ticket_source_add(&composed, conditions, 0, OPEN_CONDITION);
    *counts = (struct open_tickets){0};
    return composed_run(db, &composed, ticket_conditions_search(&conditions->search), NULL, take_open, counts,
                        error);
}
