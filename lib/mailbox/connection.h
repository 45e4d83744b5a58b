// SPDX-License-Identifier: GPL-2.0-or-later
// The connection to a mail server, which libcurl makes, verifies and logs in; from then on lines and bytes.
#ifndef MAILBOX_CONNECTION_H
#define MAILBOX_CONNECTION_H

#include "mailbox/mailbox.h"

struct connection;

struct connection *connection_open(const struct mailbox_server *server,
                                   const struct mailbox_settings *settings, struct error *error);
void connection_close(struct connection **connection);

// Sends a line; CR LF are added.
bool connection_send(struct connection *connection, struct text line, struct error *error) CHECKED;

// Appends the next line without its end. ERROR_UNAVAILABLE when it is longer than the buffer may be.
bool connection_line(struct connection *connection, struct buffer *line, struct error *error) CHECKED;

// Appends so many bytes. ERROR_TOO_LARGE when they do not fit.
bool connection_bytes(struct connection *connection, size_t count, struct buffer *bytes,
                      struct error *error) CHECKED;

// Sets ERROR_UNAVAILABLE: "HOST: what (as the server said it)". `answer` may be null.
bool connection_fail(const struct connection *connection, const char *what, struct text answer,
                     struct error *error);

#endif
