// SPDX-License-Identifier: GPL-2.0-or-later
// Words written into lines of a certain width.
#include "markup/lines.h"

#include <string.h>

void lines_start(struct lines *lines, struct buffer *out, size_t width) {
    *lines = (struct lines){.out = out, .width = width, .word = buffer_new(out->ceiling)};
}

void lines_free(struct lines *lines) {
    buffer_free(&lines->word);
}

static size_t count_characters(struct text text) {
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

static struct text without_end_blanks(struct text text) {
    while (text.length && text.data[text.length - 1] == ' ') text.length--;
    return text;
}

// Writes the line ends that wait and the prefix of the new line. An empty line has its prefix without blanks
// at the end.
static void open_line(struct lines *lines) {
    struct text prefix = {lines->prefix, lines->prefix_length}, empty = {lines->prefix, lines->empty_prefix};
    for (; lines->breaks; lines->breaks--) {
        if (!lines->any) continue;
        buffer_add_char(lines->out, '\n');
        if (lines->breaks > 1) buffer_add_text(lines->out, without_end_blanks(empty));
    }
    if (lines->line_open) return;
    size_t marker = strlen(lines->marker);
    if (marker <= prefix.length) prefix.length -= marker;
    buffer_add_text(lines->out, prefix);
    buffer_add_string(lines->out, lines->marker);
    lines->marker[0] = '\0';
    lines->column = count_characters(prefix) + marker;
    lines->line_open = lines->any = true;
    lines->space = false;
}

static void write_word(struct lines *lines) {
    size_t length = count_characters(buffer_text(&lines->word));
    if (lines->word.failed) lines->out->failed = true; // the next word begins without
    if (lines->word.length == 0) return;
    bool fresh = !lines->line_open;
    if (!fresh && lines->space && lines->column + 1 + length > lines->width && lines->breaks == 0) {
        lines->breaks = 1;
        lines->line_open = false;
    }
    open_line(lines);
    if (lines->space) {
        buffer_add_char(lines->out, ' ');
        lines->column++;
    }
    lines->space = false;
    buffer_add_text(lines->out, buffer_text(&lines->word));
    lines->column += length;
    buffer_clear(&lines->word);
}

void lines_add(struct lines *lines, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != ' ' && (text.data[i] < '\t' || text.data[i] > '\r')) {
            buffer_add_char(&lines->word, text.data[i]);
            continue;
        }
        write_word(lines);
        lines->space = lines->line_open;
    }
}

void lines_break(struct lines *lines, unsigned empty) {
    write_word(lines);
    lines->space = false;
    if (lines->breaks == 0) lines->empty_prefix = lines->prefix_length;
    if (lines->line_open) lines->breaks = 1;
    lines->line_open = false;
    if (lines->any && lines->breaks < empty + 1) lines->breaks = empty + 1;
}

void lines_end_line(struct lines *lines) {
    write_word(lines);
    lines->space = false;
    lines->line_open = false;
    if (lines->breaks == 0) lines->empty_prefix = lines->prefix_length;
    if (lines->any) lines->breaks++;
}

void lines_add_verbatim(struct lines *lines, struct text text) {
    for (size_t i = 0; i < text.length;) {
        const char *end = memchr(text.data + i, '\n', text.length - i);
        size_t length = end ? (size_t)(end - text.data) - i : text.length - i;
        buffer_add(&lines->word, text.data + i, length);
        write_word(lines);
        if (end) lines_end_line(lines);
        i += length + 1;
    }
}

bool lines_indent(struct lines *lines, const char *text, const char *marker) {
    size_t length = strlen(text);
    if (lines->prefix_length + length >= sizeof lines->prefix) return false;
    if (lines->prefix_length + length + 20 > lines->width) return false;
    memcpy(lines->prefix + lines->prefix_length, text, length + 1);
    lines->prefix_length += length;
    if (marker && strlen(marker) == length) memcpy(lines->marker, marker, length + 1);
    return true;
}

void lines_outdent(struct lines *lines, const char *text) {
    lines->prefix_length -= strlen(text);
    lines->prefix[lines->prefix_length] = '\0';
    lines->marker[0] = '\0';
    if (lines->empty_prefix > lines->prefix_length) lines->empty_prefix = lines->prefix_length;
}
