// SPDX-License-Identifier: GPL-2.0-or-later
// Where the recipient of a mail sees the ticket.
#include "mail/ticket_link.h"

#include "crypto/link_token.h"

#include <inttypes.h>
#include <string.h>

void ticket_link_token(const struct ticket_link *link, struct buffer *out) {
    const struct link_token token = {.ticket_id = link->ticket_id,
                                     .created = link->created,
                                     .holder_id = link->user_id,
                                     .is_owner = link->is_owner,
                                     .secret_salt = link->secret_salt};
    link_token_make(&token, out);
}

// For a query string: letters, digits and -_.~ stand, the rest is %XX.
static void add_encoded(struct text text, struct buffer *out) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c && strchr(plain, c))
            buffer_add_char(out, (char)c);
        else
            buffer_add_format(out, "%%%02X", c);
    }
}

void ticket_link(const struct ticket_link *link, struct buffer *out) {
    buffer_add_text(out, link->base_url);
    if (!link->with_token) {
        buffer_add_format(out, "/view.php?id=%" PRId64, link->ticket_id);
        return;
    }
    struct buffer token = buffer_new(256);
    ticket_link_token(link, &token);
    buffer_add_string(out, "/view.php?auth=");
    add_encoded(buffer_text(&token), out);
    buffer_free(&token);
}
