// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers as decimal digits: of a fixed width, as dates and times are made of, or whole. Bytes as hexadecimal
// ones.
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Writes the last `width` digits of `value`, zeros in front, and the character `end` behind them. Returns the
// place after it. For rows and lines of the log, where printf() is felt.
char *digits_put(char *to, unsigned value, int width, char end);

#define DIGITS_MAX 21 // of any 64-bit number, with its sign or its 20 digits, and a NUL

// Writes `magnitude`, behind a minus when `negative`, to the end of `room`, terminated: its last character
// stands at room[DIGITS_MAX - 2]. Returns where it begins.
char *digits_of(uint64_t magnitude, bool negative, char room[DIGITS_MAX]);

// The byte that the two hexadecimal digits at `at` mean, in any case; -1 where there are no two.
int digits_hexadecimal(struct text text, size_t at);

#endif
