// SPDX-License-Identifier: GPL-2.0-or-later
// Sends the writing statements that wait, in two packets, and tells each what came of it.
#include "db/sending.h"

#include "db/link.h"
#include "db/statement.h"
#include "db/transaction.h"

#include <mysqld_error.h>

// What came of two packets.
struct sending {
    struct db *db;
    const struct batch_packets *packets;
    size_t step;  // how many are done
    bool commits; // the text ends the transaction
    bool alone;   // a statement before the COMMIT found no transaction open
};

// What is beyond the values is set to one of their kind.
static size_t add_padded(const struct batch_values *values, struct db_value beyond, struct db_value *out) {
    size_t count = 16;
    while (count < values->count) count *= 2;
    for (size_t i = 0; i < count; i++) out[i] = i < values->count ? values->items[i] : beyond;
    return count;
}

// By one of a few statements, each of which stays prepared.
static bool set_variables(struct db *db, const struct batch_packets *packets, struct error *error) {
    struct db_value values[2 * BATCH_VALUES];
    struct buffer sql = buffer_new(DB_SQL_MAX);
    size_t integers = add_padded(&packets->integers, db_integer(0), values);
    size_t texts = add_padded(&packets->texts, db_text(TEXT("")), values + integers);
    batch_add_setter(integers, texts, &sql);
    bool done = statement_run_once(db, (struct statement_wanted){.text = sql.data}, values, integers + texts,
                                   false, error) != NULL;
    buffer_free(&sql);
    return done;
}

static void note_step(struct sending *sending) {
    struct db *db = sending->db;
    const struct batch_step *step = &sending->packets->steps[sending->step++];
    if (step->what == BATCH_COMMIT) return;
    bool is_last = step->item == db->batch.count;
    const struct batch_statement *statement = is_last ? &db->behind.items[0] : &db->batch.items[step->item];
    MYSQL_RES *rows = mysql_store_result(db->mysql);
    if (rows) mysql_free_result(rows);
    if (step->what == BATCH_PREPARE && !statement->text) db->named[statement->number] = true;
    if (step->what != BATCH_EXECUTE) return;
    if (!transaction_is_still_open(db)) sending->alone = true;
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

// One after the other, from `first` on: each fails as it would have alone.
static bool send_singly(struct db *db, size_t first, struct error *error) {
    for (size_t i = first; i < db->batch.count; i++)
        if (!statement_execute(db, &db->batch.items[i], error)) return false;
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
static bool go_on(const struct sending *sending, struct error *error) {
    struct db *db = sending->db;
    unsigned number = mysql_errno(db->mysql);
    bool at_commit = sending->commits &&
                     (link_is_lost(number) || sending->packets->steps[sending->step].what == BATCH_COMMIT);
    if (!may_be_tried_alone(sending, number)) return db_fail(db, true, at_commit, error);
    if (number == ER_PARSE_ERROR) db->is_single = true;
    return send_singly(db, items_done(sending), error);
}

// `committed`: whether the transaction has ended with it.
static bool send_packets(struct db *db, const struct batch_packets *packets, bool commits, bool *committed,
                         struct error *error) {
    struct sending sending = {.db = db, .packets = packets, .commits = commits};
    if (!set_variables(db, packets, error)) return false;
    if (!transaction_is_still_open(db)) return transaction_fail_as_ended(db, false, error);
    bool sent = send_text(&sending);
    if (sending.alone) return transaction_fail_as_ended(db, true, error);
    if (!sent) return go_on(&sending, error);
    *committed = commits;
    return true;
}

bool sending_do(struct db *db, bool commits, bool *committed, struct error *error) {
    const struct batch_statement *last = db->behind.count ? &db->behind.items[0] : NULL;
    size_t parts = db->batch.count + (commits ? 1 + db->behind.count : 0);
    struct arena arena = arena_new(1 << 20);
    struct batch_packets packets;
    bool done;
    *committed = false;
    if (!db->batch.count) return true;
    if (parts <= db->few || db->is_single || !db->mysql)
        done = send_singly(db, 0, error);
    else {
        done =
            batch_make(&db->batch, db->texts, db->settings.prefix, db->named, commits, last, &arena, &packets)
                ? send_packets(db, &packets, commits, committed, error)
                : send_singly(db, 0, error);
        buffer_free(&packets.sql);
    }
    arena_free(&arena);
    batch_clear(&db->batch);
    return done;
}
