// SPDX-License-Identifier: GPL-2.0-or-later
// One connection: prepared statements, transactions, classes of failure.
#include "db/db.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "db/batch.h"
#include "db/collation.h"
#include "db/column.h"
#include "db/fit.h"
#include "db/fitness.h"
#include "db/link.h"
#include "db/position.h"
#include "db/sql_text.h"
#include "db/statement_cache.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FITNESS_MS     5000 // between two looks whether the server is still fit, where there are others
#define VALUES_MAX     DB_VALUES_MAX
#define COLUMNS_MAX    80
#define SQL_MAX        32768
#define FITTED_MAX     (256 << 20) // of the texts of one statement
#define COLUMN_KEPT    (1 << 20)   // a larger buffer is given back with the result
#define COLUMN_MAX     (256 << 20)
#define ROWS_READ_AWAY 64 // so many unread rows are cheaper to read than a new connection

struct db_rows {
    struct db *db;
    MYSQL_STMT *statement; // NULL: no result is open
    unsigned count;        // columns
    bool bound;
    bool is_utf8; // each of its texts
    MYSQL_BIND binds[COLUMNS_MAX];
    struct column columns[COLUMNS_MAX];
};

struct db {
    struct db_settings settings;
    const char *const *texts;
    size_t count;
    MYSQL *mysql; // NULL: not open
    MYSQL_STMT **prepared;
    struct statement_cache by_text; // those of db_query_text() and db_execute_text()
    bool converts;                  // the server converts texts, see convert_if_needed()
    bool in_transaction;
    bool wrote;       // a writing statement of the transaction at hand was sent
    unsigned failure; // the server's number of what failed last
    uint64_t trips;
    int64_t fit_ms;      // when the server was last seen to be fit
    struct db_rows rows; // one result at a time: it is unbuffered
    struct buffer sql;
    bool gathers;        // see db_gather()
    struct batch batch;  // what waits
    struct batch behind; // what runs behind the COMMIT: one statement or none
    bool *named;         // which statements of the table the server knows by a name
    bool is_single;      // the server takes one statement a packet
    struct host_rest rest;
    struct buffer reached; // see db_reach(); empty: nothing yet
};

struct db_value db_integer(int64_t value) {
    return (struct db_value){.kind = DB_INTEGER, .integer = value};
}

struct db_value db_text(struct text text) {
    return (struct db_value){.kind = text.data ? DB_TEXT : DB_NULL, .text = text};
}

struct db_value db_html(struct text text) {
    return (struct db_value){.kind = text.data ? DB_HTML : DB_NULL, .text = text};
}

struct db_value db_key(struct text text) {
    return (struct db_value){.kind = text.data ? DB_KEY : DB_NULL, .text = text};
}

struct db_value db_string(const char *string) {
    return db_text(text_of(string));
}

struct db_value db_inserted(const uint64_t *insert_id) {
    return (struct db_value){.kind = DB_INSERTED, .inserted = insert_id};
}

struct db *db_new(const struct db_settings *settings, const char *const *statements, size_t count) {
    if (!sql_prefix_is_valid(settings->prefix)) return NULL;
    struct db *db = calloc(1, sizeof *db);
    if (!db) return NULL;
    db->prepared = calloc(count ? count : 1, sizeof *db->prepared);
    db->named = calloc(count ? count : 1, sizeof *db->named);
    if (!db->prepared || !db->named) {
        free(db->prepared);
        free(db->named);
        free(db);
        return NULL;
    }
    db->batch = batch_new();
    db->behind = batch_new();
    db->settings = *settings;
    db->texts = statements;
    db->count = count;
    db->rows.db = db;
    db->sql = buffer_new(SQL_MAX);
    db->reached = buffer_new(POSITION_MAX);
    return db;
}

void db_free(struct db **db) {
    if (!*db) return;
    db_disconnect(*db);
    for (unsigned i = 0; i < COLUMNS_MAX; i++) column_trim(&(*db)->rows.columns[i], 0);
    buffer_free(&(*db)->sql);
    buffer_free(&(*db)->reached);
    batch_clear(&(*db)->batch);
    batch_clear(&(*db)->behind);
    free((*db)->prepared);
    free((*db)->named);
    free(*db);
    *db = NULL;
}

uint64_t db_round_trips(const struct db *db) {
    return db->trips;
}

const char *db_prefix(const struct db *db) {
    return db->settings.prefix;
}

static bool open_link(struct db *db, struct error *error) {
    if (db->mysql) return true;
    db->mysql = link_open(&db->settings, &db->rest, &db->trips, error);
    db->fit_ms = clock_monotonic_ms();
    return db->mysql != NULL;
}

bool db_connect(struct db *db, struct error *error) {
    if (!db->mysql && db->settings.is_replica)
        return error_set(error, ERROR_RETRYABLE, "the database is not available");
    return open_link(db, error);
}

void db_disconnect(struct db *db) {
    for (size_t i = 0; i < db->count; i++) {
        if (db->prepared[i]) mysql_stmt_close(db->prepared[i]);
        db->prepared[i] = NULL;
        db->named[i] = false;
    }
    statement_cache_clear(&db->by_text);
    if (db->mysql) mysql_close(db->mysql);
    db->mysql = NULL;
    db->rows.statement = NULL;
    db->converts = false;
    buffer_clear(&db->reached);
    db->in_transaction = db->wrote = db->gathers = db->is_single = false;
}

// Whether a COMMIT that failed so may have been done. Of one that found no room it is known that it was not.
static bool leaves_open(unsigned number, const char *text) {
    if (number == ER_ERROR_DURING_COMMIT && link_is_refused(number, text)) return false;
    return link_is_lost(number) || fitness_leaves_open(number);
}

// Turns a server's error number into one of ours. `sent_commit`: it was the COMMIT that failed; `writing`: it
// was a statement that writes.
static bool fail(struct db *db, unsigned number, const char *text, bool writing, bool sent_commit,
                 struct error *error) {
    bool lost = link_is_lost(number);
    db->failure = number;
    // Copied first: the text lives in the link that is closed below.
    error_set(error, ERROR_INTERNAL, "%s", "");
    error_detail(error, "database: %u %s", number, text);
    bool denied = fitness_is_denied(number, text);
    if ((sent_commit && leaves_open(number, text)) || (lost && writing && !db->in_transaction))
        error->code = ERROR_UNKNOWN;
    else if (lost)
        error->code = db->in_transaction && (db->wrote || writing) ? ERROR_UNAVAILABLE : ERROR_RETRYABLE;
    else if (denied || link_is_rolled_back(number))
        error->code = ERROR_RETRYABLE;
    else if (link_is_refused(number, text))
        error->code = ERROR_UNAVAILABLE;
    const char *message = error->code == ERROR_UNKNOWN
                              ? "the database went away; whether the request took effect is unknown"
                          : error->code == ERROR_INTERNAL ? "the database did not do what was asked of it"
                                                          : "the database is not available";
    snprintf(error->message, sizeof error->message, "%s", message);
    if (lost || denied || error->code == ERROR_UNKNOWN) db_disconnect(db);
    return false;
}

static bool fail_link(struct db *db, bool writing, bool sent_commit, struct error *error) {
    return fail(db, mysql_errno(db->mysql), mysql_error(db->mysql), writing, sent_commit, error);
}

static bool fail_statement(struct db *db, MYSQL_STMT *statement, bool writing, struct error *error) {
    unsigned number = mysql_stmt_errno(statement);
    if (number) return fail(db, number, mysql_stmt_error(statement), writing, false, error);
    // A link that breaks between two rows is noted with the connection alone, or nowhere.
    if (mysql_errno(db->mysql)) return fail_link(db, writing, false, error);
    return fail(db, CR_SERVER_LOST, "the connection ended in the middle of a result", writing, false, error);
}

// A statement by its number in the table, or by its text.
struct wanted {
    unsigned number;
    const char *text; // NULL: the number counts
};

static bool is_stored_as_utf8(MYSQL_STMT *statement) {
    MYSQL_RES *columns = mysql_stmt_result_metadata(statement);
    bool utf8 = true;
    for (unsigned i = 0; columns && i < mysql_num_fields(columns); i++)
        utf8 = utf8 && collation_is_utf8(mysql_fetch_field_direct(columns, i)->charsetnr);
    if (columns) mysql_free_result(columns);
    return utf8;
}

static bool convert(struct db *db, struct error *error) {
    db->trips++;
    db->converts = link_convert(db->mysql);
    return db->converts || fail_link(db, false, false, error);
}

// Tables of an old help desk may be in latin1: then all results of the link are converted from here on.
static bool convert_if_needed(struct db *db, MYSQL_STMT *statement, struct error *error) {
    return db->converts || is_stored_as_utf8(statement) || convert(db, error);
}

static MYSQL_STMT *prepare_text(struct db *db, const char *text, struct error *error) {
    MYSQL_STMT *statement = mysql_stmt_init(db->mysql);
    if (!statement) {
        error_set(error, ERROR_INTERNAL, "out of memory");
        return NULL;
    }
    buffer_clear(&db->sql);
    sql_expand(text, db->settings.prefix, &db->sql);
    db->trips++;
    if (db->sql.failed || mysql_stmt_prepare(statement, db->sql.data, db->sql.length)) {
        fail_statement(db, statement, false, error);
        mysql_stmt_close(statement);
        return NULL;
    }
    if (convert_if_needed(db, statement, error)) return statement;
    mysql_stmt_close(statement);
    return NULL;
}

static MYSQL_STMT *prepare_by_text(struct db *db, const char *text, struct error *error) {
    MYSQL_STMT *statement = statement_cache_find(&db->by_text, text);
    if (statement) return statement;
    statement = prepare_text(db, text, error);
    if (!statement || statement_cache_keep(&db->by_text, text, statement)) return statement;
    error_set(error, ERROR_INTERNAL, "out of memory");
    return NULL;
}

static MYSQL_STMT *prepare(struct db *db, struct wanted wanted, struct error *error) {
    if (wanted.text) return prepare_by_text(db, wanted.text, error);
    MYSQL_STMT **prepared = &db->prepared[wanted.number];
    if (!*prepared) *prepared = prepare_text(db, db->texts[wanted.number], error);
    return *prepared;
}

bool db_prepare_first(struct db *db, size_t count, struct error *error) {
    if (!db_connect(db, error)) return false;
    for (size_t i = 0; i < count && i < db->count; i++) {
        if (db->texts[i] && !prepare(db, (struct wanted){.number = (unsigned)i}, error) && !db->mysql)
            return false;
    }
    error_clear(error);
    return true;
}

bool db_denies(struct db *db, unsigned statement, struct error *error) {
    db->failure = 0;
    return db_connect(db, error) && !prepare(db, (struct wanted){.number = statement}, error) &&
           link_is_denied(db->failure);
}

bool db_ran_out_of_time(const struct db *db, const struct error *error) {
    return error->code != ERROR_NONE && link_is_out_of_time(db->failure);
}

bool db_has_no_text_index(const struct db *db, const struct error *error) {
    return error->code != ERROR_NONE && link_has_no_text_index(db->failure);
}

bool db_answers(struct db *db, struct error *error) {
    if (!db->mysql) return db_connect(db, error);
    db->trips++;
    if (mysql_ping(db->mysql) == 0) return true;
    db_disconnect(db);
    return db_connect(db, error);
}

bool db_position(struct db *db, struct buffer *position, bool *takes_writes, struct error *error) {
    bool again = db->mysql != NULL;
    for (;;) {
        if (!open_link(db, error)) return false;
        db->trips++;
        if (position_of(db->mysql, position, takes_writes)) return true;
        if (!fail_link(db, false, false, error) && (db->mysql || !again)) return false;
        again = false;
    }
}

static int fail_to_reach(struct db *db, bool answered, struct error *error) {
    if (answered)
        fail_link(db, false, false, error);
    else
        fail(db, CR_SERVER_LOST, "the server does not answer", false, false, error);
    if (db->mysql) db_disconnect(db);
    return -1;
}

int db_reach(struct db *db, struct text position, unsigned wait_ms, struct error *error) {
    if (db->mysql && position.length && text_equal(buffer_text(&db->reached), position)) return 1;
    bool again = db->mysql != NULL;
    for (;;) {
        if (!open_link(db, error)) return -1;
        db->trips++;
        int reached = position_is_reached(db->mysql, position, wait_ms);
        if (reached >= 0) {
            buffer_clear(&db->reached);
            if (reached) buffer_add_text(&db->reached, position);
            return reached;
        }
        fail_to_reach(db, reached == -1, error);
        if (!again || reached != -1) return -1;
        again = false; // it may have died while nobody used it
    }
}

static bool takes(MYSQL_STMT *statement, size_t count, struct error *error) {
    return (count <= VALUES_MAX && mysql_stmt_param_count(statement) == count) ||
           error_set(error, ERROR_INTERNAL, "a statement was given %zu values, it takes %lu", count,
                     mysql_stmt_param_count(statement));
}

static void bind_values(const struct db_value *values, size_t count, MYSQL_BIND *binds) {
    memset(binds, 0, count * sizeof *binds);
    for (size_t i = 0; i < count; i++) {
        switch (values[i].kind) {
        case DB_NULL: binds[i].buffer_type = MYSQL_TYPE_NULL; break;
        case DB_INTEGER:
            binds[i].buffer_type = MYSQL_TYPE_LONGLONG;
            binds[i].buffer = (void *)(uintptr_t)&values[i].integer;
            break;
        case DB_INSERTED:
            binds[i].buffer_type = MYSQL_TYPE_LONGLONG;
            binds[i].buffer = (void *)(uintptr_t)values[i].inserted;
            break;
        case DB_TEXT:
        case DB_HTML:
        case DB_KEY:
            binds[i].buffer_type = MYSQL_TYPE_STRING;
            binds[i].buffer = (void *)(uintptr_t)values[i].text.data;
            binds[i].buffer_length = values[i].text.length;
            break;
        }
    }
}

static bool execute_with(struct db *db, MYSQL_STMT *statement, const struct db_value *values, size_t count) {
    MYSQL_BIND binds[VALUES_MAX];
    bind_values(values, count, binds);
    if (count && mysql_stmt_bind_param(statement, binds)) return false;
    db->trips++;
    return mysql_stmt_execute(statement) == 0;
}

// Once more, with values that fit, where the server says that it was the characters of one that did not.
static bool execute_fitted(struct db *db, MYSQL_STMT *statement, const struct db_value *values,
                           size_t count) {
    struct db_value fitted[VALUES_MAX];
    struct buffer room = buffer_new(FITTED_MAX);
    bool done = false;
    if (link_is_unfit_key(mysql_stmt_errno(statement)) && fit_keys(values, count, fitted))
        done = execute_with(db, statement, fitted, count);
    for (unsigned step = 0; step < FIT_STEPS && !done; step++)
        if (link_is_unfit_text(mysql_stmt_errno(statement)) &&
            fit_texts(values, count, (enum fit_step)step, fitted, &room))
            done = execute_with(db, statement, fitted, count);
    buffer_free(&room);
    return done;
}

// Whether the transaction that we are in is one to the server, too. A Galera node takes one back on its own
// when another node's is faster, and does not always say so: what follows would then be stored by itself, or
// a COMMIT acknowledged that commits nothing. Each answer tells whether a transaction is open.
static bool is_still_open(const struct db *db) {
    return !db->in_transaction || (db->mysql && db->mysql->server_status & SERVER_STATUS_IN_TRANS);
}

static bool fail_as_ended(struct db *db, bool wrote_alone, struct error *error) {
    db->in_transaction = db->wrote = db->gathers = false;
    error_set(error, wrote_alone ? ERROR_UNKNOWN : ERROR_RETRYABLE, "the database took the transaction back");
    error_detail(error, "database: the transaction was open here and not at the server%s",
                 wrote_alone ? "; one statement was stored by itself" : "");
    return false;
}

static MYSQL_STMT *run_once(struct db *db, struct wanted wanted, const struct db_value *values, size_t count,
                            bool writing, struct error *error) {
    if (!is_still_open(db)) {
        fail_as_ended(db, false, error);
        return NULL;
    }
    if (!db_connect(db, error)) return NULL;
    MYSQL_STMT *statement = prepare(db, wanted, error);
    if (!statement || !takes(statement, count, error)) return NULL;
    if (!execute_with(db, statement, values, count) && !execute_fitted(db, statement, values, count)) {
        fail_statement(db, statement, writing, error);
        return NULL;
    }
    if (writing && !is_still_open(db)) {
        fail_as_ended(db, mysql_stmt_affected_rows(statement) > 0, error);
        return NULL;
    }
    if (writing) db->wrote = db->in_transaction;
    return statement;
}

// Of several servers one that is not fit any more is left, between two pieces of work.
static void leave_unfit(struct db *db) {
    char why[FITNESS_WHY_MAX];
    if (!db->mysql || db->in_transaction || !link_is_one_of_several(&db->settings)) return;
    int64_t now = clock_monotonic_ms();
    if (now - db->fit_ms < FITNESS_MS) return;
    db->fit_ms = now;
    if (!fitness_is_good(db->mysql, &db->trips, why)) db_disconnect(db);
}

// A connection that died while nobody used it must not cost a request: outside a transaction a reading
// statement is sent once more over a new one.
static MYSQL_STMT *run(struct db *db, struct wanted wanted, const struct db_value *values, size_t count,
                       bool writing, struct error *error) {
    leave_unfit(db);
    bool again = db->mysql && !db->in_transaction && !writing;
    MYSQL_STMT *statement = run_once(db, wanted, values, count, writing, error);
    if (!statement && again && !db->mysql && error->code == ERROR_RETRYABLE)
        statement = run_once(db, wanted, values, count, writing, error);
    return statement;
}

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
        return fail_statement(rows->db, rows->statement, false, error);
    rows->bound = true;
    return true;
}

static bool open_rows(struct db *db, struct wanted wanted, const struct db_value *values, size_t count,
                      struct error *error) {
    struct db_rows *rows = &db->rows;
    MYSQL_STMT *running = run(db, wanted, values, count, false, error);
    if (!running) return false;
    unsigned columns = mysql_stmt_field_count(running);
    if (columns == 0 || columns > COLUMNS_MAX)
        return error_set(error, ERROR_INTERNAL, "a reading statement has %u columns", columns);
    rows->statement = running;
    rows->count = columns;
    rows->bound = false;
    if (bind_columns(rows, error)) return true;
    db_rows_close(&rows);
    return false;
}

static bool query(struct db *db, struct wanted wanted, const struct db_value *values, size_t count,
                  struct db_rows **rows, struct error *error) {
    *rows = NULL;
    if (db->rows.statement) return error_set(error, ERROR_INTERNAL, "a result is still open");
    if (!db_send(db, error)) return false;
    if (!open_rows(db, wanted, values, count, error)) return false;
    if (!db->rows.is_utf8 && !db->converts) { // a table was altered since the statement was prepared
        struct db_rows *open = &db->rows;
        mysql_stmt_free_result(open->statement);
        open->statement = NULL;
        if (!convert(db, error) || !open_rows(db, wanted, values, count, error)) return false;
    }
    *rows = &db->rows;
    return true;
}

bool db_query(struct db *db, unsigned statement, const struct db_value *values, size_t count,
              struct db_rows **rows, struct error *error) {
    return query(db, (struct wanted){.number = statement}, values, count, rows, error);
}

bool db_query_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                   struct db_rows **rows, struct error *error) {
    return query(db, (struct wanted){.text = sql}, values, count, rows, error);
}

// A column that did not fit is fetched again, whole, into a larger buffer.
static bool fetch_whole(struct db_rows *rows, unsigned i, struct error *error) {
    struct column *column = &rows->columns[i];
    if (column->length > COLUMN_MAX)
        return error_set(error, ERROR_INTERNAL, "a column of the database is too long");
    if (!column_grow(column, &rows->binds[i])) return error_set(error, ERROR_INTERNAL, "out of memory");
    rows->bound = false; // the library keeps a copy of the binding
    if (mysql_stmt_fetch_column(rows->statement, &rows->binds[i], i, 0))
        return fail_statement(rows->db, rows->statement, false, error);
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
        fail_statement(rows->db, rows->statement, false, error);
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
    for (unsigned i = 0; i < COLUMNS_MAX; i++) column_trim(&open->columns[i], COLUMN_KEPT);
}

static bool execute_now(struct db *db, const struct batch_statement *statement, struct error *error) {
    struct wanted wanted = {statement->number, statement->text};
    MYSQL_STMT *done = run(db, wanted, statement->values, statement->count, true, error);
    if (!done) return false;
    if (statement->affected) *statement->affected = mysql_stmt_affected_rows(done);
    if (statement->insert_id) *statement->insert_id = mysql_stmt_insert_id(done);
    return true;
}

// ---- statements that are sent together

// What came of two packets.
struct sending {
    struct db *db;
    const struct batch_packets *packets;
    size_t step;  // how many are done
    bool commits; // the text ends the transaction
    bool alone;   // a statement before the COMMIT found no transaction open
};

// One of a few, each of which stays prepared: the variables beyond `count` are set to NULL.
static bool set_variables(struct db *db, const struct batch_packets *packets, struct error *error) {
    struct db_value values[BATCH_VALUES];
    struct buffer sql = buffer_new(SQL_MAX);
    size_t count = 16;
    while (count < packets->value_count) count *= 2;
    for (size_t i = 0; i < count; i++)
        values[i] = i < packets->value_count ? packets->values[i] : db_text(TEXT_NULL);
    batch_add_setter(count, &sql);
    bool done = run_once(db, (struct wanted){.text = sql.data}, values, count, false, error) != NULL;
    buffer_free(&sql);
    return done;
}

static void note_step(struct sending *sending) {
    struct db *db = sending->db;
    const struct batch_step *step = &sending->packets->steps[sending->step++];
    bool is_behind = step->item == db->batch.count;
    const struct batch_statement *statement = is_behind ? &db->behind.items[0] : &db->batch.items[step->item];
    MYSQL_RES *rows = mysql_store_result(db->mysql);
    if (rows) mysql_free_result(rows);
    if (step->what == BATCH_PREPARE && !statement->text) db->named[statement->number] = true;
    if (step->what != BATCH_EXECUTE) return;
    if (!is_behind && !is_still_open(db)) sending->alone = true;
    db->wrote = true;
    if (statement->affected) *statement->affected = mysql_affected_rows(db->mysql);
    if (statement->insert_id) *statement->insert_id = mysql_insert_id(db->mysql);
}

// False where one of the statements failed: the connection has its number.
static bool send_text(struct sending *sending) {
    MYSQL *mysql = sending->db->mysql;
    const struct buffer *sql = &sending->packets->sql;
    int more = mysql_real_query(mysql, sql->data, sql->length) ? 1 : 0;
    sending->db->trips++;
    while (!more) {
        note_step(sending);
        more = mysql_next_result(mysql);
    }
    return more < 0;
}

// How many of those that wait are done.
static size_t items_done(const struct sending *sending) {
    size_t done = 0;
    for (size_t i = 0; i < sending->step; i++)
        if (sending->packets->steps[i].what == BATCH_EXECUTE) done++;
    return done;
}

static bool is_committed(const struct sending *sending) {
    for (size_t i = 0; i < sending->step; i++)
        if (sending->packets->steps[i].what == BATCH_COMMIT) return true;
    return false;
}

// One after the other, from `first` on: each fails as it would have alone.
static bool send_singly(struct db *db, size_t first, struct error *error) {
    for (size_t i = first; i < db->batch.count; i++)
        if (!execute_now(db, &db->batch.items[i], error)) return false;
    return true;
}

// Whether the statement that failed did nothing, and the transaction goes on: only then may it be tried
// alone. Some errors end a transaction, after which each statement would stand for itself.
static bool may_be_tried_alone(const struct sending *sending, unsigned number) {
    const struct batch_step *failed = &sending->packets->steps[sending->step];
    if (link_is_lost(number) || link_is_rolled_back(number) || failed->what == BATCH_COMMIT) return false;
    return failed->what == BATCH_PREPARE || link_is_unfit_key(number) || link_is_unfit_text(number) ||
           number == ER_UNKNOWN_STMT_HANDLER || number == ER_NEED_REPREPARE || number == ER_WRONG_ARGUMENTS ||
           (!sending->step && number == ER_PARSE_ERROR);
}

// A value that does not fit is made to, a name that the server does not know is done without.
static bool go_on(const struct sending *sending, bool *committed, struct error *error) {
    struct db *db = sending->db;
    unsigned number = mysql_errno(db->mysql);
    *committed = is_committed(sending);
    if (*committed) { // nobody asks about what stands behind it
        if (link_is_lost(number)) db_disconnect(db);
        return true;
    }
    bool at_commit = sending->commits &&
                     (link_is_lost(number) || sending->packets->steps[sending->step].what == BATCH_COMMIT);
    if (!may_be_tried_alone(sending, number)) return fail_link(db, true, at_commit, error);
    if (number == ER_PARSE_ERROR) db->is_single = true;
    return send_singly(db, items_done(sending), error);
}

// `committed`: whether the transaction has ended with it.
static bool send_packets(struct db *db, const struct batch_packets *packets, bool commits, bool *committed,
                         struct error *error) {
    struct sending sending = {.db = db, .packets = packets, .commits = commits};
    if (!set_variables(db, packets, error)) return false;
    bool sent = send_text(&sending);
    if (sending.alone) return fail_as_ended(db, true, error);
    if (!sent) return go_on(&sending, committed, error);
    *committed = commits;
    return true;
}

// `commits`: with the COMMIT and what runs behind it; `committed` says whether that was done.
static bool send_waiting(struct db *db, bool commits, bool *committed, struct error *error) {
    const struct batch_statement *behind = db->behind.count ? &db->behind.items[0] : NULL;
    size_t parts = db->batch.count + (commits ? 1 + db->behind.count : 0);
    struct arena arena = arena_new(1 << 20);
    struct batch_packets packets;
    bool done;
    *committed = false;
    if (!db->batch.count) return true;
    if (parts <= 2 || db->is_single || !db->mysql)
        done = send_singly(db, 0, error);
    else {
        done = batch_make(&db->batch, db->texts, db->settings.prefix, db->named, commits, behind, &arena,
                          &packets)
                   ? send_packets(db, &packets, commits, committed, error)
                   : send_singly(db, 0, error);
        buffer_free(&packets.sql);
    }
    arena_free(&arena);
    batch_clear(&db->batch);
    return done;
}

bool db_send(struct db *db, struct error *error) {
    bool committed;
    return send_waiting(db, false, &committed, error);
}

void db_gather(struct db *db) {
    db->gathers = db->in_transaction;
}

bool db_has_other_hosts(const struct db *db) {
    return link_is_one_of_several(&db->settings);
}

bool db_is_far(const struct db *db) {
    return db->mysql && strstr(mysql_get_host_info(db->mysql), "TCP") != NULL;
}

// An id that is told already is a number like any other.
static void settle_ids(struct db *db, const struct db_value *values, size_t count,
                       struct db_value settled[DB_VALUES_MAX]) {
    for (size_t i = 0; i < count; i++) {
        settled[i] = values[i];
        if (values[i].kind == DB_INSERTED && !batch_giving(&db->batch, values[i].inserted))
            settled[i] = db_integer((int64_t)*values[i].inserted);
    }
}

static bool waits(struct db *db, const struct batch_statement *statement) {
    struct db_value settled[DB_VALUES_MAX];
    struct batch_statement added = *statement;
    if (statement->count > DB_VALUES_MAX) return false;
    settle_ids(db, statement->values, statement->count, settled);
    added.values = settled;
    return batch_add(&db->batch, &added);
}

// `later`: the outcome may be told later.
static bool execute(struct db *db, const struct batch_statement *statement, bool later, struct error *error) {
    if (db->rows.statement) return error_set(error, ERROR_INTERNAL, "a result is still open");
    later = later || (!statement->affected && !statement->insert_id);
    if (db->gathers && (later || db->batch.count)) {
        if (waits(db, statement)) return later || db_send(db, error);
        if (!db_send(db, error)) return false;
        if (later && waits(db, statement)) return true;
    }
    return execute_now(db, statement, error);
}

bool db_execute(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                uint64_t *affected, uint64_t *insert_id, struct error *error) {
    const struct batch_statement wanted = {statement, NULL, values, count, affected, insert_id, false};
    return execute(db, &wanted, false, error);
}

bool db_execute_later(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                      uint64_t *affected, uint64_t *insert_id, struct error *error) {
    const struct batch_statement wanted = {statement, NULL, values, count, affected, insert_id, false};
    return execute(db, &wanted, true, error);
}

bool db_execute_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                     struct error *error) {
    const struct batch_statement wanted = {0, sql, values, count, NULL, NULL, false};
    return execute(db, &wanted, false, error);
}

bool db_run_behind(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                   struct error *error) {
    const struct batch_statement wanted = {statement, NULL, values, count, NULL, NULL, false};
    batch_clear(&db->behind);
    return batch_add(&db->behind, &wanted) ||
           error_set(error, ERROR_INTERNAL, "what is to run behind a transaction is too long");
}

const char *db_statement(const struct db *db, unsigned statement) {
    return db->texts[statement];
}

static bool send(struct db *db, const char *sql, bool commit, struct error *error) {
    db->trips++;
    return mysql_query(db->mysql, sql) == 0 || fail_link(db, false, commit, error);
}

// Of a transaction that has ended in either way.
static void forget(struct db *db) {
    db->in_transaction = db->wrote = db->gathers = false;
    batch_clear(&db->batch);
    batch_clear(&db->behind);
}

bool db_begin(struct db *db, struct error *error) {
    leave_unfit(db);
    bool again = db->mysql != NULL;
    if (!db_connect(db, error)) return false;
    if (!send(db, "START TRANSACTION", false, error)) {
        // Nothing was sent but this: a connection that died idle is opened anew.
        if (!again || db->mysql || error->code != ERROR_RETRYABLE) return false;
        if (!db_connect(db, error) || !send(db, "START TRANSACTION", false, error)) return false;
    }
    forget(db);
    db->in_transaction = true;
    return true;
}

// What stands behind the COMMIT; nobody asks what came of it.
static void run_behind(struct db *db) {
    struct error ignored = {0};
    struct db_rows *rows = NULL;
    const struct batch_statement *behind = &db->behind.items[0];
    if (db->behind.count && db->mysql &&
        query(db, (struct wanted){behind->number, NULL}, behind->values, behind->count, &rows, &ignored))
        db_rows_close(&rows);
}

bool db_commit(struct db *db, struct error *error) {
    bool committed;
    if (!db->in_transaction) return error_set(error, ERROR_INTERNAL, "no transaction is open");
    if (!is_still_open(db)) return fail_as_ended(db, false, error);
    if (!send_waiting(db, true, &committed, error)) return false;
    if (!committed && !is_still_open(db)) return fail_as_ended(db, false, error);
    if (!committed && !send(db, "COMMIT", db->wrote, error)) {
        // One that the database refuses has not ended the transaction for sure: db_rollback() does.
        db->in_transaction = db->mysql != NULL;
        return false;
    }
    db->in_transaction = db->wrote = db->gathers = false;
    if (!committed) run_behind(db);
    forget(db);
    return true;
}

void db_rollback(struct db *db) {
    bool ends = db->in_transaction && db->mysql;
    if (db->rows.statement) {
        struct db_rows *open = &db->rows;
        db_rows_close(&open);
    }
    struct error ignored = {0};
    if (ends && db->mysql && !send(db, "ROLLBACK", false, &ignored) && db->mysql) db_disconnect(db);
    forget(db);
}
