// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of form_fields.c: the fields of the forms of a ticket, a user or an organization and what
// they need, one kind of row below the other.
#ifndef STORE_EDIT_FORM_FIELD_STATEMENTS_H
#define STORE_EDIT_FORM_FIELD_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// A field f of a form m that the object has an entry o of, with its answer v. As the first kind it decides what the columns
// hold, see uniform_text.h.
#define FORM_FIELD_ROW(FIRST, NEXT, PART) \
    FIRST(FORM_FIELD_KIND, TEXT, "'field'") \
    NEXT(FORM_FIELD_ID, INTEGER, "f.id") \
    NEXT(FORM_FIELD_PLACE, INTEGER, "f.sort") \
    NEXT(FORM_FIELD_ENTRY, INTEGER, "o.id") \
    NEXT(FORM_FIELD_FLAGS, INTEGER, "f.flags") \
    NEXT(FORM_FIELD_ANSWER, INTEGER, "v.field_id") \
    NEXT(FORM_FIELD_VALUE_ID, INTEGER, "v.value_id") \
    NEXT(FORM_FIELD_IS_OFF, INTEGER, \
         "JSON_VALID(o.extra) AND (JSON_CONTAINS(o.extra,CONCAT(f.id),'$.disable') " \
         "OR JSON_CONTAINS(o.extra,JSON_QUOTE(CONCAT(f.id)),'$.disable'))") \
    NEXT(FORM_FIELD_TYPE, TEXT, UNIFORM("f.type")) \
    NEXT(FORM_FIELD_LABEL, TEXT, UNIFORM("f.label")) \
    NEXT(FORM_FIELD_NAME, TEXT, UNIFORM("f.name")) \
    NEXT(FORM_FIELD_CONFIGURATION, TEXT, UNIFORM("f.configuration")) \
    NEXT(FORM_FIELD_VALUE, TEXT, UNIFORM("v.value")) \
    NEXT(FORM_FIELD_FORM_TYPE, TEXT, UNIFORM("m.type"))
COLUMN_NAMES(FORM_FIELD_ROW);

// An item of a list that one of the fields shows.
#define FORM_FIELD_ITEM(FIRST, NEXT, PART) \
    FIRST(FORM_FIELD_ITEM_KIND, TEXT, "'item'") \
    NEXT(FORM_FIELD_ITEM_ID, INTEGER, "i.id") \
    NEXT(FORM_FIELD_ITEM_SORT, INTEGER, "i.sort") \
    NEXT(FORM_FIELD_ITEM_LIST, INTEGER, "i.list_id") \
    PART(FORM_FIELD_ITEM_NO_NUMBERS, NONE_4) \
    NEXT(FORM_FIELD_ITEM_VALUE, TEXT, "i.value") \
    NEXT(FORM_FIELD_ITEM_ABBREVIATION, TEXT, "i.extra") \
    PART(FORM_FIELD_ITEM_NO_TEXTS, NONE_4)
COLUMN_NAMES(FORM_FIELD_ITEM);

// A column of the object's cdata table. A table's bare name, for information_schema.
#define FORM_FIELD_COLUMN(FIRST, NEXT, PART) \
    FIRST(FORM_FIELD_COLUMN_KIND, TEXT, "'column'") \
    NEXT(FORM_FIELD_COLUMN_ID, INTEGER, "0") \
    NEXT(FORM_FIELD_COLUMN_PLACE, INTEGER, "c.ordinal_position") \
    NEXT(FORM_FIELD_COLUMN_IS_NARROW, INTEGER, "c.character_set_name<>'utf8mb4'") \
    PART(FORM_FIELD_COLUMN_NO_NUMBERS, NONE_4) \
    NEXT(FORM_FIELD_COLUMN_NAME, TEXT, UNIFORM("c.column_name")) \
    PART(FORM_FIELD_COLUMN_NO_TEXTS, NONE_5)
COLUMN_NAMES(FORM_FIELD_COLUMN);
_Static_assert((int)FORM_FIELD_ITEM_COUNT == (int)FORM_FIELD_ROW_COUNT &&
                   (int)FORM_FIELD_COLUMN_COUNT == (int)FORM_FIELD_ROW_COUNT,
               "each kind has as many columns");

#define FORM_FIELDS_OF(type, columns) \
    "SELECT " COLUMNS(FORM_FIELD_ROW) " " \
    "FROM {form_entry} o " \
    "JOIN {form} m ON m.id=o.form_id " \
    "JOIN {form_field} f ON f.form_id=o.form_id " \
    "LEFT JOIN {form_entry_values} v ON v.entry_id=o.id AND v.field_id=f.id " \
    "WHERE o.object_type=" type " AND o.object_id=? " \
    "UNION ALL SELECT " COLUMNS(FORM_FIELD_ITEM) " " \
    "FROM {list_items} i " \
    "WHERE CONCAT('list-',i.list_id) IN (SELECT " UNIFORM("f.type") " FROM {form_entry} o " \
    "JOIN {form_field} f ON f.form_id=o.form_id " \
    "WHERE o.object_type=" type " AND o.object_id=?) " columns \
    "ORDER BY 3,2"
#define FORM_FIELDS_COLUMNS_OF(cdata) \
    "UNION ALL SELECT " COLUMNS(FORM_FIELD_COLUMN) " " \
    "FROM information_schema.columns c " \
    "WHERE c.table_schema=DATABASE() AND c.table_name=REPLACE('" cdata "','`','') "
#define FORM_FIELD_STATEMENTS(STATEMENT) \
    STATEMENT(FORM_FIELDS, "INTEGER ticket,INTEGER ticket,", FORM_FIELD_ROW, FORM_FIELDS_OF("'T'", "")) \
    STATEMENT(FORM_FIELDS_OF_USER, "INTEGER user,INTEGER user,", FORM_FIELD_ROW, FORM_FIELDS_OF("'U'", "")) \
    STATEMENT(FORM_FIELDS_OF_ORGANIZATION, "INTEGER organization,INTEGER organization,", FORM_FIELD_ROW, \
        FORM_FIELDS_OF("'O'", "")) \
    STATEMENT(FORM_FIELDS_AND_COLUMNS, "INTEGER ticket,INTEGER ticket,", FORM_FIELD_ROW, \
        FORM_FIELDS_OF("'T'", FORM_FIELDS_COLUMNS_OF("{ticket__cdata}"))) \
    STATEMENT(FORM_FIELDS_AND_COLUMNS_OF_USER, "INTEGER user,INTEGER user,", FORM_FIELD_ROW, \
        FORM_FIELDS_OF("'U'", FORM_FIELDS_COLUMNS_OF("{user__cdata}"))) \
    STATEMENT(FORM_FIELDS_AND_COLUMNS_OF_ORGANIZATION, "INTEGER organization,INTEGER organization,", FORM_FIELD_ROW, \
        FORM_FIELDS_OF("'O'", FORM_FIELDS_COLUMNS_OF("{organization__cdata}"))) \
    /* The form of a user or an organization that has none yet, as osTicket gives it one when it is edited. */ \
    STATEMENT(FORM_ENTRY_ENSURE, "INTEGER object,TEXT type,TEXT type,TEXT type,INTEGER object,", NO_COLUMNS, \
        "INSERT INTO {form_entry}(form_id,object_id,object_type,sort,extra,created,updated) " \
        "SELECT MIN(m.id),?,?,1,NULL,NOW(),NOW() " \
        "FROM {form} m " \
        "WHERE m.type=? AND NOT EXISTS(SELECT 1 FROM {form_entry} o WHERE o.object_type=? AND o.object_id=?) " \
        "HAVING MIN(m.id) IS NOT NULL") \
    STATEMENT(FORM_ANSWERS_SET, COLUMN_TYPES(FORM_VALUES), NO_COLUMNS, \
        "INSERT INTO {form_entry_values}(" COLUMNS(FORM_VALUES) ") " \
        "VALUES(" PLACES(FORM_VALUES) ") " \
        "ON DUPLICATE KEY UPDATE value=VALUES(value),value_id=COALESCE(VALUES(value_id),value_id)") \
    STATEMENT(TICKET_FORMS_PLACE, "INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {form_entry} o " \
        "JOIN (SELECT x.id,ROW_NUMBER() OVER (ORDER BY x.sort,x.id)-1 AS place FROM {form_entry} x " \
        "WHERE x.object_type='T' AND x.object_id=?) y ON y.id=o.id " \
        "SET o.sort=y.place,o.updated=NOW() " \
        "WHERE o.sort<>y.place")
// clang-format on

#endif
