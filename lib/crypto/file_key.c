// SPDX-License-Identifier: GPL-2.0-or-later
// File keys and signatures: pieces of digests in base 64, spelt as URLs like it.
#include "crypto/file_key.h"

#include "base/base64.h"
#include "crypto/digest.h"

#include <string.h>

// The first `length` characters of `digest` in base 64, with - and _ for + and /. `length` must stay before
// the padding.
static bool spell(const unsigned char *digest, size_t size, char *out, size_t length) {
    struct buffer text = buffer_new(BASE64_LENGTH(DIGEST_MAX));
    base64_encode((struct text){(const char *)digest, size}, &text);
    bool fine = !text.failed && text.length >= length;
    for (size_t i = 0; fine && i < length; i++) {
        char c = text.data[i];
        out[i] = c == '+' ? '-' : c == '/' ? '_' : c;
    }
    buffer_free(&text);
    return fine;
}

bool file_signature(struct text data, char signature[FILE_KEY_SIZE]) {
    unsigned char sha1[DIGEST_SHA1_SIZE], md5[DIGEST_MD5_SIZE];
    const size_t half = FILE_KEY_LENGTH / 2;
    signature[FILE_KEY_LENGTH] = '\0';
    return digest_sha1(data, sha1) && digest_md5(data, md5) && spell(sha1, sizeof sha1, signature, half) &&
           spell(md5, sizeof md5, signature + half, half);
}

bool file_key(struct text data, const char *prefix, char key[FILE_KEY_SIZE]) {
    unsigned char sha1[DIGEST_SHA1_SIZE];
    memcpy(key, prefix, FILE_KEY_PREFIX_LENGTH);
    key[FILE_KEY_LENGTH] = '\0';
    return digest_sha1(data, sha1) &&
           spell(sha1, sizeof sha1, key + FILE_KEY_PREFIX_LENGTH, FILE_KEY_LENGTH - FILE_KEY_PREFIX_LENGTH);
}
