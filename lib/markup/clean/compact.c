// SPDX-License-Identifier: GPL-2.0-or-later
// Blanks in cleaned HTML.
#include "markup/clean/compact.h"

#include <ctype.h>
#include <string.h>

struct compactor {
    struct text html;
    struct buffer *out;
    bool after_start_tag;     // nothing was written since a start tag
    bool no_pre, no_textarea; // no end tag of these comes any more
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void add_blank(struct compactor *compactor) {
    struct buffer *out = compactor->out;
    if (compactor->after_start_tag || (out->length && out->data[out->length - 1] == ' ')) return;
    buffer_add_char(out, ' ');
}

// Where the content that starts at `content` ends, when it keeps its blanks: that of pre or textarea. Else
// `content`.
static size_t end_of_kept(struct compactor *compactor, size_t tag, size_t content) {
    struct text html = compactor->html, rest = {html.data + tag, html.length - tag};
    bool pre = text_starts_with(rest, TEXT("<pre"));
    if (!pre && !text_starts_with(rest, TEXT("<textarea"))) return content;
    bool *none = pre ? &compactor->no_pre : &compactor->no_textarea;
    // Content of one byte at least.
    ptrdiff_t end = *none ? -1 : text_find(html, pre ? TEXT("</pre>") : TEXT("</textarea>"), content + 1);
    *none = end < 0;
    return end < 0 ? content : (size_t)end;
}

static void add_tag(struct compactor *compactor, struct text tag) {
    for (size_t i = 0; i < tag.length; i++) {
        bool blank = is_blank(tag.data[i]);
        if (blank && i && is_blank(tag.data[i - 1])) continue;
        buffer_add_char(compactor->out, blank ? ' ' : tag.data[i]);
    }
}

// Writes the tag at `i`; returns where to go on.
static size_t compact_tag(struct compactor *compactor, size_t i) {
    struct text html = compactor->html;
    const char *close = memchr(html.data + i, '>', html.length - i);
    size_t end = close ? (size_t)(close - html.data) + 1 : html.length;
    bool start = close && (isalnum((unsigned char)html.data[i + 1]) || html.data[i + 1] == '_') &&
                 html.data[end - 2] != '/';
    size_t kept = start ? end_of_kept(compactor, i, end) : end;
    size_t next = end;
    if (start && kept == end) {
        while (next < html.length && isspace((unsigned char)html.data[next])) next++;
        if (next > end) add_blank(compactor);
    }
    add_tag(compactor, (struct text){html.data + i, end - i});
    compactor->after_start_tag = start && kept == end;
    if (kept == end) return next;
    buffer_add(compactor->out, html.data + end, kept - end);
    return kept;
}

void markup_compact(struct text html, struct buffer *out) {
    struct compactor compactor = {html, out, false, false, false};
    for (size_t i = 0; i < html.length;) {
        if (html.data[i] == '<') {
            i = compact_tag(&compactor, i);
        } else if (is_blank(html.data[i])) {
            add_blank(&compactor);
            compactor.after_start_tag = false;
            i++;
        } else {
            size_t start = i;
            while (i < html.length && html.data[i] != '<' && !is_blank(html.data[i])) i++;
            buffer_add(out, html.data + start, i - start);
            compactor.after_start_tag = false;
        }
    }
}
