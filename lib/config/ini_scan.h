// SPDX-License-Identifier: GPL-2.0-or-later
// A strict first reading of an ini file: what iniparser would swallow, cut or glue together is an error here.
#ifndef CONFIG_INI_SCAN_H
#define CONFIG_INI_SCAN_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

// iniparser 4.1 refuses a line of 1,023 bytes; round numbers are easier to explain.
#define INI_LINE_MAX 1000
#define INI_FILE_MAX (1024 * 1024)

// One line that says something: a section's header (key NULL), or a key with its value.
struct ini_entry {
    char *section; // in lower case
    char *key;     // in lower case
    char *value;   // what stands between the quotes or, without quotes, between the blanks
    bool quoted;
    unsigned line;
};

struct ini_scan {
    struct ini_entry *entries; // in the file's order
    size_t count;
};

// Reads `path` line by line. False with "PATH:LINE: what is wrong; what would be right" for: a file that
// cannot be read or is larger than INI_FILE_MAX, a NUL byte, a byte order mark, a line longer than
// INI_LINE_MAX, a line that ends in a backslash, no "key = value", a key before the first section, an
// unquoted value with a # or ; in it, a quote that is not closed or is followed by more than a comment, a key
// given twice. No value is ever part of a message. ini_scan_free() in any case.
bool ini_scan_file(const char *path, struct ini_scan *scan, struct error *error) CHECKED;
void ini_scan_free(struct ini_scan *scan);

// The entry of that section and key, or NULL.
const struct ini_entry *ini_scan_find(const struct ini_scan *scan, const char *section, const char *key);

#endif
