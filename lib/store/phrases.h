// SPDX-License-Identifier: GPL-2.0-or-later
// Translations of the help desk's own names, as osTicket's table translation has them: each under the last 16
// hexadecimal digits of the MD5 sum of "TAG.ID".
#ifndef STORE_PHRASES_H
#define STORE_PHRASES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// All zero: none.
struct phrase_list {
    struct phrase {
        struct text hash, text;
    } * phrases;
    size_t count;
};

// Adds a row of the table; copied into the arena, which notes when it is full.
void phrase_list_add(struct phrase_list *list, struct text hash, struct text text, struct arena *arena);

// The translation of the name of row `id` under `tag` ("dept.name"): of several the first added, TEXT_NULL
// where there is none. False only when MD5 is not to be had.
bool phrase_find(const struct phrase_list *list, const char *tag, int64_t id,
                 struct text *translation) CHECKED;

#endif
