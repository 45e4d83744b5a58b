// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket bodies: what a read shows of a stored one, and what is stored of one that comes in.
#include "markup/body.h"

#include "base/trim.h"
#include "markup/bounds.h"
#include "markup/clean/is_clean.h"
#include "markup/escape.h"
#include "markup/tree.h"
#include "markup/write.h"

#include <ctype.h>
#include <string.h>

#define ESCAPE_GROWTH 6    // "\"" becomes "&quot;"
#define SEAM_SOUGHT   4096 // bytes
#define REFERENCE_MAX 64   // bytes

static bool finish(const struct buffer *out, struct error *error) {
    return !out->failed || error_set(error, ERROR_TOO_LARGE, "the text is too large");
}

// PHP takes "0" for nothing.
static bool is_nothing(struct text text) {
    return text.length == 0 || text_equal(text, TEXT("0"));
}

// Whether an html body shows nothing: only these bytes, which <br/> and <b> are made of.
static bool is_blank_html(struct text html) {
    static const char blanks[] = " <>br/\t\n\r";
    while (html.length && memchr(blanks, html.data[0], sizeof blanks - 1)) {
        html.data++;
        html.length--;
    }
    while (html.length && memchr(blanks, html.data[html.length - 1], sizeof blanks - 1)) html.length--;
    return is_nothing(html);
}

// What is beyond the bounds, as text; as much of it as there is room for, with PHP's own mark behind what was
// cut.
static void add_source(struct text source, struct buffer *out) {
    static const char mark[] = " ... (truncated)";
    size_t room = (out->ceiling - out->length) / ESCAPE_GROWTH,
           length = room > sizeof mark ? room - sizeof mark : 0;
    bool cut = source.length > length;
    // Never within a character.
    while (cut && length && ((unsigned char)source.data[length] & 0xC0) == 0x80) length--;
    markup_escape_once(cut ? (struct text){source.data, length} : source, out);
    if (cut) buffer_add_string(out, mark);
}

bool markup_read_html(struct text body, const struct markup_options *options, struct buffer *out,
                      struct error *error) {
    if (is_blank_html(body)) return true;
    if (markup_is_clean(body) || markup_is_written(body, options)) {
        buffer_add_text(out, body);
        return finish(out, error);
    }
    if (markup_clean_html(body, options, out, error)) return true;
    if (error->code != ERROR_TOO_LARGE || out->failed) return false;
    error_clear(error);
    add_source(body, out);
    return finish(out, error);
}

// Appends the text trimmed and with three and more line ends in a row made two. `add` is given it in pieces,
// between which there is a line end.
static void squeeze_empty_lines(struct text text, void (*add)(struct text piece, struct buffer *out),
                                struct buffer *out) {
    text = trim_as_php(text);
    size_t written = 0, line_ends = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && text.data[i] == '\n') {
            line_ends++;
            continue;
        }
        if (line_ends > 2) {
            add((struct text){text.data + written, i - line_ends + 2 - written}, out);
            written = i;
        }
        line_ends = 0;
    }
    add((struct text){text.data + written, text.length - written}, out);
}

static void add_as_it_is(struct text piece, struct buffer *out) {
    buffer_add_text(out, piece);
}

// "<" begins no tag before these; the parser writes it back as a reference.
static bool is_less_than(struct text rest) {
    return rest.length > 1 &&
           (rest.data[1] == ' ' || rest.data[1] == '=' || isdigit((unsigned char)rest.data[1]));
}

// Whether the HTML parser would make the same text of it: no tag, no reference but the four that it writes
// back, nothing that it does not take for a character.
static bool parser_keeps(struct text text) {
    static const struct text references[] = {{"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}};
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c > '>' && c < 0x7F) || c == ' ') continue; // most of any text
        if ((c < 0x20 && !strchr("\t\n\r", c)) || c == 0 || c == 0x7F || c == 0xEF) return false;
        struct text rest = {text.data + i, text.length - i};
        if (c == '<' && !is_less_than(rest)) return false;
        if (c != '&') continue;
        bool kept = rest.length > 1 && rest.data[1] == ' ';
        for (size_t k = 0; !kept && k < 4; k++) kept = text_starts_with(rest, references[k]);
        if (!kept) return false;
    }
    return true;
}

bool markup_read_text(struct text body, struct buffer *out, struct error *error) {
    if (is_nothing(trim_as_php(body))) return true;
    struct buffer squeezed = buffer_new(body.length), balanced = buffer_new(body.length * 16 + 4096);
    squeeze_empty_lines(body, add_as_it_is, &squeezed);
    struct text text = buffer_text(&squeezed);
    bool done = parser_keeps(text);
    if (done) {
        markup_escape_once(text, out);
    } else {
        done = markup_balance(text, &balanced, error);
        bool beyond = !done && error->code == ERROR_TOO_LARGE;
        if (beyond)
            add_source(text, out);
        else
            markup_escape_once(buffer_text(&balanced), out);
        if (balanced.failed) out->failed = true;
        if (beyond) error_clear(error);
        done = done || beyond;
    }
    buffer_free(&squeezed);
    buffer_free(&balanced);
    return done && finish(out, error);
}

static bool store_clean(struct text html, const struct markup_options *options, struct buffer *out,
                        struct error *error) {
    struct buffer clean = buffer_new(html.length * 32 + 4096);
    bool done = is_blank_html(html) || markup_write_html(html, options, &clean, error);
    if (done && is_nothing(buffer_text(&clean)))
        buffer_add_char(out, '-');
    else if (done)
        markup_drop_foreign_images(buffer_text(&clean), out);
    buffer_free(&clean);
    return done && finish(out, error);
}

bool markup_store_html(struct text response, const struct markup_options *options,
                       const struct markup_image_store *images, struct buffer *out, struct error *error) {
    if (!markup_bounds_check(response, error)) return false;
    if (!images) return store_clean(response, options, out, error);
    struct buffer extracted = buffer_new(response.length * 4 + 64);
    bool done = markup_extract_images(response, images, &extracted, error) &&
                store_clean(buffer_text(&extracted), options, out, error);
    buffer_free(&extracted);
    return done;
}

static bool has_controls(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (markup_is_control(text.data[i])) return true;
    return false;
}

// Appends the text with NUL as a blank and without other control characters.
static void drop_controls(struct text text, struct buffer *out) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (!markup_is_control(text.data[i]))
            buffer_add_char(out, text.data[i]);
        else if (c == 0)
            buffer_add_char(out, ' ');
    }
}

// A text may be large: nothing is copied that need not be.
bool markup_store_text(struct text text, struct buffer *out, struct error *error) {
    struct buffer printable = buffer_new(text.length);
    if (has_controls(text)) {
        drop_controls(text, &printable);
        text = buffer_text(&printable);
    }
    if (is_nothing(trim_as_php(text)))
        buffer_add_char(out, '-');
    else
        squeeze_empty_lines(text, markup_escape_once, out);
    buffer_free(&printable);
    return finish(out, error);
}

// Whether the letter at `i` may belong to a reference, none of which is long.
static bool is_in_reference(struct text text, size_t i) {
    size_t end = i > REFERENCE_MAX ? i - REFERENCE_MAX : 0;
    while (i > end && isalnum((unsigned char)text.data[i])) i--;
    return text.data[i] == '&' || text.data[i] == '#';
}

// Where a text may be cut so that its two pieces are stored as the whole would be: between two letters. 0:
// nowhere near its end.
static size_t seam(struct text text) {
    size_t end = text.length > SEAM_SOUGHT ? text.length - SEAM_SOUGHT : 1;
    for (size_t i = text.length; i > end; i--)
        if (isalpha((unsigned char)text.data[i - 1]) && isalpha((unsigned char)text.data[i - 2]) &&
            !is_in_reference(text, i - 1))
            return i - 1;
    return 0;
}

bool markup_store_texts(struct text text, struct text tail, struct buffer *out, struct error *error) {
    size_t cut = seam(text);
    struct buffer end = buffer_new(text.length - cut + tail.length);
    buffer_add(&end, text.data + cut, text.length - cut);
    buffer_add_text(&end, tail);
    bool done = (!cut || markup_store_text((struct text){text.data, cut}, out, error)) &&
                markup_store_text(buffer_text(&end), out, error);
    if (end.failed) out->failed = true;
    buffer_free(&end);
    return done && finish(out, error);
}
