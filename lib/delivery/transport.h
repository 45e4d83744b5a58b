// SPDX-License-Identifier: GPL-2.0-or-later
// The ways out for a mail: the mailbox's SMTP account, the default one, the sendmail program, in this order.
#ifndef DELIVERY_TRANSPORT_H
#define DELIVERY_TRANSPORT_H

#include "base/arena.h"
#include "base/error.h"
#include "delivery/compose.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct log;
struct transport;

struct transport_settings {
    const char *sendmail; // path; "" or NULL: none
    bool verify;
    const char *tls_ca;
    unsigned timeout; // seconds for each way
    struct text secret_salt;
    bool (*is_stopping)(void *context);
    void *context;
};

// Keeps SMTP connections for the next mail, and remembers for a minute which server could not be reached.
// NULL when memory is out.
struct transport *transport_new(const struct transport_settings *settings, struct log *log);
void transport_free(struct transport **transport);

// Sends over the first way that takes the mail. False when none did: `detail` has what each said.
// ERROR_ABORTED when told to stop meanwhile. `attempts` counts the tries before: from the third on it is
// enough that some of the recipients are accepted, so that one dead address does not keep the mail from the
// others.
bool transport_send(struct transport *transport, struct db *db, const struct help_desk *help_desk,
                    struct composition *mail, int64_t attempts, struct arena *arena,
                    struct error *error) CHECKED;

// To be called while there is nothing to send: no connection is held for longer than half a minute for
// nothing.
void transport_rest(struct transport *transport);

// The longest that transport_send() takes, in seconds.
int64_t transport_longest(const struct transport *transport);

#endif
