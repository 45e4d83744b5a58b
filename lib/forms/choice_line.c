// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of choices.
#include "forms/choice_line.h"

#include "base/trim.h"

bool choice_line_next(struct text *lines, struct choice_line *choice) {
    if (!lines->length) return false;
    ptrdiff_t end = text_find(*lines, TEXT("\n"), 0);
    struct text line = {lines->data, end < 0 ? lines->length : (size_t)end};
    ptrdiff_t colon = text_find(line, TEXT(":"), 0);
    struct text key = colon < 0 ? line : (struct text){line.data, (size_t)colon};
    struct text label = key;
    if (colon >= 0 && (size_t)colon + 1 < line.length)
        label = (struct text){line.data + colon + 1, line.length - (size_t)colon - 1};
    *choice = (struct choice_line){trim_as_php(key), trim_as_php(label)};
    size_t taken = line.length + (end >= 0);
    *lines = (struct text){lines->data + taken, lines->length - taken};
    return true;
}
