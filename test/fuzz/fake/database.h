// SPDX-License-Identifier: GPL-2.0-or-later
// A database whose every answer is a matter of chance, as the last bytes of an input have it: stands in for
// lib/db, so that operations are fuzzed as they are, on rows that no test would think of.
#ifndef FUZZ_FAKE_DATABASE_H
#define FUZZ_FAKE_DATABASE_H

#include "base/text.h"

#include <stdbool.h>

struct db;

// One at a time, and valid until the next. No chance left: each question has one row, of "1" and 1.
struct db *fake_database(struct text chance);

bool fake_database_in_transaction(const struct db *db);

// Whether rows are still open, which no operation may leave behind.
bool fake_database_has_open_rows(const struct db *db);

#endif
