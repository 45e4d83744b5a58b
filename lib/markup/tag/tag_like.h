// SPDX-License-Identifier: GPL-2.0-or-later
// What in a text is markup, and what only looks a bit like it: "<b>" is a tag, "<foo@bar.com>" and "a < b"
// are text.
#ifndef MARKUP_TAG_TAG_LIKE_H
#define MARKUP_TAG_TAG_LIKE_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// Whether "<" at `*at` begins a tag of an element that HTML or a mail program has, with attributes as HTML
// has them. `*at` moves to its ">", or, when it is none, to where that was decided.
bool tag_like_tag(struct text text, size_t *at);

// Whether the text begins with a comment, a document type, CDATA or a processing instruction.
bool tag_like_declaration(struct text rest);

#endif
