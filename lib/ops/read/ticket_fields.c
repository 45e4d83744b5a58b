// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket's members as JSON.
#include "ops/read/ticket_fields.h"

#include "ops/read/values.h"

#include <stddef.h>

#define FIELD(field, kind, member) {#field, TICKET_FIELD_IS_##kind, offsetof(struct ticket_object, member)},
const struct ticket_field_row ticket_field_rows[TICKET_FIELD_COUNT] = {TICKET_FIELDS(FIELD, FIELD)};

static void write_status(struct json_writer *json, const char *name, const struct ticket_object *object) {
    json_name(json, name);
    if (!object->status.id) {
        json_null(json);
        return;
    }
    json_open_object(json);
    json_integer_member(json, "id", object->status.id);
    json_text_member(json, "name", object->status.name);
    json_text_member(json, "state", object->state);
    json_close_object(json);
}

static void write_parent(struct json_writer *json, const char *name, const struct ticket_object *object) {
    json_name(json, name);
    if (!object->parent.id) {
        json_null(json);
        return;
    }
    json_open_object(json);
    json_integer_member(json, "id", object->parent.id);
    json_text_member(json, "number", object->parent.name);
    json_close_object(json);
}

static void write(struct json_writer *json, const struct ticket_object *object, enum ticket_field field,
                  struct view view) {
    const char *name = ticket_field_rows[field].name;
    const void *at = (const char *)object + ticket_field_rows[field].at;
    switch (ticket_field_rows[field].kind) {
    case TICKET_FIELD_IS_INTEGER: json_integer_member(json, name, *(const int64_t *)at); break;
    case TICKET_FIELD_IS_TEXT: json_text_member(json, name, *(const struct text *)at); break;
    case TICKET_FIELD_IS_TIME: value_time(json, name, *(const struct text *)at, view); break;
    case TICKET_FIELD_IS_BOOLEAN: value_boolean(json, name, *(const bool *)at); break;
    case TICKET_FIELD_IS_NAMED: value_named(json, name, *(const struct named *)at); break;
    case TICKET_FIELD_IS_AGENT: value_agent(json, name, *(const struct agent *)at); break;
    case TICKET_FIELD_IS_PERSON: value_person(json, name, *(const struct person *)at); break;
    case TICKET_FIELD_IS_STATUS: write_status(json, name, object); break;
    case TICKET_FIELD_IS_PARENT: write_parent(json, name, object); break;
    case TICKET_FIELD_IS_DUE:
        value_time(json, name, object->due.data ? object->due : object->estimated_due, view);
        break;
    }
}

void ticket_fields_write(struct json_writer *json, const struct ticket_object *object, uint64_t fields,
                         struct view view) {
    for (unsigned field = 0; field < TICKET_FIELD_COUNT; field++)
        if (fields & UINT64_C(1) << field) write(json, object, (enum ticket_field)field, view);
}
