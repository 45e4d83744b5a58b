// SPDX-License-Identifier: GPL-2.0-or-later
// %{…} in templates.
#include "mail/variables/text.h"

#include "markup/escape.h"
#include "markup/plain.h"

#include <string.h>

#define TEXT_WIDTH 90
#define VALUE_MAX  (16 * 1024 * 1024)

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The length of `first` or `second` if the text goes on with one of them at `offset`, else 0.
static size_t delimiter(struct text text, size_t offset, struct text first, struct text second) {
    struct text rest = {text.data + offset, text.length - offset};
    if (text_starts_with(rest, first)) return first.length;
    struct text beginning = {rest.data, rest.length < second.length ? rest.length : second.length};
    return text_equal_ignoring_case(beginning, second) ? second.length : 0;
}

// The length of the variable that begins at `offset`, 0 when none does.
static size_t variable_at(struct text text, size_t offset, struct text *name) {
    size_t at = offset + delimiter(text, offset, TEXT("%{"), TEXT("%%7B"));
    size_t begin = at;
    if (at == offset || at >= text.length || !is_letter(text.data[at])) return 0;
    while (at < text.length && (is_letter(text.data[at]) || (text.data[at] >= '0' && text.data[at] <= '9') ||
                                text.data[at] == '.'))
        at++;
    if (at - begin < 2 || at >= text.length) return 0;
    size_t end = delimiter(text, at, TEXT("}"), TEXT("%7D"));
    if (!end) return 0;
    *name = (struct text){text.data + begin, at - begin};
    return at + end - offset;
}

bool variable_text_has_any(struct text text) {
    struct text name;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '%' && variable_at(text, i, &name)) return true;
    return false;
}

// HTML that cannot be read as such is left out: it is damaged beyond use.
static void add_as_text(struct variable_value value, bool escaped, struct buffer *out) {
    struct buffer text = buffer_new(VALUE_MAX);
    struct error error;
    if (!value.is_html)
        buffer_add_text(&text, value.text);
    else if (!markup_html_to_text(value.text, TEXT_WIDTH, &text, &error))
        buffer_clear(&text);
    if (escaped)
        markup_escape(buffer_text(&text), out);
    else
        buffer_add_text(out, buffer_text(&text));
    buffer_free(&text);
}

// Follows whether the template is inside a tag.
static bool in_tag_after(bool in_tag, struct text text, size_t offset) {
    char c = text.data[offset];
    if (in_tag) return c != '>';
    return c == '<' && offset + 1 < text.length &&
           (is_letter(text.data[offset + 1]) || text.data[offset + 1] == '/');
}

void variable_text_expand(struct text text, bool html, variable_lookup *lookup, void *context,
                          struct buffer *out) {
    bool in_tag = false;
    for (size_t offset = 0; offset < text.length;) {
        struct text name;
        size_t length = text.data[offset] == '%' ? variable_at(text, offset, &name) : 0;
        if (!length) {
            in_tag = html && in_tag_after(in_tag, text, offset);
            buffer_add_char(out, text.data[offset++]);
            continue;
        }
        struct variable_value value = lookup(context, name);
        if (html && value.is_html && !in_tag)
            buffer_add_text(out, value.text);
        else
            add_as_text(value, html, out);
        offset += length;
    }
}
