// SPDX-License-Identifier: GPL-2.0-or-later
// E-mails that come in: POST /tickets.email, the pipe, mailboxes that are fetched. A mail becomes a new
// ticket, a message or an agent's note in a thread, or nothing new. spec: piping.md 1
//
// The way of a mail, file by file of ops/email/:
//   mail_message_read()    lib/mime: taken apart
//   email_identify()       identify.h: who sent it, which mails and tickets it names
//   email_look()           store/email/look.h: what the help desk knows of all that
//   email_text()           text.h: what is to be read of it, without what it quotes
//   email_files()          files.h: its files, once it is known where it goes
//   email_addressees()     addressees.h: which mailboxes, who else
//   email_match()          match.h: seen before, our own, or which thread
//   email_author()         author.h: as whom the sender may write there
//   email_post()           post.h: into the thread, by ops/change
//   email_create()         create.h: a new ticket, by ops/create
#ifndef OPS_EMAIL_H
#define OPS_EMAIL_H

#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"

#include <stdbool.h>
#include <stdint.h>

enum email_result {
    EMAIL_NEW_TICKET,
    EMAIL_MESSAGE,   // of a client, into a thread
    EMAIL_NOTE,      // of an agent, or a delivery report
    EMAIL_SEEN,      // it was there already: nothing was written
    EMAIL_CAME_BACK, // one of our own: nothing was written but a line in the system log
};

struct email_outcome {
    enum email_result result;
    char number[256]; // of the ticket or task that it belongs to; "" where our own mail is about none
    bool mailed;      // mail waits in the queue: base/wake.h
};

// Takes a mail in: its bytes, as they came. `mailbox_id`: the mailbox that it was fetched from, for one that
// is addressed to none; 0: the help desk's default one. Of `context` only db, log, settings and
// client_address ("" for a mail that did not come by HTTP) are looked at. All or nothing is written, and of a
// mail that comes several times, be it at once, only the first.
//
// ERROR_BAD_REQUEST: it has no sender, or a rule of the help desk keeps it from becoming a ticket;
// ERROR_DENIED: the sender is banned, rejected, or writes from one of our own mailboxes; ERROR_TOO_LARGE;
// ERROR_NOT_NATIVE: only PHP can do it. Trying again helps with ERROR_UNAVAILABLE and ERROR_RETRYABLE (at
// once) alone.
bool email_receive(struct operation_context *context, struct text bytes, int64_t mailbox_id,
                   struct email_outcome *outcome, struct error *error) CHECKED;

#endif
