// SPDX-License-Identifier: GPL-2.0-or-later
// Characters above U+FFFF, which a column of three bytes a character does not hold.
#ifndef BASE_SUPPLEMENTARY_H
#define BASE_SUPPLEMENTARY_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// Appends `text` with the code points above U+FFFF as character references (&#x1F680;) when it is HTML, else
// as U+FFFD: for columns of three-byte UTF-8. To be applied last, to what the functions above made.
void supplementary_replace(struct text text, bool is_html, struct buffer *out);

#endif
