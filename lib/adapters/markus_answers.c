// SPDX-License-Identifier: GPL-2.0-or-later
// Answers of markus-michalski's plugin.
#include "adapters/fields.h"
#include "adapters/markus.h"

static const struct adapted_field summary[] = {
    {"id", "id", NULL},
    {"number", "number", NULL},
    {"subject", "subject", "\"\""},
    {"statusId", "status.id", "0"},
    {"status", "status.name", "\"\""},
    {"priorityId", "priority.id", "0"},
    {"priority", "priority.name", "\"\""},
    {"departmentId", "department.id", "0"},
    {"department", "department.name", NULL},
    {"topicId", "topic.id", "0"},
    {"topic", "topic.name", NULL},
    {"created", "created", NULL},
    {"updated", "updated", NULL},
    {"dueDate", "due_set", NULL},
    {"staffId", "staff.id", "0"},
    {"staff", "staff.name", NULL},
    {"teamId", "team.id", "0"},
    {"team", "team.name", NULL},
    {"slaId", "sla.id", "0"},
    {"sla", "sla.name", NULL},
    {"isOverdue", "overdue", "false"},
    {"isAnswered", "answered", "false"},
};

bool markus_tell_found(struct adapted_run *run, struct json_writer *json, struct error *error) {
    (void)error;
    field_write_array(json, summary, FIELD_COUNT(summary), field_at(run->answers[0], "tickets"));
    return true;
}

// ---- a ticket

static const struct adapted_field detail[] = {
    {"id", "id", NULL},
    {"number", "number", NULL},
    {"subject", "subject", "\"\""},
    {"statusId", "status.id", "0"},
    {"status", "status.name", "\"\""},
    {"priorityId", "priority.id", "0"},
    {"priority", "priority.name", "\"\""},
    {"departmentId", "department.id", "0"},
    {"department", "department.name", NULL},
    {"topicId", "topic.id", "0"},
    {"topic", "topic.name", NULL},
    {"userId", "user.id", "0"},
};
static const struct adapted_field user[] = {{"name", "name", "\"\""}, {"email", "email", "\"\""}};
static const struct adapted_field detail_behind_user[] = {
    {"staffId", "staff.id", "0"}, {"staff", "staff.name", NULL},     {"teamId", "team.id", "0"},
    {"team", "team.name", NULL},  {"slaId", "sla.id", "0"},          {"sla", "sla.name", NULL},
    {"created", "created", NULL}, {"updated", "updated", NULL},      {"duedate", "due_set", NULL},
    {"closed", "closed", NULL},   {"isOverdue", "overdue", "false"}, {"isAnswered", "answered", "false"},
    {"source", "source", "\"\""},
};
static const struct adapted_field first_entry[] = {{"ip", "ip", NULL}};
static const struct adapted_field entry[] = {
    {"id", "id", NULL},           {"type", "type", NULL},
    {"poster", "poster", "\"\""}, {"timestamp", "created", NULL},
    {"body", "body", "\"\""},
};
static const struct adapted_field of_staff[] = {{"staffId", "staff.id", NULL}, {"staff", "staff.name", NULL}};
static const struct adapted_field of_user[] = {{"userId", "user.id", NULL}};
static const struct adapted_field attachment[] = {
    {"id", "id", NULL},    {"file_id", "id", NULL},       {"filename", "name", "\"\""},
    {"size", "size", "0"}, {"mime_type", "type", "\"\""}, {"inline", "inline", "false"},
};

static void write_entry(struct json_writer *json, const struct json_value *of) {
    const struct json_value *files = field_at(of, "attachments");
    json_open_object(json);
    field_write_members(json, entry, FIELD_COUNT(entry), of);
    if (field_is_there(of, "staff")) field_write_members(json, of_staff, FIELD_COUNT(of_staff), of);
    if (field_is_there(of, "user")) field_write_members(json, of_user, FIELD_COUNT(of_user), of);
    if (json_count(files)) {
        json_name(json, "attachments");
        field_write_array(json, attachment, FIELD_COUNT(attachment), files);
        json_integer_member(json, "attachment_count", (int64_t)json_count(files));
    }
    json_close_object(json);
}

static void write_children(struct json_writer *json, const struct json_value *children) {
    json_name(json, "children");
    json_open_array(json);
    for (size_t i = 0; i < json_count(children); i++)
        json_integer(json, field_integer(json_element(children, i), "id"));
    json_close_array(json);
}

bool markus_tell_ticket(struct adapted_run *run, struct json_writer *json, struct error *error) {
    const struct json_value *answer = run->answers[0], *ticket = field_at(answer, "ticket"),
                            *entries = field_at(answer, "entries");
    (void)error;
    json_open_object(json);
    field_write_members(json, detail, FIELD_COUNT(detail), ticket);
    json_name(json, "user");
    field_write_object(json, user, FIELD_COUNT(user), field_at(ticket, "user"));
    field_write_members(json, detail_behind_user, FIELD_COUNT(detail_behind_user), ticket);
    field_write_members(json, first_entry, FIELD_COUNT(first_entry), json_element(entries, 0));
    write_children(json, field_at(answer, "related.children"));
    json_name(json, "thread");
    json_open_array(json);
    for (size_t i = 0; i < json_count(entries); i++) write_entry(json, json_element(entries, i));
    json_close_array(json);
    json_close_object(json);
    return true;
}

// ---- bare numbers

// The last call's.
bool markus_tell_number(struct adapted_run *run, struct json_writer *json, struct error *error) {
    (void)error;
    for (size_t i = ADAPTED_CALLS_MAX; i-- > 0;) {
        if (!run->answers[i]) continue;
        output_add_text(json->output, field_text(run->answers[i], "ticket.number"));
        break;
    }
    return true;
}

bool markus_tell_deleted(struct adapted_run *run, struct json_writer *json, struct error *error) {
    (void)error;
    output_add_text(json->output, field_text(run->answers[0], "deleted"));
    return true;
}

// ---- statuses and sub-tickets

bool markus_tell_statuses(struct adapted_run *run, struct json_writer *json, struct error *error) {
    static const struct adapted_field status[] = {
        {"id", "id", NULL}, {"name", "name", NULL}, {"state", "state", NULL}};
    (void)error;
    field_write_array(json, status, FIELD_COUNT(status), field_at(run->answers[0], "statuses"));
    return true;
}

void markus_tell_subticket(struct json_writer *json, const struct json_value *ticket) {
    static const struct adapted_field of[] = {
        {"ticket_id", "id", NULL},
        {"number", "number", "\"\""},
        {"subject", "subject", "\"\""},
        {"status", "status.name", "\"Unknown\""},
    };
    field_write_object(json, of, FIELD_COUNT(of), ticket);
}
