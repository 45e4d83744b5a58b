// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of answers.c.
#ifndef STORE_ANSWER_STATEMENTS_H
#define STORE_ANSWER_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// An answer: of the field f, the value v.
#define FORM_ANSWER_PART(FIRST, NEXT, PART) \
    FIRST(FORM_ANSWER_FIELD, INTEGER, "f.id") \
    NEXT(FORM_ANSWER_NAME, TEXT, "f.name") \
    NEXT(FORM_ANSWER_TYPE, TEXT, "f.type") \
    NEXT(FORM_ANSWER_CONFIGURATION, TEXT, "f.configuration") \
    NEXT(FORM_ANSWER_VALUE, TEXT, "v.value") \
    NEXT(FORM_ANSWER_VALUE_ID, ANY, "v.value_id")
COLUMN_NAMES(FORM_ANSWER_PART);

// In their order: the name of the user's organization as the answer to the field for it, then the user's own answers,
// then the organization's.
#define PARTY_ORGANIZATION(FIRST, NEXT, PART) \
    FIRST(FORM_ANSWER_FIELD, INTEGER, "f.id") \
    NEXT(FORM_ANSWER_NAME, TEXT, UNIFORM("f.name")) \
    NEXT(FORM_ANSWER_TYPE, TEXT, UNIFORM("'text'")) \
    NEXT(FORM_ANSWER_CONFIGURATION, TEXT, NO_TEXT) \
    NEXT(FORM_ANSWER_VALUE, TEXT, UNIFORM("g.name")) \
    NEXT(FORM_ANSWER_VALUE_ID, ANY, "NULL") \
    NEXT(PARTY_PLACE, INTEGER, "0 AS place") \
    NEXT(PARTY_SORT, INTEGER, "0 AS sort")
#define PARTY_ANSWERS_OF(place, type) \
    "SELECT " COLUMNS(FORM_ANSWER_PART) "," place ",f.sort " \
    "FROM {form_entry} e " \
    "JOIN {form_entry_values} v ON v.entry_id=e.id " \
    "JOIN {form_field} f ON f.id=v.field_id " \
    "WHERE e.object_type='" type "' AND e.object_id=? "

#define ANSWER_STATEMENTS(STATEMENT) \
    STATEMENT(PARTY_ANSWERS, "INTEGER organization,INTEGER user,INTEGER organization,", PARTY_ORGANIZATION, \
        "SELECT " COLUMNS(PARTY_ORGANIZATION) " " \
        "FROM {organization} g " \
        "JOIN {form} o ON o.type='O' " \
        "JOIN {form_field} f ON f.form_id=o.id AND f.name='name' " \
        "WHERE g.id=? " \
        "UNION ALL " PARTY_ANSWERS_OF("1", "U") \
        "UNION ALL " PARTY_ANSWERS_OF("2", "O") \
        "ORDER BY place,sort,1")
// clang-format on

#endif
