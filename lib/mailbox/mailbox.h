// SPDX-License-Identifier: GPL-2.0-or-later
// A mailbox on a server, by IMAP (RFC 3501, with UIDPLUS of RFC 4315 and MOVE of RFC 6851 where they are) or
// POP3 (RFC 1939). Messages are named by what the server promises to keep: UIDs. Reading leaves no trace; a
// message is touched by the functions that say so, and never one that was not named.
#ifndef MAILBOX_MAILBOX_H
#define MAILBOX_MAILBOX_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mailbox_protocol { MAILBOX_IMAP, MAILBOX_POP3 };
enum mailbox_security { MAILBOX_PLAIN, MAILBOX_STARTTLS, MAILBOX_TLS };

// How a server is reached, and as whom. With a token the login is XOAUTH2, else by user name and password.
// Texts are terminated.
struct mailbox_server {
    enum mailbox_protocol protocol;
    enum mailbox_security security;
    struct text host;
    int64_t port;
    struct text username, password, token;
};

// Takes host, port and security out of an account's `host` and `port`: ssl://, tls:// or plain:// before the
// name, else 465, 993 and 995 are TLS and 587 is STARTTLS; port 0 is the protocol's usual one. The host lies
// in the arena. False when it cannot be one. spec: cron.md 3.2.
bool mailbox_address(struct text host, int64_t port, struct arena *arena, struct mailbox_server *server);

struct mailbox_settings {
    bool verify;          // the server's certificate
    const char *tls_ca;   // file; "" or NULL: those of the system
    unsigned answer_time; // seconds that the server may be silent
    unsigned total_time;  // seconds for everything between open and close
    // Asked while the server is waited for; false: break off (ERROR_ABORTED). NULL for always.
    bool (*may_go_on)(void *context);
    void *context;
};

struct mailbox;

// Connects, verifies, logs in. NULL with `error` set: ERROR_UNAVAILABLE, its message for an administrator
// (never with a password). All further functions fail the same way, and then only mailbox_close() is of use;
// but with ERROR_DENIED the server said no to this one thing, and the mailbox can be used on.
struct mailbox *mailbox_open(const struct mailbox_server *server, const struct mailbox_settings *settings,
                             struct error *error);

// Opens a folder: IMAP, "INBOX" or a name as the server has it; POP3 has none, `folder` must be empty.
// `validity` tells whether UIDs are still those of another time ("" where the server promises nothing); in
// the arena.
bool mailbox_select(struct mailbox *mailbox, struct text folder, struct arena *arena, struct text *validity,
                    struct error *error) CHECKED;

struct mailbox_message {
    struct text uid; // empty where a POP3 server has none
    uint32_t number; // POP3: of this session
    int64_t size;    // bytes; -1: not known yet
};

// What lies there and is not marked as deleted, the oldest first; in the arena.
bool mailbox_list(struct mailbox *mailbox, struct arena *arena, struct mailbox_message **messages,
                  size_t *count, struct error *error) CHECKED;

// Fills the sizes that are not known.
bool mailbox_sizes(struct mailbox *mailbox, struct mailbox_message *messages, size_t count,
                   struct error *error) CHECKED;

// Appends the message, line ends as they came. 1: read; 0: it is gone; -1: failure. A message that does not
// fit into the buffer is ERROR_TOO_LARGE, and the mailbox is of use no more.
int mailbox_read(struct mailbox *mailbox, const struct mailbox_message *message, struct buffer *bytes,
                 struct error *error) CHECKED;

// Marks it as seen; nothing for POP3. One that is gone is fine, here and below.
bool mailbox_mark_seen(struct mailbox *mailbox, const struct mailbox_message *message,
                       struct error *error) CHECKED;

// Moves it to a folder, which is made where it is missing. IMAP alone.
bool mailbox_move(struct mailbox *mailbox, const struct mailbox_message *message, struct text folder,
                  struct error *error) CHECKED;

// Deletes it; for good when the mailbox is closed.
bool mailbox_delete(struct mailbox *mailbox, const struct mailbox_message *message,
                    struct error *error) CHECKED;

// Takes away for good what was deleted, and nothing else: where an IMAP server can only take away all that is
// marked, what others marked keeps it from doing so. False when it may not have happened.
bool mailbox_finish(struct mailbox *mailbox, struct error *error) CHECKED;

void mailbox_close(struct mailbox **mailbox);

#endif
