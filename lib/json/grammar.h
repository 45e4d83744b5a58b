// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a text is JSON, to the letter of RFC 8259. Private to this room: json-c alone is too forgiving.
#ifndef JSON_GRAMMAR_H
#define JSON_GRAMMAR_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// Checks `text`, of `most` values at most, and counts the members of all its objects. `*wide`: an integer in
// it is too large for int64. ERROR_BAD_REQUEST as json_parse().
bool json_grammar_check(struct text text, size_t most, size_t *members, bool *wide,
                        struct error *error) CHECKED;

// Appends `text`, which json_grammar_check() took, with an exponent of 0 behind each integer that is too
// large for int64, so that json-c reads it as a double instead of cutting it.
void json_grammar_widen(struct text text, struct buffer *widened);

#endif
