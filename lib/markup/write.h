// SPDX-License-Identifier: GPL-2.0-or-later
// HTML that is to be stored: stricter than what osTicket lets in, so that no browser takes it for more than
// it is.
#ifndef MARKUP_WRITE_H
#define MARKUP_WRITE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "markup/html.h"

#include <stdbool.h>

// Appends the UTF-8 `html` as it is stored: cleaned to the same bytes as markup_clean_html() where it is
// honest. Beyond that: scripts and styles go whether they end or not; elements that browsers read by rules of
// their own (noscript, textarea, select, …) leave their text alone; parts of tables and lists stand in one or
// become div, so that nothing outside closes; no id, no data-…, no attribute that acts; styles have known
// properties alone. Written again it stays as it is, but for
// Gmail's <div dir="ltr">, of which osTicket takes one away each time. Errors as markup_clean_html().
bool markup_write_html(struct text html, const struct markup_options *options, struct buffer *out,
                       struct error *error) CHECKED;

// Whether `html` is in the state in which markup_write_html() leaves it: safe to show without being cleaned.
// One walk without a tree. False says nothing.
bool markup_is_written(struct text html, const struct markup_options *options);

#endif
