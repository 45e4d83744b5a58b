// SPDX-License-Identifier: GPL-2.0-or-later
// How often a test repeats itself with other numbers.
#ifndef OSTICKET_FCGI_TEST_ROUNDS_H
#define OSTICKET_FCGI_TEST_ROUNDS_H

#include <stdlib.h>

// `all`, and a twentieth of it where test/builds/valgrind runs the test, thirty times as slow: the rounds
// walk the same paths, and the other builds walk all of them. For rounds of chance, and for very many of a
// thing; never for a size that a bound is held against.
static inline int rounds(int all) {
    return getenv("FEWER_ROUNDS") ? all / 20 : all;
}

#endif
