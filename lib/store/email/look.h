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

// Reads it together with the help desk's own settings, in one round trip.
bool email_look(struct db *db, const struct email_question *question, struct arena *arena,
                struct help_desk *help_desk, struct email_facts *facts, struct error *error) CHECKED;

// Takes the Message-ID for this connection until email_unlock(), so that a mail that comes twice at once is
// written once. 1: taken; 0: another connection has had it for `seconds`; -1: failure.
int email_lock(struct db *db, struct text message_id, int64_t seconds, struct error *error) CHECKED;
void email_unlock(struct db *db, struct text message_id);

#endif
