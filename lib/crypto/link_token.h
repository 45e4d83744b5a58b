// SPDX-License-Identifier: GPL-2.0-or-later
// The token in the links of osTicket's mails, which opens one ticket without a login, for good. spec:
// creating.md D.2; operations.md 9.4.
#ifndef CRYPTO_LINK_TOKEN_H
#define CRYPTO_LINK_TOKEN_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct link_token {
    int64_t ticket_id;
    struct text created; // of the ticket, as its column has it
    int64_t holder_id;   // who follows the link: the owner's user id, or a collaborator's row
    bool is_owner;       // osTicket takes a collaborator for the owner whose row has the owner's number
    struct text secret_salt;
};

// Appends the token, not URL-encoded; nothing when libcrypto refuses MD5.
void link_token_make(const struct link_token *token, struct buffer *out);

// What a text says that may be such a token, whether it is one or not: ticket_id, holder_id and is_owner.
// False where it can be none.
bool link_token_read(struct text text, struct link_token *token);

// Whether the text is the token, byte for byte, in the same time whatever it is. PHP passes over upper and
// lower case.
bool link_token_is(const struct link_token *token, struct text text);

#endif
