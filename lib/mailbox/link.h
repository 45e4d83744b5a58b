// SPDX-License-Identifier: GPL-2.0-or-later
// The connection to a mail server, which libcurl makes, verifies and logs in; from then on lines and bytes.
#ifndef MAILBOX_LINK_H
#define MAILBOX_LINK_H

#include "mailbox/mailbox.h"

struct link;

struct link *link_open(const struct mailbox_server *server, const struct mailbox_settings *settings,
                       struct error *error);
void link_close(struct link **link);

// Sends a line; CR LF are added.
bool link_send(struct link *link, struct text line, struct error *error) CHECKED;

// Appends the next line without its end. ERROR_UNAVAILABLE when it is longer than the buffer may be.
bool link_line(struct link *link, struct buffer *line, struct error *error) CHECKED;

// Appends so many bytes. ERROR_TOO_LARGE when they do not fit.
bool link_bytes(struct link *link, size_t count, struct buffer *bytes, struct error *error) CHECKED;

// Sets ERROR_UNAVAILABLE: "HOST: what (as the server said it)". `answer` may be null.
bool link_fail(const struct link *link, const char *what, struct text answer, struct error *error);

#endif
