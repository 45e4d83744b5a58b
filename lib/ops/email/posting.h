// SPDX-License-Identifier: GPL-2.0-or-later
// A mail on its way into a thread: what the parts of email_post() share.
#ifndef OPS_EMAIL_POSTING_H
#define OPS_EMAIL_POSTING_H

#include "base/error.h"
#include "ops/change/change.h"
#include "ops/create/creation.h"
#include "ops/email/author.h"
#include "ops/email/incoming.h"
#include "ops/email/match.h"
#include "ops/email/refer.h"
#include "store/email/thread.h"

#include <stdbool.h>

struct posting {
    struct incoming_email *email;
    const struct email_match *match;
    const struct email_thread *thread;
    const struct email_author *author;
    struct thread_entry entry;
    struct create_draft draft; // for users whom the mail brings along
    struct creation creation;
    struct email_referrals referrals;
};

// Whether it becomes a note, not a message.
static inline bool email_author_writes_note(const struct email_author *author) {
    return author->kind == EMAIL_AUTHOR_AGENT || author->kind == EMAIL_AUTHOR_REPORT;
}

// Makes the entry, and gathers its files. post_entry.c
bool posting_make_entry(struct posting *posting, struct change *change, struct error *error) CHECKED;

// The author where he takes part from now on, and the mail's addressees, as collaborators with their events.
// post_parties.c
bool posting_join(struct posting *posting, struct change *change, struct error *error) CHECKED;

#endif
