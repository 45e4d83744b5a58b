// SPDX-License-Identifier: GPL-2.0-or-later
// PHP-FPM's stand-in.
#include "fake_php.h"

#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#define LARGE (8 << 20)

struct request {
    struct buffer params, body;
    char uri[512];
};

static bool read_bytes(int descriptor, void *to, size_t length) {
    for (size_t got = 0; got < length;) {
        ssize_t count = read(descriptor, (char *)to + got, length - got);
        if (count <= 0) return false;
        got += (size_t)count;
    }
    return true;
}

// One record into the stream it belongs to. 1: more to come, 0: the end of `until`, -1: hung up.
static int read_record(int descriptor, enum record_type until, struct request *request) {
    static unsigned char content[65536 + 256];
    unsigned char head[8];
    if (!read_bytes(descriptor, head, sizeof head)) return -1;
    size_t length = (size_t)head[4] << 8 | head[5];
    if (!read_bytes(descriptor, content, length + head[6])) return -1;
    if (head[1] == RECORD_PARAMS) buffer_add(&request->params, content, length);
    if (head[1] == RECORD_STDIN) buffer_add(&request->body, content, length);
    return head[1] == until && length == 0 ? 0 : 1;
}

static bool read_stream(int descriptor, enum record_type until, struct request *request) {
    int more;
    while ((more = read_record(descriptor, until, request)) > 0) continue;
    return more == 0;
}

static size_t take_length(const unsigned char **at) {
    size_t length = *(*at)++;
    if (length < 128) return length;
    length = (length & 127) << 24 | (size_t)(*at)[0] << 16 | (size_t)(*at)[1] << 8 | (*at)[2];
    *at += 3;
    return length;
}

// "NAME=value\n" of each parameter.
static struct buffer lines_of(struct request *request) {
    struct buffer lines = buffer_new(1 << 22);
    const unsigned char *at = (const unsigned char *)request->params.data, *end = at + request->params.length;
    while (at < end) {
        size_t name = take_length(&at), value = take_length(&at);
        if (name == 11 && memcmp(at, "REQUEST_URI", 11) == 0)
            snprintf(request->uri, sizeof request->uri, "%.*s", (int)value, at + name);
        buffer_add(&lines, at, name);
        buffer_add_char(&lines, '=');
        buffer_add(&lines, at + name, value);
        buffer_add_char(&lines, '\n');
        at += name + value;
    }
    return lines;
}

static bool asks(const struct request *request, const char *word) {
    const char *end = strchr(request->uri, '?');
    size_t length = end ? (size_t)(end - request->uri) : strlen(request->uri), size = strlen(word);
    return length >= size && strncmp(request->uri + length - size, word, size) == 0;
}

static void add_end(struct buffer *to) {
    record_stream_end(to, RECORD_STDOUT);
    record_add(to, 1, RECORD_END, 1, "\0\0\0\0\0\0\0\0", 8);
}

static void add_split(struct buffer *to) {
    const char *text = "Status: 202 Accepted\nContent-type: text/html\n\nin pieces";
    for (; *text; text++) {
        record_add(to, 1, RECORD_STDOUT, 1, text, 1);
        if (*text == 'd') record_add(to, 1, RECORD_STDERR, 1, "PHP Notice: something\n", 22);
    }
    add_end(to);
}

static void add_large(struct buffer *to) {
    char *bytes = malloc(LARGE);
    assert_non_null(bytes);
    memset(bytes, 'y', LARGE);
    record_stream(to, RECORD_STDOUT, TEXT("Content-type: text/plain\r\n\r\n"));
    record_stream(to, RECORD_STDOUT, (struct text){bytes, LARGE});
    free(bytes);
}

static void echo(const struct request *request, const struct buffer *lines, struct buffer *to) {
    record_stream(to, RECORD_STDOUT,
                  TEXT("Status: 201 Created\r\nX-PHP: yes\r\nContent-type: text/x\r\n"
                       "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"));
    record_stream(to, RECORD_STDOUT, buffer_text(lines));
    record_stream(to, RECORD_STDOUT, buffer_text(&request->body));
    add_end(to);
}

// Answers by what the path asks, the body being read before or not.
static void answer(int descriptor, struct request *request, const struct buffer *lines, struct buffer *to) {
    char byte;
    if (asks(request, "gone")) return;
    if (asks(request, "early")) {
        record_stream(to, RECORD_STDOUT, TEXT("Status: 403 Forbidden\r\nContent-type: text/plain\r\n\r\nno"));
        add_end(to);
        client_send(descriptor, to);
        return;
    }
    if (asks(request, "large")) {
        add_large(to);
        client_send(descriptor, to);
        buffer_clear(to);
    }
    if (!read_stream(descriptor, RECORD_STDIN, request)) return;
    if (asks(request, "silent")) {
        ssize_t count = read(descriptor, &byte, 1);
        (void)count;
    } else if (asks(request, "noise")) {
        buffer_add_string(to, "HTTP/1.1 400 Bad Request\r\n\r\n");
    } else if (asks(request, "half")) {
        record_stream(to, RECORD_STDOUT, TEXT("Content-type: text/plain\r\n\r\nhalf an ans"));
    } else if (asks(request, "split")) {
        add_split(to);
    } else if (asks(request, "cors")) {
        record_stream(to, RECORD_STDOUT,
                      TEXT("Access-Control-Allow-Origin: *\r\nX-Request-Id: php\r\n\r\nok"));
        add_end(to);
    } else if (asks(request, "headless") || asks(request, "large")) {
        add_end(to);
    } else {
        echo(request, lines, to);
    }
    client_send(descriptor, to);
}

static void serve(int descriptor) {
    struct request request = {buffer_new(1 << 22), buffer_new(64 << 20), ""};
    struct buffer to = buffer_new(64 << 20), lines = buffer_new(1);
    if (read_stream(descriptor, RECORD_PARAMS, &request)) {
        lines = lines_of(&request);
        answer(descriptor, &request, &lines, &to);
    }
    close(descriptor);
    buffer_free(&request.params);
    buffer_free(&request.body);
    buffer_free(&to);
    buffer_free(&lines);
}

static void *run(void *context) {
    struct fake_php *php = context;
    for (int descriptor; (descriptor = accept(php->listener, NULL, NULL)) >= 0;) serve(descriptor);
    return NULL;
}

void fake_php_start(struct fake_php *php, const char *folder) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(php->path, sizeof php->path, "%s/php.sock", folder);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", php->path);
    php->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(php->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(php->listener, 16), 0);
    assert_int_equal(pthread_create(&php->thread, NULL, run, php), 0);
}

void fake_php_stop(struct fake_php *php) {
    shutdown(php->listener, SHUT_RDWR);
    pthread_join(php->thread, NULL);
    close(php->listener);
    unlink(php->path);
}
