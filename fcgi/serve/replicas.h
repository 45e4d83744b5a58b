// SPDX-License-Identifier: GPL-2.0-or-later
// Which database answers a read: one of [database] read_hosts, where it has everything that was committed on
// the primary before the request came, else the primary. So no read is older than what anybody was told
// before it, by whichever worker, host or replica, or sees less than an earlier one.
#ifndef FCGI_SERVE_REPLICAS_H
#define FCGI_SERVE_REPLICAS_H

#include "base/error.h"
#include "config/settings.h"
#include "pool/replica_board.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct log;
struct replicas;

// A worker's connections to the replicas, one to each; only the one that is its own is opened ahead. NULL
// where the settings name none, or memory is out. All but the board are borrowed for as long as it lives.
struct replicas *replicas_new(const struct settings *settings, struct replica_board *board, struct log *log);
void replicas_free(struct replicas **replicas);

// The connection for a read, `primary` where no replica will do, or anything fails. One round trip to the
// primary, which says how far it is, and one to the replica, unless that is where this worker saw it last.
// None where all replicas are left alone. `replicas` may be NULL.
struct db *replicas_choose(struct replicas *replicas, struct db *primary);

// A request failed on a replica: it is left alone for a while.
void replicas_fail(struct replicas *replicas, const struct db *db, const struct error *error);

// Round trips to all of them so far.
uint64_t replicas_round_trips(const struct replicas *replicas);

// How the settings call it; NULL: it is none of them.
const char *replicas_name(const struct replicas *replicas, const struct db *db);

#endif
