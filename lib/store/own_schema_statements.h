// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of own_schema.c: a row where there is such a table, index or trigger.
#ifndef STORE_OWN_SCHEMA_STATEMENTS_H
#define STORE_OWN_SCHEMA_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define OWN_SCHEMA_IS_THERE(FIRST, NEXT, PART) FIRST(, INTEGER, "1")

#define OWN_SCHEMA_STATEMENTS(STATEMENT) \
    STATEMENT(OWN_TABLE, "TEXT name,", OWN_SCHEMA_IS_THERE, \
        "SELECT " COLUMNS(OWN_SCHEMA_IS_THERE) " " \
        "FROM information_schema.tables " \
        "WHERE table_schema=DATABASE() AND table_name=?") \
    STATEMENT(OWN_INDEX, "TEXT table,TEXT name,", OWN_SCHEMA_IS_THERE, \
        "SELECT " COLUMNS(OWN_SCHEMA_IS_THERE) " " \
        "FROM information_schema.statistics " \
        "WHERE table_schema=DATABASE() AND table_name=? AND index_name=? LIMIT 1") \
    /* Asked for by its table, the server opens no other. */ \
    STATEMENT(OWN_TRIGGER, "TEXT table,TEXT name,", OWN_SCHEMA_IS_THERE, \
        "SELECT " COLUMNS(OWN_SCHEMA_IS_THERE) " " \
        "FROM information_schema.triggers " \
        "WHERE event_object_schema=DATABASE() AND event_object_table=? AND trigger_name=?")
// clang-format on

#endif
