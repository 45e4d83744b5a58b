// SPDX-License-Identifier: GPL-2.0-or-later
// What `osticket-fcgi pipe` shows instead of an API key.
#include "auth/pipe_proof.h"

#include "base/buffer.h"
#include "crypto/digest.h"

#define SECRETS_MAX 8192

bool pipe_proof_make(struct text secret_salt, struct text database_password, char proof[PIPE_PROOF_SIZE]) {
    unsigned char digest[DIGEST_SHA512_SIZE];
    struct buffer secrets = buffer_new(SECRETS_MAX);
    if (!secret_salt.length) return false;
    buffer_add_text(&secrets, secret_salt);
    buffer_add_char(&secrets, '\0');
    buffer_add_text(&secrets, database_password);
    bool made =
        !secrets.failed && digest_hmac_sha512(buffer_text(&secrets), TEXT("osticket-fcgi pipe"), digest);
    buffer_free(&secrets);
    if (made) digest_hex(digest, sizeof digest, proof);
    return made;
}

bool pipe_proof_is_good(struct text secret_salt, struct text database_password, struct text shown) {
    char proof[PIPE_PROOF_SIZE];
    unsigned char different = 0;
    if (shown.length != PIPE_PROOF_SIZE - 1 || !pipe_proof_make(secret_salt, database_password, proof))
        return false;
    for (size_t i = 0; i < shown.length; i++) different |= (unsigned char)(shown.data[i] ^ proof[i]);
    return different == 0;
}
