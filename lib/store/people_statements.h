// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of people.c.
#ifndef STORE_PEOPLE_STATEMENTS_H
#define STORE_PEOPLE_STATEMENTS_H

#include "store/columns.h"

// clang-format off
// An agent, beside his id.
#define STAFF_PART(FIRST, NEXT, PART) \
    FIRST(STAFF_USERNAME, TEXT, "s.username") \
    NEXT(STAFF_FIRST_NAME, TEXT, "s.firstname") \
    NEXT(STAFF_LAST_NAME, TEXT, "s.lastname") \
    NEXT(STAFF_EMAIL, TEXT, "s.email") \
    NEXT(STAFF_SIGNATURE, TEXT, "s.signature")
COLUMN_NAMES(STAFF_PART);

#define STAFF_COLUMNS(FIRST, NEXT, PART) \
    FIRST(STAFF_ROW_ID, INTEGER, "s.staff_id") \
    PART(STAFF_ROW_STAFF, STAFF_PART)
COLUMN_NAMES(STAFF_COLUMNS);

#define USER_ID_COLUMNS(FIRST, NEXT, PART) \
    FIRST(USER_ID, INTEGER, "u.id")
COLUMN_NAMES(USER_ID_COLUMNS);

#define PEOPLE_RARE_STATEMENTS(STATEMENT) \
    STATEMENT(STAFF_BY_ID, "INTEGER agent,", STAFF_COLUMNS, \
        "SELECT " COLUMNS(STAFF_COLUMNS) " " \
        "FROM {staff} s " \
        "WHERE s.staff_id=?")

#define PEOPLE_STATEMENTS(STATEMENT) \
    STATEMENT(STAFF_BY_USERNAME, "TEXT username,", STAFF_COLUMNS, \
        "SELECT " COLUMNS(STAFF_COLUMNS) " " \
        "FROM {staff} s " \
        "WHERE s.username=?") \
    STATEMENT(USER_BY_ADDRESS, "TEXT address,", USER_ID_COLUMNS, \
        "SELECT " COLUMNS(USER_ID_COLUMNS) " " \
        "FROM {user_email} m " \
        "JOIN {user} u ON u.id=m.user_id " \
        "WHERE m.address=?")
// clang-format on

#endif
