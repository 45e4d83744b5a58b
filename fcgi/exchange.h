// SPDX-License-Identifier: GPL-2.0-or-later
// One FastCGI request and its answer: the body in, headers and bytes out, and the only map from error to HTTP
// status.
#ifndef FCGI_EXCHANGE_H
#define FCGI_EXCHANGE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/output.h"
#include "config/settings.h"
#include "ops/operation.h"
#include "request.h"

#include <fcgiapp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One a worker, all zero at first, used again for each request: exchange_begin() … one of fail, hand_over or
// finish.
struct exchange {
    FCGX_Request *connection;
    struct request_ids ids; // kept from request to request
    struct request request;
    struct answer answer;
    struct output output;
    const char *headers; // further ones, "Name: value\r\n", or NULL
    int status;          // what was answered, for the log; 499: nobody was there to take it
    uint64_t bytes;      // of the answer's body that were handed on
    bool whole;          // the block at hand is the whole body
    bool headers_sent;
    bool read; // the body, to its end, or none was announced
};

// `connection` holds an accepted request. Reads its parameters.
void exchange_begin(struct exchange *exchange, FCGX_Request *connection, const struct settings *settings);

// Reads the body into `body`: exactly CONTENT_LENGTH bytes (absent or empty: none). ERROR_BAD_REQUEST when
// that is no number or not the length of what came, ERROR_TOO_LARGE over the buffer's ceiling, ERROR_ABORTED
// when the connection broke.
bool exchange_body(struct exchange *exchange, struct buffer *body, struct error *error) CHECKED;

// Takes back what was answered so far. False when bytes have left already.
bool exchange_restart(struct exchange *exchange);

// Sends what is left of a good answer. False when the client did not take it.
bool exchange_finish(struct exchange *exchange);

// Answers with the error; breaks the connection off, so that nobody takes half an answer for a whole one,
// when part of an answer has left already. Nothing is answered to ERROR_ABORTED.
void exchange_fail(struct exchange *exchange, const struct error *error);

// Has nginx give the unchanged request, body included, to its named `location`.
void exchange_hand_over(struct exchange *exchange, const char *location);

#endif
