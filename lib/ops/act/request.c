// SPDX-License-Identifier: GPL-2.0-or-later
// The body of an action, and who the key lets act.
#include "ops/act/act.h"

#include "ops/json_field.h"
#include "ops/parameters.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define COMMON_MEMBERS "staffUserName,comments,format,dry_run,heed_lock"
#define MEMBER_SHOWN   60

bool act_refuse(enum error_code code, const char *member, struct error *error, const char *format, ...) {
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    error_set(error, code, "%s", message);
    return member ? error_field(error, text_of(member)) : false;
}

static bool name_field(const char *name, struct error *error) {
    return error_field(error, text_of(name));
}

bool act_gives(const struct act *act, const char *name) {
    return json_field_given(act->body, name);
}

bool act_text(const struct act *act, const char *name, struct text *text, struct error *error) {
    struct arena *arena = act->change.work.arena;
    return json_field_text(act->body, name, arena, text, error) || name_field(name, error);
}

bool act_switch(const struct act *act, const char *name, bool fallback, bool *on, struct error *error) {
    return json_field_switch(act->body, name, fallback, on, error) || name_field(name, error);
}

bool reference_is_given(struct reference reference) {
    return reference.id || !text_is_null(reference.name);
}

// Digits are an id, as everywhere.
bool reference_read(struct text text, const char *name, struct reference *reference, struct error *error) {
    *reference = (struct reference){0, TEXT_NULL};
    if (text_is_null(text)) return true;
    text = text_trim(text);
    if (!text.length) return act_refuse(ERROR_UNPROCESSABLE, name, error, "%s is empty", name);
    if (text_to_int64(text, &reference->id) && reference->id > 0) return true;
    *reference = (struct reference){0, text};
    return true;
}

bool act_reference(const struct act *act, const char *name, struct reference *reference,
                   struct error *error) {
    struct text text;
    *reference = (struct reference){0, TEXT_NULL};
    if (!act_text(act, name, &text, error)) return false;
    if (text_is_null(text)) text = act->change.context->parameter(act->change.context, name);
    return reference_read(text, name, reference, error);
}

// A misspelt member would be a wish that nobody grants and nobody hears of.
static bool check_members(const struct act *act, const char *members, struct error *error) {
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    while (json_next_member(act->body, &cursor, &name, &value)) {
        if (list_place(members, name) >= 0 || list_place(COMMON_MEMBERS, name) >= 0) continue;
        struct text shown = text_cut(name, MEMBER_SHOWN);
        error_set(error, ERROR_UNPROCESSABLE, "\"%.*s\" is no member of this request, which has %s%s%s",
                  (int)shown.length, shown.data, members, *members ? "," : "", COMMON_MEMBERS);
        return error_field(error, name);
    }
    return true;
}

static bool read_body(struct act *act, const char *members, struct error *error) {
    struct text body = act->change.context->body;
    if (!text_trim(body).length) return true;
    act->body = json_parse(body, error);
    if (!act->body) return false;
    if (json_kind(act->body) != JSON_OBJECT)
        return error_set(error, ERROR_BAD_REQUEST, "The body has to be a JSON object");
    return check_members(act, members, error);
}

// A switch stands in the query or in the body.
static bool read_switch(const struct act *act, const char *name, bool *on, struct error *error) {
    return act_switch(act, name, parameter_is(act->change.context, name, "1"), on, error);
}

// The agent whom the request names, in its body (null: it does not) or by X-Act-As.
static bool read_wanted(const struct act *act, struct text named, struct reference *wanted,
                        struct error *error) {
    struct text header = text_trim(act->change.context->acting_as);
    if (!reference_read(named, "staffUserName", wanted, error)) return false;
    if (!header.length) return true;
    if (!text_is_null(named) && !text_equal(text_trim(named), header))
        return act_refuse(ERROR_UNPROCESSABLE, "staffUserName", error,
                          "X-Act-As names another agent than staffUserName");
    if (!text_is_utf8(header)) return error_set(error, ERROR_BAD_REQUEST, "X-Act-As is not valid UTF-8");
    return reference_read(header, "staffUserName", wanted, error);
}

// The key's own agent; else the one that is named, if it may act as any; else the system, if it may. Whether
// a key's own agent is the one that is named, act_find() looks. spec: operations.md 1.10.
bool act_choose_actor(struct act *act, struct text named, struct error *error) {
    const struct key_rules *rules = &act->change.context->principal->rules;
    struct reference wanted;
    if (!read_wanted(act, named, &wanted, error)) return false;
    act->names.actor = wanted;
    if (rules->any_staff && reference_is_given(wanted)) return true;
    if (rules->staff_id) {
        act->names.actor = (struct reference){rules->staff_id, TEXT_NULL};
        act->wanted = wanted;
        return true;
    }
    if (reference_is_given(wanted))
        return act_refuse(ERROR_DENIED, "staffUserName", error,
                          "The API key may not act as an agent of the request's choice");
    if (rules->is_system) return true;
    return act_refuse(ERROR_UNPROCESSABLE, "staffUserName", error,
                      "staffUserName is missing: the agent who acts");
}

static bool choose_actor(struct act *act, struct error *error) {
    struct text named;
    if (!act_text(act, "staffUserName", &named, error)) return false;
    if (text_is_null(named)) named = act->change.context->parameter(act->change.context, "staffUserName");
    return act_choose_actor(act, named, error);
}

// Text, unless the request says that it is HTML.
static bool read_format(struct act *act, struct error *error) {
    struct text format;
    if (!act_text(act, "format", &format, error)) return false;
    act->is_html = text_equal(format, TEXT("html"));
    if (act->is_html || text_is_null(format) || text_equal(format, TEXT("text"))) return true;
    return act_refuse(ERROR_UNPROCESSABLE, "format", error, "format has to be text or html");
}

// Whether an agent is at a ticket is not for a client to find out.
static bool read_switches(struct act *act, struct error *error) {
    bool done = read_format(act, error) && read_switch(act, "dry_run", &act->is_rehearsal, error) &&
                read_switch(act, "heed_lock", &act->heeds_lock, error);
    act->heeds_lock = act->heeds_lock && !principal_sees_as_client(act->change.context->principal);
    return done;
}

static bool is_for_agents(const struct operation_context *context, struct error *error) {
    return !principal_sees_as_client(context->principal) ||
           error_set(error, ERROR_SCOPE, "This operation is not for keys with a client's view");
}

bool act_open(struct act *act, struct operation_context *context, const char *members, struct error *error) {
    memset(act, 0, sizeof *act);
    change_open(&act->change, context);
    return is_for_agents(context, error) && read_body(act, members, error) && choose_actor(act, error) &&
           read_switches(act, error);
}

bool act_open_for_agent(struct act *act, struct error *error) {
    return is_for_agents(act->change.context, error) && choose_actor(act, error);
}

bool act_open_for_client(struct act *act, struct operation_context *context, const char *members,
                         struct error *error) {
    memset(act, 0, sizeof *act);
    change_open(&act->change, context);
    return read_body(act, members, error) && read_switches(act, error);
}

void act_close(struct act *act) {
    json_free(&act->body);
    change_close(&act->change);
}
