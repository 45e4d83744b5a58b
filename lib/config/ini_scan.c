// SPDX-License-Identifier: GPL-2.0-or-later
// A strict first reading of an ini file.
#include "config/ini_scan.h"

#include "base/buffer.h"
#include "base/text.h"
#include "config/whole_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Where the scan stands.
struct scanner {
    const char *path;
    unsigned line;
    const char *section; // of the last header; NULL before the first
    struct ini_scan *scan;
    struct error *error;
};

static bool fail(const struct scanner *scanner, const char *problem) {
    return error_set(scanner->error, ERROR_INTERNAL, "%s:%u: %s", scanner->path, scanner->line, problem);
}

static char *copy(struct text text, bool lower) {
    char *string = malloc(text.length + 1);
    if (!string) return NULL;
    for (size_t i = 0; i < text.length; i++)
        string[i] = lower ? (char)tolower((unsigned char)text.data[i]) : text.data[i];
    string[text.length] = '\0';
    return string;
}

const struct ini_entry *ini_scan_find(const struct ini_scan *scan, const char *section, const char *key) {
    for (size_t i = 0; i < scan->count; i++) {
        const struct ini_entry *entry = &scan->entries[i];
        if (entry->key && strcmp(entry->section, section) == 0 && strcmp(entry->key, key) == 0) return entry;
    }
    return NULL;
}

// Takes the entry over, also when it fails.
static bool add(struct scanner *scanner, struct ini_entry entry) {
    struct ini_scan *scan = scanner->scan;
    struct ini_entry *entries = NULL;
    bool whole = entry.section && (entry.value || !entry.key);
    if (whole) entries = realloc(scan->entries, (scan->count + 1) * sizeof *entries);
    if (!entries) {
        free(entry.section);
        free(entry.key);
        free(entry.value);
        return error_set(scanner->error, ERROR_INTERNAL, "out of memory");
    }
    scan->entries = entries;
    entries[scan->count++] = entry;
    return true;
}

static bool read_section(struct scanner *scanner, struct text line) {
    if (line.data[line.length - 1] != ']')
        return fail(scanner, "a section is \"[name]\" alone on its line; put a comment on a line of its own");
    struct text name = text_trim((struct text){line.data + 1, line.length - 2});
    if (name.length == 0 || memchr(name.data, ']', name.length) || memchr(name.data, ':', name.length))
        return fail(scanner, "this is no section's name; right would be for instance \"[server]\"");
    if (!add(scanner, (struct ini_entry){.section = copy(name, true), .line = scanner->line})) return false;
    scanner->section = scanner->scan->entries[scanner->scan->count - 1].section;
    return true;
}

// Takes the quotes off `value`. What iniparser ignores behind the closing quote may only be a comment.
static bool unquote(struct scanner *scanner, const char *where, struct text *value) {
    const char *start = value->data + 1;
    size_t rest = value->length - 1;
    const char *end = memchr(start, value->data[0], rest);
    char problem[ERROR_MESSAGE_MAX];
    if (!end) {
        snprintf(problem, sizeof problem, "%s: the value's opening quote is never closed; close it", where);
        return fail(scanner, problem);
    }
    struct text behind = text_trim((struct text){end + 1, rest - (size_t)(end + 1 - start)});
    if (behind.length > 0 && behind.data[0] != '#' && behind.data[0] != ';') {
        snprintf(
            problem, sizeof problem,
            "%s: something follows the closing quote; a value that contains \" goes between ' and one that "
            "contains ' between \" (with both: hex: and its bytes in hexadecimal)",
            where);
        return fail(scanner, problem);
    }
    *value = (struct text){start, (size_t)(end - start)};
    return true;
}

static bool add_value(struct scanner *scanner, struct text key, struct text value) {
    char where[128];
    snprintf(where, sizeof where, "[%.40s] %.*s", scanner->section, key.length < 60 ? (int)key.length : 60,
             key.data);
    char problem[ERROR_MESSAGE_MAX];
    bool quoted = value.length > 0 && (value.data[0] == '"' || value.data[0] == '\'');
    if (quoted && !unquote(scanner, where, &value)) return false;
    if (!quoted && (memchr(value.data, '#', value.length) || memchr(value.data, ';', value.length))) {
        snprintf(
            problem, sizeof problem,
            "%s: a value with # or ; must stand between quotes, like \"...\"; a comment belongs on a line of "
            "its own",
            where);
        return fail(scanner, problem);
    }
    struct ini_entry entry = {
        .section = copy(text_of(scanner->section), false),
        .key = copy(key, true),
        .value = copy(value, false),
        .quoted = quoted,
        .line = scanner->line,
    };
    const struct ini_entry *earlier =
        entry.section && entry.key ? ini_scan_find(scanner->scan, entry.section, entry.key) : NULL;
    unsigned earlier_line = earlier ? earlier->line : 0;
    if (!add(scanner, entry)) return false;
    if (earlier_line == 0) return true;
    snprintf(problem, sizeof problem, "%s: given twice, first in line %u; keep one of the two", where,
             earlier_line);
    return fail(scanner, problem);
}

static bool read_pair(struct scanner *scanner, struct text line) {
    const char *equals = memchr(line.data, '=', line.length);
    if (!equals) return fail(scanner, "neither \"[section]\" nor \"key = value\" nor a comment (# ...)");
    struct text key = text_trim((struct text){line.data, (size_t)(equals - line.data)});
    struct text value = text_trim((struct text){equals + 1, line.length - (size_t)(equals + 1 - line.data)});
    if (key.length == 0) return fail(scanner, "no key before the \"=\"; right is \"key = value\"");
    if (!scanner->section)
        return fail(scanner, "a key before the first section; put for instance \"[server]\" above it");
    return add_value(scanner, key, value);
}

static bool read_line(struct scanner *scanner, struct text line) {
    char problem[ERROR_MESSAGE_MAX];
    if (line.length > INI_LINE_MAX) {
        snprintf(problem, sizeof problem, "a line of %zu bytes; at most %d can be read", line.length,
                 INI_LINE_MAX);
        return fail(scanner, problem);
    }
    if (memchr(line.data, '\0', line.length)) return fail(scanner, "a NUL byte; the file must be plain text");
    line = text_trim(line);
    if (line.length == 0) return true;
    // iniparser glues the next line to such a one, a comment included.
    if (line.data[line.length - 1] == '\\')
        return fail(scanner, "a line must not end in a backslash; put the value between quotes");
    if (line.data[0] == '#' || line.data[0] == ';') return true;
    return line.data[0] == '[' ? read_section(scanner, line) : read_pair(scanner, line);
}

bool ini_scan_file(const char *path, struct ini_scan *scan, struct error *error) {
    *scan = (struct ini_scan){0};
    struct buffer content = buffer_new(INI_FILE_MAX);
    struct scanner scanner = {.path = path, .line = 1, .scan = scan, .error = error};
    bool good = whole_file_read(path, &content, error);
    if (good && text_starts_with(buffer_text(&content), TEXT("\xEF\xBB\xBF")))
        good = fail(&scanner, "a byte order mark; save the file as UTF-8 without one");
    size_t offset = 0;
    while (good && offset < content.length) {
        const char *start = content.data + offset;
        const char *end = memchr(start, '\n', content.length - offset);
        size_t length = end ? (size_t)(end - start) : content.length - offset;
        good = read_line(&scanner, (struct text){start, length});
        offset += length + 1;
        scanner.line++;
    }
    buffer_free(&content);
    return good;
}

void ini_scan_free(struct ini_scan *scan) {
    for (size_t i = 0; i < scan->count; i++) {
        free(scan->entries[i].section);
        free(scan->entries[i].key);
        free(scan->entries[i].value);
    }
    free(scan->entries);
    *scan = (struct ini_scan){0};
}
