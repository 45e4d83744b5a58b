// SPDX-License-Identifier: GPL-2.0-or-later
// Where the recipient of a mail sees the ticket.
#ifndef MAIL_TICKET_LINK_H
#define MAIL_TICKET_LINK_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct ticket_link {
    struct text base_url; // helpdesk_url without a slash at its end
    int64_t ticket_id;
    struct text created; // of the ticket, as its column has it
    int64_t user_id;     // who follows the link
    bool is_owner;
    bool with_token; // opens the ticket without a login
    struct text secret_salt;
};

// Appends "<base>/view.php?auth=<token>" or "<base>/view.php?id=<ticket id>". spec: creating.md D.2.
void ticket_link(const struct ticket_link *link, struct buffer *out);

// Appends the token alone, not URL-encoded; nothing when libcrypto refuses MD5.
void ticket_link_token(const struct ticket_link *link, struct buffer *out);

#endif
