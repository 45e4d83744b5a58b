// SPDX-License-Identifier: GPL-2.0-or-later
// Fields of a JSON request body, with the tolerance that clients rely on: numbers arrive as strings or as
// integers.
#ifndef OPS_JSON_FIELD_H
#define OPS_JSON_FIELD_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "json/reader.h"

#include <stdbool.h>
#include <stdint.h>

// A text, or an integer of any size as its decimal text. TEXT_NULL when absent or null. Any other type, and a
// text with a NUL character: ERROR_BAD_REQUEST naming the field.
bool json_field_text(const struct json_value *body, const char *name, struct arena *arena, struct text *text,
                     struct error *error) CHECKED;

// The same, but PHP's empty values ("", "0") are ERROR_UNPROCESSABLE "missing NAME parameter " as null and
// absent are.
bool json_field_required(const struct json_value *body, const char *name, struct arena *arena,
                         struct text *text, struct error *error) CHECKED;

// An element of a list: a text, or an integer as its decimal text, without blanks around it; TEXT_NULL or
// empty where it is neither.
struct text json_element_text(const struct json_value *element, struct arena *arena);

// A number: an integer, or a text that begins with one ("3abc" is 3, as PHP takes it); 0 when absent, null or
// neither.
bool json_field_integer(const struct json_value *body, const char *name, int64_t *number,
                        struct error *error) CHECKED;

// A switch, as ops/yes_no.h reads it: what is neither yes nor no is ERROR_BAD_REQUEST naming the field.
// `fallback` when absent or null.
bool json_field_switch(const struct json_value *body, const char *name, bool fallback, bool *on,
                       struct error *error) CHECKED;

// Whether the field is there and not null.
bool json_field_given(const struct json_value *body, const char *name);

// PHP's notion of an empty text.
bool text_is_falsy(struct text text);

#endif
