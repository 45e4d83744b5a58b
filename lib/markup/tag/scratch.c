// SPDX-License-Identifier: GPL-2.0-or-later
// Memory for the texts that come and go while one tag is cleaned.
#include "markup/tag/scratch.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_LENGTH 4000

struct scratch_block {
    struct scratch_block *next;
    size_t used, length;
    char bytes[];
};

char *scratch_take(struct scratch *scratch, size_t length) {
    struct scratch_block *block = scratch->first;
    if (!block || block->length - block->used < length) {
        size_t size = length > BLOCK_LENGTH ? length : BLOCK_LENGTH;
        block = malloc(sizeof *block + size);
        if (!block) {
            scratch->failed = true;
            return NULL;
        }
        *block = (struct scratch_block){scratch->first, 0, size};
        scratch->first = block;
    }
    char *bytes = block->bytes + block->used;
    block->used += length;
    return bytes;
}

struct text scratch_join(struct scratch *scratch, const struct text *parts, unsigned count) {
    size_t length = 0;
    for (unsigned i = 0; i < count; i++) length += parts[i].length;
    char *bytes = scratch_take(scratch, length);
    if (!bytes) return TEXT("");
    size_t used = 0;
    for (unsigned i = 0; i < count; i++) {
        if (parts[i].length) memcpy(bytes + used, parts[i].data, parts[i].length);
        used += parts[i].length;
    }
    return (struct text){bytes, length};
}

void scratch_clear(struct scratch *scratch) {
    while (scratch->first && scratch->first->next) {
        struct scratch_block *block = scratch->first;
        scratch->first = block->next;
        free(block);
    }
    if (scratch->first) scratch->first->used = 0;
}

void scratch_free(struct scratch *scratch) {
    scratch_clear(scratch);
    free(scratch->first);
    *scratch = (struct scratch){NULL, false};
}
