// SPDX-License-Identifier: GPL-2.0-or-later
// HTML through libxml2's forgiving parser: what comes out is balanced.
#ifndef MARKUP_TREE_H
#define MARKUP_TREE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

struct _xmlDoc;
struct _xmlNode;

// The body of a parsed fragment of HTML, wrapped in a div as osTicket does.
struct markup_tree {
    struct _xmlDoc *document;
    struct _xmlNode *root; // the div; NULL when the text has no body at all
};

// Parses UTF-8 HTML. No network, no entity but HTML's own; tags of more than 1,000 attributes are taken for
// text. ERROR_TOO_LARGE, with little done before, for what is beyond markup/bounds.h. The caller ends it with
// markup_tree_free.
bool markup_tree_parse(struct text html, struct markup_tree *tree, struct error *error) CHECKED;
void markup_tree_free(struct markup_tree *tree);

// Appends `html` balanced: parsed, elements without content dropped (but not br, div, hr, img and the like),
// written again. A text of blanks, or "0", comes out as it is. spec: reading-and-replying.md C.8 step 4,
// Format::html_balance.
bool markup_balance(struct text html, struct buffer *out, struct error *error) CHECKED;

#endif
