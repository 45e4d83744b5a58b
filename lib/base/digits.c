// SPDX-License-Identifier: GPL-2.0-or-later
// Digits.
#include "base/digits.h"

char *digits_put(char *to, unsigned value, int width, char end) {
    for (int i = width; i-- > 0; value /= 10) to[i] = (char)('0' + value % 10);
    to[width] = end;
    return to + width + 1;
}

char *digits_of(uint64_t magnitude, bool negative, char room[DIGITS_MAX]) {
    char *from = room + DIGITS_MAX - 1;
    *from = '\0';
    do {
        *--from = (char)('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude);
    if (negative) *--from = '-';
    return from;
}

static int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

int digits_hexadecimal(struct text text, size_t at) {
    if (at + 1 >= text.length) return -1;
    int high = hexadecimal(text.data[at]), low = hexadecimal(text.data[at + 1]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}
