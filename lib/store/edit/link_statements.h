// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of links.c.
#ifndef STORE_EDIT_LINK_STATEMENTS_H
#define STORE_EDIT_LINK_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define LINKED_CHILD(FIRST, NEXT, PART) \
    FIRST(LINKED_CHILD_ID, INTEGER, "t.ticket_id")
COLUMN_NAMES(LINKED_CHILD);

#define LINK_VALUES(FIRST, NEXT, PART) \
    FIRST(LINK_VALUE_PARENT, INTEGER, ) \
    NEXT(LINK_VALUE_FLAGS, INTEGER, ) \
    NEXT(LINK_VALUE_SORT, INTEGER, ) \
    NEXT(LINK_VALUE_TICKET, INTEGER, )
COLUMN_NAMES(LINK_VALUES);

// What markus' plugin for sub-tickets keeps for itself: where it is, the plugin is. A table's bare name, for information_schema.
#define SUBTICKET_PLUGIN(FIRST, NEXT, PART) \
    FIRST(, INTEGER, "EXISTS(SELECT 1 FROM information_schema.tables t " \
                     "WHERE t.table_schema=DATABASE() AND t.table_name=REPLACE('{ticket_hierarchy_metadata}','`',''))")
#define TICKET_PARENT(FIRST, NEXT, PART) FIRST(TICKET_PARENT_ID, INTEGER, "t.ticket_pid")
COLUMN_NAMES(TICKET_PARENT);

#define LINK_STATEMENTS(STATEMENT) \
    STATEMENT(LINKED_CHILDREN, "INTEGER ticket,", LINKED_CHILD, \
        "SELECT " COLUMNS(LINKED_CHILD) " " \
        "FROM {ticket} t " \
        "WHERE t.ticket_pid=? " \
        "ORDER BY t.sort,t.ticket_id") \
    /* As it is by now, and not as it was when the transaction began. */ \
    STATEMENT(LINKED_CHILD_NOW, "INTEGER ticket,", LINKED_CHILD, \
        "SELECT " COLUMNS(LINKED_CHILD) " " \
        "FROM {ticket} t " \
        "WHERE t.ticket_pid=? LIMIT 1 LOCK IN SHARE MODE") \
    STATEMENT(TICKET_LINK_SET, COLUMN_TYPES(LINK_VALUES), NO_COLUMNS, \
        "UPDATE {ticket} t " \
        "SET t.ticket_pid=NULLIF(?,0),t.flags=?,t.sort=?,t.updated=NOW() " \
        "WHERE t.ticket_id=?") \
    /* What others hang on from now on comes first among them, as in osTicket. */ \
    STATEMENT(TICKET_FLAGS_SET, "INTEGER flags,INTEGER flags,INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {ticket} t " \
        "SET t.sort=IF(?&16 AND NOT t.flags&3,0,t.sort),t.flags=?,t.updated=NOW() " \
        "WHERE t.ticket_id=?") \
    STATEMENT(SUBTICKET_PLUGIN, "", SUBTICKET_PLUGIN, "SELECT " COLUMNS(SUBTICKET_PLUGIN)) \
    /* As it is by now. */ \
    STATEMENT(TICKET_PARENT, "INTEGER ticket,", TICKET_PARENT, \
        "SELECT " COLUMNS(TICKET_PARENT) " " \
        "FROM {ticket} t " \
        "WHERE t.ticket_id=? LOCK IN SHARE MODE") \
    STATEMENT(TICKET_PARENT_SET, "INTEGER parent,INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {ticket} t " \
        "SET t.ticket_pid=NULLIF(?,0) " \
        "WHERE t.ticket_id=?")
// clang-format on

#endif
