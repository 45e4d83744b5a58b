// SPDX-License-Identifier: GPL-2.0-or-later
// Words and items, one after the other.
#include "base/words.h"

static bool separates(char c) {
    return c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r';
}

bool words_next(struct text list, size_t *at, struct text *word) {
    while (*at < list.length && separates(list.data[*at])) ++*at;
    if (*at >= list.length) {
        *word = TEXT("");
        return false;
    }
    size_t start = *at;
    while (*at < list.length && !separates(list.data[*at])) ++*at;
    *word = (struct text){list.data + start, *at - start};
    return true;
}

bool list_next(struct text *list, struct text *item) {
    if (text_is_null(*list)) return false;
    ptrdiff_t comma = text_find(*list, TEXT(","), 0);
    size_t length = comma < 0 ? list->length : (size_t)comma;
    *item = (struct text){list->data, length};
    *list = comma < 0 ? TEXT_NULL : (struct text){list->data + length + 1, list->length - length - 1};
    return true;
}
