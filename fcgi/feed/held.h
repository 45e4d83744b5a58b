// SPDX-License-Identifier: GPL-2.0-or-later
// A request that waits for changes: what it is asked with, its connection to the web server, and, once there
// is something for it, its connection to the worker that answers it.
//
//     WAITING ─ something has come → ASKING a worker ─ an answer → ANSWERING → gone
//        ↑└── its time is over, the server stops: the answer that nothing has come ──┘
//        └────── nothing of it is for this client ──┘
#ifndef FCGI_FEED_HELD_H
#define FCGI_FEED_HELD_H

#include "base/buffer.h"
#include "pool/holding.h"
#include "store/changes/lanes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum held_state { HELD_WAITING, HELD_ASKING, HELD_ANSWERING };

struct held {
    enum held_state state;
    int client, worker; // -1: none
    struct holding of;
    struct buffer parameters; // as FastCGI encodes them
    struct buffer kept;       // the answer where nothing comes
    struct buffer out;        // what goes to the worker, then to the client
    size_t sent;              // of it
    struct buffer in;         // from the worker
    int64_t end_ms;           // of the wait, monotonic; then of what is in hand
    int64_t not_before_ms;    // it asks no worker earlier
    bool is_due;              // something has come that may be for it
    bool had_nothing;         // the answer is the kept one
};

// Takes a connection over. NULL when memory is out.
struct held *held_new(int client, const struct holding *holding, const char *bytes, int64_t now_ms);
void held_free(struct held **held);

// Whether a change is one that it waits for, as far as that can be told without its key.
bool held_wants(const struct held *held, const struct change *change);

// Asks a worker at this address. False where that cannot be done now.
bool held_ask(struct held *held, const struct sockaddr *address, socklen_t length, int64_t now_ms);

// Begins to answer with what was kept.
void held_answer_nothing(struct held *held, int64_t now_ms);

// Goes on with what is to be sent and to be read, as far as that goes without waiting. False when it is done,
// or cannot be: free it.
bool held_go_on(struct held *held, int64_t now_ms);

// Whether the client is gone.
bool held_is_gone(const struct held *held);

#endif
