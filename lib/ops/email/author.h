// SPDX-License-Identifier: GPL-2.0-or-later
// As whom the sender of a mail may write into a thread. Nobody writes in an agent's or a client's name
// because he holds a mail that was forwarded to him: it is the sender's own address that counts. What [email]
// as_php names is as in PHP. spec: piping.md 4.3, 9 (agent-spoof, owner-spoof, agent-unknown, passive-join,
// second-address, mailbox-sender).
#ifndef OPS_EMAIL_AUTHOR_H
#define OPS_EMAIL_AUTHOR_H

#include "base/error.h"
#include "ops/email/incoming.h"
#include "ops/email/match.h"

#include <stdbool.h>
#include <stdint.h>

enum email_author_kind {
    EMAIL_AUTHOR_UNKNOWN, // a message that says from whom it is
    EMAIL_AUTHOR_OWNER,
    EMAIL_AUTHOR_COLLABORATOR, // or a user who becomes one
    EMAIL_AUTHOR_AGENT,        // a note
    EMAIL_AUTHOR_REPORT,       // a note about a mail that was not delivered
    EMAIL_AUTHOR_MAILBOX,      // one of our own mailboxes: not let in
};

struct email_author {
    enum email_author_kind kind;
    int64_t user_id;
    int64_t collaborator_id; // 0: not yet
    struct text user_name, user_address;
    const struct staff *agent; // of a note; lies in `email`
};

// Fills email->recipient: the person to whom the answered mail of ours went, where PHP would let the sender
// write in that name and [email] as_php asks for it. One round trip then; none otherwise.
bool email_find_recipient(struct incoming_email *email, const struct email_match *match,
                          struct error *error) CHECKED;

// No round trip.
struct email_author email_author(const struct incoming_email *email, const struct email_match *match,
                                 const struct email_thread *thread);

#endif
