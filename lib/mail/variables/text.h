// SPDX-License-Identifier: GPL-2.0-or-later
// %{…} in templates: finding it and putting values in its place.
#ifndef MAIL_VARIABLES_TEXT_H
#define MAIL_VARIABLES_TEXT_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// What a variable stands for: HTML, or plain text.
struct variable_value {
    bool is_html;
    struct text text; // may be null or empty
};

// Looks up a variable, "ticket.name.first". Whatever is not known is the empty value.
typedef struct variable_value variable_lookup(void *context, struct text name);

// Appends `text` with each %{name} (also %%7Bname%7D, which osTicket's editor makes of it in addresses)
// replaced by its value; a name is a letter or _ and then one or more of letters, digits, _ and dots.
// Anything else stays. In HTML, text values are escaped, and within a tag HTML values are made text and
// escaped too, so that no value leaves its attribute; in a plain text HTML values are made text. Values are
// not looked through for variables again.
void variable_text_expand(struct text text, bool html, variable_lookup *lookup, void *context,
                          struct buffer *out);

// Whether there is anything that could be a variable.
bool variable_text_has_any(struct text text);

#endif
