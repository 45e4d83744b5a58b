// SPDX-License-Identifier: GPL-2.0-or-later
// Responses without markup where the help desk stores HTML.
#include "markup/body.h"

#include "markup/element.h"
#include "markup/reference.h"
#include "markup/tag_like.h"
#include "markup/trim.h"

#include <ctype.h>
#include <string.h>

#define WORK_MAX (64u << 20) // bytes looked at to tell tags from text

bool markup_has_markup(struct text text) {
    struct reference reference;
    const char *last_close = text.length ? memrchr(text.data, '>', text.length) : NULL;
    size_t last = last_close ? (size_t)(last_close - text.data) : 0, work = 0;
    for (size_t i = 0; i < text.length; i++) {
        struct text rest = {text.data + i, text.length - i};
        size_t seen = i;
        if (text.data[i] == '<' && i < last) {
            if (tag_like_declaration(rest) || tag_like_tag(text, &seen)) return true;
            work += seen - i;
            // What takes so long to tell is not what anybody typed.
            if (work > WORK_MAX) return true;
        }
        if (text.data[i] != '&') continue;
        if (reference_at(text, i, &reference) || text_starts_with(rest, TEXT("&apos;"))) return true;
    }
    return false;
}

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

bool markup_plain_to_html(struct text text, struct buffer *out, struct error *error) {
    size_t start = out->length;
    text = trim_as_php(text);
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
    if (out->length == start) buffer_add_char(out, '-');
    return !out->failed || error_set(error, ERROR_TOO_LARGE, "the text is too large");
}
