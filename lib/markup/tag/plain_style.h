// SPDX-License-Identifier: GPL-2.0-or-later
// The style attribute of HTML that is to be stored.
#ifndef MARKUP_TAG_PLAIN_STYLE_H
#define MARKUP_TAG_PLAIN_STYLE_H

#include "base/text.h"
#include "markup/tag/scratch.h"

#include <stddef.h>

// Writes the properties as "name:value;name:value": those that dress a text and stay in its place, with
// values of plain words, numbers, quoted names and colours. What is written in another way than that
// (escapes, comments, addresses, functions) is dropped, property by property. The value is escaped text, and
// so is the result; null when nothing is left. `*declarations` counts the properties looked at: at most 500
// of one attribute. Applied again it changes nothing.
struct text style_plain(struct text value, size_t *declarations, struct scratch *scratch);

#endif
