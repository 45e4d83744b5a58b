// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of canned_choice.c.
#ifndef STORE_TICKET_CANNED_CHOICE_STATEMENTS_H
#define STORE_TICKET_CANNED_CHOICE_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define CANNED_CHOICE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CANNED_CHOICE_ID, INTEGER, "r.canned_id") \
    NEXT(CANNED_CHOICE_TEXT, TEXT, "r.response")
COLUMN_NAMES(CANNED_CHOICE_COLUMNS);

#define CANNED_CHOICE_STATEMENTS(STATEMENT) \
    STATEMENT(CANNED_CHOICE, "INTEGER ticket,INTEGER canned response,TEXT title,", CANNED_CHOICE_COLUMNS, \
        "SELECT " COLUMNS(CANNED_CHOICE_COLUMNS) " " \
        "FROM {canned_response} r " \
        "JOIN {ticket} t ON t.ticket_id=? AND r.dept_id IN (0,t.dept_id) " \
        "WHERE r.isenabled=1 AND (r.canned_id=? OR r.title=?) " \
        "ORDER BY r.canned_id LIMIT 1")
// clang-format on

#endif
