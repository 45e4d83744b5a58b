// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/{number}/events.json: what happened to a ticket. spec: operations.md 3.4.
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/parts.h"
#include "ops/read/values.h"
#include "store/changes/change_types.h"
#include "store/read/thread_parts.h"
#include "json/copy.h"

#define EVENTS_USUAL 100

struct events {
    struct ticket_read *read;
    int64_t most, count, last_id;
    bool has_more;
};

// Another ticket's number is kept from whom sees some tickets only.
static bool is_hidden(const struct event *event, struct view view) {
    return view.rules && change_type_names_another(change_type_of_event(event->name));
}

static void take_event(const struct event *event, void *context) {
    struct events *events = context;
    struct json_writer *json = &events->read->json;
    if (events->count == events->most) {
        events->has_more = true;
        return;
    }
    events->count++;
    events->last_id = event->id;
    json_open_object(json);
    json_integer_member(json, "id", event->id);
    json_text_member(json, "name", event->name);
    value_time(json, "at", event->at, events->read->view);
    value_actor(json, "actor", event->actor_id, event->is_of_user, event->username);
    json_integer_member(json, "staff_id", event->staff_id);
    json_integer_member(json, "team_id", event->team_id);
    json_integer_member(json, "dept_id", event->department_id);
    json_name(json, "data");
    json_copy(json, is_hidden(event, events->read->view) ? TEXT_NULL : event->data);
    value_boolean(json, "annulled", event->is_annulled);
    json_close_object(json);
}

static bool read_events(struct events *events, struct event_wish *wish, struct error *error) {
    struct ticket_read *read = events->read;
    wish->ticket = &read->ticket;
    wish->view = read->view;
    json_name(&read->json, "events");
    json_open_array(&read->json);
    bool done = events_read(read->context->db, wish, take_event, events, error);
    json_close_array(&read->json);
    return done;
}

bool part_events(struct ticket_read *read, struct error *error) {
    struct events events = {.read = read, .most = INT64_MAX};
    struct event_wish wish = {.names = TEXT(""), .most = INT64_MAX};
    return read_events(&events, &wish, error);
}

static bool write_events(struct ticket_read *read, struct error *error) {
    const struct operation_context *context = read->context;
    struct text names = context->parameter(context, "name");
    struct events events = {.read = read, .most = parameter_integer(context, "limit", EVENTS_USUAL)};
    struct event_wish wish = {.names = text_is_null(names) ? TEXT("") : names,
                              .after = parameter_integer(context, "after", 0),
                              .most = events.most + 1};
    if (!read_events(&events, &wish, error)) return false;
    json_integer_member(&read->json, "count", events.count);
    json_integer_member(&read->json, "limit", events.most);
    value_boolean(&read->json, "has_more", events.has_more);
    json_name(&read->json, "next");
    if (events.has_more)
        json_integer(&read->json, events.last_id);
    else
        json_null(&read->json);
    return true;
}

bool ticket_events(struct operation_context *context, struct answer *answer, struct error *error) {
    return ticket_read_run_for_agents(context, answer, write_events, error);
}
