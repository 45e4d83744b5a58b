// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers that were written as text, taken as loosely as PHP and MySQL take them.
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/text.h"

#include <stdint.h>

// The number that a text with PHP's is_numeric() means, cut to a whole one: "11", " 11.9", "1.1e1". 0 for any
// other text, and for what a double does not hold exactly.
int64_t number_whole(struct text text);

// What a column of whole numbers between `least` and `most` keeps of a text where MySQL is not strict: the
// number that the text begins with, rounded, or the bound that it goes beyond. "3x" is 3, "3.5" 4, "x" 0.
int64_t number_in_column(struct text text, int64_t least, int64_t most);

// The whole number to which MySQL finds a text equal: 3 for "3", "3x" and "3.0"; 0 for "3.5", for "x", and
// for what a double does not hold exactly.
int64_t number_equal_to(struct text text);

#endif
