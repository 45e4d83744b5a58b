// SPDX-License-Identifier: GPL-2.0-or-later
// The statements that every table of things to be sent has alike: see outbox.h.
#ifndef STORE_OUTBOX_OUTBOX_STATEMENTS_H
#define STORE_OUTBOX_OUTBOX_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define OUTBOX_COUNT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(OUTBOX_COUNT_STATE, TEXT, "state") \
    NEXT(OUTBOX_COUNT_COUNT, INTEGER, "COUNT(*)") \
    NEXT(OUTBOX_COUNT_OLDEST, INTEGER, "TIMESTAMPDIFF(SECOND,MIN(created),UTC_TIMESTAMP())")
COLUMN_NAMES(OUTBOX_COUNT_COLUMNS);

// `table` as sql_text.h has it; `held`, a condition with one place, is whether a row is still in the hands of the lease;
// `again`, the states out of which a row may be sent anew by hand.
#define OUTBOX_STATEMENTS(STATEMENT, NAME, table, held, again) \
    STATEMENT(NAME##_FINISH, "TEXT state,TEXT error,INTEGER id,TEXT lease,", NO_COLUMNS, \
        "UPDATE " table " " \
        "SET state=?,error=?,due=NULL,lease='',finished=UTC_TIMESTAMP() " \
        "WHERE id=? AND " held) \
    STATEMENT(NAME##_POSTPONE, "TEXT error,INTEGER seconds,INTEGER attempts that do not count,INTEGER id,TEXT lease,", \
        NO_COLUMNS, \
        "UPDATE " table " " \
        "SET state='waiting',error=COALESCE(?,error),lease=''," \
        "due=UTC_TIMESTAMP()+INTERVAL ? SECOND,attempts=attempts-? " \
        "WHERE id=? AND " held) \
    STATEMENT(NAME##_PURGE, "INTEGER days,", NO_COLUMNS, \
        "DELETE FROM " table " " \
        "WHERE finished<UTC_TIMESTAMP()-INTERVAL ? DAY LIMIT 5000") \
    STATEMENT(NAME##_COUNTS, "", OUTBOX_COUNT_COLUMNS, \
        "SELECT " COLUMNS(OUTBOX_COUNT_COLUMNS) " " \
        "FROM " table " " \
        "GROUP BY state " \
        "ORDER BY state") \
    /* Twice the id, or 0 for all that wait or have failed. */ \
    STATEMENT(NAME##_RETRY, "INTEGER id,INTEGER id,", NO_COLUMNS, \
        "UPDATE " table " " \
        "SET state='waiting',attempts=0,due=UTC_TIMESTAMP(),finished=NULL,lease='' " \
        "WHERE (id=? OR (?=0 AND state NOT IN ('sent','dropped'))) AND state IN (" again ")") \
    STATEMENT(NAME##_DROP, "INTEGER id,", NO_COLUMNS, \
        "UPDATE " table " " \
        "SET state='dropped',due=NULL,lease='',finished=UTC_TIMESTAMP(),error='dropped by hand' " \
        "WHERE id=? AND state IN ('waiting','failed')")
// clang-format on

#endif
