// SPDX-License-Identifier: GPL-2.0-or-later
// Answers of pull request 5019: a ticket with its thread, in a form of its own.
#include "adapters/fields.h"
#include "adapters/pr5019.h"
#include "adapters/values.h"

#include <string.h>

static const struct adapted_field named[] = {{"id", "id", NULL}, {"name", "name", NULL}};
static const struct adapted_field before[] = {{"id", "number", NULL}, {"subject", "subject", "\"\""}};
static const struct adapted_field times[] = {{"create", "created", NULL},
                                             {"due", "due", NULL},
                                             {"close", "closed", NULL},
                                             {"last_message", "last_message", NULL},
                                             {"last_response", "last_response", NULL}};
static const struct adapted_field entry_fields[] = {{"id", "id", NULL}, {"type", "type", NULL}};
static const struct adapted_field entry_texts[] = {{"source", "source", "\"\""},
                                                   {"format", "format", NULL},
                                                   {"title", "title", NULL},
                                                   {"message", "body", "\"\""}};
static const struct adapted_field entry_times[] = {{"created", "created", NULL},
                                                   {"updated", "updated", NULL}};

static void write_named(struct json_writer *json, const char *name, const struct json_value *ticket) {
    const struct json_value *value = field_at(ticket, name);
    json_name(json, name);
    if (json_kind(value) == JSON_OBJECT)
        field_write_object(json, named, FIELD_COUNT(named), value);
    else
        json_null(json);
}

// The first word, and the rest.
static void write_user(struct json_writer *json, const struct json_value *user) {
    struct text name = text_trim(field_text(user, "name"));
    ptrdiff_t blank = name.data ? text_find(name, TEXT(" "), 0) : -1;
    size_t first = blank < 0 ? name.length : (size_t)blank;
    struct text last = {name.data + first, name.length - first};
    json_open_object(json);
    json_text_member(json, "fullname", name);
    json_text_member(json, "firstname", (struct text){name.data, first});
    json_text_member(json, "lastname", blank < 0 ? TEXT("") : text_trim(last));
    json_text_member(json, "email", field_text(user, "email"));
    json_close_object(json);
}

static void write_assigned(struct json_writer *json, const struct json_value *ticket) {
    static const char *const to[] = {"staff", "team"};
    json_name(json, "assigned_to");
    json_open_array(json);
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (field_is_there(ticket, to[i])) json_text(json, field_text(field_at(ticket, to[i]), "name"));
    json_close_array(json);
}

static struct text type_name(struct text type) {
    return text_equal(type, TEXT("M"))   ? TEXT("message")
           : text_equal(type, TEXT("R")) ? TEXT("response")
                                         : TEXT("note");
}

static void write_poster(struct json_writer *json, const struct json_value *entry) {
    bool is_staff = field_is_there(entry, "staff"), is_user = field_is_there(entry, "user");
    json_name(json, "user");
    json_open_object(json);
    json_text_member(json, "type", is_staff ? TEXT("staff") : is_user ? TEXT("user") : TEXT("system"));
    json_name(json, "id");
    if (is_staff || is_user)
        json_integer(json, field_integer(entry, is_staff ? "staff.id" : "user.id"));
    else
        json_null(json);
    json_text_member(json, "name", field_text(entry, "poster"));
    json_close_object(json);
}

static void write_urls(struct json_writer *json, const struct json_value *files) {
    json_name(json, "attachmentUrls");
    json_open_array(json);
    for (size_t i = 0; i < json_count(files); i++)
        json_text(json, field_text(json_element(files, i), "href"));
    json_close_array(json);
}

static void write_entry(struct json_writer *json, const struct json_value *entry) {
    json_open_object(json);
    field_write_members(json, entry_fields, FIELD_COUNT(entry_fields), entry);
    json_text_member(json, "typeName", type_name(field_text(entry, "type")));
    field_write_members(json, entry_texts, FIELD_COUNT(entry_texts), entry);
    write_urls(json, field_at(entry, "attachments"));
    json_name(json, "timestampes"); // as it is spelt there
    field_write_object(json, entry_times, FIELD_COUNT(entry_times), entry);
    write_poster(json, entry);
    json_close_object(json);
}

static void write_ticket(struct json_writer *json, const struct json_value *answer) {
    const struct json_value *ticket = field_at(answer, "ticket"), *entries = field_at(answer, "entries");
    json_open_object(json);
    field_write_members(json, before, FIELD_COUNT(before), ticket);
    write_named(json, "topic", ticket);
    write_named(json, "status", ticket);
    write_named(json, "priority", ticket);
    json_text_member(json, "department", field_text(ticket, "department.name"));
    json_name(json, "timestamps");
    field_write_object(json, times, FIELD_COUNT(times), ticket);
    json_name(json, "user");
    write_user(json, field_at(ticket, "user"));
    json_text_member(json, "source", field_text(ticket, "source"));
    write_assigned(json, ticket);
    json_name(json, "threads");
    json_open_array(json);
    for (size_t i = 0; i < json_count(entries); i++) write_entry(json, json_element(entries, i));
    json_close_array(json);
    json_close_object(json);
}

bool pr5019_tell_ticket(struct adapted_run *run, struct json_writer *json, struct error *error) {
    (void)error;
    for (size_t i = ADAPTED_CALLS_MAX; i-- > 0;) {
        if (!field_is_there(run->answers[i], "entries")) continue;
        write_ticket(json, run->answers[i]);
        break;
    }
    return true;
}

// ---- lists

// Each with its thread, asked for one by one.
static bool tell_one(struct adapted_run *run, int64_t id, struct json_writer *json, struct error *error) {
    const struct adapted_call call = {.operation = "ticket",
                                      .is_within = true,
                                      .query = QUERY(FIXED("include", "entries"), FIXED("times", "db"))};
    struct json_value *value = NULL;
    struct text digits;
    if (value_take_number(run, id, &digits, error) &&
        adapted_find(run, digits, TICKET_BY_ID, &run->subject, error))
        value = adapted_ask(run, &call, error);
    if (value) write_ticket(json, value);
    bool done = value || error->code == ERROR_NOT_FOUND; // gone meanwhile
    json_free(&value);
    return done;
}

bool pr5019_tell_list(struct adapted_run *run, struct json_writer *json, struct error *error) {
    const struct json_value *tickets = field_at(run->answers[0], "tickets");
    json_open_array(json);
    for (size_t i = 0; i < json_count(tickets); i++)
        if (!tell_one(run, field_integer(json_element(tickets, i), "id"), json, error)) return false;
    json_close_array(json);
    error_clear(error);
    return true;
}
