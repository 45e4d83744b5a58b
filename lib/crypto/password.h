// SPDX-License-Identifier: GPL-2.0-or-later
// Passwords of mail accounts as osTicket's Crypto class stores them.
#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

#define PASSWORD_STORED_MAX 16384 // bytes of a stored text

// Decrypts `stored` ("$TAG$" and base 64 of "$1$", 16 bytes IV, AES-128-CBC) with `salt` (SECRET_SALT) and
// `subkey` and appends the clear text to `plain`, which the caller wipes. The tags 1 (mcrypt), 2 (OpenSSL)
// and 3 (phpseclib) name the library that encrypted; the bytes are the same. ERROR_INTERNAL with a detail
// that shows no secret when the tag or the cipher is unknown, or the text is damaged or belongs to another
// salt, user name or account. spec: creating.md D.4.
bool password_decrypt(struct text stored, struct text salt, struct text subkey, struct buffer *plain,
                      struct error *error) CHECKED;

// The same for a mail account's `passwd`: the subkey is made of its `username` and the ost_config namespace
// of the account, "email.<email_id>.account.<account_id>".
bool password_decrypt_account(struct text stored, struct text salt, struct text username,
                              struct text namespace, struct buffer *plain, struct error *error) CHECKED;

#endif
