// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers that were written as text, taken as loosely as PHP and MySQL take them.
#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH_MAX 64
#define EXACT_MAX  9e15 // whole numbers below it are doubles

// Of the decimal number that stands at the start of a text, after blanks; 0: there is none.
static size_t leading_length(struct text text) {
    size_t length = 0;
    for (size_t i = 1; i <= text.length && i < LENGTH_MAX && text.data[i - 1]; i++)
        if (text_is_numeric((struct text){text.data, i})) length = i;
    return length;
}

static double leading(struct text text) {
    char copy[LENGTH_MAX];
    size_t length = leading_length(text);
    memcpy(copy, text.length ? text.data : "", length);
    copy[length] = '\0';
    return strtod(copy, NULL);
}

int64_t number_whole(struct text text) {
    text = text_trim(text);
    double number = text.length < LENGTH_MAX && text_is_numeric(text) ? leading(text) : 0;
    return fabs(number) < EXACT_MAX ? (int64_t)number : 0;
}

int64_t number_in_column(struct text text, int64_t least, int64_t most) {
    double number = round(leading(text));
    if (number <= (double)least) return least;
    return number >= (double)most ? most : (int64_t)number;
}

int64_t number_equal_to(struct text text) {
    double number = leading(text);
    return fabs(number) < EXACT_MAX && number == trunc(number) ? (int64_t)number : 0;
}
