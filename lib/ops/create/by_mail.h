// SPDX-License-Identifier: GPL-2.0-or-later
// A mail that becomes a ticket: what of it the ticket's message takes along.
#ifndef OPS_CREATE_BY_MAIL_H
#define OPS_CREATE_BY_MAIL_H

#include "base/text.h"
#include "ops/entry/attached_files.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Somebody to whom the mail went as well.
struct mail_addressee {
    struct text name, address; // name "": none
    bool copied;               // in Cc, not in To
};

// Texts lie in the mail or in an arena that outlives the creation.
struct create_by_mail {
    struct text message_id, header; // as they are stored
    struct text recipients;         // JSON for thread_entry.recipients
    struct text title;              // of the entry, escaped; null: made of the subject
    struct text tail;               // what stands behind the text of the mail; null: nothing
    int64_t entry_flags;            // REPLY_ALL or REPLY_USER
    bool automatic, bounce;
    struct attached_files files;             // gathered, not stored yet
    const struct mail_addressee *addressees; // who may become collaborators
    size_t addressee_count;
    const int64_t *departments; // of the further mailboxes that it went to, each once
    size_t department_count;
};

#endif
