// SPDX-License-Identifier: GPL-2.0-or-later
// Texts in other charsets than UTF-8.
#ifndef MARKUP_CHARSET_H
#define MARKUP_CHARSET_H

#include "base/buffer.h"
#include "base/text.h"

// Makes UTF-8 of what `bytes` holds in a charset, named as mails name it, without what the charset has no
// character for. Nothing changes where the charset is unknown or UTF-8 already, or where nothing could be
// converted.
void markup_to_utf8(struct text charset, struct buffer *bytes);

#endif
