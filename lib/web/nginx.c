// SPDX-License-Identifier: GPL-2.0-or-later
// Reading nginx's configuration: words, ";" and "{ }".
#include "web/reading.h"

#include <stdio.h>
#include <string.h>

struct scan {
    struct reading *reading;
    struct text text, file;
    size_t at;
    unsigned line, blocks;
    struct buffer word;
};

static char peek(const struct scan *scan) {
    return scan->at < scan->text.length ? scan->text.data[scan->at] : '\0';
}

static char next(struct scan *scan) {
    char c = peek(scan);
    if (c == '\n') scan->line++;
    scan->at++;
    return c;
}

static bool at_end(const struct scan *scan) {
    return scan->at >= scan->text.length;
}

static void skip_blanks(struct scan *scan) {
    while (!at_end(scan)) {
        if (peek(scan) == '#')
            while (!at_end(scan) && peek(scan) != '\n') next(scan);
        else if (strchr(" \t\r\n", peek(scan)) && peek(scan))
            next(scan);
        else
            return;
    }
}

static void read_quoted(struct scan *scan, char quote) {
    while (!at_end(scan) && peek(scan) != quote) {
        char c = next(scan);
        if (c == '\\' && !at_end(scan) && strchr("\"'\\", peek(scan))) c = next(scan);
        buffer_add_char(&scan->word, c);
    }
    next(scan);
}

// ${name} holds braces that are none.
static void read_bare(struct scan *scan) {
    bool variable = false;
    while (!at_end(scan)) {
        char c = peek(scan);
        if (c == '{' && scan->word.length && scan->word.data[scan->word.length - 1] == '$') variable = true;
        if (!variable && (c == '\0' || strchr(" \t\r\n;{}", c))) return;
        if (c == '}') variable = false;
        if (c == '\\') buffer_add_char(&scan->word, next(scan));
        if (!at_end(scan)) buffer_add_char(&scan->word, next(scan));
    }
}

static void read_word(struct scan *scan) {
    buffer_clear(&scan->word);
    char c = peek(scan);
    if (c == '"' || c == '\'') {
        next(scan);
        read_quoted(scan, c);
    } else {
        read_bare(scan);
    }
}

// A block of another language: to its closing brace.
static void skip_foreign(struct scan *scan) {
    unsigned open = 1;
    while (!at_end(scan) && open) {
        char c = next(scan);
        open += c == '{';
        open -= c == '}';
    }
}

static void read_list(struct scan *scan, struct directives *directives);

static void read_block(struct scan *scan, struct directive *directive) {
    struct directives inner = {0};
    directive->is_block = true;
    if (text_ends_with(directive->name, TEXT("_by_lua_block"))) {
        skip_foreign(scan);
        return;
    }
    scan->blocks++;
    read_list(scan, &inner);
    scan->blocks--;
    directive->inner = inner;
}

static void include(struct scan *scan, struct directives *directives) {
    // The include itself stays in the list, before what it brings: somebody may look for it.
    struct text pattern = directive_word(&directives->items[directives->count - 1], 0);
    if (pattern.length) reading_include(scan->reading, pattern, directives);
}

// One directive up to its ";" or the end of its block.
static void read_directive(struct scan *scan, struct directives *directives) {
    read_word(scan);
    struct directive *directive =
        reading_add(scan->reading, directives, buffer_text(&scan->word), scan->file, scan->line);
    bool open = directive != NULL;
    while (open && !at_end(scan)) {
        skip_blanks(scan);
        char c = peek(scan);
        if (c == ';' || c == '{' || c == '}' || at_end(scan)) {
            open = false;
            if (c == ';' || c == '{') next(scan);
            if (c == '{') read_block(scan, directive);
        } else {
            read_word(scan);
            reading_add_word(scan->reading, directive, buffer_text(&scan->word));
        }
    }
    if (directive && !directive->is_block && text_equal(directive->name, TEXT("include")))
        include(scan, directives);
}

static void read_list(struct scan *scan, struct directives *directives) {
    while (!scan->reading->source->arena->failed) {
        skip_blanks(scan);
        char c = peek(scan);
        if (at_end(scan) || scan->blocks > READING_DEPTH_MAX) return;
        if (c == '}') {
            next(scan);
            if (scan->blocks) return;
        } else if (c == ';' || c == '{' || c == '\0') {
            next(scan);
        } else {
            read_directive(scan, directives);
        }
    }
}

static void take(struct reading *reading, struct text text, struct text file, struct directives *directives) {
    struct scan scan = {
        .reading = reading, .text = text, .file = file, .line = 1, .word = buffer_new(64 * 1024)};
    read_list(&scan, directives);
    buffer_free(&scan.word);
}

bool nginx_read(const struct web_source *source, const char *path, struct directives *directives,
                struct error *error) {
    return reading_start(source, path, take, directives, error);
}
