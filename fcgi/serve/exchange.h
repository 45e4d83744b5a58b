// SPDX-License-Identifier: GPL-2.0-or-later
// One FastCGI request and its answer: the body in, headers and bytes out, errors by serve/answers.h.
#ifndef FCGI_SERVE_EXCHANGE_H
#define FCGI_SERVE_EXCHANGE_H

#include "auth/rate.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/output.h"
#include "config/settings.h"
#include "ops/operation.h"
#include "serve/cors.h"
#include "serve/request.h"

#include <fcgiapp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RATE_HEADERS_SIZE 160
#define FILE_HEADERS_MAX  2048

// One a worker, all zero at first, used again for each request: exchange_begin() … one of fail, hand_over or
// finish.
struct exchange {
    FCGX_Request *connection;
    const struct settings *settings;
    struct request_ids ids; // kept from request to request
    struct request request;
    struct answer answer;
    struct output output;
    struct buffer body;                  // of the request, once exchange_body() has read it
    size_t pieces;                       // bytes of the body that exchange_body_piece() gave away
    size_t unread;                       // bytes of the body that libfcgi still has
    char cors[CORS_HEADERS_MAX];         // "Name: value\r\n", see cors.h
    char rate[RATE_HEADERS_SIZE];        // the same of a key that may not ask as often as it likes
    const char *headers;                 // further ones, or NULL
    char file_headers[FILE_HEADERS_MAX]; // with a file: for the former
    char allow[ROUTE_METHODS_SIZE + 16]; // with 405 and 416: a header for the former
    const char *answered_by;             // "php" and the like, for the log; NULL: this server
    int status;                          // what was answered, for the log; 499: nobody was there to take it
    uint64_t bytes;                      // of the answer's body that were handed on
    bool whole;                          // the block at hand is the whole body
    bool headers_sent;
    struct buffer *kept; // takes the answer in the place of the connection; NULL: nothing does
    bool read;           // the body, to its end, or none was announced
};

// `connection` holds an accepted request. Reads its parameters.
void exchange_begin(struct exchange *exchange, FCGX_Request *connection, const struct settings *settings);

// Whether the request says that it has no body.
bool exchange_announces_none(const struct exchange *exchange);

// Reads the body into `exchange->body`: exactly CONTENT_LENGTH bytes (absent or empty: none), which stay
// until the answer's end. ERROR_BAD_REQUEST when that is no number or not the length of what came,
// ERROR_TOO_LARGE over `most` or [server] max_body, ERROR_ABORTED when the connection broke.
bool exchange_body(struct exchange *exchange, size_t most, struct error *error) CHECKED;

// The body once more, or for the first time without keeping it, in pieces: puts up to `room` bytes into
// `bytes` and returns how many, 0 at its end, -1 with `error` set as above.
ptrdiff_t exchange_body_piece(struct exchange *exchange, char *bytes, size_t room,
                              struct error *error) CHECKED;

// The page that asks may read the answer, whatever it will be, since clients' tokens may come from there.
void exchange_know_page(struct exchange *exchange);

// The answer, whatever it will be, tells what the key's bucket holds: RateLimit-Limit, -Remaining and -Reset,
// and Retry-After where it is empty. Nothing for a key without a rate; Retry-After alone
// where no more is to be told.
void exchange_tell_rate(struct exchange *exchange, const struct rate_state *rate);

// Takes back what was answered so far. False when bytes have left already.
bool exchange_restart(struct exchange *exchange);

// Sends what is left of a good answer. False when the client did not take it.
bool exchange_finish(struct exchange *exchange);

// For a request that may have to wait: puts the good answer, headers and all, into `answer` instead of
// sending it. False where part of it has left already, or it does not fit. Afterwards one of the two below.
bool exchange_keep(struct exchange *exchange, struct buffer *answer);
bool exchange_send_kept(struct exchange *exchange, const struct buffer *answer); // as exchange_finish()
void exchange_let_go(struct exchange *exchange); // somebody else has the connection

// What a client would read of the error, for an answer that holds several.
struct failure_shown exchange_show_failure(const struct error *error);

// Answers with the error (serve/failure_body.h); breaks the connection off, so that nobody takes half an
// answer for a whole one, when part of an answer has left already. Nothing is answered to ERROR_ABORTED.
void exchange_fail(struct exchange *exchange, const struct error *error);

// Answers what somebody else answered: the status and its line ("201 Created"), header lines each with its
// "\r\n"; then bytes; then the end. False when the client does not take it; at the end the status tells.
bool exchange_relay_head(struct exchange *exchange, int status, struct text line, struct text lines);
bool exchange_relay_bytes(struct exchange *exchange, struct text bytes);
void exchange_relay_end(struct exchange *exchange);

// Answers an allowed page's preflight.
void exchange_preflight(struct exchange *exchange);

// Has nginx give the unchanged request, body included, to its named `location`.
void exchange_hand_over(struct exchange *exchange, const char *location);

#endif
