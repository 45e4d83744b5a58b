// SPDX-License-Identifier: GPL-2.0-or-later
// What the readers of both kinds of configuration share: files, includes, limits. For this room only.
#ifndef WEB_READING_H
#define WEB_READING_H

#include "web/directive.h"

#include "base/buffer.h"

#define READING_BYTES_MAX (8 << 20) // of all files together
#define READING_DEPTH_MAX 16        // of includes, and of blocks

struct reading;

// Adds the directives of a file's text to the list.
typedef void reading_take(struct reading *reading, struct text text, struct text file,
                          struct directives *directives);

// One configuration on its way.
struct reading {
    const struct web_source *source;
    const char *base; // what relative paths begin with, without a slash at the end
    size_t bytes;
    unsigned depth;
    reading_take *take;
};

// Reads a configuration from its first file, as seen below the root. False when that cannot be read.
bool reading_start(const struct web_source *source, const char *path, reading_take *take,
                   struct directives *directives, struct error *error) CHECKED;

// Takes all files that a pattern names, in the order of their names; a folder stands for all files in
// it.
void reading_include(struct reading *reading, struct text pattern, struct directives *directives);

// A new last one of the list, NULL when memory is out.
struct directive *reading_add(struct reading *reading, struct directives *directives, struct text name,
                              struct text file, unsigned line);
void reading_add_word(struct reading *reading, struct directive *directive, struct text word);

#endif
