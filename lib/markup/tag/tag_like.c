// SPDX-License-Identifier: GPL-2.0-or-later
// What in a text is markup, and what only looks a bit like it.
#include "markup/tag/tag_like.h"

#include "markup/tag/element.h"

#include <ctype.h>
#include <string.h>

static size_t skip_blanks(struct text text, size_t i) {
    while (i < text.length && isspace((unsigned char)text.data[i])) i++;
    return i;
}

static bool is_name_character(char c) {
    return isalnum((unsigned char)c) || c == '-' || c == '_' || c == ':' || c == '.';
}

// Behind the attribute at `i`, or 0 when what stands there is none as HTML has them.
static size_t skip_attribute(struct text text, size_t i) {
    size_t start = i;
    while (i < text.length && is_name_character(text.data[i])) i++;
    if (i == start) return 0;
    struct text name = {text.data + start, i - start};
    size_t sign = skip_blanks(text, i);
    if (sign >= text.length || text.data[sign] != '=') return attribute_is_known(name) ? i : 0;
    i = skip_blanks(text, sign + 1);
    if (i < text.length && (text.data[i] == '"' || text.data[i] == '\'')) {
        const char *quote = memchr(text.data + i + 1, text.data[i], text.length - i - 1);
        return quote ? (size_t)(quote - text.data) + 1 : 0;
    }
    while (i < text.length && text.data[i] != '>' && !isspace((unsigned char)text.data[i])) i++;
    return i;
}

// Behind the name of an element that HTML or a mail program has, or 0.
static size_t skip_element_name(struct text text, size_t i) {
    size_t name = i;
    while (i < text.length && isalnum((unsigned char)text.data[i])) i++;
    // Outlook's: <o:p>, <v:shape>, <st1:place>.
    bool prefixed = i < text.length && text.data[i] == ':' && i > name && i - name <= 3;
    if (!prefixed) return element_is_known((struct text){text.data + name, i - name}) ? i : 0;
    for (i++; i < text.length && isalnum((unsigned char)text.data[i]);) i++;
    return i;
}

bool tag_like_tag(struct text text, size_t *at) {
    size_t i = *at + 1;
    bool end = i < text.length && text.data[i] == '/';
    i = skip_element_name(text, end ? i + 1 : i);
    while (i) {
        *at = i;
        size_t next = skip_blanks(text, i);
        if (next < text.length && text.data[next] == '/') next++;
        if (next >= text.length) return false;
        if (text.data[next] == '>') {
            *at = next;
            return true;
        }
        if (end || next == i) return false;
        i = skip_attribute(text, next);
    }
    return false;
}

bool tag_like_declaration(struct text rest) {
    static const struct text starts[] = {{"<![", 3}, {"<!DOCTYPE", 9}, {"<!doctype", 9}, {"<!--", 4}};
    for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
        if (text_starts_with(rest, starts[k])) return true;
    return rest.length > 2 && rest.data[1] == '?' && isalpha((unsigned char)rest.data[2]);
}
