// SPDX-License-Identifier: GPL-2.0-or-later
// Answers by tables.
#include "adapters/fields.h"

#include "json/copy.h"

#include <stdio.h>
#include <string.h>

#define NAME_MAX_OF_OURS 40

const struct json_value *field_at(const struct json_value *value, const char *path) {
    char name[NAME_MAX_OF_OURS];
    while (*path) {
        size_t length = strcspn(path, ".");
        snprintf(name, sizeof name, "%.*s", (int)length, path);
        value = json_member(value, name);
        path += length + (path[length] == '.');
    }
    return value;
}

struct text field_text(const struct json_value *value, const char *path) {
    return json_value_text(field_at(value, path));
}

int64_t field_integer(const struct json_value *value, const char *path) {
    return json_value_integer(field_at(value, path));
}

bool field_is_there(const struct json_value *value, const char *path) {
    enum json_kind kind = json_kind(field_at(value, path));
    return kind != JSON_ABSENT && kind != JSON_NULL;
}

void field_write_members(struct json_writer *json, const struct adapted_field *fields, size_t count,
                         const struct json_value *value) {
    for (size_t i = 0; i < count; i++) {
        json_name(json, fields[i].theirs);
        if (field_is_there(value, fields[i].ours))
            json_copy_value(json, field_at(value, fields[i].ours));
        else
            json_verbatim(json, text_of(fields[i].missing ? fields[i].missing : "null"));
    }
}

void field_write_object(struct json_writer *json, const struct adapted_field *fields, size_t count,
                        const struct json_value *value) {
    json_open_object(json);
    field_write_members(json, fields, count, value);
    json_close_object(json);
}

void field_write_array(struct json_writer *json, const struct adapted_field *fields, size_t count,
                       const struct json_value *array) {
    json_open_array(json);
    for (size_t i = 0; i < json_count(array); i++)
        field_write_object(json, fields, count, json_element(array, i));
    json_close_array(json);
}
