// SPDX-License-Identifier: GPL-2.0-or-later
// The kinds of mails, as data: what sets one apart from another. Most are named as the template they use.
#ifndef MAIL_MAIL_KIND_H
#define MAIL_MAIL_KIND_H

#include "base/text.h"

#include <stdbool.h>

enum mail_content {
    MAIL_CONTENT_TEMPLATE, // the help desk's template with the kind's code
    MAIL_CONTENT_OWN,      // the row's subject and body are a template (HTML)
    MAIL_CONTENT_TEXT,     // the row's subject and body, as they are: a plain text
};

// What programs at the other end are told, so that they do not answer automatically.
enum message_automation {
    MESSAGE_PERSONAL,        // nothing: a person wrote it
    MESSAGE_AUTOMATIC_REPLY, // an answer that nobody wrote
    MESSAGE_NOTICE,          // a notice that nobody wrote
};

struct mail_kind {
    const char *code;
    enum mail_content content;
    enum message_automation automation;
    bool is_answer;   // to the customer's newest mail: In-Reply-To, References
    bool is_echo;     // of the mail that the entry came by, where it came by one: its Message-ID alone
    bool has_files;   // the entry's attachments go along, where the help desk sends any
    bool owner_alone; // its link opens the ticket without a login when it goes to the owner alone, even if
                      // the ticket has collaborators
};

#define MAIL_KIND_REPLY          "ticket.reply"
#define MAIL_KIND_CANNED_REPLY   "ticket.autoreply"
#define MAIL_KIND_AUTORESPONSE   "ticket.autoresp"
#define MAIL_KIND_OVER_LIMIT     "ticket.overlimit"
#define MAIL_KIND_NEW_TICKET     "ticket.alert"
#define MAIL_KIND_ASSIGNED       "assigned.alert"
#define MAIL_KIND_TRANSFER       "transfer.alert"
#define MAIL_KIND_ACTIVITY       "note.alert"
#define MAIL_KIND_OVERDUE        "ticket.overdue"
#define MAIL_KIND_MESSAGE        "message.alert"
#define MAIL_KIND_MESSAGE_HAD    "message.autoresp"
#define MAIL_KIND_NOTICE         "ticket.activity.notice"
#define MAIL_KIND_FILTER         "filter.email"
#define MAIL_KIND_ADMINISTRATION "admin.text"

// NULL when there is no such kind.
const struct mail_kind *mail_kind_find(struct text code);

#endif
