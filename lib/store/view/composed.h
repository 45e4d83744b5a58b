// SPDX-License-Identifier: GPL-2.0-or-later
// A statement that is put together at run time, with its values: text and values are added from left to
// right. What a client sent is a value, and no part of the text.
#ifndef STORE_VIEW_COMPOSED_H
#define STORE_VIEW_COMPOSED_H

#include "base/buffer.h"
#include "db/db.h"

#include <stddef.h>
#include <stdint.h>

#define COMPOSED_MAX ((size_t)1 << 20) // somebody may see thousands of departments

struct composed {
    struct buffer sql; // failed: too much text, or too many values
    struct db_value values[DB_VALUES_MAX];
    size_t count;
};

struct composed composed_new(void);

// The value of the next question mark.
void composed_bind(struct composed *composed, struct db_value value);

// Adds a question mark for each, with commas between them.
void composed_add_values(struct composed *composed, const struct db_value *values, size_t count);
// Ids that the database gave: where they are many, they stand in the text themselves, since a statement takes
// so many values only.
void composed_add_ids(struct composed *composed, const int64_t *ids, size_t count);

#endif
