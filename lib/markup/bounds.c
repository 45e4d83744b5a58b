// SPDX-License-Identifier: GPL-2.0-or-later
// How much HTML one text may hold.
#include "markup/bounds.h"

#include <ctype.h>
#include <string.h>

bool markup_bounds_check(struct text html, struct error *error) {
    const char *end = html.data + html.length, *open = html.data;
    size_t tags = 0;
    for (; html.length && (open = memchr(open, '<', (size_t)(end - open))); open++)
        if (open + 1 < end && (isalpha((unsigned char)open[1]) || strchr("!?_:", open[1])))
            tags++;
        else if (open + 1 == end)
            break;
    return tags <= MARKUP_TAGS_MAX ||
           error_set(error, ERROR_TOO_LARGE, "the text has too many HTML tags: %zu, at most %d may be there",
                     tags, MARKUP_TAGS_MAX);
}
