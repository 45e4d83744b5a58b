// SPDX-License-Identifier: GPL-2.0-or-later
// What this server needs to find in the database, as tables.
#ifndef STORE_CHECK_SCHEMA_NEEDS_H
#define STORE_CHECK_SCHEMA_NEEDS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// A table of osTicket, without prefix, and the columns of it that are read or written, with one blank
// between.
struct schema_table {
    const char *name, *columns;
    bool written; // inside a transaction: its engine has to know what that is
};
extern const struct schema_table schema_tables[];
extern const size_t schema_table_count;

// A table that this server adds, fcgi_PREFIXname: what goes without it, and the file that creates it.
struct schema_own_table {
    const char *name, *purpose, *file;
    bool optional; // all other requests do without
};
extern const struct schema_own_table schema_own_tables[];
extern const size_t schema_own_table_count;

// The first column of an index without which an operation reads a whole table; or, with a name, an index that
// schema/fcgi-indexes.sql adds and a statement names: `more` is its second column.
struct schema_index {
    const char *table, *column, *purpose;
    const char *name, *more;
};
extern const struct schema_index schema_indexes[];
extern const size_t schema_index_count;

// A value of config core.schema_signature that is known, and what is known of it.
struct schema_version {
    const char *signature, *version;
    bool fits;
};
extern const struct schema_version schema_versions[];
extern const size_t schema_version_count;

// NULL when it is not known.
const struct schema_version *schema_version_find(struct text signature);

#endif
