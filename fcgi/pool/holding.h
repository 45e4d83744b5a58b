// SPDX-License-Identifier: GPL-2.0-or-later
// Requests that wait for changes: a worker hands its connection to the process that holds them all, and
// serves the next. The two ends of a socket between them, and what goes through it.
#ifndef FCGI_POOL_HOLDING_H
#define FCGI_POOL_HOLDING_H

#include "base/buffer.h"
#include "base/error.h"
#include "ops/operation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOLDING_ID_MAX     64
#define HOLDING_CLIENT_MAX 64
#define HOLDING_KEY_MAX    16
#define HOLDING_BYTES_MAX  (96 * 1024) // parameters and answer of one: what a socket takes at once

// What is said of a request. Its parameters, as FastCGI encodes them, and the answer that it gets where
// nothing comes (CGI headers, a blank line, the body) follow.
struct holding {
    struct answer_wait wait;
    int request_id;   // FastCGI's
    int64_t begun_us; // monotonic: when the worker began
    char id[HOLDING_ID_MAX + 1], client[HOLDING_CLIENT_MAX], key[HOLDING_KEY_MAX]; // for the log
    size_t parameters, answer;                                                     // bytes of both
};

// Both ends, non-blocking, close-on-exec: workers send into [0], the other process takes from [1]. -1 when
// there are none to be had.
void holding_open(int ends[2]);

// Sends a connection along. False where that is not possible now (nobody takes, too many are on their way,
// too long): the connection stays the caller's. True: he closes it.
bool holding_send(int end, int connection, const struct holding *holding, struct text parameters,
                  struct text answer);

// Takes one: its connection, 0 where none is there, -1 for one that cannot be used. `bytes` is room for both
// texts, which are put there.
int holding_take(int end, struct holding *holding, char bytes[HOLDING_BYTES_MAX]);

#endif
