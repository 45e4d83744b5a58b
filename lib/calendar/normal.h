// SPDX-License-Identifier: GPL-2.0-or-later
// Unicode normalisation of texts that are searched.
#ifndef CALENDAR_NORMAL_H
#define CALENDAR_NORMAL_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// Appends the UTF-8 text in NFC (Unicode Annex 15). False, with nothing appended, when the text is not UTF-8
// or memory is out; a ceiling shows in `out->failed`. Plain ASCII is copied without ICU. Of more than 100
// marks in a row each hundred is put in order by itself.
bool normal_add_nfc(struct text text, struct buffer *out);

#endif
