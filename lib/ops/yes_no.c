// SPDX-License-Identifier: GPL-2.0-or-later
// Switches of a request.
#include "ops/yes_no.h"

#include <stdbool.h>
#include <stddef.h>

static bool is_among(struct text text, const char *const *words) {
    for (; *words; words++)
        if (text_equal_ignoring_case(text, text_of(*words))) return true;
    return false;
}

// "1.0" is 1, and "-0" is 0.
static struct text whole_number(struct text text) {
    ptrdiff_t point = text_find(text, TEXT("."), 0);
    size_t end = text.length;
    while (point > 0 && end > (size_t)point + 1 && text.data[end - 1] == '0') end--;
    if (point > 0 && end == (size_t)point + 1 && text.length > end) text.length = (size_t)point;
    return text_equal(text, TEXT("-0")) ? TEXT("0") : text;
}

enum yes_no yes_no_of(struct text text) {
    static const char *const yes[] = {"1", "true", "yes", "on", "y", "t", NULL};
    static const char *const no[] = {"", "0", "false", "no", "off", "none", "null", "n", "f", NULL};
    text = whole_number(text_trim(text));
    if (text_is_null(text)) return SWITCH_NO;
    return is_among(text, yes) ? SWITCH_YES : is_among(text, no) ? SWITCH_NO : SWITCH_NEITHER;
}
