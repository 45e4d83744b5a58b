// SPDX-License-Identifier: GPL-2.0-or-later
// Reading Apache's configuration: a directive a line, sections in < >.
#include "web/reading.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define LINE_MAX_BYTES (64 * 1024)

struct scan {
    struct reading *reading;
    struct text text, file;
    size_t at;
    unsigned line; // of the line at hand, its first
    unsigned lines;
    unsigned blocks;
    struct buffer held; // the line at hand, those that a backslash joins to it included
};

static bool read_line(struct scan *scan) {
    buffer_clear(&scan->held);
    scan->line = scan->lines + 1;
    if (scan->at >= scan->text.length) return false;
    for (bool more = true; more && scan->at < scan->text.length;) {
        const char *start = scan->text.data + scan->at;
        const char *end = memchr(start, '\n', scan->text.length - scan->at);
        size_t length = end ? (size_t)(end - start) : scan->text.length - scan->at;
        scan->at += length + 1;
        scan->lines++;
        if (length && start[length - 1] == '\r') length--;
        more = length && start[length - 1] == '\\';
        buffer_add(&scan->held, start, more ? length - 1 : length);
    }
    return true;
}

// The next word of the line, its quotes taken away. False at the line's end.
static bool next_word(const char **rest, struct buffer *word) {
    const char *c = *rest;
    buffer_clear(word);
    while (*c == ' ' || *c == '\t') c++;
    if (!*c) return false;
    char quote = *c == '"' || *c == '\'' ? *c++ : '\0';
    while (*c && (quote ? *c != quote : *c != ' ' && *c != '\t')) {
        if (quote && *c == '\\' && c[1] == quote) c++;
        buffer_add_char(word, *c++);
    }
    *rest = c + (quote && *c);
    return true;
}

static void lower(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        ((char *)text.data)[i] = (char)tolower((unsigned char)text.data[i]);
}

static struct directive *add_directive(struct scan *scan, const char *line, struct directives *directives) {
    struct buffer word = buffer_new(LINE_MAX_BYTES);
    struct directive *directive = NULL;
    if (next_word(&line, &word))
        directive = reading_add(scan->reading, directives, buffer_text(&word), scan->file, scan->line);
    if (directive && directive->name.data) lower(directive->name);
    while (directive && next_word(&line, &word))
        reading_add_word(scan->reading, directive, buffer_text(&word));
    buffer_free(&word);
    return directive;
}

static void read_list(struct scan *scan, struct directives *directives);

// "<Name words>": the line without its brackets, and what stands up to its end.
static void read_section(struct scan *scan, char *line, struct directives *directives) {
    char *end = strrchr(line, '>');
    if (end) *end = '\0';
    struct directive *directive = add_directive(scan, line + 1, directives);
    struct directives inner = {0};
    scan->blocks++;
    read_list(scan, &inner);
    scan->blocks--;
    if (!directive) return;
    directive->is_block = true;
    directive->inner = inner;
}

static void follow(struct scan *scan, const struct directive *directive, struct directives *directives) {
    bool include =
        text_equal(directive->name, TEXT("include")) || text_equal(directive->name, TEXT("includeoptional"));
    struct text word = directive_word(directive, 0);
    if (text_equal(directive->name, TEXT("serverroot")) && word.length) scan->reading->base = word.data;
    if (include && word.length) reading_include(scan->reading, word, directives);
}

static void read_list(struct scan *scan, struct directives *directives) {
    while (scan->blocks <= READING_DEPTH_MAX && !scan->reading->source->arena->failed && read_line(scan)) {
        char *line = scan->held.data;
        while (*line == ' ' || *line == '\t') line++;
        if (!*line || *line == '#') continue;
        if (line[0] == '<' && line[1] == '/') {
            if (scan->blocks) return;
        } else if (line[0] == '<') {
            read_section(scan, line, directives);
        } else {
            const struct directive *directive = add_directive(scan, line, directives);
            if (directive) follow(scan, directive, directives);
        }
    }
}

static void take(struct reading *reading, struct text text, struct text file, struct directives *directives) {
    struct scan scan = {.reading = reading, .text = text, .file = file, .held = buffer_new(LINE_MAX_BYTES)};
    read_list(&scan, directives);
    buffer_free(&scan.held);
}

bool apache_read(const struct web_source *source, const char *path, struct directives *directives,
                 struct error *error) {
    return reading_start(source, path, take, directives, error);
}
