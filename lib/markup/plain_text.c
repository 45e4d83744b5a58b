// SPDX-License-Identifier: GPL-2.0-or-later
// Responses without markup where the help desk stores HTML.
#include "markup/body.h"

#include "base/trim.h"
#include "markup/reference.h"

#include <string.h>

static void add_byte(char c, struct buffer *out) {
    if (c == '<')
        buffer_add_string(out, "&lt;");
    else if (c == '>')
        buffer_add_string(out, "&gt;");
    else if (c == '&')
        buffer_add_string(out, "&amp;");
    else if ((unsigned char)c >= 0x20)
        buffer_add_char(out, c);
}

// A reference is the character that it stands for, as in a text that has tags, and as PHP shows it.
static void decode_references(struct text text, struct buffer *out) {
    static const struct text apostrophe = {"&apos;", 6};
    size_t done = 0;
    for (ptrdiff_t hit; (hit = text_find(text, apostrophe, done)) >= 0;
         done = (size_t)hit + apostrophe.length) {
        reference_decode_all((struct text){text.data + done, (size_t)hit - done}, out);
        buffer_add_char(out, '\'');
    }
    reference_decode_all((struct text){text.data + done, text.length - done}, out);
}

static void add_lines(struct text text, struct buffer *out) {
    bool blank = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool line_end = c == '\n' || c == '\r';
        if (c == '\r' && i + 1 < text.length && text.data[i + 1] == '\n') i++;
        bool was_blank = blank;
        blank = c == ' ' || c == '\t' || c == '\0';
        if (line_end)
            buffer_add_string(out, "<br />");
        else if (!blank)
            add_byte(c, out);
        else if (!was_blank)
            buffer_add_char(out, ' ');
    }
}

bool markup_plain_to_html(struct text text, struct buffer *out, struct error *error) {
    struct buffer decoded = buffer_new(text.length), lines = buffer_new(out->ceiling);
    decode_references(text, &decoded);
    struct text all = buffer_text(&decoded), inner = trim_as_php(all);
    add_lines(inner, &lines);
    // Of blanks and line ends before and behind it PHP keeps one blank.
    if (lines.length && inner.data > all.data) buffer_add_char(out, ' ');
    buffer_add_text(out, lines.length ? buffer_text(&lines) : TEXT("-"));
    if (lines.length && inner.data + inner.length < all.data + all.length) buffer_add_char(out, ' ');
    bool done = !out->failed && !lines.failed && !decoded.failed;
    buffer_free(&decoded);
    buffer_free(&lines);
    return done || error_set(error, ERROR_TOO_LARGE, "the text is too large");
}
