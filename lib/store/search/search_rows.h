// SPDX-License-Identifier: GPL-2.0-or-later
// In how many rows of osTicket's full-text index the words of a text stand, before it is searched for: InnoDB
// reads all of them in one go, which neither a limit of time nor KILL ends.
#ifndef STORE_SEARCH_ROWS_H
#define STORE_SEARCH_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// What a search may read: about a second of the database's time.
#define SEARCH_ROWS_MAX 200000

struct search_rows {
    int64_t count; // each word's added up
    struct text commonest;
};

// About how many, for a text as MATCH … AGAINST takes it: by a sample of tickets and entries from all over
// the index. A help desk without so many rows as may be read has none counted; more than 128 words stand in
// more than any number. The word is a part of the text. One round trip, two where there are more rows.
bool search_rows_estimate(struct db *db, struct text text, struct arena *arena, struct search_rows *rows,
                          struct error *error) CHECKED;

#endif
