// SPDX-License-Identifier: GPL-2.0-or-later
// What a mail quotes.
#include "ops/email/quote.h"

#include "base/buffer.h"
#include "mime/fields.h"

#define ATTRIBUTION_LINES_MAX 3

#define PICTURE TEXT("[picture]")

// The tags of HTML as line ends, so that its lines can be looked at; a picture says something.
static void add_lines(struct text html, struct buffer *out) {
    bool in_tag = false;
    for (size_t i = 0; i < html.length; i++) {
        if (html.data[i] == '<') buffer_add_char(out, '\n');
        if (html.data[i] == '<' && html.length - i > 4 &&
            text_equal_ignoring_case((struct text){html.data + i + 1, 3}, TEXT("img")))
            buffer_add_text(out, PICTURE);
        if (html.data[i] == '<' || html.data[i] == '>')
            in_tag = html.data[i] == '<';
        else if (!in_tag)
            buffer_add_char(out, html.data[i]);
    }
}

// A line without the marks of a quotation, and without blanks that do not break.
static struct text bare(struct text line) {
    static const struct text marks[] = {{">", 1},    {" ", 1},      {"|", 1},
                                        {"&gt;", 4}, {"&nbsp;", 6}, {"\u00a0", 2}};
    line = text_trim(line);
    for (size_t i = 0; i < sizeof marks / sizeof *marks;)
        if (text_starts_with(line, marks[i])) {
            line = (struct text){line.data + marks[i].length, line.length - marks[i].length};
            i = 0;
        } else {
            i++;
        }
    return text_trim(line);
}

// As "Jane wrote:" does; with a colon of East Asia, too.
static bool ends_in_colon(struct text line) {
    return text_ends_with_ignoring_case(line, TEXT(":")) ||
           text_ends_with_ignoring_case(line, TEXT("\uff1a"));
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
    bool attribution = ends_in_colon(last) && lines <= ATTRIBUTION_LINES_MAX;
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
