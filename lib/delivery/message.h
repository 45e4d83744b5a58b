// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as RFC 5322 and MIME have it, written by GMime.
#ifndef DELIVERY_MESSAGE_H
#define DELIVERY_MESSAGE_H

#include "base/error.h"
#include "base/text.h"
#include "mail/mail_kind.h"
#include "mail/reply_mail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A file of the message; the content is read from the descriptor's beginning.
struct message_file {
    struct text name, type;
    struct text content_id; // null: an attachment; else an inline image, without angle brackets
    int descriptor;
};

// Texts may hold anything: what goes into a header is made a single line and encoded (RFC 2047, RFC 2231), so
// that nothing can begin another header. Addresses must be usable (mail/header_text.h).
struct message {
    struct text from_name, from_address;
    struct text sender_address; // Sender, where it is not `from`; null for none
    const struct reply_mail_recipient *recipients;
    size_t recipient_count;
    struct text subject;
    struct text message_id;  // without angle brackets
    struct text in_reply_to; // as it stood in the other mail, with angle brackets; null for none
    struct text references;
    int64_t date; // seconds since 1970
    enum message_automation automation;
    struct text text; // always there
    struct text html; // null: text only
    const struct message_file *files;
    size_t file_count;
};

// Once a process before the first message; again does nothing.
void message_library_start(void);

// Writes the whole message into `descriptor` with line ends CRLF (SMTP) or LF (sendmail). Text in base 64,
// UTF-8; multipart/alternative, inside multipart/related with inline images, inside multipart/mixed with
// attachments.
bool message_write(const struct message *message, bool crlf, int descriptor, struct error *error) CHECKED;

#endif
