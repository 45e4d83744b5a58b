// SPDX-License-Identifier: GPL-2.0-or-later
// To whom a new ticket goes.
#include "ops/create/assignees.h"

#include "base/buffer.h"
#include "contact/person_name.h"
#include "store/create/assignees.h"
#include "json/reader.h"

#include <inttypes.h>

#define IDS_MAX                     65536
#define NAME_MAX_BYTES              1024
#define ORGANIZATION_ASSIGN_MANAGER 4

// Whom the ticket is meant for, be he there or not.
struct wanted {
    int64_t staff_id, team_id;
    struct buffer staff_ids, team_ids; // everyone named anywhere, as comma lists
};

static const struct {
    const char *type;
    const char *key;
} action_keys[] = {
    {"dept", "dept_id"}, {"topic", "topic_id"}, {"pri", "priority"},     {"sla", "sla_id"},
    {"team", "team_id"}, {"agent", "staff_id"}, {"status", "status_id"}, {"canned", "canned_id"},
};

int64_t matched_action_id(const struct matched_action *action) {
    struct error ignored = {0};
    int64_t id = 0;
    struct json_value *root =
        action->configuration.length ? json_parse(action->configuration, &ignored) : NULL;
    for (size_t i = 0; i < sizeof action_keys / sizeof *action_keys; i++) {
        if (!text_equal(action->type, text_of(action_keys[i].type))) continue;
        const struct json_value *value = json_member(root, action_keys[i].key);
        if (json_kind(value) == JSON_TEXT && !text_to_int64(json_value_text(value), &id)) id = 0;
        if (json_kind(value) != JSON_TEXT) id = json_value_integer(value);
    }
    json_free(&root);
    return id;
}

static void add_id(struct buffer *ids, int64_t id) {
    if (id > 0) buffer_add_format(ids, "%s%" PRId64, ids->length ? "," : "", id);
}

// "s12" is an agent, "t3" a team.
static bool take_code(struct text code, int64_t *staff_id, int64_t *team_id) {
    int64_t id;
    if (code.length < 2 || !text_to_int64((struct text){code.data + 1, code.length - 1}, &id)) return false;
    if (code.data[0] == 's') *staff_id = id;
    if (code.data[0] == 't') *team_id = id;
    return code.data[0] == 's' || code.data[0] == 't';
}

// The topic names an agent or a team, the organization its manager; neither takes the place of a wish.
static void add_defaults(const struct create_draft *draft, struct wanted *wanted) {
    const struct topic_row *topic = &draft->desk.topic;
    const struct user_row *user = &draft->desk.user;
    int64_t staff_id = 0, team_id = 0;
    if (!wanted->staff_id && topic->staff_id)
        wanted->staff_id = topic->staff_id;
    else if (!wanted->team_id)
        wanted->team_id = topic->team_id;
    if (!user->organization_id || !(user->organization_status & ORGANIZATION_ASSIGN_MANAGER) ||
        !take_code(user->organization_manager, &staff_id, &team_id))
        return;
    if (!wanted->staff_id) wanted->staff_id = staff_id;
    if (!wanted->team_id) wanted->team_id = team_id;
}

static void gather(const struct create_draft *draft, struct create_decision *decision,
                   struct wanted *wanted) {
    wanted->staff_id = draft->wishes.staff_id;
    wanted->team_id = draft->wishes.team_id;
    add_defaults(draft, wanted);
    if (draft->request.internal.assign.length) {
        wanted->staff_id = wanted->team_id = 0;
        decision->chosen_by_agent =
            take_code(draft->request.internal.assign, &wanted->staff_id, &wanted->team_id);
    }
    add_id(&wanted->staff_ids, wanted->staff_id);
    add_id(&wanted->team_ids, wanted->team_id);
    for (size_t i = 0; i < draft->action_count; i++) {
        const struct matched_action *action = &draft->actions[i];
        if (text_equal(action->type, TEXT("agent"))) add_id(&wanted->staff_ids, matched_action_id(action));
        // The history names a team for a status, too: see ops/create/history.c.
        if (text_equal(action->type, TEXT("team")) || text_equal(action->type, TEXT("status")))
            add_id(&wanted->team_ids, matched_action_id(action));
    }
}

static struct text name_of(struct create_draft *draft, const struct assignee_row *row, struct text format) {
    struct person_name name;
    struct buffer shown = buffer_new(NAME_MAX_BYTES);
    if (row->is_team) return row->first_name;
    person_name_of_agent(row->first_name, row->last_name, &name);
    person_name_format(&name, format, &shown);
    struct text copy = arena_copy(&draft->arena, buffer_text(&shown));
    buffer_free(&shown);
    return copy;
}

static bool look_up(struct create_draft *draft, const struct wanted *wanted, struct create_decision *decision,
                    struct error *error) {
    struct assignee_row *rows;
    size_t count;
    struct text username = draft->request.internal.assignee;
    struct text format = help_desk_config(&draft->help_desk, "agent_name_format");
    if (!format.length) format = TEXT("full");
    if (!wanted->staff_ids.length && !wanted->team_ids.length && !username.length) return true;
    if (!assignees_find(draft->context->db, buffer_text(&wanted->staff_ids),
                        username.length ? username : TEXT_NULL, buffer_text(&wanted->team_ids), &draft->arena,
                        &rows, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct assignee *assignee =
            arena_append(&draft->arena, &decision->assignees, &decision->assignee_count, sizeof *assignee);
        if (!assignee) return error_too_large(error);
        *assignee = (struct assignee){rows[i].is_team,
                                      rows[i].id,
                                      rows[i].available,
                                      name_of(draft, &rows[i], format),
                                      name_of(draft, &rows[i], TEXT("original")),
                                      rows[i].username};
    }
    return true;
}

const struct assignee *create_assignee(const struct create_decision *decision, bool is_team, int64_t id) {
    for (size_t i = 0; i < decision->assignee_count; i++)
        if (decision->assignees[i].is_team == is_team && decision->assignees[i].id == id)
            return &decision->assignees[i];
    return NULL;
}

// The agent that the request names by his username comes before whom topic and organization name.
static bool take_named(const struct create_draft *draft, const struct create_decision *decision,
                       struct wanted *wanted, struct error *error) {
    struct text username = draft->request.internal.assignee;
    if (!username.length) return true;
    for (size_t i = 0; i < decision->assignee_count; i++) {
        if (!text_equal_ignoring_case(decision->assignees[i].username, username)) continue;
        if (!draft->wishes.staff_id) wanted->staff_id = decision->assignees[i].id;
        return true;
    }
    return error_set(error, ERROR_UNPROCESSABLE, "assignee: there is no agent with this user name");
}

static bool is_available(const struct create_decision *decision, bool is_team, int64_t id) {
    const struct assignee *assignee = create_assignee(decision, is_team, id);
    return assignee && assignee->available;
}

bool create_assignees_settle(struct create_draft *draft, struct create_decision *decision,
                             struct error *error) {
    struct wanted wanted = {.staff_ids = buffer_new(IDS_MAX), .team_ids = buffer_new(IDS_MAX)};
    gather(draft, decision, &wanted);
    bool done = look_up(draft, &wanted, decision, error) && take_named(draft, decision, &wanted, error);
    if (done && !decision->closed) {
        if (is_available(decision, false, wanted.staff_id)) decision->staff_id = wanted.staff_id;
        if (is_available(decision, true, wanted.team_id)) decision->team_id = wanted.team_id;
        decision->alert_team = !wanted.staff_id;
    }
    buffer_free(&wanted.staff_ids);
    buffer_free(&wanted.team_ids);
    return done;
}
