// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers of a fixed width, as dates and times are made of.
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

// Writes the last `width` digits of `value`, zeros in front, and the character `end` behind them. Returns the
// place after it. For rows and lines of the log, where printf() is felt.
char *digits_put(char *to, unsigned value, int width, char end);

#endif
