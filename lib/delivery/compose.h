// SPDX-License-Identifier: GPL-2.0-or-later
// A row of the queue made into a mail: the rows it names are read, the template is filled in.
#ifndef DELIVERY_COMPOSE_H
#define DELIVERY_COMPOSE_H

#include "base/arena.h"
#include "base/error.h"
#include "delivery/message.h"
#include "delivery/message_files.h"
#include "mail/variables/variables.h"
#include "store/help_desk.h"
#include "store/mail/queue.h"
#include "store/mail/settings.h"

struct db;
struct log;

// What composing needs beside the row.
struct compose_settings {
    struct db *db;
    struct log *log;
    const struct help_desk *help_desk;
    struct text secret_salt;
    struct unknown_variables *unknown;
};

// A mail that can be sent. Its texts lie in the arena.
struct composition {
    struct message message;
    struct mailbox mailbox; // it goes out from
    struct message_files files;
};

enum compose_result {
    COMPOSE_DONE,
    COMPOSE_GONE,   // what the mail was about is no more (or is something else): `error` says what
    COMPOSE_FAILED, // may do another time
};

// To be ended with composition_free(), whatever the result.
enum compose_result compose(const struct compose_settings *settings, const struct mail_row *row,
                            struct arena *arena, struct composition *composition,
                            struct error *error) CHECKED;
void composition_free(struct composition *composition);

// The mailbox with this id, else the default one. 1, 0: neither is there, -1.
int compose_mailbox(struct db *db, const struct help_desk *help_desk, int64_t email_id, struct arena *arena,
                    struct mailbox *mailbox, struct error *error) CHECKED;

#endif
