// SPDX-License-Identifier: GPL-2.0-or-later
// Text into HTML and back. All append to `out`; its ceiling is the only way they fail (buffer.failed).
#ifndef MARKUP_ESCAPE_H
#define MARKUP_ESCAPE_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// & < > " ' become references; for attribute values and text of our own making.
void markup_escape(struct text text, struct buffer *out);

// & < > " become references, the apostrophe stays, and an ampersand that begins a reference stays as it is
// (htmlspecialchars without double encoding, HTML 4.01).
void markup_escape_once(struct text text, struct buffer *out);

// &lt; &gt; &amp; &quot; (and their numeric forms) become characters, once: "&amp;lt;" becomes "&lt;".
void markup_unescape_once(struct text text, struct buffer *out);

// A control character that HTML has no place for: any but tabs and line ends.
static inline bool markup_is_control(char c) {
    return (unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

#endif
