// SPDX-License-Identifier: GPL-2.0-or-later
// The history of a new ticket: created, who takes part, what filters did, closed, assigned.
#include "ops/create/creation.h"

#include "base/buffer.h"
#include "ops/change/actor.h"
#include "ops/create/assignees.h"
#include "json/writer.h"

#include <inttypes.h>

#define DATA_MAX    8192
#define DATA_COLUMN 1024 // characters
#define SYSTEM      TEXT("SYSTEM")
#define FILTER      TEXT("Ticket Filter")

// One more event, as the ticket is by then. NULL when memory is out.
static struct new_event *add(struct creation *creation, const char *name, struct text username) {
    const struct create_decision *decision = creation->decision;
    struct new_event *event =
        arena_append(creation->arena, &creation->events, &creation->event_count, sizeof *event);
    if (!event) return NULL;
    *event = (struct new_event){
        .name = name,
        .thread_id = creation->thread_id,
        .department_id = decision->department_id,
        .topic_id = decision->topic_id,
        .username = username,
    };
    const struct actor *opener = creation->draft->beside.opener;
    // As in the portal, where a filter's doing is a client's by another name.
    if (opener) actor_sign_event(opener, event);
    if (opener && !text_equal(username, SYSTEM)) event->username = username;
    return event;
}

// Takes what the buffer holds as the event's data, and frees the buffer.
static bool give_data(struct creation *creation, struct new_event *event, struct buffer *data,
                      struct error *error) {
    struct text text = buffer_text(data);
    bool fits = !data->failed && text_cut(text, DATA_COLUMN).length == text.length;
    if (event && fits) event->data = arena_copy(creation->arena, text);
    buffer_free(data);
    if (!fits) return error_set(error, ERROR_TOO_LARGE, "a name is too long for the ticket's history");
    return (event && event->data.data) || error_too_large(error);
}

static bool add_created(struct creation *creation, struct error *error) {
    const struct actor *opener = creation->draft->beside.opener;
    struct new_event *event = add(creation, "created", SYSTEM);
    if (!event) return error_too_large(error);
    if (opener) event->username = opener->edits_as;
    event->uid = creation->user_id;
    event->by_user = true;
    return true;
}

// {"add":{"7":{"name":"No Tickets"}}} for each, and {"org":1} for those of an organization.
static bool add_collaborators(struct creation *creation, struct error *error) {
    for (size_t i = 0; i < creation->collaborator_count; i++) {
        struct buffer data = buffer_new(DATA_MAX);
        buffer_add_format(&data, "{\"add\":{\"%" PRId64 "\":{\"name\":", creation->collaborators[i].id);
        json_quote(creation->collaborators[i].name, &data);
        buffer_add_string(&data, "}}}");
        if (!give_data(creation, add(creation, "collab", SYSTEM), &data, error)) return false;
    }
    if (!creation->by_organization) return true;
    struct buffer data = buffer_new(DATA_MAX);
    buffer_add_format(&data, "{\"org\":%" PRId64 "}", creation->draft->desk.user.organization_id);
    return give_data(creation, add(creation, "collab", SYSTEM), &data, error);
}

// What a filter's action changed, as the history names it.
enum changed { DEPARTMENT, PRIORITY, AGENT, TEAM, SLA, TOPIC, STATUS };

static const struct {
    const char *type;
    enum changed changed;
    const char *shown;
} changes[] = {
    {"dept", DEPARTMENT, "Department"},
    {"pri", PRIORITY, "Priority"},
    {"agent", AGENT, "Agent"},
    {"team", TEAM, "Team"},
    {"sla", SLA, "SLA"},
    {"topic", TOPIC, "Topic"},
    {"status", STATUS, "Ticket Status"},
};

static struct text sla_name(const struct creation *creation, int64_t id) {
    const struct create_desk *desk = &creation->draft->desk;
    for (size_t i = 0; i < desk->sla_count; i++)
        if (desk->slas[i].id == id) return desk->slas[i].name;
    return TEXT_NULL;
}

// The name of what the action chose; null when there is no such thing. A status is looked for among the
// teams: PHP does so, and shows one's name or nothing.
static struct text chosen_name(const struct creation *creation, enum changed changed, int64_t id) {
    const struct help_desk *help_desk = &creation->draft->help_desk;
    const struct node *node =
        help_desk_node(changed == TOPIC ? &help_desk->topics : &help_desk->departments, id);
    const struct ticket_priority *priority = help_desk_priority(help_desk, id);
    const struct assignee *assignee = create_assignee(creation->decision, changed != AGENT, id);
    switch (changed) {
    case DEPARTMENT:
    case TOPIC: return node ? node->name : TEXT_NULL;
    case PRIORITY: return priority ? priority->description : TEXT_NULL;
    case AGENT:
    case TEAM:
    case STATUS: return assignee ? assignee->whole : TEXT_NULL;
    case SLA: return sla_name(creation, id);
    }
    return TEXT_NULL;
}

// {"value":"Maintenance","filter":"Night","type":"Department"}; "value":false for what is not there.
static bool add_filter_action(struct creation *creation, const struct matched_action *action,
                              struct error *error) {
    int64_t id = matched_action_id(action);
    for (size_t i = 0; id && i < sizeof changes / sizeof *changes; i++) {
        if (!text_equal(action->type, text_of(changes[i].type))) continue;
        struct text name = chosen_name(creation, changes[i].changed, id);
        struct buffer data = buffer_new(DATA_MAX);
        buffer_add_string(&data, "{\"value\":");
        if (text_is_null(name))
            buffer_add_string(&data, "false");
        else
            json_quote(name, &data);
        buffer_add_string(&data, ",\"filter\":");
        json_quote(action->filter_name, &data);
        buffer_add_format(&data, ",\"type\":\"%s\"}", changes[i].shown);
        return give_data(creation, add(creation, "edited", FILTER), &data, error);
    }
    return true;
}

// The owner brought them in by his mail.
static bool add_addressees(struct creation *creation, struct error *error) {
    if (text_is_null(creation->joined)) return true;
    struct new_event *event = add(creation, "collab", SYSTEM);
    if (!event) return error_too_large(error);
    event->data = creation->joined;
    event->uid = creation->user_id;
    event->by_user = true;
    return true;
}

static bool add_filter_actions(struct creation *creation, struct error *error) {
    for (size_t i = 0; i < creation->draft->action_count; i++)
        if (!add_filter_action(creation, &creation->draft->actions[i], error)) return false;
    return true;
}

// {"status":[3,"Closed"]}, or {"status":6} for another open status than the help desk's usual one.
static bool add_status(struct creation *creation, struct error *error) {
    const struct create_decision *decision = creation->decision;
    struct buffer data = buffer_new(DATA_MAX);
    if (!decision->status_changed) return true;
    buffer_add_format(&data, decision->closed ? "{\"status\":[%" PRId64 "," : "{\"status\":%" PRId64 "}",
                      decision->status_id);
    if (decision->closed) {
        json_quote(decision->status->name, &data);
        buffer_add_string(&data, "]}");
    }
    return give_data(creation, add(creation, decision->closed ? "closed" : "edited", SYSTEM), &data, error);
}

// Whether the agent who acts took it himself.
static bool is_claim(const struct creation *creation, bool is_team, int64_t id) {
    const struct actor *assigner = creation->draft->beside.assigner;
    return creation->decision->chosen_by_agent && !is_team && assigner && assigner->kind == ACTOR_AGENT &&
           assigner->id == id;
}

// {"staff":3}; when the request chose him as an agent would, {"staff":[3,"Name"]}; {"claim":true}.
static bool add_assignment(struct creation *creation, bool is_team, int64_t id, struct error *error) {
    const struct create_decision *decision = creation->decision;
    const struct assignee *assignee = create_assignee(decision, is_team, id);
    struct buffer data = buffer_new(DATA_MAX);
    if (!id || !assignee) return true;
    bool claims = is_claim(creation, is_team, id), named = decision->chosen_by_agent && !is_team && !claims;
    if (claims)
        buffer_add_string(&data, "{\"claim\":true}");
    else
        buffer_add_format(&data, named ? "{\"%s\":[%" PRId64 "," : "{\"%s\":%" PRId64 "}",
                          is_team ? "team" : "staff", id);
    if (named) {
        json_quote(assignee->name, &data);
        buffer_add_string(&data, "]}");
    }
    struct new_event *event = add(creation, "assigned", decision->chosen_by_agent ? SYSTEM : FILTER);
    if (event) {
        event->assignee_id = decision->staff_id;
        event->team_id = is_team ? id : 0;
        if (decision->chosen_by_agent && creation->draft->beside.assigner)
            actor_sign_event(creation->draft->beside.assigner, event);
    }
    return give_data(creation, event, &data, error);
}

// {"dept":3} for each.
static bool add_referrals(struct creation *creation, struct error *error) {
    for (size_t i = 0; i < creation->referred_count; i++) {
        struct new_event *event = add(creation, "referred", SYSTEM);
        struct buffer data = buffer_new(DATA_MAX);
        if (event) {
            event->assignee_id = creation->decision->staff_id;
            event->team_id = creation->decision->team_id;
        }
        buffer_add_format(&data, "{\"dept\":%" PRId64 "}", creation->referred[i]);
        if (!give_data(creation, event, &data, error)) return false;
    }
    return true;
}

bool creation_write_history(struct creation *creation, struct error *error) {
    return add_created(creation, error) && add_collaborators(creation, error) &&
           add_addressees(creation, error) && add_filter_actions(creation, error) &&
           add_status(creation, error) &&
           add_assignment(creation, false, creation->decision->staff_id, error) &&
           add_assignment(creation, true, creation->decision->team_id, error) &&
           add_referrals(creation, error) &&
           thread_events_insert(creation->db, creation->events, creation->event_count, error);
}
