// SPDX-License-Identifier: GPL-2.0-or-later
// HTML as plain text, for the text part of mails, and of mails that come in.
#ifndef MARKUP_PLAIN_H
#define MARKUP_PLAIN_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

// Appends `html` as text in lines of at most `width` characters (20 at least; words longer than that stand
// alone): paragraphs with an empty line between, headings underlined, "  * " and "  1. " before items, "> "
// before quotations, "[text](address)" for links with long addresses in a list at the end, "[image:text]" for
// images, table rows with " | " between the cells, pre as it is. No line end at the end.
// spec: reading-and-replying.md F.6 (the text part). Of one beyond markup/bounds.h the words alone.
bool markup_html_to_text(struct text html, unsigned width, struct buffer *out, struct error *error) CHECKED;

// The same without what is no word of it: addresses of links, images, rules, lines below headings, marks of
// quotations. So PHP reads a mail where the help desk has no rich text.
bool markup_html_to_words(struct text html, unsigned width, struct buffer *out, struct error *error) CHECKED;

#endif
