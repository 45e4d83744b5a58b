// SPDX-License-Identifier: GPL-2.0-or-later
// Blanks in cleaned HTML.
#ifndef MARKUP_CLEAN_COMPACT_H
#define MARKUP_CLEAN_COMPACT_H

#include "base/buffer.h"
#include "base/text.h"

// Appends cleaned HTML with runs of blanks and line ends made one blank, and blanks behind a start tag moved
// before it; pre and textarea keep theirs.
void markup_compact(struct text html, struct buffer *out);

#endif
