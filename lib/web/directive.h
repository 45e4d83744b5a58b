// SPDX-License-Identifier: GPL-2.0-or-later
// The configuration of a web server as a tree of directives. Read to find a help desk, not to serve: what
// cannot be understood is passed over, files that cannot be read are as if empty, and nothing is ever refused
// but the first file.
#ifndef WEB_DIRECTIVE_H
#define WEB_DIRECTIVE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct directive;

// All texts are terminated and lie in the arena.
struct directives {
    struct directive *items;
    size_t count;
};

struct directive {
    struct text name;   // Apache's in lower case, without < and >
    struct text *words; // without their quotes
    size_t word_count;
    struct directives inner; // of a block
    bool is_block;
    struct text file; // as seen below the root
    unsigned line;
};

// Where files are looked for: `root` stands before every path, "" for the machine itself.
struct web_source {
    const char *root;
    struct arena *arena;
};

// Read the file and what it includes, in its place. False when the file cannot be read, or is no such
// configuration at all.
bool nginx_read(const struct web_source *source, const char *path, struct directives *directives,
                struct error *error) CHECKED;
bool apache_read(const struct web_source *source, const char *path, struct directives *directives,
                 struct error *error) CHECKED;

// Word `index` of a directive, or an empty text.
struct text directive_word(const struct directive *directive, size_t index);

// The first of the list, not of its blocks, with this name; NULL when there is none.
const struct directive *directive_find(const struct directives *directives, const char *name);

#endif
