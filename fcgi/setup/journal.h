// SPDX-License-Identifier: GPL-2.0-or-later
// What a set-up has done, line by line, so that it can be undone from the end.
#ifndef SETUP_JOURNAL_H
#define SETUP_JOURNAL_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// "settings PATH DIGEST", "table NAME", "index NAME TABLE", "trigger NAME TABLE",
// "member USER GROUP", "unit NAME"; tabs between.
struct journal_line {
    struct text kind, name, more; // terminated; `more` is "" where a line has only two
    size_t offset;                // in the file
};

struct journal {
    struct journal_line *lines;
    size_t count;
};

// The lines of the file; none when there is no file. False when it cannot be read or is no journal.
bool journal_read(const char *path, struct arena *arena, struct journal *journal,
                  struct error *error) CHECKED;

// Adds a line, on the disk before it returns; makes the file and its folder.
bool journal_add(const char *path, const char *kind, const char *name, const char *more,
                 struct error *error) CHECKED;

// Cuts the file off before the line; the file itself goes with its first.
bool journal_cut(const char *path, const struct journal_line *line, bool first, struct error *error) CHECKED;

#endif
