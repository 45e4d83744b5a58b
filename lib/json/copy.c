// SPDX-License-Identifier: GPL-2.0-or-later
// A tree that was read, back to text.
#include "json/copy.h"

#include <math.h>
#include <stdio.h>

#define REAL_SIZE 32

// As short as it stays the same number; what JSON has no number for is null.
static void write_real(struct json_writer *writer, const struct json_value *value) {
    char real[REAL_SIZE];
    if (!isfinite(json_value_real(value))) {
        json_null(writer);
        return;
    }
    snprintf(real, sizeof real, "%.17g", json_value_real(value));
    json_number(writer, text_of(real));
}

static void write_value(struct json_writer *writer, const struct json_value *value);

static void write_object(struct json_writer *writer, const struct json_value *object) {
    const struct json_value *member;
    struct text name;
    void *cursor = NULL;
    json_open_object(writer);
    while (json_next_member(object, &cursor, &name, &member)) {
        json_name_text(writer, name);
        write_value(writer, member);
    }
    json_close_object(writer);
}

static void write_array(struct json_writer *writer, const struct json_value *array) {
    json_open_array(writer);
    for (size_t i = 0; i < json_count(array); i++) write_value(writer, json_element(array, i));
    json_close_array(writer);
}

// What lies too deep is null: the writer knows so many levels only.
static void write_value(struct json_writer *writer, const struct json_value *value) {
    bool too_deep = writer->depth + 1 >= JSON_WRITER_DEPTH;
    switch (json_kind(value)) {
    case JSON_BOOLEAN: json_boolean(writer, json_value_boolean(value)); return;
    case JSON_INTEGER: json_integer(writer, json_value_integer(value)); return;
    case JSON_REAL: write_real(writer, value); return;
    case JSON_TEXT: json_text(writer, json_value_text(value)); return;
    case JSON_OBJECT:
        if (too_deep) break;
        write_object(writer, value);
        return;
    case JSON_ARRAY:
        if (too_deep) break;
        write_array(writer, value);
        return;
    case JSON_ABSENT:
    case JSON_NULL: break;
    }
    json_null(writer);
}

void json_copy_value(struct json_writer *writer, const struct json_value *value) {
    write_value(writer, value);
}

void json_copy(struct json_writer *writer, struct text text) {
    struct error ignored = {0};
    struct json_value *root = text.length ? json_parse(text, &ignored) : NULL;
    write_value(writer, root);
    json_free(&root);
}
