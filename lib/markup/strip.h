// SPDX-License-Identifier: GPL-2.0-or-later
// Texts of one line without the tags in them.
#ifndef MARKUP_STRIP_H
#define MARKUP_STRIP_H

#include "base/buffer.h"
#include "base/text.h"

// Appends the text without tags, comments and NULs; what stands between tags stays. PHP's strip_tags() cuts
// everything from a "<" on, as in "if (a<b) stop"; what is no tag of HTML stays here as it was typed.
// contract.md, creating.md B.3. A ceiling shows in `out->failed`.
void markup_strip_tags(struct text text, struct buffer *out);

#endif
