// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a mail was here before, is one of our own, or belongs to a thread. spec: piping.md 4.1.
#ifndef OPS_EMAIL_MATCH_H
#define OPS_EMAIL_MATCH_H

#include "base/error.h"
#include "ops/email/incoming.h"

#include <stdbool.h>
#include <stdint.h>

enum email_way {
    EMAIL_WAY_NONE,   // no thread: a new ticket
    EMAIL_WAY_OWN_ID, // by a Message-ID of ours, which says to whom that mail went
    EMAIL_WAY_KNOWN,  // by the Message-ID of a mail that came in
    EMAIL_WAY_NUMBER, // by the number in the subject: the sender is a party of it
};

struct email_match {
    enum email_way way;
    int64_t thread_id, entry_id; // entry 0: of the thread alone
    char identity;     // of an own id: 'S' an agent, 'U' the owner, 'C' a collaborator, else anybody
    int64_t person_id; // that agent or user; 0: nobody in particular
};

// Looks for what the ids further away name, while nothing nearer is found: a long thread has many. The mail's
// claim stays. A round trip for each EMAIL_IDS_MAX of them.
bool email_look_further(struct incoming_email *email, struct error *error) CHECKED;

// Where the mail belongs. No round trip.
struct email_match email_match(const struct incoming_email *email);

// The entry that was made of this same mail, or NULL: the same Message-ID from the same sender. A mail
// without a Message-ID of its own is the same when its text and files are; another one is given an id of its
// own. At most two round trips. spec: piping.md 9 (no-mid, mid-clash). -1: failure, 0: not seen, 1: `*seen`.
int email_seen(struct incoming_email *email, const struct email_seen **seen, struct error *error) CHECKED;

#endif
