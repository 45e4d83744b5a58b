// SPDX-License-Identifier: GPL-2.0-or-later
// The style attribute.
#ifndef MARKUP_TAG_STYLE_H
#define MARKUP_TAG_STYLE_H

#include "base/text.h"
#include "markup/tag/scratch.h"

// Disarms what old browsers run: addresses in url(…) are denied, "expression", escapes and comments become
// blanks. The value is escaped text, and so is the result.
struct text style_disarm(struct text value, struct scratch *scratch);

// Writes the properties as "name:value;name:value", without repeated ones, empty ones and those that only one
// program understands (-x-…, mso-…) or that leave their place (position). Null when none is left.
// `*declarations` counts the properties looked at: of one attribute, at most 500.
struct text style_tidy(struct text value, size_t *declarations, struct scratch *scratch);

#endif
