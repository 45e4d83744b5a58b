// SPDX-License-Identifier: GPL-2.0-or-later
// Words, one after the other.
#include "base/words.h"

static bool separates(char c) {
    return c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r';
}

bool words_next(struct text list, size_t *at, struct text *word) {
    while (*at < list.length && separates(list.data[*at])) ++*at;
    size_t start = *at;
    while (*at < list.length && !separates(list.data[*at])) ++*at;
    *word = (struct text){list.data + start, *at - start};
    return *at > start;
}
