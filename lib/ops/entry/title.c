// SPDX-License-Identifier: GPL-2.0-or-later
// Titles of thread entries.
#include "ops/entry/title.h"

#include "base/buffer.h"
#include "markup/reference.h"

#include <ctype.h>
#include <string.h>

#define TITLE_BYTES (1 << 20)

static void add_escaped(char c, struct buffer *out) {
    switch (c) {
    case '&': buffer_add_string(out, "&amp;"); break;
    case '<': buffer_add_string(out, "&lt;"); break;
    case '>': buffer_add_string(out, "&gt;"); break;
    default: buffer_add_char(out, c);
    }
}

// As PHP's cleaner of HTML does with all control characters but white space.
static bool is_dropped(char c) {
    return (unsigned char)c < 0x20 && !strchr("\t\n\v\f\r", c);
}

static void add_plain(struct text text, struct buffer *out) {
    bool blank = false;
    for (size_t i = 0; i < text.length; i++) {
        bool was_blank = blank;
        if (is_dropped(text.data[i])) continue;
        blank = isspace((unsigned char)text.data[i]);
        if (!blank) add_escaped(text.data[i], out);
        if (blank && !was_blank) buffer_add_char(out, ' ');
    }
}

// A reference is the character that it stands for, as in PHP; what looks like a tag is text, as it was typed.
struct text entry_title_make(struct text subject, struct arena *arena) {
    struct buffer title = buffer_new(TITLE_BYTES), decoded = buffer_new(TITLE_BYTES);
    if (text_is_null(subject)) return TEXT_NULL;
    reference_decode_all(subject, &decoded);
    add_plain(buffer_text(&decoded), &title);
    buffer_free(&decoded);
    bool is_empty = !title.length && subject.length;
    struct text copy = arena_copy(arena, text_cut(buffer_text(&title), ENTRY_TITLE_MAX));
    buffer_free(&title);
    return is_empty ? TEXT_NULL : copy;
}
