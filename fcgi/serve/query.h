// SPDX-License-Identifier: GPL-2.0-or-later
// The query string, taken apart as PHP does.
#ifndef FCGI_SERVE_QUERY_H
#define FCGI_SERVE_QUERY_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

#define QUERY_MAX            8192
#define QUERY_PARAMETERS_MAX 64

// Names and values point into `bytes`.
struct query {
    size_t count;
    struct {
        struct text name;
        struct text value; // TEXT_NULL: an array (name[]=…), of which no operation makes anything
    } parameters[QUERY_PARAMETERS_MAX];
    char bytes[QUERY_MAX];
};

// Takes `text` ("a=1&b=2", NULL for none) apart: "+" is a blank, %XX a byte, decoded once. False with
// ERROR_BAD_REQUEST when it is over a ceiling above, or a name or value is no UTF-8 or holds a control byte.
bool query_parse(const char *text, struct query *query, struct error *error) CHECKED;

// The value; the last one counts when a name is repeated. TEXT_NULL when there is none.
struct text query_value(const struct query *query, struct text name);

// Decodes %XX once, and "+" when `plus`, into `to` (room for text.length bytes; it may be the text's own).
// Returns the length. What is no %XX stays as it is.
size_t query_decode(struct text text, bool plus, char *to);

#endif
