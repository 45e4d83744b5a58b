// SPDX-License-Identifier: GPL-2.0-or-later
// Who looks at a catalogue.
#include "ops/catalog/audience.h"

#include "store/read/names.h"
#include "json/reader.h"

#define NAME_SHOWN 60

static bool is_among(const int64_t *ids, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id) return true;
    return false;
}

// As PHP takes a value for yes.
static bool is_given(const struct json_value *value) {
    struct text text = json_value_text(value);
    return json_value_boolean(value) || json_value_real(value) != 0 ||
           (text.length && !text_equal(text, TEXT("0")));
}

static bool read_agent(const struct operation_context *context, struct arena *arena,
                       struct audience *audience, struct error *error) {
    struct error ignored = {0};
    int found = agent_departments_read(context->db, audience->agent_id, arena, &audience->departments, error);
    if (found < 0) return false;
    if (!found || !audience->departments.is_active)
        return error_set(error, ERROR_DENIED,
                         "The agent that the key is bound to is not there, or not active");
    struct text permissions = audience->departments.permissions;
    struct json_value *given = permissions.length ? json_parse(permissions, &ignored) : NULL;
    audience->sees_all_departments = is_given(json_member(given, "visibility.departments"));
    audience->sees_all_agents = is_given(json_member(given, "visibility.agents"));
    json_free(&given);
    return true;
}

static bool is_unknown(struct text named, struct error *error) {
    return error_set(error, ERROR_UNPROCESSABLE, "X-Act-As: no agent, or several, are called %.*s",
                     (int)text_cut(named, NAME_SHOWN).length, named.data);
}

static bool find_agent(const struct operation_context *context, struct text named, int64_t *id,
                       struct error *error) {
    if (!text_is_utf8(named)) return error_set(error, ERROR_BAD_REQUEST, "X-Act-As is not valid UTF-8");
    if (text_to_int64(named, id)) return *id > 0 || is_unknown(named, error);
    int found = named_find(context->db, NAMED_KIND_STAFF, named, id, error);
    return found == 1 || (found >= 0 && is_unknown(named, error));
}

// The key's own agent, or the one whom X-Act-As names where it may act as any. spec: operations.md 1.10
static bool choose_agent(const struct operation_context *context, struct audience *audience,
                         struct error *error) {
    const struct key_rules *rules = audience->rules;
    struct text named = text_trim(context->acting_as);
    audience->agent_id = rules->staff_id;
    if (!named.length) return true;
    if ((rules->any_staff || rules->staff_id) && !find_agent(context, named, &audience->agent_id, error))
        return false;
    bool may = rules->any_staff || (rules->staff_id && rules->staff_id == audience->agent_id);
    return may ||
           error_set(error, ERROR_DENIED, "The API key may not act as an agent of the request's choice");
}

bool audience_read(const struct operation_context *context, struct arena *arena, struct audience *audience,
                   struct error *error) {
    const struct key_rules *rules = &context->principal->rules;
    *audience = (struct audience){.rules = rules,
                                  .is_client = principal_sees_as_client(context->principal),
                                  .sees_all_departments = true,
                                  .sees_all_agents = true};
    if (rules->view == KEY_VIEW_NOTHING || (rules->view != KEY_VIEW_ALL && rules->view_id <= 0))
        return error_set(error, ERROR_SCOPE, "The API key sees nothing");
    if (!audience->is_client && !choose_agent(context, audience, error)) return false;
    return audience->agent_id <= 0 || read_agent(context, arena, audience, error);
}

static bool is_of_key(const struct audience *audience, int64_t id) {
    return !audience->rules->has_departments ||
           is_among(audience->rules->departments, audience->rules->department_count, id);
}

bool audience_works_for(const struct audience *audience, int64_t id) {
    return is_of_key(audience, id) &&
           (audience->agent_id <= 0 || is_among(audience->departments.ids, audience->departments.count, id));
}

bool audience_sees_department(const struct audience *audience, int64_t id) {
    return audience->sees_all_departments ? is_of_key(audience, id) : audience_works_for(audience, id);
}

// Whether the agent works for a department that `is_seen`.
static bool is_near(const struct audience *audience, const struct catalog_agent *agent,
                    bool (*is_seen)(const struct audience *audience, int64_t id)) {
    if (is_seen(audience, agent->department.id)) return true;
    for (size_t i = 0; i < agent->access_count; i++)
        if (is_seen(audience, agent->access[i])) return true;
    return false;
}

bool audience_sees_agent(const struct audience *audience, const struct catalog_agent *agent) {
    return is_near(audience, agent, audience->sees_all_agents ? is_of_key : audience_works_for);
}
