// SPDX-License-Identifier: GPL-2.0-or-later
// Columns that are named once: a list of them gives the SQL text, the enumeration that readers and tests use,
// and the types that a test compares with the database's.
//
//     #define TEAM_COLUMNS(FIRST, NEXT, PART)
//         FIRST(TEAM_ID, INTEGER, "t.team_id")
//         NEXT(TEAM_NAME, TEXT, "t.name")
//         PART(TEAM_LEAD, NAME_PART)
//     COLUMN_NAMES(TEAM_COLUMNS);
//     "SELECT " COLUMNS(TEAM_COLUMNS) " FROM {team} t"
//
// A part is a list of its own that several others contain: TEAM_LEAD is the position of its first column, and
// TEAM_LEAD + NAME_FIRST that of one of its columns. A part stands nowhere first, and contains no parts.
//
// Types: INTEGER, also where a database computes a decimal number (SUM, a UNION); TEXT; TIME, a date with a
// time, which is read as text; ANY, where it is NULL.
//
// The values that a statement takes may be such a list, too: where an INSERT names its columns by COLUMNS(),
// PLACES() are the question marks, and the enumeration their positions among the values.
#ifndef STORE_COLUMNS_H
#define STORE_COLUMNS_H

// clang-format off
#define COLUMN_NAMES(LIST) enum { LIST(COLUMN_NAME, COLUMN_NAME, COLUMN_PART_NAME) LIST##_COUNT }
#define COLUMN_NAME(name, type, sql) name,
#define COLUMN_PART_NAME(name, LIST) name, name##_END = (name) + LIST##_COUNT - 1,

#define COLUMNS(LIST) LIST(COLUMN_SQL, COLUMN_NEXT_SQL, COLUMN_PART_SQL)
#define COLUMN_SQL(name, type, sql) sql
#define COLUMN_NEXT_SQL(name, type, sql) "," sql
#define COLUMN_PART_SQL(name, LIST) "," LIST(COLUMN_SQL, COLUMN_NEXT_SQL, COLUMN_PART_SQL)

#define PLACES(LIST) LIST(COLUMN_PLACE, COLUMN_NEXT_PLACE, COLUMN_NO_PLACES)
#define COLUMN_PLACE(name, type, sql) "?"
#define COLUMN_NEXT_PLACE(name, type, sql) ",?"

// A NULL for each: in a UNION the place of what is no column of a kind of rows.
#define NULLS(LIST) LIST(COLUMN_NULL, COLUMN_NEXT_NULL, COLUMN_NO_NULLS)
#define COLUMN_NULL(name, type, sql) "NULL"
#define COLUMN_NEXT_NULL(name, type, sql) ",NULL"

// "INTEGER TEAM_ID,TEXT TEAM_NAME," for the test of all statements.
#define COLUMN_TYPES(LIST) LIST(COLUMN_TYPE, COLUMN_TYPE, COLUMN_PART_TYPES)
#define COLUMN_TYPE(name, type, sql) #type " " #name ","
#define COLUMN_PART_TYPES(name, LIST) LIST(COLUMN_TYPE, COLUMN_TYPE, COLUMN_PART_TYPES)

// What a statement gives that gives no rows.
#define NO_COLUMNS(FIRST, NEXT, PART)

// Parts without anything, for the places of a UNION that one of its kinds of rows has no use for.
#define NONE_1(FIRST, NEXT, PART) FIRST(, ANY, "NULL")
#define NONE_2(FIRST, NEXT, PART) NONE_1(FIRST, NEXT, PART) NEXT(, ANY, "NULL")
#define NONE_3(FIRST, NEXT, PART) NONE_2(FIRST, NEXT, PART) NEXT(, ANY, "NULL")
#define NONE_4(FIRST, NEXT, PART) NONE_3(FIRST, NEXT, PART) NEXT(, ANY, "NULL")
#define NONE_5(FIRST, NEXT, PART) NONE_4(FIRST, NEXT, PART) NEXT(, ANY, "NULL")
#define NONE_6(FIRST, NEXT, PART) NONE_5(FIRST, NEXT, PART) NEXT(, ANY, "NULL")
#define NONE_7(FIRST, NEXT, PART) NONE_6(FIRST, NEXT, PART) NEXT(, ANY, "NULL")
#define NONE_8(FIRST, NEXT, PART) NONE_7(FIRST, NEXT, PART) NEXT(, ANY, "NULL")
#define NONE_9(FIRST, NEXT, PART) NONE_8(FIRST, NEXT, PART) NEXT(, ANY, "NULL")
enum {
    NONE_1_COUNT = 1, NONE_2_COUNT, NONE_3_COUNT, NONE_4_COUNT, NONE_5_COUNT, NONE_6_COUNT, NONE_7_COUNT,
    NONE_8_COUNT, NONE_9_COUNT,
};
// clang-format on

#endif
