// SPDX-License-Identifier: GPL-2.0-or-later
// A JSON body as a tree of values.
#include "forms/input.h"
#include "json/reader.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// As PHP writes a float: the shortest digits that give it back, an exponent from 1.0E+15 on and below 1.0E-4.
static struct text real_text(double real, struct arena *arena) {
    char digits[40], text[48];
    if (isinf(real)) return real < 0 ? TEXT("-INF") : TEXT("INF");
    if (fabs(real) < 1e15 && real == floor(real)) {
        snprintf(text, sizeof text, "%.0f", real == 0 ? 0.0 : real);
        return arena_copy(arena, text_of(text));
    }
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, real);
        if (strtod(digits, NULL) == real) break;
    }
    const char *exponent = strchr(digits, 'e');
    if (!exponent) return arena_copy(arena, text_of(digits));
    size_t mantissa = (size_t)(exponent - digits);
    snprintf(text, sizeof text, "%.*s%sE%+d", (int)mantissa, digits,
             memchr(digits, '.', mantissa) ? "" : ".0", atoi(exponent + 1));
    return arena_copy(arena, text_of(text));
}

static void take_integer(const struct json_value *value, struct arena *arena, struct input *input) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, json_value_integer(value));
    input->kind = INPUT_NUMBER;
    input->text = arena_copy(arena, text_of(digits));
}

static bool take_value(const struct json_value *value, struct arena *arena, struct input *input);

static bool take_members(const struct json_value *object, struct arena *arena, struct input *input) {
    struct text name;
    const struct json_value *value;
    void *cursor = NULL;
    size_t index = 0;
    for (; index < input->count && json_next_member(object, &cursor, &name, &value); index++) {
        input->members[index].name = arena_copy(arena, name);
        if (!take_value(value, arena, &input->members[index])) return false;
    }
    return true;
}

static bool take_elements(const struct json_value *array, struct arena *arena, struct input *input) {
    for (size_t i = 0; i < input->count; i++)
        if (!take_value(json_element(array, i), arena, &input->members[i])) return false;
    return true;
}

// The reader bounds the depth.
static bool take_value(const struct json_value *value, struct arena *arena, struct input *input) {
    enum json_kind kind = json_kind(value);
    switch (kind) {
    case JSON_ABSENT:
    case JSON_NULL: input->kind = INPUT_NULL; break;
    case JSON_BOOLEAN:
        input->kind = INPUT_BOOLEAN;
        input->truth = json_value_boolean(value);
        input->text = input->truth ? TEXT("1") : TEXT("");
        break;
    case JSON_INTEGER: take_integer(value, arena, input); break;
    case JSON_REAL:
        input->kind = INPUT_NUMBER;
        input->text = arena_copy(arena, json_value_digits(value));
        if (text_is_null(input->text)) input->text = real_text(json_value_real(value), arena);
        break;
    case JSON_TEXT:
        input->kind = INPUT_TEXT;
        input->text = arena_copy(arena, json_value_text(value));
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        input->kind = kind == JSON_OBJECT ? INPUT_MAP : INPUT_LIST;
        input->count = json_count(value);
        input->members = arena_take(arena, input->count * sizeof *input->members);
        if (!input->members && input->count) return false;
        return kind == JSON_OBJECT ? take_members(value, arena, input) : take_elements(value, arena, input);
    }
    return !arena->failed;
}

bool input_of_json(const struct json_value *value, struct arena *arena, struct input *input,
                   struct error *error) {
    *input = (struct input){.kind = INPUT_ABSENT};
    return !value || take_value(value, arena, input) || error_too_large(error);
}

bool input_read_json(struct text body, struct arena *arena, struct input *input, struct error *error) {
    struct json_value *root = json_parse(body, error);
    if (!root) return false;
    bool done = json_kind(root) == JSON_OBJECT && json_count(root) > 0;
    if (done)
        done = input_of_json(root, arena, input, error);
    else
        error_set(error, ERROR_BAD_REQUEST, "the JSON body must be an object with the fields of the ticket");
    json_free(&root);
    return done;
}
