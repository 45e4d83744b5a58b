// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of a reading statement, one by one.
#include "db/collation.h"
#include "db/statement.h"

#include <string.h>

#define COLUMN_KEPT    (1 << 20) // a larger buffer is given back with the result
#define COLUMN_MAX     (256 << 20)
#define ROWS_READ_AWAY 64 // so many unread rows are cheaper to read than a new connection

static bool bind_columns(struct db_rows *rows, struct error *error) {
    // Read anew for each execution: the type of a column may depend on the values, and a table may have been
    // altered.
    MYSQL_RES *metadata = mysql_stmt_result_metadata(rows->statement);
    bool bound = metadata != NULL;
    rows->is_utf8 = true;
    memset(rows->binds, 0, rows->count * sizeof *rows->binds);
    for (unsigned i = 0; bound && i < rows->count; i++) {
        const MYSQL_FIELD *field = mysql_fetch_field_direct(metadata, i);
        enum column_kind kind = column_kind_of(field);
        rows->is_utf8 = rows->is_utf8 && collation_is_utf8(field->charsetnr);
        bound = column_bind(&rows->columns[i], kind, &rows->binds[i]);
        rows->columns[i].is_decimal = column_is_decimal(field);
    }
    if (metadata) mysql_free_result(metadata);
    if (!bound) return error_set(error, ERROR_INTERNAL, "out of memory");
    if (mysql_stmt_bind_result(rows->statement, rows->binds))
        return db_fail_statement(rows->db, rows->statement, false, error);
    rows->bound = true;
    return true;
}

static bool open_rows(struct db *db, struct statement_wanted wanted, const struct db_value *values,
                      size_t count, struct error *error) {
    struct db_rows *rows = &db->rows;
    MYSQL_STMT *running = statement_run(db, wanted, values, count, false, error);
    if (!running) return false;
    unsigned columns = mysql_stmt_field_count(running);
    if (columns == 0 || columns > DB_COLUMNS_MAX)
        return error_set(error, ERROR_INTERNAL, "a reading statement has %u columns", columns);
    rows->statement = running;
    rows->count = columns;
    rows->bound = false;
    if (bind_columns(rows, error)) return true;
    db_rows_close(&rows);
    return false;
}

static bool query(struct db *db, struct statement_wanted wanted, const struct db_value *values, size_t count,
                  struct db_rows **rows, struct error *error) {
    *rows = NULL;
    if (db->rows.statement) return error_set(error, ERROR_INTERNAL, "a result is still open");
    if (!db_send(db, error)) return false;
    if (!open_rows(db, wanted, values, count, error)) return false;
    if (!db->rows.is_utf8 && !db->converts) { // a table was altered since the statement was prepared
        struct db_rows *open = &db->rows;
        mysql_stmt_free_result(open->statement);
        open->statement = NULL;
        if (!statement_convert(db, error) || !open_rows(db, wanted, values, count, error)) return false;
    }
    *rows = &db->rows;
    return true;
}

bool db_query(struct db *db, unsigned statement, const struct db_value *values, size_t count,
              struct db_rows **rows, struct error *error) {
    return query(db, (struct statement_wanted){.number = statement}, values, count, rows, error);
}

bool db_query_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                   struct db_rows **rows, struct error *error) {
    return query(db, (struct statement_wanted){.text = sql}, values, count, rows, error);
}

// A column that did not fit is fetched again, whole, into a larger buffer.
static bool fetch_whole(struct db_rows *rows, unsigned i, struct error *error) {
    struct column *column = &rows->columns[i];
    if (column->length > COLUMN_MAX)
        return error_set(error, ERROR_INTERNAL, "a column of the database is too long");
    if (!column_grow(column, &rows->binds[i])) return error_set(error, ERROR_INTERNAL, "out of memory");
    rows->bound = false; // the library keeps a copy of the binding
    if (mysql_stmt_fetch_column(rows->statement, &rows->binds[i], i, 0))
        return db_fail_statement(rows->db, rows->statement, false, error);
    return true;
}

int db_rows_next(struct db_rows *rows, struct error *error) {
    if (!rows->statement) {
        error_set(error, ERROR_RETRYABLE, "the database is not available");
        return -1;
    }
    if (!rows->bound && !bind_columns(rows, error)) return -1;
    int result = mysql_stmt_fetch(rows->statement);
    if (result == MYSQL_NO_DATA) return 0;
    if (result != 0 && result != MYSQL_DATA_TRUNCATED) {
        db_fail_statement(rows->db, rows->statement, false, error);
        return -1;
    }
    for (unsigned i = 0; i < rows->count; i++)
        if (column_is_cut(&rows->columns[i]) && !fetch_whole(rows, i, error)) return -1;
    return 1;
}

struct text db_rows_text(struct db_rows *rows, unsigned column) {
    return column >= rows->count ? TEXT_NULL : column_text(&rows->columns[column]);
}

int64_t db_rows_integer(struct db_rows *rows, unsigned column) {
    return column >= rows->count ? 0 : column_integer(&rows->columns[column]);
}

bool db_rows_is_null(struct db_rows *rows, unsigned column) {
    return column >= rows->count || rows->columns[column].is_null;
}

unsigned db_rows_columns(const struct db_rows *rows) {
    return rows->count;
}

enum db_column db_rows_holds(const struct db_rows *rows, unsigned column) {
    switch (rows->columns[column].kind) {
    case COLUMN_INTEGER:
    case COLUMN_UNSIGNED: return DB_COLUMN_NUMBER;
    case COLUMN_TIME: return DB_COLUMN_TIME;
    case COLUMN_TEXT: break;
    }
    return rows->columns[column].is_decimal ? DB_COLUMN_NUMBER : DB_COLUMN_TEXT;
}

// Nobody hears of this: the transaction stays open to us, so that what follows in it fails.
static void cut_off(struct db *db) {
    bool was_open = db->in_transaction;
    db_disconnect(db);
    db->in_transaction = was_open;
}

void db_rows_close(struct db_rows **rows) {
    struct db_rows *open = *rows;
    *rows = NULL;
    if (!open || !open->statement) return;
    MYSQL_STMT *statement = open->statement;
    int result = 0;
    for (unsigned i = 0; i < ROWS_READ_AWAY && (result == 0 || result == MYSQL_DATA_TRUNCATED); i++)
        result = mysql_stmt_fetch(statement);
    open->statement = NULL;
    if (result == MYSQL_NO_DATA)
        mysql_stmt_free_result(statement);
    else
        cut_off(open->db); // rather than read a long list away that nobody wants
    for (unsigned i = 0; i < DB_COLUMNS_MAX; i++) column_trim(&open->columns[i], COLUMN_KEPT);
}
