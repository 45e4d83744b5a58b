// SPDX-License-Identifier: GPL-2.0-or-later
// The one table of settings. Reading, checking and the sample file all come from its rows.
#ifndef CONFIG_SETTING_TABLE_H
#define CONFIG_SETTING_TABLE_H

#include "base/buffer.h"
#include "base/error.h"
#include "config/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum setting_type {
    SETTING_TEXT,         // any bytes, `maximum` at most
    SETTING_PATH,         // absolute, or one of `words`
    SETTING_ACCOUNT,      // the name of a user or group
    SETTING_TABLE_PREFIX, // what may stand in a table's name
    SETTING_LOCATION,     // "@name", a named location of nginx
    SETTING_HOSTS,        // comma list of hosts, "host:port", "[IPv6]:port", socket paths
    SETTING_LISTEN,       // "address:port", "[IPv6]:port", "*:port"
    SETTING_ENDPOINT,     // the path of a socket, or as SETTING_HOSTS with a port
    SETTING_METRICS,      // "address:port" or "unix:/path"
    SETTING_NETWORK_LIST, // as SETTING_NETWORKS, kept as its text
    SETTING_CHOICE,       // one of `words`
    SETTING_LEVEL,        // one of `words`, stored as its number
    SETTING_BOOL,         // yes or no
    SETTING_COUNT,        // minimum ... maximum
    SETTING_BYTES,        // the same, with K, M or G
    SETTING_SPAN,         // minimum ... maximum seconds, with s, m, h or d
    SETTING_MODE,         // octal permissions
    SETTING_PREFIXES,     // comma list of URL paths
    SETTING_NETWORKS,     // comma list of addresses and networks, or "*"
    SETTING_ORIGINS,      // comma list of web origins (RFC 6454), or "*"
    SETTING_WORDS,        // comma list of some of `words`, stored as a bit a word
};

struct setting {
    const char *section, *key;
    enum setting_type type;
    size_t offset; // in struct settings
    const char *fallback;
    int64_t minimum, maximum;
    const char *const *words; // ends in NULL
    bool optional;            // may be empty
    bool secret;              // never shown
    bool restart;             // a reload is not enough
    const char *unit;         // of a number, for messages and the sample
    const char *help;         // lines of the sample, without "# "
};

extern const struct setting setting_table[];
extern const size_t setting_count;

// What begins each section in the sample; NULL when there is no such section.
const char *setting_section_help(const char *section);

// The row, or NULL.
const struct setting *setting_find(const char *section, const char *key);

// Adds what the reader may have meant: `; did you mean "port"?`, or the section where the key belongs, or
// nothing.
void setting_suggest_section(const char *section, struct buffer *hint);
void setting_suggest_key(const char *section, const char *key, struct buffer *hint);

// The size of the problem texts below.
#define SETTING_PROBLEM_MAX 256

// Puts `value` into its place in `settings`, replacing what was there. False with "what is wrong; what would
// be right" in `problem`, which never holds a secret.
bool setting_apply(const struct setting *setting, const char *value, struct settings *settings,
                   char problem[SETTING_PROBLEM_MAX]) CHECKED;

// Frees what the row owns in `settings`.
void setting_clear(const struct setting *setting, struct settings *settings);

// Whether the row says the same in both.
bool setting_equal(const struct setting *setting, const struct settings *one, const struct settings *other);

// A value to be written instead of a row's default.
struct setting_override {
    const char *section, *key;
    struct text value;
};

// Writes a whole configuration file: every row with its help, its default or the override. False when an
// override's value cannot be written.
bool setting_print_file(FILE *file, const struct setting_override *overrides, size_t count,
                        struct error *error) CHECKED;

#endif
