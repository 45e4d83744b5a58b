// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of api_key.c. Whether the address is the key's is a column, because a second condition would
// have the optimiser weigh the index on it.
#ifndef STORE_API_KEY_STATEMENTS_H
#define STORE_API_KEY_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define API_KEY_COLUMNS(FIRST, NEXT, PART) \
    FIRST(API_KEY_ID, INTEGER, "a.id") \
    NEXT(API_KEY_IS_ACTIVE, INTEGER, "a.isactive") \
    NEXT(API_KEY_CREATES_TICKETS, INTEGER, "a.can_create_tickets") \
    NEXT(API_KEY_RUNS_CRON, INTEGER, "a.can_exec_cron") \
    NEXT(API_KEY_IS_OF_ADDRESS, INTEGER, "a.ipaddr=?") \
    NEXT(API_KEY_TEXT, TEXT, "a.apikey")

// With the id of what the request is about; a row for each that bears the name. Of several tickets of a number the first.
#define API_KEY_AND(FIRST, NEXT, PART, id) \
    API_KEY_COLUMNS(FIRST, NEXT, PART) \
    NEXT(API_KEY_SUBJECT, INTEGER, id)
#define API_KEY_AND_TICKET(FIRST, NEXT, PART) \
    API_KEY_AND(FIRST, NEXT, PART, "(SELECT MIN(t.ticket_id) FROM {ticket} t WHERE t.number=?)")
#define API_KEY_AND_STAFF(FIRST, NEXT, PART) API_KEY_AND(FIRST, NEXT, PART, "s.staff_id")
#define API_KEY_AND_USER(FIRST, NEXT, PART) API_KEY_AND(FIRST, NEXT, PART, "u.id")
COLUMN_NAMES(API_KEY_AND_STAFF);

#define API_KEY_STATEMENTS(STATEMENT) \
    STATEMENT(API_KEY, "TEXT address,TEXT key,", API_KEY_COLUMNS, \
        "SELECT " COLUMNS(API_KEY_COLUMNS) " " \
        "FROM {api_key} a " \
        "WHERE a.apikey=?") \
    STATEMENT(KEY_AND_TICKET, "TEXT address,TEXT number,TEXT key,", API_KEY_AND_TICKET, \
        "SELECT " COLUMNS(API_KEY_AND_TICKET) " " \
        "FROM {api_key} a " \
        "WHERE a.apikey=?") \
    STATEMENT(KEY_AND_STAFF, "TEXT address,TEXT username,TEXT key,", API_KEY_AND_STAFF, \
        "SELECT " COLUMNS(API_KEY_AND_STAFF) " " \
        "FROM {api_key} a " \
        "LEFT JOIN {staff} s ON s.username=? " \
        "WHERE a.apikey=?") \
    STATEMENT(KEY_AND_USER, "TEXT address,TEXT address of the user,TEXT key,", API_KEY_AND_USER, \
        "SELECT " COLUMNS(API_KEY_AND_USER) " " \
        "FROM {api_key} a " \
        "LEFT JOIN {user_email} m ON m.address=? " \
        "LEFT JOIN {user} u ON u.id=m.user_id " \
        "WHERE a.apikey=?")
// clang-format on

#endif
