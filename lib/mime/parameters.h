// SPDX-License-Identifier: GPL-2.0-or-later
// Values with parameters: Content-Type and Content-Disposition. RFC 2045, 5.1; RFC 2183; RFC 2231.
#ifndef MIME_PARAMETERS_H
#define MIME_PARAMETERS_H

#include "base/arena.h"
#include "base/text.h"

#include <stddef.h>

struct mail_parameter {
    struct text name; // as it stands: "filename", "filename*0*"
    struct text value;
};

struct mail_value {
    struct text value; // in front of the first semicolon, in lower case: "multipart/mixed"
    struct mail_parameter *parameters;
    size_t count;
};

// Reads a field's value; a null text has an empty value. A full arena shows in `arena->failed`.
struct mail_value mail_value_read(struct text text, struct arena *arena);

// The parameter as text in UTF-8: encoded words in it decoded, RFC 2231's forms and pieces put together. The
// last of several counts. Null: there is none.
struct text mail_parameter_text(const struct mail_value *value, const char *name, struct arena *arena);

// The parameter as it stands; null: there is none.
struct text mail_parameter(const struct mail_value *value, const char *name);

#endif
