// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket bodies: what a read shows of a stored one, and what is stored of one that comes in.
#ifndef MARKUP_BODY_H
#define MARKUP_BODY_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "markup/html.h"
#include "markup/images.h"

#include <stdbool.h>

// All append well-formed UTF-8 to `out` and fail only with ERROR_TOO_LARGE or for want of memory. Large
// bodies that are kept in files, and the mark " ... (truncated)" of PHP, are the caller's.

// The `body` of a stored html body: cleaned again; nothing when only blanks, < > b r / are there. One
// beyond markup/bounds.h, which this server does not write, is shown as its source, escaped,
// and cut with PHP's mark " ... (truncated)" where `out` has no room for it. spec: reading-and-replying.md
// C.7.
bool markup_read_html(struct text body, const struct markup_options *options, struct buffer *out,
                      struct error *error) CHECKED;

// The `body` of a stored text body: trimmed, at most one empty line in a row, through the HTML parser (but
// not one beyond markup/bounds.h), escaped. spec: reading-and-replying.md C.7.
bool markup_read_text(struct text body, struct buffer *out, struct error *error) CHECKED;

// What is stored of a response that has markup: images written into it go to `images` (NULL: they are lost),
// cleaned, foreign images dropped; "-" for nothing. When only images were there and all were dropped, nothing
// is stored, as in PHP. Unlike there ©, ® and pictographs stay. spec:
// reading-and-replying.md F.4.
bool markup_store_html(struct text response, const struct markup_options *options,
                       const struct markup_image_store *images, struct buffer *out,
                       struct error *error) CHECKED;

// What is stored of a text: trimmed, at most one empty line in a row, & < > " escaped unless they are
// references already, NUL a blank, other control characters dropped; "-" for nothing. Unlike in PHP nothing
// typed is lost. spec: creating.md C.7.
bool markup_store_text(struct text text, struct buffer *out, struct error *error) CHECKED;

// The same of `text` with `tail` behind it: a large text is not copied for that.
bool markup_store_texts(struct text text, struct text tail, struct buffer *out, struct error *error) CHECKED;

// Whether the text is HTML: it holds an element of HTML with its end, a line break or an image by a tag, a
// paragraph that begins in it, or a document type. A text that only speaks of tags is none ("put a <col> into
// the <table>"), nor is one with snippets of XML, C or shell, or with references alone ("a &amp; b").
bool markup_has_markup(struct text text);

// What is stored of a response without markup where the help desk stores HTML: line ends become <br />, & < >
// are escaped, references are what they stand for, runs of blanks become one, also at the ends; "-" for
// nothing. It is final: not for markup_store_html.
bool markup_plain_to_html(struct text text, struct buffer *out, struct error *error) CHECKED;

#endif
