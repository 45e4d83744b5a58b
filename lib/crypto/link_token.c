// SPDX-License-Identifier: GPL-2.0-or-later
// The token in the links of osTicket's mails.
#include "crypto/link_token.h"

#include "base/base32.h"
#include "base/base64.h"
#include "crypto/digest.h"

#include <inttypes.h>
#include <string.h>

#define HASH_SKIPPED 8 // osTicket leaves the first characters of the hash out
#define HASH_LENGTH  16
#define PREFIX_SIZE  3 // "o1x", "c1x": whose, how it was made
#define IDS_SIZE     8
#define IDS_LENGTH   BASE32_LENGTH(IDS_SIZE)
#define TOKEN_LENGTH (PREFIX_SIZE + IDS_LENGTH + HASH_LENGTH)

static void put_little_endian(uint32_t value, char bytes[4]) {
    for (unsigned i = 0; i < 4; i++) bytes[i] = (char)(value >> (8 * i));
}

static uint32_t little_endian(const char bytes[4]) {
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; i++) value |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
    return value;
}

void link_token_make(const struct link_token *token, struct buffer *out) {
    char ids[IDS_SIZE];
    unsigned char digest[DIGEST_MD5_SIZE];
    struct buffer text = buffer_new(4096), hash = buffer_new(64);
    buffer_add_format(&text, "%" PRId64, token->holder_id);
    buffer_add_text(&text, token->created);
    buffer_add_format(&text, "%" PRId64, token->ticket_id);
    buffer_add_text(&text, token->secret_salt);
    if (!text.failed && digest_md5(buffer_text(&text), digest)) {
        put_little_endian((uint32_t)token->holder_id, ids);
        put_little_endian((uint32_t)token->ticket_id, ids + 4);
        buffer_add_string(out, token->is_owner ? "o1x" : "c1x");
        base32_encode((struct text){ids, sizeof ids}, out);
        base64_encode((struct text){(char *)digest, sizeof digest}, &hash);
        buffer_add_string(out, hash.data + HASH_SKIPPED);
    }
    buffer_free(&text);
    buffer_free(&hash);
}

bool link_token_read(struct text text, struct link_token *token) {
    char ids[IDS_SIZE];
    *token = (struct link_token){0};
    if (text.length != TOKEN_LENGTH || (text.data[0] != 'o' && text.data[0] != 'c') ||
        memcmp(text.data + 1, "1x", PREFIX_SIZE - 1) != 0 ||
        !base32_decode((struct text){text.data + PREFIX_SIZE, IDS_LENGTH}, ids, sizeof ids))
        return false;
    token->is_owner = text.data[0] == 'o';
    token->holder_id = little_endian(ids);
    token->ticket_id = little_endian(ids + 4);
    return token->holder_id && token->ticket_id;
}

bool link_token_is(const struct link_token *token, struct text text) {
    struct buffer whole = buffer_new(TOKEN_LENGTH + 1);
    link_token_make(token, &whole);
    unsigned char different = !token->secret_salt.length || whole.failed || whole.length != TOKEN_LENGTH ||
                              text.length != TOKEN_LENGTH;
    for (size_t i = 0; i < text.length && i < whole.length; i++)
        different |= (unsigned char)(text.data[i] ^ whole.data[i]);
    buffer_free(&whole);
    return different == 0;
}
