// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket as JSON.
#include "ops/ticket/ticket_writer.h"

#include "contact/mail_address.h"
#include "contact/person_name.h"
#include "contact/phone.h"
#include "markup/body.h"
#include "store/entry_flags.h"

#include <string.h>

#define SCRATCH_MAX (64 << 20) // a body read back whole

static struct text name_format(const struct help_desk *help_desk, const char *key, struct text fallback) {
    struct text format = help_desk_config(help_desk, key);
    return text_is_null(format) ? fallback : person_name_known_format(format);
}

void ticket_writer_init(struct ticket_writer *writer, struct output *output,
                        const struct operation_settings *settings, bool listed,
                        const struct help_desk *help_desk) {
    json_writer_init(&writer->json, output);
    writer->shape = settings->shape;
    writer->priority_object = settings->priority_object;
    writer->listed = listed;
    writer->help_desk = help_desk;
    writer->agent_name_format = name_format(help_desk, "agent_name_format", TEXT("full"));
    writer->client_name_format = name_format(help_desk, "client_name_format", TEXT("original"));
    writer->embedded_domains = help_desk_config(help_desk, "embedded_domain_whitelist");
    writer->due_dates = due_dates_new(help_desk);
    writer->scratch = buffer_new(SCRATCH_MAX);
}

void ticket_writer_free(struct ticket_writer *writer) {
    due_dates_free(&writer->due_dates);
    buffer_free(&writer->scratch);
}

// A user without a name goes by the local part of his address.
static struct text user_name(const struct user_columns *user) {
    if (person_name_is_given(user->name) || !user->address.length)
        return user->name.data ? user->name : TEXT("");
    ptrdiff_t at = text_find(user->address, TEXT("@"), 0);
    return (struct text){user->address.data, at < 0 ? user->address.length : (size_t)at};
}

// {"format":…,"parts":{…},"name":…} of a user.
static void write_user_name(struct ticket_writer *writer, const struct user_columns *user) {
    struct json_writer *json = &writer->json;
    struct person_name name;
    struct text whole = user_name(user);
    person_name_split(whole, &name);
    json_open_object(json);
    json_text_member(json, "format", writer->client_name_format);
    json_name(json, "parts");
    json_open_object(json);
    json_text_member(json, "salutation", name.salutation);
    json_text_member(json, "first", name.first);
    json_text_member(json, "suffix", name.suffix);
    json_text_member(json, "last", name.last);
    json_text_member(json, "middle", name.middle);
    json_close_object(json);
    json_text_member(json, "name", whole);
    json_close_object(json);
}

// The same of an agent: always "first last", whatever the format.
static void write_staff_name(struct ticket_writer *writer, const struct staff_columns *staff) {
    struct json_writer *json = &writer->json;
    json_open_object(json);
    json_text_member(json, "format", writer->agent_name_format);
    json_name(json, "parts");
    json_open_object(json);
    json_text_member(json, "first", staff->first_name);
    json_text_member(json, "last", staff->last_name);
    json_close_object(json);
    json_name(json, "name");
    json_open_string(json);
    json_string_part(json, staff->first_name);
    json_string_part(json, TEXT(" "));
    json_string_part(json, staff->last_name);
    json_close_string(json);
    json_close_object(json);
}

// As json_encode() writes a row that PHP's ORM holds.
static void write_priority_object(struct json_writer *json, const struct ticket_priority *priority) {
    json_open_object(json);
    json_name(json, "ht");
    json_open_object(json);
    json_integer_member(json, "priority_id", priority->id);
    json_text_member(json, "priority", priority->name);
    json_text_member(json, "priority_desc", priority->description);
    json_text_member(json, "priority_color", priority->color);
    json_integer_member(json, "priority_urgency", priority->urgency);
    json_integer_member(json, "ispublic", priority->is_public);
    json_close_object(json);
    json_name(json, "dirty");
    json_open_array(json);
    json_close_array(json);
    json_name(json, "__new__");
    json_boolean(json, false);
    json_name(json, "__deleted__");
    json_boolean(json, false);
    json_name(json, "__deferred__");
    json_open_array(json);
    json_close_array(json);
    json_close_object(json);
}

static void write_priority(struct ticket_writer *writer, const struct ticket_columns *ticket) {
    const struct ticket_priority *priority = help_desk_priority(writer->help_desk, ticket->priority_id);
    json_name(&writer->json, "priority");
    if (priority && writer->priority_object)
        write_priority_object(&writer->json, priority);
    else
        json_text(&writer->json, priority ? priority->description : ticket->priority_text);
}

// A text that was put together in the scratch buffer, or null when there is none.
static void write_composed(struct ticket_writer *writer, const char *name, bool there) {
    json_text_member(&writer->json, name, there ? buffer_text(&writer->scratch) : TEXT_NULL);
    buffer_clear(&writer->scratch);
}

// First and last name only, without the parts between.
static void write_short_user_name(struct ticket_writer *writer, const struct user_columns *owner) {
    struct person_name name;
    if (owner->id) {
        person_name_split(user_name(owner), &name);
        buffer_add_text(&writer->scratch, name.first);
        buffer_add_char(&writer->scratch, ' ');
        buffer_add_text(&writer->scratch, name.last);
    }
    struct text whole = text_trim(buffer_text(&writer->scratch));
    json_text_member(&writer->json, "user_name", owner->id ? whole : TEXT_NULL);
    buffer_clear(&writer->scratch);
}

static void write_user_email(struct ticket_writer *writer, const struct user_columns *owner) {
    struct json_writer *json = &writer->json;
    struct person_name name;
    struct buffer formatted = buffer_new(4096);
    json_name(json, "user_email");
    if (!owner->id) {
        json_null(json);
        return;
    }
    person_name_split(user_name(owner), &name);
    person_name_format(&name, writer->client_name_format, &formatted);
    bool usable = owner->address.length &&
                  mail_address_display(buffer_text(&formatted), owner->address, &writer->scratch);
    json_open_object(json);
    if (writer->shape == SHAPE_CURRENT) json_text_member(json, "email", usable ? owner->address : TEXT(""));
    json_text_member(json, "address",
                     !usable                          ? TEXT("")
                     : writer->shape == SHAPE_CURRENT ? buffer_text(&writer->scratch)
                                                      : owner->address);
    json_close_object(json);
    buffer_clear(&writer->scratch);
    buffer_free(&formatted);
}

static void write_due(struct ticket_writer *writer, const struct ticket_columns *ticket) {
    struct text due = ticket->due.data ? ticket->due : ticket->estimated_due;
    if (text_is_null(due)) {
        const struct node *department =
            help_desk_node(&writer->help_desk->departments, ticket->department_id);
        struct due_terms terms = {
            .sla_active = ticket->sla_active,
            .grace_hours = ticket->sla_grace_hours,
            .sla_schedule_id = ticket->sla_schedule_id,
            .department_schedule_id = department ? department->schedule_id : 0,
            .since = ticket->reopened.data ? ticket->reopened : ticket->created,
        };
        if (due_date_by_sla(&writer->due_dates, &terms, &writer->scratch))
            due = buffer_text(&writer->scratch);
    }
    json_text_member(&writer->json, "due_timestamp", due);
    buffer_clear(&writer->scratch);
}

static void write_owner(struct ticket_writer *writer, const struct ticket_columns *ticket) {
    write_short_user_name(writer, &ticket->owner);
    write_user_email(writer, &ticket->owner);
    if (ticket->owner.id) phone_format(ticket->phone, ticket->phone_format, &writer->scratch);
    write_composed(writer, "user_phone", ticket->owner.id != 0);
}

static void write_assigned_to(struct ticket_writer *writer, const struct ticket_columns *ticket) {
    json_name(&writer->json, "assigned_to");
    json_open_array(&writer->json);
    if (ticket->assignee.id) write_staff_name(writer, &ticket->assignee);
    if (ticket->team_id) json_text(&writer->json, ticket->team_name);
    json_close_array(&writer->json);
}

bool ticket_writer_open(struct ticket_writer *writer, const struct ticket_columns *ticket,
                        struct error *error) {
    struct json_writer *json = &writer->json;
    const struct ticket_status *status = help_desk_status(writer->help_desk, ticket->status_id);
    struct text status_name = status ? help_desk_status_name(status) : TEXT_NULL;
    json_open_object(json);
    json_text_member(json, "ticket_number", ticket->number);
    json_text_member(json, "subject", ticket->subject.data ? ticket->subject : TEXT(""));
    json_text_member(json, "ticket_status", status_name);
    json_name(json, "statusId");
    if (status)
        json_integer(json, status->id);
    else
        json_null(json);
    write_priority(writer, ticket);
    write_composed(writer, "department",
                   help_desk_department_path(writer->help_desk, ticket->department_id, &writer->scratch));
    json_text_member(json, "create_timestamp", ticket->created);
    write_owner(writer, ticket);
    json_text_member(json, "source", ticket->source);
    write_due(writer, ticket);
    json_text_member(json, "close_timestamp", ticket->closed);
    write_composed(writer, "help_topic",
                   help_desk_topic_path(writer->help_desk, ticket->topic_id, &writer->scratch));
    json_text_member(json, "last_message_timestamp", ticket->last_message);
    json_text_member(json, "last_response_timestamp", ticket->last_response);
    write_assigned_to(writer, ticket);
    if (writer->listed) json_text_member(json, "status", status_name);
    json_name(json, "thread_entries");
    json_open_array(json);
    return !writer->scratch.failed || error_set(error, ERROR_INTERNAL, "a ticket is too large to be written");
}

void ticket_writer_close(struct ticket_writer *writer) {
    json_close_array(&writer->json);
    json_close_object(&writer->json);
}

static bool is_format(const struct entry_columns *entry, const char *format) {
    return text_equal(entry->format, text_of(format));
}

// PHP shows blanks alone, or "0", as nothing.
static bool shows_anything(struct text body) {
    struct text trimmed = text_trim(body);
    return trimmed.length && !text_equal(trimmed, TEXT("0"));
}

// The body as PHP shows it, cleaned anew on each read.
static bool write_body(struct ticket_writer *writer, const struct entry_columns *entry, struct error *error) {
    struct markup_options options = {.embedded_domain_whitelist = writer->embedded_domains};
    bool done = true;
    if (is_format(entry, "html"))
        done = markup_read_html(entry->body, &options, &writer->scratch, error);
    else if (is_format(entry, "text"))
        done = markup_read_text(entry->body, &writer->scratch, error);
    else if (shows_anything(entry->body))
        buffer_add_text(&writer->scratch, entry->body);
    if (done && writer->scratch.failed)
        done = error_set(error, ERROR_INTERNAL, "a body is too large to be written");
    json_text_member(&writer->json, "body", buffer_text(&writer->scratch));
    buffer_clear(&writer->scratch);
    return done;
}

// The body as it is stored, with what PHP says about it.
static void write_message(struct ticket_writer *writer, const struct entry_columns *entry) {
    struct json_writer *json = &writer->json;
    bool html = is_format(entry, "html");
    json_name(json, "message");
    json_open_object(json);
    json_text_member(json, "body", entry->body);
    json_text_member(json, "type", html ? TEXT("html") : TEXT("text"));
    json_name(json, "stripped_images");
    json_open_array(json);
    json_close_array(json);
    json_name(json, "embedded_images");
    json_open_array(json);
    json_close_array(json);
    json_name(json, "options");
    json_open_object(json);
    json_name(json, "strip-embedded");
    json_boolean(json, !html);
    if (html) {
        json_name(json, "balanced");
        json_boolean(json, (entry->flags & ENTRY_FLAG_BALANCED) != 0);
    }
    json_close_object(json);
    json_close_object(json);
}

static void write_id_or_null(struct json_writer *json, const char *name, int64_t id) {
    json_name(json, name);
    if (id)
        json_integer(json, id);
    else
        json_null(json);
}

static void write_names(struct ticket_writer *writer, const struct entry_columns *entry) {
    json_name(&writer->json, "staff_name");
    if (entry->staff.id)
        write_staff_name(writer, &entry->staff);
    else
        json_null(&writer->json);
    json_name(&writer->json, "user_name");
    if (entry->user.id)
        write_user_name(writer, &entry->user);
    else
        json_null(&writer->json);
}

static bool write_model(struct ticket_writer *writer, const struct entry_columns *entry,
                        struct error *error) {
    struct json_writer *json = &writer->json;
    json_open_object(json);
    json_integer_member(json, "id", entry->id);
    json_integer_member(json, "pid", entry->parent_id);
    json_integer_member(json, "thread_id", entry->thread_id);
    write_id_or_null(json, "staff_id", entry->staff.id);
    write_id_or_null(json, "user_id", entry->user.id);
    json_text_member(json, "type", entry->type);
    json_text_member(json, "poster", entry->poster);
    json_text_member(json, "editor", entry->editor);
    json_text_member(json, "source", entry->source);
    json_text_member(json, "title", entry->title);
    if (!write_body(writer, entry, error)) return false;
    write_message(writer, entry);
    json_text_member(json, "format", entry->format);
    json_text_member(json, "created", entry->created);
    json_text_member(json, "updated", entry->updated);
    write_names(writer, entry);
    json_close_object(json);
    return true;
}

bool ticket_writer_entry(struct ticket_writer *writer, const struct entry_columns *entry,
                         struct error *error) {
    struct json_writer *json = &writer->json;
    if (writer->shape == SHAPE_CURRENT) return write_model(writer, entry, error);
    json_open_object(json);
    json_name(json, "model");
    if (!write_model(writer, entry, error)) return false;
    json_name(json, "annotations");
    json_open_object(json);
    json_integer_member(json, "has_attachments", entry->attachments);
    json_close_object(json);
    json_close_object(json);
    return true;
}
