// SPDX-License-Identifier: GPL-2.0-or-later
// A FastCGI client that can also misbehave: records are built byte by byte, so that broken ones can be, too.
// https://fastcgi-archives.github.io/FastCGI_Specification.html
#ifndef WIRE_CLIENT_H
#define WIRE_CLIENT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum record_type {
    RECORD_BEGIN = 1,
    RECORD_ABORT = 2,
    RECORD_END = 3,
    RECORD_PARAMS = 4,
    RECORD_STDIN = 5,
    RECORD_STDOUT = 6,
    RECORD_STDERR = 7,
    RECORD_GET_VALUES = 9,
    RECORD_GET_VALUES_RESULT = 10
};

// Records, added to `to`. `length` may be up to 65535.
void record_add(struct buffer *to, unsigned version, enum record_type type, unsigned id, const void *content,
                size_t length);
void record_begin(struct buffer *to, unsigned role, unsigned flags); // 1: responder
void record_stream(struct buffer *to, enum record_type type,
                   struct text text); // cut as needed, without the end
void record_stream_end(struct buffer *to, enum record_type type);

// One name and value in the encoding of PARAMS; lengths over 127 take four bytes.
void param_add(struct buffer *params, const char *name, const char *value);

// A whole request: `method`, `uri` with its query, `headers` NULL or {"HTTP_X", "value", …, NULL}, `body` may
// be null. X-API-Key is a good one unless `headers` has one.
void request_add(struct buffer *to, const char *method, const char *uri, const char *const *headers,
                 struct text body);

// What came back.
struct reply {
    struct buffer out;   // STDOUT: headers, blank line, body
    struct buffer other; // records of other types, contents only
    bool ended;          // END_REQUEST came
    bool closed;         // the connection was closed or broke
    bool late;           // nothing came for 20 seconds
    unsigned protocol_status;
};

int client_connect(const char *path); // of a socket, or a port of 127.0.0.1; a descriptor, -1 when refused
bool client_send(int descriptor, const struct buffer *bytes); // false when the server hung up
void client_read(int descriptor, struct reply *reply); // until END_REQUEST or the end of the connection
void reply_free(struct reply *reply);

int reply_status(const struct reply *reply);                                              // 0: none
bool reply_header(const struct reply *reply, const char *name, char *value, size_t size); // false: none
const char *reply_body(const struct reply *reply);

// Connects, sends, reads, closes.
struct reply client_ask(const char *path, const char *method, const char *uri, const char *const *headers,
                        struct text body);

#define GOOD_KEY "AAAA900B7C1AC09BB600700F31D8D339"

#endif
