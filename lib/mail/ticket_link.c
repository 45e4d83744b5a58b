// SPDX-License-Identifier: GPL-2.0-or-later
// Where the recipient of a mail sees the ticket.
#include "mail/ticket_link.h"

#include "base/base32.h"
#include "base/base64.h"
#include "crypto/digest.h"

#include <inttypes.h>
#include <string.h>

#define HASH_SKIPPED 8 // osTicket leaves the first characters of the hash out

static void put_little_endian(uint32_t value, char bytes[4]) {
    for (unsigned i = 0; i < 4; i++) bytes[i] = (char)(value >> (8 * i));
}

void ticket_link_token(const struct ticket_link *link, struct buffer *out) {
    char ids[8];
    unsigned char digest[DIGEST_MD5_SIZE];
    struct buffer text = buffer_new(4096), hash = buffer_new(64);
    buffer_add_format(&text, "%" PRId64, link->user_id);
    buffer_add_text(&text, link->created);
    buffer_add_format(&text, "%" PRId64, link->ticket_id);
    buffer_add_text(&text, link->secret_salt);
    if (!text.failed && digest_md5(buffer_text(&text), digest)) {
        put_little_endian((uint32_t)link->user_id, ids);
        put_little_endian((uint32_t)link->ticket_id, ids + 4);
        buffer_add_string(out, link->is_owner ? "o1x" : "c1x");
        base32_encode((struct text){ids, sizeof ids}, out);
        base64_encode((struct text){(char *)digest, sizeof digest}, &hash);
        buffer_add_string(out, hash.data + HASH_SKIPPED);
    }
    buffer_free(&text);
    buffer_free(&hash);
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
