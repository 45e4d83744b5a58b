// SPDX-License-Identifier: GPL-2.0-or-later
// Which replicas are left alone for a while, in memory that the workers of a pool share: one of them finds
// out, all know. No locks.
#ifndef FCGI_POOL_REPLICA_BOARD_H
#define FCGI_POOL_REPLICA_BOARD_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct replica_board;
struct replica_state; // of one replica

// Memory for all workers, to be opened before they are forked. NULL with `error` set on failure.
struct replica_board *replica_board_open(struct error *error);
void replica_board_close(struct replica_board **board);

// The state of the replica at `host`, as it is written in the settings. Two may share one by chance.
struct replica_state *replica_board_state(struct replica_board *board, struct text host);

// What a worker may do with a replica now. PROBE: one worker alone is told so, to see whether it is good
// again, without waiting for it.
enum replica_turn { REPLICA_USE, REPLICA_PROBE, REPLICA_LEAVE };
enum replica_turn replica_turn(struct replica_state *state, int64_t now_ms);

// It was of no use to a worker with this turn: it is left alone for a quarter of a second, after each probe
// that fails twice as long, 30 s at most. True for the one worker that found it out first, which tells of it.
bool replica_leave(struct replica_state *state, enum replica_turn turn, int64_t now_ms);

// It was good. True where it was left alone before.
bool replica_return(struct replica_state *state);

#endif
