// SPDX-License-Identifier: GPL-2.0-or-later
// Trimming as PHP's trim() does it.
#ifndef BASE_TRIM_H
#define BASE_TRIM_H

#include "base/text.h"

#include <string.h>

// The text without blank, \t \n \r \v and NUL at both ends. A form feed stays, other than in text_trim.
static inline struct text trim_as_php(struct text text) {
    static const char blanks[6] = {' ', '\t', '\n', '\r', '\v', '\0'};
    while (text.length && memchr(blanks, text.data[0], sizeof blanks)) {
        text.data++;
        text.length--;
    }
    while (text.length && memchr(blanks, text.data[text.length - 1], sizeof blanks)) text.length--;
    return text;
}

#endif
