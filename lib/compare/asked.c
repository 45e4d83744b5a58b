// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests are asked.
#include "compare/asked.h"

#include "base/buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_MAX (256 << 20)
#define PATH_BYTES 8000

struct asked asked_new(size_t limit) {
    struct asked asked = {.arena = arena_new(MEMORY_MAX), .limit = limit};
    asked.table = calloc(2 * limit + 1, sizeof *asked.table);
    return asked;
}

void asked_free(struct asked *asked) {
    arena_free(&asked->arena);
    free(asked->table);
    asked->table = NULL;
}

bool asked_is_full(const struct asked *asked) {
    return asked->count >= asked->limit || !asked->table || asked->arena.failed;
}

static bool is_path(struct text path) {
    if (!text_starts_with(path, TEXT("/")) || path.length > PATH_BYTES) return false;
    for (size_t i = 0; i < path.length; i++)
        if (path.data[i] <= ' ' || path.data[i] > '~' || path.data[i] == '\\') return false;
    return true;
}

static uint64_t hash(struct text text) {
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < text.length; i++) sum = (sum ^ (unsigned char)text.data[i]) * 1099511628211u;
    return sum;
}

void asked_add(struct asked *asked, struct text path) {
    size_t room = 2 * asked->limit + 1;
    if (asked_is_full(asked)) return;
    if (!is_path(path)) {
        asked->unreadable++;
        return;
    }
    size_t at = (size_t)(hash(path) % room);
    for (; asked->table[at]; at = (at + 1) % room)
        if (text_equal(asked->paths[asked->table[at] - 1], path)) return;
    struct text copy = arena_copy(&asked->arena, path);
    struct text *place = arena_append(&asked->arena, &asked->paths, &asked->count, sizeof *place);
    if (!place) return;
    *place = copy;
    asked->table[at] = asked->count;
}

void asked_add_named(struct asked *asked, const char *path, const char *name, struct text value) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~@";
    struct buffer whole = buffer_new(PATH_BYTES);
    buffer_add_format(&whole, "%s?%s=", path, name);
    for (size_t i = 0; i < value.length; i++) {
        if (value.data[i] && strchr(plain, value.data[i]))
            buffer_add_char(&whole, value.data[i]);
        else
            buffer_add_format(&whole, "%%%02X", (unsigned char)value.data[i]);
    }
    if (!whole.failed) asked_add(asked, buffer_text(&whole));
    buffer_free(&whole);
}

// What stands behind /api/http.php or /api, else the path as it is.
static struct text behind_prefix(struct text path) {
    static const struct text prefixes[] = {{"/api/http.php/", 14}, {"/api/", 5}};
    size_t query = 0;
    while (query < path.length && path.data[query] != '?') query++;
    for (size_t i = 0; i < 2; i++) {
        ptrdiff_t at = text_find((struct text){path.data, query}, prefixes[i], 0);
        if (at < 0) continue;
        size_t start = (size_t)at + prefixes[i].length - 1;
        return (struct text){path.data + start, path.length - start};
    }
    return path;
}

static bool is_of_tickets(struct text path) {
    return text_starts_with(path, TEXT("/tickets")) && (path.length == 8 || strchr("/?.", path.data[8]));
}

static void add_request(struct asked *asked, struct text path) {
    path = behind_prefix(path);
    if (is_of_tickets(path))
        asked_add(asked, path);
    else
        asked->other++;
}

// The word that begins at `start`.
static struct text word_at(struct text line, size_t start) {
    size_t end = start;
    while (end < line.length && line.data[end] != ' ' && line.data[end] != '"' && line.data[end] != '\t')
        end++;
    return (struct text){line.data + start, end - start};
}

// Where METHOD stands before a path, at the line's begin or behind a quote or blank; -1 when nowhere.
static ptrdiff_t find_method(struct text line, struct text method) {
    for (ptrdiff_t at = 0; (at = text_find(line, method, (size_t)at)) >= 0; at++) {
        size_t path = (size_t)at + method.length;
        bool begins = at == 0 || strchr("\" \t'", line.data[at - 1]);
        if (begins && path < line.length && line.data[path] == '/') return at;
    }
    return -1;
}

void asked_add_log_line(struct asked *asked, struct text line) {
    static const struct text writing[] = {{"POST ", 5}, {"PUT ", 4}, {"DELETE ", 7}, {"PATCH ", 6}};
    ptrdiff_t at = find_method(line, TEXT("GET "));
    if (at >= 0) {
        add_request(asked, word_at(line, (size_t)at + 4));
        return;
    }
    for (size_t i = 0; i < sizeof writing / sizeof *writing; i++)
        if (find_method(line, writing[i]) >= 0) {
            asked->writing++;
            return;
        }
    asked->other++;
}

void asked_add_list_line(struct asked *asked, struct text line) {
    line = text_trim(line);
    if (!line.length || line.data[0] == '#') return;
    if (line.data[0] == '/')
        add_request(asked, word_at(line, 0));
    else
        asked_add_log_line(asked, line);
}
