// SPDX-License-Identifier: GPL-2.0-or-later
// A database that answers from a script: stands in for lib/db.
#include "fake_db.h"

#include "db/db.h"
#include "store/statements.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct db_rows {
    struct db *db;
    const struct fake_answer *answer;
    size_t at;
    size_t fail_row;
};

static struct db_rows open_rows;

struct db_value db_integer(int64_t value) {
    return (struct db_value){.kind = DB_INTEGER, .integer = value};
}

struct db_value db_text(struct text text) {
    return (struct db_value){.kind = text.data ? DB_TEXT : DB_NULL, .text = text};
}

struct db_value db_html(struct text text) {
    return db_text(text);
}

struct db_value db_key(struct text text) {
    return db_text(text);
}

struct db_value db_string(const char *string) {
    return db_text(text_of(string));
}

struct db_value db_inserted(const uint64_t *insert_id) {
    return db_integer((int64_t)*insert_id);
}

static bool is_of_type(const struct db_value *value, const char *type) {
    bool integer = strncmp(type, "INTEGER", strlen("INTEGER")) == 0;
    return value->kind == DB_NULL || integer == (value->kind == DB_INTEGER);
}

// Several rows of values come one behind the other.
static void expect_types(unsigned statement, const struct db_value *values, size_t count) {
    const char *takes = statement_types[statement].takes, *at = takes;
    size_t i = 0;
    while (i < count && *takes) {
        char *type;
        unsigned long repeated = strtoul(at, &type, 10);
        if (type == at) repeated = 1;
        for (type += *type == ' '; repeated && i < count && is_of_type(&values[i], type); repeated--) i++;
        if (repeated) break;
        at = strchr(type, ',') + 1;
        if (!*at) at = takes;
    }
    if (i == count && at == takes && (count || !*takes)) return;
    fprintf(stderr, "%s is given %zu values, the one at %zu is wrong\n", statement_types[statement].name,
            count, i);
    abort();
}

static struct fake_call *record(struct db *db, int what, unsigned statement, const struct db_value *values,
                                size_t count) {
    if (db->call_count == FAKE_CALLS) abort();
    struct fake_call *call = &db->calls[db->call_count++];
    call->what = what;
    call->statement = statement;
    if (what <= FAKE_EXECUTE && statement < STATEMENT_COUNT) expect_types(statement, values, count);
    for (size_t i = 0; i < count && i < FAKE_VALUES; i++) {
        if (values[i].kind == DB_INTEGER)
            snprintf(call->values[i], sizeof call->values[i], "%" PRId64, values[i].integer);
        else if (values[i].kind == DB_NULL)
            snprintf(call->values[i], sizeof call->values[i], "NULL");
        else
            snprintf(call->values[i], sizeof call->values[i], "%.*s", (int)values[i].text.length,
                     values[i].text.data);
    }
    return call;
}

static bool fails(const struct db *db, struct error *error) {
    if (db->fail_at != db->call_count) return false;
    error_set(error, db->fail_code, "the database is not available");
    return true;
}

bool db_query(struct db *db, unsigned statement, const struct db_value *values, size_t count,
              struct db_rows **rows, struct error *error) {
    record(db, FAKE_QUERY, statement, values, count);
    *rows = NULL;
    if (!db->fail_row && fails(db, error)) return false;
    open_rows = (struct db_rows){.db = db, .fail_row = db->fail_at == db->call_count ? db->fail_row : 0};
    for (size_t i = 0; i < db->answer_count; i++)
        if (db->answers[i].statement == statement) open_rows.answer = &db->answers[i];
    *rows = &open_rows;
    return true;
}

int db_rows_next(struct db_rows *rows, struct error *error) {
    rows->at++;
    if (rows->fail_row == rows->at) {
        error_set(error, rows->db->fail_code, "the database is not available");
        return -1;
    }
    return rows->answer && rows->at <= rows->answer->count;
}

static const char *value_at(struct db_rows *rows, unsigned column) {
    return rows->answer->rows[rows->at - 1][column];
}

struct text db_rows_text(struct db_rows *rows, unsigned column) {
    return text_of(value_at(rows, column));
}

int64_t db_rows_integer(struct db_rows *rows, unsigned column) {
    int64_t value;
    return text_to_int64(text_of(value_at(rows, column)), &value) ? value : 0;
}

bool db_rows_is_null(struct db_rows *rows, unsigned column) {
    return value_at(rows, column) == NULL;
}

void db_rows_close(struct db_rows **rows) {
    *rows = NULL;
}

bool db_execute(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                uint64_t *affected, uint64_t *insert_id, struct error *error) {
    record(db, FAKE_EXECUTE, statement, values, count);
    if (affected) *affected = 1;
    if (insert_id) *insert_id = 80;
    return !fails(db, error);
}

bool db_execute_later(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                      uint64_t *affected, uint64_t *insert_id, struct error *error) {
    return db_execute(db, statement, values, count, affected, insert_id, error);
}

void db_gather(struct db *db, size_t few) {
    (void)few;
    (void)db;
}

bool db_is_far(const struct db *db) {
    (void)db;
    return false;
}

bool db_send(struct db *db, struct error *error) {
    (void)db;
    (void)error;
    return true;
}

bool db_run_behind(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                   struct error *error) {
    (void)db;
    (void)error;
    expect_types(statement, values, count);
    return true;
}

// A text of several rows begins with that of one, which stands in the table.
bool db_execute_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                     struct error *error) {
    unsigned number = 0;
    while (number < STATEMENT_COUNT && strncmp(sql, statements[number], strlen(statements[number])) != 0)
        number++;
    record(db, FAKE_EXECUTE, number, values, count);
    return !fails(db, error);
}

bool db_query_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                   struct db_rows **rows, struct error *error) {
    (void)sql;
    return db_query(db, STATEMENT_COUNT, values, count, rows, error);
}

const char *db_statement(const struct db *db, unsigned statement) {
    (void)db;
    return statements[statement];
}

bool db_begin(struct db *db, struct error *error) {
    record(db, FAKE_BEGIN, 0, NULL, 0);
    if (fails(db, error)) return false;
    db->in_transaction = true;
    return true;
}

bool db_commit(struct db *db, struct error *error) {
    record(db, FAKE_COMMIT, 0, NULL, 0);
    if (fails(db, error)) return false;
    db->in_transaction = false;
    return true;
}

void db_rollback(struct db *db) {
    record(db, FAKE_ROLLBACK, 0, NULL, 0);
    db->in_transaction = false;
}

bool db_has_no_text_index(const struct db *db, const struct error *error) {
    (void)db;
    (void)error;
    return false;
}

bool db_lacks_what_was_named(const struct db *db, const struct error *error) {
    (void)db;
    (void)error;
    return false;
}

bool db_ran_out_of_time(const struct db *db, const struct error *error) {
    (void)db;
    (void)error;
    return false;
}

uint64_t db_writes(const struct db *db) {
    return fake_count(db, FAKE_EXECUTE);
}

const char *db_prefix(const struct db *db) {
    (void)db;
    return "ost_";
}

size_t fake_count(const struct db *db, int what) {
    size_t count = 0;
    for (size_t i = 0; i < db->call_count; i++) count += (int)db->calls[i].what == what;
    return count;
}

const struct fake_call *fake_last(const struct db *db, unsigned statement) {
    for (size_t i = db->call_count; i > 0; i--)
        if (db->calls[i - 1].what <= FAKE_EXECUTE && db->calls[i - 1].statement == statement)
            return &db->calls[i - 1];
    return NULL;
}
