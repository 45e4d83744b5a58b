// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk knows of a mail that came in, before anything is decided about it.
#ifndef STORE_EMAIL_LOOK_H
#define STORE_EMAIL_LOOK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"
#include "store/people.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

#define EMAIL_IDS_MAX 16

// What to look for.
struct email_question {
    struct text message_id;         // as it is stored
    int64_t claim_seconds;          // it is claimed, with so much patience (store/claims.h); 0: it is not
    struct text ids[EMAIL_IDS_MAX]; // of other mails, "<x@y>"
    size_t id_count;
    struct email_tag {
        int64_t entry_id, thread_id;
    } tags[EMAIL_IDS_MAX]; // that our own Message-IDs name
    size_t tag_count;
    struct text number; // of a ticket, in the subject; empty: none
    struct text sender;
};

// An entry that was made of a mail with the same Message-ID.
struct email_seen {
    int64_t entry_id, thread_id;
    struct text message_id, headers, number, body;
    struct text signatures; // of the files that the text does not show, blanks between; null: none
};

// Where an id leads: `place` is its place in the question, from 0. entry_id 0: the thread alone is there.
struct email_place {
    size_t place;
    int64_t entry_id, thread_id;
    struct text number;
};

struct email_mailbox {
    int64_t id, department_id;
    struct text name, address;
};

struct email_facts {
    bool claimed;      // false: another connection has had the Message-ID for all that time
    size_t here_count; // rows of mails with it, those included that belong to no entry
    struct email_seen *seen;
    size_t seen_count;
    struct email_place *known, *own; // by ids, by tags
    size_t known_count, own_count;
    struct email_place by_number; // thread_id 0: none, or the sender is no party of it
    int64_t user_id;              // the sender as a user; 0: none
    struct text user_name, user_address;
    struct staff agent; // the sender as an agent; id 0: none
    bool agent_active;
    struct email_mailbox *mailboxes;
    size_t mailbox_count;
    bool banned;
};

// Reads it together with the help desk's own settings. With a claim a mail that comes twice at once is
// written once: what is read of the Message-ID is what its last holder left. To be given back by
// claims_release(), a failure included. One round trip; another one where the mail came in the meantime, or
// left a row without an entry, as PHP does of a mail that it refuses.
bool email_look(struct db *db, const struct email_question *question, struct arena *arena,
                struct help_desk *help_desk, struct email_facts *facts, struct error *error) CHECKED;

#endif
