// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk's search index (ost__search) holds of a body.
#ifndef MARKUP_SEARCH_H
#define MARKUP_SEARCH_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

// Both append text without Unicode normalisation: PHP applies NFC first, which is ICU's and the caller's
// work.

// Of an html body: tags become blanks, references characters, runs of white space one blank.
// spec: reading-and-replying.md F.4. One beyond markup/bounds.h is not balanced before.
bool markup_searchable_html(struct text html, struct buffer *out, struct error *error) CHECKED;

// Of a text (a text body, a title, a value): each run of white space becomes its first character; trimmed.
bool markup_searchable_text(struct text text, struct buffer *out, struct error *error) CHECKED;

#endif
