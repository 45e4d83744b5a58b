// SPDX-License-Identifier: GPL-2.0-or-later
// Elements and attributes of old HTML, turned into styles.
#ifndef MARKUP_TAG_DEPRECATED_H
#define MARKUP_TAG_DEPRECATED_H

#include "base/text.h"
#include "markup/tag/attribute.h"
#include "markup/tag/scratch.h"

// The element that replaces an old one (font, center, s, …), or NULL. `*rest`, the attributes' text, loses
// what goes into `*style`.
const char *deprecated_element(const char *element, struct text *rest, struct text *style,
                               struct scratch *scratch);

// Turns old attributes of the element (align, bgcolor, width, …) into its style, and name into id.
void deprecated_into_style(struct attributes *attributes, const char *element, struct scratch *scratch);

// Adds to the style that stands there.
void deprecated_add_style(struct attributes *attributes, struct text style, struct scratch *scratch);

#endif
