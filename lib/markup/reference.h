// SPDX-License-Identifier: GPL-2.0-or-later
// Character references of HTML 4.01: &name; and &#number;.
#ifndef MARKUP_REFERENCE_H
#define MARKUP_REFERENCE_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A reference found in a text. `number` is above U+10FFFF when the digits say so.
struct reference {
    size_t length; // bytes from the ampersand to the semicolon, both included
    uint32_t code_point;
    bool numeric;
    bool hexadecimal;
};

// Whether a complete reference (with its semicolon, and a name that HTML 4.01 has) starts at `offset`, where
// an ampersand stands. "&apos;" is not one: HTML 4.01 lacks it.
bool reference_at(struct text text, size_t offset, struct reference *reference);

// Whether HTML 4.01 has this name, or it is "apos".
bool reference_is_name(struct text name);

// Appends `text` with the references to characters that are wanted replaced by these.
void reference_decode(struct text text, bool is_wanted(uint32_t code_point), struct buffer *out);

// The same with every reference to an allowed character, as PHP's html_entity_decode does.
void reference_decode_all(struct text text, struct buffer *out);

#endif
