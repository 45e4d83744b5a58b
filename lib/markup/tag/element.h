// SPDX-License-Identifier: GPL-2.0-or-later
// The elements and attributes that may stand in a ticket body. Facts of htmLawed 1.2.4.1 with osTicket's
// settings.
#ifndef MARKUP_TAG_ELEMENT_H
#define MARKUP_TAG_ELEMENT_H

#include "base/text.h"

#include <stdbool.h>

enum element_flag {
    ELEMENT_VOID = 1,            // has no end tag
    ELEMENT_SLASH = 2,           // is written with " />"
    ELEMENT_STANDARD_VALUES = 4, // its attributes' standard values are written in lower case
};

struct element {
    const char *name;
    unsigned flags;
};

enum attribute_flag {
    ATTRIBUTE_EMPTY = 1, // its only value is its name
    ATTRIBUTE_URL = 2,   // its value is an address, whose scheme matters
};

// The element of that (lower-case) name; NULL when it may not stand in a body. "iframe" is found: whether it
// may stand depends on the help desk's settings.
const struct element *element_find(struct text name);

// Whether the element, one of those, may also stand in what is to be stored: browsers read its content as
// they read any other's, and it does nothing.
bool element_is_plain(const char *name);

// Whether it may stand there without content.
bool element_may_be_empty(const char *name);

// Whether HTML, or what mail programs make of it, has an element of this name (any case), allowed or not.
bool element_is_known(struct text name);

// Whether the element (any but iframe) may have this attribute; `*flags` are the attribute's.
bool attribute_is_allowed(struct text attribute, const char *element, unsigned *flags);

// Whether the attribute may also stand in what is to be stored: it shows or says something, and neither acts
// nor names a thing that the page around may mean.
bool attribute_is_inert(struct text attribute, const char *element);

// Whether any element may have it.
bool attribute_is_known(struct text attribute);

// The value in lower case when it is, in any case, one of those that HTML defines ("left", "checkbox", …);
// else null.
struct text attribute_standard_value(struct text value);

// Whether the element has this attribute only for the sake of old browsers, and a style replaces it.
bool attribute_is_deprecated(struct text attribute, const char *element);

#endif
