// SPDX-License-Identifier: GPL-2.0-or-later
// One statement: prepared when first used, its values bound and made to fit, run. Private to this room.
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include "db/connection.h"

// By its number in the table, or by its text.
struct statement_wanted {
    unsigned number;
    const char *text; // NULL: the number counts
};

// Runs it; NULL where it failed. A connection that died while nobody used it must not cost a request: outside
// a transaction a reading statement is sent once more over a new one.
MYSQL_STMT *statement_run(struct db *db, struct statement_wanted wanted, const struct db_value *values,
                          size_t count, bool writing, struct error *error);

// The same, never sent once more.
MYSQL_STMT *statement_run_once(struct db *db, struct statement_wanted wanted, const struct db_value *values,
                               size_t count, bool writing, struct error *error);

// Runs one that writes, and tells what came of it.
bool statement_execute(struct db *db, const struct batch_statement *statement, struct error *error) CHECKED;

// Has the server convert the texts of all results from here on: tables of an old help desk may be in latin1.
bool statement_convert(struct db *db, struct error *error) CHECKED;

#endif
