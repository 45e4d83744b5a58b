// SPDX-License-Identifier: GPL-2.0-or-later
// Answers of HairyDuck's plugin.
#include "adapters/api_plus.h"
#include "adapters/fields.h"
#include "adapters/values.h"
#include "markup/plain.h"

#include <string.h>

#define VERSION      "1.2.0" // of the plugin whose API this is
#define CANNED_MAX   (8 << 20)
#define CANNED_WIDTH 100000

static const struct adapted_field ticket_fields[] = {
    {"id", "id", NULL},
    {"number", "number", NULL},
    {"subject", "subject", "\"\""},
    {"status", "status.name", NULL},
    {"status_id", "status.id", "0"},
    {"state", "status.state", NULL},
    {"email", "user.email", "\"\""},
    {"name", "user.name", NULL},
    {"created", "created", "\"\""},
    {"updated", "updated", "\"\""},
    {"dept_id", "department.id", "0"},
    {"topic_id", "topic.id", "0"},
    {"staff_id", "staff.id", "0"},
    {"team_id", "team.id", "0"},
    {"priority_id", "priority.id", "0"},
};
static const struct adapted_field entry_fields[] = {
    {"id", "id", NULL},       {"type", "type", NULL},       {"poster", "poster", "\"\""},
    {"body", "body", "\"\""}, {"created", "created", NULL},
};
static const struct adapted_field file_fields[] = {
    {"id", "id", NULL},    {"file_id", "id", NULL},       {"filename", "name", "\"\""},
    {"size", "size", "0"}, {"mime_type", "type", "\"\""}, {"inline", "inline", "false"},
};
static const struct adapted_field of_entry[] = {{"entry_id", "entry_id", NULL}};

static void write_switch(struct json_writer *json, const char *name, bool on) {
    json_name(json, name);
    json_boolean(json, on);
}

// The last answer that has a ticket: as it is by then.
static const struct json_value *ticket_of(const struct adapted_run *run) {
    for (size_t i = ADAPTED_CALLS_MAX; i-- > 0;)
        if (field_is_there(run->answers[i], "ticket")) return field_at(run->answers[i], "ticket");
    return NULL;
}

bool api_plus_tell_health(struct adapted_run *run, struct json_writer *json, struct error *error) {
    const struct key_rules *rules = &run->principal.rules;
    (void)error;
    json_open_object(json);
    write_switch(json, "ok", true);
    json_text_member(json, "plugin", TEXT("osticket-api-plus"));
    json_text_member(json, "version", TEXT(VERSION));
    write_switch(json, "user_api", rules->view == KEY_VIEW_ALL);
    write_switch(json, "staff_api", rules->staff_id || rules->any_staff);
    json_close_object(json);
    return true;
}

// ---- lists

static void tell_page(struct adapted_run *run, struct json_writer *json) {
    const struct json_value *answer = run->answers[0];
    struct text offset = run->context->parameter(run->context, "offset");
    json_integer_member(json, "count", field_integer(answer, "count"));
    json_integer_member(json, "total", field_integer(answer, "total"));
    json_integer_member(json, "limit", field_integer(answer, "limit"));
    json_integer_member(json, "offset", value_offset(offset));
    write_switch(json, "has_more", json_value_boolean(field_at(answer, "has_more")));
}

static void tell_tickets(struct adapted_run *run, struct json_writer *json) {
    json_name(json, "tickets");
    field_write_array(json, ticket_fields, FIELD_COUNT(ticket_fields), field_at(run->answers[0], "tickets"));
}

static struct text parameter(const struct adapted_run *run, const char *name) {
    return text_trim(run->context->parameter(run->context, name));
}

static void tell_status_asked(struct adapted_run *run, struct json_writer *json) {
    struct text id = parameter(run, "status_id"), name = parameter(run, "status_name");
    json_name(json, "status");
    json_open_string(json);
    if (id.length) json_string_part(json, TEXT("status_id:"));
    if (!id.length && name.length) json_string_part(json, TEXT("status_name:"));
    json_string_part(json, id.length ? id : name.length ? name : api_plus_status(run, "open"));
    json_close_string(json);
}

bool api_plus_tell_list(struct adapted_run *run, struct json_writer *json, struct error *error) {
    (void)error;
    json_open_object(json);
    tell_tickets(run, json);
    tell_status_asked(run, json);
    tell_page(run, json);
    json_close_object(json);
    return true;
}

bool api_plus_tell_own_list(struct adapted_run *run, struct json_writer *json, struct error *error) {
    (void)error;
    json_open_object(json);
    tell_tickets(run, json);
    json_text_member(json, "email", parameter(run, "email"));
    json_text_member(json, "status", api_plus_status(run, "all"));
    tell_page(run, json);
    json_close_object(json);
    return true;
}

// ---- a ticket

static void write_entry(struct json_writer *json, const struct json_value *entry) {
    json_open_object(json);
    field_write_members(json, entry_fields, FIELD_COUNT(entry_fields), entry);
    json_name(json, "attachments");
    field_write_array(json, file_fields, FIELD_COUNT(file_fields), field_at(entry, "attachments"));
    json_close_object(json);
}

static void write_files(struct json_writer *json, const struct json_value *entries) {
    json_open_array(json);
    for (size_t i = 0; i < json_count(entries); i++) {
        const struct json_value *files = field_at(json_element(entries, i), "attachments");
        for (size_t k = 0; k < json_count(files); k++) {
            json_open_object(json);
            field_write_members(json, file_fields, FIELD_COUNT(file_fields), json_element(files, k));
            field_write_members(json, of_entry, FIELD_COUNT(of_entry), json_element(files, k));
            json_close_object(json);
        }
    }
    json_close_array(json);
}

bool api_plus_tell_ticket(struct adapted_run *run, struct json_writer *json, struct error *error) {
    const struct json_value *entries = field_at(run->answers[0], "entries");
    (void)error;
    json_open_object(json);
    field_write_members(json, ticket_fields, FIELD_COUNT(ticket_fields), ticket_of(run));
    json_name(json, "thread");
    json_open_array(json);
    for (size_t i = 0; i < json_count(entries); i++) write_entry(json, json_element(entries, i));
    json_close_array(json);
    json_name(json, "attachments");
    write_files(json, entries);
    json_close_object(json);
    return true;
}

// The entry is the first call's, where that makes one that its client asked for.
bool api_plus_tell_done(struct adapted_run *run, struct json_writer *json, struct error *error) {
    const char *first = run->adapted->calls[0].operation;
    bool writes =
        strcmp(first, "ticket.reply") == 0 || strcmp(first, "note") == 0 || strcmp(first, "message") == 0;
    (void)error;
    json_open_object(json);
    write_switch(json, "ok", true);
    json_name(json, "ticket");
    field_write_object(json, ticket_fields, FIELD_COUNT(ticket_fields), ticket_of(run));
    if (writes) json_integer_member(json, "entry_id", field_integer(run->answers[0], "entry_id"));
    json_close_object(json);
    return true;
}

// ---- catalogues

// Whether an item is shown at all; NULL: each is.
typedef bool shown(const struct json_value *item);

static bool tell_items(struct adapted_run *run, struct json_writer *json, const char *theirs,
                       const char *ours, const struct adapted_field *fields, size_t count, shown *is_shown) {
    const struct json_value *items = field_at(run->answers[0], ours);
    int64_t told = 0;
    json_open_object(json);
    json_name(json, theirs);
    json_open_array(json);
    for (size_t i = 0; i < json_count(items); i++) {
        if (is_shown && !is_shown(json_element(items, i))) continue;
        field_write_object(json, fields, count, json_element(items, i));
        told++;
    }
    json_close_array(json);
    json_integer_member(json, "count", told);
    json_close_object(json);
    return true;
}

static bool is_active(const struct json_value *item) {
    return json_value_boolean(field_at(item, "active")) && !json_value_boolean(field_at(item, "archived"));
}

bool api_plus_tell_statuses(struct adapted_run *run, struct json_writer *json, struct error *error) {
    static const struct adapted_field fields[] = {
        {"id", "id", NULL}, {"name", "name", NULL}, {"state", "state", NULL}};
    (void)error;
    return tell_items(run, json, "statuses", "statuses", fields, FIELD_COUNT(fields), NULL);
}

bool api_plus_tell_departments(struct adapted_run *run, struct json_writer *json, struct error *error) {
    static const struct adapted_field fields[] = {{"id", "id", NULL}, {"name", "path", NULL}};
    (void)error;
    return tell_items(run, json, "departments", "departments", fields, FIELD_COUNT(fields), is_active);
}

bool api_plus_tell_staff(struct adapted_run *run, struct json_writer *json, struct error *error) {
    static const struct adapted_field fields[] = {{"id", "id", NULL},
                                                  {"username", "username", NULL},
                                                  {"name", "name", NULL},
                                                  {"dept_id", "department.id", "0"},
                                                  {"active", "active", "false"}};
    (void)error;
    return tell_items(run, json, "staff", "staff", fields, FIELD_COUNT(fields), NULL);
}

bool api_plus_tell_priorities(struct adapted_run *run, struct json_writer *json, struct error *error) {
    static const struct adapted_field fields[] = {
        {"id", "id", NULL}, {"name", "name", NULL}, {"tag", "key", NULL}, {"urgency", "urgency", NULL}};
    (void)error;
    return tell_items(run, json, "priorities", "priorities", fields, FIELD_COUNT(fields), NULL);
}

bool api_plus_tell_topics(struct adapted_run *run, struct json_writer *json, struct error *error) {
    static const struct adapted_field fields[] = {{"id", "id", NULL},
                                                  {"name", "path", NULL},
                                                  {"parent_id", "parent.id", "0"},
                                                  {"dept_id", "department.id", "0"}};
    (void)error;
    return tell_items(run, json, "topics", "topics", fields, FIELD_COUNT(fields), is_active);
}

// ---- canned responses

// Their texts come one by one.
static struct json_value *ask_for_text(struct adapted_run *run, int64_t id, struct error *error) {
    struct text digits;
    if (!value_take_number(run, id, &digits, error)) return NULL;
    const struct adapted_call call = {.operation = "cannedResponse",
                                      .query = QUERY(FIXED("id", digits.data))};
    return adapted_ask(run, &call, error);
}

static bool tell_response(struct adapted_run *run, const struct json_value *title, struct json_writer *json,
                          struct error *error) {
    static const struct adapted_field fields[] = {
        {"id", "id", NULL}, {"title", "title", "\"\""}, {"dept_id", "department.id", "0"}};
    struct json_value *answer = ask_for_text(run, field_integer(title, "id"), error);
    struct buffer plain = buffer_new(CANNED_MAX);
    bool done =
        answer && markup_html_to_text(field_text(answer, "canned.response"), CANNED_WIDTH, &plain, error);
    json_open_object(json);
    field_write_members(json, fields, FIELD_COUNT(fields), title);
    json_text_member(json, "response", buffer_text(&plain));
    json_close_object(json);
    buffer_free(&plain);
    json_free(&answer);
    return done;
}

bool api_plus_tell_canned(struct adapted_run *run, struct json_writer *json, struct error *error) {
    const struct json_value *titles = field_at(run->answers[0], "canned");
    json_open_object(json);
    json_name(json, "canned");
    json_open_array(json);
    for (size_t i = 0; i < json_count(titles); i++)
        if (!tell_response(run, json_element(titles, i), json, error)) return false;
    json_close_array(json);
    json_integer_member(json, "count", (int64_t)json_count(titles));
    json_close_object(json);
    return true;
}
