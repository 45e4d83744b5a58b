// SPDX-License-Identifier: GPL-2.0-or-later
// Times and named things as JSON.
#include "ops/read/values.h"

#define DAY_LENGTH 10 // "2026-03-05"

void value_time(struct json_writer *json, const char *name, struct text time, struct view view) {
    json_name(json, name);
    if (!view.utc || time.length <= DAY_LENGTH) {
        json_text(json, time);
        return;
    }
    json_open_string(json);
    json_string_part(json, (struct text){time.data, DAY_LENGTH});
    json_string_part(json, TEXT("T"));
    json_string_part(json, (struct text){time.data + DAY_LENGTH + 1, time.length - DAY_LENGTH - 1});
    json_string_part(json, TEXT("Z"));
    json_close_string(json);
}

// Opens the object of a thing that is there.
static bool open_thing(struct json_writer *json, const char *name, int64_t id) {
    json_name(json, name);
    if (!id) {
        json_null(json);
        return false;
    }
    json_open_object(json);
    json_integer_member(json, "id", id);
    return true;
}

void value_named(struct json_writer *json, const char *name, struct named named) {
    if (!open_thing(json, name, named.id)) return;
    json_text_member(json, "name", named.name);
    json_close_object(json);
}

void value_agent_members(struct json_writer *json, struct agent agent) {
    bool both = agent.first_name.length && agent.last_name.length;
    json_integer_member(json, "id", agent.id);
    json_text_member(json, "username", agent.username);
    json_name(json, "name");
    json_open_string(json);
    json_string_part(json, agent.first_name);
    if (both) json_string_part(json, TEXT(" "));
    json_string_part(json, agent.last_name);
    json_close_string(json);
}

void value_agent(struct json_writer *json, const char *name, struct agent agent) {
    json_name(json, name);
    if (!agent.id) {
        json_null(json);
        return;
    }
    json_open_object(json);
    value_agent_members(json, agent);
    json_close_object(json);
}

void value_person(struct json_writer *json, const char *name, struct person person) {
    if (!open_thing(json, name, person.id)) return;
    json_text_member(json, "name", person.name);
    json_text_member(json, "email", person.address);
    json_close_object(json);
}

void value_boolean(struct json_writer *json, const char *name, bool value) {
    json_name(json, name);
    json_boolean(json, value);
}

void value_text(struct json_writer *json, const char *name, struct text text) {
    json_text_member(json, name, text.length ? text : TEXT_NULL);
}

void value_actor(struct json_writer *json, const char *name, int64_t id, bool is_user, struct text actor) {
    json_name(json, name);
    json_open_object(json);
    json_name(json, "kind");
    json_string(json, !id ? "system" : is_user ? "user" : "staff");
    json_name(json, "id");
    if (id)
        json_integer(json, id);
    else
        json_null(json);
    json_text_member(json, "name", actor);
    json_close_object(json);
}

void value_choice(struct json_writer *json, struct text key, struct text label) {
    json_open_object(json);
    json_text_member(json, "key", key);
    json_text_member(json, "label", label);
    json_close_object(json);
}
