// SPDX-License-Identifier: GPL-2.0-or-later
// How much memory a piece of work takes: every allocation of the program and its libraries is counted.
#ifndef BENCHMARK_HEAP_H
#define BENCHMARK_HEAP_H

#include <stddef.h>

struct heap_use {
    size_t allocations;
    size_t peak; // bytes at once, above what was there at the start
};

void heap_start(void);
struct heap_use heap_stop(void);

#endif
