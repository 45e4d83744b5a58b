// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of a statement that was put together.
#ifndef STORE_STATS_COMPOSED_ROWS_H
#define STORE_STATS_COMPOSED_ROWS_H

#include "store/row.h"
#include "store/view/composed.h"

// Runs it, hands each row on, and frees its text, whatever happens. One round trip. ERROR_TOO_LARGE where it
// has outgrown its bounds.
bool composed_rows_each(struct db *db, struct composed *composed, struct arena *arena, row_take *take,
                        void *into, struct error *error) CHECKED;

#endif
