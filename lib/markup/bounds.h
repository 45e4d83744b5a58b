// SPDX-License-Identifier: GPL-2.0-or-later
// How much HTML one text may hold. A parser's tree takes a hundred times the bytes of a short tag, at each
// read again: what counts is what would be built, not how long the text is.
#ifndef MARKUP_BOUNDS_H
#define MARKUP_BOUNDS_H

#include "base/error.h"
#include "base/text.h"

// Newsletters have 500 to 5,000 tags, a pasted sheet of 2,000 rows by 15 columns 61,000 with a paragraph in
// each cell; chains of quoted mails go 40 to 120 levels deep. A tree at these bounds takes 95 MiB.
#define MARKUP_TAGS_MAX               100000 // start tags, comments, declarations
#define MARKUP_ATTRIBUTES_MAX         200000
#define MARKUP_DEPTH_MAX              250
#define MARKUP_STYLE_DECLARATIONS_MAX 200000

// False, with ERROR_TOO_LARGE and a sentence, when the text has more than MARKUP_TAGS_MAX of what a parser
// makes nodes of. One walk over the text, which counts everything that could begin a node, whatever is around
// it.
bool markup_bounds_check(struct text html, struct error *error) CHECKED;

#endif
