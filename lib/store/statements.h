// SPDX-License-Identifier: GPL-2.0-or-later
// Every SQL statement of the server by name. The texts stand in statements.c and nowhere else.
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include <stddef.h>

// What each takes and gives back is said beside its text.
enum statement {
    STATEMENT_API_KEY,
    STATEMENT_HELP_DESK,
    STATEMENT_TICKET_BY_NUMBER,
    STATEMENT_TICKETS_OF_STAFF,
    STATEMENT_TICKETS_OF_USER,
    STATEMENT_TICKET_LIST,
    STATEMENT_STAFF_BY_USERNAME,
    STATEMENT_USER_BY_ADDRESS,
    STATEMENT_COUNT,
};

// For db_new().
extern const char *const statements[STATEMENT_COUNT];

#endif
