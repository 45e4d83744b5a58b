// SPDX-License-Identifier: GPL-2.0-or-later
// How much memory a piece of work takes. The program's own malloc() goes before the C library's, for every
// library.
#include "heap.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>

// glibc's, under the names that it keeps for this.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *memory);

static struct {
    bool counting;
    long long now, peak;
    size_t allocations;
} heap;

static void *taken(void *memory) {
    if (!heap.counting || !memory) return memory;
    heap.allocations++;
    heap.now += (long long)malloc_usable_size(memory);
    if (heap.now > heap.peak) heap.peak = heap.now;
    return memory;
}

static void given_back(void *memory) {
    if (heap.counting && memory) heap.now -= (long long)malloc_usable_size(memory);
}

void *malloc(size_t size) {
    return taken(__libc_malloc(size));
}

void *calloc(size_t count, size_t size) {
    return taken(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size) {
    given_back(old);
    return taken(__libc_realloc(old, size));
}

void free(void *memory) {
    given_back(memory);
    __libc_free(memory);
}

void heap_start(void) {
    heap.now = heap.peak = 0;
    heap.allocations = 0;
    heap.counting = true;
}

struct heap_use heap_stop(void) {
    heap.counting = false;
    return (struct heap_use){heap.allocations, (size_t)heap.peak};
}
