// SPDX-License-Identifier: GPL-2.0-or-later
// What an installed osTicket answers, by the files of its folder.
#include "config/ost_folder.h"

#include "base/buffer.h"
#include "config/php_constants.h"
#include "config/php_token.h"
#include "config/whole_file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOURCE_MAX (4 * 1024 * 1024)

// A PHP file of the folder, and the place of reading in it.
struct source {
    char path[PATH_MAX];
    struct buffer text;
    struct php_reader reader;
    struct error error; // a file that cannot be read to its end has told what it tells
};

static bool source_open(struct source *source, const char *folder, const char *name) {
    *source = (struct source){.text = buffer_new(SOURCE_MAX)};
    int length = snprintf(source->path, sizeof source->path, "%s/%s", folder, name);
    bool good = length > 0 && (size_t)length < sizeof source->path &&
                whole_file_read(source->path, &source->text, &source->error);
    source->reader = php_reader_new(source->path, buffer_text(&source->text), &source->error);
    return good;
}

static void source_close(struct source *source) {
    php_reader_free(&source->reader);
    buffer_free(&source->text);
}

// False at the end, and where the file cannot be read on.
static bool next(struct source *source) {
    return php_reader_next(&source->reader) && source->reader.kind != PHP_END;
}

static bool is_name(const struct source *source, const char *name) {
    return source->reader.kind == PHP_NAME && text_equal(buffer_text(&source->reader.value), text_of(name));
}

// Moves behind the first of these names (or strings) that follow each other.
static bool find(struct source *source, enum php_kind kind, const char *first, const char *second) {
    bool met = false;
    while (next(source)) {
        struct text value = buffer_text(&source->reader.value);
        bool fits = source->reader.kind == kind;
        if (met && fits && text_equal(value, text_of(second))) return true;
        met = fits && text_equal(value, text_of(first));
        if (met && !second) return true;
    }
    return false;
}

static void read_version(const char *folder, struct ost_folder *found) {
    char path[PATH_MAX];
    struct php_constants constants = {0};
    struct error error = {0};
    int length = snprintf(path, sizeof path, "%s/bootstrap.php", folder);
    if (length > 0 && (size_t)length < sizeof path && php_constants_read(path, &constants, &error)) {
        const struct php_constant *shown = php_constants_find(&constants, TEXT("THIS_VERSION"));
        const struct php_constant *major = php_constants_find(&constants, TEXT("MAJOR_VERSION"));
        // Of a checkout: "1.18-git", or "1.8-git" in any before 1.14.
        bool checkout = shown && text_find(shown->value, TEXT("-git"), 0) >= 0;
        const struct php_constant *version = shown && !(checkout && major) ? shown : major;
        if (version && version->literal && version->value.length < sizeof found->version)
            snprintf(found->version, sizeof found->version, "%s", version->value.data);
    }
    php_constants_free(&constants);
}

// A route's pattern is a string; one that was taken out as a comment is none.
static bool read_calls(const char *folder, struct ost_folder *found, struct error *error) {
    struct source source;
    bool good = source_open(&source, folder, "api/http.php");
    if (!good) *error = source.error;
    while (good && next(&source))
        if (source.reader.kind == PHP_STRING &&
            text_find(buffer_text(&source.reader.value), TEXT("tickets/ticketInfo"), 0) >= 0)
            found->has_calls = true;
    source_close(&source);
    return good;
}

// Until 1.10 a row with annotations is an object around the row, later it is a row of a class made for it.
static void read_shape(const char *folder, struct ost_folder *found) {
    struct source source;
    if (source_open(&source, folder, "include/class.orm.php") &&
        find(&source, PHP_NAME, "class", "AnnotatedModel")) {
        while (next(&source) && source.reader.kind == PHP_MARK) continue;
        found->shape = is_name(&source, "var") || is_name(&source, "public") ? "documented"
                       : is_name(&source, "static")                          ? "current"
                                                                             : NULL;
    }
    source_close(&source);
}

// Whether what follows is => $this->getPriority() and nothing around it.
static bool is_bare_priority(struct source *source) {
    static const char *const words[] = {"=", ">", "$", "this", "-", ">", "getPriority", "(", ")", ","};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!next(source) || !text_equal(buffer_text(&source->reader.value), text_of(words[i]))) return false;
    return true;
}

// getPriority() itself is a text until 1.10 and the row later; who wrote more around it wanted something
// else.
static void read_priority(const char *folder, struct ost_folder *found) {
    struct source source;
    if (found->shape && source_open(&source, folder, "include/class.ticket.php") &&
        find(&source, PHP_NAME, "function", "jsonSerialize") && find(&source, PHP_STRING, "priority", NULL) &&
        is_bare_priority(&source))
        found->priority = strcmp(found->shape, "current") == 0 ? OST_PRIORITY_OBJECT : OST_PRIORITY_TEXT;
    if (found->shape) source_close(&source);
}

bool ost_folder_read(const char *folder, struct ost_folder *found, struct error *error) {
    *found = (struct ost_folder){0};
    if (!read_calls(folder, found, error)) return false;
    read_version(folder, found);
    if (!found->has_calls) return true;
    read_shape(folder, found);
    read_priority(folder, found);
    return true;
}

char *ost_folder_of_config(const char *path) {
    char *whole = realpath(path, NULL);
    for (int levels = 0; whole && levels < 2; levels++) {
        char *slash = strrchr(whole, '/');
        if (slash) *slash = '\0';
    }
    if (whole && *whole) return whole;
    free(whole);
    return NULL;
}
