// SPDX-License-Identifier: GPL-2.0-or-later
// Every SQL statement of the server. {name} is a table under osTicket's prefix, see db/sql_text.h.
#include "store/statements.h"

#define STATEMENT_TEXT(name, takes, gives, text) [STATEMENT_##name] = (text),
const char *const statements[STATEMENT_COUNT] = {STATEMENTS_OF_ALL_DAYS(STATEMENT_TEXT)
                                                     RARE_STATEMENTS(STATEMENT_TEXT)};

#define STATEMENT_TYPES(name, takes, gives, text) [STATEMENT_##name] = {#name, takes, "" COLUMN_TYPES(gives)},
const struct statement_types statement_types[STATEMENT_COUNT] = {STATEMENTS_OF_ALL_DAYS(STATEMENT_TYPES)
                                                                     RARE_STATEMENTS(STATEMENT_TYPES)};
