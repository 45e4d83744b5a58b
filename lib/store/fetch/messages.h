// SPDX-License-Identifier: GPL-2.0-or-later
// What is remembered of the messages in mailboxes: this server's own table ({fcgi:mailbox},
// schema/fcgi-mailbox.sql). One round trip each, but where it is said.
#ifndef STORE_FETCH_MESSAGES_H
#define STORE_FETCH_MESSAGES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// A mailbox of an account. UIDs mean something within it alone.
struct message_box {
    int64_t account_id;
    char digest[41]; // of server, user, folder, UIDVALIDITY
};

enum message_state {
    MESSAGE_NEW,    // nothing is remembered
    MESSAGE_BEGUN,  // and never ended: the process died over it, or the server did
    MESSAGE_DONE,   // taken in, or refused
    MESSAGE_FAILED, // it cannot be taken in
    MESSAGE_LARGE,  // larger than what is taken in
};

struct message_memory {
    struct text uid;
    enum message_state state;
    int64_t attempts; // that were begun
    bool due;         // it may be tried again by now
    int64_t size;
};

// Whether the table is there: ERROR_NOT_NATIVE with a detail that names schema/fcgi-mailbox.sql when not.
bool messages_ready(struct db *db, struct error *error) CHECKED;

// All that is remembered of a mailbox, in the arena, in no order.
bool messages_load(struct db *db, const struct message_box *box, struct arena *arena,
                   struct message_memory **memories, size_t *count, struct error *error) CHECKED;

// What is remembered of one; zeroed when nothing is.
bool message_load(struct db *db, const struct message_box *box, struct text uid, struct arena *arena,
                  struct message_memory *memory, struct error *error) CHECKED;

// Before a message is touched: one more attempt. Where nothing else is remembered after it, the next one
// comes `pause` seconds from now at the earliest, and `reason` says why.
bool message_begin(struct db *db, const struct message_box *box, struct text uid, int64_t size, int64_t pause,
                   struct text reason, struct error *error) CHECKED;

// It was taken in. May be part of a transaction; so may the next.
bool message_done(struct db *db, const struct message_box *box, struct text uid, struct error *error) CHECKED;

// It cannot be taken in, and is tried again `pause` seconds from now. `about` names it for people.
bool message_failed(struct db *db, const struct message_box *box, struct text uid, int64_t pause,
                    struct text about, struct text reason, struct error *error) CHECKED;

// It is too large.
bool message_large(struct db *db, const struct message_box *box, struct text uid, int64_t size,
                   struct error *error) CHECKED;

// Messages are gone from the mailbox: nothing is remembered of them any more. One round trip for each 16.
bool messages_forget(struct db *db, const struct message_box *box, const struct text *uids, size_t count,
                     struct error *error) CHECKED;

// Forgets other mailboxes that the account had more than 30 days ago.
bool messages_forget_others(struct db *db, const struct message_box *box, struct error *error) CHECKED;

// A message that the administrator has not heard of yet.
struct untold_message {
    struct text uid, about, reason; // about, reason: null where there is none
    bool large;
    int64_t size;
};

// Up to 20 of an account: failed, too large, or begun `attempts` times and never ended.
bool messages_untold(struct db *db, int64_t account_id, int64_t attempts, struct arena *arena,
                     struct untold_message **messages, size_t *count, struct error *error) CHECKED;

// Those are told. In the transaction that tells of them.
bool messages_told(struct db *db, int64_t account_id, int64_t attempts, struct error *error) CHECKED;

#endif
