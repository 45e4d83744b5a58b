// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of plugin_instances.c.
#ifndef STORE_PLUGIN_STATEMENTS_H
#define STORE_PLUGIN_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define PLUGIN_INSTANCE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(PLUGIN_INSTANCES, INTEGER, "COUNT(*)") \
    NEXT(PLUGIN_INSTANCES_ON, INTEGER, "COALESCE(SUM(i.flags&1),0)")
COLUMN_NAMES(PLUGIN_INSTANCE_COLUMNS);

#define PLUGIN_STATEMENTS(STATEMENT) \
    STATEMENT(PLUGIN_INSTANCES, "INTEGER plugin,", PLUGIN_INSTANCE_COLUMNS, \
        "SELECT " COLUMNS(PLUGIN_INSTANCE_COLUMNS) " " \
        "FROM {plugin_instance} i " \
        "WHERE i.plugin_id=?")
// clang-format on

#endif
