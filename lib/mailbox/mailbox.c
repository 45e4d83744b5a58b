// SPDX-License-Identifier: GPL-2.0-or-later
// A mailbox on a server, by one of two protocols.
#include "mailbox/mailbox.h"

#include "mailbox/session.h"

#include <stdlib.h>

#define DELETED_MAX (16 << 20)

struct mailbox *mailbox_open(const struct mailbox_server *server, const struct mailbox_settings *settings,
                             struct error *error) {
    struct mailbox *mailbox = calloc(1, sizeof *mailbox);
    if (!mailbox) {
        error_set(error, ERROR_INTERNAL, "out of memory");
        return NULL;
    }
    mailbox->protocol = server->protocol;
    mailbox->arena = arena_new(DELETED_MAX);
    mailbox->connection = connection_open(server, settings, error);
    bool good = mailbox->connection && (server->protocol == MAILBOX_POP3 || imap_begin(mailbox, error));
    if (!good) mailbox_close(&mailbox);
    return mailbox;
}

void mailbox_close(struct mailbox **mailbox) {
    if (!*mailbox) return;
    connection_close(&(*mailbox)->connection);
    arena_free(&(*mailbox)->arena);
    free(*mailbox);
    *mailbox = NULL;
}

bool mailbox_select(struct mailbox *mailbox, struct text folder, struct arena *arena, struct text *validity,
                    struct error *error) {
    if (mailbox->protocol == MAILBOX_IMAP) return imap_select(mailbox, folder, arena, validity, error);
    *validity = TEXT("");
    return !folder.length || connection_fail(mailbox->connection, "POP3 has no folders", TEXT_NULL, error);
}

bool mailbox_list(struct mailbox *mailbox, struct arena *arena, struct mailbox_message **messages,
                  size_t *count, struct error *error) {
    bool done = mailbox->protocol == MAILBOX_IMAP ? imap_list(mailbox, arena, messages, count, error)
                                                  : pop3_list(mailbox, arena, messages, count, error);
    return done &&
           (!arena->failed || connection_fail(mailbox->connection, "there are more mails than can be listed",
                                              TEXT_NULL, error));
}

bool mailbox_sizes(struct mailbox *mailbox, struct mailbox_message *messages, size_t count,
                   struct error *error) {
    return mailbox->protocol == MAILBOX_POP3 || imap_sizes(mailbox, messages, count, error);
}

int mailbox_read(struct mailbox *mailbox, const struct mailbox_message *message, struct buffer *bytes,
                 struct error *error) {
    return mailbox->protocol == MAILBOX_IMAP ? imap_read(mailbox, message, bytes, error)
                                             : pop3_read(mailbox, message, bytes, error);
}

bool mailbox_mark_seen(struct mailbox *mailbox, const struct mailbox_message *message, struct error *error) {
    return mailbox->protocol == MAILBOX_POP3 || imap_mark_seen(mailbox, message, error);
}

bool mailbox_move(struct mailbox *mailbox, const struct mailbox_message *message, struct text folder,
                  struct error *error) {
    return mailbox->protocol == MAILBOX_IMAP
               ? imap_move(mailbox, message, folder, error)
               : connection_fail(mailbox->connection, "POP3 has no folders", TEXT_NULL, error);
}

bool mailbox_delete(struct mailbox *mailbox, const struct mailbox_message *message, struct error *error) {
    return mailbox->protocol == MAILBOX_IMAP ? imap_delete(mailbox, message, error)
                                             : pop3_delete(mailbox, message, error);
}

bool mailbox_finish(struct mailbox *mailbox, struct error *error) {
    return mailbox->protocol == MAILBOX_IMAP ? imap_finish(mailbox, error) : pop3_finish(mailbox, error);
}
