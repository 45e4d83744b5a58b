// SPDX-License-Identifier: GPL-2.0-or-later
// Telephone numbers as they are shown.
#include "contact/phone.h"

#include <stdbool.h>

#define AMERICAN_DIGITS 10

// Collects the digits of `number`; more than AMERICAN_DIGITS are only counted.
static size_t digits_of(struct text number, char digits[AMERICAN_DIGITS]) {
    size_t count = 0;
    for (size_t i = 0; i < number.length; i++) {
        if (number.data[i] < '0' || number.data[i] > '9') continue;
        if (count < AMERICAN_DIGITS) digits[count] = number.data[i];
        count++;
    }
    return count;
}

static void add_american(struct text number, struct buffer *out) {
    char digits[AMERICAN_DIGITS];
    switch (digits_of(number, digits)) {
    case 7: buffer_add_format(out, "%.3s-%.4s", digits, digits + 3); break;
    case 10: buffer_add_format(out, "(%.3s) %.3s-%.4s", digits, digits + 3, digits + 6); break;
    default: buffer_add_text(out, number);
    }
}

void phone_format(struct text stored, struct text format, struct buffer *out) {
    ptrdiff_t mark = text_find(stored, TEXT("X"), 0);
    struct text number = stored, extension = TEXT("");
    if (mark >= 0) {
        number.length = (size_t)mark;
        extension = (struct text){stored.data + mark + 1, stored.length - (size_t)mark - 1};
    }
    if (text_is_null(format) || text_equal(format, TEXT("us")))
        add_american(number, out);
    else
        buffer_add_text(out, number);
    if (extension.length == 0 || text_equal(extension, TEXT("0"))) return;
    buffer_add_string(out, " x");
    buffer_add_text(out, extension);
}
