// SPDX-License-Identifier: GPL-2.0-or-later
// Fields of a JSON request body.
#include "ops/json_field.h"

#include "ops/yes_no.h"

#include <string.h>

static bool wrong_type(const char *name, const char *wanted, struct error *error) {
    return error_set(error, ERROR_BAD_REQUEST, "%s must be %s", name, wanted);
}

bool text_is_falsy(struct text text) {
    return text.length == 0 || text_equal(text, TEXT("0"));
}

bool json_field_given(const struct json_value *body, const char *name) {
    enum json_kind kind = json_kind(json_member(body, name));
    return kind != JSON_ABSENT && kind != JSON_NULL;
}

bool json_field_text(const struct json_value *body, const char *name, struct arena *arena, struct text *text,
                     struct error *error) {
    const struct json_value *value = json_member(body, name);
    *text = TEXT_NULL;
    switch (json_kind(value)) {
    case JSON_ABSENT:
    case JSON_NULL: return true;
    case JSON_TEXT:
        *text = json_value_text(value);
        if (!memchr(text->data, '\0', text->length)) return true;
        return error_set(error, ERROR_BAD_REQUEST, "%s contains a NUL character", name);
    case JSON_INTEGER: *text = arena_integer(arena, json_value_integer(value)); return true;
    case JSON_REAL:
        *text = json_value_digits(value);
        return !text_is_null(*text) || wrong_type(name, "a string", error);
    default: return wrong_type(name, "a string", error);
    }
}

struct text json_element_text(const struct json_value *element, struct arena *arena) {
    return text_trim(json_kind(element) == JSON_INTEGER ? arena_integer(arena, json_value_integer(element))
                                                        : json_value_text(element));
}

bool json_field_required(const struct json_value *body, const char *name, struct arena *arena,
                         struct text *text, struct error *error) {
    const struct json_value *value = json_member(body, name);
    enum json_kind kind = json_kind(value);
    // What PHP takes for nothing is missing, whatever its type.
    bool empty = ((kind == JSON_ARRAY || kind == JSON_OBJECT) && json_count(value) == 0) ||
                 (kind == JSON_BOOLEAN && !json_value_boolean(value)) ||
                 (kind == JSON_REAL && json_value_real(value) == 0);
    *text = TEXT_NULL;
    if (!empty && !json_field_text(body, name, arena, text, error)) return false;
    if (!text_is_falsy(*text)) return true;
    return error_set(error, ERROR_UNPROCESSABLE, "missing %s parameter ", name);
}

// The number that a text begins with, as PHP's (int) has it; 0 when it begins with none.
static int64_t leading_integer(struct text text) {
    int64_t number = 0;
    text = text_trim(text);
    size_t length = text.length && text.data[0] == '-';
    while (length < text.length && text.data[length] >= '0' && text.data[length] <= '9') length++;
    return text_to_int64((struct text){text.data, length}, &number) ? number : 0;
}

bool json_field_integer(const struct json_value *body, const char *name, int64_t *number,
                        struct error *error) {
    const struct json_value *value = json_member(body, name);
    *number = 0;
    switch (json_kind(value)) {
    case JSON_ABSENT:
    case JSON_NULL: return true;
    case JSON_INTEGER: *number = json_value_integer(value); return true;
    case JSON_TEXT: *number = leading_integer(json_value_text(value)); return true;
    default: return wrong_type(name, "a number", error);
    }
}

bool json_field_switch(const struct json_value *body, const char *name, bool fallback, bool *on,
                       struct error *error) {
    const struct json_value *value = json_member(body, name);
    enum json_kind kind = json_kind(value);
    enum yes_no answer = SWITCH_NEITHER;
    double number = json_value_real(value);
    *on = fallback;
    if (kind == JSON_ABSENT || kind == JSON_NULL) return true;
    if (kind == JSON_TEXT) answer = yes_no_of(json_value_text(value));
    if (kind == JSON_BOOLEAN) answer = json_value_boolean(value) ? SWITCH_YES : SWITCH_NO;
    if (kind == JSON_INTEGER || kind == JSON_REAL)
        answer = number == 1 ? SWITCH_YES : number == 0 ? SWITCH_NO : SWITCH_NEITHER;
    *on = answer == SWITCH_YES;
    return answer != SWITCH_NEITHER || wrong_type(name, YES_NO_WANTED, error);
}
