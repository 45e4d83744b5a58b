// SPDX-License-Identifier: GPL-2.0-or-later
// Writing statements that wait and are sent together, in two packets whatever their number: one binds their
// values to variables of the session, one runs them with these. Private to this room.
//
// Neither client library sends several statements with bound values in one packet. So the first packet is a
// prepared SET @fcgi_integer_0=?,…,@fcgi_text_0=?,…, and the second one text without any value in it:
//
//     PREPARE fcgi_17 FROM @fcgi_text_1;     -- once a connection; the text of a statement is a value, too
//     EXECUTE fcgi_17 USING @fcgi_integer_0,@fcgi_text_0;
//     SET @fcgi_id_0=LAST_INSERT_ID();       -- where a later statement takes the id
//     EXECUTE fcgi_4 USING @fcgi_id_0,@fcgi_integer_1;
//     COMMIT
//
// Integers and texts have variables of their own, since MySQL (9.7.4) takes a value for what the first one
// was that stood at its place: a text behind an integer becomes 0, or is refused for a character.
//
// The server stops at the first that fails: what stands before it was done, what stands behind it was not.
// Nothing may stand behind the COMMIT: a node of a Galera cluster that loses the others meanwhile answers a
// COMMIT that is not the last with OK, tells the failure of the next statement, or nothing at all, and keeps
// nothing (MariaDB 10.11.19).
#ifndef DB_BATCH_H
#define DB_BATCH_H

#include "base/arena.h"
#include "base/buffer.h"
#include "db/db.h"

#include <stdbool.h>

#define BATCH_STATEMENTS 24
#define BATCH_VALUES     256 // besides NULLs, texts of statements included
#define BATCH_BYTES      (256 << 10)
#define BATCH_STEPS      (3 * BATCH_STATEMENTS + 4)

struct batch_statement {
    unsigned number;  // in the table
    const char *text; // NULL: the number counts
    const struct db_value *values;
    size_t count;
    uint64_t *affected, *insert_id; // where the outcome goes; NULL: nobody asks
    bool gives_id;                  // a later one takes its id
};

struct batch {
    struct arena arena; // texts and values of those that wait
    struct batch_statement items[BATCH_STATEMENTS];
    size_t count, values, bytes;
};

struct batch batch_new(void);
void batch_clear(struct batch *batch);

// Takes a copy of the statement. False where it does not fit in beside those that wait, which changes
// nothing.
bool batch_add(struct batch *batch, const struct batch_statement *statement);

// The one that waits and will tell its insert id there; NULL: none does.
struct batch_statement *batch_giving(struct batch *batch, const uint64_t *insert_id);

struct batch_values {
    struct db_value items[BATCH_VALUES];
    size_t count;
};

// What the packets hold.
struct batch_packets {
    struct batch_values integers, texts; // of the SET
    struct buffer sql;
    // What each part of the text does, in order.
    struct batch_step {
        enum { BATCH_PREPARE, BATCH_EXECUTE, BATCH_TELL_ID, BATCH_COMMIT } what;
        size_t item; // of the batch
    } steps[BATCH_STEPS];
    size_t step_count;
};

// Makes the packets: all that waits and, where it `commits`, `last` (NULL: nothing) and a COMMIT behind it.
// `texts` are those of the table, without their tables' names; `prepared` says which of them the connection
// knows by name already. False: they do not fit.
bool batch_make(const struct batch *batch, const char *const *texts, const char *prefix, const bool *prepared,
                bool commits, const struct batch_statement *last, struct arena *arena,
                struct batch_packets *packets);

// The text of a SET of so many variables.
void batch_add_setter(size_t integers, size_t texts, struct buffer *sql);

#endif
