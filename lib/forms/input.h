// SPDX-License-Identifier: GPL-2.0-or-later
// What a request brings, as a tree that does not show whether it came as JSON or as XML.
#ifndef FORMS_INPUT_H
#define FORMS_INPUT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum input_kind {
    INPUT_ABSENT,
    INPUT_NULL,
    INPUT_BOOLEAN,
    INPUT_NUMBER,
    INPUT_TEXT,
    INPUT_LIST, // members without a name
    INPUT_MAP,  // members with their names, in the order in which they came
};

// A node. Everything it points to lies in the arena it was read with.
struct input {
    enum input_kind kind;
    bool truth;       // of INPUT_BOOLEAN
    struct text name; // as a member of a map, else null
    struct text text; // of INPUT_TEXT; of INPUT_NUMBER its decimal text, of an integer all its digits; of
                      // INPUT_BOOLEAN "1" or ""
    struct input *members;
    size_t count;
};

// The member with exactly this name; NULL when there is none or `map` is no map (or NULL).
const struct input *input_member(const struct input *map, struct text name);

// What PHP takes for true. NULL is false; "" and "0", 0, null and an empty list are false; "false" is true.
bool input_is_true(const struct input *input);

// Whether a column keeps all of it: no text has a NUL character, no number is beyond all that there are.
bool input_is_kept(const struct input *input);

// The text of a text, number or boolean; TEXT_NULL for what has none.
struct text input_text(const struct input *input);

// Puts the members of `more` behind those of `input`, which came there by arena_append(): the members that
// are read from a body have room for themselves only. ERROR_TOO_LARGE when the arena is full.
bool input_add_members(struct input *input, const struct input *more, struct arena *arena,
                       struct error *error) CHECKED;

// The same with one more: a text, or nothing for a null one.
bool input_add_text(struct input *input, const char *name, struct text text, struct arena *arena,
                    struct error *error) CHECKED;

struct json_value;

// A part of a JSON tree as input; INPUT_ABSENT for NULL. ERROR_TOO_LARGE when the arena is full.
bool input_of_json(const struct json_value *value, struct arena *arena, struct input *input,
                   struct error *error) CHECKED;

// Reads a JSON body. ERROR_BAD_REQUEST in PHP's words where PHP has some (json/reader.h), or when the top is
// not an object with members. spec: creating.md A.1.
bool input_read_json(struct text body, struct arena *arena, struct input *input, struct error *error) CHECKED;

// The name under which the text of an element stands that has attributes or children, too.
#define INPUT_OWN_TEXT_NAME ":text"
#define INPUT_OWN_TEXT      TEXT(INPUT_OWN_TEXT_NAME)

// Reads an XML body: the members of its root `ticket`; any other root is the only member itself, which no
// form knows. An element with attributes or children is a map of both, one with text only a text; what is
// repeated becomes a list. A text is trimmed as a whole (PHP trims each piece that its parser hands out,
// which loses blanks inside). Declared entities and external ones are refused, depth and size bounded.
// ERROR_BAD_REQUEST "XML error: … at line L:C" for what is not well formed. spec: creating.md A.3.
bool input_read_xml(struct text body, struct arena *arena, struct input *input, struct error *error) CHECKED;

#endif
