// SPDX-License-Identifier: GPL-2.0-or-later
// The mail of a reply, as far as the reply's own transaction is concerned: who gets it, and its row in the
// queue. The message itself is built by the mailer when it sends it.
//
// The way of a reply:   reply_mail_recipients()   before the entry is written
//                       (the entry is written with the flags and recipients found)
//                       reply_mail_enqueue()      behind it, in the same transaction
//                       wake_send()          after the commit (base/wake.h)
#ifndef MAIL_REPLY_MAIL_H
#define MAIL_REPLY_MAIL_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct mail_collaborators;

// What the request wants.
struct reply_mail_wish {
    bool owner;          // emailreply, reply-to "user" or "all"
    bool collaborators;  // emailcollab, reply-to "all" or "collabs": the active ones
    const int64_t *only; // `ccs`: of the collaborators only these user ids; NULL for all
    size_t only_count;
    const struct mail_collaborators *known; // the active ones, where they were read; NULL: not yet
};

// The ticket's owner; texts may be null.
struct reply_mail_owner {
    int64_t user_id;
    struct text name; // as entered; empty: the part of the address before the @
    struct text address;
};

struct reply_mail_recipient {
    bool copy;  // in Cc, not in To
    int64_t id; // of the user, or for a copy of the collaborator row: the key in thread_entry.recipients
    int64_t user_id;
    struct text name;    // in the help desk's client_name_format
    struct text address; // never empty, a single address, without control characters
    struct text display; // "Name <address>": the value in thread_entry.recipients
};

// Owner first. thread_entry.recipients is NULL when `count` is 0, else the JSON text
// {"to":{"ID":"DISPLAY"},"cc":{"ID":"DISPLAY",…}} without a part that is empty, escaped as json_encode does.
struct reply_mail_recipients {
    struct reply_mail_recipient *items;
    size_t count;
    int64_t entry_flags; // to be added to thread_entry.flags: 0, 512 (one recipient) or 256 (several)
};

// Finds the recipients; everything they point to lies in the arena or in `owner`. One round trip when
// collaborators are wanted and not known, else none. `client_name_format` is the help desk's setting of that
// name. An owner or collaborator without a usable address is left out. spec: reading-and-replying.md F.4,
// F.6.
bool reply_mail_recipients(struct db *db, struct arena *arena, const struct reply_mail_wish *wish,
                           int64_t thread_id, const struct reply_mail_owner *owner,
                           struct text client_name_format, struct reply_mail_recipients *recipients,
                           struct error *error) CHECKED;

enum mail_signature { MAIL_SIGNATURE_NONE, MAIL_SIGNATURE_MINE, MAIL_SIGNATURE_DEPARTMENT };

// A reply that was written.
struct reply_mail {
    int64_t ticket_id, thread_id, entry_id;
    int64_t staff_id;      // who replies
    int64_t assignee_id;   // the agent whose ticket it was: he hears of it; 0: whoever has it by now
    int64_t from_email_id; // 0, or no such mailbox: the department's, else the default one
    enum mail_signature signature;
    int64_t sender_id;  // the agent whose setting says which name it bears; 0: the mailbox's
    struct text sender; // his name; null: it is hidden
    const struct reply_mail_recipients *recipients;
    struct text secret_salt; // SECRET_SALT
    uint64_t *queued;        // counts what is queued, the alerts as one; NULL: nobody counts
};

// Puts the reply's mail into the queue, and the alert for other agents (note.alert) when the help desk has it
// switched on; nothing when there is neither. One round trip. Must run inside the transaction that wrote the
// entry; without this server's own table: ERROR_UNAVAILABLE with a detail that names schema/fcgi-mail.sql.
// spec: reading-and-replying.md F.6.
bool reply_mail_enqueue(struct db *db, struct arena *arena, const struct reply_mail *mail,
                        struct error *error) CHECKED;

#endif
