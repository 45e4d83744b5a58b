// SPDX-License-Identifier: GPL-2.0-or-later
// Lists of words in a text: "read create", "192.0.2.7, 10.0.0.0/8".
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// The next word between blanks, line ends and commas from `*at` on, which moves behind it. False at the end.
// A null text has none.
bool words_next(struct text list, size_t *at, struct text *word);

#endif
