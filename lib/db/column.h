// SPDX-License-Identifier: GPL-2.0-or-later
// A column of the row at hand: where the client library puts it and what it says. Private to this room.
#ifndef DB_COLUMN_H
#define DB_COLUMN_H

#include "base/text.h"

#include <mysql.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MariaDB has my_bool here, MySQL 8 has bool.
typedef __typeof__(*((MYSQL_BIND *)0)->is_null) column_flag;

// How a column is fetched: numbers and times as such, because the library's own way from them to text is
// printf().
enum column_kind { COLUMN_TEXT, COLUMN_INTEGER, COLUMN_UNSIGNED, COLUMN_TIME };

// All zero: nothing held yet.
struct column {
    enum column_kind kind;
    bool is_decimal; // a number, though its kind is text
    char *data;
    unsigned long capacity; // one more is allocated, for the NUL
    unsigned long length;   // of the value, which may not have fitted
    int64_t integer;
    MYSQL_TIME time;
    column_flag is_null;
    column_flag truncated;
};

// How to fetch a column that is so described.
enum column_kind column_kind_of(const MYSQL_FIELD *field);

// Whether it is a decimal number, which comes as text.
bool column_is_decimal(const MYSQL_FIELD *field);

// Has the column fetched as `kind`; `bind` borrows from it. False when memory is out.
bool column_bind(struct column *column, enum column_kind kind, MYSQL_BIND *bind);

// Whether the value at hand did not fit, see column_grow().
bool column_is_cut(const struct column *column);

// Makes room for the whole value at hand; `bind` has to be bound again. False when memory is out.
bool column_grow(struct column *column, MYSQL_BIND *bind);

// What the row at hand says: terminated, valid until the next row. A number or a time as MySQL writes it.
struct text column_text(struct column *column);

// 0 for NULL and for what is no integer.
int64_t column_integer(struct column *column);

// Gives a buffer of more than `kept` bytes back.
void column_trim(struct column *column, unsigned long kept);

#endif
