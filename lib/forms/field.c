// SPDX-License-Identifier: GPL-2.0-or-later
// What all types of fields share.
#include "forms/field.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COMPLAINT_CHARACTERS 1000

bool field_wrong_type(struct filling *filling, const char *wanted) {
    struct text name = filling->field->name.length ? filling->field->name : filling->field->label;
    return error_set(filling->error, ERROR_BAD_REQUEST, "%.*s must be %s", (int)name.length, name.data,
                     wanted);
}

bool field_given_text(struct filling *filling, struct text *text) {
    const struct input *given = filling->given;
    *text = input_text(given);
    if (!text->data) *text = TEXT("");
    if (!given) return true;
    if (given->kind == INPUT_LIST || given->kind == INPUT_MAP ||
        (given->kind == INPUT_BOOLEAN && given->truth))
        return field_wrong_type(filling, "a string");
    return true;
}

// The first has room, however long it was set: a value is refused by there being a complaint.
void field_complain(struct filling *filling, struct text complaint) {
    if (filling->complaints->length) buffer_add_char(filling->complaints, ',');
    buffer_add_text(filling->complaints, text_cut(complaint, COMPLAINT_CHARACTERS));
}

void field_complain_required(struct filling *filling) {
    struct text label = filling->field->label;
    if (!label.length) {
        field_complain(filling, TEXT("This is a required field"));
        return;
    }
    field_complain(filling, label);
    buffer_add_string(filling->complaints, " is a required field");
}

struct text field_setting(const struct filling *filling, const char *name, struct text fallback) {
    const struct json_value *value = json_member(filling->configuration, name);
    char digits[24];
    switch (json_kind(value)) {
    case JSON_TEXT: return json_value_text(value);
    case JSON_BOOLEAN: return json_value_boolean(value) ? TEXT("1") : TEXT("");
    case JSON_INTEGER:
        snprintf(digits, sizeof digits, "%" PRId64, json_value_integer(value));
        return arena_copy(filling->arena, text_of(digits));
    default: return fallback;
    }
}

bool field_switch(const struct filling *filling, const char *name, bool fallback) {
    struct text text = field_setting(filling, name, fallback ? TEXT("1") : TEXT(""));
    return text.length && !text_equal(text, TEXT("0"));
}

void field_keep(struct filling *filling, struct text value, struct text shown) {
    struct answer_value *answer = filling->answer;
    answer->value = value.length ? value : TEXT_NULL;
    answer->cdata = value.length ? value : TEXT("");
    answer->shown = shown.length ? shown : TEXT("");
}

bool field_is_no_formula(struct text text) {
    if (!text.length || !strchr("=+-@", text.data[0])) return text.length > 0;
    if (text.data[0] != '+') return text.data[0] == '\0';
    // A telephone number: the plus sign and digits, and a line end at most.
    size_t end = text.length - (text.data[text.length - 1] == '\n');
    for (size_t i = 1; i < end; i++)
        if (text.data[i] < '0' || text.data[i] > '9') return false;
    return end > 1;
}
