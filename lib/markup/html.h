// SPDX-License-Identifier: GPL-2.0-or-later
// Cleaning of HTML bodies, to the same bytes as osTicket 1.18's Format::sanitize.
#ifndef MARKUP_HTML_H
#define MARKUP_HTML_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

struct markup_options {
    // The help desk's list of hosts whose pages may be shown in an iframe, commas between (config
    // embedded_domain_whitelist); empty or null: no iframe stays.
    struct text embedded_domain_whitelist;
    // What is written keeps a paragraph of blanks alone, as an empty one behind a blank; otherwise it goes.
    bool blank_paragraphs;
};

// Appends the UTF-8 `html` cleaned: harmless, balanced, compacted. spec: reading-and-replying.md C.8 steps
// 1, 3, 4. Not as PHP: what is escaped is text and stays it ("&lt;id&gt;"), and no words are cut out of
// texts. Not quite idempotent, as PHP's: "margin:0" goes the second time. ERROR_TOO_LARGE when it is beyond
// markup/bounds.h or does not fit into `out`.
bool markup_clean_html(struct text html, const struct markup_options *options, struct buffer *out,
                       struct error *error) CHECKED;

#endif
