// SPDX-License-Identifier: GPL-2.0-or-later
// Sending through an SMTP server, by libcurl.
#ifndef DELIVERY_SMTP_H
#define DELIVERY_SMTP_H

#include "base/error.h"
#include "base/text.h"
#include "mail/reply_mail.h"
#include "store/mail/settings.h"

#include <stdbool.h>
#include <stddef.h>

struct smtp;

struct smtp_settings {
    bool verify;                        // the server's certificate
    const char *tls_ca;                 // file; "" or NULL: those of the system
    unsigned timeout;                   // seconds for one delivery
    bool (*is_stopping)(void *context); // asked once a second or so; true: break off. NULL for never
    void *context;
};

// Keeps its connections open for the next mail to the same server. NULL when memory is out.
struct smtp *smtp_new(const struct smtp_settings *settings);
void smtp_free(struct smtp **smtp);

// Closes its connections; the next mail opens another one.
void smtp_rest(struct smtp *smtp);

// How an account is reached, from its host and port: spec: creating.md D.4.
enum smtp_security { SMTP_PLAIN, SMTP_STARTTLS, SMTP_TLS };
struct smtp_address {
    enum smtp_security security;
    struct text host;
    int64_t port;
};
// Takes off ssl://, tls:// or plain://, else 465 (993, 995) is TLS and 587 STARTTLS. False when the host
// cannot be one.
bool smtp_address_of(const struct smtp_account *account, struct smtp_address *address);

struct smtp_mail {
    struct text from; // of the envelope
    const struct reply_mail_recipient *recipients;
    size_t recipient_count;
    bool accept_some;               // it is enough when one of the recipients is accepted
    int descriptor;                 // the message with CRLF line ends, read from its beginning
    struct text username, password; // null: no authentication
};

// False with the server's words in `detail` (never a password). ERROR_ABORTED when told to stop.
bool smtp_send(struct smtp *smtp, const struct smtp_address *address, const struct smtp_mail *mail,
               struct error *error) CHECKED;

#endif
