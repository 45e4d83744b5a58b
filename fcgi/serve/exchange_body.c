// SPDX-License-Identifier: GPL-2.0-or-later
// The body of a request, as long as it says.
#include "serve/exchange.h"

#include <limits.h>
#include <string.h>

bool exchange_announces_none(const struct exchange *exchange) {
    const char *length = exchange->request.content_length;
    return !length || !*length || strcmp(length, "0") == 0;
}

static bool parse_length(const char *text, size_t ceiling, size_t *length, struct error *error) {
    *length = 0;
    if (!text || !*text) return true;
    size_t digits = strspn(text, "0123456789");
    if (text[digits]) return error_set(error, ERROR_BAD_REQUEST, "Content-Length is not a number");
    int64_t value;
    if (!text_to_int64(text_of(text), &value) || (uint64_t)value > ceiling)
        return error_set(error, ERROR_TOO_LARGE, "The request body is larger than %zu bytes", ceiling);
    *length = (size_t)value;
    return true;
}

// Why the input ended: false with the error for a broken connection or a request that was called off, true
// for a proper end.
static bool ended_well(FCGX_Stream *in, struct error *error) {
    if (FCGX_GetError(in) == 0) return true;
    error_set(error, ERROR_ABORTED, "aborted");
    return error_detail(error, "the connection broke within the request body (%d)", FCGX_GetError(in));
}

static bool is_short(struct error *error) {
    return error_set(error, ERROR_BAD_REQUEST, "The request body is not as long as its Content-Length says");
}

// Up to `length` bytes, fewer only at the end of what came.
static size_t read_bytes(FCGX_Stream *in, char *room, size_t length) {
    size_t got = 0;
    while (got < length) {
        int part = length - got > INT_MAX ? INT_MAX : (int)(length - got);
        int count = FCGX_GetStr(room + got, part, in);
        if (count > 0) got += (size_t)count;
        if (count < part) break;
    }
    return got;
}

// After the last byte that was announced nothing may follow; where none was, exchange_begin() has looked.
static bool read_end(struct exchange *exchange, struct error *error) {
    FCGX_Stream *in = exchange->connection->in;
    if (exchange_announces_none(exchange))
        return exchange->read || (ended_well(in, error) && is_short(error));
    return FCGX_GetChar(in) == EOF ? (exchange->read = ended_well(in, error)) : is_short(error);
}

bool exchange_body(struct exchange *exchange, size_t most, struct error *error) {
    FCGX_Stream *in = exchange->connection->in;
    struct buffer *body = &exchange->body;
    size_t length, ceiling = most < body->ceiling ? most : body->ceiling;
    if (!parse_length(exchange->request.content_length, ceiling, &length, error)) return false;
    char *room = length ? buffer_reserve(body, length) : NULL;
    if (length && !room)
        return error_set(error, ERROR_TOO_LARGE, "The request body does not fit into memory");
    size_t got = read_bytes(in, room, length);
    exchange->unread = 0;
    if (room) {
        room[got] = '\0';
        body->length += got;
    }
    if (got == length) return read_end(exchange, error);
    return ended_well(in, error) && is_short(error);
}

// The next bytes of a body that is kept, or that nobody has read before.
ptrdiff_t exchange_body_piece(struct exchange *exchange, char *bytes, size_t room, struct error *error) {
    size_t left = exchange->body.length - exchange->pieces;
    if (left) {
        size_t part = left < room ? left : room;
        memcpy(bytes, exchange->body.data + exchange->pieces, part);
        exchange->pieces += part;
        return (ptrdiff_t)part;
    }
    if (exchange->unread == SIZE_MAX &&
        !parse_length(exchange->request.content_length, exchange->body.ceiling, &exchange->unread, error))
        return -1;
    if (!exchange->unread) return exchange->read || read_end(exchange, error) ? 0 : -1;
    size_t part = exchange->unread < room ? exchange->unread : room;
    FCGX_Stream *in = exchange->connection->in;
    if (read_bytes(in, bytes, part) < part) {
        if (ended_well(in, error)) is_short(error);
        return -1;
    }
    exchange->unread -= part;
    return (ptrdiff_t)part;
}
