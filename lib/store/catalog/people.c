// SPDX-License-Identifier: GPL-2.0-or-later
// Agents and teams out of rows, of which each has several.
#include "store/catalog/people.h"

#include "store/row.h"
#include "store/statements.h"

struct agents {
    struct catalog_agent *items;
    size_t count;
};

static void add_agent(const struct row *row, struct agents *agents) {
    const struct row part = row_part(row, CATALOG_STAFF_AGENT);
    struct catalog_agent *agent =
        arena_append(row->arena, &agents->items, &agents->count, sizeof *agents->items);
    if (!agent) return;
    *agent = (struct catalog_agent){
        .agent = agent_of(&part),
        .address = row_copy(row, CATALOG_STAFF_ADDRESS),
        .is_active = row_is_true(row, CATALOG_STAFF_IS_ACTIVE),
        .is_away = row_is_true(row, CATALOG_STAFF_IS_AWAY),
        .department = named_of(row, CATALOG_STAFF_DEPARTMENT, CATALOG_STAFF_DEPARTMENT_NAME),
    };
}

static void take_agent(const struct row *row, void *into) {
    const struct row part = row_part(row, CATALOG_STAFF_AGENT);
    struct agents *agents = into;
    int64_t id = row_integer(&part, AGENT_ID);
    if (!agents->count || agents->items[agents->count - 1].agent.id != id) add_agent(row, agents);
    if (row->arena->failed || row_is_null(row, CATALOG_STAFF_ACCESS)) return;
    struct catalog_agent *agent = &agents->items[agents->count - 1];
    int64_t *access = arena_append(row->arena, &agent->access, &agent->access_count, sizeof *access);
    if (access) *access = row_integer(row, CATALOG_STAFF_ACCESS);
}

bool catalog_staff_read(struct db *db, struct arena *arena, struct catalog_agent **agents, size_t *count,
                        struct error *error) {
    struct agents read = {NULL, 0};
    bool done = row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_CATALOG_STAFF), arena, take_agent, &read, error);
    *agents = read.items;
    *count = read.count;
    return done && (!arena->failed || error_too_large(error));
}

struct teams {
    struct catalog_team *items;
    size_t count;
};

static void add_team(const struct row *row, struct teams *teams) {
    const struct row lead = row_part(row, CATALOG_TEAM_LEAD);
    struct catalog_team *team = arena_append(row->arena, &teams->items, &teams->count, sizeof *teams->items);
    if (!team) return;
    *team = (struct catalog_team){
        .id = row_integer(row, CATALOG_TEAM_ID),
        .name = row_copy(row, CATALOG_TEAM_NAME),
        .flags = row_integer(row, CATALOG_TEAM_FLAGS),
        .lead = agent_of(&lead),
    };
}

static void take_team(const struct row *row, void *into) {
    const struct row part = row_part(row, CATALOG_TEAM_MEMBER);
    struct teams *teams = into;
    int64_t id = row_integer(row, CATALOG_TEAM_ID);
    if (!teams->count || teams->items[teams->count - 1].id != id) add_team(row, teams);
    if (row->arena->failed || !row_integer(&part, AGENT_ID)) return;
    struct catalog_team *team = &teams->items[teams->count - 1];
    struct agent *member = arena_append(row->arena, &team->members, &team->member_count, sizeof *member);
    if (member) *member = agent_of(&part);
}

bool catalog_teams_read(struct db *db, struct arena *arena, struct catalog_team **teams, size_t *count,
                        struct error *error) {
    struct teams read = {NULL, 0};
    bool done = row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_CATALOG_TEAMS), arena, take_team, &read, error);
    *teams = read.items;
    *count = read.count;
    return done && (!arena->failed || error_too_large(error));
}
