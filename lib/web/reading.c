// SPDX-License-Identifier: GPL-2.0-or-later
// Files and includes of a web server's configuration.
#include "web/reading.h"

#include "config/whole_file.h"

#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define BASE_MAX 1024

struct text directive_word(const struct directive *directive, size_t index) {
    return index < directive->word_count ? directive->words[index] : TEXT("");
}

const struct directive *directive_find(const struct directives *directives, const char *name) {
    for (size_t i = 0; i < directives->count; i++)
        if (text_equal(directives->items[i].name, text_of(name))) return &directives->items[i];
    return NULL;
}

struct directive *reading_add(struct reading *reading, struct directives *directives, struct text name,
                              struct text file, unsigned line) {
    struct arena *arena = reading->source->arena;
    struct directive *directive =
        arena_append(arena, &directives->items, &directives->count, sizeof *directive);
    if (directive)
        *directive = (struct directive){.name = arena_copy(arena, name), .file = file, .line = line};
    return directive;
}

void reading_add_word(struct reading *reading, struct directive *directive, struct text word) {
    struct arena *arena = reading->source->arena;
    struct text *place = arena_append(arena, &directive->words, &directive->word_count, sizeof *place);
    if (place) *place = arena_copy(arena, word);
}

static bool read_file(struct reading *reading, const char *path, struct directives *directives,
                      struct error *error) {
    char whole[PATH_MAX];
    if (reading->depth >= READING_DEPTH_MAX || reading->bytes >= READING_BYTES_MAX)
        return error_set(error, ERROR_INTERNAL, "%s: too much is included", path);
    if (snprintf(whole, sizeof whole, "%s%s", reading->source->root, path) >= (int)sizeof whole)
        return error_set(error, ERROR_INTERNAL, "%.200s: too long a path", path);
    struct buffer content = buffer_new(READING_BYTES_MAX - reading->bytes);
    bool good = whole_file_read(whole, &content, error);
    if (good) {
        reading->bytes += content.length + 1;
        reading->depth++;
        reading->take(reading, buffer_text(&content), arena_copy(reading->source->arena, text_of(path)),
                      directives);
        reading->depth--;
    }
    buffer_free(&content);
    return good;
}

bool reading_start(const struct web_source *source, const char *path, reading_take *take,
                   struct directives *directives, struct error *error) {
    char base[BASE_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(base, sizeof base, "%.*s", slash ? (int)(slash - path) : 0, path);
    struct reading reading = {.source = source, .base = base, .take = take};
    *directives = (struct directives){0};
    return read_file(&reading, path, directives, error);
}

static void include_path(struct reading *reading, const char *whole, struct directives *directives) {
    struct error error = {0};
    struct stat status;
    if (stat(whole, &status) != 0) return;
    if (S_ISDIR(status.st_mode)) {
        char pattern[PATH_MAX];
        if (snprintf(pattern, sizeof pattern, "%s/*", whole + strlen(reading->source->root)) <
            (int)sizeof pattern)
            reading_include(reading, text_of(pattern), directives);
    } else if (S_ISREG(status.st_mode)) {
        (void)read_file(reading, whole + strlen(reading->source->root), directives, &error);
    }
}

void reading_include(struct reading *reading, struct text pattern, struct directives *directives) {
    char whole[PATH_MAX];
    glob_t found;
    bool absolute = text_starts_with(pattern, TEXT("/"));
    int length =
        snprintf(whole, sizeof whole, "%s%s%s%.*s", reading->source->root, absolute ? "" : reading->base,
                 absolute ? "" : "/", (int)pattern.length, pattern.data);
    if (length >= (int)sizeof whole || reading->depth >= READING_DEPTH_MAX) return;
    reading->depth++;
    if (glob(whole, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) include_path(reading, found.gl_pathv[i], directives);
        globfree(&found);
    }
    reading->depth--;
}
