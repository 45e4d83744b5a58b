// SPDX-License-Identifier: GPL-2.0-or-later
// The FastCGI client.
#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define REQUEST_ID    1
#define HEADER_LENGTH 8
#define PATIENCE_MS   20000
#define REPLY_MAX     (64u << 20)

void record_add(struct buffer *to, unsigned version, enum record_type type, unsigned id, const void *content,
                size_t length) {
    unsigned padding = (unsigned)(8 - length % 8) % 8;
    unsigned char header[HEADER_LENGTH] = {
        (unsigned char)version,       (unsigned char)type,   (unsigned char)(id >> 8), (unsigned char)id,
        (unsigned char)(length >> 8), (unsigned char)length, (unsigned char)padding,   0};
    buffer_add(to, header, sizeof header);
    buffer_add(to, content, length);
    buffer_add(to, "\0\0\0\0\0\0\0", padding);
}

void record_begin(struct buffer *to, unsigned role, unsigned flags) {
    unsigned char body[8] = {(unsigned char)(role >> 8), (unsigned char)role, (unsigned char)flags};
    record_add(to, 1, RECORD_BEGIN, REQUEST_ID, body, sizeof body);
}

void record_stream(struct buffer *to, enum record_type type, struct text text) {
    while (text.length) {
        size_t part = text.length < 32000 ? text.length : 32000;
        record_add(to, 1, type, REQUEST_ID, text.data, part);
        text = (struct text){text.data + part, text.length - part};
    }
}

void record_stream_end(struct buffer *to, enum record_type type) {
    record_add(to, 1, type, REQUEST_ID, "", 0);
}

static void add_length(struct buffer *params, size_t length) {
    if (length > 127)
        buffer_add(
            params,
            (char[]){(char)(0x80 | length >> 24), (char)(length >> 16), (char)(length >> 8), (char)length},
            4);
    else
        buffer_add_char(params, (char)length);
}

void param_add(struct buffer *params, const char *name, const char *value) {
    add_length(params, strlen(name));
    add_length(params, strlen(value));
    buffer_add_string(params, name);
    buffer_add_string(params, value);
}

void request_add(struct buffer *to, const char *method, const char *uri, const char *const *headers,
                 struct text body) {
    struct buffer params = buffer_new(1 << 20);
    const char *query = strchr(uri, '?');
    bool has_key = false, has_length = false;
    char length[32];
    snprintf(length, sizeof length, "%zu", body.length);
    param_add(&params, "REQUEST_METHOD", method);
    param_add(&params, "REQUEST_URI", uri);
    param_add(&params, "QUERY_STRING", query ? query + 1 : "");
    param_add(&params, "REMOTE_ADDR", "192.0.2.1");
    for (; headers && *headers; headers += 2) {
        has_key |= strcmp(headers[0], "HTTP_X_API_KEY") == 0;
        has_length |= strcmp(headers[0], "CONTENT_LENGTH") == 0;
        param_add(&params, headers[0], headers[1]);
    }
    if (!has_key) param_add(&params, "HTTP_X_API_KEY", GOOD_KEY);
    if (!has_length) param_add(&params, "CONTENT_LENGTH", body.data ? length : "");
    record_begin(to, 1, 0);
    record_stream(to, RECORD_PARAMS, buffer_text(&params));
    record_stream_end(to, RECORD_PARAMS);
    record_stream(to, RECORD_STDIN, body);
    record_stream_end(to, RECORD_STDIN);
    buffer_free(&params);
}

static int connect_port(const char *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor >= 0 && connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0)
        return descriptor;
    if (descriptor >= 0) close(descriptor);
    return -1;
}

int client_connect(const char *path) {
    if (*path != '/') return connect_port(path);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor >= 0 && connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0)
        return descriptor;
    if (descriptor >= 0) close(descriptor);
    return -1;
}

bool client_send(int descriptor, const struct buffer *bytes) {
    for (size_t sent = 0; sent < bytes->length;) {
        ssize_t count = send(descriptor, bytes->data + sent, bytes->length - sent, MSG_NOSIGNAL);
        if (count < 0) return false;
        sent += (size_t)count;
    }
    return true;
}

static bool read_fully(int descriptor, struct reply *reply, unsigned char *to, size_t length) {
    for (size_t got = 0; got < length;) {
        struct pollfd waited = {.fd = descriptor, .events = POLLIN};
        reply->late = poll(&waited, 1, PATIENCE_MS) == 0;
        ssize_t count = reply->late ? 0 : read(descriptor, to + got, length - got);
        if (count <= 0) {
            reply->closed = !reply->late;
            return false;
        }
        got += (size_t)count;
    }
    return true;
}

void client_read(int descriptor, struct reply *reply) {
    static _Thread_local unsigned char content[65536 + 256];
    unsigned char header[HEADER_LENGTH];
    *reply = (struct reply){.out = buffer_new(REPLY_MAX), .other = buffer_new(REPLY_MAX)};
    while (!reply->ended && read_fully(descriptor, reply, header, sizeof header)) {
        size_t length = (size_t)header[4] << 8 | header[5];
        if (!read_fully(descriptor, reply, content, length + header[6])) return;
        buffer_add(header[1] == RECORD_STDOUT ? &reply->out : &reply->other, content, length);
        if (header[1] != RECORD_END) continue;
        reply->ended = true;
        reply->protocol_status = content[4];
    }
}

void reply_free(struct reply *reply) {
    buffer_free(&reply->out);
    buffer_free(&reply->other);
}

bool reply_header(const struct reply *reply, const char *name, char *value, size_t size) {
    size_t length = strlen(name);
    const char *end = strstr(reply->out.data, "\r\n\r\n");
    for (const char *line = reply->out.data; end && line < end;) {
        const char *stop = strstr(line, "\r\n");
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            snprintf(value, size, "%.*s", (int)(stop - line - (ptrdiff_t)length - 2), line + length + 2);
            return true;
        }
        line = stop + 2;
    }
    return false;
}

int reply_status(const struct reply *reply) {
    char status[64];
    return reply_header(reply, "Status", status, sizeof status) ? atoi(status) : 0;
}

const char *reply_body(const struct reply *reply) {
    const char *end = strstr(reply->out.data, "\r\n\r\n");
    return end ? end + 4 : "";
}

struct reply client_ask(const char *path, const char *method, const char *uri, const char *const *headers,
                        struct text body) {
    struct reply reply = {.out = buffer_new(1), .other = buffer_new(1)};
    struct buffer bytes = buffer_new(64u << 20);
    int descriptor = client_connect(path);
    request_add(&bytes, method, uri, headers, body);
    if (descriptor >= 0) {
        client_send(descriptor, &bytes);
        client_read(descriptor, &reply);
        close(descriptor);
    }
    buffer_free(&bytes);
    return reply;
}
