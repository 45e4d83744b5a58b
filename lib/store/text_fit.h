// SPDX-License-Identifier: GPL-2.0-or-later
// Texts for columns that may not hold every character.
#ifndef STORE_TEXT_FIT_H
#define STORE_TEXT_FIT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/work.h"

#include <stdbool.h>

// Makes `text` fit the column of the table (named without its prefix): characters above U+FFFF stay where it
// holds them, else they become references (in HTML) or U+FFFD. One round trip for the first text that has
// any. The text then lies in the arena.
bool text_fit(struct work *work, const char *table, struct text column, bool html, struct text *text,
              struct error *error) CHECKED;

// Whether the column holds all of `text` as it is. The same round trip.
bool text_fits(struct work *work, const char *table, struct text column, struct text text, bool *fits,
               struct error *error) CHECKED;

// text_fit() where it is known that the column does not hold them. No round trip.
bool text_narrow(struct arena *arena, bool html, struct text *text, struct error *error) CHECKED;

#endif
