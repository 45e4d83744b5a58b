// SPDX-License-Identifier: GPL-2.0-or-later
// Whether HTML is in the state in which markup_write_html() leaves it: each tag is what the cleaner would
// write of it, all are closed, and nothing else holds a "<".
#include "markup/bounds.h"
#include "markup/clean/compact.h"
#include "markup/tag/element.h"
#include "markup/tag/place.h"
#include "markup/tag/tag.h"
#include "markup/write.h"

#include <string.h>

struct check {
    struct text html;
    size_t at;
    struct tag_cleaner cleaner;
    struct buffer tag; // what the cleaner makes of the one at hand
    const struct element *open[MARKUP_DEPTH_MAX];
    size_t content[MARKUP_DEPTH_MAX]; // where the element's content starts
    size_t depth;
};

// Whether every ampersand begins a reference of the four that the writer writes. Browsers know more names
// than HTML 4.01 has ("&colon;"), and read them in addresses.
static bool has_known_references(struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '&') continue;
        struct text rest = {text.data + i, text.length - i};
        if (!text_starts_with(rest, TEXT("&amp;")) && !text_starts_with(rest, TEXT("&lt;")) &&
            !text_starts_with(rest, TEXT("&gt;")) && !text_starts_with(rest, TEXT("&quot;")))
            return false;
    }
    return true;
}

static bool take_start(struct check *check, struct text source) {
    struct tag tag;
    if (!has_known_references(source)) return false;
    buffer_clear(&check->tag);
    if (!tag_read(source, &tag) || tag.end) return false;
    const struct element *element = tag_clean(&check->cleaner, &tag, &check->tag);
    if (!element || !text_equal(buffer_text(&check->tag), source)) return false;
    const char *parent = check->depth ? check->open[check->depth - 1]->name : "";
    if (place_of(element->name, parent) != PLACE_FITS || strcmp(parent, "iframe") == 0) return false;
    check->at += source.length;
    if (element->flags & ELEMENT_VOID) return true;
    if (check->depth == MARKUP_DEPTH_MAX) return false;
    check->open[check->depth] = element;
    check->content[check->depth++] = check->at;
    return true;
}

static bool take_end(struct check *check, struct text source) {
    if (!check->depth) return false;
    const struct element *element = check->open[--check->depth];
    struct text name = {source.data + 2, source.length - 3};
    bool empty = check->content[check->depth] == check->at;
    check->at += source.length;
    return text_equal(name, text_of(element->name)) && (!empty || element_may_be_empty(element->name));
}

static bool take_tag(struct check *check) {
    const char *start = check->html.data + check->at;
    const char *close = memchr(start, '>', check->html.length - check->at);
    if (!close || close - start < 2) return false;
    struct text source = {start, (size_t)(close - start) + 1};
    return start[1] == '/' ? source.length > 3 && take_end(check, source) : take_start(check, source);
}

// Text with nothing in it that cleaning would write otherwise.
static bool take_text(struct check *check) {
    struct text html = check->html;
    if (check->depth && strcmp(check->open[check->depth - 1]->name, "iframe") == 0) return false;
    for (; check->at < html.length && html.data[check->at] != '<'; check->at++) {
        unsigned char c = (unsigned char)html.data[check->at];
        struct text rest = {html.data + check->at, html.length - check->at};
        if (c == '>' || (c < 0x20 && !strchr("\t\n\r", c)) || c == 0) return false;
        if (c == '&' && !text_starts_with(rest, TEXT("&amp;")) && !text_starts_with(rest, TEXT("&lt;")) &&
            !text_starts_with(rest, TEXT("&gt;")))
            return false;
    }
    return true;
}

static bool is_compact(struct text html) {
    struct buffer compact = buffer_new(html.length + 1);
    markup_compact(html, &compact);
    bool same = !compact.failed && text_equal(buffer_text(&compact), html);
    buffer_free(&compact);
    return same;
}

bool markup_is_written(struct text html, const struct markup_options *options) {
    struct error beyond;
    if (!is_compact(html) || !text_is_utf8(html) || !markup_bounds_check(html, &beyond)) return false;
    struct check check = {.html = html,
                          .cleaner = {.frame_hosts = options->embedded_domain_whitelist, .strict = true},
                          .tag = buffer_new(html.length * 8 + 4096)};
    bool written = true;
    while (written && check.at < html.length)
        written = html.data[check.at] == '<' ? take_tag(&check) : take_text(&check);
    written = written && check.depth == 0 && check.cleaner.declarations <= MARKUP_STYLE_DECLARATIONS_MAX;
    buffer_free(&check.tag);
    tag_cleaner_free(&check.cleaner);
    return written;
}
