// SPDX-License-Identifier: GPL-2.0-or-later
// The attributes of one tag, in order.
#ifndef MARKUP_TAG_ATTRIBUTE_H
#define MARKUP_TAG_ATTRIBUTE_H

#include "base/text.h"
#include "markup/tag/scratch.h"

#include <stdbool.h>

#define ATTRIBUTES_OF_TAG_MAX 1024

struct attribute {
    struct text name;  // lower case
    struct text value; // escaped text without quotes around
};

// All zero is an empty list. Texts belong to the scratch or to the tag they were read from.
struct attributes {
    struct attribute *list;
    unsigned count, capacity;
};

void attributes_free(struct attributes *attributes);

// The value; null when there is no such attribute.
struct text attributes_get(const struct attributes *attributes, struct text name);

// Sets the value where the attribute stands, or adds it at the end (at most ATTRIBUTES_OF_TAG_MAX).
void attributes_set(struct attributes *attributes, struct text name, struct text value,
                    struct scratch *scratch);

void attributes_remove(struct attributes *attributes, struct text name);

// Reads them from what stands in a tag behind the element's name. What is no attribute is skipped.
void attributes_read(struct attributes *attributes, struct text source, struct scratch *scratch);

#endif
