// SPDX-License-Identifier: GPL-2.0-or-later
// All requests that wait for changes: they come from workers, ask workers once something has come for them,
// and leave with an answer.
#ifndef FCGI_FEED_WAITERS_H
#define FCGI_FEED_WAITERS_H

#include "feed/held.h"
#include "pool/role.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

struct waiters {
    struct log *log;
    struct statistics *statistics;
    size_t most; // that may wait
    int holding, epoll;
    struct sockaddr_storage address; // where workers are asked
    socklen_t address_length;
    struct held **held; // by place
    size_t places, count, asking, next_asked;
    bool has_position;
    struct lanes_position position; // up to which all that wait have looked
    bool takes_none;                // another process has come in the place of this one
    int64_t leaving_ms;             // monotonic; 0: goes on
    char bytes[HOLDING_BYTES_MAX];
};

// All zero before. False, and a line in the log, where that cannot be done. Free with waiters_free() either
// way.
bool waiters_open(struct waiters *waiters, const struct child_start *start);
void waiters_free(struct waiters *waiters);

// Does what can be done without waiting: with requests that come, answers of workers, clients that go.
void waiters_handle_events(struct waiters *waiters);

// One that waits with a cursor of another database, or of a time to come, holds nobody else up: a position
// beyond the ends falls back to that of the one that is least far.
void waiters_leave_the_future(struct waiters *waiters, const struct lanes_ends *ends);

// A change that has come: it may be for some of them. `position` moves on past it.
void waiters_announce(struct waiters *waiters, const struct change *change);

// Asks a few workers for those that something has come for.
void waiters_ask_workers(struct waiters *waiters);

// Ends those whose time is over, and those that hang.
void waiters_end(struct waiters *waiters);

// From now on no request is taken; and all that wait are answered.
void waiters_take_none(struct waiters *waiters);
void waiters_leave(struct waiters *waiters);

// Whether all are gone after that, and none is on its way.
bool waiters_have_left(const struct waiters *waiters);

#endif
