// SPDX-License-Identifier: GPL-2.0-or-later
// A FastCGI client for one request: writes what is to be sent and reads what comes at the same time, so that
// neither end waits for the other with full pipes.
#include "serve/php_fpm.h"

#include "base/clock.h"
#include "base/endpoint.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// The specification, sections 3.3 and 8.
#define VERSION     1
#define HEAD_SIZE   8
#define CONTENT_MAX 65535
#define REQUEST_ID  1
#define ROLE        1 // responder

enum record_type { BEGIN_REQUEST = 1, END_REQUEST = 3, PARAMS = 4, STDIN = 5, STDOUT = 6, STDERR = 7 };

#define BODY_PIECE  16384
#define PENDING_MAX (PHP_PARAMETERS_MAX + 64 * 1024) // parameters with their heads, and one piece of the body
#define CONNECT_MS  3000                             // a socket of this machine answers at once or is stuck

struct conversation {
    const struct php_request *request;
    const struct php_sink *sink;
    void *context;
    struct error *error;
    int descriptor;
    int64_t end_ms;
    struct buffer pending; // records to be sent
    size_t sent;           // of them
    bool body_ended;
    bool answered; // END_REQUEST came
    unsigned char head[HEAD_SIZE];
    size_t head_length;      // of the record that is being read
    size_t content, padding; // of it that are still to come
};

// ---- records

static void add_head(struct buffer *to, enum record_type type, size_t length) {
    const unsigned char head[HEAD_SIZE] = {VERSION,    (unsigned char)type,          0,
                                           REQUEST_ID, (unsigned char)(length >> 8), (unsigned char)length};
    buffer_add(to, head, sizeof head);
}

// A stream in as many records as it takes; the empty one that ends it is for the caller.
static void add_stream(struct buffer *to, enum record_type type, struct text bytes) {
    while (bytes.length) {
        size_t part = bytes.length < CONTENT_MAX ? bytes.length : CONTENT_MAX;
        add_head(to, type, part);
        buffer_add(to, bytes.data, part);
        bytes = (struct text){bytes.data + part, bytes.length - part};
    }
}

static void add_length(struct buffer *to, size_t length) {
    if (length < 128) {
        buffer_add_char(to, (char)length);
        return;
    }
    const unsigned char bytes[4] = {(unsigned char)(length >> 24 | 0x80), (unsigned char)(length >> 16),
                                    (unsigned char)(length >> 8), (unsigned char)length};
    buffer_add(to, bytes, sizeof bytes);
}

void php_parameter_add(struct buffer *parameters, struct text name, struct text value) {
    add_length(parameters, name.length);
    add_length(parameters, value.length);
    buffer_add_text(parameters, name);
    buffer_add_text(parameters, value);
}

static bool begin(struct conversation *conversation) {
    const unsigned char responder[8] = {0, ROLE};
    struct buffer *pending = &conversation->pending;
    add_head(pending, BEGIN_REQUEST, sizeof responder);
    buffer_add(pending, responder, sizeof responder);
    add_stream(pending, PARAMS, buffer_text(&conversation->request->parameters));
    add_head(pending, PARAMS, 0);
    if (!pending->failed && !conversation->request->parameters.failed) return true;
    return error_set(conversation->error, ERROR_TOO_LARGE, "The request's headers are too large");
}

// Fills `pending`, all of which was sent, with the next piece of the body, or with its end.
static bool next_piece(struct conversation *conversation) {
    char piece[BODY_PIECE];
    ptrdiff_t length =
        conversation->request->read_body(conversation->context, piece, sizeof piece, conversation->error);
    if (length < 0) return false;
    buffer_clear(&conversation->pending);
    conversation->sent = 0;
    add_head(&conversation->pending, STDIN, (size_t)length);
    buffer_add(&conversation->pending, piece, (size_t)length);
    conversation->body_ended = length == 0;
    return true;
}

// ---- connection

static bool away(struct error *error, const char *endpoint, const char *why) {
    error_set(error, ERROR_FALLBACK_AWAY, "PHP cannot be reached");
    return error_detail(error, "php-fpm at %s: %s", endpoint, why);
}

static int connect_address(const struct sockaddr *address, socklen_t length, int family) {
    int descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -1;
    if (connect(descriptor, address, length) == 0) return descriptor;
    int problem = errno, size = sizeof problem;
    struct pollfd wait = {.fd = descriptor, .events = POLLOUT};
    if (problem == EINPROGRESS) {
        problem = ETIMEDOUT;
        if (poll(&wait, 1, CONNECT_MS) == 1)
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &(socklen_t){(socklen_t)size});
        if (problem == 0) return descriptor;
    }
    close(descriptor);
    errno = problem;
    return -1;
}

static int connect_path(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    return connect_address((const struct sockaddr *)&address, sizeof address, AF_UNIX);
}

// "HOST:PORT", "[IPv6]:PORT": each of its addresses in turn.
static bool connect_host(const char *endpoint, int *descriptor, struct error *error) {
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    struct endpoint parts;
    if (!endpoint_split(endpoint, &parts)) return away(error, endpoint, "no HOST:PORT");
    int problem = getaddrinfo(parts.host, parts.port, &hints, &found);
    if (problem) return away(error, endpoint, gai_strerror(problem));
    for (struct addrinfo *one = found; one && *descriptor < 0; one = one->ai_next)
        *descriptor = connect_address(one->ai_addr, one->ai_addrlen, one->ai_family);
    int last = errno;
    freeaddrinfo(found);
    return *descriptor >= 0 || away(error, endpoint, strerror(last));
}

static bool open_connection(const char *endpoint, int *descriptor, struct error *error) {
    *descriptor = -1;
    if (*endpoint != '/') return connect_host(endpoint, descriptor, error);
    *descriptor = connect_path(endpoint);
    return *descriptor >= 0 || away(error, endpoint, strerror(errno));
}

// ---- the answer

static bool broke(struct conversation *conversation, const char *why) {
    error_set(conversation->error, ERROR_FALLBACK_BROKE, "PHP broke off");
    return error_detail(conversation->error, "php-fpm: %s", why);
}

static bool take_content(struct conversation *conversation, struct text bytes) {
    switch (conversation->head[1]) {
    case STDOUT: return conversation->sink->answer(conversation->context, bytes, conversation->error);
    case STDERR: conversation->sink->complaint(conversation->context, bytes); return true;
    default: return true; // the body of END_REQUEST, and what a later version may send
    }
}

// The record's head is complete.
static bool take_head(struct conversation *conversation) {
    const unsigned char *head = conversation->head;
    if (head[0] != VERSION) return broke(conversation, "it does not speak FastCGI");
    conversation->content = (size_t)head[4] << 8 | head[5];
    conversation->padding = head[6];
    conversation->answered = head[1] == END_REQUEST;
    return true;
}

static bool take(struct conversation *conversation, struct text bytes) {
    while (bytes.length) {
        size_t used;
        if (conversation->head_length < HEAD_SIZE) {
            conversation->head[conversation->head_length++] = (unsigned char)*bytes.data;
            used = 1;
            if (conversation->head_length == HEAD_SIZE && !take_head(conversation)) return false;
        } else if (conversation->content) {
            used = bytes.length < conversation->content ? bytes.length : conversation->content;
            if (!take_content(conversation, (struct text){bytes.data, used})) return false;
            conversation->content -= used;
        } else {
            used = bytes.length < conversation->padding ? bytes.length : conversation->padding;
            conversation->padding -= used;
        }
        bytes = (struct text){bytes.data + used, bytes.length - used};
        if (conversation->head_length == HEAD_SIZE && !conversation->content && !conversation->padding) {
            if (conversation->answered) return true;
            conversation->head_length = 0;
        }
    }
    return true;
}

static bool whole(const struct conversation *conversation) {
    return conversation->answered && !conversation->content && !conversation->padding;
}

static bool read_some(struct conversation *conversation) {
    char bytes[32768];
    ssize_t count = recv(conversation->descriptor, bytes, sizeof bytes, 0);
    if (count > 0) return take(conversation, (struct text){bytes, (size_t)count});
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    return broke(conversation, count == 0 ? "the connection ended before the answer" : strerror(errno));
}

static bool write_some(struct conversation *conversation) {
    struct buffer *pending = &conversation->pending;
    ssize_t count = send(conversation->descriptor, pending->data + conversation->sent,
                         pending->length - conversation->sent, MSG_NOSIGNAL);
    if (count > 0) conversation->sent += (size_t)count;
    if (count >= 0 || errno == EAGAIN || errno == EINTR) return true;
    // It may have answered without reading all: what it said counts.
    conversation->sent = pending->length;
    conversation->body_ended = true;
    return true;
}

static bool step(struct conversation *conversation) {
    int64_t left = conversation->end_ms - clock_monotonic_ms();
    bool to_send = conversation->sent < conversation->pending.length;
    if (!to_send && !conversation->body_ended) return next_piece(conversation);
    struct pollfd wait = {.fd = conversation->descriptor,
                          .events = (short)(POLLIN | (to_send ? POLLOUT : 0))};
    int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
    if (ready == 0) return error_set(conversation->error, ERROR_FALLBACK_LATE, "PHP did not answer in time");
    if (ready < 0) return errno == EINTR || broke(conversation, strerror(errno));
    if ((wait.revents & POLLOUT) && !write_some(conversation)) return false;
    return !(wait.revents & (POLLIN | POLLHUP | POLLERR)) || read_some(conversation);
}

bool php_fpm_ask(const struct php_request *request, const struct php_sink *sink, void *context,
                 struct error *error) {
    struct conversation conversation = {.request = request,
                                        .sink = sink,
                                        .context = context,
                                        .error = error,
                                        .descriptor = -1,
                                        .end_ms = clock_monotonic_ms() + request->timeout_ms,
                                        .pending = buffer_new(PENDING_MAX)};
    bool good = begin(&conversation) && open_connection(request->endpoint, &conversation.descriptor, error);
    while (good && !whole(&conversation)) good = step(&conversation);
    if (conversation.descriptor >= 0) close(conversation.descriptor);
    buffer_free(&conversation.pending);
    return good;
}
