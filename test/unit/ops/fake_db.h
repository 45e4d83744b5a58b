// SPDX-License-Identifier: GPL-2.0-or-later
// A database that answers from a script: operations and store are tested with what they would ask and be
// told.
#ifndef TEST_FAKE_DB_H
#define TEST_FAKE_DB_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define FAKE_COLUMNS 100
#define FAKE_CALLS   64
#define FAKE_VALUES  100

// A row; NULL is SQL NULL.
typedef const char *fake_row[FAKE_COLUMNS];

// What the fake says to a statement, each time it is asked.
struct fake_answer {
    unsigned statement;
    const fake_row *rows;
    size_t count;
};

// What was asked of it, in order.
struct fake_call {
    enum { FAKE_QUERY, FAKE_EXECUTE, FAKE_BEGIN, FAKE_COMMIT, FAKE_ROLLBACK } what;
    unsigned statement;
    char values[FAKE_VALUES][256]; // bound values as text, "NULL" for NULL
};

struct db {
    const struct fake_answer *answers;
    size_t answer_count;
    struct fake_call calls[FAKE_CALLS];
    size_t call_count;
    size_t fail_at;            // the number of the call that fails, from 1; 0: none
    enum error_code fail_code; // and how
    size_t fail_row; // with a reading statement: the row that fails, from 1; 0: the statement itself
    bool in_transaction;
};

// How many calls of this kind there were.
size_t fake_count(const struct db *db, int what);

// The last call of a statement; NULL when there was none.
const struct fake_call *fake_last(const struct db *db, unsigned statement);

#endif
