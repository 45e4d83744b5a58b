// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a text is JSON, to the letter of RFC 8259. Private to this room: json-c alone is too forgiving.
#ifndef JSON_GRAMMAR_H
#define JSON_GRAMMAR_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// Checks `text` and counts the members of all its objects. ERROR_BAD_REQUEST as json_parse().
bool json_grammar_check(struct text text, size_t *members, struct error *error) CHECKED;

#endif
