// SPDX-License-Identifier: GPL-2.0-or-later
// What a connection is made of, and what its failures mean. Private to this room.
#ifndef DB_CONNECTION_H
#define DB_CONNECTION_H

#include "base/buffer.h"
#include "db/batch.h"
#include "db/column.h"
#include "db/db.h"
#include "db/host_rest.h"
#include "db/statement_cache.h"

#include <mysql.h>

#define DB_COLUMNS_MAX 100
#define DB_SQL_MAX     32768

struct db_rows {
    struct db *db;
    MYSQL_STMT *statement; // NULL: no result is open
    unsigned count;        // columns
    bool bound;
    bool is_utf8; // each of its texts
    MYSQL_BIND binds[DB_COLUMNS_MAX];
    struct column columns[DB_COLUMNS_MAX];
};

struct db {
    struct db_settings settings;
    const char *const *texts; // the table of statements
    size_t count;
    MYSQL *mysql; // NULL: not open
    MYSQL_STMT **prepared;
    struct statement_cache by_text; // those of db_query_text() and db_execute_text()
    bool converts;                  // the server converts texts, see statement_convert()
    bool in_transaction;
    bool wrote;       // a writing statement of the transaction at hand was sent
    unsigned failure; // the server's number of what failed last
    uint64_t trips, writes;
    int64_t fit_ms;      // when the server was last seen to be fit
    struct db_rows rows; // one result at a time: it is unbuffered
    struct buffer sql;
    bool gathers;        // see db_gather()
    size_t few;          // what waits and is sent one by one
    struct batch batch;  // what waits
    struct batch behind; // see db_run_behind(): one statement or none
    bool *named;         // which statements of the table the server knows by a name
    bool is_single;      // the server takes one statement a packet
    struct host_rest rest;
    struct buffer reached; // see db_reach(); empty: nothing yet
};

// Opens it where it is not open, that of a replica as well.
bool db_open(struct db *db, struct error *error) CHECKED;

// Of several servers one that is not fit any more is left, between two pieces of work. Asks once in a while.
void db_leave_unfit(struct db *db);

// Turns a server's error number into one of ours; always false. A connection that is gone is closed.
// `writing`: it was a statement that writes; `sent_commit`: it was the COMMIT.
bool db_fail_by(struct db *db, unsigned number, const char *text, bool writing, bool sent_commit,
                struct error *error);

// The same of what the connection, or a statement, failed with last.
bool db_fail(struct db *db, bool writing, bool sent_commit, struct error *error);
bool db_fail_statement(struct db *db, MYSQL_STMT *statement, bool writing, struct error *error);

#endif
