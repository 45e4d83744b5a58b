// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of client_desk.c: the rows of a list's help desk with the answers to the forms of a user.
#ifndef STORE_READ_CLIENT_DESK_STATEMENTS_H
#define STORE_READ_CLIENT_DESK_STATEMENTS_H

#include "store/help_desk_statements.h"

// clang-format off
#define DESK_ANSWER(FIRST, NEXT, PART) \
    FIRST(DESK_ANSWER_KIND, TEXT, "'answer'") \
    NEXT(DESK_ANSWER_FIELD, INTEGER, "v.field_id") \
    NEXT(DESK_ANSWER_FORM_SORT, INTEGER, "o.sort") \
    NEXT(DESK_ANSWER_FORM, INTEGER, "o.id") \
    PART(DESK_ANSWER_NO_NUMBERS, NONE_3) \
    NEXT(DESK_ANSWER_VALUE, TEXT, "v.value") \
    PART(DESK_ANSWER_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(DESK_ANSWER);

#define CLIENT_DESK_STATEMENTS(STATEMENT) \
    STATEMENT(CLIENT_DESK, "INTEGER user,", DESK_FIRST_SETTING, \
        DESK_OF_LISTS " " \
        "UNION ALL SELECT " COLUMNS(DESK_ANSWER) " " \
        "FROM {form_entry} o " \
        "JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "WHERE o.object_type='U' AND o.object_id=?")
// clang-format on

#endif
