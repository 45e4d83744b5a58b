// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk's search index holds of a body.
#include "markup/search.h"

#include "base/trim.h"
#include "markup/reference.h"
#include "markup/tag/element.h"
#include "markup/tag/tag.h"
#include "markup/tree.h"

#include <ctype.h>
#include <string.h>

static bool finish(const struct buffer *out, struct error *error) {
    return !out->failed || error_set(error, ERROR_TOO_LARGE, "the text is too large");
}

// Unicode's White_Space and U+180E, which PHP's regular expressions count in.
static bool is_space(uint32_t c) {
    return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

// Appends the text with each run of white space as one blank, or as its first character; trimmed afterwards.
static void squeeze(struct text text, bool to_blank, struct buffer *out) {
    struct buffer squeezed = buffer_new(text.length);
    bool after_space = false;
    for (size_t i = 0; i < text.length;) {
        size_t start = i;
        bool space = is_space(text_next_code_point(text, &i));
        if (!space)
            buffer_add(&squeezed, text.data + start, i - start);
        else if (!after_space && to_blank)
            buffer_add_char(&squeezed, ' ');
        else if (!after_space)
            buffer_add(&squeezed, text.data + start, i - start);
        after_space = space;
    }
    buffer_add_text(out, trim_as_php(buffer_text(&squeezed)));
    if (squeezed.failed) out->failed = true;
    buffer_free(&squeezed);
}

// Whether the index sets a blank in the place of this tag. It knows more elements than may stand in a body.
static bool makes_blank(const struct tag *tag) {
    static const char *const more[] = {"applet", "audio",  "button", "canvas", "embed", "form",
                                       "input",  "object", "script", "video",  "iframe"};
    static const char *const more_void[] = {"embed", "input"};
    struct text name = {tag->name, tag->name_length};
    const struct element *element = element_find(name);
    bool known = element != NULL, is_void = element && element->flags & ELEMENT_VOID;
    for (size_t i = 0; !known && i < sizeof more / sizeof *more; i++)
        known = text_equal(name, text_of(more[i]));
    for (size_t i = 0; i < sizeof more_void / sizeof *more_void; i++)
        is_void = is_void || text_equal(name, text_of(more_void[i]));
    return known && !(tag->end && is_void) && !text_equal(name, TEXT("wbr"));
}

// The index keeps comments, with blanks at their ends and no double hyphen inside.
static void add_comment(struct text inside, struct buffer *out) {
    buffer_add_string(out, "<!--");
    for (size_t i = 0; i < inside.length; i++)
        if (inside.data[i] != '-' || i == 0 || inside.data[i - 1] != '-')
            buffer_add_char(out, inside.data[i]);
    if (inside.length == 0 || inside.data[inside.length - 1] != ' ') buffer_add_char(out, ' ');
    buffer_add_string(out, "-->");
}

// The length of the tag at the start of `rest`. A comment may stand in it: libxml2 writes addresses with raw
// "<" and ">".
static size_t tag_length(struct text rest) {
    for (size_t i = 1; i < rest.length; i++) {
        if (rest.data[i] == '>') return i + 1;
        struct text inner = {rest.data + i, rest.length - i};
        if (rest.data[i] != '<' || !text_starts_with(inner, TEXT("<!--"))) continue;
        ptrdiff_t end = text_find(inner, TEXT("-->"), 4);
        if (end < 0) break;
        i += (size_t)end + 2;
    }
    const char *close = memchr(rest.data, '>', rest.length);
    return close ? (size_t)(close - rest.data) + 1 : rest.length;
}

// Writes what starts with "<" at `i`; returns where to go on.
static size_t add_markup(struct text html, size_t i, struct buffer *out) {
    struct text rest = {html.data + i, html.length - i};
    ptrdiff_t comment_end = text_starts_with(rest, TEXT("<!--")) ? text_find(rest, TEXT("-->"), 4) : -1;
    if (comment_end >= 0) {
        add_comment((struct text){rest.data + 4, (size_t)comment_end - 4}, out);
        return i + (size_t)comment_end + 3;
    }
    bool alone = rest.length > 1 && isspace((unsigned char)rest.data[1]);
    size_t length = alone ? 2 : tag_length(rest);
    struct tag tag;
    if (!tag_read((struct text){rest.data, length}, &tag))
        buffer_add(out, rest.data, length);
    else if (makes_blank(&tag))
        buffer_add_char(out, ' ');
    return i + length;
}

static void blank_tags(struct text html, struct buffer *out) {
    for (size_t i = 0; i < html.length;) {
        const char *open = memchr(html.data + i, '<', html.length - i);
        size_t at = open ? (size_t)(open - html.data) : html.length;
        buffer_add(out, html.data + i, at - i);
        i = at < html.length ? add_markup(html, at, out) : at;
    }
}

bool markup_searchable_html(struct text html, struct buffer *out, struct error *error) {
    struct buffer balanced = buffer_new(html.length * 16 + 4096), words = buffer_new(html.length * 16 + 4096),
                  decoded = buffer_new(html.length * 16 + 4096);
    bool done = markup_balance(html, &balanced, error);
    bool beyond = !done && error->code == ERROR_TOO_LARGE;
    if (beyond) error_clear(error);
    done = done || beyond;
    if (done) {
        blank_tags(beyond ? html : buffer_text(&balanced), &words);
        reference_decode_all(buffer_text(&words), &decoded);
        squeeze(buffer_text(&decoded), true, out);
    }
    if (balanced.failed || words.failed || decoded.failed) out->failed = true;
    buffer_free(&balanced);
    buffer_free(&words);
    buffer_free(&decoded);
    return done && finish(out, error);
}

bool markup_searchable_text(struct text text, struct buffer *out, struct error *error) {
    squeeze(text, false, out);
    return finish(out, error);
}
