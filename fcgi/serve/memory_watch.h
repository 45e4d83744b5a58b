// SPDX-License-Identifier: GPL-2.0-or-later
// What a worker keeps of the memory that its requests took.
#ifndef FCGI_SERVE_MEMORY_WATCH_H
#define FCGI_SERVE_MEMORY_WATCH_H

#include <stdbool.h>
#include <stddef.h>

struct memory_watch {
    int file;     // the kernel's account of this process; -1: there is none, and nothing is over
    size_t limit; // bytes; 0: none
    size_t held;  // bytes, as last seen
};

void memory_watch_open(struct memory_watch *watch, size_t limit);
void memory_watch_close(struct memory_watch *watch);

// After each request: gives back to the system what a large one took. True when more than the limit is held
// all the same. One system call.
bool memory_watch_is_over(struct memory_watch *watch);

#endif
