// SPDX-License-Identifier: GPL-2.0-or-later
// One tag of balanced HTML: left out, or written again with what may stand in it.
#ifndef MARKUP_TAG_TAG_H
#define MARKUP_TAG_TAG_H

#include "base/buffer.h"
#include "base/text.h"
#include "markup/tag/attribute.h"
#include "markup/tag/element.h"
#include "markup/tag/scratch.h"

// What lasts from one tag to the next of a body.
struct tag_cleaner {
    struct text frame_hosts;       // whose pages an iframe may show; empty: no iframe
    bool strict;                   // what is to be stored: markup/write.h
    struct attributes attributes;  // of the tag at hand
    struct scratch scratch;        // its texts
    struct attributes identifiers; // the values of id used so far, as names
    struct scratch kept;           // their texts
    size_t declarations;           // properties of styles so far; beyond the bound no style is read any more
};

void tag_cleaner_free(struct tag_cleaner *cleaner);

// A tag taken apart: "<" ["/"] name rest ">".
struct tag {
    bool end;
    char name[16]; // lower case, cut when longer
    size_t name_length;
    struct text rest;
};

// Whether `source`, from "<" to the next ">" or the end of the text, is a tag.
bool tag_read(struct text source, struct tag *tag);

// Appends the tag cleaned; the element that it is of now. NULL, and nothing appended, when it may not stand
// there.
const struct element *tag_clean(struct tag_cleaner *cleaner, const struct tag *tag, struct buffer *out);

#endif
