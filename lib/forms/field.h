// SPDX-License-Identifier: GPL-2.0-or-later
// What a type of field does; for the files of this room.
#ifndef FORMS_FIELD_H
#define FORMS_FIELD_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "forms/form.h"
#include "forms/input.h"
#include "json/reader.h"

#include <stdbool.h>

// A field while its value is made.
struct filling {
    const struct form_field *field;
    const struct json_value *configuration; // NULL: none, or none that can be read
    const struct form_tables *tables;
    const struct input *given; // NULL: the request has no such member
    struct arena *arena;
    struct answer_value *answer;
    struct buffer *complaints; // texts of what is wrong, commas between
    struct error *error;
};

// Makes answer->value, value_id, cdata and shown of what was given, and complains. False with the error set
// when the request must end here. `required` says that the form wants a value.
typedef bool field_fill(struct filling *filling, bool required);

struct field_type {
    const char *name;
    field_fill *fill; // NULL: the field holds nothing
    bool stored;
};

const struct field_type *field_type_find(struct text type); // NULL: unknown

field_fill field_fill_text, field_fill_memo, field_fill_bool, field_fill_choices, field_fill_list,
    field_fill_datetime, field_fill_phone, field_fill_priority, field_fill_files, field_fill_thread;

// The text of what was given; "" when nothing was. False for a list or an object: the request ends.
bool field_given_text(struct filling *filling, struct text *text);
bool field_wrong_type(struct filling *filling, const char *wanted);

// "LABEL is a required field"
void field_complain_required(struct filling *filling);
void field_complain(struct filling *filling, struct text complaint);

// A member of the configuration as text (a number as its decimal text), or `fallback`, also for null.
struct text field_setting(const struct filling *filling, const char *name, struct text fallback);
// The same as PHP takes it for true.
bool field_switch(const struct filling *filling, const char *name, bool fallback);

// Keeps `value` as it is: in value, cdata and, as the text seen, `shown`. An empty one is kept as NULL.
void field_keep(struct filling *filling, struct text value, struct text shown);

// Whether a spreadsheet would not take the text for a formula. spec: creating.md B.3
bool field_is_no_formula(struct text text);

#endif
