// SPDX-License-Identifier: GPL-2.0-or-later
// Texts of one line without the tags in them.
#include "markup/strip.h"

#include "markup/tag_like.h"

#define WORK_MAX (64u << 20) // bytes looked at to tell tags from text

// Behind the declaration that begins at `at`; 0 when it never ends. `*endless` spares looking for the end of
// comments again.
static size_t declaration_end(struct text text, size_t at, bool *endless) {
    struct text rest = {text.data + at, text.length - at};
    bool comment = text_starts_with(rest, TEXT("<!--"));
    if (comment && *endless) return 0;
    struct text end = comment ? TEXT("-->") : TEXT(">");
    ptrdiff_t found = text_find(rest, end, 2);
    if (found < 0) *endless = true;
    return found < 0 ? 0 : at + (size_t)found + end.length;
}

void markup_strip_tags(struct text text, struct buffer *out) {
    size_t work = 0, end;
    bool endless = false;
    for (size_t i = 0; i < text.length;) {
        struct text rest = {text.data + i, text.length - i};
        size_t seen = i;
        bool open = text.data[i] == '<' && work <= WORK_MAX;
        if (open && tag_like_declaration(rest) && (end = declaration_end(text, i, &endless))) {
            i = end;
        } else if (open && tag_like_tag(text, &seen)) {
            i = seen + 1;
        } else {
            if (text.data[i]) buffer_add_char(out, text.data[i]);
            work += seen - i;
            i++;
        }
    }
}
