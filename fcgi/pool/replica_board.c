// SPDX-License-Identifier: GPL-2.0-or-later
// Replicas that are left alone.
#include "pool/replica_board.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#define STATES     64 // a power of two
#define FIRST_MS   250
#define LONGEST_MS 30000
#define DOUBLINGS  7    // from the one to the other
#define PROBE_MS   2000 // that the worker with the turn has it alone

struct replica_state {
    _Atomic unsigned failures; // in a row; 0: it is good
    _Atomic int64_t until_ms;  // left alone
};

struct replica_board {
    struct replica_state states[STATES];
};

struct replica_board *replica_board_open(struct error *error) {
    void *memory =
        mmap(NULL, sizeof(struct replica_board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED) return memory;
    error_set(error, ERROR_INTERNAL, "no shared memory for the replicas: %s", strerror(errno));
    return NULL;
}

void replica_board_close(struct replica_board **board) {
    if (*board) munmap(*board, sizeof **board);
    *board = NULL;
}

struct replica_state *replica_board_state(struct replica_board *board, struct text host) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325); // FNV-1a
    for (size_t i = 0; i < host.length; i++)
        hash = (hash ^ (unsigned char)host.data[i]) * UINT64_C(0x100000001B3);
    return &board->states[hash % STATES];
}

enum replica_turn replica_turn(struct replica_state *state, int64_t now_ms) {
    int64_t until = state->until_ms;
    if (!state->failures) return REPLICA_USE;
    if (now_ms < until || !atomic_compare_exchange_strong(&state->until_ms, &until, now_ms + PROBE_MS))
        return REPLICA_LEAVE;
    return REPLICA_PROBE;
}

// Several workers find the same out at once: that is one failure, not as many as there are workers.
bool replica_leave(struct replica_state *state, enum replica_turn turn, int64_t now_ms) {
    unsigned failures = turn == REPLICA_PROBE ? state->failures : 0;
    unsigned doublings = failures < DOUBLINGS ? failures : DOUBLINGS;
    int64_t span = (int64_t)FIRST_MS << doublings;
    if (!atomic_compare_exchange_strong(&state->failures, &failures, failures + 1)) return false;
    state->until_ms = now_ms + (span < LONGEST_MS ? span : LONGEST_MS);
    return failures == 0;
}

bool replica_return(struct replica_state *state) {
    return state->failures && atomic_exchange(&state->failures, 0) != 0;
}
