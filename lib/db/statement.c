// SPDX-License-Identifier: GPL-2.0-or-later
// One statement: prepared when first used, its values bound and made to fit, run.
#include "db/statement.h"

#include "db/collation.h"
#include "db/fit.h"
#include "db/link.h"
#include "db/sql_text.h"
#include "db/transaction.h"

#include <string.h>

#define FITTED_MAX (256 << 20) // of the texts of one statement

static bool is_stored_as_utf8(MYSQL_STMT *statement) {
    MYSQL_RES *columns = mysql_stmt_result_metadata(statement);
    bool utf8 = true;
    for (unsigned i = 0; columns && i < mysql_num_fields(columns); i++)
        utf8 = utf8 && collation_is_utf8(mysql_fetch_field_direct(columns, i)->charsetnr);
    if (columns) mysql_free_result(columns);
    return utf8;
}

bool statement_convert(struct db *db, struct error *error) {
    db->trips++;
    db->converts = link_convert(db->mysql);
    return db->converts || db_fail(db, false, false, error);
}

// Tables of an old help desk may be in latin1: then all results of the link are converted from here on.
static bool convert_if_needed(struct db *db, MYSQL_STMT *statement, struct error *error) {
    return db->converts || is_stored_as_utf8(statement) || statement_convert(db, error);
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
        db_fail_statement(db, statement, false, error);
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

static MYSQL_STMT *prepare(struct db *db, struct statement_wanted wanted, struct error *error) {
    if (wanted.text) return prepare_by_text(db, wanted.text, error);
    MYSQL_STMT **prepared = &db->prepared[wanted.number];
    if (!*prepared) *prepared = prepare_text(db, db->texts[wanted.number], error);
    return *prepared;
}

bool db_prepare_first(struct db *db, size_t count, struct error *error) {
    if (!db_connect(db, error)) return false;
    for (size_t i = 0; i < count && i < db->count; i++) {
        if (db->texts[i] && !prepare(db, (struct statement_wanted){.number = (unsigned)i}, error) &&
            !db->mysql)
            return false;
    }
    error_clear(error);
    return true;
}

bool db_denies(struct db *db, unsigned statement, struct error *error) {
    db->failure = 0;
    return db_connect(db, error) && !prepare(db, (struct statement_wanted){.number = statement}, error) &&
           link_is_denied(db->failure);
}

static bool takes(MYSQL_STMT *statement, size_t count, struct error *error) {
    return (count <= DB_VALUES_MAX && mysql_stmt_param_count(statement) == count) ||
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
    MYSQL_BIND binds[DB_VALUES_MAX];
    bind_values(values, count, binds);
    if (count && mysql_stmt_bind_param(statement, binds)) return false;
    db->trips++;
    return mysql_stmt_execute(statement) == 0;
}

// Once more, with values that fit, where the server says that it was the characters of one that did not.
static bool execute_fitted(struct db *db, MYSQL_STMT *statement, const struct db_value *values,
                           size_t count) {
    struct db_value fitted[DB_VALUES_MAX];
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

MYSQL_STMT *statement_run_once(struct db *db, struct statement_wanted wanted, const struct db_value *values,
                               size_t count, bool writing, struct error *error) {
    if (!transaction_is_still_open(db)) {
        transaction_fail_as_ended(db, false, error);
        return NULL;
    }
    if (!db_connect(db, error)) return NULL;
    MYSQL_STMT *statement = prepare(db, wanted, error);
    if (!statement || !takes(statement, count, error)) return NULL;
    if (!execute_with(db, statement, values, count) && !execute_fitted(db, statement, values, count)) {
        db_fail_statement(db, statement, writing, error);
        return NULL;
    }
    if (writing && !transaction_is_still_open(db)) {
        transaction_fail_as_ended(db, mysql_stmt_affected_rows(statement) > 0, error);
        return NULL;
    }
    if (writing) db->wrote = db->in_transaction;
    return statement;
}

MYSQL_STMT *statement_run(struct db *db, struct statement_wanted wanted, const struct db_value *values,
                          size_t count, bool writing, struct error *error) {
    db_leave_unfit(db);
    bool again = db->mysql && !db->in_transaction && !writing;
    MYSQL_STMT *statement = statement_run_once(db, wanted, values, count, writing, error);
    if (!statement && again && !db->mysql && error->code == ERROR_RETRYABLE)
        statement = statement_run_once(db, wanted, values, count, writing, error);
    return statement;
}

bool statement_execute(struct db *db, const struct batch_statement *statement, struct error *error) {
    struct statement_wanted wanted = {statement->number, statement->text};
    MYSQL_STMT *done = statement_run(db, wanted, statement->values, statement->count, true, error);
    if (!done) return false;
    if (statement->affected) *statement->affected = mysql_stmt_affected_rows(done);
    if (statement->insert_id) *statement->insert_id = mysql_stmt_insert_id(done);
    return true;
}
