// SPDX-License-Identifier: GPL-2.0-or-later
// What a client says a webhook shall be.
#include "ops/webhook/request.h"

#include "base/buffer.h"
#include "base/words.h"
#include "ops/json_field.h"
#include "ops/parameters.h"
#include "store/changes/change_types.h"
#include "store/read/names.h"
#include "webhook/target.h"
#include "json/reader.h"

#include <inttypes.h>

#define LIST_MAX 1000 // characters of the columns

struct request {
    struct operation_context *context;
    struct arena *arena;
    const struct json_value *body;
    struct webhook *webhook;
    struct name_row *departments; // of the help desk, once they are read
    size_t department_count;
};

static bool refuse(struct error *error, const char *member, const char *what) {
    error_set(error, ERROR_UNPROCESSABLE, "%s: %s", member, what);
    return error_field(error, text_of(member));
}

static bool check_members(const struct json_value *object, const char *members, struct error *error) {
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    while (json_next_member(object, &cursor, &name, &value))
        if (list_place(members, name) < 0) {
            error_set(error, ERROR_UNPROCESSABLE, "\"%.*s\" is no member of this request",
                      (int)text_cut(name, 60).length, name.data);
            return error_field(error, name);
        }
    return true;
}

// A list of words as they are kept: with commas, each once, in their own order. Null is an empty one.
static bool read_words(const struct request *request, const char *member, const char *words,
                       struct text *list, struct error *error) {
    const struct json_value *given = json_member(request->body, member);
    struct buffer kept = buffer_new(LIST_MAX);
    bool is_named[64] = {false};
    if (!given) return true;
    if (json_kind(given) != JSON_ARRAY && json_kind(given) != JSON_NULL)
        return refuse(error, member, "has to be a list");
    for (size_t i = 0; i < json_count(given); i++) {
        int place = list_place(words, json_value_text(json_element(given, i)));
        if (place < 0 || place >= 64) return refuse(error, member, "has a word that is not known");
        is_named[place] = true;
    }
    struct text rest = text_of(words), word;
    for (size_t i = 0; list_next(&rest, &word); i++) {
        if (!is_named[i]) continue;
        if (kept.length) buffer_add_char(&kept, ',');
        buffer_add_text(&kept, word);
    }
    *list = arena_copy(request->arena, buffer_text(&kept));
    bool fits = !kept.failed;
    buffer_free(&kept);
    return fits || refuse(error, member, "is too long");
}

// ---- filter

static int64_t department_of(const struct request *request, struct text name) {
    int64_t id = 0, found = 0;
    bool is_id = text_to_int64(name, &id);
    for (size_t i = 0; i < request->department_count; i++) {
        const struct name_row *row = &request->departments[i];
        if (is_id ? row->id != id : !text_equal_ignoring_case(row->name, name)) continue;
        if (found) return 0;
        found = row->id;
    }
    return found;
}

static bool add_department(struct request *request, const struct json_value *given, struct buffer *list,
                           struct error *error) {
    struct text name = json_element_text(given, request->arena);
    int64_t id = name.length ? department_of(request, name) : 0;
    if (!id) return refuse(error, "filter", "department names none, or several, by id or name");
    buffer_add_format(list, list->length ? ",%" PRId64 : "%" PRId64, id);
    return !list->failed || refuse(error, "filter", "names too many departments");
}

static bool read_departments(struct request *request, const struct json_value *given, struct error *error) {
    struct buffer list = buffer_new(LIST_MAX);
    bool many = json_kind(given) == JSON_ARRAY, done = true;
    if (!names_read(request->context->db, NAMES_OF_DEPARTMENT, request->arena, &request->departments,
                    &request->department_count, error))
        return false;
    if (json_kind(given) != JSON_NULL && !many) done = add_department(request, given, &list, error);
    for (size_t i = 0; done && many && i < json_count(given); i++)
        done = add_department(request, json_element(given, i), &list, error);
    request->webhook->departments = arena_copy(request->arena, buffer_text(&list));
    buffer_free(&list);
    return done;
}

// Internal notes are told where they are asked for by name, too.
static bool read_filter(struct request *request, bool is_new, struct error *error) {
    const struct json_value *filter = json_member(request->body, "filter");
    const struct json_value *department = json_member(filter, "department");
    struct webhook *webhook = request->webhook;
    bool asked = is_new ? list_place(webhook->types.data, TEXT("entry.note")) >= 0 : webhook->private_entries;
    if (is_new) webhook->private_entries = asked;
    if (!filter || json_kind(filter) == JSON_NULL) return true;
    if (json_kind(filter) != JSON_OBJECT) return refuse(error, "filter", "has to be an object");
    return check_members(filter, "department,private_entries", error) &&
           (!department || read_departments(request, department, error)) &&
           (json_field_switch(filter, "private_entries", asked, &webhook->private_entries, error) ||
            error_field(error, TEXT("private_entries")));
}

// ---- the rest

static bool read_url(struct request *request, bool is_new, struct error *error) {
    const struct operation_settings *settings = request->context->settings;
    const struct target_rule rule = {settings->webhooks_http, text_of(settings->webhooks_allow)};
    const struct json_value *given = json_member(request->body, "url");
    if (!given && !is_new) return true;
    if (json_kind(given) != JSON_TEXT) return refuse(error, "url", "has to be the text of a URL");
    request->webhook->url = arena_copy(request->arena, json_value_text(given));
    return target_check(request->webhook->url, &rule, error);
}

static bool read_format(struct request *request, struct error *error) {
    const struct json_value *given = json_member(request->body, "format");
    if (!given) return true;
    struct text word = json_value_text(given);
    if (list_place("json,slack,teams", word) < 0)
        return refuse(error, "format", "has to be json, slack or teams");
    request->webhook->format = arena_copy(request->arena, word);
    return true;
}

static bool read_activity(const struct request *request, enum webhook_activity *activity,
                          struct error *error) {
    bool on = false;
    *activity = WEBHOOK_AS_IT_WAS;
    if (!json_field_given(request->body, "active")) return true;
    if (!json_field_switch(request->body, "active", true, &on, error))
        return error_field(error, TEXT("active"));
    *activity = on ? WEBHOOK_ON : WEBHOOK_OFF;
    return true;
}

// What comes along is read, and who may not read tickets gets none this way.
static bool check_scopes(const struct request *request, struct error *error) {
    const struct principal *principal = request->context->principal;
    const struct webhook *webhook = request->webhook;
    bool reads = webhook->parts.length || !text_equal(webhook->format, TEXT("json"));
    if (principal_sees_as_client(principal))
        return error_set(error, ERROR_SCOPE, "A key with a client's view has no webhooks");
    if (reads && !(principal->scopes & SCOPE_READ))
        return error_set(error, ERROR_SCOPE, "The API key lacks the scope read, for what is to be included");
    if (webhook->private_entries && principal_hides_notes(principal))
        return error_set(error, ERROR_SCOPE, "The API key lacks the scope notes, for internal notes");
    return true;
}

static bool read_body(struct request *request, bool is_new, enum webhook_activity *activity,
                      struct error *error) {
    const char *members =
        is_new ? "url,types,filter,format,include" : "url,types,filter,format,include,active";
    if (json_kind(request->body) != JSON_OBJECT)
        return error_set(error, ERROR_BAD_REQUEST, "The body has to be a JSON object");
    if (!json_count(request->body) && !is_new)
        return error_set(error, ERROR_UNPROCESSABLE, "There is nothing to change: %s", members);
    return check_members(request->body, members, error) && read_url(request, is_new, error) &&
           read_words(request, "types", CHANGE_TYPE_NAMES, &request->webhook->types, error) &&
           read_words(request, "include", WEBHOOK_PARTS, &request->webhook->parts, error) &&
           read_format(request, error) && read_filter(request, is_new, error) &&
           read_activity(request, activity, error) && check_scopes(request, error);
}

bool webhook_request_read(struct operation_context *context, bool is_new, struct arena *arena,
                          struct webhook *webhook, enum webhook_activity *activity, struct error *error) {
    struct json_value *body = json_parse(context->body, error);
    struct request request = {.context = context, .arena = arena, .body = body, .webhook = webhook};
    bool done = body && read_body(&request, is_new, activity, error);
    json_free(&body);
    return done && (!arena->failed || error_too_large(error));
}
