// SPDX-License-Identifier: GPL-2.0-or-later
// Memory for the texts that come and go while one tag is cleaned.
#ifndef MARKUP_TAG_SCRATCH_H
#define MARKUP_TAG_SCRATCH_H

#include "base/text.h"

#include <stdbool.h>

struct scratch_block;

// All zero is an empty one.
struct scratch {
    struct scratch_block *first;
    bool failed; // out of memory; stays set until scratch_free
};

// A copy of the parts one behind the other, valid until scratch_clear; the empty text when memory is out.
struct text scratch_join(struct scratch *scratch, const struct text *parts, unsigned count);
#define SCRATCH_JOIN(scratch, ...)                                                                           \
    scratch_join(scratch, (const struct text[]){__VA_ARGS__},                                                \
                 sizeof((const struct text[]){__VA_ARGS__}) / sizeof(struct text))

// `length` bytes to be written by the caller; NULL when memory is out.
char *scratch_take(struct scratch *scratch, size_t length);

void scratch_clear(struct scratch *scratch); // forgets all texts, keeps some memory
void scratch_free(struct scratch *scratch);

#endif
