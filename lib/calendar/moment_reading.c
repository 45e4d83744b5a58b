// SPDX-License-Identifier: GPL-2.0-or-later
// The letters and digits of a date as people type it.
#include "calendar/moment_reading.h"

#include <string.h>

void moment_skip_blanks(struct moment_reading *reading) {
    while (*reading->at && strchr(" \t,.", *reading->at)) reading->at++;
}

int moment_digits(struct moment_reading *reading, int most) {
    int number = 0, count = 0;
    for (; count < most && moment_is_digit(*reading->at); count++)
        number = number * 10 + (*reading->at++ - '0');
    return count && !moment_is_digit(*reading->at) ? number : -1;
}

struct text moment_word(const char *at) {
    size_t length = 0;
    while (moment_is_letter(at[length])) length++;
    return (struct text){at, length};
}
