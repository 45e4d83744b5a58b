// SPDX-License-Identifier: GPL-2.0-or-later
// What the two protocols have of an open mailbox, and what each does for mailbox.c.
#ifndef MAILBOX_SESSION_H
#define MAILBOX_SESSION_H

#include "mailbox/connection.h"
#include "mailbox/mailbox.h"

struct mailbox {
    enum mailbox_protocol protocol;
    struct connection *connection;
    // IMAP
    unsigned tag;
    bool has_move, has_uidplus;
    struct arena arena;
    struct text *deleted; // UIDs that were marked here and have to be taken away yet
    size_t deleted_count;
    // POP3
    bool has_uidl;
};

bool imap_begin(struct mailbox *mailbox, struct error *error) CHECKED;
bool imap_select(struct mailbox *mailbox, struct text folder, struct arena *arena, struct text *validity,
                 struct error *error) CHECKED;
bool imap_list(struct mailbox *mailbox, struct arena *arena, struct mailbox_message **messages, size_t *count,
               struct error *error) CHECKED;
bool imap_sizes(struct mailbox *mailbox, struct mailbox_message *messages, size_t count,
                struct error *error) CHECKED;
int imap_read(struct mailbox *mailbox, const struct mailbox_message *message, struct buffer *bytes,
              struct error *error) CHECKED;
bool imap_mark_seen(struct mailbox *mailbox, const struct mailbox_message *message,
                    struct error *error) CHECKED;
bool imap_move(struct mailbox *mailbox, const struct mailbox_message *message, struct text folder,
               struct error *error) CHECKED;
bool imap_delete(struct mailbox *mailbox, const struct mailbox_message *message, struct error *error) CHECKED;
bool imap_finish(struct mailbox *mailbox, struct error *error) CHECKED;

bool pop3_list(struct mailbox *mailbox, struct arena *arena, struct mailbox_message **messages, size_t *count,
               struct error *error) CHECKED;
int pop3_read(struct mailbox *mailbox, const struct mailbox_message *message, struct buffer *bytes,
              struct error *error) CHECKED;
bool pop3_delete(struct mailbox *mailbox, const struct mailbox_message *message, struct error *error) CHECKED;
bool pop3_finish(struct mailbox *mailbox, struct error *error) CHECKED;

#endif
