// SPDX-License-Identifier: GPL-2.0-or-later
// Lists in a text: of words ("read create"), of items between commas ("192.0.2.7, 10.0.0.0/8").
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// The next word between blanks, line ends and commas from `*at` on, which moves behind it. False at the end.
// A null text has none.
bool words_next(struct text list, size_t *at, struct text *word);

// The next item between commas, as it stands, blanks too; it is taken off the list, which is null behind the
// last. False where the list is null: "" has one item, "a," two.
bool list_next(struct text *list, struct text *item);

#endif
