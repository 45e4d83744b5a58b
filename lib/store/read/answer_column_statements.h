// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of answer_columns.c.
#ifndef STORE_READ_ANSWER_COLUMN_STATEMENTS_H
#define STORE_READ_ANSWER_COLUMN_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// A column c with the field f that it has the answers to. A field without a name has a column by its id.
#define ANSWER_COLUMN_COLUMNS(FIRST, NEXT, PART) \
    FIRST(ANSWER_COLUMN_NAME, TEXT, "c.column_name") \
    NEXT(ANSWER_COLUMN_TYPE, TEXT, "f.type") \
    NEXT(ANSWER_COLUMN_FLAGS, INTEGER, "f.flags") \
    NEXT(ANSWER_COLUMN_CHOICES, TEXT, \
        "IF(JSON_VALID(f.configuration),JSON_UNQUOTE(JSON_EXTRACT(f.configuration,'$.choices')),NULL)")
COLUMN_NAMES(ANSWER_COLUMN_COLUMNS);

#define LISTED_ITEM_COLUMNS(FIRST, NEXT, PART) FIRST(LISTED_ITEM_ID, INTEGER, "i.id")
COLUMN_NAMES(LISTED_ITEM_COLUMNS);

#define ANSWER_COLUMN_STATEMENTS(STATEMENT) \
    STATEMENT(ANSWER_COLUMNS, "", ANSWER_COLUMN_COLUMNS, \
        "SELECT " COLUMNS(ANSWER_COLUMN_COLUMNS) " " \
        "FROM information_schema.columns c " \
        "LEFT JOIN {form} m ON m.type='T' " \
        "LEFT JOIN {form_field} f ON f.form_id=m.id AND " UNIFORM("c.column_name") "=" \
        UNIFORM("IF(f.name='',CONCAT('field_',f.id),f.name)") " " \
        "WHERE c.table_schema=DATABASE() AND c.table_name=REPLACE('{ticket__cdata}','`','') " \
        "AND c.column_name<>'ticket_id' " \
        "ORDER BY c.ordinal_position,f.id") \
    STATEMENT(LISTED_ITEMS, "INTEGER list,TEXT label,", LISTED_ITEM_COLUMNS, \
        "SELECT " COLUMNS(LISTED_ITEM_COLUMNS) " " \
        "FROM {list_items} i " \
        "WHERE i.list_id=? AND i.value=? LIMIT 20")
// clang-format on

#endif
