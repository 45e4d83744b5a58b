// SPDX-License-Identifier: GPL-2.0-or-later
// The columns of ticket__cdata, which have the answers to the ticket's form. spec: operations.md 3.1.
#ifndef STORE_READ_ANSWER_COLUMNS_H
#define STORE_READ_ANSWER_COLUMNS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct answer_column {
    struct text name;
    struct text type;    // of its field; null: the form has it no more
    bool clients_see;    // the field
    struct text choices; // of a field of choices: a line each, "key" or "key:label"; else null
};

// All of them, in the arena, but those whose names are no words. One round trip.
bool answer_columns_read(struct db *db, struct arena *arena, struct answer_column **columns, size_t *count,
                         struct error *error) CHECKED;

// The ids of a list's items that are labelled so, 20 at most. One round trip.
bool listed_items_find(struct db *db, int64_t list_id, struct text label, struct arena *arena, int64_t **ids,
                       size_t *count, struct error *error) CHECKED;

#endif
