// SPDX-License-Identifier: GPL-2.0-or-later
// FastCGI in, HTTP out.
#include "serve/exchange.h"

#include "serve/answers.h"
#include "serve/failure_body.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define STATUS_CLIENT_GONE 499     // nginx's own, for the log only
#define ENCODED_MAX        (4 * 3) // bytes of an encoded code point
#define ENCODED_NAME_MAX   1500
#define CACHE_HEADERS_MAX  (128 + ANSWER_VERSION_MAX)

// What no answer of an API needs a browser to do with it.
#define SAFETY                                                                                               \
    "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n"                                           \
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'%s\r\nReferrer-Policy: "             \
    "no-referrer\r\n"
#define FILE_SAFETY "; sandbox" // what somebody sent is no page of the help desk's

// How long an answer may be kept, by whoever asks with the same key: one with a version has to be asked for
// anew each time unless it says otherwise (RFC 9111, 5.2.2.1 and 5.2.2.4).
static void cache_headers(const struct exchange *exchange, char headers[CACHE_HEADERS_MAX]) {
    if (*exchange->answer.version && exchange->answer.max_age)
        snprintf(headers, CACHE_HEADERS_MAX,
                 "Cache-Control: private, max-age=%u\r\nVary: X-API-Key, Authorization, X-Act-As\r\nETag: "
                 "\"%s\"\r\n",
                 exchange->answer.max_age, exchange->answer.version);
    else if (*exchange->answer.version)
        snprintf(headers, CACHE_HEADERS_MAX, "Cache-Control: private, no-cache\r\nETag: \"%s\"\r\n",
                 exchange->answer.version);
    else
        snprintf(headers, CACHE_HEADERS_MAX, "Cache-Control: no-store\r\n");
}

static bool put(struct exchange *exchange, const char *bytes, size_t length) {
    if (!exchange->kept) return FCGX_PutStr(bytes, (int)length, exchange->connection->out) == (int)length;
    buffer_add(exchange->kept, bytes, length);
    return !exchange->kept->failed;
}

// The head of an answer. `length` < 0: not known yet. `type` NULL: there is no body.
static bool send_headers(struct exchange *exchange, const char *status, const char *type, int64_t length) {
    char head[1024 + CORS_HEADERS_MAX + RATE_HEADERS_SIZE + CACHE_HEADERS_MAX + FILE_HEADERS_MAX +
              ANSWER_TYPE_MAX],
        cache[CACHE_HEADERS_MAX];
    int used = snprintf(head, sizeof head, "Status: %s\r\n", status);
    if (type) used += snprintf(head + used, sizeof head - (size_t)used, "Content-Type: %s\r\n", type);
    cache_headers(exchange, cache);
    used += snprintf(head + used, sizeof head - (size_t)used, "%sX-Request-Id: %s\r\n" SAFETY "%s%s%s", cache,
                     exchange->request.id, exchange->answer.kind == ANSWER_FILE ? FILE_SAFETY : "",
                     exchange->cors, exchange->rate, exchange->headers ? exchange->headers : "");
    if (length >= 0)
        used +=
            snprintf(head + used, sizeof head - (size_t)used, "Content-Length: %lld\r\n", (long long)length);
    used += snprintf(head + used, sizeof head - (size_t)used, "\r\n");
    exchange->headers_sent = true;
    return put(exchange, head, (size_t)used);
}

// Not to HEAD, where the path takes it.
static bool sends_body(const struct exchange *exchange) {
    return exchange->request.method != METHOD_HEAD || !exchange->request.route.own;
}

// RFC 8187: the name in UTF-8, each byte but the plainest encoded, and cut where it would fill the buffers of
// web servers.
static size_t write_name(const char *name, char *to) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
    struct text rest = text_of(name);
    size_t used = 0;
    for (size_t next = 0, at = 0; at < rest.length; at = next) {
        text_next_code_point(rest, &next);
        if (used + ENCODED_MAX > ENCODED_NAME_MAX) break;
        for (size_t i = at; i < next; i++)
            used += (size_t)sprintf(to + used, strchr(plain, rest.data[i]) ? "%c" : "%%%02X",
                                    (unsigned char)rest.data[i]);
    }
    to[used] = '\0';
    return used;
}

// What a file is called, whether it is to be saved, and which part of it this is (RFC 6266; RFC 9110, 14.4).
static void write_file_headers(struct exchange *exchange) {
    const struct answer_file *file = &exchange->answer.file;
    char name[ENCODED_NAME_MAX + 1];
    write_name(file->name, name);
    int used = snprintf(exchange->file_headers, FILE_HEADERS_MAX,
                        "Content-Disposition: %s; filename*=UTF-8''%s\r\nAccept-Ranges: bytes\r\n",
                        file->is_shown ? "inline" : "attachment", name);
    if (file->is_part)
        snprintf(exchange->file_headers + used, FILE_HEADERS_MAX - (size_t)used,
                 "Content-Range: bytes %lld-%lld/%lld\r\n", (long long)file->first,
                 (long long)(file->first + file->length - 1), (long long)file->size);
    exchange->headers = exchange->file_headers;
}

static bool send_good_headers(struct exchange *exchange, int64_t length) {
    const struct answer *answer = &exchange->answer;
    exchange->status = answer->created ? 201 : 200;
    if (answer->kind != ANSWER_FILE)
        return send_headers(exchange, answer->created ? "201 Created" : "200 OK", answer_type(answer->kind),
                            length);
    write_file_headers(exchange);
    exchange->status = answer->file.is_part ? 206 : 200;
    return send_headers(exchange, answer->file.is_part ? "206 Partial Content" : "200 OK", answer->file.type,
                        answer->file.length);
}

// The client has it already (RFC 9110, 15.4.5).
static bool send_unchanged(struct exchange *exchange) {
    exchange->status = 304;
    return send_headers(exchange, "304 Not Modified", NULL, -1);
}

static bool send_no_content(struct exchange *exchange) {
    exchange->status = 204;
    return send_headers(exchange, "204 No Content", NULL, -1);
}

// The output's sink.
static bool send_block(void *context, const char *bytes, size_t length) {
    struct exchange *exchange = context;
    if (!exchange->headers_sent && !send_good_headers(exchange, exchange->whole ? (int64_t)length : -1))
        return false;
    if (!sends_body(exchange)) return true;
    if (!put(exchange, bytes, length)) return false;
    exchange->bytes += length;
    return true;
}

void exchange_begin(struct exchange *exchange, FCGX_Request *connection, const struct settings *settings) {
    exchange->connection = connection;
    exchange->settings = settings;
    exchange->body = buffer_new(settings->server.max_body);
    exchange->pieces = 0;
    exchange->headers = NULL;
    exchange->rate[0] = '\0';
    exchange->answered_by = NULL;
    exchange->status = 0;
    exchange->bytes = 0;
    exchange->whole = false;
    exchange->headers_sent = false;
    exchange->kept = NULL;
    request_read(connection->envp, settings, &exchange->ids, &exchange->request);
    cors_headers(settings, &exchange->request, false, exchange->cors);
    exchange->unread = SIZE_MAX;
    // The end of a body that is none is waited for: Apache sends it on its own, and takes a connection that
    // was closed before for a server that is away.
    exchange->read = exchange_announces_none(exchange) && FCGX_GetChar(connection->in) == EOF &&
                     FCGX_GetError(connection->in) == 0;
    output_init(&exchange->output, send_block, exchange);
    exchange->answer = (struct answer){.kind = ANSWER_TEXT, .output = &exchange->output};
}

void exchange_know_page(struct exchange *exchange) {
    cors_headers(exchange->settings, &exchange->request, true, exchange->cors);
}

void exchange_tell_rate(struct exchange *exchange, const struct rate_state *rate) {
    int used = 0;
    if (rate->limit)
        used = snprintf(exchange->rate, sizeof exchange->rate,
                        "RateLimit-Limit: %lld\r\nRateLimit-Remaining: %lld\r\nRateLimit-Reset: %lld\r\n",
                        (long long)rate->limit, (long long)rate->remaining, (long long)rate->reset);
    if (rate->retry_after)
        snprintf(exchange->rate + used, sizeof exchange->rate - (size_t)used, "Retry-After: %lld\r\n",
                 (long long)rate->retry_after);
}

bool exchange_restart(struct exchange *exchange) {
    if (exchange->output.handed_on || exchange->output.failed || exchange->headers_sent) return false;
    output_discard(&exchange->output);
    exchange->answer = (struct answer){
        .kind = ANSWER_TEXT, .repeated = exchange->answer.repeated, .output = &exchange->output};
    return true;
}

// Whether the client has nothing left to send. Closing on one that has could cost it the answer, which is why
// libfcgi waits for the client to close first.
static bool all_is_read(const struct exchange *exchange) {
    char unread;
    return exchange->read && recv(exchange->connection->ipcFd, &unread, 1, MSG_DONTWAIT) <= 0;
}

// Ends the request properly. False when the client did not take all of it.
static bool end(struct exchange *exchange) {
    FCGX_Request *connection = exchange->connection;
    // The stream that is closed last takes the end of the request along, so that it and what is left of the
    // answer go out by one write.
    FCGX_FClose(connection->err);
    bool sent = FCGX_FClose(connection->out) == 0 && FCGX_GetError(connection->out) == 0;
    if (all_is_read(exchange)) FCGX_Detach(connection); // closes without that wait
    FCGX_Finish_r(connection);
    buffer_free(&exchange->body);
    if (!sent) exchange->status = STATUS_CLIENT_GONE;
    return sent;
}

// Closes without an END_REQUEST record: nginx then cuts the client, too.
static void break_off(struct exchange *exchange) {
    FCGX_Free(exchange->connection, 1);
    buffer_free(&exchange->body);
}

bool exchange_finish(struct exchange *exchange) {
    if (exchange->answer.unchanged) {
        output_discard(&exchange->output);
        exchange->output.failed = exchange->output.failed || !send_unchanged(exchange);
    } else if (exchange->answer.without_content) {
        output_discard(&exchange->output);
        exchange->output.failed = exchange->output.failed || !send_no_content(exchange);
    } else if (exchange->output.handed_on == 0 && !exchange->output.failed) {
        exchange->whole = true;
        if (exchange->output.length == 0) send_block(exchange, "", 0);
    }
    if (output_flush(&exchange->output)) return end(exchange);
    exchange->status = STATUS_CLIENT_GONE;
    break_off(exchange);
    return false;
}

bool exchange_keep(struct exchange *exchange, struct buffer *answer) {
    if (exchange->output.handed_on || exchange->output.failed || exchange->headers_sent) return false;
    exchange->kept = answer;
    exchange->whole = true;
    bool kept = output_flush(&exchange->output) && !answer->failed;
    exchange->kept = NULL;
    return kept;
}

bool exchange_send_kept(struct exchange *exchange, const struct buffer *answer) {
    if (put(exchange, answer->data, answer->length)) return end(exchange);
    exchange->status = STATUS_CLIENT_GONE;
    break_off(exchange);
    return false;
}

void exchange_let_go(struct exchange *exchange) {
    FCGX_Detach(exchange->connection); // closes without a word
    break_off(exchange);
}

// RFC 9110, 15.5.6.
static const char *allow_header(struct exchange *exchange) {
    char methods[ROUTE_METHODS_SIZE];
    route_methods(exchange->request.route.methods, methods);
    snprintf(exchange->allow, sizeof exchange->allow, "Allow: %s\r\n", methods);
    return exchange->allow;
}

// RFC 9110, 15.5.17.
static const char *range_header(struct exchange *exchange, int64_t size) {
    snprintf(exchange->allow, sizeof exchange->allow, "Content-Range: bytes */%lld\r\n", (long long)size);
    return exchange->allow;
}

struct failure_shown exchange_show_failure(const struct error *error) {
    const struct failure *failure = failure_of(error->code);
    const char *message = failure == failure_of(ERROR_INTERNAL) ? "Internal error" : error->message;
    return (struct failure_shown){atoi(failure->status), failure->word,
                                  failure->text ? failure->text : message};
}

void exchange_fail(struct exchange *exchange, const struct error *error) {
    int64_t size = exchange->answer.file.size;
    if (error->code == ERROR_ABORTED || !exchange_restart(exchange)) {
        if (error->code == ERROR_ABORTED || exchange->output.failed) exchange->status = STATUS_CLIENT_GONE;
        break_off(exchange);
        return;
    }
    const struct failure *failure = failure_of(error->code);
    const char *text = failure->text ? failure->text : error->message;
    char generic[128];
    if (failure == failure_of(ERROR_INTERNAL)) {
        snprintf(generic, sizeof generic, "Internal error, noted under request id %s", exchange->request.id);
        text = generic;
    }
    const struct adapter *adapter = exchange->request.adapter;
    bool own = exchange->request.route.own;
    failure_body_write(&exchange->request, error, failure->word, text, &exchange->output);
    exchange->headers = error->code == ERROR_METHOD  ? allow_header(exchange)
                        : error->code == ERROR_RANGE ? range_header(exchange, size)
                                                     : failure->headers;
    const char *status = adapter ? failure_of(adapter->code_of(error->code))->status : failure->status;
    exchange->status = atoi(status);
    send_headers(exchange, status, own || error->envelope ? JSON_TYPE : failure->type,
                 (int64_t)exchange->output.length);
    if (output_flush(&exchange->output))
        end(exchange);
    else
        break_off(exchange);
}

bool exchange_relay_head(struct exchange *exchange, int status, struct text line, struct text lines) {
    FCGX_Stream *out = exchange->connection->out;
    exchange->status = status;
    exchange->headers_sent = true;
    return FCGX_PutS("Status: ", out) >= 0 &&
           FCGX_PutStr(line.data, (int)line.length, out) == (int)line.length && FCGX_PutS("\r\n", out) >= 0 &&
           FCGX_PutStr(lines.data, (int)lines.length, out) == (int)lines.length &&
           FCGX_PutS("\r\n", out) >= 0;
}

bool exchange_relay_bytes(struct exchange *exchange, struct text bytes) {
    if (!bytes.length) return true;
    if (FCGX_PutStr(bytes.data, (int)bytes.length, exchange->connection->out) != (int)bytes.length)
        return false;
    exchange->bytes += bytes.length;
    return true;
}

void exchange_relay_end(struct exchange *exchange) {
    end(exchange);
}

void exchange_preflight(struct exchange *exchange) {
    send_no_content(exchange);
    end(exchange);
}

void exchange_hand_over(struct exchange *exchange, const char *location) {
    FCGX_Stream *out = exchange->connection->out;
    exchange->status = 200;
    FCGX_PutS("Status: 200 OK\r\nX-Accel-Redirect: ", out);
    FCGX_PutS(location, out);
    FCGX_PutS("\r\n\r\n", out);
    end(exchange);
}
