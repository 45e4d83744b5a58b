// SPDX-License-Identifier: GPL-2.0-or-later
// Titles of thread entries.
#include "ops/entry_title.h"

#include "base/buffer.h"
#include "markup/body.h"
#include "markup/html.h"
#include "markup/strip.h"

#include <ctype.h>

#define TITLE_BYTES (1 << 20)

static void add_escaped(char c, struct buffer *out) {
    switch (c) {
    case '&': buffer_add_string(out, "&amp;"); break;
    case '<': buffer_add_string(out, "&lt;"); break;
    case '>': buffer_add_string(out, "&gt;"); break;
    default: buffer_add_char(out, c);
    }
}

static void add_plain(struct text text, struct buffer *out) {
    bool blank = false;
    for (size_t i = 0; i < text.length; i++) {
        bool was_blank = blank;
        blank = isspace((unsigned char)text.data[i]);
        if (!blank) add_escaped(text.data[i], out);
        if (blank && !was_blank) buffer_add_char(out, ' ');
    }
}

static bool add_html(struct text html, struct buffer *out) {
    const struct markup_options options = {TEXT_NULL};
    struct error ignored = {0};
    struct buffer cleaned = buffer_new(TITLE_BYTES);
    bool done = markup_clean_html(html, &options, &cleaned, &ignored);
    if (done) markup_strip_tags(buffer_text(&cleaned), out);
    buffer_free(&cleaned);
    return done;
}

struct text entry_title_make(struct text subject, struct arena *arena) {
    struct buffer title = buffer_new(TITLE_BYTES);
    if (text_is_null(subject)) return TEXT_NULL;
    if (!markup_has_markup(subject) || !add_html(subject, &title)) add_plain(subject, &title);
    struct text copy = arena_copy(arena, text_cut(buffer_text(&title), ENTRY_TITLE_MAX));
    buffer_free(&title);
    return copy;
}
