// SPDX-License-Identifier: GPL-2.0-or-later
// Several rows of one table in one round trip.
#ifndef STORE_ROW_BATCH_H
#define STORE_ROW_BATCH_H

#include "base/error.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>

// Runs a statement that ends in VALUES(…), or in that and ON DUPLICATE KEY …, with `columns` placeholders
// once for all `rows`: their values follow one another in `values`. One round trip for each 16 rows; none for
// none.
bool row_batch_insert(struct db *db, unsigned statement, const struct db_value *values, size_t columns,
                      size_t rows, struct error *error) CHECKED;

#endif
