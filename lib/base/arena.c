// SPDX-License-Identifier: GPL-2.0-or-later
// Memory that lives as long as a request.
#include "base/arena.h"

#include "base/buffer.h"

#include <inttypes.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 8192

// In a build with AddressSanitizer nobody may touch what was not taken, and a gap stands behind each piece:
// whoever writes past one would write into the next, which no other tool sees.
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define GUARDED
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define GUARDED
#endif

#ifdef GUARDED
#include <sanitizer/asan_interface.h>
#define GAP                  16
#define forbid(memory, size) ASAN_POISON_MEMORY_REGION(memory, size)
#define allow(memory, size)  ASAN_UNPOISON_MEMORY_REGION(memory, size)
#else
#define GAP                  0
#define forbid(memory, size) ((void)(memory), (void)(size))
#define allow(memory, size)  ((void)(memory), (void)(size))
#endif

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) char bytes[];
};

// What was allocated elsewhere. Lies in a block itself.
struct arena_kept {
    struct arena_kept *next;
    char *bytes;
};

struct arena arena_new(size_t ceiling) {
    return (struct arena){.ceiling = ceiling};
}

void arena_free(struct arena *arena) {
    for (struct arena_kept *kept = arena->kept; kept; kept = kept->next) free(kept->bytes);
    for (struct arena_block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        allow(block->bytes, block->size);
        free(block);
    }
    *arena = arena_new(arena->ceiling);
}

static struct arena_block *add_block(struct arena *arena, size_t size) {
    size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    if (room > arena->ceiling || arena->used > arena->ceiling - room) return NULL;
    struct arena_block *block = malloc(sizeof *block + room);
    if (!block) return NULL;
    block->size = room;
    block->used = 0;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used += room;
    forbid(block->bytes, room);
    return block;
}

void *arena_take(struct arena *arena, size_t size) {
    if (arena->failed) return NULL;
    size_t rounded = (size + GAP + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    struct arena_block *block = arena->blocks;
    if (rounded < size || !block || block->size - block->used < rounded) block = add_block(arena, rounded);
    if (!block || rounded < size) {
        arena->failed = true;
        return NULL;
    }
    void *piece = block->bytes + block->used;
    block->used += rounded;
    allow(piece, size);
    return memset(piece, 0, size);
}

struct text arena_copy(struct arena *arena, struct text text) {
    if (text_is_null(text)) return TEXT_NULL;
    char *copy = arena_take(arena, text.length + 1);
    if (!copy) return TEXT_NULL;
    memcpy(copy, text.data, text.length);
    return (struct text){copy, text.length};
}

struct text arena_integer(struct arena *arena, int64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    return arena_copy(arena, text_of(digits));
}

struct text arena_keep(struct arena *arena, struct buffer *buffer) {
    struct text text = buffer_text(buffer);
    if (!buffer->capacity) return arena_copy(arena, text);
    bool fits = arena->used <= arena->ceiling && text.length < arena->ceiling - arena->used;
    struct arena_kept *kept = fits ? arena_take(arena, sizeof *kept) : NULL;
    if (!kept) {
        arena->failed = true;
        buffer_free(buffer);
        return TEXT_NULL;
    }
    char *smaller = realloc(buffer->data, text.length + 1);
    *kept = (struct arena_kept){arena->kept, smaller ? smaller : buffer->data};
    arena->kept = kept;
    arena->used += text.length + 1;
    *buffer = buffer_new(buffer->ceiling);
    return (struct text){kept->bytes, text.length};
}

void *arena_append(struct arena *arena, void *items, size_t *count, size_t size) {
    char **array = items;
    // Capacities are the powers of two, so the count alone says when the array is full.
    if (*count == 0 || (*count & (*count - 1)) == 0) {
        char *larger = arena_take(arena, (*count ? *count * 2 : 1) * size);
        if (!larger) return NULL;
        if (*count) memcpy(larger, *array, *count * size);
        *array = larger;
    }
    return *array + (*count)++ * size;
}
