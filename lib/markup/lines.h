// SPDX-License-Identifier: GPL-2.0-or-later
// Words written into lines of a certain width, with something before each line.
#ifndef MARKUP_LINES_H
#define MARKUP_LINES_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

#define LINE_PREFIX_MAX 160

struct lines {
    struct buffer *out;
    size_t width;                 // characters of a line
    char prefix[LINE_PREFIX_MAX]; // before each line: "> ", the indentation of items
    size_t prefix_length;
    struct buffer word;           // what may not be broken, not yet written
    size_t column;                // characters on the line at hand, prefix included
    bool line_open;               // the line has its prefix
    bool space;                   // a blank waits for the next word
    bool any;                     // something was written
    unsigned breaks;              // line ends that wait for the next word
    size_t empty_prefix;          // how much of the prefix the empty lines among them have
    char marker[LINE_PREFIX_MAX]; // takes the place of the prefix's end on the next line ("  * ")
};

// A word that has no room in `out` makes it fail, if not at once then with the end of the line.
void lines_start(struct lines *lines, struct buffer *out, size_t width);
void lines_free(struct lines *lines);

// Adds text; runs of white space are places to break a line.
void lines_add(struct lines *lines, struct text text);

// Adds text with its own blanks and line ends.
void lines_add_verbatim(struct lines *lines, struct text text);

// Ends the line if it has something, with `empty` empty lines behind it at least.
void lines_break(struct lines *lines, unsigned empty);

// Ends the line even if it has nothing.
void lines_end_line(struct lines *lines);

// What goes before the next lines, in addition; false when it is too much. `marker` (NULL: `text`) stands
// there instead on the first.
bool lines_indent(struct lines *lines, const char *text, const char *marker);
void lines_outdent(struct lines *lines, const char *text);

#endif
