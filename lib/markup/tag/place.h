// SPDX-License-Identifier: GPL-2.0-or-later
// Where elements may stand: parts of tables and lists close what is around them when they are alone.
#ifndef MARKUP_TAG_PLACE_H
#define MARKUP_TAG_PLACE_H

enum place {
    PLACE_FITS,
    PLACE_AS_DIV,  // its content is a block of its own, the element is none there
    PLACE_NOWHERE, // its content stays, the element goes
};

// Of an element of this name inside one of the name `parent`, "" at the top. Names in lower case.
enum place place_of(const char *name, const char *parent);

#endif
