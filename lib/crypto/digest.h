// SPDX-License-Identifier: GPL-2.0-or-later
// MD5, SHA-1 and HMAC, the digests that osTicket's keys, tokens and message ids are made of; and SHA-256.
#ifndef CRYPTO_DIGEST_H
#define CRYPTO_DIGEST_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

#define DIGEST_MD5_SIZE    16
#define DIGEST_SHA1_SIZE   20
#define DIGEST_SHA256_SIZE 32
#define DIGEST_SHA512_SIZE 64
#define DIGEST_MAX         DIGEST_SHA512_SIZE

#define DIGEST_HEX_SIZE(size) (2 * (size) + 1) // of the hexadecimal text with its NUL

// Raw digests. False only when libcrypto refuses (MD5 under a FIPS policy, memory).
bool digest_md5(struct text data, unsigned char digest[DIGEST_MD5_SIZE]) CHECKED;
bool digest_sha1(struct text data, unsigned char digest[DIGEST_SHA1_SIZE]) CHECKED;
bool digest_sha256(struct text data, unsigned char digest[DIGEST_SHA256_SIZE]) CHECKED;

// The same in lower-case hexadecimal, terminated.
bool digest_md5_hex(struct text data, char hex[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)]) CHECKED;
bool digest_sha1_hex(struct text data, char hex[DIGEST_HEX_SIZE(DIGEST_SHA1_SIZE)]) CHECKED;

// RFC 2104. An empty key is allowed.
bool digest_hmac_sha1(struct text key, struct text data, unsigned char digest[DIGEST_SHA1_SIZE]) CHECKED;
bool digest_hmac_sha256(struct text key, struct text data, unsigned char digest[DIGEST_SHA256_SIZE]) CHECKED;
bool digest_hmac_sha512(struct text key, struct text data, unsigned char digest[DIGEST_SHA512_SIZE]) CHECKED;

// `length` bytes as lower-case hexadecimal, terminated: DIGEST_HEX_SIZE(length) characters.
void digest_hex(const unsigned char *bytes, size_t length, char *hex);

#endif
