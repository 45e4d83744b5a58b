// SPDX-License-Identifier: GPL-2.0-or-later
// What a mail quotes.
#include "ops/email/quote.h"

#include "base/buffer.h"
#include "mime/fields.h"

#define ATTRIBUTION_LINES_MAX 3

// The tags of HTML as line ends, so that its lines can be looked at.
static void add_lines(struct text html, struct buffer *out) {
    bool in_tag = false;
    for (size_t i = 0; i < html.length; i++) {
        if (html.data[i] == '<') buffer_add_char(out, '\n');
        if (html.data[i] == '<' || html.data[i] == '>')
            in_tag = html.data[i] == '<';
        else if (!in_tag)
            buffer_add_char(out, html.data[i]);
    }
}

// A line without the marks of a quotation.
static struct text bare(struct text line) {
    line = text_trim(line);
    while (line.length && (line.data[0] == '>' || line.data[0] == ' ' || line.data[0] == '|'))
        line = (struct text){line.data + 1, line.length - 1};
    while (text_starts_with(line, TEXT("&gt;")) || text_starts_with(line, TEXT("&nbsp;")))
        line = (struct text){line.data + (line.data[1] == 'g' ? 4 : 6),
                             line.length - (line.data[1] == 'g' ? 4 : 6)};
    return text_trim(line);
}

// Whether more stands there than marks and one attribution, which ends in a colon and may be broken into a
// few lines, none of them blank.
static bool says_something(struct text above) {
    struct text line, last = TEXT("");
    size_t paragraphs = 0, lines = 0; // lines: of the last one
    bool blank = true;
    for (size_t at = 0; mail_line_next(above, &at, &line);) {
        struct text said = bare(line);
        bool begins = said.length && blank;
        blank = !said.length;
        if (blank) continue;
        paragraphs += begins;
        lines = begins ? 1 : lines + 1;
        last = said;
    }
    bool attribution = last.length && last.data[last.length - 1] == ':' && lines <= ATTRIBUTION_LINES_MAX;
    return paragraphs > (attribution ? 1 : 0);
}

struct text email_without_quote(struct text text, bool is_html, struct text separator) {
    ptrdiff_t hit = separator.length ? text_find(text, separator, 0) : -1;
    struct buffer lines = buffer_new(text.length * 2 + 16);
    if (hit < 0) return text;
    struct text above = {text.data, (size_t)hit};
    // A tag that is open holds nothing to be read.
    if (is_html) add_lines(above, &lines);
    bool own = says_something(is_html ? buffer_text(&lines) : above);
    buffer_free(&lines);
    return own ? above : text;
}
