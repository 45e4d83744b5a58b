// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a database is one that this server can work on.
#ifndef STORE_CHECK_SCHEMA_CHECK_H
#define STORE_CHECK_SCHEMA_CHECK_H

#include "base/error.h"
#include "db/db.h"

#include <stdbool.h>

enum schema_grade { SCHEMA_GOOD, SCHEMA_WARNING, SCHEMA_WRONG };

// Takes one finding: a line without a newline. `mend` is what would put it right, "" when there is nothing to
// do.
typedef void schema_report(void *context, enum schema_grade grade, const char *finding, const char *mend);

// Connects with `settings` on a connection of its own and reports: the connection, the server's version and
// time zone, the tables and columns, the engines of tables that are written, the schema version, this
// server's own tables, and indexes. No finding holds a secret. False when something is SCHEMA_WRONG, which
// was then reported.
bool schema_check(const struct db_settings *settings, schema_report *report, void *context) CHECKED;

#endif
