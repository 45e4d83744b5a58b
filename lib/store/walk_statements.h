// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of walk.c, of "osticket-fcgi compare" alone.
#ifndef STORE_WALK_STATEMENTS_H
#define STORE_WALK_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define WALK_NUMBER(FIRST, NEXT, PART) FIRST(WALK_NAME, TEXT, "t.number")
#define WALK_USERNAME(FIRST, NEXT, PART) FIRST(WALK_NAME, TEXT, "s.username")
#define WALK_ADDRESS(FIRST, NEXT, PART) FIRST(WALK_NAME, TEXT, "m.address")
COLUMN_NAMES(WALK_NUMBER);

#define WALK_STATEMENTS(STATEMENT) \
    STATEMENT(WALK_TICKETS, "INTEGER most,", WALK_NUMBER, \
        "SELECT " COLUMNS(WALK_NUMBER) " " \
        "FROM {ticket} t " \
        "ORDER BY t.ticket_id DESC LIMIT ?") \
    STATEMENT(WALK_AGENTS, "INTEGER most,", WALK_USERNAME, \
        "SELECT " COLUMNS(WALK_USERNAME) " " \
        "FROM {staff} s " \
        "ORDER BY s.staff_id LIMIT ?") \
    STATEMENT(WALK_CLIENTS, "INTEGER most,", WALK_ADDRESS, \
        "SELECT " COLUMNS(WALK_ADDRESS) " " \
        "FROM {user} u " \
        "JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE EXISTS(SELECT 1 FROM {ticket} t WHERE t.user_id=u.id) " \
        "ORDER BY u.id DESC LIMIT ?")
// clang-format on

#endif
