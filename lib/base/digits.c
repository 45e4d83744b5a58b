// SPDX-License-Identifier: GPL-2.0-or-later
// Digits.
#include "base/digits.h"

char *digits_put(char *to, unsigned value, int width, char end) {
    for (int i = width; i-- > 0; value /= 10) to[i] = (char)('0' + value % 10);
    to[width] = end;
    return to + width + 1;
}
