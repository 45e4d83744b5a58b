// SPDX-License-Identifier: GPL-2.0-or-later
// The connection: opening and closing it, and what a failure of it means for the request.
#include "db/connection.h"

#include "base/clock.h"
#include "db/fitness.h"
#include "db/link.h"
#include "db/position.h"
#include "db/sql_text.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FITNESS_MS 5000 // between two looks whether the server is still fit, where there are others

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
    db->sql = buffer_new(DB_SQL_MAX);
    db->reached = buffer_new(POSITION_MAX);
    return db;
}

void db_free(struct db **db) {
    if (!*db) return;
    db_disconnect(*db);
    for (unsigned i = 0; i < DB_COLUMNS_MAX; i++) column_trim(&(*db)->rows.columns[i], 0);
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

uint64_t db_writes(const struct db *db) {
    return db->writes;
}

const char *db_prefix(const struct db *db) {
    return db->settings.prefix;
}

const char *db_statement(const struct db *db, unsigned statement) {
    return db->texts[statement];
}

bool db_open(struct db *db, struct error *error) {
    if (db->mysql) return true;
    db->mysql = link_open(&db->settings, &db->rest, &db->trips, error);
    db->fit_ms = clock_monotonic_ms();
    return db->mysql != NULL;
}

bool db_connect(struct db *db, struct error *error) {
    if (!db->mysql && db->settings.is_replica)
        return error_set(error, ERROR_RETRYABLE, "the database is not available");
    return db_open(db, error);
}

// The link first, which lets go of its statements: to close one of them while the rows of another are still
// to come ends in libmariadb's calling nothing.
void db_disconnect(struct db *db) {
    if (db->mysql) mysql_close(db->mysql);
    db->mysql = NULL;
    for (size_t i = 0; i < db->count; i++) {
        if (db->prepared[i]) mysql_stmt_close(db->prepared[i]);
        db->prepared[i] = NULL;
        db->named[i] = false;
    }
    statement_cache_clear(&db->by_text);
    db->rows.statement = NULL;
    db->converts = false;
    buffer_clear(&db->reached);
    db->in_transaction = db->wrote = db->gathers = db->is_single = false;
}

bool db_has_other_hosts(const struct db *db) {
    return link_is_one_of_several(&db->settings);
}

bool db_is_far(const struct db *db) {
    return db->mysql && strstr(mysql_get_host_info(db->mysql), "TCP") != NULL;
}

// Whether a COMMIT that failed so may have been done. Of one that found no room it is known that it was not.
static bool leaves_open(unsigned number, const char *text) {
    if (number == ER_ERROR_DURING_COMMIT && link_is_refused(number, text)) return false;
    return link_is_lost(number) || fitness_leaves_open(number);
}

bool db_fail_by(struct db *db, unsigned number, const char *text, bool writing, bool sent_commit,
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

bool db_fail(struct db *db, bool writing, bool sent_commit, struct error *error) {
    return db_fail_by(db, mysql_errno(db->mysql), mysql_error(db->mysql), writing, sent_commit, error);
}

bool db_fail_statement(struct db *db, MYSQL_STMT *statement, bool writing, struct error *error) {
    unsigned number = mysql_stmt_errno(statement);
    if (number) return db_fail_by(db, number, mysql_stmt_error(statement), writing, false, error);
    // A link that breaks between two rows is noted with the connection alone, or nowhere.
    if (mysql_errno(db->mysql)) return db_fail(db, writing, false, error);
    return db_fail_by(db, CR_SERVER_LOST, "the connection ended in the middle of a result", writing, false,
                      error);
}

bool db_ran_out_of_time(const struct db *db, const struct error *error) {
    return error->code != ERROR_NONE && link_is_out_of_time(db->failure);
}

bool db_has_no_text_index(const struct db *db, const struct error *error) {
    return error->code != ERROR_NONE && link_has_no_text_index(db->failure);
}

bool db_lacks_what_was_named(const struct db *db, const struct error *error) {
    return error->code != ERROR_NONE && link_is_missing(db->failure);
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
        if (!db_open(db, error)) return false;
        db->trips++;
        if (position_of(db->mysql, position, takes_writes)) return true;
        if (!db_fail(db, false, false, error) && (db->mysql || !again)) return false;
        again = false;
    }
}

static int fail_to_reach(struct db *db, bool answered, struct error *error) {
    if (answered)
        db_fail(db, false, false, error);
    else
        db_fail_by(db, CR_SERVER_LOST, "the server does not answer", false, false, error);
    if (db->mysql) db_disconnect(db);
    return -1;
}

int db_reach(struct db *db, struct text position, unsigned wait_ms, struct error *error) {
    if (db->mysql && position.length && text_equal(buffer_text(&db->reached), position)) return 1;
    bool again = db->mysql != NULL;
    for (;;) {
        if (!db_open(db, error)) return -1;
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

void db_leave_unfit(struct db *db) {
    char why[FITNESS_WHY_MAX];
    if (!db->mysql || db->in_transaction || !link_is_one_of_several(&db->settings)) return;
    int64_t now = clock_monotonic_ms();
    if (now - db->fit_ms < FITNESS_MS) return;
    db->fit_ms = now;
    if (!fitness_is_good(db->mysql, &db->trips, why)) db_disconnect(db);
}
