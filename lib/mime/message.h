// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as it came, taken apart: who, what, which texts, which files.
//
// Mails are read here and not by GMime, with which lib/delivery builds them: what PHP keeps of a mail hangs
// on the bytes as they came (the stored header, the digest that stands for a missing Message-ID, attached
// mails byte for byte), and GMime costs each process 3.5 MB as soon as it is loaded. spec: piping.md 2, 9;
// RFC 5322, 2045-2047, 2231.
#ifndef MIME_MESSAGE_H
#define MIME_MESSAGE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "mime/addresses.h"

#include <stdbool.h>
#include <stddef.h>

// One text of the mail, in UTF-8.
struct mail_text {
    bool is_html;
    struct text text;
};

// A file that the mail brings. Text that says its charset is UTF-8.
struct mail_attachment {
    struct text name; // never empty; may hold paths and any character
    struct text type; // "type/subtype" in lower case, ASCII; empty: not said
    struct text data;
    struct text content_id; // without brackets; null: none
};

// What of a mail its sender's machine wrote, not its sender.
struct mail_automation {
    bool automatic;  // an automatic reply, a newsletter: not to be answered automatically
    bool unanswered; // neither, but it went over a list, or asks for no automatic answer; people write such
    bool bounce;     // from a mail system: neither to be answered nor to be told of
    bool report;     // a delivery report that says "failed" or "delayed"
};

// Texts are UTF-8 and lie in the arena, or in the bytes that were read. Null: the field is not there.
struct mail_message {
    struct text raw_header; // as it came, without the empty lines around it: digests are made of it
    struct text header;     // the same in UTF-8: what is stored
    struct text message_id; // as it stands, with its angle brackets
    struct text subject;    // decoded
    struct mail_address_list from, sender, reply_to, to, cc, bcc;
    struct mail_address_list delivered_to; // Delivered-To
    struct mail_address_list original_to;  // X-Original-To, Envelope-To
    struct mail_address_list list_post;    // where the list takes mails that it sends on
    struct text in_reply_to, references;   // all of their lines
    int urgency; // 2 high, 3 normal, 4 low, as ticket_priority.priority_urgency; 0: not said
    struct mail_automation automation;
    struct text returned;    // of a delivery report: the mail that could not be delivered, or its header
    struct text line_end;    // "\r\n" or "\n", as the mail has it
    struct mail_text *texts; // what is to be read, in order
    size_t text_count;
    struct mail_attachment *files;
    size_t file_count;
    const char *problem; // what could not be read; NULL: everything was
    bool unreadable;     // nothing of the body could
};

// Whether texts in HTML are shown, so that of several forms of one text that in HTML is chosen.
struct mail_reading {
    bool rich_text;
};

// Reads a mail. There is no mail of which nothing can be read: bytes that are none have no `from`. Ceilings:
// MAIL_DEPTH_MAX parts in each other, MAIL_PARTS_MAX parts, MAIL_ADDRESSES_MAX addresses a field,
// MAIL_SUBJECT_MAX bytes of a subject; what is beyond them is left out, and `problem` says so.
// ERROR_TOO_LARGE when the arena is full. No round trip.
bool mail_message_read(struct text bytes, const struct mail_reading *reading, struct arena *arena,
                       struct mail_message *message, struct error *error) CHECKED;

#define MAIL_DEPTH_MAX   30
#define MAIL_PARTS_MAX   1000
#define MAIL_SUBJECT_MAX 16384

#endif
