// SPDX-License-Identifier: GPL-2.0-or-later
// GET /staff.json, /teams.json. spec: operations.md 3.7.
#include "store/catalog/people.h"
#include "ops/catalog/catalog.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/values.h"

static void write_member(struct catalog *catalog, const struct catalog_agent *agent) {
    struct json_writer *json = &catalog->json;
    bool sees_department = !text_is_null(agent->department.name) &&
                           audience_sees_department(&catalog->audience, agent->department.id);
    json_open_object(json);
    value_agent_members(json, agent->agent);
    value_named(json, "department", sees_department ? agent->department : (struct named){0, TEXT_NULL});
    value_boolean(json, "active", agent->is_active);
    value_boolean(json, "available", agent->is_active && !agent->is_away);
    if (catalog->context->principal->scopes & SCOPE_USERS) json_text_member(json, "email", agent->address);
    json_close_object(json);
}

static bool write_staff(struct catalog *catalog, struct error *error) {
    struct catalog_agent *agents;
    size_t count;
    bool with_locked = parameter_is(catalog->context, "all", "1");
    if (!catalog_staff_read(catalog->context->db, &catalog->arena, &agents, &count, error)) return false;
    json_name(&catalog->json, "staff");
    json_open_array(&catalog->json);
    for (size_t i = 0; i < count; i++)
        if ((with_locked || agents[i].is_active) && audience_sees_agent(&catalog->audience, &agents[i]))
            write_member(catalog, &agents[i]);
    json_close_array(&catalog->json);
    return true;
}

bool catalog_staff(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run_for_agents(context, answer, write_staff, error);
}

// Whom of a team's agents the audience sees; all of them where `agents` is NULL.
struct seen {
    const struct catalog *catalog;
    const struct catalog_agent *agents;
    size_t count;
};

static bool is_seen(const struct seen *seen, int64_t id) {
    if (!seen->agents) return true;
    for (size_t i = 0; i < seen->count; i++)
        if (seen->agents[i].agent.id == id)
            return audience_sees_agent(&seen->catalog->audience, &seen->agents[i]);
    return false;
}

static void write_team(struct catalog *catalog, const struct seen *seen, const struct catalog_team *team) {
    struct json_writer *json = &catalog->json;
    json_open_object(json);
    json_integer_member(json, "id", team->id);
    json_text_member(json, "name", team->name);
    value_boolean(json, "active", (team->flags & TEAM_FLAG_ENABLED) != 0);
    value_boolean(json, "alerts", !(team->flags & TEAM_FLAG_NO_ALERTS));
    value_agent(json, "lead", is_seen(seen, team->lead.id) ? team->lead : (struct agent){0});
    json_name(json, "members");
    json_open_array(json);
    for (size_t i = 0; i < team->member_count; i++) {
        if (!is_seen(seen, team->members[i].id)) continue;
        json_open_object(json);
        value_agent_members(json, team->members[i]);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static bool write_teams(struct catalog *catalog, struct error *error) {
    struct seen seen = {.catalog = catalog};
    struct catalog_agent *agents = NULL;
    struct catalog_team *teams;
    size_t count;
    bool sees_all = catalog->audience.sees_all_agents && !catalog->audience.rules->has_departments;
    if (!catalog_teams_read(catalog->context->db, &catalog->arena, &teams, &count, error)) return false;
    if (!sees_all && !catalog_staff_read(catalog->context->db, &catalog->arena, &agents, &seen.count, error))
        return false;
    seen.agents = agents;
    json_name(&catalog->json, "teams");
    json_open_array(&catalog->json);
    for (size_t i = 0; i < count; i++) write_team(catalog, &seen, &teams[i]);
    json_close_array(&catalog->json);
    return true;
}

bool catalog_teams(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run_for_agents(context, answer, write_teams, error);
}
