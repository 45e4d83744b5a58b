// SPDX-License-Identifier: GPL-2.0-or-later
// Text into HTML and back.
#include "markup/escape.h"

#include "markup/reference.h"

static const char *reference_of(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void markup_escape(struct text text, struct buffer *out) {
    size_t written = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *reference = reference_of(text.data[i]);
        if (!reference) continue;
        buffer_add(out, text.data + written, i - written);
        buffer_add_string(out, reference);
        written = i + 1;
    }
    buffer_add(out, text.data + written, text.length - written);
}

void markup_escape_once(struct text text, struct buffer *out) {
    // A table, since it is asked of each byte.
    static const bool escaped[256] = {['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true};
    size_t written = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!escaped[(unsigned char)text.data[i]]) continue;
        struct reference existing;
        if (text.data[i] == '&' && reference_at(text, i, &existing) && existing.code_point <= 0x10FFFF) {
            i += existing.length - 1;
            continue;
        }
        buffer_add(out, text.data + written, i - written);
        buffer_add_string(out, reference_of(text.data[i]));
        written = i + 1;
    }
    if (written < text.length) buffer_add(out, text.data + written, text.length - written);
}

static bool is_escaped(uint32_t c) {
    return c == '&' || c == '<' || c == '>' || c == '"';
}

void markup_unescape_once(struct text text, struct buffer *out) {
    reference_decode(text, is_escaped, out);
}
