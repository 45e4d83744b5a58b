// SPDX-License-Identifier: GPL-2.0-or-later
// Cleaning of HTML bodies: search and remove, balance with libxml2, then tag by tag.
#include "markup/html.h"

#include "markup/bounds.h"
#include "markup/clean/compact.h"
#include "markup/clean/remove.h"
#include "markup/escape.h"
#include "markup/reference.h"
#include "markup/tag/tag.h"
#include "markup/tree.h"

#include <ctype.h>
#include <string.h>

// Numbers of characters that HTML has no place for.
static bool is_bad_number(uint32_t n) {
    return n < 9 || n == 11 || n == 12 || (n > 13 && n < 32) || (n > 126 && n < 160 && n != 133) ||
           (n > 0xD7FF && n < 0xE000) || (n > 64975 && n < 64992) || n == 0xFFFE || n == 0xFFFF ||
           n > 0x10FFFF;
}

// Writes the reference at `i`, or "&amp;" in place of the ampersand; returns where to go on.
static size_t add_reference(struct text html, size_t i, struct buffer *out) {
    struct reference reference;
    struct text apostrophe = {html.data + i, html.length - i};
    if (text_starts_with(apostrophe, TEXT("&apos;"))) {
        buffer_add_string(out, "&apos;");
        return i + 6;
    }
    bool found = reference_at(html, i, &reference) && reference.length <= (reference.hexadecimal ? 11 : 34);
    if (!found || (reference.numeric && is_bad_number(reference.code_point))) {
        buffer_add_string(out, "&amp;");
        return i + 1;
    }
    if (reference.numeric)
        buffer_add_format(out, reference.hexadecimal ? "&#x%x;" : "&#%u;", reference.code_point);
    else
        buffer_add(out, html.data + i, reference.length);
    return i + reference.length;
}

// No control characters, and an ampersand only where a reference begins.
static void mend_references(struct text html, struct buffer *out) {
    size_t written = 0;
    for (size_t i = 0; i < html.length;) {
        if (html.data[i] != '&' && !markup_is_control(html.data[i])) {
            i++;
            continue;
        }
        buffer_add(out, html.data + written, i - written);
        written = i = html.data[i] == '&' ? add_reference(html, i, out) : i + 1;
    }
    buffer_add(out, html.data + written, html.length - written);
}

static void add_escaped(struct text source, struct buffer *out) {
    for (size_t i = 0; i < source.length; i++) {
        if (source.data[i] == '<')
            buffer_add_string(out, "&lt;");
        else if (source.data[i] == '>')
            buffer_add_string(out, "&gt;");
        else
            buffer_add_char(out, source.data[i]);
    }
}

// Removes <!-- --> comments.
static void drop_comments(struct text html, struct buffer *out) {
    size_t written = 0;
    for (ptrdiff_t hit = text_find(html, TEXT("<!--"), 0); hit >= 0;
         hit = text_find(html, TEXT("<!--"), written)) {
        ptrdiff_t end = text_find(html, TEXT("-->"), (size_t)hit + 4);
        if (end < 0) break;
        buffer_add(out, html.data + written, (size_t)hit - written);
        written = (size_t)end + 3;
    }
    buffer_add(out, html.data + written, html.length - written);
}

// Writes the "<" at `i` and what belongs to it; returns where to go on.
static size_t clean_at(struct tag_cleaner *cleaner, struct text html, size_t i, struct buffer *out) {
    if (i + 1 < html.length && isspace((unsigned char)html.data[i + 1])) {
        add_escaped((struct text){html.data + i, 2}, out);
        return i + 2;
    }
    const char *close = memchr(html.data + i, '>', html.length - i);
    size_t end = close ? (size_t)(close - html.data) + 1 : html.length;
    struct text source = {html.data + i, end - i};
    struct tag tag;
    if (tag_read(source, &tag))
        tag_clean(cleaner, &tag, out);
    else
        add_escaped(source, out);
    return end;
}

static void clean_tags(struct tag_cleaner *cleaner, struct text html, struct buffer *out) {
    for (size_t i = 0; i < html.length;) {
        size_t start = i;
        while (i < html.length && html.data[i] != '<' && html.data[i] != '>') i++;
        buffer_add(out, html.data + start, i - start);
        if (i == html.length) return;
        if (html.data[i] == '<') {
            i = clean_at(cleaner, html, i, out);
        } else {
            buffer_add_string(out, "&gt;");
            i++;
        }
    }
}

// One stage after the other, each from one buffer into the other.
static bool clean_into(struct text html, const struct markup_options *options, struct buffer buffers[2],
                       struct buffer *out, struct error *error) {
    struct tag_cleaner cleaner = {.frame_hosts = options->embedded_domain_whitelist};
    remove_file_links(html, &buffers[0]);
    remove_foreign(buffer_text(&buffers[0]), &buffers[1]);
    buffer_clear(&buffers[0]);
    if (!markup_balance(buffer_text(&buffers[1]), &buffers[0], error)) return false;
    buffer_clear(&buffers[1]);
    drop_comments(buffer_text(&buffers[0]), &buffers[1]);
    buffer_clear(&buffers[0]);
    mend_references(buffer_text(&buffers[1]), &buffers[0]);
    buffer_clear(&buffers[1]);
    clean_tags(&cleaner, buffer_text(&buffers[0]), &buffers[1]);
    tag_cleaner_free(&cleaner);
    if (cleaner.declarations > MARKUP_STYLE_DECLARATIONS_MAX)
        return error_set(error, ERROR_TOO_LARGE,
                         "the text is too large: its HTML has too many properties in styles");
    markup_compact(buffer_text(&buffers[1]), out);
    return true;
}

bool markup_clean_html(struct text html, const struct markup_options *options, struct buffer *out,
                       struct error *error) {
    if (!markup_bounds_check(html, error)) return false;
    // The worst growth of a stage is that of a quote in an attribute, to six bytes, or of a short tag.
    size_t ceiling = html.length * 32 + 4096;
    struct buffer buffers[2] = {buffer_new(ceiling), buffer_new(ceiling)}, clean = buffer_new(ceiling);
    bool done = clean_into(html, options, buffers, &clean, error);
    buffer_add_text(out, buffer_text(&clean));
    bool failed = buffers[0].failed || buffers[1].failed || clean.failed || out->failed;
    buffer_free(&buffers[0]);
    buffer_free(&buffers[1]);
    buffer_free(&clean);
    if (done && failed) return error_set(error, ERROR_TOO_LARGE, "the text is too large");
    return done;
}
