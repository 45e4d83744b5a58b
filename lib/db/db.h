// SPDX-License-Identifier: GPL-2.0-or-later
// One connection to MySQL or MariaDB: connect, prepared statements, transactions, classes of failure.
#ifndef DB_DB_H
#define DB_DB_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct db_rows;

// What a connection needs. Strings are borrowed for the life of the connection; NULL or "" where not set.
struct db_settings {
    // Comma list of HOST, HOST:PORT, [IPv6]:PORT or /path/of.sock, tried in order; one that failed lately
    // comes last.
    const char *hosts;
    unsigned port;      // for hosts without one
    const char *socket; // used instead of TCP when set
    const char *user;
    const char *password;
    const char *database;
    const char *prefix;       // of the table names: "ost_"
    const char *tls_ca;       // file: turns TLS with verification on
    unsigned connect_timeout; // seconds, all four
    unsigned read_timeout;
    unsigned write_timeout;
    unsigned statement_timeout; // the server's own limit on a reading statement; 0 for none
    bool is_replica;            // opened by db_reach() alone, see there
};

// A value bound to a placeholder. What the column of a text or of HTML cannot hold is replaced when it is
// written, in HTML by references: that takes round trips of its own, and happens on help desks that have such
// columns only.
enum db_kind { DB_NULL, DB_INTEGER, DB_TEXT, DB_HTML, DB_KEY, DB_INSERTED };
struct db_value {
    enum db_kind kind;
    int64_t integer;
    struct text text;
    const uint64_t *inserted; // see db_inserted()
};
struct db_value db_integer(int64_t value);
struct db_value db_text(struct text text);
struct db_value db_html(struct text text);
// A text to find rows by. One that its column cannot hold finds none: the database would refuse to compare
// them (1267 Illegal mix of collations).
struct db_value db_key(struct text text); // a null text is SQL NULL
struct db_value db_string(const char *string);
// The id that db_execute_later() was to tell there, for a statement that may be sent together with that one.
struct db_value db_inserted(const uint64_t *insert_id);

// A connection that is not open yet; it opens with the first use, and again after it was lost. `statements`
// is a table of `count` SQL texts by number, in which {name} stands for a table under the prefix ({ticket} →
// `ost_ticket`) and {fcgi:name} for one of this server's own (`fcgi_ost_name`, which lies outside osTicket's
// own prefix). Prepared when first used. NULL when memory is out or the prefix is not [A-Za-z0-9_$-]*.
struct db *db_new(const struct db_settings *settings, const char *const *statements, size_t count);
void db_free(struct db **db);

// Opens the connection when it is not open. ERROR_UNAVAILABLE when the server cannot be reached or refuses
// us; `detail` says why.
bool db_connect(struct db *db, struct error *error) CHECKED;
void db_disconnect(struct db *db);

// Whether the server answers now, over a new connection where the old one was lost. One round trip.
bool db_answers(struct db *db, struct error *error) CHECKED;

// Adds how far the server's log has come: everything that was committed there stands before that position.
// Nothing is added where the server keeps no log by GTIDs. `takes_writes`: it is not read-only. One round
// trip, over a new connection where the old one was lost.
bool db_position(struct db *db, struct buffer *position, bool *takes_writes, struct error *error) CHECKED;

// Whether a replica has everything that stands before a position of its primary's log: what is read
// afterwards has it, too. It is waited for, `wait_ms` at most. One round trip, none where it is the position
// that was reached last. 1: it has; 0: not in time; -1: failure, with the connection closed.
// The connection of a replica is opened by this alone: a new one may lead to a server that is further behind,
// so that what finds it lost is ERROR_RETRYABLE, to be run elsewhere.
int db_reach(struct db *db, struct text position, unsigned wait_ms, struct error *error) CHECKED;

// Connects and prepares the first `count` statements ahead, so that the first requests are as fast as the
// later ones. A statement that the server does not take (an optional table is missing) is left for its first
// use to complain about.
bool db_prepare_first(struct db *db, size_t count, struct error *error) CHECKED;

// Whether the server denies the user a statement of the table, which is not run; `error` says of what. Any
// other trouble with it is no denial.
bool db_denies(struct db *db, unsigned statement, struct error *error) CHECKED;

// Runs a reading statement; its rows come one by one, unbuffered: the connection is taken until
// db_rows_close(). Errors: ERROR_RETRYABLE (link lost before anything of the transaction was written,
// deadlock, lock wait), ERROR_UNAVAILABLE (no connection), ERROR_UNKNOWN (link lost inside a COMMIT),
// ERROR_INTERNAL (the server rejects the statement: detail holds its code and text).
bool db_query(struct db *db, unsigned statement, const struct db_value *values, size_t count,
              struct db_rows **rows, struct error *error) CHECKED;

// The next row: 1, none left: 0, failure: -1 with `error` set.
int db_rows_next(struct db_rows *rows, struct error *error) CHECKED;

// Column `column` of the row at hand: valid until the next db_rows_next() or db_rows_close(). Whole, whatever
// its length; terminated.
struct text db_rows_text(struct db_rows *rows, unsigned column);
int64_t db_rows_integer(struct db_rows *rows, unsigned column); // 0 for NULL or what is no integer
bool db_rows_is_null(struct db_rows *rows, unsigned column);

// How many columns the rows have, and what the database says that one holds.
enum db_column { DB_COLUMN_NUMBER, DB_COLUMN_TEXT, DB_COLUMN_TIME };
unsigned db_rows_columns(const struct db_rows *rows);
enum db_column db_rows_holds(const struct db_rows *rows, unsigned column);

// Reads what is left of the result away (a few rows) or cuts the connection off (many), and frees. NULL is
// fine.
void db_rows_close(struct db_rows **rows);

// Runs a writing statement. `affected` and `insert_id` may be NULL. Errors as db_query().
bool db_execute(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                uint64_t *affected, uint64_t *insert_id, struct error *error) CHECKED;

// At most so many values are bound to a statement.
#define DB_VALUES_MAX 1024

// The same for a text that cannot stand in the table: names of columns that only the help desk's own rows
// tell, or as many rows as there happen to be. {names} are replaced; values are bound, and nothing that a
// client sent may be part of the text. The last few texts stay prepared.
bool db_execute_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                     struct error *error) CHECKED;
bool db_query_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                   struct db_rows **rows, struct error *error) CHECKED;

// Whether what failed with this error was a statement that the server ended at the settings'
// `statement_timeout`.
bool db_ran_out_of_time(const struct db *db, const struct error *error);

// Whether it was a search for words in a table that has no full-text index of them.
bool db_has_no_text_index(const struct db *db, const struct error *error);

// Whether it was a statement that named a table or a column that is not there, or not for this user.
bool db_lacks_what_was_named(const struct db *db, const struct error *error);

// The text of a statement of the table, as it stands there.
const char *db_statement(const struct db *db, unsigned statement);

bool db_begin(struct db *db, struct error *error) CHECKED;
bool db_commit(struct db *db, struct error *error) CHECKED;

// From here to the end of the transaction, writing statements whose outcome nobody asks for wait, and are
// sent together, with the first that is asked for its outcome, with db_send(), or with the COMMIT: two round
// trips for any number of them. They are run in their order, and before anything is read. Their errors come
// with what sends them, and are their own. So `few` that wait are sent one by one: a packet's own work would
// cost the server more than the trips do.
void db_gather(struct db *db, size_t few);

// Whether its settings name more than one server.
bool db_has_other_hosts(const struct db *db);

// Whether the server is reached over the network, so that each round trip is a way. Once connected.
bool db_is_far(const struct db *db);

// Like db_execute(), but the outcome is told when the statement is sent, before which nobody may look at it:
// both places must live until then.
bool db_execute_later(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                      uint64_t *affected, uint64_t *insert_id, struct error *error) CHECKED;

// Sends what waits.
bool db_send(struct db *db, struct error *error) CHECKED;

// What runs right behind the next COMMIT, or, where that is sent together with others, right before it in the
// same round trip (never behind it there: db/batch.h); its rows are not read. After a rollback
// it is forgotten.
bool db_run_behind(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                   struct error *error) CHECKED;
void db_rollback(
    struct db *db); // harmless outside a transaction; a connection that cannot roll back is closed

// Round trips to the server since db_new(), those of connecting and preparing included.
uint64_t db_round_trips(const struct db *db);

// Writing statements since db_new(), those that wait included.
uint64_t db_writes(const struct db *db);

const char *db_prefix(const struct db *db);

#endif
