// SPDX-License-Identifier: GPL-2.0-or-later
// SQL for several rows by one statement of the table: as many slots as SLOT_COUNT, of which any number may be
// in use.
#ifndef STORE_SLOTS_H
#define STORE_SLOTS_H

#define SLOT_COUNT 16

// A value of row r.n: takes one for each slot, NULL for those that are not in use. Not a column of a derived
// table, which would have a type with a greatest length.
#define SLOT "ELT(r.n,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

// The rows r, whether in use or not.
#define SLOT_NUMBERS                                                                                         \
    "(SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL "  \
    "SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL "       \
    "SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13 UNION ALL SELECT 14 UNION ALL SELECT 15 UNION ALL "   \
    "SELECT 16) r"

// The rows r that are in use: takes how many.
#define SLOTS SLOT_NUMBERS " WHERE r.n<=? ORDER BY r.n"

// The values of a list for each slot: those of its first column for all slots, then those of the next. Value
// N of slot s is at N * SLOT_COUNT + s.
#define SLOT_PLACES(LIST)                 LIST(COLUMN_SLOT, COLUMN_NEXT_SLOT, COLUMN_NO_SLOTS)
#define COLUMN_SLOT(name, type, sql)      SLOT
#define COLUMN_NEXT_SLOT(name, type, sql) "," SLOT
#define SLOT_TYPES(LIST)                  LIST(COLUMN_SLOT_TYPE, COLUMN_SLOT_TYPE, COLUMN_NO_SLOTS)
#define COLUMN_SLOT_TYPE(name, type, sql) "16 " #type " " #name ","

#endif
