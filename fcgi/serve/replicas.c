// SPDX-License-Identifier: GPL-2.0-or-later
// Reads from replicas.
//
// The primary is asked first where its log stands, then a replica whether it has all of that; then the whole
// request, key and version included, runs there. That costs a small round trip to the primary and needs no
// record of who wrote what: also what PHP's panel or another host of ours wrote is seen.
#include "serve/replicas.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/words.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "store/statements.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REPLICAS_MAX    16
#define POSITION_MAX    (16 << 10)
#define CONNECT_SECONDS 1

struct replica {
    char *host;
    struct db *db;
    struct replica_state *state;
};

struct replicas {
    struct log *log;
    unsigned lag_ms;
    size_t own, count; // `own`: where this worker begins
    struct replica items[REPLICAS_MAX];
    struct buffer position;
};

// ---- opening

static bool add(struct replicas *replicas, const struct settings *settings, struct replica_board *board,
                struct text host) {
    struct replica *replica = &replicas->items[replicas->count];
    replica->host = strndup(host.data, host.length);
    if (!replica->host) return false;
    struct db_settings link = database_settings_of_replica(settings, replica->host);
    if (link.connect_timeout > CONNECT_SECONDS) link.connect_timeout = CONNECT_SECONDS;
    replica->state = replica_board_state(board, text_of(replica->host));
    replica->db = db_new(&link, statements, STATEMENT_COUNT);
    replicas->count++;
    return replica->db != NULL;
}

static bool add_all(struct replicas *replicas, const struct settings *settings, struct replica_board *board) {
    struct text rest = text_of(settings->database.read_hosts), host;
    while (replicas->count < REPLICAS_MAX && list_next(&rest, &host))
        if (!add(replicas, settings, board, text_trim(host))) return false;
    return true;
}

// Its statements are prepared ahead, so that the first answers are as fast as the later ones. One that is
// away is found out by the first read.
static void prepare_own(struct replicas *replicas) {
    struct replica *own = &replicas->items[replicas->own];
    struct error ignored = {0};
    if (db_reach(own->db, TEXT(""), 0, &ignored) >= 0 &&
        !db_prepare_first(own->db, STATEMENTS_OF_REQUESTS, &ignored))
        error_clear(&ignored);
}

struct replicas *replicas_new(const struct settings *settings, struct replica_board *board, struct log *log) {
    if (!*settings->database.read_hosts) return NULL;
    struct replicas *replicas = calloc(1, sizeof *replicas);
    if (!replicas) return NULL;
    replicas->log = log;
    replicas->lag_ms = settings->database.replica_lag;
    replicas->position = buffer_new(POSITION_MAX);
    if (!add_all(replicas, settings, board) || !replicas->count) {
        replicas_free(&replicas);
        return NULL;
    }
    replicas->own = (size_t)getpid() % replicas->count;
    prepare_own(replicas);
    return replicas;
}

void replicas_free(struct replicas **replicas) {
    if (!*replicas) return;
    for (size_t i = 0; i < (*replicas)->count; i++) {
        db_free(&(*replicas)->items[i].db);
        free((*replicas)->items[i].host);
    }
    buffer_free(&(*replicas)->position);
    free(*replicas);
    *replicas = NULL;
}

// ---- choosing

// Where the primary's log stands. False: nobody can be compared with it. A server that was the primary and is
// no more tells nothing of what the new one has, so that another one is looked for, by each read: the moment
// in which there is one is the moment from which on this one is behind.
static bool ask_primary(struct replicas *replicas, struct db *primary) {
    struct error ignored = {0};
    bool takes_writes = false;
    buffer_clear(&replicas->position);
    if (!db_position(primary, &replicas->position, &takes_writes, &ignored)) return false;
    if (!takes_writes && db_has_other_hosts(primary)) {
        db_disconnect(primary);
        buffer_clear(&replicas->position);
        if (!db_position(primary, &replicas->position, &takes_writes, &ignored)) return false;
    }
    return takes_writes && replicas->position.length && !replicas->position.failed;
}

static void leave(struct replicas *replicas, const struct replica *replica, enum replica_turn turn,
                  const char *why) {
    if (replica_leave(replica->state, turn, clock_monotonic_ms()))
        log_write(replicas->log, LOG_LEVEL_WARNING,
                  "the replica %s is left alone for a while, reads go to the primary: %s", replica->host,
                  why);
}

// Whether the replica has everything; one that does not is left alone.
static bool is_good(struct replicas *replicas, const struct replica *replica, enum replica_turn turn) {
    struct error error = {0};
    unsigned wait_ms = turn == REPLICA_USE ? replicas->lag_ms : 0;
    int reached = db_reach(replica->db, buffer_text(&replicas->position), wait_ms, &error);
    if (reached > 0) {
        if (replica_return(replica->state))
            log_write(replicas->log, LOG_LEVEL_NOTICE, "the replica %s has caught up: it is read again",
                      replica->host);
        return true;
    }
    leave(replicas, replica, turn,
          reached == 0    ? "it is further behind than replica_lag"
          : *error.detail ? error.detail
                          : error.message);
    return false;
}

static struct replica *item(struct replicas *replicas, size_t step) {
    return &replicas->items[(replicas->own + step) % replicas->count];
}

// What each worker may do with each of them. False: nothing.
static bool take_turns(struct replicas *replicas, enum replica_turn turns[REPLICAS_MAX]) {
    int64_t now = clock_monotonic_ms();
    bool any = false;
    for (size_t i = 0; i < replicas->count; i++) {
        // One that is good is enough; another one is asked by who needs it.
        turns[i] = any ? REPLICA_LEAVE : replica_turn(item(replicas, i)->state, now);
        any = any || turns[i] == REPLICA_USE;
    }
    for (size_t i = 0; i < replicas->count; i++) any = any || turns[i] == REPLICA_PROBE;
    return any;
}

struct db *replicas_choose(struct replicas *replicas, struct db *primary) {
    enum replica_turn turns[REPLICAS_MAX] = {0};
    if (!replicas) return primary;
    bool any = take_turns(replicas, turns);
    // Where none can be read the primary is asked all the same whether it still is one.
    if (!any && !db_has_other_hosts(primary)) return primary;
    if (!ask_primary(replicas, primary) || !any) return primary;
    for (size_t i = 0; i < replicas->count; i++) {
        struct replica *replica = item(replicas, i);
        if (turns[i] != REPLICA_LEAVE && is_good(replicas, replica, turns[i])) return replica->db;
    }
    return primary;
}

// ---- told

static const struct replica *replica_of(const struct replicas *replicas, const struct db *db) {
    for (size_t i = 0; replicas && i < replicas->count; i++)
        if (replicas->items[i].db == db) return &replicas->items[i];
    return NULL;
}

void replicas_fail(struct replicas *replicas, const struct db *db, const struct error *error) {
    const struct replica *replica = replica_of(replicas, db);
    if (replica) leave(replicas, replica, REPLICA_USE, *error->detail ? error->detail : error->message);
}

uint64_t replicas_round_trips(const struct replicas *replicas) {
    uint64_t trips = 0;
    for (size_t i = 0; replicas && i < replicas->count; i++) trips += db_round_trips(replicas->items[i].db);
    return trips;
}

const char *replicas_name(const struct replicas *replicas, const struct db *db) {
    const struct replica *replica = replica_of(replicas, db);
    return replica ? replica->host : NULL;
}
