// SPDX-License-Identifier: GPL-2.0-or-later
// The key and the signature under which osTicket files an attachment.
#ifndef CRYPTO_FILE_KEY_H
#define CRYPTO_FILE_KEY_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

#define FILE_KEY_LENGTH        32
#define FILE_KEY_SIZE          (FILE_KEY_LENGTH + 1)
#define FILE_KEY_PREFIX_LENGTH 5

// The characters that a key's random prefix is made of.
#define FILE_KEY_ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// ost_file.signature of the content: half from its SHA-1, half from its MD5. The same content has the same
// signature. False only when libcrypto refuses. spec: creating.md C.8, reading-and-replying.md F.4 (7).
bool file_signature(struct text data, char signature[FILE_KEY_SIZE]) CHECKED;

// ost_file.key: `prefix` (FILE_KEY_PREFIX_LENGTH characters of FILE_KEY_ALPHABET, by random_text()), then the
// SHA-1.
bool file_key(struct text data, const char *prefix, char key[FILE_KEY_SIZE]) CHECKED;

#endif
