// SPDX-License-Identifier: GPL-2.0-or-later
// From a message or response as it came to what is stored of it: body, format, search text, and the files it
// brings along.
#ifndef OPS_ENTRY_BODY_H
#define OPS_ENTRY_BODY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/entry/attached_files.h"
#include "store/work.h"

#include <stdbool.h>
#include <stddef.h>

// What came in.
enum entry_text {
    ENTRY_TEXT,      // typed text: stays what was typed, as HTML where only that holds all of it
    ENTRY_HTML,      // HTML
    ENTRY_HTML_ONCE, // … that PHP cleans once: its paragraphs of blanks stay
    ENTRY_RESPONSE   // an agent's: HTML where the help desk has rich text on, and it may lack all markup
};

struct entry_body {
    const char *format; // "html" or "text"
    struct text body;   // for the column; empty when it is too long for it and went into a file
    struct text search; // for search
};

// Cleans `text`, with `tail` behind it (null: nothing), as the help desk stores it and adds to `files` the
// images written into it and, when the body is too long for its column, the body itself. Writes nothing.
// Texts lie in the arena. spec: reading-and-replying.md F.4; creating.md C.6, C.7; lib/DIFFERENCES.md "Text
// and HTML".
bool entry_body_make(struct work *work, struct text text, struct text tail, enum entry_text kind,
                     struct entry_body *body, struct attached_files *files, struct error *error) CHECKED;

#endif
