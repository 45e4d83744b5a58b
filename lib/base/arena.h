// SPDX-License-Identifier: GPL-2.0-or-later
// Memory that lives as long as a request: many small pieces, freed at once, under a ceiling.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct arena_block;
struct arena_kept;
struct buffer;

// Once memory is out or the ceiling is reached, `failed` stays set and allocations return NULL.
struct arena {
    struct arena_block *blocks;
    struct arena_kept *kept; // see arena_keep()
    size_t used;             // bytes, of all blocks and of what is kept
    size_t ceiling;
    bool failed;
};

struct arena arena_new(size_t ceiling);
void arena_free(struct arena *arena); // frees every piece; the arena can be used again

// `size` zeroed bytes, aligned for any type; NULL when there is no room.
void *arena_take(struct arena *arena, size_t size);

// A terminated copy. A null text stays null; so does one for which there is no room (see `failed`).
struct text arena_copy(struct arena *arena, struct text text);

// A number in decimal digits, terminated; null as above.
struct text arena_integer(struct arena *arena, int64_t number);

// The bytes of the buffer without a copy of them: the arena frees them, and the buffer is an empty one. Null
// when there is no room; the buffer is freed then.
struct text arena_keep(struct arena *arena, struct buffer *buffer);

// One more zeroed element at the end of a growing array: *items holds *count elements of `size` bytes, all of
// which came in this way: an array that arena_take() made has room for its own only. Returns the new element
// and counts it; NULL when there is no room. Growing copies, so pointers into *items do not last.
void *arena_append(struct arena *arena, void *items, size_t *count, size_t size);

#endif
