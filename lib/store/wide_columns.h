// SPDX-License-Identifier: GPL-2.0-or-later
// Which columns hold every character, also those above U+FFFF.
#ifndef STORE_WIDE_COLUMNS_H
#define STORE_WIDE_COLUMNS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct db;

struct wide_columns {
    struct wide_column {
        struct text table; // without the prefix
        struct text column;
    } * items;
    size_t count;
};

// Those of the tables that clients' texts go to, in one round trip.
bool wide_columns_load(struct db *db, struct arena *arena, struct wide_columns *columns,
                       struct error *error) CHECKED;

bool wide_columns_have(const struct wide_columns *columns, const char *table, struct text column);

#endif
