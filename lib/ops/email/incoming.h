// SPDX-License-Identifier: GPL-2.0-or-later
// A mail on its way in: what the parts of email_receive() share.
#ifndef OPS_EMAIL_INCOMING_H
#define OPS_EMAIL_INCOMING_H

#include "base/arena.h"
#include "base/text.h"
#include "mail/message_id.h"
#include "mime/message.h"
#include "ops/create/by_mail.h"
#include "ops/email.h"
#include "ops/operation.h"
#include "store/create/assignees.h"
#include "store/email/look.h"
#include "store/email/thread.h"
#include "store/help_desk.h"
#include "store/people.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// Whom a mail of ours went to; id 0: not this one, or nobody asks for him.
struct email_recipient {
    struct staff agent;
    struct member_row user;
};

// Everything lies in the arena or in the mail's bytes.
struct incoming_email {
    struct operation_context *context;
    struct arena arena;
    struct text bytes;
    int64_t fetched_from; // mailbox; 0: none
    bool as_words;        // its HTML is more than can be cleaned: its words stand for it
    struct mail_message mail;
    // identify.h
    struct text sender, sender_name; // name: the address where there is none
    struct text subject;             // "[No Subject]" where there is none
    struct text message_id;          // as it is stored
    bool has_message_id;             // of its own
    bool is_own;                     // the Message-ID is one of ours
    struct message_tag own_tag;      // of it
    struct email_question question;
    struct message_tag tags[EMAIL_IDS_MAX]; // those of question.tags
    struct text *further_ids;               // of other mails, for which the question has no room
    size_t further_count;
    // store/email/look.h
    struct help_desk help_desk;
    struct email_facts facts;
    // author.h
    struct email_recipient recipient; // of the mail that is answered
    // text.h
    struct text text;
    struct text quoted; // what of it was cut off, below the reply separator; "" where nothing was
    bool is_html;
    // addressees.h
    int64_t mailbox_id;   // the ticket's
    bool reached_mailbox; // one of ours is addressed
    int64_t *mailboxes;   // all that are
    size_t mailbox_count;
    struct create_by_mail take; // recipients, addressees, files: what a new entry takes along
};

// Says what became of it; `number` is that of the ticket or task, "" or null: of none.
static inline void email_tell(struct email_outcome *outcome, enum email_result result, struct text number) {
    outcome->result = result;
    snprintf(outcome->number, sizeof outcome->number, "%.*s", (int)number.length,
             number.data ? number.data : "");
}

// Whether [email] as_php brings this of PHP's back: AS_PHP_….
static inline bool email_is_as_php(const struct incoming_email *email, unsigned word) {
    return (email->context->settings->email_as_php & word) != 0;
}

#endif
