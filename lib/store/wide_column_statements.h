// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of wide_columns.c: the columns of a table that hold characters above U+FFFF. A table at a
// time: the server opens no others then.
#ifndef STORE_WIDE_COLUMN_STATEMENTS_H
#define STORE_WIDE_COLUMN_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define WIDE_COLUMNS_OF(FIRST, NEXT, PART, table) \
    FIRST(WIDE_TABLE, TEXT, "'" table "'") \
    NEXT(WIDE_COLUMN, TEXT, "column_name")
#define WIDE_COLUMN_COLUMNS(FIRST, NEXT, PART) WIDE_COLUMNS_OF(FIRST, NEXT, PART, "thread_entry")
COLUMN_NAMES(WIDE_COLUMN_COLUMNS);

#define WIDE(table) \
    "SELECT " WIDE_COLUMNS_OF(COLUMN_SQL, COLUMN_NEXT_SQL, , table) " " \
    "FROM information_schema.columns " \
    "WHERE table_schema=DATABASE() AND table_name=REPLACE('{" table "}','`','') AND character_set_name='utf8mb4'"

#define WIDE_COLUMN_STATEMENTS(STATEMENT) \
    STATEMENT(WIDE_COLUMNS, "", WIDE_COLUMN_COLUMNS, \
        WIDE("thread_entry") " " \
        "UNION ALL " WIDE("_search") " " \
        "UNION ALL " WIDE("file") " " \
        "UNION ALL " WIDE("ticket") " " \
        "UNION ALL " WIDE("form_entry_values") " " \
        "UNION ALL " WIDE("syslog") " " \
        "UNION ALL " WIDE("user") " " \
        "UNION ALL " WIDE("user_email") " " \
        "UNION ALL " WIDE("ticket__cdata") " " \
        "UNION ALL " WIDE("user__cdata") " " \
        "UNION ALL " WIDE("organization__cdata"))
// clang-format on

#endif
