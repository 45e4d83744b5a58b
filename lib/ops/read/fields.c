// SPDX-License-Identifier: GPL-2.0-or-later
// The answers to forms. spec: operations.md 3.2.
#include "ops/read/fields.h"

#include "ops/read/parts.h"
#include "ops/read/values.h"
#include "store/read/ticket_parts.h"
#include "json/reader.h"

// How an answer of a type of field is shown.
enum shown { SHOWN_TEXT, SHOWN_SWITCH, SHOWN_CHOICES, SHOWN_NOT };

// A password is nobody's to read, files have answers of their own, and what a plugin's field stores only the
// plugin knows.
static enum shown shown_as(struct text type) {
    static const struct {
        const char *type;
        enum shown shown;
    } types[] = {
        {"text", SHOWN_TEXT},        {"memo", SHOWN_TEXT},     {"datetime", SHOWN_TEXT},
        {"timezone", SHOWN_TEXT},    {"phone", SHOWN_TEXT},    {"bool", SHOWN_SWITCH},
        {"choices", SHOWN_CHOICES},  {"priority", SHOWN_TEXT}, {"department", SHOWN_TEXT},
        {"assignee", SHOWN_CHOICES}, {"topic", SHOWN_TEXT},    {"sla", SHOWN_TEXT},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal(type, text_of(types[i].type))) return types[i].shown;
    return text_starts_with(type, TEXT("list-")) ? SHOWN_CHOICES : SHOWN_NOT;
}

// [{"key":"p4","label":"Pier 4"}] of {"p4":"Pier 4"}; what is no such object is a choice without a key.
static void write_choices(struct json_writer *json, const struct json_value *choices, struct text value) {
    const struct json_value *label;
    struct text key;
    void *cursor = NULL;
    json_open_array(json);
    if (json_kind(choices) == JSON_OBJECT)
        while (json_next_member(choices, &cursor, &key, &label))
            value_choice(json, key, json_value_text(label));
    else if (value.length)
        value_choice(json, TEXT_NULL, value);
    json_close_array(json);
}

static void write_choices_text(struct json_writer *json, struct text value) {
    struct error ignored = {0};
    struct json_value *choices = value.length ? json_parse(value, &ignored) : NULL;
    write_choices(json, choices, value);
    json_free(&choices);
}

void field_value_write(struct json_writer *json, struct text type, struct text value) {
    enum shown shown = shown_as(type);
    if (text_is_null(value) || shown == SHOWN_NOT)
        json_null(json);
    else if (shown == SHOWN_CHOICES)
        write_choices_text(json, value);
    else if (shown == SHOWN_SWITCH)
        json_boolean(json, value.length && !text_equal(value, TEXT("0")));
    else
        json_text(json, value);
}

void field_choices_write(struct json_writer *json, struct text type, const struct json_value *choices) {
    if (shown_as(type) == SHOWN_CHOICES)
        write_choices(json, choices, TEXT_NULL);
    else
        json_null(json);
}

bool field_is_opaque(struct text type) {
    return shown_as(type) == SHOWN_NOT;
}

static void write_value(struct json_writer *json, const struct answered_field *field) {
    bool is_opaque = field_is_opaque(field->type);
    json_name(json, "value");
    field_value_write(json, field->type, field->value);
    json_name(json, "value_id");
    if (field->has_value_id && !is_opaque)
        json_integer(json, field->value_id);
    else
        json_null(json);
    if (is_opaque) value_boolean(json, "opaque", true);
}

void fields_write(struct json_writer *json, const struct answered_field *fields, size_t count) {
    json_name(json, "fields");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        json_open_object(json);
        json_integer_member(json, "id", fields[i].id);
        value_text(json, "name", fields[i].name);
        json_text_member(json, "label", fields[i].label);
        json_text_member(json, "type", fields[i].type);
        write_value(json, &fields[i]);
        json_text_member(json, "form", fields[i].form);
        json_close_object(json);
    }
    json_close_array(json);
}

bool part_fields(struct ticket_read *read, struct error *error) {
    struct answered_field *fields;
    size_t count;
    if (!answered_fields_read(read->context->db, &read->ticket, read->view, &read->arena, &fields, &count,
                              error))
        return false;
    fields_write(&read->json, fields, count);
    return true;
}
