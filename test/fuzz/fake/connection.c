// SPDX-License-Identifier: GPL-2.0-or-later
// The connection to a mail server, without one.
#include "fake/connection.h"

#include "mailbox/connection.h"

#include <stdlib.h>
#include <string.h>

struct connection {
    struct text left;
};

static struct connection only;

void fake_connection_says(struct text bytes) {
    only.left = bytes;
}

struct connection *connection_open(const struct mailbox_server *server,
                                   const struct mailbox_settings *settings, struct error *error) {
    (void)server, (void)settings, (void)error;
    return &only;
}

void connection_close(struct connection **connection) {
    *connection = NULL;
}

// What is sent is one line.
bool connection_send(struct connection *connection, struct text line, struct error *error) {
    (void)connection, (void)error;
    if (memchr(line.data, '\r', line.length) || memchr(line.data, '\n', line.length)) abort();
    return true;
}

bool connection_fail(const struct connection *connection, const char *what, struct text answer,
                     struct error *error) {
    (void)connection;
    return error_set(error, ERROR_UNAVAILABLE, "mail.example.org: %s: %.*s", what, (int)answer.length,
                     answer.data);
}

bool connection_line(struct connection *connection, struct buffer *line, struct error *error) {
    struct text left = connection->left;
    const char *end = left.length ? memchr(left.data, '\n', left.length) : NULL;
    if (!end) return connection_fail(connection, "the connection broke", TEXT_NULL, error);
    size_t length = (size_t)(end - left.data), before = line->length;
    connection->left = (struct text){end + 1, left.length - length - 1};
    buffer_add(line, left.data, length);
    if (line->failed) return connection_fail(connection, "a line without an end", TEXT_NULL, error);
    if (line->length > before && line->data[line->length - 1] == '\r') line->data[--line->length] = '\0';
    return true;
}

bool connection_bytes(struct connection *connection, size_t count, struct buffer *bytes,
                      struct error *error) {
    if (count > connection->left.length)
        return connection_fail(connection, "the connection broke", TEXT_NULL, error);
    buffer_add(bytes, connection->left.data, count);
    connection->left = (struct text){connection->left.data + count, connection->left.length - count};
    return !bytes->failed || error_set(error, ERROR_TOO_LARGE, "the mail is too large");
}
