// SPDX-License-Identifier: GPL-2.0-or-later
// MD5, SHA-1, SHA-256 and HMAC by libcrypto.
#include "crypto/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

static bool digest(const EVP_MD *algorithm, struct text data, unsigned char *out) {
    return EVP_Digest(data.data ? data.data : "", data.length, out, NULL, algorithm, NULL) == 1;
}

bool digest_md5(struct text data, unsigned char out[DIGEST_MD5_SIZE]) {
    return digest(EVP_md5(), data, out);
}

bool digest_sha1(struct text data, unsigned char out[DIGEST_SHA1_SIZE]) {
    return digest(EVP_sha1(), data, out);
}

bool digest_sha256(struct text data, unsigned char out[DIGEST_SHA256_SIZE]) {
    return digest(EVP_sha256(), data, out);
}

void digest_hex(const unsigned char *bytes, size_t length, char *hex) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        *hex++ = digits[bytes[i] >> 4];
        *hex++ = digits[bytes[i] & 15];
    }
    *hex = '\0';
}

bool digest_md5_hex(struct text data, char hex[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)]) {
    unsigned char bytes[DIGEST_MD5_SIZE];
    if (!digest_md5(data, bytes)) return false;
    digest_hex(bytes, sizeof bytes, hex);
    return true;
}

bool digest_sha1_hex(struct text data, char hex[DIGEST_HEX_SIZE(DIGEST_SHA1_SIZE)]) {
    unsigned char bytes[DIGEST_SHA1_SIZE];
    if (!digest_sha1(data, bytes)) return false;
    digest_hex(bytes, sizeof bytes, hex);
    return true;
}

static bool hmac(const EVP_MD *algorithm, struct text key, struct text data, unsigned char *out) {
    // libcrypto takes a NULL key for "the key of the last call", which is not the empty key.
    const char *key_bytes = key.data ? key.data : "", *bytes = data.data ? data.data : "";
    if (key.length > INT32_MAX) return false;
    return HMAC(algorithm, key_bytes, (int)key.length, (const unsigned char *)bytes, data.length, out,
                NULL) != NULL;
}

bool digest_hmac_sha1(struct text key, struct text data, unsigned char out[DIGEST_SHA1_SIZE]) {
    return hmac(EVP_sha1(), key, data, out);
}

bool digest_hmac_sha256(struct text key, struct text data, unsigned char out[DIGEST_SHA256_SIZE]) {
    return hmac(EVP_sha256(), key, data, out);
}

bool digest_hmac_sha512(struct text key, struct text data, unsigned char out[DIGEST_SHA512_SIZE]) {
    return hmac(EVP_sha512(), key, data, out);
}
