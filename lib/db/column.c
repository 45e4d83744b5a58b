// SPDX-License-Identifier: GPL-2.0-or-later
// Columns: binding, and numbers and times as text.
#include "db/column.h"

#include "base/digits.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 256

enum column_kind column_kind_of(const MYSQL_FIELD *field) {
    if (field->flags & ZEROFILL_FLAG) return COLUMN_TEXT;
    switch (field->type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG: return field->flags & UNSIGNED_FLAG ? COLUMN_UNSIGNED : COLUMN_INTEGER;
    case MYSQL_TYPE_TIMESTAMP:
    case MYSQL_TYPE_DATETIME: return field->decimals ? COLUMN_TEXT : COLUMN_TIME;
    default: return COLUMN_TEXT;
    }
}

bool column_is_decimal(const MYSQL_FIELD *field) {
    return field->type == MYSQL_TYPE_DECIMAL || field->type == MYSQL_TYPE_NEWDECIMAL;
}

bool column_bind(struct column *column, enum column_kind kind, MYSQL_BIND *bind) {
    if (!column->data) {
        column->data = malloc(FIRST_CAPACITY + 1);
        if (!column->data) return false;
        column->capacity = FIRST_CAPACITY;
    }
    column->kind = kind;
    bind->length = &column->length;
    bind->is_null = &column->is_null;
    bind->error = &column->truncated;
    switch (kind) {
    case COLUMN_TEXT:
        bind->buffer_type = MYSQL_TYPE_STRING;
        bind->buffer = column->data;
        bind->buffer_length = column->capacity;
        break;
    case COLUMN_INTEGER:
    case COLUMN_UNSIGNED:
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->buffer = &column->integer;
        bind->is_unsigned = kind == COLUMN_UNSIGNED;
        break;
    case COLUMN_TIME:
        bind->buffer_type = MYSQL_TYPE_DATETIME;
        bind->buffer = &column->time;
        break;
    }
    return true;
}

bool column_is_cut(const struct column *column) {
    return column->kind == COLUMN_TEXT && !column->is_null && column->length > column->capacity;
}

bool column_grow(struct column *column, MYSQL_BIND *bind) {
    char *data = realloc(column->data, column->length + 1);
    if (!data) return false;
    column->data = data;
    column->capacity = column->length;
    bind->buffer = data;
    bind->buffer_length = column->capacity;
    return true;
}

static struct text time_text(struct column *column) {
    const MYSQL_TIME *time = &column->time;
    char *to = digits_put(column->data, time->year, 4, '-');
    to = digits_put(to, time->month, 2, '-');
    to = digits_put(to, time->day, 2, ' ');
    to = digits_put(to, time->hour, 2, ':');
    to = digits_put(to, time->minute, 2, ':');
    to = digits_put(to, time->second, 2, '\0');
    return (struct text){column->data, (size_t)(to - column->data - 1)};
}

static struct text number_text(struct column *column) {
    bool negative = column->kind == COLUMN_INTEGER && column->integer < 0;
    uint64_t bits = (uint64_t)column->integer;
    char *from = digits_of(negative ? 0 - bits : bits, negative, column->data);
    return (struct text){from, (size_t)(column->data + DIGITS_MAX - 1 - from)};
}

struct text column_text(struct column *column) {
    if (column->is_null) return TEXT_NULL;
    switch (column->kind) {
    case COLUMN_INTEGER:
    case COLUMN_UNSIGNED: return number_text(column);
    case COLUMN_TIME: return time_text(column);
    case COLUMN_TEXT: break;
    }
    column->data[column->length] = '\0';
    return (struct text){column->data, column->length};
}

int64_t column_integer(struct column *column) {
    int64_t value;
    if (column->is_null) return 0;
    if (column->kind == COLUMN_INTEGER) return column->integer;
    if (column->kind == COLUMN_UNSIGNED) return column->integer < 0 ? 0 : column->integer; // beyond INT64_MAX
    return text_to_int64(column_text(column), &value) ? value : 0;
}

void column_trim(struct column *column, unsigned long kept) {
    if (column->capacity <= kept) return;
    free(column->data);
    *column = (struct column){0};
}
